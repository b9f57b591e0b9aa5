"""How things stood on a day: agreements in force, who belonged to what, what was stationed where.

A pure function of events and their claims. What was planned or only asked for by then stands not; what began and
is not known to have ended stands. Where no day is told for something that happened, its publication has to do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.ledger import Ledger, Wanted
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.event import Event
from foedus.model.when import Precision, When
from foedus.views.actors import ActorNames
from foedus.views.chronology import tell_actors
from foedus.views.shapes import Column, Pages, Section, Table
from foedus.views.sources import Sources, load_sources

_CAME_TRUE = frozenset({Status.HAPPENED, Status.ONGOING})
_LEAVING = frozenset({Plover.REJECT, Plover.RETREAT})
# How an agreement stands after a stage; stages that change nothing are left out.
_AFTER: Mapping[Stage, str] = {
    Stage.SIGNED: "signed",
    Stage.RATIFIED: "ratified",
    Stage.IN_FORCE: "in force",
    Stage.EXTENDED: "in force",
    Stage.SUSPENDED: "suspended",
    Stage.TERMINATED: "",
}
_COLUMNS = (
    Column("what", weight=3),
    Column("who", weight=2),
    Column("stands"),
    Column("since", max_chars=14),
    Column("event"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands on a day.

    Attributes:
        event: Event that last changed it.
        how: ``signed``, ``ratified``, ``in force`` or ``suspended``; ``member``; ``stationed``.
        since: First day on which it may have stood so, or None when no day is told.
    """

    event: Event
    how: str
    since: date | None


@dataclass(frozen=True, slots=True)
class State:
    """How things stood on a day; each part by actors, then subject, then event.

    Attributes:
        agreements: Those signed and not ended, with how far they had come.
        memberships: Who belongs to what.
        deployments: What is stationed where.
    """

    agreements: tuple[Standing, ...] = ()
    memberships: tuple[Standing, ...] = ()
    deployments: tuple[Standing, ...] = ()


def find_state(
    events: Iterable[Event], claims: Mapping[str, Claim], published: Mapping[str, date], day: date
) -> State:
    """How things stood at the end of a day.

    Args:
        events: In any order.
        claims: Their claims by id.
        published: By claim id the day by which its article was out; of articles without a date nothing.
        day: The day.

    Two events of one thing (a force that came and one that went) meet by their actors and subject or place; the
    later one counts.
    """
    kinds: dict[ClaimType, list[Standing]] = {
        kind: [] for kind in (ClaimType.AGREEMENT, ClaimType.MEMBERSHIP, ClaimType.DEPLOYMENT)
    }
    latest: dict[tuple[object, ...], Standing] = {}
    for event in sorted(events, key=lambda event: event.id):
        own = [claims[claim] for claim in event.claims if claim in claims]
        if event.type is ClaimType.AGREEMENT:
            if standing := _find_agreement(event, claims, published, day):
                kinds[event.type].append(standing)
        elif event.type in kinds and event.status in _CAME_TRUE and own:
            standing = _find_lasting(event, own, published, day)
            if standing is None:
                continue
            key = (event.type, *_name_thing(event, own))
            before = latest.get(key)
            if before is None or (before.since or date.min) <= (standing.since or date.min):
                latest[key] = standing
    for standing in latest.values():
        if standing.how:
            kinds[standing.event.type].append(standing)
    return State(*(tuple(sorted(kinds[kind], key=_order)) for kind in kinds))


