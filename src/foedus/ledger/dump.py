"""A whole ledger as lines, and back: what cannot be made anew, which is facts, judgements and runs.

A line is a JSON object. The first says that this is a dump and of which version, the last how many lines there are of
each kind; between them runs, documents with all that they say, problems of no document, judgements. What is derived is
not among them: matching makes it anew. Lines come in a fixed order and hold no number that depends on the order in
which a ledger was built.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    RowMapping,
    Select,
    Table,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from foedus.errors import DataFileError
from foedus.ledger import rows, schema
from foedus.ledger.connect import number_on
from foedus.ledger.migrate import HEAD, REVISIONS
from foedus.model.document import PageData
from foedus.model.judgement_records import RecordError, from_judgement_record
from foedus.model.records import to_line

#: Version of the lines; a dump with a higher one was written by a newer Foedus.
VERSION = 1

#: A longer line is none of a dump: the longest text and what can be said of it are shorter.
MAX_LINE_BYTES = 1024 * 1024 * 1024

_TEXTS_AT_ONCE = 20
_ROWS_AT_ONCE = 500
_INNER = ("id", "document_id")  # numbers that a ledger gives, as it was built
_PARTS: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "articles": (schema.articles, ("number",)),
    "claims": (schema.claims, ("article", "position")),
    "problems": (schema.problems, ("step", "code", "message", "item", "root")),
}


def iter_lines(connection: Connection) -> Iterator[str]:
    """The lines of a dump, each with its line end.

    Args:
        connection: One that sees a single state of the ledger throughout.

    Raises:
        ValueError: A value of the ledger cannot be read.
    """
    yield _to_line("foedus", {"dump": VERSION, "schema": HEAD})
    counts: Counter[str] = Counter()
    for kind, records in (
        ("run", _iter_runs(connection)),
        ("document", _iter_documents(connection)),
        ("problem", _iter_problems(connection)),
        ("judgement", _iter_judgements(connection)),
    ):
        for record in records:
            yield _to_line(kind, record)
            counts[kind] += 1
    yield _to_line("end", {kind: counts[kind] for kind in _KINDS})


def _iter_runs(connection: Connection) -> Iterator[rows.Row]:
    for row in connection.execute(select(schema.runs).order_by(schema.runs.c.id)).mappings():
        yield _to_values(schema.runs, row, leave_out=())


def _iter_documents(connection: Connection) -> Iterator[rows.Row]:
    names = schema.documents.c.name
    parts = {name: _Group(connection, table, order) for name, (table, order) in _PARTS.items()}
    query = select(schema.documents).order_by(names)
    texts = connection.execute(query, execution_options={"yield_per": _TEXTS_AT_ONCE})
    for row in texts.mappings():
        record = _to_values(schema.documents, row, leave_out=_INNER)
        for name, group in parts.items():
            table = _PARTS[name][0]
            leave_out = ("document_id",) if table is schema.claims else _INNER
            record[name] = [_to_values(table, part, leave_out=leave_out) for part in group.take(row["name"])]
        yield record


class _Group:
    """Rows of a table by the names of their documents, in that order."""

    def __init__(self, connection: Connection, table: Table, order: tuple[str, ...]) -> None:
        name = schema.documents.c.name.label("_document")
        query: Select[Any] = (
            select(table, name)
            .join(schema.documents, table.c.document_id == schema.documents.c.id)
            .order_by(name, *(table.c[column] for column in order))
        )
        answer = connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE})
        self._groups = groupby(answer.mappings(), key=lambda row: row["_document"])
        self._next = next(self._groups, None)

    def take(self, name: str) -> Iterable[Any]:
        """The rows of the next document, if it is this one."""
        if self._next is None or self._next[0] != name:
            return ()
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _iter_problems(connection: Connection) -> Iterator[rows.Row]:
    table = schema.problems
    query = select(table).where(table.c.document_id.is_(None))
    columns = ("root", "item", "step", "code", "message")
    for row in connection.execute(query.order_by(*(table.c[name] for name in columns))).mappings():
        yield _to_values(table, row, leave_out=_INNER)


def _iter_judgements(connection: Connection) -> Iterator[rows.Row]:
    table = schema.judgements.c
    for record in connection.execute(select(table.record).order_by(table.made, table.id)).scalars():
        yield {"judgement": record}


def _to_values(table: Table, row: RowMapping, *, leave_out: tuple[str, ...]) -> rows.Row:
    return {
        column.name: value.isoformat() if isinstance(value := row[column.name], date) else value
        for column in table.columns
        if column.name not in leave_out
    }


def _to_line(kind: str, record: rows.Row) -> str:
    return to_line({"record": kind, **record}) + "\n"


# -- back


def load_lines(connection: Connection, lines: Iterable[bytes], name: str) -> None:
    """Put what a dump holds into an empty ledger.

    Args:
        connection: In a transaction that writes, to be given up when this raises.
        lines: The lines of the dump.
        name: Name of the dump, for messages.

    Raises:
        DataFileError: A line is malformed, or missing at the end, or a newer version wrote the dump; names the line.
    """
    counts: Counter[str] = Counter()
    is_whole = False
    number = 0
    for number, line in enumerate(lines, start=1):
        try:
            kind, record = _parse_line(line)
            if number == 1:
                _check_head(kind, record)
            elif is_whole:
                raise _MalformedError("it stands after the end")
            elif kind == "end":
                _check_end(record, counts)
                is_whole = True
            else:
                _load_record(connection, kind, record)
                counts[kind] += 1
        except (_MalformedError, RecordError) as error:
            raise DataFileError(f"{name}:{number}: {error}; nothing was loaded") from error
        except (SQLAlchemyError, UnicodeError, OverflowError) as error:
            reason = str(getattr(error, "orig", None) or error)
            raise DataFileError(
                f"{name}:{number}: it cannot be stored: {reason}; nothing was loaded"
            ) from error
    if not is_whole:
        raise DataFileError(
            f"{name}:{number}: it ends here, before its end; fetch or write it again; nothing was loaded"
        )
    if counts["run"]:
        number_on(connection, schema.runs)


class _MalformedError(ValueError):
    """A line is not as a dump has it; says what is wrong."""


def _parse_line(line: bytes) -> tuple[str, rows.Row]:
    if len(line) > MAX_LINE_BYTES:
        raise _MalformedError("it is longer than any line of a dump")
    try:
        record = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _MalformedError(f"it is no JSON ({error})") from error
    kind = record.pop("record", None) if isinstance(record, dict) else None
    if not isinstance(kind, str):
        raise _MalformedError('it is no object with the key "record"')
    return kind, record


def _refuse_constant(word: str) -> None:
    raise _MalformedError(f'"{word}" is no number')


def _check_head(kind: str, record: rows.Row) -> None:
    version, revision = record.get("dump"), record.get("schema")
    if kind != "foedus" or type(version) is not int or not isinstance(revision, str):
        raise _MalformedError("a dump of a ledger begins otherwise; make one with `foedus dump`")
    if version > VERSION or revision not in REVISIONS:
        raise _MalformedError(
            f"a newer version of Foedus wrote it (version {version}, schema {revision}); update Foedus"
        )
    if version < 1:
        raise _MalformedError(f'there is no version "{version}" of dumps')


def _check_end(record: rows.Row, counts: Mapping[str, int]) -> None:
    for kind in _KINDS:
        if record.get(kind) != counts[kind]:
            raise _MalformedError(
                f'it tells of {record.get(kind)} lines of kind "{kind}", but there are {counts[kind]}; '
                "fetch or write it again"
            )


def _load_record(connection: Connection, kind: str, record: rows.Row) -> None:
    loader = _KINDS.get(kind)
    if loader is None:
        raise _MalformedError(f'there is no kind of line "{kind}"')
    loader(connection, record)


def _load_run(connection: Connection, record: rows.Row) -> None:
    connection.execute(insert(schema.runs), _to_row(schema.runs, record, leave_out=()))


def _load_document(connection: Connection, record: rows.Row) -> None:
    parts = {name: record.pop(name, None) for name in _PARTS}
    for name, values in parts.items():
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise _MalformedError(f'"{name}" is no list of objects')
    row = _to_row(schema.documents, record, leave_out=_INNER)
    if (row["media_type"] is None, row["page"] is None, row["main"] is None) != (row["text"] is None,) * 3:
        raise _MalformedError('of "media_type", "page", "main" and "text" some are null and some are not')
    document_id = connection.execute(
        insert(schema.documents).returning(schema.documents.c.id), row
    ).scalar_one()
    for name, (table, _) in _PARTS.items():
        leave_out = ("document_id",) if table is schema.claims else _INNER
        found = [
            {
                **_to_row(table, value, leave_out=leave_out, given={"document": record["name"]}),
                "document_id": document_id,
            }
            for value in parts[name]
        ]
        if found:
            connection.execute(insert(table), found)
        if table is schema.claims:
            _load_actors(connection, found)


def _load_actors(connection: Connection, claims: Iterable[rows.Row]) -> None:
    found = [
        {"claim_id": claim["id"], "code": code}
        for claim in claims
        for code in sorted({code for code, _ in claim["actors"]})
    ]
    if found:
        connection.execute(insert(schema.claim_actors), found)


def _load_problem(connection: Connection, record: rows.Row) -> None:
    row = _to_row(schema.problems, record, leave_out=_INNER)
    connection.execute(insert(schema.problems), {**row, "document_id": None})


def _load_judgement(connection: Connection, record: rows.Row) -> None:
    judgement = from_judgement_record(record.get("judgement"))
    row = rows.to_judgement_row(judgement)
    if row["record"] != record["judgement"]:
        raise _MalformedError(f'the record of judgement "{judgement.id}" lacks keys')
    connection.execute(insert(schema.judgements), row)


_KINDS: Mapping[str, Callable[[Connection, rows.Row], None]] = {
    "run": _load_run,
    "document": _load_document,
    "problem": _load_problem,
    "judgement": _load_judgement,
}


def _to_row(
    table: Table, values: rows.Row, *, leave_out: tuple[str, ...], given: Mapping[str, Any] | None = None
) -> rows.Row:
    """The row of a table that values stand for, each checked.

    Args:
        table: The table.
        values: By the names of columns; all of them and no others.
        leave_out: Columns that the values lack.
        given: What reading the row needs besides.
    """
    columns = {column.name: column for column in table.columns if column.name not in leave_out}
    if set(values) != set(columns):
        strange = sorted({*values} ^ {*columns})
        raise _MalformedError(f'of {table.name} the key "{strange[0]}" is missing or unknown')
    row = {name: _to_value(column, values[name]) for name, column in columns.items()}
    read = _READERS.get(table)
    if read is not None and row.get("media_type", "") is not None:
        try:
            read(SimpleNamespace(**row, **(given or {})))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _MalformedError(f"{table.name} cannot hold it: {error}") from error
    return row


_READERS: Mapping[Table, Callable[[Any], Any]] = {
    schema.documents: rows.from_document_row,
    schema.articles: rows.from_article_row,
    schema.claims: rows.from_claim_row,
    schema.problems: rows.from_problem_row,
}


def _to_value(column: Column[Any], value: Any) -> Any:
    if value is None:
        if column.nullable:
            return None
        raise _MalformedError(f'"{column.name}" is null')
    shape = _SHAPES.get((column.table.name, column.name))
    if shape is not None:
        is_fit = shape(value)
    elif isinstance(column.type, Date):
        return _to_day(column.name, value)
    elif isinstance(column.type, Boolean):
        is_fit = isinstance(value, bool)
    elif isinstance(column.type, Float):
        is_fit = _is_number(value)
    elif isinstance(column.type, Integer):
        is_fit = type(value) is int
    else:
        is_fit = isinstance(value, str)
    if not is_fit:
        raise _MalformedError(f'"{column.name}" cannot be {json.dumps(value)[:80]}')
    return value


def _to_day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _MalformedError(f'"{name}" is no day: {json.dumps(value)[:80]}') from error


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(place) is int for place in value)


def _list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _map_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(map(fits, value.values()))


def _is_actor(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_text, value))


def _is_quantity(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 6 or not isinstance(value[5], bool):
        return False
    numbers, words = value[:2], value[2:5]
    return all(part is None or _is_number(part) for part in numbers) and all(
        part is None or _is_text(part) for part in words
    )


def _is_page(value: Any) -> bool:
    fields = set(PageData.__dataclass_fields__)
    return (
        isinstance(value, dict)
        and set(value) <= fields
        and all(part is None or _is_text(part) for part in value.values())
    )


#: What JSON columns hold, by table and column.
_SHAPES: Mapping[tuple[str, str], Callable[[Any], bool]] = {
    ("documents", "page"): _is_page,
    ("documents", "main"): _list_of(_is_span),
    ("articles", "spans"): _list_of(_is_span),
    ("claims", "actors"): _list_of(_is_actor),
    ("claims", "agents"): _list_of(_is_text),
    ("claims", "place"): _list_of(_is_text),
    ("claims", "via"): _list_of(_is_text),
    ("claims", "quantities"): _list_of(_is_quantity),
    ("claims", "spans"): _map_of(_list_of(_is_span)),
}
