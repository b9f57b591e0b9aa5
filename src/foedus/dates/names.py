"""Years inside names: exercises are often named by theirs."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from foedus.dates.mention import TimeMention, Timex
from foedus.dates.timex import TimexType
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

_NAME_YEARS = re.compile(r"(?<=[^\W\d_])[-‐‑–]((?:19|20)\d\d(?:/(?:19|20)\d\d)*+)(?![\w-])")
_YEAR_CHARS = 4


def find_name_years(text: str, *, within: Sequence[Span] | None = None) -> tuple[TimeMention, ...]:
    """Find the years that are part of a hyphenated name, which `find_times` leaves alone.

    Forms: "Coastal Watch-2019"; "Coastal Watch-2015/2019", two years and no stretch between them.

    Args:
        text: Any text, or just a name.
        within: Stretches of it to read, in order, not overlapping; None for all of it.

    Returns:
        In text order; the span of each is the year without the hyphen.
    """
    parts = (Span(0, len(text)),) if within is None else within
    return tuple(_to_mention(text, span) for part in parts for span in _iter_years(text, part))


def _iter_years(text: str, part: Span) -> Iterator[Span]:
    for match in _NAME_YEARS.finditer(text, part.start, part.end):
        for start in range(match.start(1), match.end(1), _YEAR_CHARS + 1):
            yield Span(start, start + _YEAR_CHARS)


def _to_mention(text: str, span: Span) -> TimeMention:
    words = span.cut(text)
    year = int(words)
    when = When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, words, Basis.STATED)
    return TimeMention(
        span, when, None, TimexType.DATE.value, words, (Timex(span, TimexType.DATE.value, words),)
    )
