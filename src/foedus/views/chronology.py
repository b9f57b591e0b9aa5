"""Claims, events and problems as tables."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from foedus.ledger import Ledger, Wanted
from foedus.model.actor import Actor, Role
from foedus.model.claim import Claim, ClaimType, Stage, Status
from foedus.model.event import Event
from foedus.model.run import Problem
from foedus.views.sentences import find_voice
from foedus.views.shapes import Cell, Column, Table
from foedus.views.sources import Sources, load_sources
from foedus.views.wording import to_short_when

_Value = TypeVar("_Value")

_CLAIM_COLUMNS = (
    Column("when", max_chars=14),
    Column("what", weight=3),
    Column("who", weight=2),
    Column("source", weight=2),
    Column("conf."),
    Column("evidence", weight=6),
)
_EVENT_COLUMNS = (
    Column("when", max_chars=14),
    Column("what", weight=3),
    Column("who", weight=2),
    Column("sources"),
    Column("conf."),
    Column("event and evidence", weight=6),
)
_PROBLEM_COLUMNS = (
    Column("item", weight=3),
    Column("step"),
    Column("problem"),
    Column("what it is and what to do", weight=4),
)


def tabulate_claims(ledger: Ledger, wanted: Wanted, *, limit: int | None = None) -> Table:
    """Claims by document and place in it, each with its evidence.

    Args:
        ledger: Where they are.
        wanted: Which.
        limit: At most so many rows; None is all.
    """
    claims, note = _take(ledger.iter_claims(wanted), limit, "claims")
    sources = load_sources(ledger, claims)
    return Table("Claims", _CLAIM_COLUMNS, tuple(to_claim_row(claim, sources) for claim in claims), note)


def tabulate_events(ledger: Ledger, wanted: Wanted, *, limit: int | None = None) -> Table:
    """Events by time, each with the evidence of its surest claim.

    Args:
        ledger: Where they are.
        wanted: Which.
        limit: At most so many rows; None is all.
    """
    events, note = _take(ledger.iter_events(wanted), limit, "events")
    return make_event_table("Events", events, ledger, note=note)


def make_event_table(
    title: str, events: Sequence[Event], ledger: Ledger, *, note: str | None = None
) -> Table:
    """A table of the events given, in their order."""
    claims = ledger.claims(claim for event in events for claim in event.claims)
    return Table(title, _EVENT_COLUMNS, tuple(_to_event_row(event, claims) for event in events), note)


def tabulate_problems(problems: Iterable[Problem]) -> Table:
    """What could not be read or coded, by item."""
    rows = tuple((problem.item, problem.step.value, problem.code, problem.message) for problem in problems)
    return Table("Problems", _PROBLEM_COLUMNS, rows, None if rows else "No problems.")


def to_claim_row(claim: Claim, sources: Sources) -> tuple[Cell, ...]:
    """The cells of a claim: time, what, who, source, confidence, evidence with its place."""
    article = sources.article_of(claim)
    return (
        to_short_when(claim.when),
        tell_kind(claim.type, claim.stage, claim.status, claim.subject),
        tell_actors(claim.actors),
        find_voice(claim, article),
        f"{claim.confidence:.2f}",
        tell_evidence(claim),
    )


def tell_evidence(claim: Claim) -> str:
    """The words of a claim, and on a line of its own where they stand."""
    quote = " ".join(claim.quote.split())
    return f"“{quote}”\n{claim.document}, characters {claim.evidence.start}–{claim.evidence.end}"


def tell_kind(claim_type: ClaimType, stage: Stage | None, status: Status, subject: str | None) -> str:
    """``agreement signed, happened: action plan``."""
    words = [claim_type.value.replace("_", " "), *([stage.value.replace("_", " ")] if stage else [])]
    return f"{' '.join(words)}, {status.value}" + (f": {subject}" if subject else "")


def tell_actors(actors: Iterable[Actor]) -> str:
    """``RUS, BLR`` for those who do it together, ``USA → IRQ`` from source to target."""
    sides: dict[bool, list[str]] = {False: [], True: []}
    for actor in actors:
        sides[actor.role is Role.TARGET].append(actor.code)
    doing, done_to = ", ".join(sides[False]), ", ".join(sides[True])
    return f"{doing} → {done_to}".strip() if done_to else doing


def _to_event_row(event: Event, claims: Mapping[str, Claim]) -> tuple[Cell, ...]:
    own = [claims[claim] for claim in event.claims if claim in claims]
    surest = max(own, key=lambda claim: claim.confidence, default=None)
    confidence = event.confidence if event.confidence is not None else surest.confidence if surest else None
    return (
        to_short_when(event.when),
        tell_kind(event.type, event.stage, event.status, event.subject),
        tell_actors(event.actors),
        event.sources,
        None if confidence is None else f"{confidence:.2f}",
        f"{event.id}\n{tell_evidence(surest)}" if surest else event.id,
    )


def _take(values: Iterable[_Value], limit: int | None, noun: str) -> tuple[list[_Value], str | None]:
    """The first of the values, and a note if there are more."""
    if limit is None:
        return list(values), None
    found = list(islice(values, limit + 1))
    note = f"The first {limit} {noun}; --limit shows more." if len(found) > limit else None
    return found[:limit], note
