"""Conflicts as a table: those that are open, and those that people settled."""

from foedus.ledger import Ledger, Wanted
from foedus.matching import Weighed, match_claims
from foedus.model.event import Conflict
from foedus.model.judgement import State
from foedus.views.judged import find_bearing, weigh_ledger
from foedus.views.shapes import Cell, Column, Table

_COLUMNS = (
    Column("event"),
    Column("slot"),
    Column("what sources say", weight=3),
    Column("standing", weight=2),
)


def tabulate_conflicts(ledger: Ledger) -> Table:
    """Open conflicts by event and slot, then those that would be there without what people judged."""
    weighed = weigh_ledger(ledger)
    opened = tuple(ledger.iter_conflicts())
    rows: list[tuple[Cell, ...]] = [
        (conflict.event, conflict.slot.value, conflict.note, "open") for conflict in opened
    ]
    known = {(conflict.slot, conflict.sides) for conflict in opened}
    for conflict in _find_unjudged(ledger, weighed):
        if (conflict.slot, conflict.sides) not in known:
            claims = [claim for side in conflict.sides for claim in side]
            bearing = [item for item in find_bearing(weighed, claims) if item.state is State.IN_FORCE]
            if not bearing:
                continue
            by = "; ".join(
                f"{item.judgement.id}, {item.judgement.who}: {item.judgement.why}" for item in bearing
            )
            event = next(iter(ledger.events_of(claims).values()), None)
            rows.append((event, conflict.slot.value, conflict.note, f"settled by {by}"))
    return Table("Conflicts", _COLUMNS, tuple(rows), None if rows else "No conflicts.")


def _find_unjudged(ledger: Ledger, weighed: Weighed) -> tuple[Conflict, ...]:
    """Conflicts that judged claims would be in if nobody had judged.

    Looked for among the claims as they were coded that may share an event with a judged one: those of its event
    now, and those of its type with an actor in common.
    """
    judged = {
        claim
        for standing in weighed.standings
        if standing.state is State.IN_FORCE
        for side in standing.claims
        for claim in side
    }
    if not judged:
        return ()
    events = ledger.events(ledger.events_of(judged).values())
    ids = judged.union(*(event.claims for event in events.values()))
    around = {
        (claim.type, actor.code) for claim in ledger.coded_claims(judged).values() for actor in claim.actors
    }
    for kind, code in sorted(around):
        ids.update(claim.id for claim in ledger.iter_claims(Wanted(type=kind, actor=code)))
    claims = tuple(ledger.coded_claims(ids).values())
    documents = sorted({claim.document for claim in claims})
    articles = [article for name in documents for article in ledger.iter_articles(document=name)]
    _, conflicts = match_claims(claims, articles, ledger.reprints())
    # A correction of an event settles what other claims of it disagree on.
    near = judged.union(*(event.claims for event in events.values()))
    return tuple(
        conflict
        for conflict in conflicts
        if not near.isdisjoint(claim for side in conflict.sides for claim in side)
    )
