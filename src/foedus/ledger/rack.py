"""A ledger while copies are looked for again in part: samples of texts, and which article repeats which.

All of it happens in the transaction of `foedus.ledger.shelf`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from struct import iter_unpack
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select

from foedus.ledger import rows, schema
from foedus.ledger.connect import ask_barely, to_driver_sql
from foedus.ledger.derived import insert_all
from foedus.ledger.queries import article_texts_query, from_article_text_row
from foedus.model.article import Article
from foedus.model.copy import Repeat, Sample
from foedus.model.event import Reprint

_ROWS_AT_ONCE = 500
_RUNS_AT_ONCE = 20_000

_Key = tuple[str, int]
_Member = tuple[int, int]

_runs = schema.sampled_runs.c
_FIRST = "SELECT day, owner FROM sampled_runs WHERE run = ? ORDER BY day, owner LIMIT ?"
_BEFORE = (
    "SELECT day, owner FROM sampled_runs WHERE run = ? AND (day, owner) < (?, ?)"
    " ORDER BY day DESC, owner DESC LIMIT ?"
)
_AFTER = (
    "SELECT day, owner FROM sampled_runs WHERE run = ? AND (day, owner) > (?, ?) ORDER BY day, owner LIMIT ?"
)


class Rack:
    """Reads texts and samples for `foedus.matching.find_reprints_again`, and keeps what comes of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def iter_texts_of(self, documents: Collection[str]) -> Iterator[tuple[Article, str]]:
        """The articles of these documents as they are now, each with its main text."""
        for part in _iter_parts(documents):
            query = article_texts_query().where(schema.documents.c.name.in_(part))
            yield from map(from_article_text_row, self._connection.execute(query))

    def load_text(self, document: str, number: int) -> tuple[Article, str]:
        """One article that there is, with its main text."""
        query = article_texts_query().where(
            schema.documents.c.name == document, schema.articles.c.number == number
        )
        return from_article_text_row(self._connection.execute(query).one())

    def take_samples(self, documents: Collection[str]) -> list[Sample]:
        """The samples of articles of these documents, which are then no more."""
        taken: list[Sample] = []
        table = schema.samples
        for part in _iter_parts(documents):
            found = self._connection.execute(select(table).where(table.c.document.in_(part)))
            taken.extend(Sample(*row) for row in found)
            self._connection.execute(delete(table).where(table.c.document.in_(part)))
        runs = [row for sample in taken for row in _to_run_rows(sample)]
        if runs:
            own = [_runs[name] == bindparam(f"old_{name}") for name in ("run", "day", "owner")]
            old = [{f"old_{name}": value for name, value in row.items()} for row in runs]
            self._connection.execute(delete(schema.sampled_runs).where(*own), old)
        return taken

    def add_samples(self, samples: Iterable[Sample]) -> None:
        """Keep samples."""
        insert_samples(self._connection, tuple(samples))

    def load_samples(self, owners: Collection[int]) -> list[Sample]:
        """Those of these samples that there are."""
        table = schema.samples
        found: list[Sample] = []
        for part in _iter_parts(owners):
            query = select(table).where(table.c.owner.in_(part))
            found.extend(Sample(*row) for row in self._connection.execute(query))
        return found

    def load_first(self, run: int, count: int) -> list[_Member]:
        """The first articles that have a run, by day and owner, at most `count`."""
        return self._ask(_FIRST, run, count)

    def load_firsts(self, runs: Collection[int], count: int) -> dict[int, list[_Member]]:
        """The same for many runs; those that no article has are left out."""
        firsts = ((run, self.load_first(run, count)) for run in sorted(runs))
        return {run: first for run, first in firsts if first}

    def load_near(self, run: int, member: _Member, count: int) -> list[_Member]:
        """At most `count` articles that have a run before another one, and as many after it, sorted."""
        before = self._ask(_BEFORE, run, *member, count)
        return [*reversed(before), *self._ask(_AFTER, run, *member, count)]

    def load_repeats(self, articles: Collection[_Key]) -> list[Repeat]:
        """Those in which any of these articles is the copy or the original."""
        return [Repeat(*row) for row in _find_touching(self._connection, schema.repeats, articles)]

    def replace_repeats(self, old: Collection[Repeat], new: Collection[Repeat]) -> None:
        """Put some in the place of others."""
        table = schema.repeats.c
        keys = [name for name in table.keys() if name != "words"]  # noqa: SIM118  # no mapping
        if old:
            own = [table[name] == bindparam(f"old_{name}") for name in keys]
            values = [{f"old_{name}": getattr(repeat, name) for name in keys} for repeat in sorted(old)]
            self._connection.execute(delete(schema.repeats).where(*own), values)
        insert_all(self._connection, schema.repeats, map(asdict, sorted(new)))

    def load_reprints(self, articles: Collection[_Key]) -> list[Reprint]:
        """Those in which any of these articles is the copy or the original."""
        return load_reprints(self._connection, articles)

    def replace_reprints(self, old: Collection[Reprint], new: Collection[Reprint]) -> None:
        """Put some in the place of others."""
        table = schema.reprints.c
        if old:
            own = (table.document == bindparam("copy"), table.article == bindparam("number"))
            values = [{"copy": reprint.document, "number": reprint.article} for reprint in sorted(old)]
            self._connection.execute(delete(schema.reprints).where(*own), values)
        insert_all(self._connection, schema.reprints, map(rows.to_reprint_row, sorted(new)))

    def _ask(self, statement: str, *values: int) -> list[_Member]:
        return ask_barely(self._connection, statement, values)


