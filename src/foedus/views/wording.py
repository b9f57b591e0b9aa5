"""Small pieces of plain English: days, numbers, lists."""

from calendar import month_name, monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from foedus.model.article import Article
from foedus.model.claim import Bound, Quantity
from foedus.model.when import Precision, When

_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_QUARTERS = {1: "first", 4: "second", 7: "third", 10: "fourth"}
_BIG_NUMBERS = ((1_000_000_000, "billion"), (1_000_000, "million"))


#: Upper ends of probability and the words for what lies below; Intelligence Community Directive 203 (2015).
_LIKELIHOODS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
)


def to_likelihood(probability: float) -> str:
    """A probability, 0–1, in words: ``very likely`` from 0.80 on, ``almost certain`` from 0.95 on.

    Source: Intelligence Community Directive 203, Analytic Standards, 2 January 2015.
    """
    return next((words for end, words in _LIKELIHOODS if probability < end), "almost certain")


def to_day(day: date) -> str:
    """``23 October 2012``."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def to_days(first: date, last: date) -> str:
    """An interval, as short as it stays clear: ``12 to 16 September 2009``, ``March 2017``, ``2017``."""
    if first == last:
        return to_day(first)
    starts_month, ends_month = first.day == 1, last.day == monthrange(last.year, last.month)[1]
    if starts_month and ends_month:
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{month_name[first.month]} {first.year}"
        start = month_name[first.month] + ("" if first.year == last.year else f" {first.year}")
        return f"{start} to {month_name[last.month]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {to_day(last)}"
    if first.year == last.year:
        return f"{first.day} {month_name[first.month]} to {to_day(last)}"
    return f"{to_day(first)} to {to_day(last)}"


def tell_published(article: Article | None) -> str | None:
    """When an article appeared, in words; None when that is unknown."""
    when = article.published if article else None
    if when is None:
        return None
    if when.first is None:
        return f"by {when.last}"
    return f"{when.first} or later" if when.last is None else to_days(when.first, when.last)


def to_short_when(when: When | None) -> str:
    """A time for a table: ``2012-10-23``, ``2012-10``, ``2012 to 2015``, ``since 2006``; empty for None."""
    if when is None:
        return ""
    if when.first is None:
        return f"until {when.last}"
    if when.last is None:
        return f"since {_shorten(when.first, when.first, when.precision)}"
    return _shorten(when.first, when.last, when.precision)


def to_adverb(when: When | None, *, is_ahead: bool = False) -> str:
    """A time as it follows a deed: ``on 23 October 2012``, ``in 2017``, ``since 2006``; empty for None.

    Args:
        when: The time.
        is_ahead: Whether the deed is still to come: then ``from 2027``, not ``since 2027``.
    """
    if when is None:
        return ""
    first, last = when.first, when.last
    if first is None or last is None:
        return _to_open_adverb(when, is_ahead)
    days = (last - first).days + 1
    if days == 1:
        return f"on {to_day(first)}"
    if when.precision is Precision.SEASON and first.day == 1 and first.month in _SEASONS and 89 <= days <= 92:
        year = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year % 100:02d}"
        return f"in the {_SEASONS[first.month]} of {year}"
    if (
        when.precision is Precision.QUARTER
        and first.day == 1
        and first.month in _QUARTERS
        and 90 <= days <= 92
    ):
        return f"in the {_QUARTERS[first.month]} quarter of {first.year}"
    if when.precision is Precision.DECADE and first.year % 10 == 0 and last.year == first.year + 9:
        return f"in the {first.year}s"
    if when.precision is Precision.WEEK and days == 7:
        return f"in the week of {to_days(first, last)}"
    if when.precision is Precision.MONTH and days < 28:
        part = "early" if first.day == 1 else "late" if (last + timedelta(1)).day == 1 else "mid-"
        return f"in {part}{'' if part == 'mid-' else ' '}{month_name[first.month]} {first.year}"
    words = to_days(first, last)
    is_whole = words.replace(" ", "").isdigit() or not words[0].isdigit()
    return f"in {words}" if is_whole and " to " not in words else f"from {words}"


def to_list(words: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def to_amount(quantity: Quantity) -> str:
    """A quantity in words: ``at least 12,000 troops``, ``about USD 20 million``, ``100 to 120 targets``."""
    number = _to_number(quantity.value)
    if quantity.max is not None:
        number = f"{number} to {_to_number(quantity.max)}"
    unit = quantity.unit or ""
    is_money = len(unit) == 3 and unit.isalpha() and unit.isupper()
    amount = f"{unit} {number}" if is_money else f"{number} {unit}".strip()
    hedge = {Bound.MIN: "at least ", Bound.MAX: "up to ", None: "about " if quantity.approximate else ""}
    of = "" if quantity.of is None or is_money else f" {quantity.of}"
    return f"{hedge[quantity.bound]}{amount}{of}"


def _to_open_adverb(when: When, is_ahead: bool) -> str:
    if when.first is not None:
        return f"{'from' if is_ahead else 'since'} {_to_edge(when.first, when.precision)}"
    assert when.last is not None  # one end is known
    return f"until {_to_edge(when.last, when.precision)}"


def _to_edge(day: date, precision: Precision) -> str:
    if precision is Precision.DAY:
        return to_day(day)
    if precision is Precision.MONTH:
        return f"{month_name[day.month]} {day.year}"
    return str(day.year) if precision in (Precision.YEAR, Precision.YEARS) else to_day(day)


def _shorten(first: date, last: date, precision: Precision) -> str:
    starts_month, ends_month = first.day == 1, last.day == monthrange(last.year, last.month)[1]
    if first == last:
        return str(first) if precision is Precision.DAY else _cut(first, precision)
    if starts_month and ends_month and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if starts_month and ends_month and (first.year, first.month) == (last.year, last.month):
        return f"{first.year}-{first.month:02d}"
    return f"{first} to {last}"


def _cut(day: date, precision: Precision) -> str:
    if precision is Precision.MONTH:
        return f"{day.year}-{day.month:02d}"
    return str(day.year) if precision in (Precision.YEAR, Precision.YEARS) else str(day)


def _to_number(value: float) -> str:
    for size, word in _BIG_NUMBERS:
        if value >= size and round(value / size, 2) * size == value:
            return f"{value / size:g} {word}"
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"
