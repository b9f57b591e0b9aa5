"""Writing what matching makes of the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Table, insert, select

from foedus.ledger import rows, schema
from foedus.model.claim import Claim
from foedus.model.copy import Repeat, Sample
from foedus.model.event import Conflict, Event, Reprint

_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Derived:
    """What matching makes of the facts: all of it, for the whole ledger or the part that is asked.

    Attributes:
        reprints: Copies of earlier articles.
        events: Claims about one thing.
        conflicts: Claims that cannot all be true.
        blocks: Key, day and claim id of every claim in each of its blocks, so that a part can be matched again.
        rejected: Ids of the claims that people rejected.
        corrected: The claims of which people corrected something, as they stand then.
        bound: Ids of the claims that people joined or parted, or whose event they corrected.
        repeats: What `reprints` follow from.
        samples: What copies of articles are found by; with `repeats`, so that they can be looked for again in part.
    """

    reprints: tuple[Reprint, ...] = ()
    events: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    blocks: tuple[tuple[int, int, str], ...] = ()
    rejected: tuple[str, ...] = ()
    corrected: tuple[Claim, ...] = ()
    bound: tuple[str, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    samples: tuple[Sample, ...] = ()


def insert_events(connection: Connection, events: Sequence[Event], conflicts: Iterable[Conflict]) -> None:
    """Add events with their claims and actors, and conflicts."""
    insert_all(connection, schema.events, map(rows.to_event_row, events))
    insert_all(
        connection,
        schema.event_claims,
        (
            {"event_id": event.id, "position": position, "claim_id": claim}
            for event in events
            for position, claim in enumerate(event.claims)
        ),
    )
    insert_all(
        connection,
        schema.event_actors,
        (row for event in events for row in rows.to_actor_rows("event_id", event.id, event.actors)),
    )
    insert_all(connection, schema.conflicts, map(rows.to_conflict_row, conflicts))


def insert_judged(
    connection: Connection, rejected: Sequence[str], corrected: Sequence[Claim], bound: Iterable[str]
) -> None:
    """Keep the claims that judgements change beside the facts, each in the place of the fact; and which they bind."""
    ids = [*rejected, *(claim.id for claim in corrected)]
    facts: dict[str, rows.Row] = {}
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        query = select(schema.claims).where(schema.claims.c.id.in_(ids[start : start + _ROWS_AT_ONCE]))
        facts.update((row["id"], dict(row)) for row in connection.execute(query).mappings())
    values = [{**facts[claim], "rejected": True} for claim in rejected if claim in facts]
    for claim in corrected:
        fact = facts.get(claim.id)
        if fact is None:  # another build took it away since; it marks the ledger for matching again
            continue
        row = rows.to_claim_row(claim, fact["document_id"], fact["position"])
        values.append({**row, "rejected": False})
    actors = [row for claim in corrected for row in rows.to_actor_rows("claim_id", claim.id, claim.actors)]
    insert_all(connection, schema.judged_claims, values)
    insert_all(connection, schema.judged_claim_actors, actors)
    insert_all(connection, schema.bound_claims, ({"claim_id": claim} for claim in sorted(bound)))


def insert_all(connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
    """Add rows, some thousand at a time."""
    waiting = iter(values)
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        connection.execute(insert(table), part)
