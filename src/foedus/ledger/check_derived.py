"""Verifying what is derived: events and conflicts against claims, the listing against events."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, MetaData, Select, Table, and_, except_, func, select
from sqlalchemy import table as make_table
from sqlalchemy.sql import column as make_column

from foedus.ledger import rows, schema
from foedus.ledger.connect import find_schema
from foedus.ledger.listing import write_listing
from foedus.ledger.select import make_shadows
from foedus.ledger.words import TABLE as WORDS
from foedus.model.checkup import Flaw, Part
from foedus.model.ids import make_event_id
from foedus.model.run import Step

_ROWS_AT_ONCE = 500


def check_events(connection: Connection) -> Iterator[Flaw]:
    """Events against their claims and actors, and conflicts against events."""
    table = schema.events.c
    ids = connection.execute(select(table.id).order_by(table.id)).scalars().all()
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        part = ids[start : start + _ROWS_AT_ONCE]
        claims, codes = _find_claims(connection, part), _find_codes(connection, part)
        for row in connection.execute(select(schema.events).where(table.id.in_(part)).order_by(table.id)):
            yield from _check_event(row, claims.get(row.id, []), codes.get(row.id, set()))
        conflict = schema.conflicts.c
        for row in connection.execute(select(schema.conflicts).where(conflict.event_id.in_(part))):
            own = {claim for _, claim in claims.get(row.event_id, [])}
            sides = rows.from_conflict_row(row).sides
            if len(sides) < 2 or any(claim not in own for side in sides for claim in side):
                yield _flaw(row.id, f'the conflict is not one of claims of its event "{row.event_id}"')


def _check_event(row: Any, claims: Sequence[tuple[int, str]], codes: set[str]) -> Iterator[Flaw]:
    ids = tuple(claim for _, claim in claims)
    event = rows.from_event_row(row, ids)
    if event.id != make_event_id(ids) or [position for position, _ in claims] != list(range(len(claims))):
        yield _flaw(
            event.id, "the event is not one of the claims that it has; some are missing or strange to it"
        )
    if {actor.code for actor in event.actors} != codes:
        yield _flaw(event.id, "the event is found by other actors than it has")
    if any(claim not in ids for stage in event.stages for claim in stage.claims):
        yield _flaw(event.id, "a stage of the event rests on a claim that it does not have")
    if not 0 <= event.sources <= len(ids):
        yield _flaw(event.id, f"the event of {len(ids)} claims has {event.sources} sources")


def check_matching(connection: Connection) -> Iterator[Flaw]:
    """Every claim in one event, and nothing that refers to what is not there."""
    claim, link, judged = schema.claims.c, schema.event_claims.c, schema.judged_claims.c
    rejected = select(judged.id).where(judged.rejected.is_(True))
    known = select(claim.id).where(claim.id.not_in(rejected))
    strange = select(link.claim_id, link.event_id).where(link.claim_id.not_in(known))
    for row in connection.execute(strange.order_by(link.claim_id)):
        yield _flaw(row.event_id, f'the event has the claim "{row.claim_id}", which is not there or rejected')
    several = select(link.claim_id).group_by(link.claim_id).having(func.count() > 1).order_by(link.claim_id)
    for claim_id in connection.execute(several).scalars():
        yield _flaw(claim_id, "the claim stands in several events")
    other_types = (
        select(link.claim_id, link.event_id)
        .join(schema.claims, claim.id == link.claim_id)
        .join(schema.events, schema.events.c.id == link.event_id)
        .where(claim.type != schema.events.c.type)
        .order_by(link.claim_id)
    )
    for row in connection.execute(other_types):
        yield _flaw(row.event_id, f'the event is of another type than its claim "{row.claim_id}"')
    if not _has_failed(connection):
        lonely = known.where(claim.id.not_in(select(link.claim_id))).order_by(claim.id)
        for claim_id in connection.execute(lonely).scalars():
            yield _flaw(claim_id, "the claim stands in no event")
    yield from _check_references(connection)


def _check_references(connection: Connection) -> Iterator[Flaw]:
    claim = schema.claims.c
    conflict, reprint = schema.conflicts.c, schema.reprints.c
    lost = select(conflict.id).where(conflict.event_id.not_in(select(schema.events.c.id)))
    for conflict_id in connection.execute(lost.order_by(conflict.id)).scalars():
        yield _flaw(conflict_id, "the event of the conflict is not there")
    for name, number in (
        (reprint.document, reprint.article),
        (reprint.original_document, reprint.original_article),
    ):
        query = select(reprint.document, reprint.article).where(~_has_article(name, number))
        for row in connection.execute(query.order_by(reprint.document, reprint.article)):
            yield _flaw(f"{row.document} {row.article}", "a reprint of or by an article that is not there")
    for table, noun in (
        (schema.blocks, "a block"),
        (schema.judged_claims, "a judged claim"),
        (schema.bound_claims, "a bond"),
    ):
        own = table.c.id if table is schema.judged_claims else table.c.claim_id
        query = select(own).where(own.not_in(select(claim.id))).distinct().order_by(own)
        for claim_id in connection.execute(query).scalars():
            yield _flaw(claim_id, f"{noun} is of a claim that is not there")
    due = schema.due.c.claim_id
    for claim_id in connection.execute(select(due).order_by(due)).scalars():
        yield _flaw(claim_id, "the claim waits to be matched in a ledger that says all are")


def check_listing(connection: Connection) -> Iterator[Flaw]:
    """The listing against one that is made anew, in temporary tables that shadow it from here on."""
    make_shadows(connection, schema.LISTING)
    write_listing(connection)
    here, anew = _Listing(connection, is_temporary=False), _Listing(connection, is_temporary=True)
    found: set[str] = set()
    for one, other, what in ((here, anew, "has"), (anew, here, "lacks")):
        for mine, theirs, noun in zip(one.contents(), other.contents(), _CONTENTS, strict=True):
            for row in connection.execute(except_(mine, theirs).order_by(mine.selected_columns[0].name)):
                item = str(row[0])
                if item not in found:
                    found.add(item)
                    yield _flaw(item, f"the listing {what} {noun} that does not follow from the events")
    if not found:
        orders = (connection.execute(listing.order()).scalars() for listing in (here, anew))
        for mine, theirs in zip(*orders, strict=False):
            if mine != theirs:
                yield _flaw(mine, "the event stands in the wrong place of the listing")
                break


_CONTENTS = ("an entry", "a term", "a count", "a word")


class _Listing:
    """The listing of a ledger, or the one that shadows it."""

    def __init__(self, connection: Connection, *, is_temporary: bool) -> None:
        is_file = connection.dialect.name == "sqlite"
        temporary = "temp" if is_file else "pg_temp"
        self._schema = temporary if is_temporary else find_schema(connection)
        self._listing, self._terms, self._counts = (
            table.to_metadata(MetaData(), schema=self._schema)
            for table in (schema.listing, schema.listing_terms, schema.listing_counts)
        )
        self._words = self._open_words(connection) if is_file else self._name_words()

    def order(self) -> Select[Any]:
        """Ids of events in their order."""
        return select(self._listing.c.event_id).order_by(self._listing.c.position)

    def contents(self) -> Iterator[Select[Any]]:
        """What it holds, whatever the numbers of its positions: entries, terms, counts, words; an id first."""
        listing, terms, counts = self._listing.c, self._terms.c, self._counts.c
        yield select(*(column for column in listing if column.name != "position")).select_from(self._listing)
        yield self._by_event(terms.position, terms.kind, terms.term)
        yield select(counts.term, counts.kind, counts.events)
        position, *words = (
            self._words.c
        )  # those of entries that are no more may stay until the listing is made anew
        yield (
            select(listing.event_id, *words)
            .select_from(self._words)
            .join(self._listing, listing.position == position)
        )

    def _by_event(self, position: ColumnElement[Any], *columns: ColumnElement[Any]) -> Select[Any]:
        listing = self._listing.c
        joined = position.table.outerjoin(self._listing, listing.position == position)
        return select(func.coalesce(listing.event_id, "nothing").label("event"), *columns).select_from(joined)

    def _name_words(self) -> Any:
        return make_table(WORDS, *map(make_column, ("position", "words", "tokens")), schema=self._schema)

    def _open_words(self, connection: Connection) -> Any:
        name = f"words_of_{self._schema}"
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab({self._schema}, {WORDS}, instance)"
        )
        return make_table(name, *map(make_column, ("doc", "term", "offset")), schema="temp")


def _has_article(name: ColumnElement[str], number: ColumnElement[int]) -> ColumnElement[bool]:
    article = schema.articles.join(schema.documents)
    meets = and_(schema.documents.c.name == name, schema.articles.c.number == number)
    return select(1).select_from(article).where(meets).exists()


def _has_failed(connection: Connection) -> bool:
    """Whether matching itself went wrong, and a problem says so: the ledger has no events then."""
    query = select(func.count()).where(schema.problems.c.step == Step.MATCH.value)
    return int(connection.execute(query).scalar_one()) > 0


def _find_claims(connection: Connection, events: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    link = schema.event_claims.c
    query = (
        select(schema.event_claims).where(link.event_id.in_(events)).order_by(link.event_id, link.position)
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.event_id, []).append((row.position, row.claim_id))
    return found


def _find_codes(connection: Connection, events: Sequence[str]) -> dict[str, set[str]]:
    table: Table = schema.event_actors
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(table).where(table.c.event_id.in_(events))):
        found.setdefault(row.event_id, set()).add(row.code)
    return found


def _flaw(item: str, message: str) -> Flaw:
    return Flaw(Part.DERIVED, item, message)
