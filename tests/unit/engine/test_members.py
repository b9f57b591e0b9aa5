"""Containers and lists of addresses in a build; the stages are those of the product, the pages of the tests' own."""

import shutil
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foedus.config import Settings
from foedus.engine import build, check, steps
from foedus.errors import ConfigError
from foedus.ledger import open_ledger
from foedus.model.checkup import Part


@pytest.fixture
def seen(monkeypatch):
    """No coding; the names of the documents that were read."""
    names = []
    split = steps.split_articles

    def note(document):
        names.append(document.name)
        return split(document)

    monkeypatch.setattr(steps, "split_articles", note)
    monkeypatch.setattr(steps, "code_article", lambda *_: ())
    return names


@pytest.fixture
def run(tmp_path):
    def run(*paths, urls=(), offline=False, **options):
        settings = replace(Settings(ledger=tmp_path / "l.db", jobs=1), **options)
        return build(paths, settings, urls=urls, offline=offline)

    return run


@pytest.fixture
def ask(tmp_path):
    def ask():
        with open_ledger(tmp_path / "l.db") as ledger:
            problems = [(problem.item, problem.code) for problem in ledger.problems()]
            return [name.partition("#")[0] for name in ledger.document_names()], problems

    return ask


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_an_archive_with_nothing_in_it_is_told(run, ask, seen, folder, make_archive):
    archive = make_archive().add("https://a.example/1", b"", "text/plain", kind="request")
    (folder / "empty.warc").write_bytes(bytes(archive))
    run(folder)
    assert ask() == ([], [("empty.warc", "empty")])


