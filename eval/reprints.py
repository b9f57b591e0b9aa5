"""Adapter for the benchmark `reprints`: texts with ids in, clusters of reprints out."""

from collections.abc import Iterable, Iterator
from typing import Any

from foedus.matching import find_reprints
from foedus.model.event import Reprint
from reading import make_article


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each record with `id` and `text`, the cluster it belongs to; None for a text of its own."""
    kept = list(records)
    articles = [(make_article(record["id"], record["text"])[1], record["text"]) for record in kept]
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
