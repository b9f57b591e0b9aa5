"""Fetching from a server of the test's own; pages were written for it."""

import gzip
import os
import socket
import ssl
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from foedus.errors import ConfigError
from foedus.fetch import Copies, Fetching, Policy
from foedus.read import Container, Member, ReadLimits, iter_members

PAGE = b"<html><body><h1>Accord</h1><p>Chile and Peru signed an accord in Lima.</p></body></html>"


class Site:
    """What the server answers: by path a function of the request's headers that gives status, headers, body."""

    def __init__(self):
        self.answers = {}
        self.seen = []
        self.times = []

    def answer(self, path, status=200, headers=(), body=PAGE):
        self.answers[path] = lambda asked: (status, dict(headers), body)


@pytest.fixture
def site():
    state = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            state.seen.append((self.path, dict(self.headers)))
            state.times.append(time.monotonic())
            status, headers, body = state.answers.get(self.path, lambda asked: (404, {}, b"none"))(
                self.headers
            )
            if callable(body):
                body(self)
                return
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    state.port = server.server_port
    state.server = server
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetch(tmp_path, site):
    """Fetches paths of the site, without real waiting; gives code by path, and how long was waited."""

    def fetch(*paths, resolve=None, **options):
        waits = []
        options = {"private_hosts": frozenset({"127.0.0.1"}), "delay_s": 0.001, **options}
        fetching = Fetching(Policy("foedus/test (tests)", **options), Copies(tmp_path), sleep=waits.append)
        if resolve is not None:
            fetching.resolve = resolve
        urls = [path if "://" in path else site.url + path for path in paths]
        outcomes = {outcome.url.removeprefix(site.url): outcome for outcome in fetching.run(urls)}
        fetch.waits = waits
        return outcomes

    return fetch


def load(tmp_path, url):
    path = Copies(tmp_path).path_of(url)
    return [
        found for found in iter_members(path, url, Container.WARC, ReadLimits()) if isinstance(found, Member)
    ]


def test_a_page_is_fetched_kept_and_read_from_its_copy(site, fetch, tmp_path):
    site.answer("/a", headers={"Content-Type": "text/html; charset=utf-8"})
    assert fetch("/a")["/a"].is_new
    (member,) = load(tmp_path, site.url + "/a")
    assert (member.data, member.charset) == (PAGE, "utf-8")
    assert member.given.address == site.url + "/a"
    assert member.given.fetched == time.strftime("%Y-%m-%d", time.gmtime())
    assert {headers["User-Agent"] for _, headers in site.seen} == {"foedus/test (tests)"}


def test_packed_and_chunked_pages_are_kept_as_sent(site, fetch, tmp_path):
    def send(handler):
        packed = gzip.compress(PAGE)
        handler.send_response(200)
        for name, value in (
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
        ):
            handler.send_header(name, value)
        handler.end_headers()
        for part in (packed[:20], packed[20:]):
            handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    site.answer("/a", body=send)
    assert fetch("/a")["/a"].code is None
    assert load(tmp_path, site.url + "/a")[0].data == PAGE


def test_rules_of_the_site_are_kept_and_asked_for_once(site, fetch):
    site.answer(
        "/robots.txt",
        body=b"User-agent: foedus\nDisallow: /no\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n",
    )
    site.answer("/yes")
    site.answer("/no/a")
    outcomes = fetch("/yes", "/no/a")
    assert {path: outcome.code for path, outcome in outcomes.items()} == {
        "/yes": None,
        "/no/a": "fetch-robots",
    }
    assert [path for path, _ in site.seen] == ["/robots.txt", "/yes"]
    assert max(fetch.waits) > 6


@pytest.mark.parametrize(
    ("status", "code"), [(404, None), (403, None), (500, "fetch-robots"), (503, "fetch-robots")]
)
def test_rules_that_fail_close_the_site(site, fetch, status, code):
    site.answer("/robots.txt", status=status)
    site.answer("/a")
    assert fetch("/a")["/a"].code == code


