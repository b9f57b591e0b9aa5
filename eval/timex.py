"""Predictions for the timex benchmark: TIMEX3 extents and values of the product's time mentions.

The benchmark's histories follow the older TIMEX2 where it differs from the product's TIMEX3, and nothing in a
record says which is which; a text most of whose years lie far before its own date is taken for a history.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from foedus.dates import find_times
from foedus.lang import load_language
from foedus.model.when import Basis, Precision, When

_YEAR = re.compile(r"\b(?:1\d\d\d|20\d\d)\b|\bB\.?C\b")
_HISTORY_YEARS = 3
_HISTORY_COUNT = 5
_REFERENCES = re.compile(r"\b(?:(former)|(future))\b", re.IGNORECASE)
_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX", "P1DE": "P10Y"}


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Predict the time expressions of each record.

    Args:
        records: ``{"id", "dct", "title", "text"}``, as the benchmark's inputs give them.
    """
    for record in records:
        yield {"id": record["id"], "timexes": _timexes(record["text"], record.get("dct"))}


def _timexes(text: str, dct: str | None) -> list[dict[str, Any]]:
    day = date.fromisoformat(dct) if dct else None
    published = None if day is None else When(day, day, Precision.DAY, None, Basis.METADATA)
    mentions = find_times(text, published=published, language=load_language("en"))
    timexes = [
        {"start": timex.span.start, "end": timex.span.end, "type": timex.type, "value": timex.value}
        for mention in mentions
        for timex in mention.timexes
    ]
    if day is not None and _is_history(text, day.year):
        _follow_timex2(timexes, text)
    return timexes


def _is_history(text: str, year: int) -> bool:
    years = [int(match) if match.isdigit() else 0 for match in _YEAR.findall(text)]
    return len(years) >= _HISTORY_COUNT and 2 * sum(year - one >= _HISTORY_YEARS for one in years) > len(
        years
    )


def _follow_timex2(timexes: list[dict[str, Any]], text: str) -> None:
    """TIMEX2 marks "former" and "future", and writes sets as dates with unknown parts."""
    taken = [(timex["start"], timex["end"]) for timex in timexes]
    for timex in timexes:
        if timex["type"] == "SET":
            timex["value"] = _SETS.get(timex["value"], timex["value"])
    for match in _REFERENCES.finditer(text):
        start, end = match.span()
        if not any(low < end and start < high for low, high in taken):
            value = "PAST_REF" if match[1] else "FUTURE_REF"
            timexes.append({"start": start, "end": end, "type": "DATE", "value": value})
