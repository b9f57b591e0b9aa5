"""Readers of lengths of time and of what happens again and again."""

from foedus.dates.context import Context
from foedus.dates.grammar import Phrase
from foedus.dates.outcome import NO_OUTCOME, Outcome, one
from foedus.dates.reading import Reading, read_nothing
from foedus.dates.timex import TimexType, to_duration

_MAX_COUNT = 100_000
_EVEN_PARTS = {
    "Y": (12, "M"),
    "M": (30, "D"),
    "W": (7, "D"),
    "D": (24, "TH"),
    "DE": (10, "Y"),
    "CE": (100, "Y"),
}
_SET_DAYPART = "XXXX-XX-XXT"


def count_of(phrase: Phrase) -> float | None:
    """How many units the phrase counts; None for an unknown number (several), 1 when it gives none.

    Forms: "two", "12", "2.5", "a", "half a", "two and a half", "three hundred", "a dozen", "several".
    """
    if phrase.has("vague", "plural_count"):
        return None
    if phrase.has("pair"):
        return 2
    count = float(phrase.get("count")) if phrase.has("count") else None
    if phrase.has("half"):
        joined = phrase.has("and")
        whole = 1.0 if count is None and joined else count
        return 0.5 if not joined else (whole or 0.0) + 0.5
    count = 1.0 if count is None else count
    if phrase.has("hundreds"):
        count *= phrase.get("hundreds")
    if phrase.has("dozen"):
        count *= 12
    return count


def read_duration(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "five years"; "a two-week"; "half a year"; "several days"; "month-long"; "28-year-old"."""
    if phrase.has("lasting"):
        return one(phrase, read_nothing(TimexType.DURATION, phrase.get("lasting")))
    if not phrase.has("unit"):
        return one(phrase, read_nothing(TimexType.DURATION, to_duration(None, phrase.get("units"))))
    count = count_of(phrase)
    if count is not None and count > _MAX_COUNT:
        return NO_OUTCOME
    return one(phrase, read_nothing(TimexType.DURATION, to_duration(count, phrase.get("unit"))))


def read_every(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "every year"; "every second week"; "every 18 months"; "twice a year"; "Tuesdays"; "annually"."""
    return one(phrase, _read_every(phrase))


def _read_every(phrase: Phrase) -> Reading | None:
    if phrase.has("often"):
        return _set(phrase.get("often"), phrase.get("often"))
    if phrase.has("weekday", "weekdays"):
        number = phrase.get("weekday") if phrase.has("weekday") else phrase.get("weekdays")
        return _set("P1W", f"XXXX-WXX-{number + 1}")
    if phrase.has("month"):
        return _set("P1Y", f"XXXX-{phrase.get('month'):02d}")
    if phrase.has("season"):
        return _set("P1Y", f"XXXX-{('SP', 'SU', 'FA', 'WI')[phrase.get('season')]}")
    if phrase.has("daypart"):
        return _set("P1D", f"{_SET_DAYPART}{phrase.get('daypart')}")
    unit = phrase.get("unit")
    if phrase.has("other", "nth"):
        count: float | None = phrase.get("other") or phrase.get("nth")
    else:
        count = count_of(phrase)
    if count is None or not 0 < count <= _MAX_COUNT:
        return _set(None, to_duration(None, unit))
    length = to_duration(count, unit)
    times = phrase.get("times") or phrase.get("once") or 1
    return _set(length if times == 1 else _divide(count, unit, times), length)


def _divide(count: float, unit: str, times: int) -> str | None:
    """Time from one to the next of several in a length (twice a year: P6M); None if it is no whole number."""
    parts, smaller = _EVEN_PARTS.get(unit, (0, ""))
    whole = count * parts
    return to_duration(whole / times, smaller) if times and parts and whole % times == 0 else None


def _set(recurrence: str | None, value: str) -> Reading:
    return read_nothing(TimexType.SET, value, recurrence)
