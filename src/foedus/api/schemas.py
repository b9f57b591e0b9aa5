"""The wire: the records of the contract as schemas, and what calls wrap them in. Nothing else knows it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_CLAIM_ID = "c-0123456789abcdef0123"
_EVENT_ID = "e-0123456789abcdef0123"
_CONFLICT_ID = "x-0123456789abcdef0123"
_WHEN: Any = {
    "first": "2018-03-12",
    "last": "2018-03-12",
    "precision": "day",
    "text": "on Monday",
    "basis": "resolved",
}
_ACTORS: Any = [{"code": "CHL", "role": "both"}, {"code": "PER", "role": "both"}]
_ARTICLE: Any = {
    "document": "a.txt",
    "article": 0,
    "title": "Chile and Peru sign border treaty",
    "publisher": "Andes Wire",
    "author": None,
    "language": "en",
    "published": {
        "first": "2018-03-13",
        "last": "2018-03-13",
        "precision": "day",
        "text": None,
        "basis": "metadata",
    },
    "text": [[0, 33], [34, 210]],
    "reprint_of": None,
}
_CLAIM: Any = {
    "id": _CLAIM_ID,
    "document": "a.txt",
    "article": 0,
    "type": "agreement",
    "stage": "signed",
    "plover": "SUPPORT",
    "actors": _ACTORS,
    "agents": [],
    "subject": "treaty on border security",
    "place": ["Lima"],
    "when": _WHEN,
    "status": "happened",
    "attributed_to": "the ministry",
    "via": [],
    "recurrence": None,
    "quantities": [],
    "evidence": {
        "start": 55,
        "end": 114,
        "quote": "Chile and Peru signed a treaty on border security on Monday",
    },
    "spans": {"actors": [[55, 60], [65, 69]], "when": [[105, 114]]},
    "confidence": 0.91,
}
_EVENT: Any = {
    "id": _EVENT_ID,
    "type": "agreement",
    "claims": [_CLAIM_ID],
    "actors": _ACTORS,
    "subject": "treaty on border security",
    "when": _WHEN,
    "status": "happened",
    "stage": "signed",
    "sources": 2,
    "stages": [{"stage": "signed", "when": _WHEN, "claims": [_CLAIM_ID]}],
}
_CONFLICT: Any = {
    "id": _CONFLICT_ID,
    "event": _EVENT_ID,
    "slot": "when",
    "claims": [[_CLAIM_ID], ["c-1123456789abcdef0123"]],
    "note": "Signed on 12 March 2018 by one account, on 13 March by another.",
}


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WhenRecord(_Record):
    """Days, both inclusive; an open end is null."""

    first: str | None
    last: str | None
    precision: str
    text: str | None
    basis: str


class ActorRecord(_Record):
    """A state or organisation in its role."""

    code: str
    role: str


class QuantityRecord(_Record):
    """A number that a claim gives."""

    value: float
    max: float | None
    unit: str | None
    of: str | None
    bound: str | None
    approximate: bool


class EvidenceRecord(_Record):
    """The words that carry a claim."""

    start: int
    end: int
    quote: str


class OriginalRecord(_Record):
    """The earliest copy of an article."""

    document: str
    article: int


class ArticleRecord(_Record):
    """An article (contract, section 1)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _ARTICLE})
    document: str
    article: int
    title: str | None
    publisher: str | None
    author: str | None
    language: str
    published: WhenRecord | None
    text: list[tuple[int, int]]
    reprint_of: OriginalRecord | None


class ClaimRecord(_Record):
    """A claim (contract, section 2)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _CLAIM})
    id: str
    document: str
    article: int
    type: str
    stage: str | None
    plover: str
    actors: list[ActorRecord]
    agents: list[str]
    subject: str | None
    place: list[str]
    when: WhenRecord | None
    status: str
    attributed_to: str | None
    via: list[str]
    recurrence: str | None
    quantities: list[QuantityRecord]
    evidence: EvidenceRecord
    spans: dict[str, list[tuple[int, int]]]
    confidence: float


class StageRecord(_Record):
    """A step in the life of an agreement."""

    stage: str
    when: WhenRecord | None
    claims: list[str]


class EventRecord(_Record):
    """An event (contract, section 6)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _EVENT})
    id: str
    type: str
    claims: list[str]
    actors: list[ActorRecord]
    subject: str | None
    when: WhenRecord | None
    status: str
    stage: str | None
    sources: int
    stages: list[StageRecord]


class ConflictRecord(_Record):
    """A conflict (contract, section 7)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _CONFLICT})
    id: str
    event: str
    slot: str
    claims: list[list[str]]
    note: str


class PageDataRecord(_Record):
    """What a page says of itself."""

    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    published_field: str | None
    address: str | None
    language: str | None


class DocumentRecord(_Record):
    """A document with its decoded text, which all offsets point into."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "a.txt",
                "media_type": "text/plain",
                "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "text": "Chile and Peru sign border treaty\n…",
                "page": dict.fromkeys(PageDataRecord.model_fields),
                "main": [[0, 33]],
            }
        },
    )
    name: str
    media_type: str
    digest: str
    text: str
    page: PageDataRecord
    main: list[tuple[int, int]]


