"""A sound ledger, and one thing wrong with it at a time."""

import json
import sqlite3
from datetime import date
from hashlib import sha256

import pytest

from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.checkup import Part
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.ids import make_event_id, make_id
from foedus.model.judgement import Back, Grade, Reliability
from foedus.model.judgement_records import make_judgement
from foedus.model.run import Problem, Step
from foedus.model.span import Span

from datetime import UTC, datetime  # isort: skip

NOW = datetime(2020, 2, 1, tzinfo=UTC)
FIRST = "Norway and Sweden signed the Accord."
SECOND = "They met in Oslo."


@pytest.fixture
def path(tmp_path, make_sound_ledger):
    return make_sound_ledger(tmp_path / "l.db")


@pytest.fixture(scope="module")
def make_sound_ledger(make_article, make_claim, make_document):
    """Two documents of one text, two events, a conflict, a reprint, a judgement and one that takes it back."""

    def make(path):
        facts, claims = [], []
        for name in ("a.txt", "b.txt"):
            text = f"{FIRST} {SECOND} {name}"
            digest = sha256(text.encode()).hexdigest()
            first = make_claim(name, quote=FIRST, spans={"actors": (Span(0, 6),)}, when=date(2019, 5, 1))
            second = make_claim(name, quote=SECOND, start=len(FIRST) + 1, type="consultation", stage=None)
            article = make_article(name, title_span=Span(0, 6), spans=(Span(0, 36), Span(37, len(text))))
            document = make_document(name, text, digest=digest, main=(Span(0, 20),))
            facts.append(Facts(name, "/in", digest, document, (article,), (first, second)))
            claims.append((first, second))
        bad = Facts("c.pdf", "/in", "e", None, problems=(Problem("c.pdf", Step.READ, "empty", "nothing"),))
        events = []
        for pair in zip(*claims, strict=True):
            ids = tuple(claim.id for claim in pair)
            one = pair[0]
            stages = (StageRecord(one.stage, one.when, ids[:1]),) if one.stage else ()
            events.append(
                Event(
                    make_event_id(ids),
                    one.type,
                    ids,
                    one.actors,
                    None,
                    one.when,
                    one.status,
                    one.stage,
                    1,
                    stages,
                )
            )
        sides = tuple((claim,) for claim in events[0].claims)
        conflict = Conflict(make_id("x", 1), events[0].id, Slot.WHEN, sides, "Two days.")
        blocks = tuple((1, number, pair[0].id) for number, pair in enumerate(claims))
        grade = make_judgement("A", NOW, "why", Grade("The Paper", Reliability.B))
        back = make_judgement("A", NOW, "why", Back(grade.id))
        with open_ledger(path) as ledger:
            ledger.begin_run(version="1", jobs=1)
            ledger.write_facts([*facts, bad], version="1")
            ledger.add_judgements([grade, back])
            ledger.write_derived(
                Derived((Reprint("b.txt", 0, "a.txt", 0),), tuple(events), (conflict,), blocks=blocks)
            )
        return path

    return make


def check(path):
    with open_ledger(path, write=False) as ledger:
        return ledger.check()


def change(path, *statements):
    """Change a ledger behind its back, as no build would."""
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def test_a_sound_ledger_has_no_flaws_and_is_not_changed(path):
    before = path.read_bytes()
    found = check(path)
    assert found.flaws == ()
    assert found.is_sound
    assert found.is_matched
    numbers = (found.documents, found.articles, found.claims, found.events, found.conflicts, found.judgements)
    assert numbers == (2, 2, 4, 2, 1, 2)
    assert path.read_bytes() == before


