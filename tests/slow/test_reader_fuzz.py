"""Readers against spoiled bytes: 500 cases in the usual run, 20,000 with ``--slow``; whole builds of such inputs: 2,000
and 20,000.

Each case takes a sound input of some format and spoils it in a few places: bytes changed, dropped, repeated, moved,
put in from another format, cut off, packed. It must end in a document that keeps its promises, in an `InputError` with
a known code, or, for containers, in members, faults and what is left out, and within bounds of time and memory.
The inputs were written for these tests, small, so that many can be built; the same in every run.
"""

import gzip
import random
import resource
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from foedus.articles import split_articles
from foedus.config import Settings
from foedus.engine import build
from foedus.errors import InputError
from foedus.ledger import open_ledger
from foedus.model.run import Step
from foedus.read import Fault, LeftOut, Member, ReadLimits, find_container, iter_members, read_document

SEED = 20_260_101
USUAL_CASES, SLOW_CASES, CHUNK = 500, 20_000, 500
USUAL_BUILT, SLOW_BUILT, BUILT_AT_ONCE = 2_000, 20_000, 250
MAX_MEMORY_MIB = 2_000  # of the process, models included
LIMITS = ReadLimits(max_bytes=2_000_000, min_bomb_bytes=1_000_000, max_markup_bytes=1_000_000)
MAX_SECONDS = 30.0  # of CPU, so that what else the machine does counts little
CODES = {
    "bomb",
    "binary",
    "damaged",
    "empty",
    "encrypted",
    "too-deep",
    "too-large",
    "truncated",
    "unknown-type",
}
WORDS = (
    "On 12 March 2018 Chile and Peru signed a treaty on joint training in Lima, the Defence Ministry said."
)
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r\n\r\n",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"<div>" * 300,
    b"&#0;&#x110000;&nbsp",
    b"<!ENTITY a 'b'>",
    b"\xe2\x80\xae\xe2\x80\x8b",
    b"WARC/1.0\r\n",
    b"Content-Length: 999999999999\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"\x1f\x8b\x08\x00",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"endobj",
    b"<meta charset=utf-16>",
    b"=?utf-8?q?=",
    b'{"version":"https://jsonfeed.org/version/1","items":[',
    b"[" * 2000,
    b"9" * 500,
    b"2018-02-31",
    "٣١٫١٢٫٢٠٢٤".encode(),
)


