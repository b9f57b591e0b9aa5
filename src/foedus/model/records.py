"""The interchange records of the contract. The only module that knows their keys.

A record is a plain dict, keys in the contract's order, unknown values None. Writing one as JSON with
`to_line` gives the same bytes everywhere.
"""

import json
from collections.abc import Mapping
from typing import Any

from foedus.model.article import Article
from foedus.model.claim import Claim, Quantity
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.span import Span
from foedus.model.when import When

Record = dict[str, Any]

ARTICLE_KEYS = (
    "document",
    "article",
    "title",
    "publisher",
    "author",
    "language",
    "published",
    "text",
    "reprint_of",
)
CLAIM_KEYS = (
    "id",
    "document",
    "article",
    "type",
    "stage",
    "plover",
    "actors",
    "agents",
    "subject",
    "place",
    "when",
    "status",
    "attributed_to",
    "via",
    "recurrence",
    "quantities",
    "evidence",
    "spans",
    "confidence",
)
EVENT_KEYS = ("id", "type", "claims", "actors", "subject", "when", "status", "stage", "sources", "stages")
CONFLICT_KEYS = ("id", "event", "slot", "claims", "note")

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def to_when_record(when: When | None) -> Record | None:
    """A `when` as the contract's section 4 writes it; None stays None."""
    if when is None:
        return None
    return {
        "first": when.first.isoformat() if when.first else None,
        "last": when.last.isoformat() if when.last else None,
        "precision": when.precision.value,
        "text": when.text,
        "basis": when.basis.value,
    }


def to_article_record(article: Article, reprint: Reprint | None) -> Record:
    """An article as section 1 writes it; `reprint` names its earliest copy, if it has one."""
    original = (
        None
        if reprint is None
        else {"document": reprint.original_document, "article": reprint.original_article}
    )
    return {
        "document": article.document,
        "article": article.number,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "language": article.language,
        "published": to_when_record(article.published),
        "text": [[span.start, span.end] for span in article.spans],
        "reprint_of": original,
    }


def to_claim_record(claim: Claim) -> Record:
    """A claim as section 2 writes it."""
    return {
        "id": claim.id,
        "document": claim.document,
        "article": claim.article,
        "type": claim.type.value,
        "stage": claim.stage.value if claim.stage else None,
        "plover": claim.plover.value,
        "actors": [{"code": actor.code, "role": actor.role.value} for actor in claim.actors],
        "agents": list(claim.agents),
        "subject": claim.subject,
        "place": list(claim.place),
        "when": to_when_record(claim.when),
        "status": claim.status.value,
        "attributed_to": claim.attributed_to,
        "via": list(claim.via),
        "recurrence": claim.recurrence,
        "quantities": [to_quantity_record(quantity) for quantity in claim.quantities],
        "evidence": {
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "quote": claim.quote,
        },
        "spans": _to_spans_record(claim.spans),
        "confidence": round(claim.confidence, 4),
    }


def to_event_record(event: Event) -> Record:
    """An event as section 6 writes it."""
    return {
        "id": event.id,
        "type": event.type.value,
        "claims": list(event.claims),
        "actors": [{"code": actor.code, "role": actor.role.value} for actor in event.actors],
        "subject": event.subject,
        "when": to_when_record(event.when),
        "status": event.status.value,
        "stage": event.stage.value if event.stage else None,
        "sources": event.sources,
        "stages": [
            {
                "stage": record.stage.value,
                "when": to_when_record(record.when),
                "claims": list(record.claims),
            }
            for record in event.stages
        ],
    }


def to_conflict_record(conflict: Conflict) -> Record:
    """A conflict as section 7 writes it."""
    return {
        "id": conflict.id,
        "event": conflict.event,
        "slot": conflict.slot.value,
        "claims": [list(side) for side in conflict.sides],
        "note": conflict.note,
    }


def to_line(record: Record) -> str:
    """One JSON line, without its line end; the same bytes for the same record on every machine."""
    return _ENCODER.encode(record)


def to_quantity_record(quantity: Quantity) -> Record:
    """A quantity as section 2 writes it."""
    return {
        "value": _plain(quantity.value),
        "max": None if quantity.max is None else _plain(quantity.max),
        "unit": quantity.unit,
        "of": quantity.of,
        "bound": quantity.bound.value if quantity.bound else None,
        "approximate": quantity.approximate,
    }


def _to_spans_record(spans: Mapping[str, tuple[Span, ...]]) -> Record:
    return {slot: [[span.start, span.end] for span in spans[slot]] for slot in sorted(spans)}


def _plain(number: float) -> int | float:
    """Whole numbers without a fraction, so that 90 is written 90."""
    return int(number) if number == int(number) else number
