"""Early, mid and late parts of a period."""

from dataclasses import replace

from foedus.dates.period import Grain, add_months, to_civil, to_ordinal
from foedus.dates.reading import Reading

START, MID, END = "START", "MID", "END"

_MONTH_CUTS = (10, 20)
_MONTHS = {Grain.QUARTER: 3, Grain.SEASON: 3, Grain.HALF: 6, Grain.YEAR: 12}
_YEARS = {Grain.DECADE: (3, 6), Grain.CENTURY: (33, 66)}  # early 1990s: 1990 to 1992
_WEEK_CUTS = (2, 4)


def cut_part(reading: Reading, part: str | None) -> Reading:
    """Narrow a period to its early, mid or late part; its TIMEX3 value stays that of the period.

    Args:
        reading: A period that is placed.
        part: START, MID, END, or None for all of it.

    Source: CONTRACT.md, section 4, for months (to the 10th, to the 20th, to the end); thirds likewise for
        everything longer, whole months of a year and whole years of a decade; a day has no parts.
    """
    first, last = reading.first, reading.last
    if part is None or first is None or last is None or reading.grain is None:
        return reading
    cuts = _cuts(first, last, reading.grain)
    if cuts is None:
        return reading
    low, high = cuts
    if part == START:
        return replace(reading, last=low)
    if part == MID:
        return replace(reading, first=low + 1, last=high)
    return replace(reading, first=high + 1)


def cut_half(reading: Reading, number: int) -> Reading:
    """Narrow a period to its first (1) or second (2) half: of a month to the 15th, of others by months."""
    first, last, grain = reading.first, reading.last, reading.grain
    if first is None or last is None or grain is None:
        return reading
    if grain is Grain.MONTH:
        middle = first + 14
    else:
        years = to_civil(last)[0] - to_civil(first)[0] + 1
        middle = add_months(first, years * 6) - 1
    return replace(reading, last=middle) if number == 1 else replace(reading, first=middle + 1)


def _cuts(first: int, last: int, grain: Grain) -> tuple[int, int] | None:
    """Last days of the early and of the middle part."""
    if grain is Grain.WEEK:
        return first + _WEEK_CUTS[0] - 1, first + _WEEK_CUTS[1] - 1
    if grain is Grain.MONTH:
        return first + _MONTH_CUTS[0] - 1, first + _MONTH_CUTS[1] - 1
    if grain in _MONTHS:
        third = _MONTHS[grain] // 3
        return add_months(first, third) - 1, add_months(first, 2 * third) - 1
    if grain in _YEARS:
        year = to_civil(first)[0]
        return tuple(to_ordinal(year + years, 1, 1) - 1 for years in _YEARS[grain])  # type: ignore[return-value]
    return None
