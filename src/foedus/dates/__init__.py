"""Time expressions in text, put on the calendar as intervals with precision and basis."""

from foedus.dates.find import find_times
from foedus.dates.mention import TimeMention
from foedus.dates.parse import parse_date

__all__ = ["TimeMention", "find_times", "parse_date"]
