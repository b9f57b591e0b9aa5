"""Find the time expressions of a text."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from foedus.dates.mention import TimeMention
from foedus.lang import Language
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(m[:3] + f"(?:{m[3:]})?" for m in _MONTHS if m != "may") + "|may|sept"
_FULL = re.compile(
    rf"\b(?:(?P<d1>\d\d?)(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})\.?\s+(?P<y3>\d{{4}})|(?<!-)(?P<y4>19\d\d|20\d\d)(?!-))\b",
    re.I,
)


def find_times(
    text: str,
    *,
    published: When | None,
    language: Language,
    within: Sequence[Span] | None = None,
    is_future: Callable[[Span], bool | None] | None = None,
) -> tuple[TimeMention, ...]:
    """Find the time expressions of a text, in order, not overlapping (first sketch: stated dates only)."""
    found = []
    for match in _FULL.finditer(text):
        span = Span(match.start(), match.end())
        if within is not None and not any(part.holds(span) for part in within):
            continue
        group = {key: value for key, value in match.groupdict().items() if value}
        year = int(next(value for key, value in group.items() if key[0] == "y"))
        month = next((_number(value) for key, value in group.items() if key[0] == "m"), None)
        day = next((int(value) for key, value in group.items() if key[0] == "d"), None)
        try:
            when = _when(year, month, day, match.group())
        except ValueError:
            continue
        value = "-".join(f"{part:02d}" for part in (year, month, day) if part)
        found.append(TimeMention(span, when, None, "DATE", value))
    return tuple(found)


def _number(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))


def _when(year: int, month: int | None, day: int | None, words: str) -> When:
    if month is None:
        return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, words, Basis.STATED)
    if day is None:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return When(date(year, month, 1), last, Precision.MONTH, words, Basis.STATED)
    return When(date(year, month, day), date(year, month, day), Precision.DAY, words, Basis.STATED)
