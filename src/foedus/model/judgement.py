"""Judgements: what people decide about claims, events and sources, with who, when and why.

A judgement is added, and may be taken back by another one; none is ever changed or deleted. It names claims by
what they are, not by where a ledger keeps them, so that it outlives rebuilds, new versions and new documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from foedus.model.actor import Actor
from foedus.model.claim import Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.when import When

#: What a slot may be corrected to: None and the empty tuple say that there is none.
Value = (
    When | Status | Stage | Plover | str | tuple[Actor, ...] | tuple[str, ...] | tuple[Quantity, ...] | None
)


class Kind(StrEnum):
    """What a judgement does."""

    JOIN = "join"
    PART = "part"
    REJECT = "reject"
    CORRECT = "correct"
    GRADE = "grade"
    BACK = "back"


class Scope(StrEnum):
    """Whether one claim or a whole event is corrected."""

    CLAIM = "claim"
    EVENT = "event"


class Correctable(StrEnum):
    """Slots that people may correct, by the contract's names."""

    ACTORS = "actors"
    SUBJECT = "subject"
    WHEN = "when"
    STATUS = "status"
    STAGE = "stage"
    PLACE = "place"
    QUANTITIES = "quantities"
    RECURRENCE = "recurrence"
    AGENTS = "agents"
    ATTRIBUTED_TO = "attributed_to"
    VIA = "via"
    PLOVER = "plover"


#: The slots that an event has.
EVENT_SLOTS = (
    Correctable.ACTORS,
    Correctable.SUBJECT,
    Correctable.WHEN,
    Correctable.STATUS,
    Correctable.STAGE,
)


class Reliability(StrEnum):
    """The Admiralty letters for a source. They are names, not numbers: no distance lies between them.

    Source: STANAG 2511, annex: reliability of the source.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


#: The letters in words.
RELIABILITY_WORDS: Mapping[Reliability, str] = MappingProxyType(
    {
        Reliability.A: "completely reliable",
        Reliability.B: "usually reliable",
        Reliability.C: "fairly reliable",
        Reliability.D: "not usually reliable",
        Reliability.E: "unreliable",
        Reliability.F: "reliability cannot be judged",
    }
)


@dataclass(frozen=True, slots=True)
class ClaimName:
    """A claim named so that it is found again after its document or the coder has changed.

    Attributes:
        id: Its id when it was judged.
        document: Name of its document then.
        digest: SHA-256 of that document's bytes, or None when it is not known.
        type: Its type.
        subject: Its subject, or None; tells claims on the same words apart.
        start: Where its evidence began.
        quote: The words that carry it.
    """

    id: str
    document: str
    digest: str | None
    type: ClaimType
    subject: str | None
    start: int
    quote: str


def name_claim(claim: Claim, digest: str | None) -> ClaimName:
    """The name of a claim as it was coded; `digest` is that of its document's bytes."""
    return ClaimName(
        claim.id, claim.document, digest, claim.type, claim.subject, claim.evidence.start, claim.quote
    )


@dataclass(frozen=True, slots=True)
class Join:
    """These are one thing: at least two sides, each a claim or all claims that an event had."""

    sides: tuple[tuple[ClaimName, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """These are not one thing: no claim of one side belongs to the event of a claim of another."""

    sides: tuple[tuple[ClaimName, ...], ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """The claim is wrong: its article does not say so, or it is not worth a claim."""

    claim: ClaimName


@dataclass(frozen=True, slots=True)
class Correct:
    """A slot has this value.

    Attributes:
        scope: Whether `claims` is one claim, or all claims that an event had.
        claims: At least one.
        slot: The slot.
        value: Its value; see `Value`.
    """

    scope: Scope
    claims: tuple[ClaimName, ...]
    slot: Correctable
    value: Value


@dataclass(frozen=True, slots=True)
class Grade:
    """A publisher is so reliable."""

    publisher: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Back:
    """The judgement of this id does not hold any more."""

    judgement: str


Verdict = Join | Part | Reject | Correct | Grade | Back

_KINDS: Mapping[type[object], Kind] = MappingProxyType(
    {
        Join: Kind.JOIN,
        Part: Kind.PART,
        Reject: Kind.REJECT,
        Correct: Kind.CORRECT,
        Grade: Kind.GRADE,
        Back: Kind.BACK,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person; `foedus.model.judgement_records.make_judgement` makes it.

    Attributes:
        id: Follows from all else: the same decision by the same person in the same second is one.
        who: Who decided; never empty.
        when: When, UTC, whole seconds.
        why: The reason given; never empty.
        verdict: What was decided.
    """

    id: str
    who: str
    when: datetime
    why: str
    verdict: Verdict

    @property
    def kind(self) -> Kind:
        """What it does."""
        return _KINDS[type(self.verdict)]

    @property
    def names(self) -> tuple[ClaimName, ...]:
        """All claims that it names, in its order."""
        match self.verdict:
            case Join(sides) | Part(sides):
                return tuple(name for side in sides for name in side)
            case Reject(claim):
                return (claim,)
            case Correct(_, claims, _, _):
                return claims
        return ()


class State(StrEnum):
    """How a judgement stands in a ledger."""

    IN_FORCE = "in force"
    WAITING = "waiting"
    CONTRADICTED = "contradicted"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement and how it stands in a ledger.

    Attributes:
        judgement: The judgement.
        state: Whether it has an effect.
        reason: Why it has none, one line without full stop; None when it is in force.
        against: Ids of the judgements that it contradicts or that took it back, sorted.
        claims: Ids of the claims that it names and that are here, a tuple a side.
    """

    judgement: Judgement
    state: State
    reason: str | None = None
    against: tuple[str, ...] = ()
    claims: tuple[tuple[str, ...], ...] = ()
