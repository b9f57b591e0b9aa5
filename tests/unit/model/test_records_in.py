"""Records read back: what `foedus.model.records` wrote is the same value again."""

import json
from datetime import date

import pytest

from foedus.model.actor import Actor, Role
from foedus.model.claim import Bound, ClaimType, Quantity, Stage, Status
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.records import (
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
)
from foedus.model.records_in import parse_article, parse_claim, parse_conflict, parse_event, parse_when
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

OPEN = When(date(2020, 1, 1), None, Precision.YEAR, "since 2020", Basis.RESOLVED)


def send(record):
    return json.loads(json.dumps(record))


def test_a_claim_with_every_slot_comes_back(make_claim):
    claim = make_claim(
        type="transfer",
        stage="ordered",
        actors=[("USA", "source"), ("POL", "target")],
        agents=("the army",),
        subject="howitzers",
        place=("Warsaw", "Radom"),
        when=OPEN,
        status="planned",
        attributed_to="the ministry",
        via=("The Paper",),
        recurrence="annual",
        quantities=(
            Quantity(24, 30, None, "howitzers", Bound.MIN, True),
            Quantity(1.5e6, None, "USD", None, None, False),
        ),
        spans={"actors": (Span(0, 7), Span(12, 20)), "when": (Span(21, 26),)},
    )
    assert parse_claim(send(to_claim_record(claim))) == claim


def test_a_claim_with_no_more_than_it_must_have_comes_back(make_claim):
    claim = make_claim(type="exercise", stage=None, actors=[])
    assert parse_claim(send(to_claim_record(claim))) == claim


@pytest.mark.parametrize("published", [None, OPEN])
def test_an_article_comes_back_without_the_place_of_its_headline(make_article, published):
    article = make_article(author="A. Author", published=published, spans=(Span(0, 4), Span(6, 9)))
    assert parse_article(send(to_article_record(article, None))) == article
    placed = make_article(title_span=Span(0, 4))
    copy = Reprint(placed.document, 0, "b.txt", 1)
    assert parse_article(send(to_article_record(placed, copy))) == make_article(title_span=None)


def test_an_event_comes_back():
    event = Event(
        "e-1",
        ClaimType.AGREEMENT,
        ("c-1", "c-2"),
        (Actor("NOR", Role.BOTH),),
        "Accord",
        OPEN,
        Status.HAPPENED,
        Stage.SIGNED,
        2,
        (StageRecord(Stage.PROPOSED, None, ("c-1",)), StageRecord(Stage.SIGNED, OPEN, ("c-2",))),
    )
    assert parse_event(send(to_event_record(event))) == event


def test_a_conflict_comes_back():
    conflict = Conflict("x-1", "e-1", Slot.STATUS, (("c-1", "c-2"), ("c-3",)), "They differ.")
    assert parse_conflict(send(to_conflict_record(conflict))) == conflict


def test_no_time_stays_none_and_either_end_may_be_open():
    assert parse_when(None) is None
    until = {"first": None, "last": "2020-12-31", "precision": "year", "text": None, "basis": "stated"}
    assert parse_when(until) == When(None, date(2020, 12, 31), Precision.YEAR, None, Basis.STATED)


@pytest.mark.parametrize(("slot", "word"), [("type", "visit"), ("status", "done"), ("plover", "love")])
def test_a_word_of_no_list_is_refused(make_claim, slot, word):
    with pytest.raises(ValueError, match=word):
        parse_claim(to_claim_record(make_claim()) | {slot: word})
