"""Time expressions in text, put on the calendar as intervals with precision and basis."""

from foedus.dates.find import find_times
from foedus.dates.mention import TimeMention, Timex
from foedus.dates.names import find_name_years
from foedus.dates.numeric import pick_day_first
from foedus.dates.parse import parse_date

__all__ = ["TimeMention", "Timex", "find_name_years", "find_times", "parse_date", "pick_day_first"]