def test_documents_in_an_archive_are_inputs_of_their_own(run, ask, seen, folder, make_archive, make_page):
    archive = make_archive(packed=True)
    archive.add("https://a.example/1", make_page(1)).add("https://a.example/1.png", b"..", "image/png")
    archive.add("https://a.example/2", make_page(2))
    (folder / "crawl.warc.gz").write_bytes(bytes(archive))
    (folder / "note.txt").write_text("Chile and Peru signed a treaty in Lima on 1 May 2020.")
    report = run(folder)
    assert (report.documents, report.new, report.left_out) == (3, 3, 1)
    assert ask() == (
        ["https://a.example/1", "https://a.example/2", "note.txt"],
        [("crawl.warc.gz", "left-out")],
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_that_has_grown_costs_only_what_is_new(
    run, seen, folder, make_archive, make_page, jobs, ask
):
    archive = make_archive(packed=True)
    for number in (1, 2, 3):
        archive.add(f"https://a.example/{number}", make_page(number))
        (folder / "crawl.warc.gz").write_bytes(bytes(archive))
        report = run(folder, jobs=jobs)
        assert (report.documents, report.new, report.changed, report.gone) == (number, 1, 0, 0)
    assert run(folder, jobs=jobs).new == 0
    if jobs == 1:
        assert len(seen) == 3


def test_a_document_in_two_archives_is_one_and_stays_with_the_other(
    run, ask, seen, folder, make_archive, make_page
):
    for name in ("a.warc", "b.warc"):
        (folder / name).write_bytes(bytes(make_archive().add("https://a.example/1", make_page(1))))
    assert run(folder).documents == 1
    (folder / "a.warc").unlink()
    report = run(folder)
    assert (report.documents, report.new, report.gone) == (1, 0, 0)
    (folder / "b.warc").unlink()
    assert run(folder).gone == 1


def test_what_is_broken_in_an_archive_is_its_problem_until_it_is_mended(
    run, ask, seen, folder, make_archive, make_page
):
    whole = bytes(
        make_archive().add("https://a.example/1", make_page(1)).add("https://a.example/2", make_page(2))
    )
    (folder / "crawl.warc").write_bytes(whole[:-200])
    run(folder / "crawl.warc")
    assert ask() == (["https://a.example/1"], [("crawl.warc", "damaged")])
    (folder / "crawl.warc").write_bytes(whole)
    run(folder / "crawl.warc")
    assert ask() == (["https://a.example/1", "https://a.example/2"], [])


def test_items_of_a_feed_are_documents_and_teasers_are_told(run, ask, seen, folder):
    words = "Chile and Peru signed a treaty on border security in Lima on Monday, the ministry said. " * 8
    items = "".join(
        f"<item><title>News {number}</title><link>https://a.example/{number}</link>"
        f"<pubDate>Mon, 12 Mar 2018 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for number, text in ((1, words), (2, words[:100]))
    )
    (folder / "feed.xml").write_text(
        f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    )
    assert run(folder).documents == 1
    assert ask() == (["https://a.example/1"], [("feed.xml", "teasers")])
    with open_ledger(folder.parent / "l.db") as ledger:
        (article,) = ledger.iter_articles()
    assert (article.title, article.publisher) == ("News 1", "Wire")
    assert str(article.published.first) == "2018-03-12"


def test_an_article_is_never_dated_after_its_fetch(run, seen, folder, make_archive, make_page):
    archive = make_archive().add("https://a.example/1", make_page(1), date="2018-03-10T00:00:00Z")
    (folder / "crawl.warc").write_bytes(bytes(archive))
    run(folder)
    with open_ledger(folder.parent / "l.db") as ledger:
        (article,) = ledger.iter_articles()
    assert article.published is None  # the page says 12 March


@pytest.fixture
def server(make_page):
    class Handler(BaseHTTPRequestHandler):
        pages = {"/1": make_page(1), "/2": make_page(2)}

        def do_GET(self):
            page = self.pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_):
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    made.pages = Handler.pages
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def test_addresses_are_fetched_named_by_themselves_and_read_again_without_network(
    run, ask, seen, server, make_page, tmp_path
):
    home = f"http://127.0.0.1:{server.server_port}"
    options = {"private_hosts": ("127.0.0.1",), "host_delay_s": 0.001, "fresh_s": 0.001}
    urls = [f"{home}/1", f"{home}/2", f"{home}/3", "ftp://a.example/"]
    report = run(urls=urls, **options)
    assert (report.documents, report.new) == (2, 2)
    names, problems = ask()
    assert names == urls[:2]
    assert problems == [("ftp://a.example/", "fetch-address"), (urls[2], "fetch-status")]
    assert run(urls=urls, **options).new == 0
    server.pages["/2"] = make_page(3)
    report = run(urls=urls, **options)
    assert (report.new, report.changed, report.gone) == (0, 1, 0)
    report = run(urls=urls, offline=True, max_bytes=1_000_000)  # another version of the limits: all is read
    assert (report.documents, len(seen)) == (2, 5)
    assert dict(ask()[1])[urls[2]] == "fetch-offline"
    # The copies are no inputs of a build over the folder they lie in.
    (tmp_path / "note.txt").write_text("Chile and Peru signed a treaty in Lima on 1 May 2020.")
    assert run(tmp_path).documents == 3


def test_a_copy_that_is_damaged_or_gone_is_told(run, seen, server, tmp_path):
    home = f"http://127.0.0.1:{server.server_port}"
    run(urls=(f"{home}/1", f"{home}/2"), private_hosts=("127.0.0.1",), host_delay_s=0.001)
    path = tmp_path / "l.db"
    assert check(path).is_sound
    copies = sorted((tmp_path / "l.db.raw").rglob("*.warc.gz"))
    data = copies[0].read_bytes()
    copies[0].write_bytes(data[: len(data) // 2])
    assert [(flaw.part, flaw.document) for flaw in check(path).flaws] == [(Part.COPIES, None)]
    copies[0].write_bytes(data)
    assert check(path).is_sound
    copies[0].unlink()
    (flaw,) = check(path).flaws
    assert flaw.item.startswith(home)
    shutil.rmtree(tmp_path / "l.db.raw")
    assert check(path).is_sound


def test_nothing_to_build_from_is_told(run):
    with pytest.raises(ConfigError):
        run()
