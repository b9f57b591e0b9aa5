import copy

import pytest

from foedus.dates.readers import READERS
from foedus.dates.words import load_calendar
from foedus.errors import DataFileError
from foedus.lang import LANGUAGES, load_language
from foedus.lang.spec import Language

MINIMAL = {
    "words": {"month": {"january": 1}, "and": ["and"]},
    "macros": {"DAY": "day"},
    "forms": {"date": ["{DAY} month"]},
    "signals": {"to": ["'to'"]},
    "tense": {"ahead": ["will"]},
}


def _with(**changes):
    section = copy.deepcopy(MINIMAL)
    section.update(changes)
    return Language("xx", {"calendar": section})


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_form_has_a_reader(code):
    assert set(load_language(code).section("calendar")["forms"]) <= set(READERS)


def test_no_reader_is_without_a_form_in_any_language():
    used = {form for code in LANGUAGES for form in load_language(code).section("calendar")["forms"]}
    assert set(READERS) == used


def test_the_same_calendar_for_the_same_language():
    language = load_language("en")
    assert load_calendar(language) is load_calendar(language)


def test_compounds_of_tens():
    lexicon = load_calendar(load_language("en")).lexicon
    assert lexicon.meaning("forty-five", ("cardinal",)) == 45
    assert lexicon.meaning("Twenty-first", ("ordinal",)) == 21


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"words": {}}, "'words'"),
        ({"forms": None}, "'forms'"),
        ({"words": {"month": {1: "january"}}}, "'month'"),
        ({"words": {"numbered": ["article", False]}}, "'numbered'"),
        ({"words": {"month": "january"}}, "'month'"),
        ({"forms": {"date": "day month"}}, "'date'"),
        ({"forms": {"date": ["month?"]}}, "can match nothing"),
        ({"forms": {"sometime": ["month"]}}, "'sometime'"),
    ],
)
def test_malformed_sections_say_what_is_wrong(changes, fault):
    with pytest.raises(DataFileError, match=fault):
        load_calendar(_with(**changes))


def test_missing_section():
    with pytest.raises(DataFileError, match="'calendar'"):
        load_calendar(Language("xx", {}))
