"""Periods of days, and which one a brief is about when nobody says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.model.when import When
from foedus.views.wording import to_days

#: Lengths tried, in days: a week, a month, a quarter, half a year, and 1, 2, 3, 5, 10, 20 years.
_LENGTHS = (7, 31, 92, 183, 366, 731, 1096, 1827, 3653, 7305)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.last - self.first).days + 1

    def holds(self, when: "When | Period | None") -> bool:
        """Whether a time falls in the period: half of its days do or, of an open one, its known end does."""
        if when is None:
            return False
        if when.first is None or when.last is None:
            edge = when.first or when.last
            return edge is not None and self.first <= edge <= self.last
        shared = (min(self.last, when.last) - max(self.first, when.first)).days + 1
        return 2 * shared >= (when.last - when.first).days + 1 and shared > 0

    def before(self) -> "Period":
        """The equally long period that ends the day before; shorter where the calendar begins."""
        last = self.first - timedelta(1) if self.first > date.min else self.first
        return Period(last - timedelta(min(self.days - 1, (last - date.min).days)), last)

    def to_words(self) -> str:
        """``3 to 9 August 2020``."""
        return to_days(self.first, self.last)


def find_week(day: date) -> Period:
    """The week, Monday to Sunday, that holds `day`."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(6))


def find_latest_period(published: Mapping[Period, int]) -> tuple[Period, str] | None:
    """The period that a reader most likely means by "now".

    Args:
        published: Between which days how many articles were published.

    Returns:
        The shortest period (see `_LENGTHS`) that ends with the newest
        article and holds at least half of them, or else all days from the oldest on; with words that say
        which. None when there are no articles.
    """
    if not published:
        return None
    dated = sum(published.values())
    newest = max(when.last for when in published)
    for days in _LENGTHS:
        first = newest - timedelta(min(days - 1, (newest - date.min).days))
        period = Period(first, newest)
        held = sum(number for when, number in published.items() if period.holds(when))
        if 2 * held >= dated:
            why = f"the {days} days up to the newest article, which hold {held:,} of the {dated:,} dated ones"
            return period, why
    oldest = min(when.first for when in published)
    return Period(oldest, newest), f"all days of the {dated:,} dated articles"
