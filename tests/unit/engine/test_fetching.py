import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foedus.config import Settings
from foedus.engine.fetching import fetch, load_list, to_policy
from foedus.errors import ConfigError


def test_a_list_is_loaded(tmp_path):
    path = tmp_path / "list.txt"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\nhttps://a.example/\r\n\r\nhttps://a.example/\xff\n")
    assert load_list(path) == ("https://a.example/", "https://a.example/\\xff")


def test_a_list_that_is_missing_or_empty_stops_the_build(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the list"):
        load_list(tmp_path / "list.txt")
    (tmp_path / "list.txt").write_text("# nothing\n")
    with pytest.raises(ConfigError, match="holds no address"):
        load_list(tmp_path / "list.txt")


def test_foedus_names_itself_unless_told_otherwise():
    assert to_policy(Settings()).product == "foedus"
    assert to_policy(Settings(user_agent="desk/1 (desk@a.example)")).product == "desk"


@pytest.fixture
def pages(tmp_path):
    """Addresses of three pages on a server of the test's own, and the paths that it was asked for."""
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            super().do_GET()

        def log_message(self, *_):
            pass

    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.html").write_text(f"<p>Chile and Peru signed accord {name}.</p>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield [f"http://127.0.0.1:{server.server_port}/{name}.html" for name in ("a", "b", "c")], asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_run_that_is_broken_off_keeps_what_it_has_and_goes_on_there(pages, tmp_path):
    urls, asked = pages
    settings = Settings(tmp_path / "l.db", host_delay_s=0.001, private_hosts=("127.0.0.1",))
    told = []

    def stop(done, total, url):
        told.append((done, total, url))
        if done == 2:
            raise KeyboardInterrupt

    broken = fetch(urls, settings, progress=stop)
    assert (broken.interrupted, [item.name for item in broken.inputs]) == (True, urls[:2])
    assert told == [(1, 3, urls[0]), (2, 3, urls[1])]
    whole = fetch(urls, settings)
    assert (whole.interrupted, [item.name for item in whole.inputs], whole.scope.problems) == (
        False,
        urls,
        (),
    )
    assert [path for path in asked if path != "/robots.txt"] == ["/a.html", "/b.html", "/c.html"]