FACTS = {
    "a quotation that stands elsewhere": (
        "UPDATE claims SET evidence_start = 1 WHERE position = 0 AND document_id = 1",
        "do not stand at",
    ),
    "a text that was changed": (
        "UPDATE documents SET text = replace(text, 'Norway', 'Norwya') WHERE id = 1",
        "do not stand at",
    ),
    "words outside of the text": (
        """UPDATE claims SET spans = '{"actors":[[0,9999]]}' WHERE document_id = 1""",
        "lie outside",
    ),
    "a probability above one": ("UPDATE claims SET confidence = 2 WHERE document_id = 1", "confidence"),
    "a word that the contract has not": ("UPDATE claims SET type = 'party' WHERE document_id = 1", "party"),
    "JSON that is none": (
        "UPDATE claims SET actors = '[[' WHERE document_id = 1 AND position = 1",
        "cannot be read",
    ),
    "a day that is none": (
        "UPDATE articles SET published_first = 'soon' WHERE document_id = 1",
        "cannot be read",
    ),
    "an article's text that is not there": (
        "UPDATE articles SET spans = '[[0,9999]]' WHERE document_id = 1",
        "text of the article",
    ),
    "an article's text in disorder": (
        "UPDATE articles SET spans = '[[5,9],[0,4]]' WHERE document_id = 1",
        "text of the article",
    ),
    "main text that is not there": ("UPDATE documents SET main = '[[0,9999]]' WHERE id = 1", "main text"),
    "no text": ("UPDATE documents SET text = NULL WHERE id = 1", "cannot be read"),
    "a place that is a word": (
        """UPDATE articles SET spans = '[["a","b"]]' WHERE document_id = 1""",
        "cannot be read",
    ),
    "a digest that is none": ("UPDATE documents SET digest = 'abc' WHERE id = 1", "SHA-256"),
    "page data that is none": (
        """UPDATE documents SET page = '{"colour":1}' WHERE id = 1""",
        "cannot be read",
    ),
    "a claim that is missing": ("DELETE FROM claims WHERE document_id = 1 AND position = 0", "not numbered"),
}


@pytest.mark.parametrize(("statement", "message"), FACTS.values(), ids=FACTS)
def test_what_is_wrong_with_facts_is_named_with_the_document_to_read_again(path, statement, message):
    change(path, statement)
    flaws = [flaw for flaw in check(path).flaws if flaw.part is Part.FACTS]
    assert any(message in flaw.message for flaw in flaws)
    assert {flaw.document for flaw in flaws} == {"a.txt"}


def test_a_flaw_of_a_claim_has_its_id(path):
    change(path, "UPDATE claims SET evidence_end = 3 WHERE position = 0 AND document_id = 1")
    (flaw,) = check(path).flaws
    raw = sqlite3.connect(path)
    assert (flaw.item,) == raw.execute(
        "SELECT id FROM claims WHERE position = 0 AND document_id = 1"
    ).fetchone()
    raw.close()


def test_an_input_that_gave_nothing_without_a_reason_is_named(path):
    change(path, "DELETE FROM problems")
    (flaw,) = check(path).flaws
    assert (flaw.part, flaw.item, flaw.document) == (Part.FACTS, "c.pdf", "c.pdf")


def test_articles_without_their_document_are_named(path):
    change(path, "DELETE FROM documents WHERE name = 'a.txt'")
    lost = [flaw for flaw in check(path).flaws if "documents that is not there" in flaw.message]
    assert [(flaw.part, flaw.item, flaw.document) for flaw in lost] == [(Part.FACTS, "1 0", None)]


def test_claims_without_their_article_are_named(path):
    change(path, "DELETE FROM articles WHERE document_id = 1")
    lost = [flaw for flaw in check(path).flaws if "articles that is not there" in flaw.message]
    assert len(lost) == 2
    assert {(flaw.part, flaw.document) for flaw in lost} == {(Part.FACTS, "a.txt")}