def load_reprints(connection: Connection, articles: Collection[_Key]) -> list[Reprint]:
    """Reprints in which any of some articles is the copy or the original, sorted."""
    return sorted(Reprint(*row) for row in _find_touching(connection, schema.reprints, articles))


def insert_samples(connection: Connection, samples: Collection[Sample]) -> None:
    """Add samples and their runs; these in their order, since they are many."""
    insert_all(connection, schema.samples, map(asdict, samples))
    if not samples:
        return
    import numpy as np  # of those who read a ledger few ever write samples

    runs = np.concatenate([np.frombuffer(sample.runs, dtype="<i8") for sample in samples])
    sizes = [len(sample.runs) // 8 for sample in samples]
    days = np.repeat(np.array([sample.day for sample in samples], dtype=np.int64), sizes)
    owners = np.repeat(np.array([sample.owner for sample in samples], dtype=np.int64), sizes)
    order = np.lexsort((owners, days, runs))
    statement = (
        "INSERT INTO sampled_runs (run, day, owner) VALUES (?, ?, ?)"  # bare: a hundred rows an article
    )
    for start in range(0, len(order), _RUNS_AT_ONCE):
        part = order[start : start + _RUNS_AT_ONCE]
        values = zip(runs[part].tolist(), days[part].tolist(), owners[part].tolist(), strict=True)
        connection.exec_driver_sql(to_driver_sql(connection, statement), [*values])


def _to_run_rows(sample: Sample) -> Iterator[rows.Row]:
    for (run,) in iter_unpack("<q", sample.runs):  # the tables keep them with a sign
        yield {"run": run, "day": sample.day, "owner": sample.owner}


def _find_touching(connection: Connection, table: Table, articles: Collection[_Key]) -> list[tuple[Any, ...]]:
    """Rows in which any of some articles is the copy or the original, each once."""
    columns = ", ".join(column.name for column in table.columns)
    statements = [
        f"SELECT {columns} FROM {table.name} WHERE {prefix}document = ? AND {prefix}article = ?"  # noqa: S608
        for prefix in ("", "original_")
    ]
    found = (
        row
        for key in sorted(articles)
        for statement in statements
        for row in ask_barely(connection, statement, key)
    )
    return [*dict.fromkeys(map(tuple, found))]


def _iter_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(sorted(values))
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        yield part
