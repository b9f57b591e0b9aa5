"""Adapter for the benchmark ``pubdate``: the day a page was published, from its bytes.

Foedus gives no date where it finds none that it trusts. The benchmark counts no answer as a miss, so the
adapter then gives htmldate's guess from the page's source, which is right about every second time there;
`predict` with ``guess=False`` measures Foedus alone.
"""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from htmldate import find_date

from foedus.articles import split_articles
from foedus.errors import InputError
from foedus.model.when import Precision
from foedus.read import read_document


def predict(
    records: Iterable[dict[str, Any]], folder: Path, *, guess: bool = True
) -> Iterator[dict[str, Any]]:
    """One prediction a record: ``{"id", "date"}``, the date of the first article or None.

    Args:
        records: Inputs with ``id`` and ``file``.
        folder: The folder that the files are relative to.
        guess: Whether to ask htmldate where Foedus gives no day.
    """
    for record in records:
        data = (folder / record["file"]).read_bytes()
        day = _find_day(record["file"], data)
        if day is None and guess:
            day = find_date(gzip.decompress(data), extensive_search=True, original_date=True)
        yield {"id": record["id"], "date": day}


def _find_day(name: str, data: bytes) -> str | None:
    try:
        document = read_document(name, data)
    except InputError:
        return None
    for article in split_articles(document):
        when = article.published
        if when is not None and when.precision is Precision.DAY and when.first is not None:
            return when.first.isoformat()
    return None
