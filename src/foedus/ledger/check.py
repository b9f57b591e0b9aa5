"""Verifying a ledger: the file, the facts against their texts, judgements, and what is derived against the facts.

Nothing is changed. What cannot be read becomes a flaw like everything else that cannot be right.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, select
from sqlalchemy.exc import SQLAlchemyError

from foedus.errors import LedgerError, Unavailable
from foedus.ledger import check_derived, rows, schema
from foedus.ledger.damage import find_damage
from foedus.ledger.queries import Matched
from foedus.model.checkup import Checkup, Flaw, Part
from foedus.model.document import Document
from foedus.model.judgement import Back, Kind
from foedus.model.judgement_records import RecordError, from_judgement_record
from foedus.model.span import Span

_DOCUMENTS_AT_ONCE = 100
_UNREADABLE = (SQLAlchemyError, LedgerError, ValueError, TypeError, KeyError, AttributeError)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check(connection: Connection) -> Checkup:
    """Verify the ledger that `connection` reads.

    Args:
        connection: One that sees a single state of the ledger throughout, and that temporary tables may be made on.
    """
    flaws: list[Flaw] = []
    look = _Look(flaws)
    look.at(Part.FILE, "file", lambda: (Flaw(Part.FILE, "file", line) for line in find_damage(connection)))
    look.at(Part.FILE, "references", lambda: _find_orphans(connection))
    look.at(Part.FACTS, "documents", lambda: _check_facts(connection))
    is_readable = not flaws
    look.at(Part.JUDGEMENTS, "judgements", lambda: _check_judgements(connection))
    matched = _find_matched(connection, flaws)
    if matched is Matched.ALL:
        look.at(Part.DERIVED, "events", lambda: check_derived.check_events(connection))
        look.at(Part.DERIVED, "matching", lambda: check_derived.check_matching(connection))
        # It is made anew from facts and events to compare it, which must be right for that.
        if is_readable and not any(flaw.part is Part.DERIVED for flaw in flaws):
            look.at(Part.DERIVED, "listing", lambda: check_derived.check_listing(connection))
    order = list(Part)
    return Checkup(
        documents=_count(connection, schema.documents, schema.documents.c.media_type.is_not(None)),
        articles=_count(connection, schema.articles),
        claims=_count(connection, schema.claims),
        events=_count(connection, schema.events),
        conflicts=_count(connection, schema.conflicts),
        judgements=_count(connection, schema.judgements),
        is_matched=matched is Matched.ALL,
        flaws=tuple(sorted(dict.fromkeys(flaws), key=lambda flaw: (order.index(flaw.part), flaw.item))),
    )


class _Look:
    """Gathers flaws; a look that cannot be finished is one itself."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self._flaws = flaws

    def at(self, part: Part, what: str, find: Callable[[], Iterable[Flaw]]) -> None:
        try:
            self._flaws.extend(find())
        except Unavailable:
            raise  # a server that is away says nothing of the ledger
        except _UNREADABLE as error:
            part = Part.FILE if isinstance(error, SQLAlchemyError | LedgerError) else part
            self._flaws.append(Flaw(part, what, f"cannot be read: {_tell(error)}", is_unreadable=True))


def _find_matched(connection: Connection, flaws: list[Flaw]) -> Matched:
    meta = schema.meta.c
    found = str(connection.execute(select(meta.value).where(meta.key == "matched")).scalar_one_or_none())
    try:
        return Matched(found)
    except ValueError:
        flaws.append(Flaw(Part.DERIVED, "matched", f'"{found}" is no word for how far the ledger is matched'))
        return Matched.NOT


def _find_orphans(connection: Connection) -> Iterator[Flaw]:
    """Rows that refer to one that is not there, by the foreign keys of the schema."""
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            parent = key.referred_table.alias()
            meets = and_(*(item.parent == parent.c[item.column.name] for item in key.elements))
            is_given = and_(*(column.is_not(None) for column in key.columns))
            query = select(*table.primary_key.columns).where(is_given, ~select(1).where(meets).exists())
            for row in connection.execute(query.order_by(*table.primary_key.columns)):
                item = " ".join(map(str, row))
                part = Part.DERIVED if table in REBUILT else Part.FACTS
                message = f"{_to_noun(table)} of something in {key.referred_table.name} that is not there"
                yield Flaw(part, item, message, _find_name(connection, table, row))


#: What `repair` makes anew.
REBUILT = (*schema.DERIVED, schema.claim_actors)


def _find_name(connection: Connection, table: Table, row: Row[Any]) -> str | None:
    """Name of the document that a row belongs to; None where there is none."""
    if "document_id" not in table.c or table in REBUILT:
        return None
    meets = [column == value for column, value in zip(table.primary_key.columns, row, strict=True)]
    query = (
        select(schema.documents.c.name)
        .join(table, table.c.document_id == schema.documents.c.id)
        .where(*meets)
    )
    return connection.execute(query).scalar_one_or_none()


