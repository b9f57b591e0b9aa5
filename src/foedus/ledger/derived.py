"""Writing what matching makes of the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Table, insert

from foedus.ledger import rows, schema
from foedus.model.claim import Claim
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
    """

    reprints: tuple[Reprint, ...] = ()
    events: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    blocks: tuple[tuple[int, int, str], ...] = ()
    rejected: tuple[str, ...] = ()
    corrected: tuple[Claim, ...] = ()


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


def insert_all(connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
    """Add rows, some thousand at a time."""
    waiting = iter(values)
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        connection.execute(insert(table), part)
