"""Finding in a ledger: pages of events, claims and articles, counts by what they can be found by, totals.

Everything comes in a fixed order and in pages: a page begins after the last item of the one before.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.sql.elements import ColumnElement

from foedus.errors import ConfigError, UnknownItem
from foedus.ledger import rows, schema
from foedus.ledger.words import holds_words
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Stage, Status
from foedus.model.event import Conflict, Reprint
from foedus.model.when import When

#: What events are counted by.
FACETS = ("type", "status", "actor", "publisher", "place")

#: Of how many events the terms are counted one by one: of more, facets stand without counts, and other counts are
#: those of the latest so many.
MAX_COUNTED = 10_000

_FEW = 20_000
"""Claims so few are looked up and sorted; of more, a page is full before many were looked at."""

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_LETTER = re.compile(r"\w")
_NOT_ASKED = {ord('"'): " ", 0: " "}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events are looked for; empty asks for all.

    Attributes:
        actors: Codes that must all be in it, in any role.
        types: Any of these types.
        statuses: Any of these.
        stages: Any of these stages.
        publisher: Told in an article of this publisher.
        place: With this place, as named.
        document: Told in this document.
        first: Only what overlaps this day or later ones; an event without a time counts by its publication.
        last: Only what overlaps this day or earlier ones.
        words: All these words stand in its claims; words in quotation marks stand together.
        disputed: Only those on which sources disagree.
    """

    actors: tuple[str, ...] = ()
    types: tuple[ClaimType, ...] = ()
    statuses: tuple[Status, ...] = ()
    stages: tuple[Stage, ...] = ()
    publisher: str | None = None
    place: str | None = None
    document: str | None = None
    first: date | None = None
    last: date | None = None
    words: str | None = None
    disputed: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Sought()

    @property
    def is_terms(self) -> bool:
        """Whether nothing but actors, publisher, place and document is asked for."""
        return replace(self, actors=(), publisher=None, place=None, document=None).is_all


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the listing has it.

    Attributes:
        event: Its id.
        type: Its type.
        status: Its status.
        is_dated: Whether `first` and `last` are its own; else they say when it was published.
        first: First day, or None for an open or unknown beginning.
        last: Last day, or None.
        published: Latest day on which one of its articles can have appeared, or None.
        claims: Number of claims.
        sources: Number of independent articles.
        conflicts: Number of conflicts.
        confidence: Probability of its surest claim, 0–1.
        lead: Id of that claim, or None.
    """

    event: str
    type: ClaimType
    status: Status
    is_dated: bool
    first: date | None
    last: date | None
    published: date | None
    claims: int
    sources: int
    conflicts: int
    confidence: float
    lead: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many events a term finds; None where that was not counted."""

    term: str
    events: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher: how many articles, how many of them are reprints, and how many claims they carry."""

    publisher: str | None
    articles: int
    reprints: int
    claims: int


class Finding:
    """Pages and counts of a ledger. Each question sees one consistent state of it."""

    _engine: Engine

    # -- events

    def find_events(
        self, sought: Sought, *, after: str | None = None, limit: int = 50, newest: bool = False
    ) -> tuple[Entry, ...]:
        """Events in the order of time, or against it; those without any time last.

        Args:
            sought: Which.
            after: Id of the event that the page begins after; None is the beginning.
            limit: At most so many.
            newest: Whether the latest come first.

        Raises:
            UnknownItem: There is no event `after`.
            ConfigError: There are no words to look for.
        """
        table = schema.listing.c
        has_time = or_(table.first.is_not(None), table.last.is_not(None))
        with self._engine.connect() as connection:
            query, place = _seek(connection, sought, *table)
            position, is_timed = None, True
            if after is not None:
                own = select(table.position, has_time).where(table.event_id == after)
                row = connection.execute(own).one_or_none()
                if row is None:
                    raise UnknownItem(f'no event "{after}" to go on after; begin with the first page')
                position, is_timed = row
            if not newest:
                if position is not None:
                    query = query.where(place > position)
                found = connection.execute(query.order_by(place).limit(limit)).all()
            else:
                query = query.order_by(place.desc())
                found = []
                if is_timed:
                    dated = query.where(has_time)
                    if position is not None:
                        dated = dated.where(place < position)
                    found += connection.execute(dated.limit(limit)).all()
                if len(found) < limit:
                    rest = query.where(~has_time)
                    if position is not None and not is_timed:
                        rest = rest.where(place < position)
                    found += connection.execute(rest.limit(limit - len(found))).all()
        return tuple(_to_entry(row) for row in found)

    def find_newest(self, limit: int) -> tuple[Entry, ...]:
        """Events by the day on which they were last reported, newest first."""
        table = schema.listing.c
        query = (
            select(schema.listing)
            .where(table.published.is_not(None))
            .order_by(table.published.desc(), table.position.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return tuple(_to_entry(row) for row in connection.execute(query))

    def find_entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Entries by event id; those the ledger has not are left out."""
        query = select(schema.listing).where(schema.listing.c.event_id.in_(sorted(set(ids))[:500]))
        with self._engine.connect() as connection:
            return {row.event_id: _to_entry(row) for row in connection.execute(query)}

    def count_events(self, sought: Sought) -> int:
        """How many events are found."""
        with self._engine.connect() as connection:
            terms = _list_terms(sought)
            if len(terms) == 1 and sought.is_terms:
                return _count_terms(connection, terms)[terms[0]]
            query, _ = _seek(connection, sought, func.count(schema.listing.c.position))
            return int(connection.execute(query).scalar_one())

    def count_facets(self, sought: Sought, *, limit: int = 12) -> Mapping[str, tuple[Count, ...]]:
        """How many of the events found have which type, status, actor, publisher and place: most first.

        Args:
            sought: Which events.
            limit: At most so many actors, publishers and places.

        Returns:
            Counts by each of `FACETS`. Where more than `MAX_COUNTED` are found of more than one term, the
            terms are those of the whole ledger, and their counts None.
        """
        table = schema.listing.c
        kinds = ("actor", "publisher", "place")
        with self._engine.connect() as connection:
            query, _ = _seek(connection, sought, table.type, table.status, func.count(table.position))
            groups = connection.execute(query.group_by(table.type, table.status)).all()
            found = {"type": _sum_up((row[0], row[2]) for row in groups)}
            found["status"] = _sum_up((row[1], row[2]) for row in groups)
            total = sum(row[2] for row in groups)
            if sought.is_all or total > MAX_COUNTED:
                for kind in kinds:
                    counts = connection.execute(_list_counts(kind, limit)).all()
                    found[kind] = tuple(
                        Count(row.term, row.events if sought.is_all else None) for row in counts
                    )
            else:
                counted = connection.execute(_count_found(connection, sought, kinds, is_few=True)).all()
                for kind in kinds:
                    found[kind] = _sum_up((row.term, row.events) for row in counted if row.kind == kind)[
                        :limit
                    ]
        return found

    def list_terms(self, kind: str, *, limit: int | None = None) -> tuple[Count, ...]:
        """Actors, dyads, publishers, places or documents of the whole ledger, most events first."""
        with self._engine.connect() as connection:
            return tuple(Count(*row) for row in connection.execute(_list_counts(kind, limit)))

    def count_terms(
        self, kind: str, sought: Sought, *, limit: int, like: str | None = None
    ) -> tuple[Count, ...]:
        """Terms of the events found, most events first; of the latest `MAX_COUNTED` where more are found.

        Args:
            kind: ``actor``, ``dyad``, ``publisher``, ``place`` or ``document``.
            sought: Which events.
            limit: At most so many.
            like: Only dyads that hold this code; counted in all events when nothing but this actor is sought.
        """
        with self._engine.connect() as connection:
            if _is_counted(sought, like):
                query = _list_counts(kind, limit)
                if like is not None:
                    query = query.where(_holds_code(schema.listing_counts.c.term, like))
                return tuple(Count(*row) for row in connection.execute(query))
            found = connection.execute(_count_found(connection, sought, (kind,))).all()
        own = ((row.term, row.events) for row in found if row.kind is not None)
        return _sum_up(pair for pair in own if like is None or like in pair[0].split(" "))[:limit]

    def count_counted(self, sought: Sought, events: int, *, like: str | None = None) -> int:
        """Of how many of the `events` found, the latest, `count_terms` counts the terms."""
        return events if _is_counted(sought, like) else min(events, MAX_COUNTED)

    def count_types_by(self, sought: Sought, *, by: str) -> tuple[tuple[str, str, int], ...]:
        """``(step, type, events)`` by month (``2017-09``) or year (``2017``) of their first day, sorted."""
        table = schema.listing.c
        day = func.coalesce(table.first, table.last)
        # The numbers stand in the statement: as parameters they would not be the same in both places of it.
        length: ColumnElement[int] = literal_column("7" if by == "month" else "4")
        step = func.substr(cast(day, String(10)), literal_column("1"), length)
        with self._engine.connect() as connection:
            query, _ = _seek(connection, sought, step, table.type, func.count(table.position))
            query = query.where(day.is_not(None)).group_by(step, table.type)
            return tuple(sorted((row[0], row[1], row[2]) for row in connection.execute(query)))

    def find_span(self, sought: Sought) -> tuple[date, date] | None:
        """First and last day that events found tell of; None when none has a day."""
        table = schema.listing.c
        with self._engine.connect() as connection:
            query, _ = _seek(connection, sought, func.min(table.first), func.max(table.last))
            first, last = connection.execute(query).one()
        return (first or last, last or first) if first or last else None

    # -- claims, articles, documents, conflicts

    def claim(self, id: str) -> Claim:
        """One claim.

        Raises:
            UnknownItem: There is none of this id.
        """
        found = self.claims([id])
        if id not in found:
            raise UnknownItem(f'no claim "{id}"; ids of claims look like c-0123456789abcdef0123')
        return found[id]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id, as people corrected them; `Reading` says how."""
        raise NotImplementedError

    def find_claims(
        self,
        *,
        actor: str | None = None,
        type: ClaimType | None = None,
        status: Status | None = None,
        document: str | None = None,
        min_confidence: float | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[Claim, ...]:
        """A page of claims by document name, article and place in it.

        What people corrected is shown, and is what is asked for. Rejected claims are left out.

        Args:
            actor: Only with this actor, in any role.
            type: Only of this type.
            status: Only of this status.
            document: Only in this document.
            min_confidence: Only at least this probable, 0–1.
            after: Id of the claim that the page begins after; None is the beginning.
            limit: At most so many.

        Raises:
            UnknownItem: There is no claim `after`.
        """
        claim, name, judged = schema.claims.c, schema.documents.c.name, schema.judged_claims.c
        query = (
            select(claim.id)
            .join(schema.documents, claim.document_id == schema.documents.c.id)
            .outerjoin(schema.judged_claims, judged.id == claim.id)
            .where(or_(judged.id.is_(None), judged.rejected.is_(False)))
        )
        if actor is not None:
            coded, corrected = schema.claim_actors.c, schema.judged_claim_actors.c
            query = query.where(
                or_(
                    and_(
                        judged.id.is_(None), exists().where(coded.claim_id == claim.id, coded.code == actor)
                    ),
                    exists().where(corrected.claim_id == claim.id, corrected.code == actor),
                )
            )
        if type is not None:
            query = query.where(func.coalesce(judged.type, claim.type) == type.value)
        if status is not None:
            query = query.where(func.coalesce(judged.status, claim.status) == status.value)
        if document is not None:
            query = query.where(name == document)
        if min_confidence is not None:
            query = query.where(func.coalesce(judged.confidence, claim.confidence) >= min_confidence)
        if after is not None:
            last, article, position = self._find_place(after)
            query = query.where(
                name >= last,
                or_(
                    name > last,
                    claim.article > article,
                    and_(claim.article == article, claim.position > position),
                ),
            )
        with self._engine.connect() as connection:
            few = _find_few(connection, actor, type, status)
            if few is not None:
                query = query.where(claim.id.in_(few))
            # An expression: else SQLite walks the documents in their order, and looks at every claim.
            order = name if few is None else func.coalesce(name, "")
            ids = connection.execute(query.order_by(order, claim.article, claim.position).limit(limit))
            chosen = ids.scalars().all()
        found = self.claims(chosen)
        return tuple(found[id] for id in chosen if id in found)

    def is_gone(self, document: str) -> bool:
        """Whether the last build over its folder did not find the document of this name."""
        table = schema.documents.c
        with self._engine.connect() as connection:
            return bool(connection.execute(select(table.gone).where(table.name == document)).scalar())

    def find_documents(
        self, *, after: str | None = None, limit: int = 50
    ) -> tuple[tuple[str, str, bool], ...]:
        """``(name, media type, whether it is gone)`` of documents with a text, by name."""
        table = schema.documents.c
        query = select(table.name, table.media_type, table.gone).where(table.media_type.is_not(None))
        if after is not None:
            query = query.where(table.name > after)
        with self._engine.connect() as connection:
            found = connection.execute(query.order_by(table.name).limit(limit))
            return tuple((row.name, row.media_type, row.gone) for row in found)

    def find_articles(
        self, *, document: str | None = None, after: tuple[str, int] | None = None, limit: int = 50
    ) -> tuple[Article, ...]:
        """A page of articles by document name and number, beginning after the article of this name and number."""
        name, number = schema.documents.c.name, schema.articles.c.number
        query = select(schema.articles, name.label("document")).join(schema.documents)
        if document is not None:
            query = query.where(name == document)
        if after is not None:
            query = query.where(
                name >= after[0],
                or_(name > after[0], number > after[1]),
            )
        with self._engine.connect() as connection:
            found = connection.execute(query.order_by(name, number).limit(limit))
            return tuple(rows.from_article_row(row) for row in found)

    def find_conflicts(
        self,
        *,
        event: str | None = None,
        slot: str | None = None,
        actor: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[Conflict, ...]:
        """A page of conflicts by event, slot and id.

        Raises:
            UnknownItem: There is no conflict `after`.
        """
        table = schema.conflicts.c
        query = select(schema.conflicts)
        if event is not None:
            query = query.where(table.event_id == event)
        if slot is not None:
            query = query.where(table.slot == slot)
        if actor is not None:
            own = schema.event_actors.c
            query = query.where(exists().where(own.event_id == table.event_id, own.code == actor))
        with self._engine.connect() as connection:
            if after is not None:
                own_place = select(table.event_id, table.slot).where(table.id == after)
                row = connection.execute(own_place).one_or_none()
                if row is None:
                    raise UnknownItem(f'no conflict "{after}" to go on after; begin with the first page')
                query = query.where(
                    table.event_id >= row.event_id,
                    or_(
                        table.event_id > row.event_id,
                        table.slot > row.slot,
                        and_(table.slot == row.slot, table.id > after),
                    ),
                )
            query = query.order_by(table.event_id, table.slot, table.id).limit(limit)
            return tuple(rows.from_conflict_row(row) for row in connection.execute(query))

    def conflict(self, id: str) -> Conflict:
        """One conflict.

        Raises:
            UnknownItem: There is none of this id.
        """
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.conflicts).where(schema.conflicts.c.id == id)
            ).one_or_none()
        if row is None:
            raise UnknownItem(f'no conflict "{id}"; ids of conflicts look like x-0123456789abcdef0123')
        return rows.from_conflict_row(row)

    def find_reprints(self, *, after: tuple[str, int] | None = None, limit: int = 50) -> tuple[Reprint, ...]:
        """A page of copies of earlier articles by document name and number, those after one of them."""
        table = schema.reprints.c
        query = select(schema.reprints).order_by(table.document, table.article).limit(limit)
        if after is not None:
            query = query.where(tuple_(table.document, table.article) > tuple_(*map(literal, after)))
        with self._engine.connect() as connection:
            return tuple(rows.from_reprint_row(row) for row in connection.execute(query))

    def find_originals(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, int]]:
        """Copy to original, for those of the articles that are reprints."""
        table = schema.reprints.c
        names = sorted({document for document, _ in keys})
        found: dict[tuple[str, int], tuple[str, int]] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(names), 500):
                query = select(schema.reprints).where(table.document.in_(names[start : start + 500]))
                for row in connection.execute(query):
                    found[row.document, row.article] = (row.original_document, row.original_article)
        return {key: found[key] for key in keys if key in found}

    def articles_of(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Article]:
        """Articles by document name and number; those the ledger has not are left out."""
        name = schema.documents.c.name
        names = sorted({document for document, _ in keys})
        found: dict[tuple[str, int], Article] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(names), 500):
                query = (
                    select(schema.articles, name.label("document"))
                    .join(schema.documents)
                    .where(name.in_(names[start : start + 500]))
                )
                for row in connection.execute(query):
                    found[row.document, row.number] = rows.from_article_row(row)
        return {key: found[key] for key in keys if key in found}

    def find_published(self, first: date, last: date) -> dict[tuple[str, int], When]:
        """When articles appeared that may have within these days, both inclusive, by document name and number."""
        table = schema.articles.c
        ends_in_time = or_(table.published_last.is_(None), table.published_last >= first)
        times = [column for column in table if column.name.startswith("published_")]
        query = (
            select(schema.documents.c.name.label("document"), table.number, *times)
            .join(schema.documents)
            .where(
                or_(
                    and_(table.published_first <= last, ends_in_time),
                    and_(table.published_first.is_(None), table.published_last >= first),
                )
            )
        )
        with self._engine.connect() as connection:
            found = {
                (row.document, row.number): when
                for row in connection.execute(query)
                if (when := rows.when_from_columns("published", row)) is not None
            }
        # Sorted here: asked for in order of names, SQLite would go through all documents.
        return dict(sorted(found.items()))

    def count_published(self, first: date, last: date) -> int:
        """How many articles appeared, by the last day on which they can have, within these days, both inclusive."""
        query = select(func.count()).where(schema.articles.c.published_last.between(first, last))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def count_by_publication(self) -> dict[tuple[date, date], int]:
        """How many articles appeared between which first and last day; those of which either is unknown left out."""
        first, last = schema.articles.c.published_first, schema.articles.c.published_last
        query = (
            select(first, last, func.count())
            .where(first.is_not(None), last.is_not(None))
            .group_by(last, first)
            .order_by(last, first)
        )
        with self._engine.connect() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(query)}

    # -- totals

    def count_undated(self) -> int:
        """How many articles have no day of publication, nor a stretch of days."""
        query = select(func.count()).where(schema.articles.c.published_precision.is_(None))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def count_languages(self) -> tuple[tuple[str, int], ...]:
        """Languages of articles and how many there are, most first."""
        column = schema.articles.c.language
        query = select(column, func.count()).group_by(column)
        with self._engine.connect() as connection:
            return tuple(sorted(((row[0], row[1]) for row in connection.execute(query)), key=_by_count))

    def count_sources(self, limit: int) -> tuple[Source, ...]:
        """Publishers by number of articles, most first; None stands for articles that name none."""
        article, copy, claim = schema.articles.c, schema.reprints.c, schema.claims.c
        number = func.count()
        most = (
            select(article.publisher, number.label("number"))
            .group_by(article.publisher)
            .order_by(literal_column("number").desc(), article.publisher.asc().nulls_first())
            .limit(limit)
        )
        # Grouped by an expression: by the column itself, SQLite walks its index and asks each article for copies.
        named = func.coalesce(article.publisher, "")
        copies = (
            select(named, number)
            .select_from(schema.reprints)
            .join(schema.documents, schema.documents.c.name == copy.document)
            .join(
                schema.articles,
                and_(article.document_id == schema.documents.c.id, article.number == copy.article),
            )
            .group_by(literal_column("1"))
        )
        claims = (
            select(named, number)
            .select_from(schema.claims)
            .join(
                schema.articles,
                and_(article.document_id == claim.document_id, article.number == claim.article),
            )
            .group_by(literal_column("1"))
        )
        with self._engine.connect() as connection:
            found, reprinted, told = (
                {row[0]: row[1] for row in connection.execute(query)} for query in (most, copies, claims)
            )
        return tuple(
            Source(name, articles, reprinted.get(name or "", 0), told.get(name or "", 0))
            for name, articles in found.items()
        )

    def count_derived(self) -> tuple[int, int, int]:
        """How many events, conflicts and reprints there are."""
        tables = (schema.listing, schema.conflicts, schema.reprints)
        with self._engine.connect() as connection:
            events, conflicts, reprints = (
                connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
            )
        return events, conflicts, reprints

    # -- how

    def _find_place(self, claim: str) -> tuple[str, int, int]:
        table = schema.claims.c
        query = (
            select(schema.documents.c.name, table.article, table.position)
            .join(schema.documents, table.document_id == schema.documents.c.id)
            .where(table.id == claim)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownItem(f'no claim "{claim}" to go on after; begin with the first page')
        return row.name, row.article, row.position


def _seek(connection: Connection, sought: Sought, *columns: Any) -> tuple[Select[Any], ColumnElement[int]]:
    """The question for events, and the column to sort it by.

    Its rows come from the positions of the rarest term, already in their order, so that a page is full before
    all are looked at; each is then looked up among those of the other terms.
    """
    table, terms = schema.listing.c, _list_terms(sought)
    query, place = select(*columns).select_from(schema.listing), table.position
    if terms:
        if len(terms) > 1:
            counts = _count_terms(connection, terms)
            terms = sorted(terms, key=lambda term: (counts[term], term))
        rarest, *others = terms
        found = schema.listing_terms.alias("found")
        joined = schema.listing.join(found, found.c.position == table.position)
        query = (
            select(*columns).select_from(joined).where(found.c.kind == rarest[0], found.c.term == rarest[1])
        )
        place = found.c.position
        for number, (kind, term) in enumerate(others):
            other = schema.listing_terms.alias(f"other_{number}").c
            query = query.where(
                exists().where(other.kind == kind, other.term == term, other.position == table.position)
            )
    if sought.types:
        query = query.where(table.type.in_([kind.value for kind in sought.types]))
    if sought.statuses:
        query = query.where(table.status.in_([status.value for status in sought.statuses]))
    if sought.stages:
        query = query.where(table.stage.in_([stage.value for stage in sought.stages]))
    if sought.first is not None or sought.last is not None:
        query = query.where(or_(table.first.is_not(None), table.last.is_not(None)))
    if sought.last is not None:
        query = query.where(or_(table.first.is_(None), table.first <= sought.last))
    if sought.first is not None:
        query = query.where(or_(table.last.is_(None), table.last >= sought.first))
    if sought.disputed:
        query = query.where(table.conflicts > 0)
    if sought.words is not None:
        query = query.where(holds_words(to_phrases(sought.words), connection.dialect.name))
    return query, place


def _list_terms(sought: Sought) -> list[tuple[str, str]]:
    """Kind and term of what must all be found; two actors are a dyad."""
    actors = tuple(dict.fromkeys(sought.actors))
    found = [("dyad", " ".join(sorted(actors)))] if len(actors) == 2 else [("actor", code) for code in actors]
    return found + [
        (kind, term)
        for kind in ("publisher", "place", "document")
        if (term := getattr(sought, kind)) is not None
    ]


def _count_terms(connection: Connection, terms: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """How many events of the whole ledger each term finds."""
    table = schema.listing_counts
    # Pairs looked for as pairs would lead SQLite through the whole table.
    is_one = or_(*(and_(table.c.kind == kind, table.c.term == term) for kind, term in terms))
    known = {(row.kind, row.term): row.events for row in connection.execute(select(table).where(is_one))}
    return {term: known.get(term, 0) for term in terms}


def _count_found(
    connection: Connection, sought: Sought, kinds: Sequence[str], *, is_few: bool = False
) -> Select[Any]:
    """Kind, term and events of the latest `MAX_COUNTED` events found; of those that have none, with kind None.

    Where it is known that no more are found, they need not be sorted to be cut.
    """
    query, place = _seek(connection, sought, schema.listing.c.position)
    if not is_few:
        query = query.order_by(place.desc()).limit(MAX_COUNTED)
    latest = query.subquery("latest")
    terms = schema.listing_terms.c
    # An outer join, so that the events found lead to their terms and not all terms to the events.
    own = and_(terms.position == latest.c.position, terms.kind.in_(kinds))
    return (
        select(terms.kind, terms.term, func.count().label("events"))
        .select_from(latest)
        .outerjoin(schema.listing_terms, own)
        .group_by(terms.kind, terms.term)
    )


def _is_counted(sought: Sought, like: str | None) -> bool:
    """Whether the ledger keeps the numbers: of all terms, or of the dyads of one actor."""
    return sought == (Sought() if like is None else Sought(actors=(like,)))


def _list_counts(kind: str, limit: int | None) -> Select[Any]:
    """Terms of the whole ledger with the number of their events, most first."""
    table = schema.listing_counts.c
    query = select(table.term, table.events).where(table.kind == kind)
    return query.order_by(table.events.desc(), table.term).limit(limit)


def _holds_code(term: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """Whether a dyad holds an actor."""
    return or_(term.startswith(f"{code} ", autoescape=True), term.endswith(f" {code}", autoescape=True))


def _sum_up(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    """Terms with all their numbers added, most first."""
    sums: Counter[str] = Counter()
    for term, number in pairs:
        sums[term] += number
    return tuple(Count(term, number) for term, number in sorted(sums.items(), key=_by_count))


def to_phrases(words: str) -> list[str]:
    """Words as the index of words is asked for them: each by itself, those in quotation marks together.

    Raises:
        ConfigError: There is no letter or digit in them.
    """
    parts = [(phrase or word).translate(_NOT_ASKED) for phrase, word in _WORD.findall(words)]
    wanted = [part for part in parts if _LETTER.search(part)]
    if not wanted:
        raise ConfigError(f'"{words}" holds no word to look for; give words such as "joint exercise"')
    return wanted


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _to_entry(row: Any) -> Entry:
    return Entry(
        row.event_id,
        ClaimType(row.type),
        Status(row.status),
        row.is_dated,
        row.first,
        row.last,
        row.published,
        row.claims,
        row.sources,
        row.conflicts,
        row.confidence,
        row.lead,
    )


def _find_few(
    connection: Connection, actor: str | None, type: ClaimType | None, status: Status | None
) -> Select[tuple[str]] | None:
    """Ids of all claims that may be asked for, by the filter that leaves fewest; None where each leaves many.

    What people corrected may be asked for by what it is now, so it is always among them.
    """
    claim, coded, judged = schema.claims.c, schema.claim_actors.c, schema.judged_claims.c
    filters: list[Select[tuple[str]]] = []
    if actor is not None:
        filters.append(select(coded.claim_id).where(coded.code == actor))
    if type is not None or status is not None:
        types = [one.value for one in ([type] if type else ClaimType)]
        by_kind = select(claim.id).where(claim.type.in_(types))
        filters.append(by_kind if status is None else by_kind.where(claim.status == status.value))
    counts = []
    for number, chosen in enumerate(filters):
        some = chosen.limit(_FEW + 1).subquery()
        counts.append((connection.execute(select(func.count()).select_from(some)).scalar_one(), number))
    if not counts or min(counts)[0] > _FEW:
        return None
    return filters[min(counts)[1]].union_all(select(judged.id))  # type: ignore[return-value]
