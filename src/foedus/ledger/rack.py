"""A ledger while copies are looked for again in part: samples of texts, and which article repeats which.

All of it happens in the transaction of `foedus.ledger.shelf`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from struct import iter_unpack
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, tuple_

from foedus.ledger import rows, schema
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
_MEMBERS = select(_runs.day, _runs.owner).where(_runs.run == bindparam("run"))
_HERE = tuple_(bindparam("day"), bindparam("owner"))
_FIRST = _MEMBERS.order_by(_runs.day, _runs.owner).limit(bindparam("count"))
_BEFORE = (
    _MEMBERS.where(tuple_(_runs.day, _runs.owner) < _HERE)
    .order_by(_runs.day.desc(), _runs.owner.desc())
    .limit(bindparam("count"))
)
_AFTER = (
    _MEMBERS.where(tuple_(_runs.day, _runs.owner) > _HERE)
    .order_by(_runs.day, _runs.owner)
    .limit(bindparam("count"))
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
        return self._ask(_FIRST, run=run, count=count)

    def load_firsts(self, runs: Collection[int], count: int) -> dict[int, list[_Member]]:
        """The same for many runs; those that no article has are left out."""
        found: dict[int, list[_Member]] = {}
        for part in _iter_parts(runs):
            number = func.count()
            sizes = self._connection.execute(
                select(_runs.run, number).where(_runs.run.in_(part)).group_by(_runs.run)
            )
            few = []
            for run, size in sizes.all():
                if size > count:
                    found[run] = self.load_first(run, count)
                else:
                    few.append(run)
            query = select(_runs.run, _runs.day, _runs.owner).where(_runs.run.in_(few))
            for run, day, owner in self._connection.execute(
                query.order_by(_runs.run, _runs.day, _runs.owner)
            ):
                found.setdefault(run, []).append((day, owner))
        return found

    def load_near(self, run: int, member: _Member, count: int) -> list[_Member]:
        """At most `count` articles that have a run before another one, and as many after it, sorted."""
        day, owner = member
        before = self._ask(_BEFORE, run=run, day=day, owner=owner, count=count)
        return [*reversed(before), *self._ask(_AFTER, run=run, day=day, owner=owner, count=count)]

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

    def _ask(self, query: Any, **values: int) -> list[_Member]:
        return [(row[0], row[1]) for row in self._connection.execute(query, values)]


def load_reprints(connection: Connection, articles: Collection[_Key]) -> list[Reprint]:
    """Reprints in which any of some articles is the copy or the original, sorted."""
    return sorted(map(rows.from_reprint_row, _find_touching(connection, schema.reprints, articles)))


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
    statement = insert(schema.sampled_runs)
    for start in range(0, len(order), _RUNS_AT_ONCE):
        part = order[start : start + _RUNS_AT_ONCE]
        values = zip(runs[part].tolist(), days[part].tolist(), owners[part].tolist(), strict=True)
        connection.execute(
            statement, [{"run": run, "day": day, "owner": owner} for run, day, owner in values]
        )


def _to_run_rows(sample: Sample) -> Iterator[rows.Row]:
    for (run,) in iter_unpack("<q", sample.runs):  # the tables keep them with a sign
        yield {"run": run, "day": sample.day, "owner": sample.owner}


def _find_touching(connection: Connection, table: Any, articles: Collection[_Key]) -> list[Any]:
    """Rows in which any of some articles is the copy or the original, each once."""
    found: dict[tuple[Any, ...], Any] = {}
    for part in _iter_parts(articles):
        for first, second in (("document", "article"), ("original_document", "original_article")):
            query = select(table).where(tuple_(table.c[first], table.c[second]).in_(part))
            found.update((tuple(row), row) for row in connection.execute(query))
    return list(found.values())


def _iter_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(sorted(values))
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        yield part
