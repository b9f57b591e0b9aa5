"""A time as an interval of days with a precision and a basis (contract, section 4)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How finely the source tells the time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    YEARS = "years"
    DECADE = "decade"


class Basis(StrEnum):
    """Where the days come from."""

    STATED = "stated"
    RESOLVED = "resolved"
    METADATA = "metadata"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class When:
    """Days, both inclusive; an open end is None, never both.

    Attributes:
        first: First day, or None for an open beginning.
        last: Last day, or None for an open end.
        precision: How finely the source tells it.
        text: The words that say it, or None when no words do.
        basis: Where the days come from.
    """

    first: date | None
    last: date | None
    precision: Precision
    text: str | None
    basis: Basis

    @property
    def days(self) -> int | None:
        """Number of days covered, or None when an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1

    def overlaps(self, other: "When") -> bool:
        """Whether the two share a day; open ends reach for ever."""
        starts_late = self.first is not None and other.last is not None and self.first > other.last
        ends_early = self.last is not None and other.first is not None and self.last < other.first
        return not (starts_late or ends_early)
