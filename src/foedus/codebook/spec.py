"""The shapes of the codebook: types with their cues and examples, actors with their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from foedus.model.actor import Actor
from foedus.model.claim import ClaimType, Plover, Quantity, Stage, Status
from foedus.model.span import Span


class CuePart(StrEnum):
    """Part of speech in which a cue word counts."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or fixed phrase that may carry a claim of a type.

    Attributes:
        lemma: Lemma in lower case; for `PHRASE` lemmas joined by a space (``sign up``, ``war game``).
        part: Part of speech.
        stage: Stage it gives an agreement or a transfer, or None.
        plover: PLOVER root where it differs from the type's, or None.
    """

    lemma: str
    part: CuePart
    stage: Stage | None = None
    plover: Plover | None = None


@dataclass(frozen=True, slots=True)
class ExpectedClaim:
    """What a careful analyst would write of a passage; the contract's slots without machine ones.

    Attributes:
        cue: The one word of the passage that carries the deed, as written (``signed``).
        cue_span: Where it stands in the passage's text.
        evidence: Exact substring of the passage that holds `cue`.
        evidence_span: Where it stands in the passage's text.
        when: Days, or None; its `text` and `basis` are not given in examples.
    """

    type: ClaimType
    cue: str
    cue_span: Span
    evidence: str
    evidence_span: Span
    status: Status
    stage: Stage | None = None
    plover: Plover | None = None
    actors: tuple[Actor, ...] = ()
    agents: tuple[str, ...] = ()
    subject: str | None = None
    place: tuple[str, ...] = ()
    when: tuple[date | None, date | None] | None = None
    attributed_to: str | None = None
    via: tuple[str, ...] = ()
    recurrence: str | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of our own with all the claims it holds; none makes it a counter-example.

    Attributes:
        id: File stem and position, ``agreement-example-3``.
        text: One to a few sentences, or an article.
        published: Day it is supposed to have appeared, or None.
        style: Manner of writing: agency, ministry, state_media, blog, think_tank, wire, headline, digest,
            interview.
        region: Part of the world it is about, for splits by region.
        held_out: Whether it is never trained on.
        claims: All claims, in order of their cue.
        look_alike: For a counter-example, the type it must not be taken for.
    """

    id: str
    text: str
    published: date | None
    style: str
    region: str
    held_out: bool
    claims: tuple[ExpectedClaim, ...]
    look_alike: ClaimType | None = None


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """One claim type as the codebook defines it.

    Attributes:
        type: The contract's word.
        title: For people.
        definition: What it covers, one paragraph.
        source: Where the definition comes from.
        plover: Usual PLOVER root where `plover_by` says nothing.
        plover_by: PLOVER root by stage or status word.
        symmetric: Whether its actors are by default all `both`.
        roles: In words: who is source, who is target.
        cues: By language code.
        look_alikes: Type it is confused with to how to tell them apart.
        examples: Passages with claims of this type, from its own file; empty unless asked for.
        counter_examples: Passages that look like it and are not, from its own file; as above.
    """

    type: ClaimType
    title: str
    definition: str
    source: str
    plover: Plover
    plover_by: Mapping[str, Plover]
    symmetric: bool
    roles: str
    cues: Mapping[str, tuple[Cue, ...]]
    look_alikes: Mapping[ClaimType, str]
    examples: tuple[Passage, ...]
    counter_examples: tuple[Passage, ...]

    def plover_for(self, stage: Stage | None, status: Status) -> Plover:
        """The usual root at a stage and status: that of the stage, else of the status, else of the type."""
        if stage is not None and stage.value in self.plover_by:
            return self.plover_by[stage.value]
        return self.plover_by.get(status.value, self.plover)


class ActorKind(StrEnum):
    """What kind of actor a code stands for."""

    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"


class NameKind(StrEnum):
    """How a name stands for its actor."""

    NAME = "name"  # France
    ADJECTIVE = "adjective"  # French
    DEMONYM = "demonym"  # Frenchman, Poles
    CAPITAL = "capital"  # Paris, The Hague: a place when used as a place
    SEAT = "seat"  # the Élysée, the Kremlin, the Pentagon
    BODY = "body"  # Bundeswehr, Knesset, UNIFIL: acts for the actor and is an agent by its own name
    PLACE = "place"  # Kandahar, Guantánamo: on the state's soil, and no more than that
    PREFIX = "prefix"  # Franco, Sino: only before a hyphen


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name of an actor.

    Attributes:
        text: As written, case counts; the article "the" left out, but for "the West".
        kind: How it stands for the actor.
        code: The actor.
        ambiguous: Whether it is as often something or somebody else. Such a name counts only in an article
            that also has one of `context`, or an unambiguous name of the same actor. Of several actors that
            share a name, the one whose `context` is met has it, else the one for whom it is not ambiguous.
        context: Words that make an ambiguous name this actor's.
        unless: Words that, in the same sentence, make it something else.
    """

    text: str
    kind: NameKind
    code: str
    ambiguous: bool = False
    context: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of an organisation over time, both days inclusive; None is open, or not known."""

    code: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ActorSpec:
    """A state, organisation or group.

    Attributes:
        code: As in the contract.
        kind: What it is.
        name: Usual English name.
        names: All names.
        cow: Correlates of War numeric code, states only.
        alpha2: ISO 3166-1 alpha-2, states only.
        since: Day it began as an actor, where that matters.
        until: Last day of its life (USSR, Yugoslavia), or None.
        members: For organisations; empty where they are too many, or no matter.
        home: For groups: states it is at home in, the first one mainly.
    """

    code: str
    kind: ActorKind
    name: str
    names: tuple[ActorName, ...]
    cow: int | None = None
    alpha2: str | None = None
    since: date | None = None
    until: date | None = None
    members: tuple[Membership, ...] = ()
    home: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """Types and actors, loaded and checked.

    Attributes:
        types: By type, all 21.
        actors: By code.
        fingerprint: SHA-256 of the data files; part of the version that a ledger's facts carry.
        not_actors: Phrases that hold a name of an actor and do not mean it ("Niger Delta", "Washington
            Post"); the longest match wins, so they take their words from it.
        passages: All passages, those of the type files first; empty unless examples were asked for.
        places: Names of cities, regions, islands, bases and ports, each with the state whose soil it is. A
            place is no actor. Capitals are among the names of their states and not here.
    """

    types: Mapping[ClaimType, TypeSpec]
    actors: Mapping[str, ActorSpec]
    fingerprint: str
    not_actors: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
