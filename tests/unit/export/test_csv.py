import csv
import io
from datetime import date

import pytest

from foedus.export import pick_format
from foedus.model.claim import Quantity
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.records import (
    ARTICLE_KEYS,
    CLAIM_KEYS,
    CONFLICT_KEYS,
    EVENT_KEYS,
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
)
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When
from foedus.views.shapes import Records


def write(keys, *rows):
    out = io.StringIO()
    pick_format(Records, name="csv").write(Records("any", keys, iter(rows)), out)
    return out.getvalue()


def read(keys, *rows):
    return list(csv.DictReader(io.StringIO(write(keys, *rows))))


def test_a_claim_is_flattened(make_claim):
    claim = make_claim(
        actors=[("RUS", "both"), ("BLR", "both")],
        agents=("A", "B"),
        place=(),
        when=When(date(2006, 1, 1), None, Precision.YEARS, "since 2006", Basis.STATED),
        quantities=(Quantity(90.0, None, None, "objects", None, True),),
        spans={"when": (Span(1, 2),)},
        quote='He said: "yes,\nno".',
    )
    (row,) = read(CLAIM_KEYS, to_claim_record(claim))
    assert row["actors"] == "RUS:both;BLR:both"
    assert row["agents"] == "A;B"
    assert row["place"] == row["subject"] == row["when_last"] == ""
    assert (row["when_first"], row["when_precision"]) == ("2006-01-01", "years")
    assert (row["when_text"], row["when_basis"]) == ("since 2006", "stated")
    assert row["evidence_quote"] == 'He said: "yes,\nno".'
    assert row["quantities"].startswith('[{"value":90,')
    assert row["spans"] == '{"when":[[1,2]]}'
    assert row["confidence"] == "0.9"


def test_columns_are_the_same_whatever_the_records_hold(make_claim):
    full = write(CLAIM_KEYS, to_claim_record(make_claim(when=date(2020, 1, 1)))).splitlines()[0]
    assert write(CLAIM_KEYS, to_claim_record(make_claim())).splitlines()[0] == full
    assert write(CLAIM_KEYS).splitlines() == [full]
    assert not {"when", "evidence"} & set(full.split(","))


def test_an_article_is_flattened(make_article):
    article = make_article("b.txt", 1, spans=(Span(0, 4), Span(6, 9)))
    (row,) = read(ARTICLE_KEYS, to_article_record(article, Reprint("b.txt", 1, "a.txt", 0)))
    assert (row["reprint_of_document"], row["reprint_of_article"]) == ("a.txt", "0")
    assert row["text"] == "[[0,4],[6,9]]"
    assert row["published_first"] == "2020-01-01"


def test_events_and_conflicts_are_flattened(make_claim):
    claim = make_claim()
    stages = (StageRecord(claim.stage, None, ("c-1",)),)
    event = Event(
        "e-1", claim.type, ("c-1", "c-2"), claim.actors, None, None, claim.status, claim.stage, 2, stages
    )
    (row,) = read(EVENT_KEYS, to_event_record(event))
    assert (row["claims"], row["sources"]) == ("c-1;c-2", "2")
    assert row["stages"] == '[{"stage":"signed","when":null,"claims":["c-1"]}]'
    conflict = Conflict("x-1", "e-1", Slot.WHEN, (("c-1", "c-2"), ("c-3",)), "They differ.")
    (row,) = read(CONFLICT_KEYS, to_conflict_record(conflict))
    assert row["claims"] == "c-1;c-2|c-3"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
def test_nothing_runs_as_a_formula(make_claim, start):
    words = f'{start}HYPERLINK("http://x","y")'
    (row,) = read(CLAIM_KEYS, to_claim_record(make_claim(subject=words, agents=(words,))))
    assert row["subject"] == row["agents"] == f"'{words}"


def test_numbers_are_no_formulas():
    assert write(("a", "b"), {"a": -1, "b": "-1"}) == "a,b\n-1,'-1\n"


def test_control_characters_are_left_out():
    assert write(("a",), {"a": "x\x1b[31my\u202ez\r\n."}) == 'a\n"x[31myz\n."\n'
