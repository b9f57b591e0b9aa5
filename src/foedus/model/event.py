"""Events, conflicts and reprints: what matching makes of claims (contract, sections 6 and 7)."""

from dataclasses import dataclass
from enum import StrEnum

from foedus.model.actor import Actor
from foedus.model.claim import ClaimType, Stage, Status
from foedus.model.when import When


class Slot(StrEnum):
    """The slots in which claims can contradict each other."""

    WHEN = "when"
    STATUS = "status"
    STAGE = "stage"
    QUANTITIES = "quantities"
    ACTORS = "actors"
    SUBJECT = "subject"
    RECURRENCE = "recurrence"


@dataclass(frozen=True, slots=True)
class StageRecord:
    """One step in the life of an agreement: its stage, time and the claims that tell it."""

    stage: Stage
    when: When | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Claims about one real-world thing, reconciled.

    Attributes:
        id: Stable for the same set of claims.
        type: Type of its claims.
        claims: Claim ids, in order of publication, then of place in the ledger.
        actors: Reconciled actors.
        subject: Reconciled subject, or None.
        when: Reconciled time, or None.
        status: Latest well-supported status.
        stage: Furthest stage reached, or None.
        sources: Number of independent articles; reprints count once.
        stages: Life of an agreement in order; empty for other types.
        confidence: Probability 0–1, from its claims and independent sources; None where it was not worked out.
            No part of the records.
    """

    id: str
    type: ClaimType
    claims: tuple[str, ...]
    actors: tuple[Actor, ...]
    subject: str | None
    when: When | None
    status: Status
    stage: Stage | None
    sources: int
    stages: tuple[StageRecord, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims of one event that cannot all be true.

    Attributes:
        id: Stable for the same sides.
        event: Event id.
        slot: Where they differ.
        sides: Claim ids by side, at least two sides.
        note: One plain sentence.
    """

    id: str
    event: str
    slot: Slot
    sides: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True, order=True)
class Reprint:
    """An article that repeats an earlier one: (document, number) of the copy and of the earliest copy."""

    document: str
    article: int
    original_document: str
    original_article: int
