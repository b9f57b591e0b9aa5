from datetime import date

import pytest

from foedus.model.claim import Bound, Quantity
from foedus.model.when import Basis, Precision, When
from foedus.views.wording import (
    tell_published,
    to_adverb,
    to_amount,
    to_days,
    to_likelihood,
    to_list,
    to_short_when,
)


def make_when(first, last, precision="day"):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return When(*days, Precision(precision), None, Basis.STATED)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2012-10-23", "2012-10-23", "23 October 2012"),
        ("2009-09-12", "2009-09-16", "12 to 16 September 2009"),
        ("2009-09-28", "2009-10-02", "28 September to 2 October 2009"),
        ("2009-12-28", "2010-01-03", "28 December 2009 to 3 January 2010"),
        ("2017-03-01", "2017-03-31", "March 2017"),
        ("2020-02-01", "2020-02-28", "1 to 28 February 2020"),
        ("2017-01-01", "2017-03-31", "January to March 2017"),
        ("2016-11-01", "2017-01-31", "November 2016 to January 2017"),
        ("2017-01-01", "2017-12-31", "2017"),
        ("2017-01-01", "2020-12-31", "2017 to 2020"),
    ],
)
def test_intervals_are_as_short_as_they_stay_clear(first, last, words):
    assert to_days(date.fromisoformat(first), date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("first", "last", "precision", "adverb", "short"),
    [
        ("2012-10-23", "2012-10-23", "day", "on 23 October 2012", "2012-10-23"),
        ("2009-09-12", "2009-09-16", "day", "from 12 to 16 September 2009", "2009-09-12 to 2009-09-16"),
        ("2017-12-01", "2017-12-10", "month", "in early December 2017", "2017-12-01 to 2017-12-10"),
        ("2017-12-11", "2017-12-20", "month", "in mid-December 2017", "2017-12-11 to 2017-12-20"),
        ("2017-12-21", "2017-12-31", "month", "in late December 2017", "2017-12-21 to 2017-12-31"),
        ("2017-12-01", "2017-12-31", "month", "in December 2017", "2017-12"),
        ("2026-01-01", "2026-03-31", "quarter", "in the first quarter of 2026", "2026-01-01 to 2026-03-31"),
        ("2011-09-01", "2011-11-30", "season", "in the autumn of 2011", "2011-09-01 to 2011-11-30"),
        ("2011-12-01", "2012-02-29", "season", "in the winter of 2011–12", "2011-12-01 to 2012-02-29"),
        ("2017-01-01", "2017-12-31", "year", "in 2017", "2017"),
        ("2017-01-01", "2020-12-31", "years", "from 2017 to 2020", "2017 to 2020"),
        ("1990-01-01", "1999-12-31", "decade", "in the 1990s", "1990 to 1999"),
        ("2020-08-03", "2020-08-09", "week", "in the week of 3 to 9 August 2020", "2020-08-03 to 2020-08-09"),
        ("2006-01-01", None, "year", "since 2006", "since 2006"),
        ("2006-03-01", None, "month", "since March 2006", "since 2006-03"),
        ("2006-03-05", None, "day", "since 5 March 2006", "since 2006-03-05"),
        (None, "2027-12-31", "year", "until 2027", "until 2027-12-31"),
    ],
)
def test_times_in_sentences_and_tables(first, last, precision, adverb, short):
    when = make_when(first, last, precision)
    assert to_adverb(when) == adverb
    assert to_short_when(when) == short


def test_what_is_to_come_begins_and_has_not_begun():
    assert to_adverb(make_when("2027-01-01", None, "year"), is_ahead=True) == "from 2027"


def test_no_time_has_no_words():
    assert to_adverb(None) == to_short_when(None) == ""


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(12000, None, None, "troops", Bound.MIN, False), "at least 12,000 troops"),
        (Quantity(2e7, None, "USD", None, None, True), "about USD 20 million"),
        (Quantity(1.25e9, None, "EUR", "aid", Bound.MAX, False), "up to EUR 1.25 billion"),
        (Quantity(100, 120, None, "targets", None, True), "about 100 to 120 targets"),
        (Quantity(1234567, None, None, None, None, False), "1,234,567"),
        (Quantity(2.5, None, "km", None, None, False), "2.5 km"),
    ],
)
def test_quantities(quantity, words):
    assert to_amount(quantity) == words


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists(words, told):
    assert to_list(words) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2020-01-02", "2020-01-02", "2 January 2020"),
        ("2020-01-02", None, "2020-01-02 or later"),
        (None, "2020-01-02", "by 2020-01-02"),
    ],
)
def test_when_an_article_appeared(make_article, first, last, told):
    assert tell_published(make_article(published=make_when(first, last))) == told


def test_an_article_of_unknown_date_or_none_at_all(make_article):
    assert tell_published(make_article(published=None)) is None
    assert tell_published(None) is None


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "almost no chance"), (0.199, "very unlikely"), (0.2, "unlikely"), (0.5, "roughly even chance"),
     (0.55, "likely"), (0.8, "very likely"), (0.95, "almost certain"), (1.0, "almost certain")],
)  # fmt: skip
def test_a_probability_in_words(probability, words):
    assert to_likelihood(probability) == words
