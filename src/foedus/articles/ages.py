"""How long ago a page says that it appeared: "3 hours ago", "vor 2 Tagen"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.model.span import Span

# Fewest and most days back that one unit can be, by the clock of the page and that of the fetch.
_UNIT_DAYS = {"minute": (0, 0), "hour": (0, 0), "day": (1, 1), "week": (7, 7)}
_HOURS_A_DAY = 24
_MAX_COUNT = 99
_SLACK_DAYS = 1


@dataclass(frozen=True, slots=True)
class Age:
    """A time told by its distance from the moment at which the page was made.

    Attributes:
        span: Where its words stand.
        days: How many whole days before that moment the time lies, the earliest first: (2, 1) for "30 hours ago".
    """

    span: Span
    days: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class AgeWords:
    """Words of ages, ready to search with.

    Attributes:
        pattern: Finds an age in lower-case text.
        units: Unit by its word.
    """

    pattern: re.Pattern[str]
    units: Mapping[str, str]


def make_age_words(sections: Sequence[Mapping[str, object]]) -> AgeWords:
    """Words of ages of several languages in one.

    Args:
        sections: For each language `forms` with `{n}` and `{unit}` in them, and lists of words by unit.
    """
    units: dict[str, str] = {}
    forms: list[str] = []
    for section in sections:
        words: list[str] = []
        for unit in _UNIT_DAYS:
            for word in section[unit]:  # type: ignore[attr-defined]
                units[word.casefold()] = unit
                words.append(word.casefold())
        unit_pattern = (
            "(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")"
        )
        for form in section["forms"]:  # type: ignore[attr-defined]
            pattern = (
                re.escape(form.casefold()).replace(r"\{n\}", r"\d{1,2}").replace(r"\{unit\}", unit_pattern)
            )
            forms.append(pattern.replace(r"\ ", r"\s{1,3}"))
    return AgeWords(re.compile(rf"(?<!\w)(?:{'|'.join(forms) or '(?!)'})(?!\w)"), units)


def find_age(text: str, span: Span, words: AgeWords) -> Age | None:
    """The first age in a stretch of text, or None."""
    lowered = span.cut(text).lower()
    match = words.pattern.search(lowered) if len(lowered) == len(span) else None
    if match is None:
        return None
    parts = re.findall(r"[^\W\d_]+|\d+", match.group())
    count = next(int(part) for part in parts if part.isdigit())
    unit = next((words.units[part] for part in parts if part in words.units), None)
    if unit is None or count > _MAX_COUNT:
        return None
    least, most = (days * count for days in _UNIT_DAYS[unit])
    if unit == "hour":
        least, most = count // _HOURS_A_DAY, count // _HOURS_A_DAY
    found = Span(span.start + match.start(), span.start + match.end())
    return Age(found, (most + _SLACK_DAYS, least))
