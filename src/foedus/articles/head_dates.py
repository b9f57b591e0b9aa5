"""Dates as pages write them in their heads: header lines, by-lines, datelines, addresses, fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

from foedus.model.span import Span

FIRST_YEAR, LAST_YEAR = 1900, 2099

_DASH = r"\s*(?:-|–|—|‒|to|until|bis|по|до)\s*"
# A digit may follow a year only where another date is glued to it ("1. May 20231. May 2023").
_YEAR = r"(?P<year>(?:19|20)\d\d)(?=\D|$|\d{1,2}\.?\s?[^\W\d_]{3})"
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d-])(?!\.\d)"
)
# "2011-12" is as likely a pair of years: a month that follows the year's own number is none.
_ISO_MONTH = re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w/.-])")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})\s?(?P<mark>[-./])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d%])(?![-/.]\d)"
)
_IDEOGRAPHIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일])?"
)
# In addresses, alone or followed by a clock time or counter.
_GLUED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=\D|$|\d{4,})"
)
_ADDRESS_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/_.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
)
_ADDRESS_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])(?=/)")
_MAX_SCAN_CHARS = 400


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date as written; parts that are not written are None.

    Attributes:
        span: Where the words stand in the text that was searched.
        year: Year, or None.
        month: Month, 1–12.
        day: Day of the month, or None.
        last: Month and day on which a range ends, or None.
        swapped: For ``02/11/2007``: the other reading's (month, day), when both are possible; else None.
        weekday: Day of the week written before it, Monday 0, or None.
    """

    span: Span
    year: int | None
    month: int
    day: int | None
    last: tuple[int, int] | None = None
    swapped: tuple[int, int] | None = None
    weekday: int | None = None

    def in_year(self, year: int) -> date | None:
        """The first day meant, if the year is `year`; None for a 29 February that is not."""
        try:
            return date(year, self.month, self.day or 1)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, eq=False)
class MonthNames:
    """Month and weekday names of some languages, ready to search with."""

    months: dict[str, int]
    weekdays: dict[str, int]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    month_year: re.Pattern[str]


@cache
def load_month_names(languages: tuple[str, ...]) -> MonthNames:
    """Names of months and weekdays in these languages, from CLDR; unknown languages are left out.

    Source: Unicode CLDR through Babel.
    """
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for code in languages:
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                _add_names(months, locale.months[context][width].items())
                _add_names(weekdays, locale.days[context][width].items())
    months.update({"sept": 9, "sep": 9})
    name = "|".join(sorted(map(re.escape, months), key=lambda word: (-len(word), word)))
    weekday = "|".join(sorted(map(re.escape, weekdays), key=lambda word: (-len(word), word)))
    month = rf"(?P<month>{name})(?!\w)\.?"
    last_month = rf"(?P<last_month>{name})(?!\w)\.?"
    before = rf"(?:(?<!\w)(?P<weekday>{weekday})(?!\w)[.,]*\s{{0,3}}(?:the\s)?)?"
    day = r"(?<![\d.,/:-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-?(?:е|го))?(?!\d)(?:\s(?:of|de|del|di))?"
    last_day = r"(?P<last_day>\d{1,2})(?:st|nd|rd|th|er|\.)?(?![\d:])"
    year = rf"(?:[\s,.-]{{1,3}}(?:of\s|de\s|del\s)?(?:{_YEAR}|'(?P<short_year>\d\d)(?!\d)))?"
    flags = re.IGNORECASE
    return MonthNames(
        months,
        weekdays,
        re.compile(
            rf"{before}{day}(?:{_DASH}{last_day})?[\s-]{{0,3}}(?:\w+\s?/\s?)?{month}(?:{_DASH}(?P<last_day2>\d{{1,2}})\s+{last_month})?{year}",
            flags,
        ),
        re.compile(
            rf"{before}(?<!\w){month},?\s{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:{_DASH}(?:{last_month}\s{{1,3}})?{last_day})?{year}",
            flags,
        ),
        re.compile(rf"(?<!\w)(?<!\d\s){month}[\s,]{{1,3}}(?:de\s)?{_YEAR}", flags),
    )


def _add_names(names: dict[str, int], items: object) -> None:
    for number, name in items:  # type: ignore[attr-defined]
        word = name.casefold().rstrip(".")
        if len(word) >= 3 and not word.isdigit():
            names.setdefault(word, number)