def _pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    for page in range(3):
        canvas.drawString(72, 800, f"The Paper, page {page}")
        for line in range(4):
            canvas.drawString(72, 700 - 14 * line, WORDS[:60])
            canvas.drawString(320, 700 - 14 * line, WORDS[40:])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Treaty signed", 1)
    document.add_paragraph(WORDS)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Chile"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _zip(data: bytes, packing: int) -> bytes:
    """The same archive packed in another way, or not at all, so that what is spoiled is its content; of no time."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), packing)
    return out.getvalue()


HTML = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Treaty | The Paper</title>"
    '<meta property="article:published_time" content="2018-03-12T10:00:00Z">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","datePublished":"2018-03-12"}</script>'
    "</head><body><nav><a href=/>Home</a></nav><article><h1>Treaty signed</h1>"
    "<time datetime=2018-03-12>12 March</time>"
    f"<p>{WORDS}</p><table><tr><td>Chile</td><td>Peru</td></tr></table><p>{WORDS} ü й 中</p></article></body></html>"
).encode()
MAIL = (
    "Message-ID: <1@x>\r\nFrom: =?utf-8?q?The_Paper?= <a@b.example>\r\nSubject: Treaty\r\n"
    "Date: Mon, 12 Mar 2018 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    f"--b\r\nContent-Type: text/plain\r\n\r\n{WORDS}\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    f"<p>{WORDS}</p>=\r\n<p>1. Second</p>\r\n--b--\r\n"
).encode()
MARKDOWN = (
    f"---\ntitle: Treaty\ndate: 2018-03-12\n---\n\n# Treaty\n\n{WORDS}\n\n"
    f"| a | b |\n|---|---|\n| 1 | 2 |\n\n> {WORDS}\n"
).encode()
TEXT = (
    f"Home | News | Sport\nTreaty signed\nBy Ana Luz\n12/03/2018\n\n{WORDS}\n\nRead more\nSimilar articles\n"
).encode()
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>W</title><item><title>T</title><link>https://a.example/1</link>"
    f"<content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item>"
    f"<item><title>U</title><description>{WORDS}</description></item></channel></rss>"
).encode()
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title><entry><id>1</id><title>T</title><updated>2018-03-12T10:00:00Z'
    f'</updated><content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed>'
).encode()
JSON_FEED = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"W","items":[{"id":"1","url":"https://a.example/1",'
    f'"content_html":"<p>{WORDS}</p>","authors":[{{"name":"Ana"}}],"date_published":"2018-03-12"}}]}}'
).encode()


@pytest.fixture(scope="module")
def sound(make_archive: Callable[..., object]) -> list[bytes]:
    """One sound input of each format, containers plain and packed."""
    archives = []
    for packed in (False, True):
        archive = make_archive(packed=packed)
        archive.add("https://a.example/1", HTML)  # type: ignore[attr-defined]
        archive.add(
            "https://a.example/2", gzip.compress(HTML, mtime=0), headers=[("Content-Encoding", "gzip")]
        )  # type: ignore[attr-defined]
        archive.add("https://a.example/3", RSS, "application/rss+xml")  # type: ignore[attr-defined]
        archive.add("https://a.example/4", b"x", "image/png")  # type: ignore[attr-defined]
        archives.append(bytes(archive))  # type: ignore[call-overload]
    words = [_zip(_docx(), packing) for packing in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)]
    plain = [HTML, MAIL, MARKDOWN, TEXT, RSS, ATOM, JSON_FEED, _pdf(), *words]
    return [*plain, *archives, gzip.compress(HTML, mtime=0), gzip.compress(archives[0], mtime=0)]


def spoil(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The same bytes with one to six things done to them."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        size = len(made)
        start = chance.randrange(size + 1)
        length = min(chance.choice((1, 1, 2, 4, 16, 64, 512, 4096)), size - start)
        match chance.randrange(9):
            case 0:
                for at in range(start, start + length):
                    made[at] = chance.randrange(256)
            case 1:
                del made[start : start + length]
            case 2:
                made[start:start] = made[start : start + length] * chance.choice((1, 2, 50))
            case 3:
                made[start : start + length] = chance.choice(PIECES)
            case 4:
                made[start:start] = chance.choice(PIECES) * chance.choice((1, 1, 3, 200))
            case 5:
                other = chance.choice(others)
                at = chance.randrange(len(other))
                made[start:start] = other[at : at + chance.choice((20, 500, 5000))]
            case 6:
                del made[chance.randrange(size // 2, size + 1) :]
            case 7 if size:
                at = chance.randrange(size)
                made[at] ^= 1 << chance.randrange(8)
            case _:
                made = bytearray(gzip.compress(bytes(made), mtime=0)) if chance.random() < 0.1 else made
        if len(made) > 300_000 or not made:
            break
    return bytes(made)


def check(data: bytes, path: Path) -> str:
    """Read as a build would; gives in a word how it ended.

    Raises:
        AssertionError: A promise was broken.
    """
    path.write_bytes(data)
    kind = find_container(path)
    if kind is None:
        return _check_document("x", data)
    ended = "empty container"
    for found in iter_members(path, "x", kind, LIMITS):
        if isinstance(found, Fault):
            assert found.code in CODES
            assert found.message
        elif isinstance(found, Member):
            assert found.name.isprintable()
            assert len(found.data) <= 4 * LIMITS.max_bytes
            _check_document(found.name, found.data, given=found.given, charset=found.charset)
        else:
            assert isinstance(found, LeftOut)
        ended = type(found).__name__
    return ended


def _check_document(name: str, data: bytes, **known: object) -> str:
    try:
        document = read_document(name, data, limits=LIMITS, **known)  # type: ignore[arg-type]
    except InputError as error:
        assert error.code in CODES
        return error.code
    assert document.text.encode("utf-8")
    assert "\0" not in document.text
    ends = [0, *(place for span in document.main for place in (span.start, span.end)), len(document.text)]
    assert ends == sorted(ends)
    for article in split_articles(document):
        ends = [0, *(place for span in article.spans for place in (span.start, span.end)), len(document.text)]
        assert ends == sorted(ends)
    return "document"


def run_cases(first: int, count: int, sound: list[bytes], path: Path) -> dict[str, int]:
    """Run the cases of these numbers; each is made from the seed and its own number alone."""
    ends: dict[str, int] = {}
    for number in range(first, first + count):
        chance = random.Random(SEED * 1_000_003 + number)
        data = spoil(chance.choice(sound), sound, chance)
        started = time.process_time()
        try:
            end = check(data, path)
        except (Exception, zlib.error) as error:
            error.add_note(f"case {number}, {len(data)} bytes, begins {data[:60]!r}")
            raise
        assert time.process_time() - started < MAX_SECONDS, f"case {number} took too long"
        ends[end] = ends.get(end, 0) + 1
    return ends


def test_spoiled_inputs_end_well(sound: list[bytes], tmp_path: Path) -> None:
    ends = run_cases(0, USUAL_CASES, sound, tmp_path / "x")
    assert ends["document"] > USUAL_CASES // 10
    assert len(ends) > 4


@pytest.mark.slow
@pytest.mark.parametrize("first", range(USUAL_CASES, SLOW_CASES, CHUNK))
def test_many_spoiled_inputs_end_well(first: int, sound: list[bytes], tmp_path: Path) -> None:
    run_cases(first, CHUNK, sound, tmp_path / "x")


def build_cases(first: int, count: int, sound: list[bytes], folder: Path) -> dict[str, int]:
    """Build a ledger of the cases of these numbers, in pieces as a user would; gives how the inputs ended.

    Raises:
        AssertionError: An input is not accounted for, or a promise was broken.
    """
    names = [f"{number:05d}" for number in range(first, first + count)]
    (folder / "in").mkdir()
    for name in names:
        chance = random.Random(SEED * 1_000_003 + int(name))
        (folder / "in" / name).write_bytes(spoil(chance.choice(sound), sound, chance))
    settings = Settings(
        ledger=folder / "l.db", jobs=1, max_bytes=LIMITS.max_bytes, item_timeout_s=MAX_SECONDS * 10
    )
    report = build([folder / "in"], settings)
    with open_ledger(folder / "l.db") as ledger:
        known, problems, documents = ledger.known(), ledger.problems(), {*ledger.document_names()}
        checkup = ledger.check()
    assert checkup.flaws == ()
    assert checkup.is_matched
    assert not report.interrupted
    assert (report.documents, report.problems, report.new) == (len(documents), len(problems), len(known))
    assert {problem.code for problem in problems}.isdisjoint(
        {"fault", "no-evidence", "not-storable", "too-slow"}
    )
    ends = dict.fromkeys(("document", "no document", "container", "empty container"), 0)
    told = {problem.item for problem in problems}
    assert told >= {*known} - documents  # what gave nothing has a problem that says why
    of_containers = {(problem.item, problem.code) for problem in problems if problem.step is Step.FIND}
    members = len({*known} - {*names})
    for name in names:
        if name in documents:
            ends["document"] += 1
        elif name in known:
            ends["no document"] += 1
        else:
            path = folder / "in" / name
            kind = find_container(path)
            assert kind is not None, f"nothing tells what became of case {name}"
            found = list(iter_members(path, name, kind, LIMITS))
            assert {item.name for item in found if isinstance(item, Member)} <= {*known}
            faults = {(name, item.code) for item in found if isinstance(item, Fault)}
            assert (faults if found else {(name, "empty")}) <= of_containers
            ends["container" if found else "empty container"] += 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MAX_MEMORY_MIB * 1024
    return {**ends, "members": members, "claims": report.claims, "events": checkup.events}


@pytest.mark.parametrize("first", range(0, USUAL_BUILT, BUILT_AT_ONCE))
def test_spoiled_inputs_are_built_and_accounted_for(first: int, sound: list[bytes], tmp_path: Path) -> None:
    ends = build_cases(first, BUILT_AT_ONCE, sound, tmp_path)
    print(ends)
    assert ends["document"] > BUILT_AT_ONCE // 10
    assert ends["claims"] > 0
    assert ends["no document"] > 0
    assert ends["members"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(USUAL_BUILT, SLOW_BUILT, BUILT_AT_ONCE))
def test_many_spoiled_inputs_are_built_and_accounted_for(
    first: int, sound: list[bytes], tmp_path: Path
) -> None:
    print(build_cases(first, BUILT_AT_ONCE, sound, tmp_path))
