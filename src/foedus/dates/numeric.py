"""Dates written with numbers alone."""

import re
from collections.abc import Iterable

from foedus.dates.period import Grain, Period, day_period
from foedus.dates.reading import Reading, read_period
from foedus.dates.timex import TimexType
from foedus.model.when import Precision

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
_FIND_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-])")
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d))?")
_PIVOT = 70  # of two digits, these and more are of the century before


def read_stamp(word: str, clock: str | None) -> Reading | None:
    """Read a date as machines write it, ``2013-03-15`` or ``2013-03-15T10:30:00+02:00``.

    The day is that of the time zone it is written in.
    """
    match = _STAMP.match(word)
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    period = day_period(int(year), int(month), int(day))
    if period is None or int(year) == 0:
        return None
    reading = read_period(period, stated=True)
    if hour is not None and int(hour) < 24 and int(minute) < 60:
        clock = f"T{hour}:{minute}"
    return reading.at(clock)


def read_numeric(word: str, day_first: bool | None) -> Reading | None:
    """Read a date such as ``02/11/2007``, ``13.12.2023`` or ``2013/03/15``.

    With dots the day stands first, whoever writes it; with the year in front it stands last.

    Args:
        word: The date.
        day_first: Whether the day stands before the month; None when that is not known.

    Returns:
        None when it is no date. When either reading is one and nothing decides, the stretch of time that
        holds both, of precision years.

    Source: CONTRACT.md, section 4, for dates that cannot be decided.
    """
    match = _NUMERIC.fullmatch(word)
    if match is None:
        return None
    one, sign, two, three = match.groups()
    if len(one) == 4:
        period = day_period(int(one), int(two), int(three)) if len(three) == 2 else None
        return None if period is None or int(one) == 0 else read_period(period, stated=True)
    if len(one) > 2 or len(three) == 3 or (sign == "-" and len(three) == 2):
        return None
    year = int(three)
    if len(three) == 2:
        year += 1900 if year >= _PIVOT else 2000
    if year == 0:
        return None
    by_day, by_month = day_period(year, int(two), int(one)), day_period(year, int(one), int(two))
    if sign == ".":
        by_month = None if by_day is not None else by_month
    if by_day is None or by_month is None or by_day == by_month:
        period = by_day or by_month
        return None if period is None else read_period(period, stated=True)
    if day_first is None:
        return _read_either(min(by_day, by_month), max(by_day, by_month))
    return read_period(by_day if day_first else by_month, stated=True)


def pick_day_first(text: str) -> bool | None:
    """Tell from the numeric dates of a text whether it writes the day before the month.

    Returns:
        None when no date decides it, or when two disagree.
    """
    return _agree(_order(int(match[1]), int(match[3])) for match in _FIND_NUMERIC.finditer(text))


def _order(one: int, two: int) -> bool | None:
    if one > 12 >= two and one <= 31:
        return True
    if two > 12 >= one and two <= 31:
        return False
    return None


def _agree(answers: Iterable[bool | None]) -> bool | None:
    found = {answer for answer in answers if answer is not None}
    return found.pop() if len(found) == 1 else None


def _read_either(low: Period, high: Period) -> Reading:
    return Reading(TimexType.DATE, None, low.first, high.last, Precision.YEARS, stated=True, grain=Grain.YEAR)
