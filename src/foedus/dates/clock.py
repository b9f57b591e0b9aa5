"""Times of day."""

import re

from foedus.dates.grammar import Phrase

_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_MERIDIEM = {"AM": 0, "PM": 12}


def find_clock(phrase: Phrase) -> str | None:
    """The time of day that a phrase gives, as the tail of a TIMEX3 value.

    Returns:
        ``T17:30``, ``T10``, ``TEV``; None when it gives none.
    """
    daypart = phrase.get("daypart")
    if phrase.has("clock"):
        word = phrase.get("clock")
        if isinstance(word, int):  # 0600 hours
            return f"T{word // 100:02d}:{word % 100:02d}"
        return _from_clock(word, phrase.get("meridiem"))
    if phrase.has("hour"):
        return _from_clock(str(phrase.get("hour")), phrase.get("meridiem"))
    return None if daypart is None else f"T{_DAYPART_VALUES.get(daypart, daypart)}"


_DAYPART_VALUES = {"MN": "24:00", "NO": "12:00"}


def _from_clock(words: str, meridiem: str | None) -> str | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    hour, minute = int(match[1]), match[2]
    half = meridiem or {"a": "AM", "p": "PM"}.get((match[3] or "").lower())
    if half is not None:
        hour = hour % 12 + _MERIDIEM[half]
    if hour > 24:
        return None
    return f"T{hour:02d}:{minute or '00'}"