def test_a_page_is_asked_for_again_only_if_it_has_changed(site, fetch, tmp_path):
    def answer(asked):
        if (
            asked.get("If-None-Match") == '"1"'
            and asked.get("If-Modified-Since") == "Mon, 01 Jan 2024 00:00:00 GMT"
        ):
            return 304, {}, b""
        return (
            200,
            {"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT", "Content-Type": "text/html"},
            PAGE,
        )

    site.answers["/a"] = answer
    assert fetch("/a")["/a"].is_new
    before = Copies(tmp_path).path_of(site.url + "/a").read_bytes()
    outcome = fetch("/a")["/a"]
    assert (outcome.code, outcome.is_new) == (None, False)
    assert Copies(tmp_path).path_of(site.url + "/a").read_bytes() == before
    site.answer("/a", headers={"Content-Type": "text/html"}, body=PAGE + b"<p>More</p>")
    assert fetch("/a")["/a"].is_new
    assert load(tmp_path, site.url + "/a")[0].data.endswith(b"<p>More</p>")
    assert len(list(Copies(tmp_path).path_of(site.url + "/a").parent.iterdir())) == 2


def test_a_host_is_given_time_and_others_are_not_held_up(site, fetch):
    for path in ("/a", "/b"):
        site.answer(path)
    other = f"http://localhost:{site.port}/a"
    fetch("/a", "/b", other, delay_s=30.0, private_hosts=frozenset({"127.0.0.1", "localhost"}))
    assert [path for path, _ in site.seen if path != "/robots.txt"] == ["/a", "/a", "/b"]
    assert [round(wait) for wait in fetch.waits if wait > 1]


def test_redirects_are_followed_a_few_times_and_checked_each_time(site, fetch, tmp_path):
    site.answer("/a", 302, {"Location": "/b"})
    site.answer("/b", headers={"Content-Type": "text/html"})
    site.answer("/round", 301, {"Location": "/round"})
    site.answer("/inside", 302, {"Location": f"http://localhost:{site.port}/b"})
    site.answer("/file", 302, {"Location": "file:///etc/passwd"})
    outcomes = fetch("/a", "/round", "/inside", "/file")
    assert {path: outcome.code for path, outcome in outcomes.items()} == {
        "/a": None,
        "/round": "fetch-redirects",
        "/inside": "fetch-private",
        "/file": "fetch-address",
    }
    assert load(tmp_path, site.url + "/a")[0].given.address == site.url + "/b"


def test_the_machine_that_was_checked_is_the_one_that_is_asked(site, fetch):
    """A name that leads to a public machine when it is checked and to this one afterwards gets nothing from here."""
    site.answer("/a")
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    url = f"http://desk.example:{site.port}/a"
    outcomes = fetch(url, resolve=resolve, private_hosts=frozenset({"desk.example"}))
    assert outcomes[url].code is None
    assert asked == ["desk.example", "desk.example"]  # once for the page, once for the rules
    assert {headers["Host"] for _, headers in site.seen} == {f"desk.example:{site.port}"}
    assert fetch("/a", private_hosts=frozenset())["/a"].code == "fetch-private"


def test_busy_servers_are_tried_again_when_they_say(site, fetch):
    left = defaultdict(lambda: 2)

    def answer(asked):
        left["/a"] -= 1
        return (503, {"Retry-After": "40"}, b"") if left["/a"] else (200, {}, PAGE)

    site.answers["/a"] = answer
    assert fetch("/a")["/a"].code is None
    assert any(wait > 39 for wait in fetch.waits)


def test_servers_that_stay_busy_or_ask_for_too_much_patience_are_left(site, fetch):
    site.answer("/a", 429, {"Retry-After": "86400"})
    site.answer("/b", 503)
    outcomes = fetch("/a", "/b")
    assert {outcome.code for outcome in outcomes.values()} == {"fetch-status"}
    assert [path for path, _ in site.seen].count("/a") == 1
    assert [path for path, _ in site.seen].count("/b") == 3


