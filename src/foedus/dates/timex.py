"""TIMEX3 values of periods and lengths."""

from datetime import date
from enum import StrEnum

from foedus.dates.period import Grain, Period, to_civil, to_date


class TimexType(StrEnum):
    """Types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


PRESENT_REF = "PRESENT_REF"
PAST_REF = "PAST_REF"
FUTURE_REF = "FUTURE_REF"

_SEASONS = ("SP", "SU", "FA", "WI")
_WEEKEND_FIRST = 5  # Saturday, days after Monday


def to_timex(period: Period) -> str:
    """Write a period as a TIMEX3 value; a year before Christ as TIMEX2 does, ``BC0480``."""
    match period.grain:
        case Grain.CENTURY:
            number = period.index
            return f"{number:02d}" if number >= 0 else f"BC{-number - 1:02d}"
        case Grain.DECADE:
            return f"{period.index:03d}" if period.index >= 0 else _year(period.index * 10)[:-1]
        case Grain.YEAR:
            return _year(period.index)
        case Grain.HALF:
            return f"{_year(period.index // 2)}-H{period.index % 2 + 1}"
        case Grain.QUARTER:
            return f"{_year(period.index // 4)}-Q{period.index % 4 + 1}"
        case Grain.SEASON:
            return f"{_year(period.index // 4)}-{_SEASONS[period.index % 4]}"
        case Grain.MONTH:
            return f"{_year(period.index // 12)}-{period.index % 12 + 1:02d}"
        case Grain.WEEK:
            return _week(period)
        case Grain.DAY:
            year, month, day = to_civil(period.index)
            return f"{_year(year)}-{month:02d}-{day:02d}"


def to_weekend(week: Period) -> str:
    """Write the weekend of a week."""
    return f"{_week(week)}-WE"


def to_duration(count: float | None, unit: str) -> str:
    """Write a length of time as ISO 8601 does.

    Args:
        count: How many; None for an unknown number, written X.
        unit: D, W, M, Q, Y; DE, CE, WE, FN of the language files; T before H, M or S.
    """
    if unit == "FN":
        count, unit = (None if count is None else count * 2), "W"
    number = "X" if count is None else f"{count:g}" if count < 1e6 else f"{count:.0f}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") and len(unit) == 2 else f"P{number}{unit}"


def _year(year: int) -> str:
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def _week(period: Period) -> str:
    monday: date | None = to_date(period.first)
    if monday is None:
        return "XXXX-WXX"
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"