def find_head_dates(text: str, names: MonthNames, *, within: Span | None = None) -> tuple[HeadDate, ...]:
    """Dates of the forms that heads have, in text order, not overlapping.

    Forms: ``2023-12-13``; ``13.12.2023``; ``02/11/2007``; ``11/24/21``; ``6 Oct``; ``Oct. 6, 2011``;
    ``Wednesday, 14 June 2023``; ``December 4 – December 10, 2017``; ``4–10 December 2017``; ``June 2023``;
    ``2023年12月13日``; ``2023-05`` (the month).

    Args:
        text: The text to search.
        names: Names to read months with.
        within: The stretch to search; at most 400 code points of it.
    """
    start = within.start if within else 0
    end = min(within.end if within else len(text), start + _MAX_SCAN_CHARS)
    found: list[HeadDate] = []
    for pattern, build in (
        (_ISO, _from_ordered),
        (_IDEOGRAPHIC, _from_ordered),
        (_NUMERIC, _from_numeric),
        (_ISO_MONTH, _from_iso_month),
    ):
        for match in pattern.finditer(text, start, end):
            _keep(found, build(match))
    if any(char.isdigit() for char in text[start:end]):
        for pattern in (names.month_day, names.day_month, names.month_year):
            for match in pattern.finditer(text, start, end):
                _keep(found, _from_named(match, names))
    return tuple(sorted(found, key=lambda item: item.span))


def find_address_date(address: str) -> HeadDate | None:
    """The day or month that an address carries in its path, or None.

    Forms: ``/2023/12/13/``; ``/2023-12-13-``; ``-20231213-``; ``/20231213/``; ``/2016/12/`` (the month).
    """
    path = address.partition("://")[2].partition("/")[2]
    for pattern in (_ADDRESS_DAY, _GLUED, _ADDRESS_MONTH):
        for match in pattern.finditer(path):
            found = _from_ordered(match)
            if found is not None:
                shift = len(address) - len(path)
                return HeadDate(found.span.shift(shift), found.year, found.month, found.day)
    return None


def _keep(found: list[HeadDate], item: HeadDate | None) -> None:
    if item is not None and not any(item.span.overlaps(other.span) for other in found):
        found.append(item)


def _from_ordered(match: re.Match[str]) -> HeadDate | None:
    parts = match.groupdict()
    day = int(parts["day"]) if parts.get("day") else None
    return _checked(HeadDate(Span(*match.span()), int(parts["year"]), int(parts["month"]), day))


def _from_iso_month(match: re.Match[str]) -> HeadDate | None:
    is_pair = int(match["month"]) == int(match["year"]) % 100 + 1
    return None if is_pair else _from_ordered(match)


def _from_numeric(match: re.Match[str]) -> HeadDate | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    span = Span(*match.span())
    if first > 12 or (match["mark"] == "." and second <= 12):
        # Dots are never month first.
        return _checked(HeadDate(span, year, second, first))
    if second > 12:
        return _checked(HeadDate(span, year, first, second))
    swapped = (first, second) if first != second else None
    return _checked(HeadDate(span, year, second, first, swapped=swapped))


def _from_named(match: re.Match[str], names: MonthNames) -> HeadDate | None:
    parts = match.groupdict()
    month = names.months.get(match["month"].casefold())
    if month is None:
        return None
    year = int(parts["year"]) if parts.get("year") else None
    if year is None and parts.get("short_year"):
        year = 2000 + int(parts["short_year"])
    day = int(parts["day"]) if parts.get("day") else None
    last_day = parts.get("last_day") or parts.get("last_day2")
    last = None
    if last_day is not None and day is not None:
        last_month = names.months.get((parts.get("last_month") or "").casefold(), month)
        last = (last_month, int(last_day))
        if last <= (month, day) or last[1] > 31:
            last = None
    weekday = names.weekdays.get((parts.get("weekday") or "").casefold())
    return _checked(HeadDate(Span(*match.span()), year, month, day, last=last, weekday=weekday))


def _checked(item: HeadDate) -> HeadDate | None:
    """`item` if such a day exists in the calendar, else None."""
    if not 1 <= item.month <= 12 or not (item.day is None or 1 <= item.day <= 31):
        return None
    if item.year is not None and not FIRST_YEAR <= item.year <= LAST_YEAR:
        return None
    return item if item.in_year(item.year or 2000) is not None else None


def to_last_day(item: HeadDate, year: int) -> date | None:
    """The last day meant, if the year is `year`."""
    try:
        if item.last is not None:
            return date(year, *item.last)
        if item.day is not None:
            return date(year, item.month, item.day)
        following = date(year + item.month // 12, item.month % 12 + 1, 1)
    except ValueError:
        return None
    return following - timedelta(days=1)


def find_first_date(words: str, names: MonthNames) -> HeadDate | None:
    """The first date in a field's value or a line, or None."""
    found: Sequence[HeadDate] = find_head_dates(words, names)
    return found[0] if found else None
