from collections import Counter
from datetime import date, timedelta

import pytest

from foedus.model.when import Basis, Precision, When
from foedus.views.period import Period, find_latest_period, find_week


def day(number):
    return date(2020, 1, 1) + timedelta(number - 1)


def when(first, last):
    return When(first and day(first), last and day(last), Precision.DAY, None, Basis.STATED)


@pytest.mark.parametrize(
    ("first", "last", "is_in"),
    [
        (11, 11, True),
        (20, 20, True),
        (10, 10, False),
        (21, 21, False),
        (10, 11, True),
        (9, 11, False),
        (1, 20, True),
        (1, 21, False),
        (15, None, True),
        (9, None, False),
        (None, 20, True),
        (None, 21, False),
    ],
)
def test_a_time_is_in_a_period_by_half_of_its_days(first, last, is_in):
    assert Period(day(11), day(20)).holds(when(first, last)) is is_in


def test_no_time_is_in_no_period():
    assert not Period(day(1), day(9)).holds(None)


def test_the_period_before_is_as_long_and_ends_the_day_before():
    assert Period(day(11), day(20)).before() == Period(day(1), day(10))
    assert Period(day(5), day(5)).before() == Period(day(4), day(4))


def test_the_calendar_has_a_beginning():
    assert Period(date.min + timedelta(2), date(2020, 1, 1)).before() == Period(
        date.min, date.min + timedelta(1)
    )
    assert Period(date.min, date(2020, 1, 1)).before() == Period(date.min, date.min)


@pytest.mark.parametrize("one", [date(2024, 1, 1), date(2024, 1, 4), date(2024, 1, 7)])
def test_a_week_runs_from_monday_to_sunday(one):
    assert find_week(one) == Period(date(2024, 1, 1), date(2024, 1, 7))


@pytest.mark.parametrize(
    ("published", "first", "says"),
    [
        ([100], 94, "7 days"),
        ([94, 100, 1], 94, "7 days"),
        ([93, 100, 1], 70, "31 days"),
        ([1, 2, 3, 100], -82, "183 days"),
        ([-19000, -18000, -17000, -6000, 100], -19000, "all days"),
    ],
)
def test_the_latest_period_is_the_shortest_that_holds_half(published, first, says):
    period, why = find_latest_period(Counter(Period(day(number), day(number)) for number in published))
    assert period == Period(day(first), day(100))
    assert says in why


def test_without_dates_there_is_no_latest_period():
    assert find_latest_period({}) is None