# -- facts


def _check_facts(connection: Connection) -> Iterator[Flaw]:
    table = schema.documents.c
    known = connection.execute(select(table.id, table.name).order_by(table.name)).all()
    for start in range(0, len(known), _DOCUMENTS_AT_ONCE):
        part = known[start : start + _DOCUMENTS_AT_ONCE]
        shelf = _Shelf(connection, [row.id for row in part])
        for row in part:
            facts = _Facts(row.name)
            try:
                facts.load(connection, row.id, shelf)
            except Unavailable:
                raise
            except _UNREADABLE as error:  # a place that is a word, a text that is none
                yield Flaw(
                    Part.FACTS,
                    row.name,
                    f"the document cannot be read: {_tell(error)}",
                    row.name,
                    is_unreadable=True,
                )
            yield from facts.iter_flaws()


class _Shelf:
    """Rows of some documents, by the number of the document."""

    def __init__(self, connection: Connection, ids: Sequence[int]) -> None:
        self.flaws: list[Flaw] = []
        self.articles = self._load(connection, schema.articles, ids, "number")
        self.claims = self._load(connection, schema.claims, ids, "article", "position")
        self.problems = self._load(connection, schema.problems, ids, "id")
        claim, actor = schema.claims.c, schema.claim_actors.c
        query = select(actor.claim_id, actor.code).join(schema.claims, claim.id == actor.claim_id)
        self.codes: dict[str, set[str]] = defaultdict(set)
        for found in connection.execute(query.where(claim.document_id.in_(ids))):
            self.codes[found.claim_id].add(found.code)

    def _load(
        self, connection: Connection, table: Table, ids: Sequence[int], *order: str
    ) -> Mapping[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        condition = table.c.document_id.in_(ids)
        for row in read_rows(connection, table, condition, *(table.c[name] for name in order)):
            found[row.document_id].append(row)
        return found


class _Facts:
    """What a ledger holds of one input."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._flaws: list[Flaw] = []

    def load(self, connection: Connection, document_id: int, shelf: _Shelf) -> None:
        """Read it, and note what is wrong with it."""
        (row,) = read_rows(connection, schema.documents, schema.documents.c.id == document_id)
        articles, claims = shelf.articles.get(document_id, []), shelf.claims.get(document_id, [])
        problems = shelf.problems.get(document_id, [])
        if isinstance(row, Unread):
            self._add(self._name, f"the document cannot be read: {row.reason}", is_unreadable=True)
            return
        if row.media_type is None:
            if articles or claims or row.text is not None:
                self._add(self._name, "the document could not be read, but has a text or articles")
            if not problems:
                self._add(self._name, "the document could not be read, and no problem says why")
            return
        document = self._try(self._name, "the document", lambda: rows.from_document_row(row))
        if document is None:
            return
        self._check_document(document)
        self._check_articles(document, articles)
        self._check_claims(document, claims, shelf.codes)
        for problem in problems:
            self._try(self._name, "a problem", partial(rows.from_problem_row, problem))

    def iter_flaws(self) -> Iterator[Flaw]:
        return iter(self._flaws)

    def _check_document(self, document: Document) -> None:
        if not _DIGEST.fullmatch(document.digest):
            self._add(self._name, f'the digest "{document.digest[:80]}" of the document is no SHA-256')
        if not _are_places(document.main, document.text):
            self._add(self._name, "the main text of the document is not where it should be")

    def _check_articles(self, document: Document, found: Sequence[Any]) -> None:
        for row in found:
            item = f"{self._name} {row.number}"
            article = self._try(item, "the article", partial(_read, rows.from_article_row, row, self._name))
            if article is None:
                continue
            title = (article.title_span,) if article.title_span else ()
            if not _are_places(article.spans, document.text) or not _are_places(title, document.text):
                self._add(item, "the text of the article is not where it should be")
        self._check_places(found, "number", "articles")

    def _check_claims(self, document: Document, found: Sequence[Any], codes: Mapping[str, set[str]]) -> None:
        for row in found:
            claim = self._try(row.id, "the claim", partial(_read, rows.from_claim_row, row, self._name))
            if claim is None:
                continue
            start, end = claim.evidence.start, claim.evidence.end
            if claim.evidence.cut(document.text) != claim.quote or not claim.quote:
                message = f'the quoted words of the claim do not stand at {start}–{end} of "{self._name}"'
                self._add(claim.id, message)
            if not all(_is_place(span, document.text) for spans in claim.spans.values() for span in spans):
                self._add(claim.id, f'words of the claim lie outside of "{self._name}"')
            if not 0 <= claim.confidence <= 1:
                self._add(claim.id, f'the confidence "{claim.confidence}" of the claim is none')
            if {actor.code for actor in claim.actors} != codes.get(claim.id, set()):
                message = "the claim is found by other actors than it has"
                self._flaws.append(Flaw(Part.DERIVED, claim.id, message))
        self._check_places(found, "position", "claims")

    def _check_places(self, found: Sequence[Any], column: str, noun: str) -> None:
        """Numbers run from 0 without a gap, so that one that is missing is noticed, but for the last."""
        if not any(isinstance(row, Unread) for row in found):
            numbers = sorted(getattr(row, column) for row in found)
            if numbers != list(range(len(numbers))):
                told = ", ".join(map(str, numbers[:20]))
                self._add(self._name, f"the {noun} of the document are not numbered from 0 on: {told}")

    def _add(self, item: str, message: str, *, is_unreadable: bool = False) -> None:
        self._flaws.append(Flaw(Part.FACTS, item, message, self._name, is_unreadable))

    def _try(self, item: str, noun: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except _UNREADABLE as error:
            self._add(item, f"{noun} cannot be read: {_tell(error)}", is_unreadable=True)
            return None


class Unread(SimpleNamespace):
    """Stands for a row that cannot be read: its key, and why."""

    reason: str

    def __getattr__(self, name: str) -> Any:
        raise ValueError(self.reason)


def read_rows(
    connection: Connection, table: Table, condition: ColumnElement[bool], *order: ColumnElement[Any]
) -> Iterator[Any]:
    """Rows of a table in some order; one that cannot be read as an `Unread` with its key and that of its document."""
    order = order or tuple(table.primary_key.columns)
    try:
        found = connection.execute(select(table).where(condition).order_by(*order)).all()
    except Unavailable:
        raise
    except _UNREADABLE:
        pass
    else:
        yield from found
        return
    keys = [column for column in table.columns if column.primary_key or column.name == "document_id"]
    for key in connection.execute(select(*keys, *order).where(condition).order_by(*order)).all():
        is_it = [column == value for column, value in zip(keys, key, strict=False)]
        try:
            yield connection.execute(select(table).where(*is_it)).one()
        except Unavailable:
            raise
        except _UNREADABLE as error:
            given = {column.name: value for column, value in zip((*keys, *order), key, strict=True)}
            yield Unread(reason=_tell(error), **given)


def _read(convert: Callable[[Any], Any], row: Any, document: str) -> Any:
    """What a row stands for that also needs the name of its document."""
    if isinstance(row, Unread):
        raise ValueError(row.reason)
    return convert(SimpleNamespace(**row._mapping, document=document))


def _are_places(spans: Sequence[Span], text: str) -> bool:
    """Whether stretches lie in a text, in order, none over another."""
    in_order = all(one.end <= other.start for one, other in pairwise(spans))
    return in_order and all(_is_place(span, text) for span in spans)


def _is_place(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


# -- judgements


def _check_judgements(connection: Connection) -> Iterator[Flaw]:
    kinds: dict[str, str] = {}
    backs: dict[str, str] = {}
    for row in read_rows(connection, schema.judgements, schema.judgements.c.id.is_not(None)):
        try:
            judgement = from_judgement_record(row.record)
        except RecordError as error:
            message = f"the record of the judgement is malformed: {error}"
            yield Flaw(Part.JUDGEMENTS, row.id, message, is_unreadable=True)
            continue
        except ValueError as error:
            message = f"the judgement cannot be read: {_tell(error)}"
            yield Flaw(Part.JUDGEMENTS, row.id, message, is_unreadable=True)
            continue
        kinds[judgement.id] = judgement.kind.value
        own = rows.to_judgement_row(judgement)
        wrong = [name for name in ("id", "kind", "who", "made") if own[name] != getattr(row, name)]
        if wrong:
            yield Flaw(Part.JUDGEMENTS, row.id, f"the judgement's {wrong[0]} is not that of its record")
        if isinstance(judgement.verdict, Back):
            backs[judgement.id] = judgement.verdict.judgement
    for judgement_id, taken in sorted(backs.items()):
        if kinds.get(taken, Kind.BACK.value) == Kind.BACK.value:
            message = f'it takes back "{taken}", which is not there or takes something back itself'
            yield Flaw(Part.JUDGEMENTS, judgement_id, message)


# -- words


def _count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    try:
        query = select(func.count()).select_from(table).where(*conditions)
        return int(connection.execute(query).scalar_one())
    except Unavailable:
        raise
    except _UNREADABLE:
        return 0  # what cannot be counted was found out before


def _to_noun(table: Table) -> str:
    return f"a row of {table.name}"


def _tell(error: BaseException) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split()) or type(error).__name__
