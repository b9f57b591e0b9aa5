import re

import pytest

from foedus.dates.lexicon import Lexicon
from foedus.dates.pattern import PatternCompiler
from foedus.errors import DataFileError

LEXICON = Lexicon(
    {"month": {"may": 5}, "unit": {"day": "D"}, "'of'": {"of": "of"}},
    ordinal_endings=["th"],
    decade_endings=["s"],
)
COMPILER = PatternCompiler({"YEAR": "year=modern|old_year", "LOOP": "{LOOP}"}, LEXICON)


def _kinds(words):
    return "".join(LEXICON.kinds.get(word) or LEXICON.classify(word) for word in words.split())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("month {YEAR}", "may 2017"),
        ("month 'of'? {YEAR}", "may of 2017"),
        ("month ( 'of' | comma )? {YEAR}", "may , 2017"),
        ("( day month | month day ) {YEAR}?", "may 5"),
        ("[not before: month] day", "5"),
        ("day [before: month] month", "5 may"),
    ],
)
def test_matches(pattern, words):
    shape = COMPILER.compile(pattern)
    kinds = _kinds(words)
    assert re.fullmatch(shape.plain, kinds)
    assert re.fullmatch(shape.capturing, kinds)
    assert kinds[0] in shape.first
    if len(kinds) == 1:
        assert kinds in shape.single
    else:
        assert kinds[1] in shape.second[kinds[0]]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("month {YEAR}", "may"),
        ("month {YEAR}", "may 17"),
        ("day [not before: unit] unit?", "5 day"),
        ("[after: 'of'] day", "5"),
    ],
)
def test_does_not_match(pattern, words):
    assert not re.fullmatch(COMPILER.compile(pattern).plain, _kinds(words))


def test_slots_are_named_in_order():
    shape = COMPILER.compile("day 'of' month that='of' {YEAR}")
    assert [name for name, _ in shape.slots] == ["day", "month", "that", "year"]


def test_what_can_come_second_passes_over_what_may_be_missing():
    shape = COMPILER.compile("'of'? day comma? month")
    of, day, comma, month = (_kinds(word) for word in ("of", "5", ",", "may"))
    assert shape.first >= {of, day}
    assert comma in shape.second[day]
    assert month in shape.second[day]
    assert day in shape.second[of]
    assert month not in shape.second[of]
    assert not shape.single


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("month (day", "lacks a closing bracket"),
        ("month day)", "bracket too many"),
        ("? month", "question mark after nothing"),
        ("{NOTHING}", "'NOTHING'"),
        ("{LOOP}", "'LOOP'"),
        ("season", "'season'"),
        ("month <", "cannot be read"),
        ("[after: ] month", "names no class"),
    ],
)
def test_faults_are_named(pattern, fault):
    with pytest.raises(DataFileError, match=re.escape(fault)):
        COMPILER.compile(pattern)
