import pytest

from foedus.dates.period import Grain, Period, day_period, month_period
from foedus.dates.timex import to_duration, to_timex, to_weekend


@pytest.mark.parametrize(
    ("period", "value"),
    [
        (day_period(2013, 3, 15), "2013-03-15"),
        (Period(Grain.WEEK, day_period(2013, 3, 15).widen(Grain.WEEK).index), "2013-W11"),
        (day_period(2012, 12, 31).widen(Grain.WEEK), "2013-W01"),
        (month_period(2013, 3), "2013-03"),
        (Period(Grain.QUARTER, 2013 * 4), "2013-Q1"),
        (Period(Grain.SEASON, 2013 * 4 + 2), "2013-FA"),
        (Period(Grain.HALF, 2013 * 2 + 1), "2013-H2"),
        (Period(Grain.YEAR, 2013), "2013"),
        (Period(Grain.DECADE, 199), "199"),
        (Period(Grain.CENTURY, 19), "19"),
        (Period(Grain.YEAR, 1 - 480), "BC0480"),
        (month_period(1 - 480, 9), "BC0480-09"),
        (Period(Grain.CENTURY, -4), "BC03"),
    ],
)
def test_values_of_periods(period, value):
    assert to_timex(period) == value


def test_weekend():
    assert to_weekend(day_period(2013, 3, 15).widen(Grain.WEEK)) == "2013-W11-WE"


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (3, "Y", "P3Y"),
        (None, "M", "PXM"),
        (2.5, "Y", "P2.5Y"),
        (24, "TH", "PT24H"),
        (30, "TM", "PT30M"),
        (1, "FN", "P2W"),
        (1, "DE", "P1DE"),
        (3000, "Y", "P3000Y"),
    ],
)
def test_values_of_lengths(count, unit, value):
    assert to_duration(count, unit) == value
