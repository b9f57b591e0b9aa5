from datetime import date

import pytest

from foedus.dates.parts import cut_half, cut_part
from foedus.dates.period import Grain, Period, day_period, month_period, to_date
from foedus.dates.reading import read_nothing, read_period
from foedus.dates.timex import TimexType

YEAR = Period(Grain.YEAR, 2017)


@pytest.mark.parametrize(
    ("period", "part", "first", "last"),
    [
        (month_period(2017, 12), "START", date(2017, 12, 1), date(2017, 12, 10)),
        (month_period(2017, 12), "MID", date(2017, 12, 11), date(2017, 12, 20)),
        (month_period(2017, 12), "END", date(2017, 12, 21), date(2017, 12, 31)),
        (month_period(2017, 2), "END", date(2017, 2, 21), date(2017, 2, 28)),
        (YEAR, "START", date(2017, 1, 1), date(2017, 4, 30)),
        (YEAR, "MID", date(2017, 5, 1), date(2017, 8, 31)),
        (YEAR, "END", date(2017, 9, 1), date(2017, 12, 31)),
        (Period(Grain.DECADE, 199), "START", date(1990, 1, 1), date(1992, 12, 31)),
        (Period(Grain.DECADE, 199), "MID", date(1993, 1, 1), date(1995, 12, 31)),
        (Period(Grain.DECADE, 199), "END", date(1996, 1, 1), date(1999, 12, 31)),
        (Period(Grain.CENTURY, 19), "END", date(1967, 1, 1), date(2000, 12, 31)),
        (Period(Grain.QUARTER, 2017 * 4), "MID", date(2017, 2, 1), date(2017, 2, 28)),
        (day_period(2017, 5, 1).widen(Grain.WEEK), "START", date(2017, 5, 1), date(2017, 5, 2)),
        (day_period(2017, 5, 1).widen(Grain.WEEK), "END", date(2017, 5, 5), date(2017, 5, 7)),
        (day_period(2017, 5, 1), "END", date(2017, 5, 1), date(2017, 5, 1)),
        (YEAR, None, date(2017, 1, 1), date(2017, 12, 31)),
    ],
)
def test_parts(period, part, first, last):
    reading = cut_part(read_period(period, stated=True), part)
    assert (to_date(reading.first), to_date(reading.last)) == (first, last)


@pytest.mark.parametrize("part", ["START", "MID", "END"])
@pytest.mark.parametrize("grain", list(Grain))
def test_the_three_parts_make_the_whole(grain, part):
    whole = read_period(Period.of_day(day_period(2016, 2, 29).index, grain), stated=True)
    cut = [cut_part(whole, one) for one in ("START", "MID", "END")]
    if grain is Grain.DAY:
        assert all(one == whole for one in cut)
    else:
        assert (cut[0].first, cut[-1].last) == (whole.first, whole.last)
        assert cut[1].first == cut[0].last + 1
        assert cut[2].first == cut[1].last + 1


@pytest.mark.parametrize(
    ("period", "number", "first", "last"),
    [
        (month_period(2017, 5), 1, date(2017, 5, 1), date(2017, 5, 15)),
        (month_period(2017, 5), 2, date(2017, 5, 16), date(2017, 5, 31)),
        (Period(Grain.DECADE, 199), 1, date(1990, 1, 1), date(1994, 12, 31)),
        (Period(Grain.CENTURY, 19), 2, date(1951, 1, 1), date(2000, 12, 31)),
    ],
)
def test_halves(period, number, first, last):
    reading = cut_half(read_period(period, stated=True), number)
    assert (to_date(reading.first), to_date(reading.last)) == (first, last)


def test_what_has_no_place_is_not_cut():
    nowhere = read_nothing(TimexType.DATE, "PAST_REF")
    assert cut_part(nowhere, "END") == nowhere
    assert cut_half(nowhere, 1) == nowhere
