"""Adapter for the benchmark ``pubdate``: the day a page was published, from its bytes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from foedus.articles import split_articles
from foedus.errors import InputError
from foedus.model.when import Precision
from foedus.read import read_document


def predict(records: Iterable[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """One prediction a record: ``{"id", "date"}``, the date of the first article or None.

    Args:
        records: Inputs with ``id`` and ``file``.
        folder: The folder that the files are relative to.
    """
    for record in records:
        yield {"id": record["id"], "date": _find_date(record["file"], folder)}


def _find_date(file: str, folder: Path) -> str | None:
    try:
        document = read_document(file, (folder / file).read_bytes())
    except InputError:
        return None
    for article in split_articles(document):
        when = article.published
        if when is not None and when.precision is Precision.DAY and when.first is not None:
            return when.first.isoformat()
    return None
