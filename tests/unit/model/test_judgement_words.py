from datetime import date

import pytest

from foedus.model.actor import Actor, Role
from foedus.model.claim import Quantity, Status
from foedus.model.judgement import Correctable
from foedus.model.judgement_records import RecordError
from foedus.model.judgement_words import parse_value
from foedus.model.when import Basis, Precision, When


def parse(slot, words):
    return parse_value(Correctable(slot), words, to_code=lambda name: name.upper()[:3])


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("2021", (2021, 1, 1), (2021, 12, 31), "year"),
        ("2021-02", (2021, 2, 1), (2021, 2, 28), "month"),
        ("2021-03-10", (2021, 3, 10), (2021, 3, 10), "day"),
        ("2021-03-10/2021-03-16", (2021, 3, 10), (2021, 3, 16), "day"),
        ("2021-03/2021-04-16", (2021, 3, 1), (2021, 4, 16), "month"),
        ("2019/2021", (2019, 1, 1), (2021, 12, 31), "years"),
        ("2006/..", (2006, 1, 1), None, "year"),
        ("../2006-05", None, (2006, 5, 31), "month"),
    ],
)
def test_times(words, first, last, precision):
    days = (date(*side) if side else None for side in (first, last))
    assert parse("when", words) == When(*days, Precision(precision), None, Basis.INFERRED)


def test_other_slots():
    assert parse("actors", "Norway, iceland: target") == (Actor("NOR", Role.BOTH), Actor("ICE", Role.TARGET))
    assert parse("status", "planned") is Status.PLANNED
    assert parse("place", "Oslo; Bergen ") == ("Oslo", "Bergen")
    assert parse("subject", " the  Accord ") == "the Accord"
    assert parse("quantities", '[{"value": 90, "of": "troops"}]') == (
        Quantity(90, None, None, "troops", None, False),
    )
    assert parse("when", "none") is None
    assert parse("place", "None") == ()


@pytest.mark.parametrize(
    ("slot", "words", "message"),
    [
        ("when", "March", "2012-10-23"),
        ("when", "2021-13", "2012-10-23"),
        ("when", "../..", "neither"),
        ("when", "2021-04/2021-03", "before"),
        ("status", "none", "use happened"),
        ("status", "done", "use happened"),
        ("subject", " ", "none"),
        ("quantities", "90 troops", "troops"),
    ],
)
def test_what_is_no_value_is_named(slot, words, message):
    with pytest.raises(RecordError, match=message):
        parse(slot, words)
