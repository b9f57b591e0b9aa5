"""Writing the listing: every event placed in the order of time, with what it can be found by.

It is made from what is derived and from the facts, in the transaction that writes what is derived. An event
without a time of its own stands where its articles were published. `foedus.ledger.finding` reads it.

Positions leave room: those of a day, spread over `_ROOM` numbers, stand apart, so that events come and go without
moving others. So two listings of one ledger agree in all but the size of the gaps.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, groupby, islice
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select

from foedus.ledger import rows, schema
from foedus.ledger.words import add_words, clear_words, count_words, find_worn, remove_words

_ROWS_AT_ONCE = 2_000
_IDS_AT_ONCE = 500

#: An event of more actors than this is found by each of them, but not by each pair.
_MAX_DYAD_ACTORS = 12

_ROOM = 1 << 26  # positions of one day
_TIMELESS = date.max.toordinal() + 1  # the day after the last, for events without any time

_Order = tuple[bool, date, date, str]


def write_listing(connection: Connection) -> None:
    """Make the listing anew; what it held before goes."""
    for table in schema.LISTING:
        connection.execute(delete(table))
    clear_words(connection)
    entries = sorted(_iter_entries(connection), key=_to_order)
    placed = (
        {"position": position, **entry}
        for day, group in groupby(entries, key=_find_day)
        for position, entry in _spread([*group], day * _ROOM, (day + 1) * _ROOM)
    )
    while part := list(islice(placed, _ROWS_AT_ONCE)):
        connection.execute(insert(schema.listing), part)
    _add_counts(connection, _write_terms(connection, _iter_terms(connection)))


def renew_listing(connection: Connection, old: Collection[str], new: Collection[str]) -> None:
    """Put the entries of some events in the place of those of others.

    Args:
        connection: A transaction in which what is derived is already as it shall be.
        old: Ids of events that are no more as they were, or no more at all.
        new: Ids of events that are new or changed.
    """
    counts = _take_out(connection, old)
    if old and _is_worn(connection):
        write_listing(connection)
        return
    entries = sorted(
        (entry for part in _iter_parts(new) for entry in _iter_entries(connection, part)), key=_to_order
    )
    placed: list[rows.Row] = []
    for day, group in groupby(entries, key=_find_day):
        found = _find_room(connection, day, [*group])
        if found is None:
            write_listing(connection)
            return
        placed.extend({"position": position, **entry} for position, entry in found)
    for start in range(0, len(placed), _ROWS_AT_ONCE):
        connection.execute(insert(schema.listing), placed[start : start + _ROWS_AT_ONCE])
    positions = [entry["position"] for entry in placed]
    for start in range(0, len(positions), _IDS_AT_ONCE):
        part = positions[start : start + _IDS_AT_ONCE]
        counts.update(_write_terms(connection, _iter_terms(connection, part)))
    _add_counts(connection, counts)


def _take_out(connection: Connection, events: Collection[str]) -> Counter[tuple[str, str]]:
    """Take out the entries of some events; gives how many each term lost, as numbers below 0."""
    lost: Counter[tuple[str, str]] = Counter()
    table, terms = schema.listing.c, schema.listing_terms.c
    for part in _iter_parts(events):
        found = connection.execute(select(table.position).where(table.event_id.in_(part)))
        positions = [*found.scalars()]
        query = select(terms.kind, terms.term).where(terms.position.in_(positions))
        lost.subtract((row.kind, row.term) for row in connection.execute(query))
        for column in (terms.position, table.position):
            connection.execute(delete(column.table).where(column.in_(positions)))
        remove_words(connection, positions)
    return lost


def _find_room(
    connection: Connection, day: int, entries: Sequence[rows.Row]
) -> list[tuple[int, rows.Row]] | None:
    """Positions on a day for more entries, sorted as they are, between those that it has; None: there is no room."""
    table = schema.listing.c
    columns = (table.position, table.event_id, table.first, table.last)
    start, end = day * _ROOM, (day + 1) * _ROOM
    query = select(*columns).where(table.position.between(start, end - 1)).order_by(table.position)
    here = connection.execute(query).all()
    orders = [_to_order({"event_id": row[1], "first": row[2], "last": row[3]}) for row in here]
    bounds = [start, *(row[0] for row in here), end]
    worn = find_worn(connection, start, end)
    placed: list[tuple[int, rows.Row]] = []
    for gap, group in groupby(entries, key=lambda entry: bisect_left(orders, _to_order(entry))):
        placed.extend(_spread([*group], bounds[gap], bounds[gap + 1], taken=worn))
        if placed[-1][0] >= bounds[gap + 1]:
            return None
    return placed


def _spread(
    entries: Sequence[rows.Row], start: int, end: int, *, taken: Collection[int] = ()
) -> list[tuple[int, rows.Row]]:
    """Entries at even distances between two positions, neither of them used; beyond `end` if there is no room."""
    step, last = (end - start) / (len(entries) + 1), start
    placed: list[tuple[int, rows.Row]] = []
    for number, entry in enumerate(entries, start=1):
        position = max(last + 1, start + int(step * number))
        while position in taken:
            position += 1
        placed.append((position, entry))
        last = position
    return placed


def _write_terms(
    connection: Connection, found: Iterable[tuple[int, set[tuple[str, str]], str]]
) -> Counter[tuple[str, str]]:
    """Write terms and words of events; gives how many events each term got."""
    counts: Counter[tuple[str, str]] = Counter()
    waiting = iter(found)
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        terms = [(kind, term, at) for at, own, _ in part for kind, term in sorted(own)]
        counts.update((kind, term) for kind, term, _ in terms)
        _insert(connection, schema.listing_terms, terms)
        add_words(connection, [(at, words) for at, _, words in part])
    return counts


def _add_counts(connection: Connection, more: Mapping[tuple[str, str], int]) -> None:
    """Add to the numbers of events by term; a term that finds none any more goes."""
    table = schema.listing_counts
    changed = sorted(term for term, number in more.items() if number)
    for kind, group in groupby(changed, key=lambda term: term[0]):  # pairs in a list would use no index
        for part in _iter_parts(term for _, term in group):
            is_own = (table.c.kind == kind, table.c.term.in_(part))
            known = {row.term: row.events for row in connection.execute(select(table).where(*is_own))}
            connection.execute(delete(table).where(*is_own))
            totals = [(kind, term, known.get(term, 0) + more[kind, term]) for term in part]
            _insert(connection, table, [total for total in totals if total[2] > 0])


def _is_worn(connection: Connection) -> bool:
    """Whether the index of words knows more that is no more than what is."""
    listed = connection.execute(select(func.count()).select_from(schema.listing)).scalar_one()
    return count_words(connection) > 2 * listed + _ROWS_AT_ONCE


def _iter_entries(connection: Connection, events: Sequence[str] | None = None) -> Iterator[rows.Row]:
    """The row of each event, of these or of all, but its position; in no order."""
    event, claim, article = schema.events.c, schema.claims.c, schema.articles.c
    conflicts = _count_conflicts(connection, events)
    query = _join_claims(
        select(
            *(event[name] for name in ("id", "type", "status", "stage", "sources")),
            event.when_first,
            event.when_last,
            event.when_precision,
            claim.id.label("claim"),
            claim.confidence,
            article.published_first,
            article.published_last,
        ).select_from(schema.events)
    ).order_by(event.id, schema.event_claims.c.position)
    if events is not None:
        query = query.where(event.id.in_(events))
    answer = connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE})
    for key, group in groupby(answer, key=lambda row: row.id):
        parts = list(group)
        claims = [part for part in parts if part.claim is not None]
        lead = max(claims, key=lambda part: part.confidence, default=None)
        published = _find_published(claims)
        first = parts[0]
        is_dated = first.when_precision is not None
        yield {
            "event_id": key,
            "type": first.type,
            "status": first.status,
            "stage": first.stage,
            "is_dated": is_dated,
            "first": first.when_first if is_dated else published[0],
            "last": first.when_last if is_dated else published[1],
            "published": published[1],
            "claims": len(claims),
            "sources": first.sources,
            "conflicts": conflicts.get(key, 0),
            "confidence": lead.confidence if lead else 0.0,
            "lead": lead.claim if lead else None,
        }


def _to_order(entry: rows.Row) -> _Order:
    first, last = entry["first"] or entry["last"], entry["last"] or entry["first"]
    return first is None, first or date.max, last or date.max, entry["event_id"]


def _find_day(entry: rows.Row) -> int:
    first = entry["first"] or entry["last"]
    return first.toordinal() if first else _TIMELESS


def _iter_terms(
    connection: Connection, positions: Sequence[int] | None = None
) -> Iterator[tuple[int, set[tuple[str, str]], str]]:
    """Position, terms and words of each event, of those at these positions or of all, by position."""
    claim, article, listing = schema.claims.c, schema.articles.c, schema.listing.c
    judged = schema.judged_claims.c  # few; of what people corrected only places find events
    query = _join_claims(
        select(
            listing.position,
            schema.events.c.actors,
            schema.events.c.subject,
            claim.id.label("claim"),
            claim.quote,
            claim.subject.label("claim_subject"),
            claim.agents,
            claim.place,
            claim.attributed_to,
            article.title,
            article.publisher,
            schema.documents.c.name.label("document"),
        )
        .select_from(schema.listing)
        .join(schema.events, schema.events.c.id == listing.event_id)
    ).order_by(listing.position, schema.event_claims.c.position)
    if positions is not None:
        query = query.where(listing.position.in_(positions))
    answer = connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE})
    places = {row[0]: row[1] for row in connection.execute(select(judged.id, judged.place))}
    for position, group in groupby(answer, key=lambda row: row.position):
        parts = list(group)
        yield position, _find_terms(parts, places), _find_words(parts)


def _find_terms(parts: Sequence[Any], places: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    codes = sorted({code for code, _ in parts[0].actors})
    terms = {("actor", code) for code in codes}
    if len(codes) <= _MAX_DYAD_ACTORS:
        terms.update(("dyad", f"{one} {other}") for one, other in combinations(codes, 2))
    for part in parts:
        if part.document is not None:
            terms.update(("place", place) for place in places.get(part.claim, part.place))
            terms.add(("document", part.document))
        if part.publisher:
            terms.add(("publisher", part.publisher))
    return terms


def _find_words(parts: Sequence[Any]) -> str:
    words = dict.fromkeys(code for code, _ in parts[0].actors)
    words[parts[0].subject] = None
    for part in parts:
        told = (part.quote, part.claim_subject, part.attributed_to, part.title, part.publisher)
        words.update(dict.fromkeys((*told, *(part.agents or ()), *(part.place or ()))))
    return "\n".join(word for word in words if word)


def _join_claims(query: Select[Any]) -> Select[Any]:
    claim, article, link = schema.claims.c, schema.articles.c, schema.event_claims.c
    return (
        query.outerjoin(schema.event_claims, link.event_id == schema.events.c.id)
        .outerjoin(schema.claims, claim.id == link.claim_id)
        .outerjoin(
            schema.articles, (article.document_id == claim.document_id) & (article.number == claim.article)
        )
        .outerjoin(schema.documents, schema.documents.c.id == claim.document_id)
    )


def _find_published(claims: Sequence[Any]) -> tuple[date | None, date | None]:
    """First and last day on which the articles of claims can have appeared."""
    first = min((part.published_first for part in claims if part.published_first), default=None)
    return first, max((part.published_last for part in claims if part.published_last), default=None)


def _count_conflicts(connection: Connection, events: Sequence[str] | None) -> dict[str, int]:
    table = schema.conflicts.c
    query = select(table.event_id, func.count()).group_by(table.event_id)
    if events is not None:
        query = query.where(table.event_id.in_(events))
    return {row[0]: row[1] for row in connection.execute(query)}


def _insert(connection: Connection, table: Table, values: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    for start in range(0, len(values), _ROWS_AT_ONCE):
        part = values[start : start + _ROWS_AT_ONCE]
        connection.execute(insert(table), [dict(zip(names, value, strict=True)) for value in part])


def _iter_parts(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        yield ordered[start : start + _IDS_AT_ONCE]
