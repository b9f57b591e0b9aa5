"""Dossiers, event pages, document pages and tables over one small ledger."""

from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.errors import LedgerError
from foedus.ledger import Derived, Facts, Wanted, open_ledger
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.run import Problem, Step
from foedus.model.span import Span
from foedus.views.actors import ActorNames
from foedus.views.chronology import (
    tabulate_claims,
    tabulate_events,
    tabulate_problems,
    tell_actors,
    tell_kind,
)
from foedus.views.claim_page import describe_claim
from foedus.views.document_page import describe_document
from foedus.views.dossier import describe_actor, describe_dyad
from foedus.views.event_page import describe_event
from foedus.views.excerpts import cut_excerpt, mark

TEXT = "Before it all. Norland and Sudland signed the Accord. Later they met in the capital of one of them."
SIGNED = "Norland and Sudland signed the Accord"
MET = "they met in the capital"


@pytest.fixture(scope="module")
def names():
    return ActorNames(load_codebook())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, make_article, make_claim, make_document):
    with open_ledger(tmp_path_factory.mktemp("ledger") / "l.db") as opened:
        claims = {}
        for name, day, confidence in (("a.txt", 1, 0.7), ("b.txt", 2, 0.9), ("c.txt", 3, 0.8)):
            article = make_article(
                name, published=date(2020, 5, day), publisher=f"Paper {name[0]}", spans=(Span(0, len(TEXT)),)
            )
            claims[name] = (
                make_claim(
                    name,
                    quote=SIGNED,
                    start=15,
                    when=date(2020, 4, 30),
                    subject="Accord",
                    confidence=confidence,
                ),
                make_claim(
                    name, type="consultation", stage=None,
                    plover="CONSULT", quote=MET, start=TEXT.index(MET),
                    actors=[("NOR", "both"), ("FIN", "both")], confidence=confidence,
                ),
            )  # fmt: skip
            opened.write_facts(
                [Facts(name, "/in", name, make_document(name, TEXT, digest=name), (article,), claims[name])],
                version="1",
            )
        first = [claims[name][0] for name in claims]
        signing = Event(
            "e-1", first[0].type, tuple(c.id for c in first), first[0].actors, "Accord", first[0].when,
            first[0].status, first[0].stage, 2, (StageRecord(first[0].stage, first[0].when, (first[0].id,)),),
        )  # fmt: skip
        met = claims["a.txt"][1]
        meeting = Event("e-2", met.type, (met.id,), met.actors, None, None, met.status, None, 1)
        conflict = Conflict("x-1", "e-1", Slot.WHEN, ((first[0].id,), (first[1].id,)), "Two days are told.")
        opened.write_derived(Derived((Reprint("c.txt", 0, "a.txt", 0),), (signing, meeting), (conflict,)))
        yield opened


def headings(pages):
    return [section.heading for section in pages.sections]


def table_of(pages, heading):
    return next(section.table for section in pages.sections if section.heading == heading)


def test_an_actor_has_partners_kinds_events_and_doubts(ledger, names):
    pages = describe_actor(ledger, names, "NOR")
    assert pages.title == "Norway (NOR)"
    assert dict(pages.facts) == {"Events": "2", "Claims": "4", "Span": "2020-04-30 to 2020-04-30"}
    assert headings(pages) == ["With whom", "What", "Events", "Sources disagree"]
    assert table_of(pages, "With whom").rows == (
        ("Finland", "FIN", 1, ""),
        ("Sweden", "SWE", 1, "2020-04-30"),
    )
    assert table_of(pages, "What").rows == (("agreement", 1, "2020-04-30"), ("consultation", 1, ""))
    assert pages.sections[-1].sentences[0].citations == (1, 2)


def test_a_dyad_has_only_what_both_have_part_in(ledger, names):
    pages = describe_dyad(ledger, names, ("FIN", "NOR"))
    assert pages.title == "Finland (FIN) and Norway (NOR)"
    assert headings(pages) == ["What", "Events"]
    assert len(table_of(pages, "Events").rows) == 1


def test_nobody_has_an_empty_dossier(ledger, names):
    pages = describe_actor(ledger, names, "CHL")
    assert dict(pages.facts)["Span"] == "no dates"
    assert table_of(pages, "Events").rows == ()


def test_an_event_is_opened_with_its_sources_and_words(ledger, names):
    pages = describe_event(ledger, names, "e-1")
    assert pages.title == "Agreement: Accord"
    assert dict(pages.facts)["Sources"] == "2 independent, 3 claims"
    assert headings(pages) == ["Life", "Claims", "Why one event", "Sources disagree", "Words"]
    assert [row[3:] for row in table_of(pages, "Claims").rows] == [
        ("Paper a", "1 May 2020", "0.70", "yes", "F3"),
        ("Paper b", "2 May 2020", "0.90", "yes", "F3"),
        ("Paper c", "3 May 2020", "0.80", "reprint", "F3"),
    ]
    excerpt = pages.sections[-1].excerpts[0]
    ((start, end, label),) = excerpt.marks
    assert excerpt.text[start:end] == SIGNED
    assert excerpt.source == "a.txt, characters 15–52"
    assert label.startswith("c-")
    assert describe_event(ledger, names, "e-2").title == "Consultation"


