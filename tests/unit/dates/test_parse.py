from datetime import date

import pytest

from foedus.dates import parse_date
from foedus.lang import load_language
from foedus.model.when import Basis, Precision, When

ENGLISH = load_language("en")
NEAR = When(date(2011, 10, 10), date(2011, 10, 10), Precision.DAY, None, Basis.METADATA)


def _parse(words, **options):
    return parse_date(words, language=ENGLISH, **options)


@pytest.mark.parametrize(
    ("words", "text", "day"),
    [
        ("DATE: 02/11/2007", "02/11/2007", date(2007, 11, 2)),
        ("13.12.2023", "13.12.2023", date(2023, 12, 13)),
        ("October 02, 2017 11:57", "October 02, 2017 11:57", date(2017, 10, 2)),
        ("Wed, 04 Oct 2023 10:11:12 +0300", "Wed, 04 Oct 2023 10:11:12", date(2023, 10, 4)),
        ("2023-12-13T10:00:00Z", "2023-12-13T10:00:00Z", date(2023, 12, 13)),
        ("Updated 10:57, 12 March 2019", "10:57, 12 March 2019", date(2019, 3, 12)),
        ("2019 annual report, 12 March 2019", "12 March 2019", date(2019, 3, 12)),
        ("Jan.5, 2012", "Jan.5, 2012", date(2012, 1, 5)),
        ("5 jan 2012", "5 jan 2012", date(2012, 1, 5)),
    ],
)
def test_full_dates(words, text, day):
    when = _parse(words, day_first=True)
    assert (when.first, when.last, when.text) == (day, day, text)
    assert (when.precision, when.basis) == (Precision.DAY, Basis.STATED)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("6 Oct", date(2011, 10, 6)),
        ("SOMEWHERE, September 30. /AGENCY/.", date(2011, 9, 30)),
        ("3 days ago", date(2011, 10, 7)),
        ("yesterday", date(2011, 10, 9)),
    ],
)
def test_a_date_nearby_completes(words, day):
    when = _parse(words, near=NEAR)
    assert (when.first, when.last, when.basis) == (day, day, Basis.RESOLVED)


@pytest.mark.parametrize(
    ("is_future", "day"),
    [(None, date(2012, 1, 6)), (False, date(2011, 1, 6)), (True, date(2012, 1, 6))],
)
def test_is_future_picks_the_year(is_future, day):
    assert _parse("January 6", near=NEAR, is_future=is_future).first == day


def test_a_week():
    when = _parse("December 4 – December 10, 2017")
    assert (when.first, when.last) == (date(2017, 12, 4), date(2017, 12, 10))


def test_undecided_order_is_the_interval():
    when = _parse("02/11/2007")
    assert (when.first, when.last) == (date(2007, 2, 11), date(2007, 11, 2))


@pytest.mark.parametrize("words", ["", "6 Oct", "no date", "since 2006", "yesterday", "31.02.2020"])
def test_none_without_enough(words):
    assert _parse(words) is None