def describe_state(ledger: Ledger, names: ActorNames, code: str | None, day: date | None) -> Pages:
    """How things stood for an actor, or for all.

    Args:
        ledger: The ledger, or the part that had been published by the day.
        names: Names of actors.
        code: The actor; None is all.
        day: The day; None is the last on which an article of the ledger was published.
    """
    events = tuple(ledger.iter_events(Wanted(actor=code)))
    claims = ledger.claims(claim for event in events for claim in event.claims)
    sources = load_sources(ledger)
    published = find_published(claims.values(), sources)
    chosen = day or max(
        (out for article in sources.articles.values() if (out := _find_out(article))), default=None
    )
    state = State() if chosen is None else find_state(events, claims, published, chosen)
    parts = (
        ("Agreements", state.agreements),
        ("Memberships", state.memberships),
        ("Deployments", state.deployments),
    )
    sections = tuple(
        Section(heading, table=Table("", _COLUMNS, tuple(map(_to_row, standings))))
        if standings
        else Section(heading, paragraphs=("None known.",))
        for heading, standings in parts
    )
    title = f"{names.name(code)} ({code})" if code else "All actors"
    return Pages(f"{title}: how things stood", (("Day", str(chosen) if chosen else "no dates"),), sections)


def find_published(claims: Iterable[Claim], sources: Sources) -> dict[str, date]:
    """By claim id the day by which its article was out; of articles without one nothing."""
    days = {claim.id: _find_out(sources.article_of(claim)) for claim in claims}
    return {claim: day for claim, day in days.items() if day is not None}


def _find_out(article: Article | None) -> date | None:
    when = article.published if article else None
    return (when.last or when.first) if when else None


def _find_agreement(
    event: Event, claims: Mapping[str, Claim], published: Mapping[str, date], day: date
) -> Standing | None:
    """The last stage by then that changed how it stands; None if none did, or the last ended it."""
    how, since = "", None
    for record in event.stages:
        if record.stage not in _AFTER:
            continue
        done = [claims[claim] for claim in record.claims if claim in claims]
        done = [claim for claim in done if claim.status in _CAME_TRUE]
        begun = _find_begin(record.when, done, published)
        if done and begun is not None and begun <= day:
            ended = _AFTER[record.stage] == "in force" and _is_over(record.when, day)
            how, since = ("", None) if ended else (_AFTER[record.stage], begun)
    return Standing(event, how, since) if how else None


def _find_lasting(
    event: Event, own: list[Claim], published: Mapping[str, date], day: date
) -> Standing | None:
    """A membership or a deployment as it stood: with an empty `how` where it ended; None if it is of later."""
    begun = _find_begin(event.when, own, published)
    if begun is None or begun > day:
        return None
    leaving = sum(claim.plover in _LEAVING for claim in own)
    if 2 * leaving > len(own) or _is_over(event.when, day):
        return Standing(event, "", begun)
    return Standing(event, "member" if event.type is ClaimType.MEMBERSHIP else "stationed", begun)


def _find_begin(when: When | None, claims: list[Claim], published: Mapping[str, date]) -> date | None:
    """When it may have begun at the earliest: its first day, else when it was first told."""
    if when is not None and when.first is not None:
        return when.first
    return min((published[claim.id] for claim in claims if claim.id in published), default=None)


def _is_over(when: When | None, day: date) -> bool:
    """Whether a stretch of days or years that a text names had passed; a vague day or month is no stretch."""
    if when is None or when.first is None or when.last is None or when.last >= day:
        return False
    days = (when.last - when.first).days + 1
    return when.precision is Precision.YEARS or (when.precision is Precision.DAY and days > 1)


def _name_thing(event: Event, own: list[Claim]) -> tuple[object, ...]:
    codes = tuple(sorted({actor.code for actor in event.actors}))
    places = sorted({place.casefold() for claim in own for place in claim.place})
    return codes, (event.subject or "").casefold(), tuple(places)


def _order(standing: Standing) -> tuple[object, ...]:
    event = standing.event
    return tell_actors(event.actors), event.subject or "", event.id


def _to_row(standing: Standing) -> tuple[str, ...]:
    event = standing.event
    return (
        event.subject or event.type.value.replace("_", " "),
        tell_actors(event.actors),
        standing.how,
        str(standing.since or ""),
        event.id,
    )
