"""Adapter for the benchmark `reprints`: texts with ids in, clusters of reprints out."""

from collections.abc import Iterable, Iterator
from typing import Any

from foedus.matching import find_reprints
from foedus.model.article import Article
from foedus.model.event import Reprint
from foedus.model.span import Span


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each record with `id` and `text`, the cluster it belongs to; None for a text of its own."""
    kept = list(records)
    articles = [(_to_article(record["id"], record["text"]), record["text"]) for record in kept]
    clusters = to_clusters(find_reprints(articles))
    for record in kept:
        yield {"id": record["id"], "cluster": clusters.get(record["id"])}


def to_clusters(reprints: Iterable[Reprint]) -> dict[str, str]:
    """Document name to the name of the earliest copy that it, step by step, goes back to."""
    original = {reprint.document: reprint.original_document for reprint in reprints}
    clusters = {}
    for name in original:
        root = name
        while root in original:
            root = original[root]
        clusters[name] = clusters[root] = root
    return clusters


def _to_article(name: str, text: str) -> Article:
    return Article(
        document=name,
        number=0,
        title=None,
        title_span=None,
        publisher=None,
        author=None,
        language="en",
        published=None,
        spans=(Span(0, max(1, len(text))),),
    )
