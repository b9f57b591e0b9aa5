"""Dossiers: all that a ledger holds on one actor, or between two."""

from collections import Counter
from collections.abc import Sequence

from foedus.ledger import Ledger, Wanted
from foedus.model.claim import ClaimType
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.chronology import make_event_table
from foedus.views.cite import Citer
from foedus.views.shapes import Column, Pages, Section, Sentence, Table
from foedus.views.sources import load_sources
from foedus.views.wording import to_short_when

_PARTNERS = (Column("actor"), Column("code"), Column("events"), Column("latest"))
_TYPES = (Column("kind"), Column("events"), Column("latest"))


def describe_actor(ledger: Ledger, names: ActorNames, code: str) -> Pages:
    """One actor: with whom, what, and all its events by time."""
    events = tuple(ledger.iter_events(Wanted(actor=code)))
    partners = Section("With whom", table=_count_partners(events, code, names))
    return _describe(ledger, f"{names.name(code)} ({code})", events, (partners,))


def describe_dyad(ledger: Ledger, names: ActorNames, dyad: tuple[str, str]) -> Pages:
    """Two actors: what is between them, and all events of both by time."""
    events = tuple(ledger.iter_events(Wanted(dyad=dyad)))
    title = " and ".join(f"{names.name(code)} ({code})" for code in dyad)
    return _describe(ledger, title, events, ())


def tell_conflicts(ledger: Ledger, events: Sequence[Event], citer: Citer) -> tuple[Sentence, ...]:
    """What sources disagree on about these events, with the words of each side."""
    wanted = {event.id for event in events}
    conflicts = [conflict for conflict in ledger.iter_conflicts() if conflict.event in wanted]
    claims = ledger.claims(side[0] for conflict in conflicts for side in conflict.sides)
    sources = load_sources(ledger, claims.values())
    told = []
    for conflict in conflicts:
        sides = [claims[side[0]] for side in conflict.sides if side[0] in claims]
        numbers = tuple(citer.cite(claim, sources.article_of(claim)) for claim in sides)
        told.append(Sentence(conflict.note, numbers, conflict.event, is_doubt=True))
    return tuple(told)


def _describe(ledger: Ledger, title: str, events: tuple[Event, ...], sections: tuple[Section, ...]) -> Pages:
    citer = Citer()
    doubts = tell_conflicts(ledger, events, citer)
    claims = sum(len(event.claims) for event in events)
    facts = (("Events", f"{len(events):,}"), ("Claims", f"{claims:,}"), ("Span", _find_span(events)))
    return Pages(
        title,
        facts,
        (
            *sections,
            Section("What", table=_count_types(events)),
            Section("Events", table=make_event_table("", events, ledger)),
            *((Section("Sources disagree", sentences=doubts),) if doubts else ()),
        ),
        citer.list(),
    )


def _count_partners(events: Sequence[Event], code: str, names: ActorNames) -> Table:
    counts: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for event in events:
        for partner in sorted({actor.code for actor in event.actors} - {code}):
            counts[partner] += 1
            latest[partner] = to_short_when(event.when) or latest.get(partner, "")
    ranked = sorted(counts, key=lambda partner: (-counts[partner], partner))
    return Table("", _PARTNERS, tuple((names.name(p), p, counts[p], latest[p]) for p in ranked))


def _count_types(events: Sequence[Event]) -> Table:
    counts = Counter(event.type for event in events)
    latest: dict[ClaimType, str] = {}
    for event in events:
        latest[event.type] = to_short_when(event.when) or latest.get(event.type, "")
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind.value))
    rows = tuple((kind.value.replace("_", " "), counts[kind], latest[kind]) for kind in ranked)
    return Table("", _TYPES, rows)


def _find_span(events: Sequence[Event]) -> str:
    days = [day for event in events if event.when for day in (event.when.first, event.when.last) if day]
    return f"{min(days)} to {max(days)}" if days else "no dates"