class DocumentEntry(_Record):
    """A document in a list."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"name": "a.txt", "media_type": "text/plain", "gone": False}},
    )
    name: str
    media_type: str
    gone: bool


class ReprintRecord(_Record):
    """An article that repeats an earlier one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "document": "c.txt",
                "article": 0,
                "original_document": "a.txt",
                "original_article": 0,
            }
        },
    )
    document: str
    article: int
    original_document: str
    original_article: int


class ProblemRecord(_Record):
    """What could not be read or coded."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "item": "b.pdf",
                "step": "read",
                "code": "truncated",
                "message": "PDF ends early: fetch it again",
            }
        },
    )
    item: str
    step: str
    code: str
    message: str


class CountRecord(_Record):
    """How many events a term finds; null where that was not counted."""

    term: str
    events: int | None


class LedgerRecord(_Record):
    """A ledger in numbers."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "version": "0.1.0",
                "documents": 3,
                "articles": 3,
                "claims": 9,
                "events": 3,
                "conflicts": 1,
                "reprints": 1,
                "problems": 0,
                "first": "2018-03-12",
                "last": "2019-12-31",
                "languages": {"en": 3},
            }
        },
    )
    version: str
    documents: int
    articles: int
    claims: int
    events: int
    conflicts: int
    reprints: int
    problems: int
    first: str | None
    last: str | None
    languages: dict[str, int]


class ActorEntry(_Record):
    """An actor and how many events it has part in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"code": "CHL", "name": "Chile", "iso3166": "CL", "cow": 155, "events": 2}
        },
    )
    code: str
    name: str
    iso3166: str | None
    cow: int | None
    events: int


class TieRecord(_Record):
    """Two actors and how many events they share."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"one": "CHL", "other": "PER", "events": 2}}
    )
    one: str
    other: str
    events: int


class SpotRecord(_Record):
    """A place with its coordinates (WGS 84) and how many events name it; null where they are not known."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"place": "Lima", "events": 2, "latitude": -12.04, "longitude": -77.03}
        },
    )
    place: str
    events: int
    latitude: float | None
    longitude: float | None


class FacetsRecord(_Record):
    """Events counted by what they can be found by."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "total": 2,
                "type": [{"term": "agreement", "events": 2}],
                "status": [{"term": "happened", "events": 2}],
                "actor": [{"term": "CHL", "events": 2}],
                "publisher": [{"term": "Andes Wire", "events": 2}],
                "place": [{"term": "Lima", "events": 2}],
            }
        },
    )
    total: int
    type: list[CountRecord]
    status: list[CountRecord]
    actor: list[CountRecord]
    publisher: list[CountRecord]
    place: list[CountRecord]


class JudgementRecord(BaseModel):
    """A judgement and how it stands."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "id": "j-0123456789abcdef0123",
                "kind": "reject",
                "who": "Ana",
                "when": "2024-05-01T10:00:00+00:00",
                "why": "The article says the opposite.",
                "state": "in force",
                "reason": None,
                "claims": [[_CLAIM_ID]],
            }
        },
    )
    id: str
    kind: str
    who: str
    when: str
    why: str
    state: str
    reason: str | None
    claims: list[list[str]]


class JudgementAsked(_Record):
    """A judgement to make."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"kind": "reject", "ids": [_CLAIM_ID], "why": "The article says the opposite."}
        },
    )
    kind: str = Field(
        description="join, part, reject, correct, grade or back",
        pattern="^(join|part|reject|correct|grade|back)$",
    )
    ids: list[str] = Field(
        default_factory=list,
        max_length=50,
        description="Claims or events; of `back` judgements; of `grade` the publisher",
    )
    slot: str | None = Field(None, max_length=40, description="Of `correct`: the slot")
    value: str | None = Field(
        None,
        max_length=2_000,
        description="Of `correct`: its value, as `foedus judge correct` takes it; of `grade`: A to F",
    )
    why: str = Field(min_length=1, max_length=1_000, description="The reason")


class ProblemAnswer(BaseModel):
    """What went wrong, after RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Not in this ledger",
                "status": 404,
                "detail": 'no claim "c-0"; ids of claims look like c-0123456789abcdef0123',
            }
        }
    )
    type: str
    title: str
    status: int
    detail: str


def page_of(record: type[BaseModel], name: str) -> dict[str, Any]:
    """The schema of a page of records: ``items`` in order, ``next`` the cursor of the next page or null."""
    example = record.model_config.get("json_schema_extra")
    one = example.get("example") if isinstance(example, dict) else None
    return {
        "description": f"A page of {name}",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["items", "next"],
                    "additionalProperties": False,
                    "properties": {
                        "items": {
                            "type": "array",
                            "items": {"$ref": f"#/components/schemas/{record.__name__}"},
                        },
                        "next": {
                            "type": ["string", "null"],
                            "description": "Give it as `after`; null at the end",
                        },
                        "total": {"type": "integer", "description": "All that are found; only of events"},
                    },
                },
                "example": {"items": [one], "next": None},
            }
        },
    }
