"""Adapter for the benchmark ``boilerplate``: the main text of a page, from its bytes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from foedus.articles import split_articles
from foedus.errors import InputError
from foedus.model.document import Document
from foedus.read import read_document


def predict(records: Iterable[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """One prediction a record: ``{"id", "text"}``, the main text of all articles of the page.

    Args:
        records: Inputs with ``id`` and ``file``.
        folder: The folder that the files are relative to.
    """
    for record in records:
        yield {"id": record["id"], "text": _find_text(record["file"], folder)}


def _find_text(file: str, folder: Path) -> str:
    try:
        document = read_document(file, (folder / file).read_bytes())
    except InputError:
        return ""
    return to_main_text(document)


def to_main_text(document: Document) -> str:
    """The main text of all articles of a document, a span a line."""
    spans = [span for article in split_articles(document) for span in article.spans]
    return "\n".join(span.cut(document.text) for span in spans)
