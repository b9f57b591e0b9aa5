"""Reading a ledger: typed questions, answered as model values in a fixed order.

Claims and articles come by document name, then as they stand in the document; events by time, those without
one last; conflicts by event. Names sort by code point.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from heapq import merge
from itertools import groupby
from math import ceil
from typing import Any, TypeVar

from sqlalchemy import (
    CompoundSelect,
    Connection,
    CursorResult,
    Engine,
    Select,
    Table,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from foedus.address import LedgerAddress
from foedus.errors import LedgerError, UnknownItem
from foedus.ledger import rows, schema
from foedus.ledger.connect import find_state, limit_time
from foedus.ledger.facts import Known
from foedus.ledger.finding import Finding
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Status
from foedus.model.document import Document
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.judgement import Judgement
from foedus.model.judgement_records import from_judgement_record
from foedus.model.run import Problem, Step

_ROWS_AT_ONCE = 500
_LAST = "\U0010ffff"  # the code point that sorts behind all others

_Value = TypeVar("_Value")

#: Where a claim stands: document, article, position in it.
_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims or events are asked for; None asks for all.

    Attributes:
        actor: Code of an actor in any role.
        dyad: Codes of two actors, both in it, in any role.
        type: Claim type.
        status: Status.
        first: Only what overlaps this day or later ones; where no time is given the publication date counts.
        last: Only what overlaps this day or earlier ones.
        published: Of claims, only those whose article may have appeared within these days, both inclusive.
        document: Name of the document; of events, one that any of their claims stands in.
    """

    actor: str | None = None
    dyad: tuple[str, str] | None = None
    type: ClaimType | None = None
    status: Status | None = None
    first: date | None = None
    last: date | None = None
    document: str | None = None
    published: tuple[date, date] | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The actors that must all be in it."""
        return (*((self.actor,) if self.actor else ()), *(self.dyad or ()))


class Matched(StrEnum):
    """How far what is derived fits the claims."""

    ALL = "yes"
    PART = "part"  # but for claims that are due
    NOT = "no"
    FAILED = "failed"  # nothing is derived; it is tried again when something changes


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds; `documents` and what is in them without those that are gone."""

    documents: int
    articles: int
    claims: int
    problems: int