def test_a_document_is_opened_with_every_claim_marked(ledger):
    pages = describe_document(ledger, "c.txt")
    (section,) = pages.sections
    assert dict(pages.facts)["Holds"] == "1 articles, 2 claims"
    assert "Reprint of article 0 in a.txt." in section.paragraphs[0]
    assert "Published: 2020-05-03 (stated)." in section.paragraphs[0]
    (excerpt,) = section.excerpts
    assert [(excerpt.text[start:end], label) for start, end, label in excerpt.marks] == [
        (SIGNED, "1"),
        (MET, "2"),
    ]
    assert [row[0] for row in section.table.rows] == [1, 2]


def test_an_unknown_document_is_an_error_with_advice(ledger):
    with pytest.raises(LedgerError, match=r"did you mean .*a\.txt"):
        describe_document(ledger, "a.tx")


def test_claims_as_a_table(ledger):
    table = tabulate_claims(ledger, Wanted(actor="SWE"))
    assert table.note is None
    assert table.rows[0] == (
        "2020-04-30",
        "agreement signed, happened: Accord",
        "NOR, SWE",
        "Paper a",
        "0.70",
        f"“{SIGNED}”\na.txt, characters 15–52",
    )
    assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize(
    ("limit", "rows", "has_note"), [(None, 6, False), (6, 6, False), (5, 5, True), (1, 1, True)]
)
def test_a_limit_is_said_when_it_cuts(ledger, limit, rows, has_note):
    table = tabulate_claims(ledger, Wanted(), limit=limit)
    assert (len(table.rows), table.note is not None) == (rows, has_note)


def test_events_as_a_table_show_the_surest_words(ledger):
    table = tabulate_events(ledger, Wanted())
    assert [row[3:5] for row in table.rows] == [(2, "0.90"), (1, "0.70")]
    assert table.rows[0][5] == f"e-1\n“{SIGNED}”\nb.txt, characters 15–52"


def test_problems_as_a_table():
    problem = Problem("a.pdf", Step.READ, "encrypted", "needs a password")
    assert tabulate_problems([problem]).rows == (("a.pdf", "read", "encrypted", "needs a password"),)
    assert tabulate_problems([]).note == "No problems."


def test_actors_and_kinds_in_short(make_claim):
    claim = make_claim(actors=[("USA", "source"), ("GBR", "both"), ("IRQ", "target")])
    assert tell_actors(claim.actors) == "USA, GBR → IRQ"
    assert tell_actors(make_claim(actors=[("IRQ", "target")]).actors) == " → IRQ".strip()
    assert tell_kind(claim.type, claim.stage, claim.status, None) == "agreement signed, happened"


def test_an_excerpt_has_whole_words_around(make_document, make_claim):
    text = "word " * 100 + "here it is" + " word" * 100
    claim = make_claim("a.txt", start=500, quote="here it is")
    excerpt = cut_excerpt(make_document("a.txt", text), claim)
    ((start, end, _),) = excerpt.marks
    assert excerpt.text[start:end] == "here it is"
    assert set(excerpt.text[:start].split()) == set(excerpt.text[end:].split()) == {"word"}
    assert len(excerpt.text) < 340


def test_marks_that_overlap_become_one():
    text = "0123456789"
    marks = [
        (Span(4, 6), "2"),
        (Span(1, 5), "1"),
        (Span(5, 7), "1"),
        (Span(8, 20), "3"),
        (Span(0, 0), "none"),
    ]
    assert mark(text, Span(1, 10), marks, "s").marks == ((0, 6, "1, 2"), (7, 9, "3"))


def test_a_claim_shows_its_values_its_words_its_event_and_what_it_repeats(ledger, names):
    claim = next(ledger.iter_claims(Wanted(document="c.txt")))
    pages = describe_claim(ledger, names, claim.id[:12])
    facts = dict(pages.facts)
    assert pages.title == "agreement signed, happened: Accord"
    assert (facts["Claim"], facts["Event"]) == (claim.id, "e-1")
    assert facts["Repeats"] == "a.txt, article 0"
    values = {row[0]: row[1] for row in table_of(pages, "Values").rows}
    assert values["subject"] == "Accord"
    assert "recurrence" not in values
    assert "Repeats" not in dict(describe_claim(ledger, names, ledger.event("e-2").claims[0]).facts)


def test_a_claim_that_is_not_there_is_an_error(ledger, names):
    with pytest.raises(LedgerError, match='no claim "c-none"'):
        describe_claim(ledger, names, "c-none")
