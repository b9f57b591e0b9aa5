from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.dates.period import (
    Grain,
    Period,
    add_months,
    day_period,
    month_length,
    month_period,
    to_civil,
    to_date,
    to_ordinal,
)

DAYS = st.dates()
GRAINS = st.sampled_from(list(Grain))


@given(DAYS)
def test_ordinals_are_those_of_python(day):
    assert to_ordinal(day.year, day.month, day.day) == day.toordinal()
    assert to_civil(day.toordinal()) == (day.year, day.month, day.day)
    assert to_date(day.toordinal()) == day


@given(st.integers(-2_000_000, 4_000_000))
def test_civil_and_ordinal_are_inverse_before_christ_too(ordinal):
    assert to_ordinal(*to_civil(ordinal)) == ordinal


@given(st.integers(-1_000_000, 3_000_000), GRAINS)
def test_a_period_holds_the_day_it_is_made_of(ordinal, grain):
    period = Period.of_day(ordinal, grain)
    assert period.first <= ordinal <= period.last


@given(st.integers(-1_000_000, 3_000_000), GRAINS)
def test_periods_of_a_grain_follow_each_other_without_gap(ordinal, grain):
    period = Period.of_day(ordinal, grain)
    assert period.shift(1).first == period.last + 1
    assert Period.of_day(period.last + 1, grain) == period.shift(1)


@pytest.mark.parametrize(
    ("day", "grain", "first", "last"),
    [
        (date(2024, 1, 15), Grain.SEASON, date(2023, 12, 1), date(2024, 2, 29)),
        (date(2023, 12, 1), Grain.SEASON, date(2023, 12, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), Grain.SEASON, date(2024, 3, 1), date(2024, 5, 31)),
        (date(2024, 6, 30), Grain.HALF, date(2024, 1, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), Grain.HALF, date(2024, 7, 1), date(2024, 12, 31)),
        (date(2024, 5, 5), Grain.WEEK, date(2024, 4, 29), date(2024, 5, 5)),
        (date(2024, 5, 6), Grain.WEEK, date(2024, 5, 6), date(2024, 5, 12)),
        (date(2024, 5, 5), Grain.QUARTER, date(2024, 4, 1), date(2024, 6, 30)),
        (date(2000, 12, 31), Grain.CENTURY, date(1901, 1, 1), date(2000, 12, 31)),
        (date(2001, 1, 1), Grain.CENTURY, date(2001, 1, 1), date(2100, 12, 31)),
        (date(2009, 12, 31), Grain.DECADE, date(2000, 1, 1), date(2009, 12, 31)),
    ],
)
def test_where_periods_begin_and_end(day, grain, first, last):
    period = Period.of_day(day.toordinal(), grain)
    assert (to_date(period.first), to_date(period.last)) == (first, last)


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(1900, 2, 28), (2000, 2, 29), (2023, 2, 28), (2024, 2, 29), (2024, 4, 30), (2024, 12, 31), (0, 2, 29)],
)
def test_month_length(year, month, days):
    assert month_length(year, month) == days
    assert day_period(year, month, days) is not None
    assert day_period(year, month, days + 1) is None


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 32)])
def test_no_such_day(month, day):
    assert day_period(2024, month, day) is None


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2016, 3, 31), -1, date(2016, 2, 29)),
        (date(2017, 10, 2), -12, date(2016, 10, 2)),
        (date(2020, 9, 10), 6, date(2021, 3, 10)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_where_it_can(day, months, then):
    assert to_date(add_months(day.toordinal(), months)) == then


def test_month_period_is_the_month():
    assert to_date(month_period(2022, 2).last) == date(2022, 2, 28)


def test_dates_outside_python_are_none():
    assert to_date(date.max.toordinal()) == date.max
    assert to_date(date.max.toordinal() + 1) is None
    assert to_date(date.min.toordinal()) == date.min
    assert to_date(date.min.toordinal() - 1) is None


def test_a_week_is_seven_days():
    week = Period.of_day(date(2024, 5, 8).toordinal(), Grain.WEEK)
    assert to_date(week.first).weekday() == 0
    assert to_date(week.last) - to_date(week.first) == timedelta(days=6)
