import pytest

from foedus.dates.tokens import split_tokens
from foedus.dates.words import load_calendar
from foedus.lang import load_language
from foedus.model.span import Span

LEXICON = load_calendar(load_language("en")).lexicon


def _split(text, *parts):
    return split_tokens(text, parts or (Span(0, len(text)),), LEXICON)


def _words(text, *parts):
    tokens = _split(text, *parts)
    return [tokens.word(index) for index in range(len(tokens.kinds))][1:-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On Dec. 4th, 2017", ["On", "Dec", ".", "4th", ",", "2017"]),
        ("13.12.2023 02/11/2007", ["13.12.2023", "02/11/2007"]),
        ("2013-03-15T10:00:00Z 2017-2020", ["2013-03-15T10:00:00Z", "2017", "-", "2020"]),
        ("10:30 a.m. 5pm 5:30p.m.", ["10:30", "a.m.", "5pm", "5:30p.m."]),
        ("twenty-one three-day", ["twenty-one", "three", "-", "day"]),
        ("1,033 2.5 '90s the year's", ["1,033", "2.5", "'90s", "the", "year", "'s"]),
        ("see https://a.example/2016/12/1.htm now", ["see", "https://a.example/2016/12/1.htm", "now"]),
        ("10.1.10.20", ["10", ".", "1", ".", "10.20"]),
        ("Su30 MiG-29", ["Su30", "MiG", "-", "29"]),
    ],
)
def test_words(text, words):
    assert _words(text) == words


def test_spans_are_those_of_the_text():
    tokens = _split("in May")
    assert tokens.span(1, 3) == Span(0, 6)
    assert (tokens.starts[0], tokens.ends[0]) == (0, 0)


def test_parts_are_kept_apart():
    tokens = _split("5 x May", Span(0, 1), Span(4, 7))
    assert [tokens.word(index) for index in range(5)] == ["", "5", "", "May", ""]
    assert tokens.kinds[2] == LEXICON.broken


LONG = "The two ministers of defence met in the capital and signed on "


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        (LONG + "4\nand 5 May", 0),  # a wrapped line
        (LONG + "4\n\nand 5 May", 1),  # a new paragraph
        (LONG + "4\nMay", 1),  # what follows begins like a line of its own
        (LONG + "4.\nand", 1),  # the sentence ends
        ("Page 4\nand", 1),  # a short line
    ],
)
def test_line_ends(text, breaks):
    assert _split(text).kinds[1:-1].count(LEXICON.broken) == breaks


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("5", {"day", "number"}),
        ("32", {"number", "two_digits"}),
        ("2017", {"modern"}),
        ("2000", {"round_year"}),
        ("1812", {"old_year"}),
        ("2231", {"number"}),
        ("21st", {"day_ordinal", "number_th"}),
        ("32nd", {"number_th"}),
        ("1990s", {"decade"}),
        ("90s", {"bare_decade"}),
        ("'90s", {"decade"}),
        ("'89", {"short_year"}),
        ("5pm", {"clock"}),
    ],
)
def test_kinds_of_numbers(word, classes):
    kind = LEXICON.classify(word)
    for name in classes:
        assert kind in LEXICON.kinds_of((name,))


@pytest.mark.parametrize("word", ["1" * 5000, "٢٠١٧", "²", "5xyz", "0", "1000000000000"])
def test_odd_numbers_are_no_years_or_days(word):
    kind = LEXICON.classify(word)
    assert kind not in LEXICON.kinds_of(("day", "modern", "round_year", "old_year"))


def test_case_counts_where_the_file_says_so():
    name = LEXICON.kinds_of(("name_month",))
    assert LEXICON.kinds["May"] in name
    assert LEXICON.kinds["MAY"] in name
    assert LEXICON.kinds["may"] not in name
    assert LEXICON.kinds["January"] == LEXICON.kinds["january"] == LEXICON.kinds["JANUARY"]
