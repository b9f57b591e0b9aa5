"""Predictions for the timex benchmark: TIMEX3 extents and values of the product's time mentions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from foedus.dates import find_times
from foedus.lang import load_language
from foedus.model.when import Basis, Precision, When


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Predict the time expressions of each record.

    Args:
        records: ``{"id", "dct", "title", "text"}``, as the benchmark's inputs give them.
    """
    language = load_language("en")
    for record in records:
        day = date.fromisoformat(record["dct"]) if record.get("dct") else None
        published = None if day is None else When(day, day, Precision.DAY, None, Basis.METADATA)
        mentions = find_times(record["text"], published=published, language=language)
        timexes = [
            {"start": timex.span.start, "end": timex.span.end, "type": timex.type, "value": timex.value}
            for mention in mentions
            for timex in mention.timexes
        ]
        yield {"id": record["id"], "timexes": timexes}
