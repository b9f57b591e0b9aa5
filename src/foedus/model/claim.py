"""A claim: typed, dated, attributed, tied to the words that carry it (contract, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foedus.model.actor import Actor
from foedus.model.span import Span
from foedus.model.when import When


class ClaimType(StrEnum):
    """The 21 types of the contract, section 3, in its order."""

    AGREEMENT = "agreement"
    EXERCISE = "exercise"
    TRAINING = "training"
    DEPLOYMENT = "deployment"
    JOINT_FORCE = "joint_force"
    TRANSFER = "transfer"
    INDUSTRY = "industry"
    INFRASTRUCTURE = "infrastructure"
    FUNDING = "funding"
    CONSULTATION = "consultation"
    MEMBERSHIP = "membership"
    INTELLIGENCE = "intelligence"
    AID = "aid"
    APPEAL = "appeal"
    REFUSAL = "refusal"
    ACCUSATION = "accusation"
    THREAT = "threat"
    BUILDUP = "buildup"
    SANCTION = "sanction"
    CLASH = "clash"
    RELATIONS = "relations"


class Stage(StrEnum):
    """Where an agreement or a transfer stands in its life."""

    PROPOSED = "proposed"
    NEGOTIATED = "negotiated"
    APPROVED = "approved"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    PUBLISHED = "published"
    AMENDED = "amended"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REJECTED = "rejected"
    CITED = "cited"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


AGREEMENT_STAGES = (
    Stage.PROPOSED,
    Stage.NEGOTIATED,
    Stage.APPROVED,
    Stage.SIGNED,
    Stage.RATIFIED,
    Stage.IN_FORCE,
    Stage.PUBLISHED,
    Stage.AMENDED,
    Stage.EXTENDED,
    Stage.SUSPENDED,
    Stage.TERMINATED,
    Stage.REJECTED,
    Stage.CITED,
)
TRANSFER_STAGES = (Stage.NEGOTIATED, Stage.ORDERED, Stage.DELIVERED, Stage.CANCELLED)


class Status(StrEnum):
    """Whether it is so, according to the words."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PROPOSED = "proposed"
    POSSIBLE = "possible"
    DENIED = "denied"


class Plover(StrEnum):
    """PLOVER root codes."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    CONCEDE = "CONCEDE"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Bound(StrEnum):
    """Whether a number is a floor or a ceiling."""

    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number the claim gives.

    Attributes:
        value: The number, or the low end of a range.
        max: The high end of a range, or None.
        unit: ISO 4217 code for money, a unit symbol (``km``), or None for a count.
        of: What is counted (``troops``), or None.
        bound: Floor or ceiling, or None.
        approximate: Whether the words hedge it ("about").
    """

    value: float
    max: float | None
    unit: str | None
    of: str | None
    bound: Bound | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. Empty tuples mean that the text names none.

    Attributes:
        id: Stable over builds: the same input and version give the same id.
        document: Name of the document.
        article: Number of the article in it.
        type: One of the 21 types.
        stage: For agreements and transfers; else None.
        plover: PLOVER root.
        actors: States and organisations in their roles, in order of mention.
        agents: Named people and bodies that act, are acted on or speak.
        subject: The thing itself by name, or a short noun phrase, or None.
        place: Names of places.
        when: Time of what is claimed, or None.
        status: Whether it is so.
        attributed_to: Who says it, or None for the article's own voice.
        via: Outlets through which the words came, nearest first.
        recurrence: ISO 8601 duration, or None.
        quantities: Numbers it gives.
        evidence: The clause or sentence that carries it.
        spans: Slot name to the words behind its value, for every slot that is not empty.
        confidence: Probability 0–1 that the claim is right.
    """

    id: str
    document: str
    article: int
    type: ClaimType
    stage: Stage | None
    plover: Plover
    actors: tuple[Actor, ...]
    agents: tuple[str, ...]
    subject: str | None
    place: tuple[str, ...]
    when: When | None
    status: Status
    attributed_to: str | None
    via: tuple[str, ...]
    recurrence: str | None
    quantities: tuple[Quantity, ...]
    evidence: Span
    quote: str
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    confidence: float = 0.0
