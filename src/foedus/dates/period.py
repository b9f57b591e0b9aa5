"""Periods of the calendar: a grain and a whole number, so that going back and forth is adding.

The calendar is the proleptic Gregorian one. Years are numbered astronomically: 0 is 1 BC. A day is its
ordinal, 1 for 0001-01-01 as in `datetime.date.toordinal`; days before that are zero or negative.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from foedus.model.when import Precision

_FIRST_DATE = date.min.toordinal()
_LAST_DATE = date.max.toordinal()


class Grain(IntEnum):
    """Kinds of period, finest first."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    QUARTER = 4
    SEASON = 5
    HALF = 6
    YEAR = 7
    DECADE = 8
    CENTURY = 9


PRECISIONS = {
    Grain.DAY: Precision.DAY,
    Grain.WEEK: Precision.WEEK,
    Grain.MONTH: Precision.MONTH,
    Grain.QUARTER: Precision.QUARTER,
    Grain.SEASON: Precision.SEASON,
    Grain.HALF: Precision.YEAR,
    Grain.YEAR: Precision.YEAR,
    Grain.DECADE: Precision.DECADE,
    Grain.CENTURY: Precision.YEARS,
}
"""The contract's word for each grain; it has none for half a year and for a century."""

GRAINS = {
    Precision.DAY: Grain.DAY,
    Precision.WEEK: Grain.WEEK,
    Precision.MONTH: Grain.MONTH,
    Precision.QUARTER: Grain.QUARTER,
    Precision.SEASON: Grain.SEASON,
    Precision.YEAR: Grain.YEAR,
    Precision.YEARS: Grain.YEAR,
    Precision.DECADE: Grain.DECADE,
}

_MONTHS_PER = {
    Grain.MONTH: 1,
    Grain.QUARTER: 3,
    Grain.SEASON: 3,
    Grain.HALF: 6,
    Grain.YEAR: 12,
    Grain.DECADE: 120,
}
_SEASON_OFFSET = 2  # season 0 of a year begins in March; winter, the last, ends in the next February


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One day, week, month, … of the calendar.

    Attributes:
        grain: What kind of period.
        index: Which one. Day: its ordinal; week: Mondays since 0001-01-01; month: 12 · year + month - 1;
            quarter and season: 4 · year + 0 to 3, spring of March first, winter with the year it begins in;
            half: 2 · year + 0 or 1; year: the year; decade: year // 10; century: (year - 1) // 100.
    """

    grain: Grain
    index: int

    @classmethod
    def of_day(cls, ordinal: int, grain: Grain) -> "Period":
        """The period of that grain that holds a day."""
        if grain is Grain.DAY:
            return cls(grain, ordinal)
        if grain is Grain.WEEK:
            return cls(grain, (ordinal - 1) // 7)
        year, month, _ = to_civil(ordinal)
        if grain is Grain.CENTURY:
            return cls(grain, (year - 1) // 100)
        months = year * 12 + month - 1
        if grain is Grain.SEASON:
            months -= _SEASON_OFFSET
        return cls(grain, months // _MONTHS_PER[grain])

    @property
    def first(self) -> int:
        """Ordinal of its first day."""
        return self._start(self.index)

    @property
    def last(self) -> int:
        """Ordinal of its last day."""
        return self._start(self.index + 1) - 1

    @property
    def year(self) -> int:
        """Year of its first day."""
        return to_civil(self.first)[0]

    def shift(self, by: int) -> "Period":
        """The period of the same grain that many further on."""
        return Period(self.grain, self.index + by)

    def widen(self, grain: Grain) -> "Period":
        """The coarser period that holds its first day."""
        return Period.of_day(self.first, grain)

    def _start(self, index: int) -> int:
        if self.grain is Grain.DAY:
            return index
        if self.grain is Grain.WEEK:
            return index * 7 + 1
        if self.grain is Grain.CENTURY:
            return to_ordinal(index * 100 + 1, 1, 1)
        months = index * _MONTHS_PER[self.grain]
        if self.grain is Grain.SEASON:
            months += _SEASON_OFFSET
        return to_ordinal(months // 12, months % 12 + 1, 1)


def day_period(year: int, month: int, day: int) -> Period | None:
    """A day of the calendar, or None when there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return Period(Grain.DAY, to_ordinal(year, month, day))


def month_period(year: int, month: int) -> Period:
    """A month, 1 to 12, of a year."""
    return Period(Grain.MONTH, year * 12 + month - 1)


def month_length(year: int, month: int) -> int:
    """Number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_months(ordinal: int, months: int) -> int:
    """The same day of the month that many months on, or the month's last day where it is too short."""
    year, month, day = to_civil(ordinal)
    total = year * 12 + month - 1 + months
    year, month = total // 12, total % 12 + 1
    return to_ordinal(year, month, min(day, month_length(year, month)))


def to_ordinal(year: int, month: int, day: int) -> int:
    """Days since 0000-12-31, for any year.

    Source: the usual count of days from 1 March, the leap day last, in eras of 400 years.
    """
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 305


def to_civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of an ordinal; the inverse of `to_ordinal`."""
    era, of_era = divmod(ordinal + 305, 146097)
    years = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return years + era * 400 + (month <= 2), month, day


def to_date(ordinal: int) -> date | None:
    """A date of Python's, or None outside its years 1 to 9999."""
    return date.fromordinal(ordinal) if _FIRST_DATE <= ordinal <= _LAST_DATE else None
