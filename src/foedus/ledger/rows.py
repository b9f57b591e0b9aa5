"""Model values to table rows and back. Lists are JSON columns; days are date columns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from foedus.ledger.facts import Facts
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.document import Document, PageData
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.judgement import Judgement
from foedus.model.judgement_records import to_judgement_record
from foedus.model.run import Problem, Step
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

Row = dict[str, Any]

_PAGE_FIELDS = tuple(PageData.__dataclass_fields__)

#: Decimals of a stored confidence: as many as exports show, so that a filter agrees with what is shown.
CONFIDENCE_DIGITS = 4


def to_document_row(facts: Facts, version: str) -> Row:
    """The row of an input; without text when it could not be read."""
    document = facts.document
    return {
        "name": facts.name,
        "root": facts.root,
        "digest": facts.digest,
        "version": version,
        "gone": False,
        "media_type": document.media_type if document else None,
        "page": {field: getattr(document.page, field) for field in _PAGE_FIELDS} if document else None,
        "main": _spans_to_json(document.main) if document else None,
        "text": document.text if document else None,
    }


def from_document_row(row: Any) -> Document:
    """The document of a row that has a text."""
    return Document(
        name=row.name,
        media_type=row.media_type,
        digest=row.digest,
        text=row.text,
        page=PageData(**row.page),
        main=_spans_from_json(row.main),
    )


def to_article_row(article: Article, document_id: int) -> Row:
    """The row of an article."""
    title = article.title_span
    return {
        "document_id": document_id,
        "number": article.number,
        "title": article.title,
        "title_start": title.start if title else None,
        "title_end": title.end if title else None,
        "publisher": article.publisher,
        "author": article.author,
        "language": article.language,
        **_when_to_columns("published", article.published),
        "spans": _spans_to_json(article.spans),
    }


def from_article_row(row: Any) -> Article:
    """The article of a row that also names its document."""
    return Article(
        document=row.document,
        number=row.number,
        title=row.title,
        title_span=None if row.title_start is None else Span(row.title_start, row.title_end),
        publisher=row.publisher,
        author=row.author,
        language=row.language,
        published=when_from_columns("published", row),
        spans=_spans_from_json(row.spans),
    )


def to_claim_row(claim: Claim, document_id: int, position: int) -> Row:
    """The row of a claim; `position` is its place among the claims of the article."""
    return {
        "id": claim.id,
        "document_id": document_id,
        "article": claim.article,
        "position": position,
        "type": claim.type.value,
        "stage": claim.stage.value if claim.stage else None,
        "plover": claim.plover.value,
        "status": claim.status.value,
        "subject": claim.subject,
        **_when_to_columns("when", claim.when),
        "attributed_to": claim.attributed_to,
        "recurrence": claim.recurrence,
        "confidence": round(claim.confidence, CONFIDENCE_DIGITS),
        "evidence_start": claim.evidence.start,
        "evidence_end": claim.evidence.end,
        "quote": claim.quote,
        "actors": _actors_to_json(claim.actors),
        "agents": list(claim.agents),
        "place": list(claim.place),
        "via": list(claim.via),
        "quantities": [_quantity_to_json(quantity) for quantity in claim.quantities],
        "spans": {slot: _spans_to_json(claim.spans[slot]) for slot in sorted(claim.spans)},
    }


def from_claim_row(row: Any) -> Claim:
    """The claim of a row that also names its document."""
    return Claim(
        id=row.id,
        document=row.document,
        article=row.article,
        type=ClaimType(row.type),
        stage=Stage(row.stage) if row.stage else None,
        plover=Plover(row.plover),
        actors=_actors_from_json(row.actors),
        agents=tuple(row.agents),
        subject=row.subject,
        place=tuple(row.place),
        when=when_from_columns("when", row),
        status=Status(row.status),
        attributed_to=row.attributed_to,
        via=tuple(row.via),
        recurrence=row.recurrence,
        quantities=tuple(_quantity_from_json(values) for values in row.quantities),
        evidence=Span(row.evidence_start, row.evidence_end),
        quote=row.quote,
        spans={slot: _spans_from_json(pairs) for slot, pairs in row.spans.items()},
        confidence=row.confidence,
    )


def to_actor_rows(key: str, owner: str, actors: Iterable[Actor]) -> Iterator[Row]:
    """One row a code for the search table whose owner column is `key`."""
    for code in sorted({actor.code for actor in actors}):
        yield {key: owner, "code": code}


def to_problem_row(problem: Problem, root: str, document_id: int | None) -> Row:
    """The row of a problem."""
    return {
        "document_id": document_id,
        "root": root,
        "item": problem.item,
        "step": problem.step.value,
        "code": problem.code,
        "message": problem.message,
    }


def from_problem_row(row: Any) -> Problem:
    """The problem of a row."""
    return Problem(row.item, Step(row.step), row.code, row.message)


def to_event_row(event: Event) -> Row:
    """The row of an event, without its claims."""
    return {
        "id": event.id,
        "type": event.type.value,
        "subject": event.subject,
        **_when_to_columns("when", event.when),
        "status": event.status.value,
        "stage": event.stage.value if event.stage else None,
        "sources": event.sources,
        "confidence": event.confidence,
        "actors": _actors_to_json(event.actors),
        "stages": [
            {
                "stage": record.stage.value,
                "when": _when_to_json(record.when),
                "claims": list(record.claims),
            }
            for record in event.stages
        ],
    }


def from_event_row(row: Any, claims: tuple[str, ...]) -> Event:
    """The event of a row and the ids of its claims."""
    return Event(
        id=row.id,
        type=ClaimType(row.type),
        claims=claims,
        actors=_actors_from_json(row.actors),
        subject=row.subject,
        when=when_from_columns("when", row),
        status=Status(row.status),
        stage=Stage(row.stage) if row.stage else None,
        sources=row.sources,
        stages=tuple(
            StageRecord(Stage(item["stage"]), _when_from_json(item["when"]), tuple(item["claims"]))
            for item in row.stages
        ),
        confidence=row.confidence,
    )


def to_conflict_row(conflict: Conflict) -> Row:
    """The row of a conflict."""
    return {
        "id": conflict.id,
        "event_id": conflict.event,
        "slot": conflict.slot.value,
        "sides": [list(side) for side in conflict.sides],
        "note": conflict.note,
    }


def from_conflict_row(row: Any) -> Conflict:
    """The conflict of a row."""
    sides = tuple(tuple(side) for side in row.sides)
    return Conflict(row.id, row.event_id, Slot(row.slot), sides, row.note)


def to_reprint_row(reprint: Reprint) -> Row:
    """The row of a reprint."""
    return {
        "document": reprint.document,
        "article": reprint.article,
        "original_document": reprint.original_document,
        "original_article": reprint.original_article,
    }


def from_reprint_row(row: Any) -> Reprint:
    """The reprint of a row."""
    return Reprint(row.document, row.article, row.original_document, row.original_article)


def to_judgement_row(judgement: Judgement) -> Row:
    """The row of a judgement."""
    record = to_judgement_record(judgement)
    return {
        "id": judgement.id,
        "kind": judgement.kind.value,
        "who": judgement.who,
        "made": record["when"],
        "record": record,
    }


def _spans_to_json(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans_from_json(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _actors_to_json(actors: Iterable[Actor]) -> list[list[str]]:
    return [[actor.code, actor.role.value] for actor in actors]


def _actors_from_json(pairs: Iterable[list[str]]) -> tuple[Actor, ...]:
    return tuple(Actor(code, Role(role)) for code, role in pairs)


def _when_to_columns(prefix: str, when: When | None) -> Row:
    return {
        f"{prefix}_first": when.first if when else None,
        f"{prefix}_last": when.last if when else None,
        f"{prefix}_precision": when.precision.value if when else None,
        f"{prefix}_text": when.text if when else None,
        f"{prefix}_basis": when.basis.value if when else None,
    }


def when_from_columns(prefix: str, row: Any) -> When | None:
    """The time in the columns of a row that begin so; None for none."""
    precision = getattr(row, f"{prefix}_precision")
    if precision is None:
        return None
    return When(
        first=getattr(row, f"{prefix}_first"),
        last=getattr(row, f"{prefix}_last"),
        precision=Precision(precision),
        text=getattr(row, f"{prefix}_text"),
        basis=Basis(getattr(row, f"{prefix}_basis")),
    )


def _when_to_json(when: When | None) -> Mapping[str, str | None] | None:
    if when is None:
        return None
    return {
        "first": when.first.isoformat() if when.first else None,
        "last": when.last.isoformat() if when.last else None,
        "precision": when.precision.value,
        "text": when.text,
        "basis": when.basis.value,
    }


def _when_from_json(values: Mapping[str, Any] | None) -> When | None:
    if values is None:
        return None
    return When(
        first=date.fromisoformat(values["first"]) if values["first"] else None,
        last=date.fromisoformat(values["last"]) if values["last"] else None,
        precision=Precision(values["precision"]),
        text=values["text"],
        basis=Basis(values["basis"]),
    )


def _quantity_to_json(quantity: Quantity) -> list[Any]:
    bound = quantity.bound.value if quantity.bound else None
    return [quantity.value, quantity.max, quantity.unit, quantity.of, bound, quantity.approximate]


def _quantity_from_json(values: list[Any]) -> Quantity:
    value, highest, unit, of, bound, approximate = values
    return Quantity(value, highest, unit, of, Bound(bound) if bound else None, approximate)