def test_large_slow_and_broken_answers_are_bounded(site, fetch):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            try:
                handler.wfile.write(b"X-Wait: 1\r\n")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def short(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")
        handler.close_connection = True

    site.answer("/large", body=b"x" * 20_000)
    site.answer("/drip", body=drip)
    site.answer("/short", body=short)
    started = time.monotonic()
    outcomes = fetch("/large", "/drip", "/short", max_bytes=10_000, timeout_s=0.7, max_tries=1)
    assert {path: outcome.code for path, outcome in outcomes.items()} == {
        "/large": "fetch-large",
        "/drip": "fetch-slow",
        "/short": "fetch-failed",
    }
    assert time.monotonic() - started < 20


def test_what_cannot_be_fetched_costs_itself_only(site, fetch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}/a"
    site.answer("/a")
    outcomes = fetch("nonsense://x", dead, "/a", "/missing", max_tries=1)
    assert outcomes["nonsense://x"].code == "fetch-address"
    assert outcomes[dead].code == "fetch-robots"
    assert outcomes["/a"].code is None
    assert outcomes["/missing"].code == "fetch-status"
    assert all(outcome.message for outcome in outcomes.values() if outcome.code)


CERTIFICATES = Path(__file__).with_name("certificates")


@pytest.fixture
def secure(site):
    """Puts the site behind HTTPS with one of the test's own certificates."""

    def secure(name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / name)
        site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
        site.url = site.url.replace("http:", "https:")

    return secure


def test_a_certificate_of_an_authority_that_was_named_is_trusted(site, fetch, secure):
    site.answer("/a")
    secure("server.pem")
    assert fetch("/a", ca_file=CERTIFICATES / "authority.pem")["/a"].is_new


@pytest.mark.parametrize(("name", "ca_file"), [("server.pem", None), ("elsewhere.pem", "authority.pem")])
def test_a_certificate_that_is_not_trusted_ends_it_at_once(site, fetch, secure, name, ca_file):
    site.answer("/a")
    secure(name)
    outcome = fetch("/a", ca_file=ca_file and CERTIFICATES / ca_file)["/a"]
    assert (outcome.code, site.seen) == ("fetch-certificate", [])
    assert "FOEDUS_CA_FILE" in outcome.message
    assert sum(fetch.waits) < 1


def test_a_file_without_certificates_is_told(site, fetch, secure, tmp_path):
    secure("server.pem")
    (tmp_path / "empty.pem").write_text("none")
    for name in ("empty.pem", "missing.pem"):
        with pytest.raises(ConfigError, match=name):
            fetch("/a", ca_file=tmp_path / name)


def test_a_run_that_was_broken_off_goes_on_where_it_was(site, fetch, tmp_path):
    for path in ("/a", "/b", "/c"):
        site.answer(path)
    policy = Policy("foedus/test (tests)", private_hosts=frozenset({"127.0.0.1"}), delay_s=0.001, fresh_s=60)
    urls = [site.url + path for path in ("/a", "/b", "/c")]
    run = Fetching(policy, Copies(tmp_path)).run(urls)
    assert [next(run).is_new, next(run).is_new] == [True, True]
    run.close()
    again = list(Fetching(policy, Copies(tmp_path)).run(urls))
    assert [outcome.is_new for outcome in again] == [False, False, True]
    assert [path for path, _ in site.seen if path != "/robots.txt"] == ["/a", "/b", "/c"]


def test_a_copy_that_is_no_longer_fresh_is_asked_for(site, fetch, tmp_path):
    site.answer("/a", headers={"ETag": '"1"'})
    fetch("/a", fresh_s=60)
    path = Copies(tmp_path).path_of(site.url + "/a")
    os.utime(path, (0, 0))
    site.answer("/a", status=304, body=b"")
    assert not fetch("/a", fresh_s=60)["/a"].is_new
    # the server has just said that it is up to date
    fetch("/a", fresh_s=60)
    assert [path for path, _ in site.seen].count("/a") == 2


def test_a_body_that_dribbles_is_given_up(site, fetch):
    def dribble(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        for _ in range(200):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    site.answer("/dribble", body=dribble)
    site.answer("/a")
    outcomes = fetch("/dribble", "/a", timeout_s=0.7, max_tries=1)
    assert (outcomes["/dribble"].code, outcomes["/a"].is_new) == ("fetch-slow", True)
