"""What every format prints of one small ledger, to the byte; `make regold` rewrites the files."""

import io
from datetime import date
from pathlib import Path

import pytest

from foedus.codebook import load_codebook
from foedus.export import FORMATS
from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.claim import Bound, Quantity
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When
from foedus.views.actors import ActorNames
from foedus.views.brief import Asked, write_brief
from foedus.views.document_page import describe_document
from foedus.views.event_page import describe_event
from foedus.views.interchange import KINDS
from foedus.views.period import Period
from foedus.views.shapes import Pages, Records

FOLDER = Path(__file__).parent / "formats"
TEXT = (
    "Chile and Peru sign border treaty\n"
    "LIMA, 12 March 2018. Chile and Peru signed a treaty on border security on Monday, the ministry said.\n"
    "At least 200 officers will patrol from 2019. Bolivia criticised the treaty.\n"
)


def find(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, make_article, make_claim, make_document):
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    signed, patrol, criticised = (
        "Chile and Peru signed a treaty on border security on Monday",
        "At least 200 officers will patrol from 2019",
        "Bolivia criticised the treaty",
    )
    monday = When(date(2018, 3, 12), date(2018, 3, 12), Precision.DAY, "Monday", Basis.RESOLVED)
    tuesday = When(date(2018, 3, 13), date(2018, 3, 13), Precision.DAY, "Tuesday", Basis.RESOLVED)
    from_2019 = When(date(2019, 1, 1), None, Precision.YEAR, "from 2019", Basis.STATED)
    with open_ledger(path) as opened:
        claims = {}
        for name, when, publisher in (
            ("a.txt", monday, "Andes Wire"),
            ("b.txt", tuesday, None),
            ("c.txt", monday, "Copy"),
        ):
            article = make_article(
                name,
                title="Chile and Peru sign border treaty",
                title_span=Span(0, 33),
                publisher=publisher,
                published=date(2018, 3, 13),
                spans=(Span(0, 33), Span(34, len(TEXT) - 1)),
            )
            claims[name] = (
                make_claim(
                    name,
                    plover="SUPPORT",
                    actors=[("CHL", "both"), ("PER", "both")],
                    subject="treaty on border security",
                    when=when,
                    attributed_to="the ministry",
                    quote=signed,
                    start=find(signed).start,
                    spans={"actors": (find("Chile"), find("Peru"))},
                    confidence=0.91,
                ),
                make_claim(
                    name,
                    type="joint_force",
                    stage=None,
                    plover="AGREE",
                    status="planned",
                    actors=[("CHL", "both"), ("PER", "both")],
                    subject="patrol",
                    when=from_2019,
                    quantities=(Quantity(200, None, None, "officers", Bound.MIN, False),),
                    quote=patrol,
                    start=find(patrol).start,
                    confidence=0.72,
                ),
                make_claim(
                    name,
                    type="accusation",
                    stage=None,
                    plover="ACCUSE",
                    actors=[("BOL", "source")],
                    quote=criticised,
                    start=find(criticised).start,
                    confidence=0.66,
                ),
            )
            facts = Facts(name, "/in", name, make_document(name, TEXT, digest=name), (article,), claims[name])
            opened.write_facts([facts], version="1")
        opened.write_derived(make_derived(claims))
        yield opened


def make_derived(claims):
    events = []
    for place, number in enumerate(("e-1", "e-2", "e-3")):
        first = claims["a.txt"][place]
        ids = tuple(own[place].id for own in claims.values())
        stages = (StageRecord(first.stage, first.when, ids),) if first.stage else ()
        events.append(
            Event(
                number,
                first.type,
                ids,
                first.actors,
                first.subject,
                first.when,
                first.status,
                first.stage,
                2,
                stages,
            )
        )
    sides = ((claims["a.txt"][0].id, claims["c.txt"][0].id), (claims["b.txt"][0].id,))
    conflict = Conflict(
        "x-1", "e-1", Slot.WHEN, sides, "Signed on 12 March 2018 by one account, on 13 March by another."
    )
    return Derived((Reprint("c.txt", 0, "a.txt", 0),), tuple(events), (conflict,))


def list_pages(ledger):
    names = ActorNames(load_codebook())
    asked = Asked(Period(date(2018, 3, 1), date(2018, 3, 31)))
    yield "brief", write_brief(ledger, names, asked)
    yield "event", describe_event(ledger, names, "e-1")
    yield "document", describe_document(ledger, "a.txt")


def list_files(ledger):
    for chosen in FORMATS:
        if chosen.is_binary:
            continue  # bytes of the library; tests/unit/export/test_docx.py reads them
        if chosen.shape is Records:
            shapes = [(kind, find_records(ledger)) for kind, find_records in KINDS.items()]
        else:
            assert chosen.shape is Pages
            shapes = [*list_pages(ledger)]
        for name, shape in shapes:
            out = io.StringIO(newline="")
            chosen.write(shape, out)
            yield f"{name}{chosen.suffix}", out.getvalue()


def test_every_format_prints_what_it_printed_before(ledger, request):
    files = dict(list_files(ledger))
    if request.config.getoption("--regold"):
        for old in FOLDER.iterdir():
            old.unlink()
        for name, text in files.items():
            (FOLDER / name).write_text(text, encoding="utf-8", newline="")
    assert sorted(files) == sorted(path.name for path in FOLDER.iterdir())
    for name, text in files.items():
        assert text == (FOLDER / name).read_text(encoding="utf-8"), name
