"""Writing the listing: every event numbered in the order of time, with what it can be found by.

It is made from what is derived and from the facts, in the transaction that writes what is derived, and is the
same for the same ledger. An event without a time of its own stands where its articles were published.
`foedus.ledger.finding` reads it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, groupby, islice
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select

from foedus.ledger import rows, schema
from foedus.ledger.words import add_words, clear_words

_ROWS_AT_ONCE = 2_000

#: An event of more actors than this is found by each of them, but not by each pair.
_MAX_DYAD_ACTORS = 12


def write_listing(connection: Connection) -> None:
    """Make the listing anew; what it held before goes."""
    for table in schema.LISTING:
        connection.execute(delete(table))
    entries = sorted(_iter_entries(connection), key=_to_order)
    numbered = ({"position": at, **entry} for at, entry in enumerate(entries, start=1))
    while part := list(islice(numbered, _ROWS_AT_ONCE)):
        connection.execute(insert(schema.listing), part)
    _write_terms(connection)


def _write_terms(connection: Connection) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    clear_words(connection)
    found = _iter_terms(connection)
    while part := list(islice(found, _ROWS_AT_ONCE)):
        terms = [(kind, term, at) for at, own, _ in part for kind, term in sorted(own)]
        counts.update((kind, term) for kind, term, _ in terms)
        _insert(connection, schema.listing_terms, terms)
        add_words(connection, [(at, words) for at, _, words in part])
    totals = sorted((kind, term, events) for (kind, term), events in counts.items())
    _insert(connection, schema.listing_counts, totals)


def _iter_entries(connection: Connection) -> Iterator[rows.Row]:
    """The row of each event but its position, in no order."""
    event, claim, article = schema.events.c, schema.claims.c, schema.articles.c
    conflicts = _count_conflicts(connection)
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


def _to_order(entry: rows.Row) -> tuple[bool, date, date, str]:
    first, last = entry["first"] or entry["last"], entry["last"] or entry["first"]
    return first is None, first or date.max, last or date.max, entry["event_id"]


def _iter_terms(connection: Connection) -> Iterator[tuple[int, set[tuple[str, str]], str]]:
    """Position, terms and words of each event, by position."""
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


def _count_conflicts(connection: Connection) -> dict[str, int]:
    table = schema.conflicts.c
    query = select(table.event_id, func.count()).group_by(table.event_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _insert(connection: Connection, table: Table, values: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    for start in range(0, len(values), _ROWS_AT_ONCE):
        part = values[start : start + _ROWS_AT_ONCE]
        connection.execute(insert(table), [dict(zip(names, value, strict=True)) for value in part])
