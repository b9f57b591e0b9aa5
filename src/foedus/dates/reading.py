"""What an expression means, once put on the calendar."""

from dataclasses import dataclass, replace

from foedus.dates.period import PRECISIONS, Grain, Period
from foedus.dates.timex import TimexType, to_timex
from foedus.model.when import Precision


@dataclass(frozen=True, slots=True)
class Frame:
    """Days that something is reckoned from: the publication, or the date last spoken of.

    Attributes:
        first: Ordinal of the first day.
        last: Ordinal of the last day.
        grain: How finely it is known.
    """

    first: int
    last: int
    grain: Grain

    def reach(self, grain: Grain, by: int = 0) -> tuple[Period, Period]:
        """The periods of a grain in which it begins and ends, shifted by some of them."""
        return Period.of_day(self.first, grain).shift(by), Period.of_day(self.last, grain).shift(by)


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one expression.

    Attributes:
        type: TIMEX3 type.
        value: TIMEX3 value, or None when it cannot be told.
        first: Ordinal of the first day, or None when open or not placed.
        last: Ordinal of the last day, or None when open or not placed.
        precision: How finely the words tell it; None when they do not put it on the calendar.
        stated: Whether the words hold the whole date; False when something else completed it.
        grain: Kind of period, for expressions that reckon from this one; None if none can.
        recurrence: ISO 8601 duration from one time to the next, or None.
    """

    type: TimexType
    value: str | None
    first: int | None = None
    last: int | None = None
    precision: Precision | None = None
    stated: bool = False
    grain: Grain | None = None
    recurrence: str | None = None

    @property
    def frame(self) -> Frame | None:
        """Its days as something to reckon from; None when it is not placed or open."""
        if self.first is None or self.last is None or self.grain is None:
            return None
        return Frame(self.first, self.last, self.grain)

    def over(self, first: int | None, last: int | None) -> "Reading":
        """The same, over other days; an open end is None."""
        return replace(self, first=first, last=last)

    def at(self, clock: str | None) -> "Reading":
        """The same at a time of day, written as in TIMEX3 (``T17:30``, ``TEV``); None changes nothing."""
        if clock is None:
            return self
        return replace(self, type=TimexType.TIME, value=None if self.value is None else self.value + clock)


def read_period(low: Period, high: Period | None = None, *, stated: bool) -> Reading:
    """Make the reading of a period of the calendar, or of all from one to another.

    Args:
        low: The first period.
        high: The last, of the same grain, not before `low`; None for `low` alone.
        stated: Whether the words hold the whole date.
    """
    grain, value = (low.grain, to_timex(low)) if high is None or high == low else _widen(low, high)
    last = (high or low).last
    return Reading(TimexType.DATE, value, low.first, last, PRECISIONS[grain], stated, grain)


def read_nothing(kind: TimexType, value: str | None, recurrence: str | None = None) -> Reading:
    """Make the reading of an expression that has no place on the calendar."""
    return Reading(kind, value, recurrence=recurrence)


def _widen(low: Period, high: Period) -> tuple[Grain, str | None]:
    """Find the finest coarser grain of which one period holds both, and its value; else years without one."""
    for grain in (Grain.WEEK, Grain.MONTH, Grain.YEAR, Grain.DECADE):
        period = Period.of_day(low.first, grain)
        if grain > low.grain and period.last >= high.last:
            return grain, to_timex(period)
    return Grain.YEAR, None
