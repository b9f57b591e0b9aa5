"""The interchange records read back into model values; what `foedus.model.records` writes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.event import Conflict, Event, Slot, StageRecord
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

_Record = Mapping[str, Any]


def parse_article(record: _Record) -> Article:
    """An article; where its headline stands is not in the record, so that `title_span` is None."""
    return Article(
        document=record["document"],
        number=record["article"],
        title=record["title"],
        title_span=None,
        publisher=record["publisher"],
        author=record["author"],
        language=record["language"],
        published=parse_when(record["published"]),
        spans=_spans(record["text"]),
    )


def parse_claim(record: _Record) -> Claim:
    """A claim."""
    evidence = record["evidence"]
    return Claim(
        id=record["id"],
        document=record["document"],
        article=record["article"],
        type=ClaimType(record["type"]),
        stage=_stage(record["stage"]),
        plover=Plover(record["plover"]),
        actors=_actors(record["actors"]),
        agents=tuple(record["agents"]),
        subject=record["subject"],
        place=tuple(record["place"]),
        when=parse_when(record["when"]),
        status=Status(record["status"]),
        attributed_to=record["attributed_to"],
        via=tuple(record["via"]),
        recurrence=record["recurrence"],
        quantities=tuple(
            Quantity(
                one["value"],
                one["max"],
                one["unit"],
                one["of"],
                Bound(one["bound"]) if one["bound"] else None,
                one["approximate"],
            )
            for one in record["quantities"]
        ),
        evidence=Span(evidence["start"], evidence["end"]),
        quote=evidence["quote"],
        spans={slot: _spans(pairs) for slot, pairs in record["spans"].items()},
        confidence=record["confidence"],
    )


def parse_event(record: _Record) -> Event:
    """An event."""
    return Event(
        id=record["id"],
        type=ClaimType(record["type"]),
        claims=tuple(record["claims"]),
        actors=_actors(record["actors"]),
        subject=record["subject"],
        when=parse_when(record["when"]),
        status=Status(record["status"]),
        stage=_stage(record["stage"]),
        sources=record["sources"],
        stages=tuple(
            StageRecord(Stage(step["stage"]), parse_when(step["when"]), tuple(step["claims"]))
            for step in record["stages"]
        ),
    )


def parse_conflict(record: _Record) -> Conflict:
    """A conflict."""
    sides = tuple(tuple(side) for side in record["claims"])
    return Conflict(record["id"], record["event"], Slot(record["slot"]), sides, record["note"])


def parse_when(record: _Record | None) -> When | None:
    """A time; None stays None."""
    if record is None:
        return None
    return When(
        date.fromisoformat(record["first"]) if record["first"] else None,
        date.fromisoformat(record["last"]) if record["last"] else None,
        Precision(record["precision"]),
        record["text"],
        Basis(record["basis"]),
    )


def _actors(records: Any) -> tuple[Actor, ...]:
    return tuple(Actor(one["code"], Role(one["role"])) for one in records)


def _spans(pairs: Any) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _stage(word: str | None) -> Stage | None:
    return Stage(word) if word else None
