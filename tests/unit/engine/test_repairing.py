"""Ledgers that were meddled with, made good again. The articles were written for this test."""

import sqlite3
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from foedus.engine import match_ledger, repair
from foedus.errors import LedgerError
from foedus.ledger import Facts, open_ledger
from foedus.model.checkup import Part
from foedus.model.span import Span


@pytest.fixture
def path(tmp_path, fill):
    return fill(tmp_path / "l.db")


@pytest.fixture
def fill(make_article, make_claim, make_document):
    """Makes a ledger of two papers that tell of one agreement, at an address."""
    return partial(fill_ledger, make_article, make_claim, make_document)


def fill_ledger(make_article, make_claim, make_document, address):
    with open_ledger(address) as ledger:
        for letter, day in (("a", 1), ("b", 5)):
            quote = f"Norway and Sweden signed the Northern Patrol Agreement, paper {letter} says."
            name, digest = f"{letter}.txt", sha256(quote.encode()).hexdigest()
            claim = make_claim(
                name, subject="Northern Patrol Agreement", when=date(2019, 5, day), quote=quote
            )
            article = make_article(name, published=date(2019, 6, day), spans=(Span(0, len(quote)),))
            document = make_document(name, quote, digest=digest)
            ledger.write_facts([Facts(name, "/in", digest, document, (article,), (claim,))], version="1")
        match_ledger(ledger)
    return address


def change(path, *statements):
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def read(path):
    """All that a ledger says, and the versions of its documents."""
    with open_ledger(path, write=False) as ledger:
        return (
            tuple(ledger.iter_claims()),
            tuple(ledger.iter_events()),
            tuple(ledger.iter_conflicts()),
            ledger.reprints(),
            {name: known.version for name, known in ledger.known().items()},
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET sources = 9",
        "DELETE FROM event_claims",
        "DELETE FROM events",
        "DELETE FROM conflicts",
        "DELETE FROM claim_actors",
        "DELETE FROM listing",
        "DROP TABLE listing_words",
        "DELETE FROM blocks",
        "UPDATE meta SET value = 'no' WHERE key = 'matched'",
    ],
)
def test_what_is_derived_is_made_anew_and_a_copy_of_what_was_is_kept(path, statement):
    expected = read(path)
    change(path, statement)
    before = path.read_bytes()
    done = repair(path)
    assert done.after.is_sound
    assert done.after.is_matched
    assert done.again == ()
    assert read(path) == expected
    assert done.backup == str(path.with_name("l.db.repair.backup"))
    with sqlite3.connect(done.backup) as raw:
        assert raw.execute("SELECT count(*) FROM claims").fetchone() == (2,)
    raw.close()
    assert path.read_bytes() != before


def test_a_sound_ledger_comes_out_as_it_was(path):
    expected = read(path)
    done = repair(path)
    assert done.before.is_sound
    assert done.after == done.before
    assert read(path) == expected


@pytest.mark.parametrize(
    ("statement", "is_matched"),
    [
        ("UPDATE claims SET evidence_start = 1 WHERE document_id = 1", True),
        ("UPDATE claims SET actors = '[[' WHERE document_id = 1", False),
        ("UPDATE articles SET published_first = 'soon' WHERE document_id = 1", False),
    ],
)
def test_wrong_facts_are_kept_told_and_read_again_by_the_next_build(path, statement, is_matched):
    with open_ledger(path) as ledger:
        (claim, _), (article, _) = ledger.iter_claims(), ledger.iter_articles()
        document = ledger.document("a.txt")
    expected = read(path)
    change(path, statement)
    done = repair(path)
    assert done.again == ("a.txt",)
    assert {flaw.part for flaw in done.after.flaws} == {Part.FACTS}
    assert (done.after.claims, done.after.is_matched) == (2, is_matched)
    with open_ledger(path) as ledger:
        assert {name: known.version for name, known in ledger.known().items()} == {"a.txt": "", "b.txt": "1"}
        again = Facts("a.txt", "/in", document.digest, document, (article,), (claim,))  # as a build would
        ledger.write_facts([again], version="1")
        match_ledger(ledger)
        assert ledger.check().is_sound
    assert read(path) == expected


def test_a_second_copy_leaves_the_first(path):
    backups = [Path(repair(path).backup).name for _ in range(2)]
    assert backups == ["l.db.repair.backup", "l.db.repair.backup2"]


def test_without_room_for_a_copy_nothing_is_touched(path, monkeypatch):
    change(path, "DELETE FROM events")
    before = path.read_bytes()
    monkeypatch.setattr("foedus.ledger.migrate._free_name", lambda path: path.parent / "none" / path.name)
    with pytest.raises(LedgerError, match="cannot keep a copy"):
        repair(path)
    assert path.read_bytes() == before


def test_a_missing_ledger_is_not_made(tmp_path):
    with pytest.raises(LedgerError, match="no ledger"):
        repair(tmp_path / "none.db")
    assert [*tmp_path.iterdir()] == []


def test_rejected_and_corrected_claims_are_made_anew_too(path, make_claim):
    from foedus.engine import judge
    from foedus.engine.judging import decide_correct, decide_reject
    from foedus.model.judgement import Correctable
    from foedus.model.when import Basis, Precision, When

    with open_ledger(path) as ledger:
        first, second = (claim.id for claim in ledger.iter_claims())
    day = When(date(2018, 1, 1), date(2018, 1, 1), Precision.DAY, None, Basis.INFERRED)
    judge(path, lambda store: [decide_reject(store, first)], who="A", why="b")
    judge(path, lambda store: [decide_correct(store, second, Correctable.WHEN, day)], who="A", why="b")
    expected = read(path)
    assert [claim.when for claim in expected[0]] == [day]
    with open_ledger(path) as ledger:
        assert ledger.check().is_sound
    change(path, "DELETE FROM judged_claims")
    with open_ledger(path) as ledger:
        assert not ledger.check().is_sound
    assert repair(path).after.is_sound
    assert read(path) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET sources = 9",
        "DELETE FROM conflicts",
        "DELETE FROM listing_terms WHERE kind = 'actor'",
        "UPDATE listing_words SET words = ''",
        "DELETE FROM claim_actors",
    ],
)
def test_a_ledger_on_a_server_is_checked_and_made_good(fill, make_ledger_address, server, statement):
    address = fill(make_ledger_address("postgresql"))
    before = read(address)
    with open_ledger(address) as ledger:
        assert ledger.check().flaws == ()
    server.run(statement, address.name)
    done = repair(address)
    assert not done.before.is_sound or statement == "DELETE FROM conflicts"
    assert (done.after.flaws, done.backup) == ((), None)
    assert read(address) == before