class Reading(Finding):
    """A ledger, open for questions. Each question sees one consistent state of the ledger.

    Attributes:
        address: Where the ledger lies.
        path: The ledger file, or the address of the database without a password, as it is shown.
    """

    def __init__(self, engine: Engine, address: LedgerAddress) -> None:
        self._engine = engine
        self.address = address
        self.path = str(address)

    def close(self) -> None:
        """Give the file or the connections back. Asking afterwards opens it again."""
        self._engine.dispose()

    def limit_time(self, seconds: float) -> None:
        """From now on a question that takes longer raises `TooSlow`; for ledgers that many people ask."""
        limit_time(self._engine, self.address, seconds)

    def state(self) -> str:
        """Words that differ when the ledger was written to in between; they say nothing else."""
        return find_state(self._engine, self.address)

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- facts

    def counts(self) -> Counts:
        """How many documents, articles, claims (gone ones left out) and problems there are."""
        table = schema.documents.c
        documents = select(func.count()).where(table.gone.is_(False), table.media_type.is_not(None))
        gone = select(table.id).where(table.gone.is_(True))  # few, so that what is in them is taken off all
        with self._engine.connect() as connection:
            articles, claims = (
                connection.execute(select(func.count()).select_from(part)).scalar_one()
                - connection.execute(select(func.count()).where(part.c.document_id.in_(gone))).scalar_one()
                for part in (schema.articles, schema.claims)
            )
            held = int(connection.execute(documents).scalar_one())
        return Counts(held, articles, claims, len(self.problems()))

    def known(
        self, names: Collection[str] | None = None, *, roots: Collection[str] = ()
    ) -> Mapping[str, Known]:
        """Inputs that the ledger has met, readable or not, by name.

        Args:
            names: Only those of these names; None is all.
            roots: Besides `names`, all that were found under these folders.
        """
        table = schema.documents.c
        query = select(table.name, table.root, table.digest, table.version, table.gone).order_by(table.name)
        parts = [query]
        if names is not None:
            listed = sorted(names)
            cuts = range(0, len(listed), _ROWS_AT_ONCE)
            parts = [query.where(table.name.in_(listed[cut : cut + _ROWS_AT_ONCE])) for cut in cuts]
            parts += [query.where(table.root.in_(sorted(roots)))] if roots else []
        with self._engine.connect() as connection:
            return {row.name: Known(*row) for part in parts for row in connection.execute(part)}

    def document_names(self) -> tuple[str, ...]:
        """Names of all documents with a text, gone ones too."""
        table = schema.documents.c
        query = select(table.name).where(table.media_type.is_not(None)).order_by(table.name)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def document(self, name: str) -> Document:
        """One document with its text.

        Raises:
            LedgerError: The ledger has no document of that name with a text.
        """
        table = schema.documents.c
        query = select(schema.documents).where(table.name == name, table.media_type.is_not(None))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownItem(f'no document "{name}" in {self.path}')
        return rows.from_document_row(row)

    def iter_articles(self, *, document: str | None = None) -> Iterator[Article]:
        """Articles by document name, then number.

        Args:
            document: Only those of the document of this name.
        """
        query = articles_query()
        if document is not None:
            query = query.where(schema.documents.c.name == document)
        return self._iter(query, rows.from_article_row)

    def iter_article_texts(self) -> Iterator[tuple[Article, str]]:
        """Each article with its main text, the spans joined by line ends; in the order of `iter_articles`."""
        return self._iter(article_texts_query(), from_article_text_row)

    def article_text(self, document: str, number: int) -> str:
        """The main text of one article.

        Raises:
            LedgerError: There is no such article.
        """
        query = article_texts_query().where(
            schema.documents.c.name == document, schema.articles.c.number == number
        )
        for _, text in self._iter(query, from_article_text_row):
            return str(text)
        raise UnknownItem(f'no article {number} of a document "{document}" in {self.path}')

    def iter_claims(self, wanted: Wanted | None = None) -> Iterator[Claim]:
        """Claims by document name, article and place in it, as people's judgements leave them."""
        wanted = wanted or Wanted()
        with self._engine.connect() as connection:
            # Those that people judged are few; one connection, so that both are of one state of the ledger.
            judged = [_place_claim(row) for row in connection.execute(_filter_claims(_JUDGED, wanted))]
            with _stream(connection, _filter_claims(_CODED, wanted)) as answer:
                if not judged:
                    yield from map(rows.from_claim_row, answer)
                    return
                coded = map(_place_claim, answer)
                for _, claim in merge(coded, judged, key=lambda pair: pair[0]):
                    yield claim

    def iter_coded_claims(self, *, documents: Iterable[str] | None = None) -> Iterator[Claim]:
        """Claims as they were coded, whatever people judged; in the order of `iter_claims`.

        Args:
            documents: Only those in documents of these names; None is all.
        """
        if documents is None:
            yield from self._iter(claims_query(schema.claims), rows.from_claim_row)
            return
        names = sorted(set(documents))
        for start in range(0, len(names), _ROWS_AT_ONCE):
            is_wanted = schema.documents.c.name.in_(names[start : start + _ROWS_AT_ONCE])
            yield from self._iter(claims_query(schema.claims).where(is_wanted), rows.from_claim_row)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id, in the order of `iter_claims`; ids that the ledger has not are left out."""
        return self._find_claims(ids, (_CODED, _JUDGED))

    def coded_claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id as they were coded, whatever people judged; in the order of `iter_claims`."""
        return self._find_claims(ids, (_ALL,))

    def claim_id(self, id_or_start: str) -> str:
        """The id of one claim, also of a rejected one, by it or the start of it.

        Raises:
            LedgerError: No claim, or more than one, has such an id.
        """
        return self._pick_id(schema.claims, id_or_start, "claim", "`foedus show document NAME` lists them")

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read or coded, and copies of the same content, by item."""
        query = select(schema.problems)
        with self._engine.connect() as connection:
            stored = [rows.from_problem_row(row) for row in connection.execute(query)]
            return tuple(sorted({*stored, *_find_duplicates(connection)}))

    # -- derived

    def is_matched(self) -> bool:
        """Whether what is derived fits the claims, or cannot be made to; False after a build that was cut off."""
        return self.matched() in (Matched.ALL, Matched.FAILED)

    def matched(self) -> Matched:
        """How far what is derived fits the claims."""
        query = select(schema.meta.c.value).where(schema.meta.c.key == "matched")
        with self._engine.connect() as connection:
            return Matched(connection.execute(query).scalar_one())

    def changes(self) -> int:
        """A number that grows whenever claims or judgements change, which makes outdated what follows from them."""
        with self._engine.connect() as connection:
            return find_changes(connection)

    def is_more_due(self, share: float) -> bool:
        """Whether more than this share of all claims is due to be matched; those that are no more count as due.

        No more claims are counted than it takes to tell, however many there are.
        """
        with self._engine.connect() as connection:
            due = connection.execute(select(func.count()).select_from(schema.due)).scalar_one()
            enough = select(schema.claims.c.id).limit(ceil(due / share))
            claims = connection.execute(select(func.count()).select_from(enough.subquery())).scalar_one()
        return bool(due > share * max(1, claims))

    def reprints(self) -> tuple[Reprint, ...]:
        """Copies of earlier articles, sorted."""
        with self._engine.connect() as connection:
            return tuple(
                sorted(rows.from_reprint_row(row) for row in connection.execute(select(schema.reprints)))
            )

    def iter_events(self, wanted: Wanted | None = None) -> Iterator[Event]:
        """Events by first day, last day, id; those without a time last."""
        wanted = wanted or Wanted()
        query = events_query()
        if wanted.type is not None:
            query = query.where(schema.events.c.type == wanted.type.value)
        if wanted.status is not None:
            query = query.where(schema.events.c.status == wanted.status.value)
        for code in wanted.codes:
            actors = schema.event_actors.c
            query = query.where(exists().where(actors.event_id == schema.events.c.id, actors.code == code))
        if wanted.first is not None or wanted.last is not None:
            query = query.where(_is_event_within(wanted.first, wanted.last))
        if wanted.document is not None:
            query = query.where(_has_claim(schema.documents.c.name == wanted.document))
        return self._iter_events(query)

    def event(self, id_or_start: str) -> Event:
        """One event by its id or the start of it.

        Raises:
            LedgerError: No event, or more than one, has such an id.
        """
        found = self._pick_id(schema.events, id_or_start, "event", "`foedus show events` lists them")
        return self.events([found])[found]

    def events(self, ids: Iterable[str]) -> dict[str, Event]:
        """Events by id, in the order of `iter_events`; ids that the ledger has not are left out."""
        wanted = sorted(set(ids))
        found: dict[str, Event] = {}
        for start in range(0, len(wanted), _ROWS_AT_ONCE):
            query = events_query().where(schema.events.c.id.in_(wanted[start : start + _ROWS_AT_ONCE]))
            found.update((event.id, event) for event in self._iter_events(query))
        return dict(sorted(found.items(), key=lambda item: _to_order(item[1])))

    def events_of(self, claim_ids: Iterable[str]) -> dict[str, str]:
        """Claim id to the id of its event; claims without one are left out."""
        wanted = sorted(set(claim_ids))
        found: dict[str, str] = {}
        table = schema.event_claims.c
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), _ROWS_AT_ONCE):
                part = wanted[start : start + _ROWS_AT_ONCE]
                query = select(table.claim_id, table.event_id).where(table.claim_id.in_(part))
                found.update((row.claim_id, row.event_id) for row in connection.execute(query))
        return found

    def iter_conflicts(self, *, event: str | None = None) -> Iterator[Conflict]:
        """Conflicts by event, slot, id.

        Args:
            event: Only those of the event of this id.
        """
        table = schema.conflicts.c
        query = select(schema.conflicts).order_by(table.event_id, table.slot, table.id)
        if event is not None:
            query = query.where(table.event_id == event)
        return self._iter(query, rows.from_conflict_row)

    # -- judged

    def judgements(self) -> tuple[Judgement, ...]:
        """What people judged, taken back or not, by time and id."""
        table = schema.judgements.c
        query = select(table.record).order_by(table.made, table.id)
        with self._engine.connect() as connection:
            return tuple(from_judgement_record(record) for record in connection.execute(query).scalars())

    def judgement_id(self, id_or_start: str) -> str:
        """The id of one judgement by it or the start of it.

        Raises:
            LedgerError: No judgement, or more than one, has such an id.
        """
        return self._pick_id(schema.judgements, id_or_start, "judgement", "`foedus judge list` lists them")

    def digests(self) -> dict[str, str]:
        """SHA-256 of the bytes of each document with a text, by name."""
        table = schema.documents.c
        query = select(table.name, table.digest).where(table.media_type.is_not(None))
        with self._engine.connect() as connection:
            return {row.name: row.digest for row in connection.execute(query)}

    def find_digests(self, names: Iterable[str], digests: Iterable[str]) -> dict[str, str]:
        """The same of the documents with any of some names or digests."""
        table = schema.documents.c
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for column, wanted in ((table.name, sorted({*names})), (table.digest, sorted({*digests}))):
                for start in range(0, len(wanted), _ROWS_AT_ONCE):
                    query = select(table.name, table.digest).where(
                        table.media_type.is_not(None), column.in_(wanted[start : start + _ROWS_AT_ONCE])
                    )
                    found.update((row.name, row.digest) for row in connection.execute(query))
        return found

    def publishers(self) -> tuple[str, ...]:
        """Names of publishers, each once, sorted."""
        column = schema.articles.c.publisher
        with self._engine.connect() as connection:
            found = connection.execute(select(column).where(column.is_not(None)).distinct()).scalars()
            return tuple(sorted(found))

    # -- how

    def _pick_id(self, table: Table, id_or_start: str, noun: str, advice: str) -> str:
        column = table.c.id
        # Between two ends, since an index is not looked up for a start; small letters are what ids are made of.
        start = id_or_start.lower()
        query = select(column).where(column >= start, column < start + _LAST).order_by(column)
        with self._engine.connect() as connection:
            # A whole id sorts before those that it is the start of.
            ids = [*connection.execute(query.limit(2)).scalars()] if id_or_start else []
        if not ids:
            raise UnknownItem(f'no {noun} "{id_or_start}" in {self.path}; {advice}')
        if len(ids) > 1 and ids[0] != start:
            raise LedgerError(f'"{id_or_start}" is the start of several {noun} ids; give more of it')
        return str(ids[0])

    def _find_claims(self, ids: Iterable[str], kinds: Iterable["_Claims"]) -> dict[str, Claim]:
        wanted = sorted(set(ids))
        found: list[tuple[_Place, Claim]] = []
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), _ROWS_AT_ONCE):
                part = wanted[start : start + _ROWS_AT_ONCE]
                for kind in kinds:
                    query = kind.query().where(kind.table.c.id.in_(part))
                    found.extend(_place_claim(row) for row in connection.execute(query))
        return {claim.id: claim for _, claim in sorted(found, key=lambda pair: pair[0])}

    def _iter(self, query: Select[Any], convert: Any) -> Iterator[Any]:
        with self._engine.connect() as connection, _stream(connection, query) as answer:
            for row in answer:
                yield convert(row)

    def _iter_events(self, query: Select[Any]) -> Iterator[Event]:
        with self._engine.connect() as connection, _stream(connection, query) as answer:
            yield from from_event_rows(answer)


def _stream(connection: Connection, query: Select[Any]) -> CursorResult[Any]:
    """Rows as they are asked for, to be closed: a server holds on to those of an answer that is left unread."""
    return connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)


#: Key of `meta` under which changes of claims and judgements are counted.
CHANGES = "changes"


def find_changes(connection: Connection) -> int:
    """How often claims or judgements have changed."""
    query = select(schema.meta.c.value).where(schema.meta.c.key == CHANGES)
    return int(connection.execute(query).scalar_one_or_none() or 0)


def articles_query() -> Select[Any]:
    """Articles with the names of their documents, by document and number."""
    return (
        select(schema.articles, schema.documents.c.name.label("document"))
        .join(schema.documents)
        .order_by(schema.documents.c.name, schema.articles.c.number)
    )


def article_texts_query() -> Select[Any]:
    """Articles with the names and texts of their documents, by document and number."""
    return articles_query().add_columns(schema.documents.c.text)


def from_article_text_row(row: Any) -> tuple[Article, str]:
    """The article of a row and its main text."""
    article = rows.from_article_row(row)
    return article, "\n".join(span.cut(row.text) for span in article.spans)


@dataclass(frozen=True, slots=True)
class _Claims:
    """A table of claims, that of their actors, and which of its rows count."""

    table: Table
    actors: Table
    condition: ColumnElement[bool]

    def query(self) -> Select[Any]:
        return claims_query(self.table).where(self.condition)


_ALL = _Claims(schema.claims, schema.claim_actors, true())
_CODED = replace(_ALL, condition=schema.claims.c.id.not_in(select(schema.judged_claims.c.id)))
_JUDGED = _Claims(
    schema.judged_claims, schema.judged_claim_actors, schema.judged_claims.c.rejected.is_(False)
)


def claims_query(table: Table = schema.claims) -> Select[Any]:
    """Claims of a table with the names of their documents, by document, article and place."""
    place = (schema.documents.c.name, table.c.article, table.c.position)
    return (
        select(table, schema.documents.c.name.label("document"))
        .join(schema.documents, table.c.document_id == schema.documents.c.id)
        .order_by(*place)
    )


def _filter_claims(claims: _Claims, wanted: Wanted) -> Select[Any]:
    query, table, actors = claims.query(), claims.table.c, claims.actors.c
    if wanted.document is not None:
        query = query.where(schema.documents.c.name == wanted.document)
    if wanted.type is not None:
        query = query.where(table.type == wanted.type.value)
    if wanted.status is not None:
        query = query.where(table.status == wanted.status.value)
    for code in wanted.codes:
        query = query.where(exists().where(actors.claim_id == table.id, actors.code == code))
    if wanted.first is not None or wanted.last is not None:
        query = query.where(table.id.in_(_find_within(claims.table, wanted.first, wanted.last)))
    if wanted.published is not None:
        query = query.where(table.id.in_(_find_published(claims.table, *wanted.published)))
    return query


def _place_claim(row: Any) -> tuple[_Place, Claim]:
    return (row.document, row.article, row.position), rows.from_claim_row(row)


def from_event_rows(answer: Iterable[Any]) -> Iterator[Event]:
    """The events of rows of `events_query`."""
    for _, group in groupby(answer, key=lambda row: row.id):
        parts = list(group)
        claims = tuple(row.claim_id for row in parts if row.claim_id is not None)
        yield rows.from_event_row(parts[0], claims)


def events_query() -> Select[Any]:
    """Events with their claims, a row each; by time, those without one last."""
    table = schema.events.c
    return (
        select(schema.events, schema.event_claims.c.claim_id)
        .outerjoin(schema.event_claims)
        .order_by(
            table.when_first.is_(None) & table.when_last.is_(None),
            func.coalesce(table.when_first, table.when_last),
            func.coalesce(table.when_last, table.when_first),
            table.id,
            schema.event_claims.c.position,
        )
    )


def _overlaps(prefix: str, table: Any, first: date | None, last: date | None) -> ColumnElement[bool]:
    """Whether a time, one end of which is known, has a day in common with these; each way can use an index."""
    starts, ends = table[f"{prefix}_first"], table[f"{prefix}_last"]
    has_start: list[ColumnElement[bool]] = [starts.is_not(None) if last is None else starts <= last]
    has_end: list[ColumnElement[bool]] = [ends.is_not(None) if first is None else ends >= first]
    if first is not None:
        has_start.append(or_(ends.is_(None), ends >= first))
    return or_(and_(*has_start), and_(starts.is_(None), *has_end))


def _find_within(table: Table, first: date | None, last: date | None) -> CompoundSelect[Any]:
    """Ids of the claims that tell of these days, or tell no time and may have been published in them."""
    claim = table.alias("told").c
    dated = select(claim.id).where(_overlaps("when", claim, first, last))
    return union_all(dated, _find_published(table, first, last, is_undated=True))


def _find_published(
    table: Table, first: date | None, last: date | None, *, is_undated: bool = False
) -> Select[Any]:
    """Ids of the claims that may have been published in these days; only those that tell no time, if asked."""
    article, claim = schema.articles.c, table.alias("published").c
    articles = select(article.document_id, article.number).where(_overlaps("published", article, first, last))
    query = select(claim.id).where(tuple_(claim.document_id, claim.article).in_(articles))
    return query.where(claim.when_precision.is_(None)) if is_undated else query


def _is_event_within(first: date | None, last: date | None) -> ColumnElement[bool]:
    event = schema.events.c
    published = _has_claim(_overlaps("published", schema.articles.c, first, last))
    return or_(_overlaps("when", event, first, last), and_(event.when_precision.is_(None), published))


def _has_claim(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    link, claim, article = schema.event_claims.c, schema.claims.c, schema.articles.c
    return exists().where(
        link.event_id == schema.events.c.id,
        claim.id == link.claim_id,
        article.document_id == claim.document_id,
        article.number == claim.article,
        schema.documents.c.id == claim.document_id,
        condition,
    )


def _to_order(event: Event) -> tuple[bool, date, date, str]:
    when = event.when
    first = (when.first or when.last) if when else None
    last = (when.last or when.first) if when else None
    return first is None, first or date.max, last or date.max, event.id


def _find_duplicates(connection: Connection) -> Iterator[Problem]:
    """A problem for every document whose content a document with an earlier name has too."""
    table = schema.documents.c
    # By the index of digests first; which of the documents are here is asked of those alone.
    shared = select(table.digest).group_by(table.digest).having(func.count() > 1)
    query = (
        select(table.digest, table.name, table.gone, table.media_type)
        .where(table.digest.in_(shared))
        .order_by(table.digest, table.name)
    )
    here = (row for row in connection.execute(query) if row.media_type is not None and not row.gone)
    for _, group in groupby(here, key=lambda row: row.digest):
        original, *copies = (row.name for row in group)
        for name in copies:
            message = f'same content as "{original}"; both are kept, its claims count as one source'
            yield Problem(name, Step.FIND, "duplicate", message)
