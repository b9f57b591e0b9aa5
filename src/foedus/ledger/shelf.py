"""A ledger while it is matched again in part: claims and blocks to read, and what takes the place of what.

All of it happens in one transaction: a matching that is cut off leaves the ledger as it was, and due.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, tuple_

from foedus.ledger import rows, schema
from foedus.ledger.connect import to_driver_sql
from foedus.ledger.derived import insert_all, insert_events, insert_judged
from foedus.ledger.listing import renew_listing
from foedus.ledger.queries import articles_query, claims_query, events_query, from_event_rows
from foedus.ledger.rack import Rack, load_reprints
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Conflict, Event, Reprint

_ROWS_AT_ONCE = 500

_Row = tuple[int, int, str]
_Position = tuple[int, str]

_BLOCK = "SELECT day, claim_id FROM blocks WHERE key = ? ORDER BY day, claim_id LIMIT ?"
_BEFORE = (
    "SELECT day, claim_id FROM blocks WHERE key = ? AND (day, claim_id) < (?, ?)"
    " ORDER BY day DESC, claim_id DESC LIMIT ?"
)
_FROM = "SELECT day, claim_id FROM blocks WHERE key = ? AND (day, claim_id) >= (?, ?) ORDER BY day, claim_id LIMIT ?"


class Shelf:
    """Reads claims and blocks for `foedus.matching.rematch`, and keeps what comes of it.

    Attributes:
        due: Claims that are new, changed or no more, and the names of the documents they are or were in.
        documents: Names of documents that are new or changed.
        rack: What copies of articles are found by.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = connection.execute(select(schema.due.c.claim_id, schema.due.c.document))
        self.due: Mapping[str, str] = {row.claim_id: row.document for row in found}
        self.documents = frozenset(connection.execute(select(schema.due_documents.c.document)).scalars())
        self.rack = Rack(connection)

    def take_rows(self, claims: Collection[str]) -> list[_Row]:
        """The rows of these claims, which are then no more."""
        taken: list[_Row] = []
        table = schema.blocks
        for part in _iter_parts(claims):
            found = self._connection.execute(select(table).where(table.c.claim_id.in_(part)))
            taken.extend((row.key, row.day, row.claim_id) for row in found)
            self._connection.execute(delete(table).where(table.c.claim_id.in_(part)))
        return taken

    def add_rows(self, rows: Iterable[_Row]) -> None:
        """Keep rows."""
        insert_all(self._connection, schema.blocks, map(to_block_row, sorted(rows)))

    def load_block(self, key: int, limit: int) -> list[_Position]:
        """The first members of a block in the order of positions, at most `limit`."""
        return self._ask(_BLOCK, key, limit)

    def load_near(self, key: int, position: _Position, count: int) -> list[_Position]:
        """Members of a block, at most `count` before a position and `count` after it, and it itself, sorted."""
        before = self._ask(_BEFORE, key, *position, count)
        after = self._ask(_FROM, key, *position, count + 1)
        is_here = bool(after) and after[0] == position
        return [*reversed(before), *(after if is_here else after[:count])]

    def load_claims(self, claims: Collection[str]) -> list[Claim]:
        """Those of these claims that there are, with all other claims of their articles."""
        found: dict[str, Claim] = {}
        table = schema.claims.c
        for part in _iter_parts(claims):
            articles = select(table.document_id, table.article).where(table.id.in_(part))
            query = claims_query().where(tuple_(table.document_id, table.article).in_(articles))
            for row in self._connection.execute(query):
                if row.id not in found:
                    found[row.id] = rows.from_claim_row(row)
        return list(found.values())

    def load_claims_of(self, articles: Collection[tuple[str, int]]) -> list[Claim]:
        """All claims of some articles."""
        wanted = {*articles}
        found: list[Claim] = []
        for part in _iter_parts({document for document, _ in wanted}):
            query = claims_query().where(schema.documents.c.name.in_(part))
            claims = map(rows.from_claim_row, self._connection.execute(query))
            found.extend(claim for claim in claims if (claim.document, claim.article) in wanted)
        return found

    def load_articles(self, articles: Collection[tuple[str, int]]) -> list[Article]:
        """Those of these articles that there are."""
        wanted = {*articles}
        found: list[Article] = []
        for part in _iter_parts({document for document, _ in wanted}):
            query = articles_query().where(schema.documents.c.name.in_(part))
            read = map(rows.from_article_row, self._connection.execute(query))
            found.extend(article for article in read if (article.document, article.number) in wanted)
        return found

    def load_reprints(self, articles: Collection[tuple[str, int]]) -> list[Reprint]:
        """Reprints in which any of these articles is the copy or the original."""
        return load_reprints(self._connection, articles)

    def load_judged(self) -> tuple[frozenset[str], dict[str, Claim], frozenset[str]]:
        """At the last matching: ids of rejected claims, corrected claims by id as they stood, ids of bound claims."""
        table = schema.judged_claims
        rejected = self._connection.execute(select(table.c.id).where(table.c.rejected)).scalars()
        query = claims_query(table).where(table.c.rejected.is_(False))
        corrected = map(rows.from_claim_row, self._connection.execute(query))
        bound = self._connection.execute(select(schema.bound_claims.c.claim_id)).scalars()
        return frozenset(rejected), {claim.id: claim for claim in corrected}, frozenset(bound)

    def replace_judged(
        self, rejected: Sequence[str], corrected: Sequence[Claim], bound: Iterable[str]
    ) -> None:
        """Keep what judgements reject, correct and bind now."""
        for table in (schema.bound_claims, schema.judged_claim_actors, schema.judged_claims):
            self._connection.execute(delete(table))
        insert_judged(self._connection, rejected, corrected, bound)

    def replace(
        self,
        claims: Collection[str],
        events: Sequence[Event],
        conflicts: Iterable[Conflict],
        *,
        changed: Collection[str],
    ) -> None:
        """Put events and conflicts in the place of those that hold any of some claims; nothing is due then.

        Args:
            claims: Ids.
            events: All that hold any of them now.
            conflicts: Those of `events`.
            changed: Ids of claims that are new, changed or no more; events that are as they were, and hold none of
                these, are not touched.
        """
        new = {event.id: event for event in events}
        disputed: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in conflicts:
            disputed[conflict.event].append(conflict)
        old, disputed_before = self._load_events(claims)
        same = {
            key
            for key, event in new.items()
            if old.get(key) == event
            and sorted(disputed[key], key=_by_id) == disputed_before[key]
            and not any(claim in changed for claim in event.claims)
        }
        gone = sorted(old.keys() - same)
        for part in _iter_parts(gone):
            for column in (
                schema.conflicts.c.event_id,
                schema.event_actors.c.event_id,
                schema.event_claims.c.event_id,
                schema.events.c.id,
            ):
                self._connection.execute(delete(column.table).where(column.in_(part)))
        fresh = [event for event in events if event.id not in same]
        told = [conflict for event in fresh for conflict in disputed[event.id]]
        insert_events(self._connection, fresh, sorted(told, key=_by_id))
        renew_listing(self._connection, gone, [event.id for event in fresh])
        for table in (schema.due, schema.due_documents):
            self._connection.execute(delete(table))

    def _load_events(
        self, claims: Collection[str]
    ) -> tuple[dict[str, Event], defaultdict[str, list[Conflict]]]:
        """The events that hold any of some claims, and their conflicts, by event and sorted."""
        ids: set[str] = set()
        table = schema.event_claims.c
        for part in _iter_parts(claims):
            query = select(table.event_id).where(table.claim_id.in_(part))
            ids.update(self._connection.execute(query).scalars())
        found: dict[str, Event] = {}
        disputed: defaultdict[str, list[Conflict]] = defaultdict(list)
        conflict = schema.conflicts.c
        for part in _iter_parts(ids):
            events = self._connection.execute(events_query().where(schema.events.c.id.in_(part)))
            found.update((event.id, event) for event in from_event_rows(events))
            query = select(schema.conflicts).where(conflict.event_id.in_(part)).order_by(conflict.id)
            for row in self._connection.execute(query):
                disputed[row.event_id].append(rows.from_conflict_row(row))
        return found, disputed

    def _ask(self, statement: str, *values: object) -> list[_Position]:
        # As bare SQL: a ledger of a million claims asks it ten thousand times.
        found = self._connection.exec_driver_sql(to_driver_sql(self._connection, statement), values)
        return [(row[0], row[1]) for row in found]


def _by_id(conflict: Conflict) -> str:
    return conflict.id


def to_block_row(row: _Row) -> rows.Row:
    """The row of a claim in a block."""
    key, day, claim = row
    return {"key": key, "day": day, "claim_id": claim}


def _iter_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _ROWS_AT_ONCE):
        yield ordered[start : start + _ROWS_AT_ONCE]
