"""Readers of expressions that name a place on the calendar: days, months, seasons, years, decades.

A reader takes a phrase and the context and gives pieces, the parts that TIMEX3 marks one by one. Two pieces
are the ends of one stretch of time, or a list of two; none means that the words tell no date.
"""

from collections.abc import Callable
from dataclasses import replace

from foedus.dates.clock import find_clock
from foedus.dates.context import Context
from foedus.dates.grammar import Phrase
from foedus.dates.numeric import read_numeric, read_stamp
from foedus.dates.outcome import NO_OUTCOME, Outcome, Piece, one
from foedus.dates.parts import cut_half, cut_part
from foedus.dates.period import Grain, Period, day_period, month_length, month_period, to_civil, to_ordinal
from foedus.dates.reading import Reading, read_nothing, read_period
from foedus.dates.timex import TimexType

_SEASON_VALUES = ("SP", "SU", "FA", "WI")
_LEAP_YEAR = 2000
_CENTURIES = 30  # more than that are not centuries of years
_SHORT_SPAN_YEARS = 10


def read_stamp_phrase(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "2013-03-15"; "2013-03-15T10:30"."""
    return one(phrase, read_stamp(phrase.get("stamp"), find_clock(phrase)))


def read_numeric_phrase(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "02/11/2007"; "13.12.2023"; "2013/03/15"; "02.11.07"."""
    reading = read_numeric(phrase.get("numeric"), context.day_first)
    return one(phrase, None if reading is None else reading.at(find_clock(phrase)))


def read_date(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "4 December 2017"; "Monday, December 4th"; "the 4th of December of that year"; "2017 May 4"."""
    if not _is_day(phrase.get("month"), phrase.get("day")):
        return NO_OUTCOME
    period = _day(phrase, context)
    if period is None:
        unplaced = None if phrase.has("year") else _unplaced_day(phrase, phrase.get("day"))
        return one(phrase, unplaced)
    return one(phrase, read_period(period, stated=phrase.has("year")).at(find_clock(phrase)))


def read_days(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "December 4-6"; "from 10 to 20 February 2022"; "between 4 and 6 May"."""
    return _two_days(phrase, context, spread=True)


def read_day_pair(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "4 and 5 May"; "May 6 and 7th"."""
    return _two_days(phrase, context, spread=False)


def read_month(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "March 2022"; "early December"; "last May"; "June of that year"; "in June"."""
    period = _month(phrase, context)
    if period is None:
        return one(phrase, read_nothing(TimexType.DATE, f"XXXX-{phrase.get('month'):02d}"))
    return one(phrase, cut_part(read_period(period, stated=phrase.has("year")), part_of(phrase)))


def read_months(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "March-April 2019"; "from June to August"; "between December and February of this year"."""
    return _two_months(phrase, context, spread=True)


def read_month_pair(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "April and May 2014"; "March or April"."""
    return _two_months(phrase, context, spread=False)


def _two_months(phrase: Phrase, context: Context, *, spread: bool) -> Outcome:
    low_month, high_month = phrase.get("month"), phrase.get("to_month")
    low = _month(phrase, context)
    if low is None:
        return NO_OUTCOME
    high = Period(Grain.MONTH, low.index + high_month - low_month)
    if high < low and phrase.has("year", "year_here", "year_there"):
        low = low.shift(-12)
    elif high < low:
        high = high.shift(12)
    stated = phrase.has("year")
    end = phrase.slots["to_month"].index
    pieces = (
        Piece(phrase.first, phrase.slots["month"].index + 1, read_period(low, stated=stated)),
        Piece(end, phrase.end, read_period(high, stated=stated)),
    )
    return Outcome(pieces, spread=spread)


def read_year(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "2017"; "the year 2000"; "late 2015"; "490 BC"; "AD 312"; "in '89"; "post-1991"."""
    if phrase.has("short_year"):
        short = phrase.get("short_year")
        decade = _decade_near(short - short % 10, context)
        return one(phrase, read_period(Period(Grain.YEAR, decade + short % 10), stated=False))
    year = phrase.get("named_year") or _year(phrase)
    if phrase.has("bound"):
        reading = read_period(Period(Grain.YEAR, year), stated=True)
        ends = (None, to_ordinal(year, 1, 1) - 1) if phrase.get("bound") < 0 else (reading.first, None)
        return one(phrase, reading.over(*ends))
    return one(phrase, cut_part(read_period(Period(Grain.YEAR, year), stated=True), part_of(phrase)))


def read_year_span(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "2017-2020"; "from 2017 to 2020"; "1915-17"; "2006/07"; "2015-06", which is a month."""
    low = phrase.get("year")
    if phrase.has("to_year"):
        high = phrase.get("to_year")
        return NO_OUTCOME if high < low else _two_years(phrase, "year", low, "to_year", high)
    short = phrase.get("to_short")
    high = low - low % 100 + short
    if high <= low and 1 <= short <= 12 and low % 100 < 100 - _SHORT_SPAN_YEARS:
        return one(phrase, read_period(month_period(low, short), stated=True))
    if high <= low:
        high += 100
    if high - low > _SHORT_SPAN_YEARS and high % 100 < low % 100:
        return NO_OUTCOME
    return _two_years(phrase, "year", low, "to_short", high)


def read_christ_span(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "499-493 BC"; "from 499 to 493 BC"."""
    low, high = 1 - phrase.get("from_year"), 1 - phrase.get("year")
    return NO_OUTCOME if low >= high else _two_years(phrase, "from_year", low, "year", high)


def read_decade(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the 1990s"; "the early nineties"; "the '90s"; "the first decade of the 21st century"."""
    if phrase.has("decade_number"):
        year = (phrase.get("century_number") - 1) * 100 + (phrase.get("decade_number") - 1) * 10
    elif phrase.has("decade_word"):
        year = phrase.get("decade_word") * 10
    else:
        year = phrase.get("decade") if phrase.has("decade") else phrase.get("year")
    if year % 10:
        return NO_OUTCOME
    if phrase.has("before_christ"):
        low, high = Period(Grain.YEAR, -year - 8), Period(Grain.YEAR, 1 - year)
        reading = replace(read_period(low, high, stated=True), value=f"BC{year // 10:03d}")
        return one(phrase, reading)
    stated = year >= 1000
    period = Period(Grain.DECADE, (year if stated else _decade_near(year, context)) // 10)
    return one(phrase, cut_part(read_period(period, stated=stated), part_of(phrase)))


def read_century(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the 20th century"; "the late nineteenth century"; "the 4th century BC"."""
    number = phrase.get("number_th") or phrase.get("ordinal")
    if number > _CENTURIES:
        return NO_OUTCOME
    period = Period(Grain.CENTURY, -number if phrase.has("before_christ") else number - 1)
    return one(phrase, cut_part(read_period(period, stated=True), part_of(phrase)))


def read_quarter(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the first quarter of 2026"; "Q1 2026"; "the third quarter"."""
    number = phrase.get("quarter_code") or phrase.get("ordinal") or phrase.get("number_th") or 4
    if not 1 <= number <= 4:
        return NO_OUTCOME
    period = _of_year(phrase, context, lambda year: Period(Grain.QUARTER, year * 4 + number - 1))
    if period is None:
        return one(phrase, read_nothing(TimexType.DATE, f"XXXX-Q{number}"))
    return one(phrase, cut_part(read_period(period, stated=phrase.has("year")), part_of(phrase)))


def read_half(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the first half of 2023"; "the second half of May"; "H1 2024"; "the first half of the 1990s"."""
    number = (
        phrase.get("half_code")
        or phrase.get("which_half")
        or phrase.get("ordinal")
        or phrase.get("number_th")
    )
    if number not in (1, 2):
        return NO_OUTCOME
    if phrase.has("month"):
        period = _month(phrase, context)
    elif phrase.has("decade"):
        period = Period(Grain.DECADE, _decade_near(phrase.get("decade"), context) // 10)
    elif phrase.has("century_number"):
        period = Period(Grain.CENTURY, phrase.get("century_number") - 1)
    else:
        half = _of_year(phrase, context, lambda year: Period(Grain.HALF, year * 2 + number - 1))
        return one(phrase, None if half is None else read_period(half, stated=phrase.has("year")))
    if period is None:
        return NO_OUTCOME
    stated = phrase.has("year", "decade", "century_number")
    return one(phrase, cut_half(read_period(period, stated=stated), number))


def read_season(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "spring 2019"; "the summer of that year"; "last winter"; "the winter of 2014-15"; "in autumn".

    Winter goes with the year in which it begins.
    """
    number = phrase.get("season")

    def make(year: int) -> Period:
        return Period(Grain.SEASON, year * 4 + (number + 2 * context.southern) % 4)

    period = _of_year(phrase, context, make)
    if period is None:
        return one(phrase, read_nothing(TimexType.DATE, f"XXXX-{_SEASON_VALUES[number]}"))
    reading = read_period(period, stated=phrase.has("year"))
    value = f"{(reading.value or '')[:-2]}{_SEASON_VALUES[number]}"
    return one(phrase, cut_part(replace(reading, value=value), part_of(phrase)))


def read_holiday(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "Christmas"; "Christmas Eve"; "New Year's Day"."""
    month, day = (12, 25) if phrase.has("christmas") else (1, 1)
    if phrase.has("eve"):
        month, day = (12, 24) if month == 12 else (12, 31)
    period = _of_year(phrase, context, lambda year: day_period(year, month, day))
    if period is None:
        return NO_OUTCOME
    return one(phrase, read_period(period, stated=phrase.has("year")).at(find_clock(phrase)))


def part_of(phrase: Phrase) -> str | None:
    """START, MID or END as the phrase says it, or None."""
    part = phrase.get("part") or phrase.get("edge") or phrase.get("adjective_edge")
    return None if part is None else str(part)


def year_by_step(phrase: Phrase, context: Context) -> int | None:
    """The year of "this year", "that year", "the previous year" as `year_here` or `year_there`."""
    frame = context.present(Grain.YEAR) if phrase.has("year_here") else context.spoken
    if frame is None:
        return None
    step = phrase.get("year_here") if phrase.has("year_here") else phrase.get("year_there")
    return to_civil(frame.last)[0] + int(step)


def _day(phrase: Phrase, context: Context) -> Period | None:
    """The day of a phrase with day and month; its weekday helps to find the year."""
    month, day, weekday = phrase.get("month"), phrase.get("day"), phrase.get("weekday")

    def make(year: int) -> Period | None:
        return day_period(year, month, day)

    def make_on_weekday(year: int) -> Period | None:
        period = make(year)
        return period if period is not None and (period.index - 1) % 7 == weekday else None

    if weekday is None or phrase.has("year", "year_here", "year_there"):
        return _of_year(phrase, context, make)
    return _of_year(phrase, context, make_on_weekday) or _of_year(phrase, context, make)


def _month(phrase: Phrase, context: Context) -> Period | None:
    month = phrase.get("month")
    return _of_year(phrase, context, lambda year: month_period(year, month))


def _of_year(phrase: Phrase, context: Context, make: Callable[[int], Period | None]) -> Period | None:
    """The period that the phrase's year, step (last May) or the context makes of a month, season, …"""
    if phrase.has("year"):
        return make(_year(phrase))
    if phrase.has("year_here", "year_there"):
        year = year_by_step(phrase, context)
        return None if year is None else make(year)
    if phrase.has("here") or phrase.has("there"):
        return _by_step(phrase, context, make)
    return context.pick_period(make, phrase)


def _by_step(phrase: Phrase, context: Context, make: Callable[[int], Period | None]) -> Period | None:
    """Last May: the latest that ended before; next May: the first that begins after; this: of this year."""
    frame = context.present(Grain.YEAR) if phrase.has("here") else context.spoken
    if frame is None:
        return None
    step = phrase.get("here") if phrase.has("here") else phrase.get("there")
    year = to_civil(frame.first)[0]
    choices = [period for by in range(-1, 3) if (period := make(year + by)) is not None]
    if step < 0:
        return max((period for period in choices if period.last < frame.first), default=None)
    if step > 0:
        return min((period for period in choices if period.first > frame.last), default=None)
    return make(year)


def _year(phrase: Phrase) -> int:
    year = int(phrase.get("year"))
    return 1 - year if phrase.has("before_christ") else year


def _decade_near(year: int, context: Context) -> int:
    """The first year of a decade given with or without its century: the last such decade that has begun."""
    if year >= 1000:
        return year
    frame = context.spoken
    now = to_civil(frame.last)[0] if frame is not None else 2000
    century = now - now % 100 + year
    return century if century <= now else century - 100


def _two_days(phrase: Phrase, context: Context, *, spread: bool) -> Outcome:
    first_day, last_day = phrase.get("day"), phrase.get("to_day")
    if first_day >= last_day or not _is_day(phrase.get("month"), last_day):
        return NO_OUTCOME
    low = _day(phrase, context)
    if low is None:
        first, last = _unplaced_day(phrase, first_day), _unplaced_day(phrase, last_day)
    else:
        high = low.shift(last_day - first_day)
        if high.widen(Grain.MONTH) != low.widen(Grain.MONTH):  # 28-29 February 2021
            return NO_OUTCOME
        stated = phrase.has("year")
        first, last = read_period(low, stated=stated), read_period(high, stated=stated)
    pieces = (
        Piece(phrase.first, phrase.slots["day"].index + 1, first),
        Piece(phrase.slots["to_day"].index, phrase.end, last),
    )
    return Outcome(pieces, spread=spread and low is not None)


def _is_day(month: int, day: int) -> bool:
    return 1 <= day <= month_length(_LEAP_YEAR, month)


def _unplaced_day(phrase: Phrase, day: int) -> Reading:
    return read_nothing(TimexType.DATE, f"XXXX-{phrase.get('month'):02d}-{day:02d}")


def _two_years(phrase: Phrase, low_slot: str, low: int, high_slot: str, high: int) -> Outcome:
    def read(year: int) -> Reading:
        return read_period(Period(Grain.YEAR, year), stated=True)

    pieces = (
        Piece(phrase.first, phrase.slots[low_slot].index + 1, read(low)),
        Piece(phrase.slots[high_slot].index, phrase.end, read(high)),
    )
    return Outcome(pieces, spread=True)