DERIVED = {
    "an actor to search by": "DELETE FROM claim_actors WHERE code = 'NOR'",
    "an actor of an event to search by": "DELETE FROM event_actors WHERE code = 'NOR'",
    "a claim of an event": "DELETE FROM event_claims WHERE position = 1",
    "a strange claim in an event": "UPDATE event_claims SET claim_id = 'c-none' WHERE position = 1",
    "a claim in two events": "UPDATE event_claims SET claim_id = (SELECT min(claim_id) FROM event_claims)",
    "an event": "DELETE FROM events WHERE rowid = 1",
    "an event and all of it": "DELETE FROM event_claims WHERE event_id = (SELECT min(id) FROM events)",
    "an event of another type": "UPDATE events SET type = 'exercise'",
    "an event that cannot be read": "UPDATE events SET stages = '[{}]'",
    "an event of too many sources": "UPDATE events SET sources = 9",
    "a stage of a strange claim": "UPDATE events SET stages = replace(stages, '\"c-', '\"d-')",
    "a conflict of a strange claim": """UPDATE conflicts SET sides = '[["c-1"],["c-2"]]'""",
    "a conflict without its event": "UPDATE conflicts SET event_id = 'e-none'",
    "a reprint of nothing": "UPDATE reprints SET original_document = 'z.txt'",
    "a block of nothing": "UPDATE blocks SET claim_id = 'c-none'",
    "a claim that is due": "INSERT INTO due VALUES ('c-none', 'a.txt')",
    "a judged claim of nothing": (
        "INSERT INTO judged_claims SELECT 'c-none', document_id, article, position, type, stage, plover, status,"
        " subject, when_first, when_last, when_precision, when_text, when_basis, attributed_to, recurrence,"
        " confidence, evidence_start, evidence_end, quote, actors, agents, place, via, quantities, spans, 1"
        " FROM claims LIMIT 1"
    ),
    "a word for matching": "UPDATE meta SET value = 'perhaps' WHERE key = 'matched'",
    "an entry": "DELETE FROM listing WHERE position = (SELECT min(position) FROM listing)",
    "a changed entry": "UPDATE listing SET sources = 7 WHERE position = (SELECT min(position) FROM listing)",
    "a term": "DELETE FROM listing_terms WHERE kind = 'actor'",
    "a term of nothing": "INSERT INTO listing_terms VALUES ('actor', 'XXX', 99)",
    "a count": "UPDATE listing_counts SET events = 9 WHERE kind = 'dyad'",
    "the order": "UPDATE listing SET position = (SELECT max(position) + 1 FROM listing) "
    "WHERE position = (SELECT min(position) FROM listing)",
    "the index of words": "INSERT INTO listing_words(listing_words) VALUES ('delete-all')",
}


@pytest.mark.parametrize("statement", DERIVED.values(), ids=DERIVED)
def test_what_is_wrong_with_what_is_derived_is_named(path, statement):
    change(path, statement)
    found = check(path)
    assert found.flaws
    assert {flaw.part for flaw in found.flaws} == {Part.DERIVED}
    assert all(flaw.item and flaw.message for flaw in found.flaws)


def test_where_matching_is_due_what_is_derived_is_not_looked_at(path):
    change(path, "UPDATE meta SET value = 'part' WHERE key = 'matched'", "UPDATE events SET sources = 9")
    found = check(path)
    assert (found.is_sound, found.is_matched) == (True, False)


def test_a_ledger_whose_matching_failed_and_says_so_is_sound(path):
    with open_ledger(path) as ledger:
        ledger.write_found_problems([Problem("(all)", Step.MATCH, "fault", "odd")], root="(all)", items=None)
        ledger.write_derived(Derived())
    assert check(path).flaws == ()
    change(path, "DELETE FROM problems WHERE step = 'match'")
    assert len(check(path).flaws) == 4


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE judgements SET who = 'B'", "who is not that of its record"),
        ("UPDATE judgements SET record = replace(record, 'why', 'how')", "malformed"),
        ("UPDATE judgements SET record = '['", "cannot be read"),
        ("DELETE FROM judgements WHERE kind = 'grade'", "takes back"),
    ],
)
def test_what_is_wrong_with_judgements_is_named(path, statement, message):
    change(path, statement)
    flaws = check(path).flaws
    assert flaws
    assert {flaw.part for flaw in flaws} == {Part.JUDGEMENTS}
    assert all(message in flaw.message and flaw.item.startswith("j-") for flaw in flaws)


def test_a_damaged_file_is_told(path):
    change(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    raw = sqlite3.connect(path)
    page, size = (
        raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_claims_place'").fetchone()[0],
        4096,
    )
    assert raw.execute("PRAGMA page_size").fetchone() == (size,)
    raw.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    found = check(path)
    assert Part.FILE in {flaw.part for flaw in found.flaws}


def test_flaws_come_by_part_then_item(path):
    change(
        path,
        "UPDATE events SET sources = 9",
        "UPDATE claims SET confidence = 2",
        "UPDATE judgements SET who = 'B'",
    )
    flaws = check(path).flaws
    order = list(Part)
    assert list(flaws) == sorted(flaws, key=lambda flaw: (order.index(flaw.part), flaw.item))
    assert [*dict.fromkeys(flaw.part for flaw in flaws)] == [Part.FACTS, Part.JUDGEMENTS, Part.DERIVED]
    assert json.dumps([flaw.item for flaw in flaws])
