"""Writing a ledger: each input with everything that comes from it in one transaction.

A build that is cut off anywhere leaves whole inputs behind and nothing else; running it again does the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Integer, bindparam, cast, delete, func, insert, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from foedus.errors import LedgerError, Unavailable
from foedus.ledger import rows, schema
from foedus.ledger.connect import WRITING, connect_once
from foedus.ledger.derived import Derived, insert_all, insert_events
from foedus.ledger.facts import Facts
from foedus.ledger.listing import write_listing
from foedus.ledger.queries import Matched, Reading
from foedus.ledger.select import Selection, shadow
from foedus.ledger.shelf import Shelf, to_block_row
from foedus.model.claim import Claim
from foedus.model.judgement import Back, Judgement, Kind
from foedus.model.run import BuildReport, Problem

_ROWS_AT_ONCE = 2_000


class Overtaken(LedgerError):  # noqa: N818 - the name says what it is
    """Another writer changed the ledger since it was read; read it again."""


class Ledger(Reading):
    """A ledger, open for questions and, unless it was opened for reading only, for writing."""

    def __enter__(self) -> "Ledger":
        return self

    def begin_run(self, *, version: str, jobs: int) -> int:
        """Note that a build begins; gives its number."""
        values = {"version": version, "jobs": jobs, "started": _now()}
        with self._writing() as connection:
            statement = insert(schema.runs).values(values).returning(schema.runs.c.id)
            return int(connection.execute(statement).scalar_one())

    def end_run(self, run: int, report: BuildReport) -> None:
        """Note how the build of number `run` ended."""
        values = {
            "finished": _now(),
            "new": report.new,
            "changed": report.changed,
            "gone": report.gone,
            "interrupted": report.interrupted,
        }
        with self._writing() as connection:
            connection.execute(update(schema.runs).where(schema.runs.c.id == run).values(values))

    def write_facts(self, batch: Sequence[Facts], *, version: str) -> None:
        """Store inputs and all that comes from them, replacing what earlier versions of them gave.

        Args:
            batch: Inputs, each at most once; all are stored in one transaction, or none.
            version: The version of Foedus and its codebook that made them.

        Raises:
            LedgerError: The ledger could not be written; nothing of the batch is stored.
        """
        if not batch:
            return
        with self._writing() as connection:
            names = [facts.name for facts in batch]
            table = schema.documents
            replaced = select(func.count()).where(table.c.name.in_(names), table.c.media_type.is_not(None))
            is_due = any(facts.articles for facts in batch) or connection.execute(replaced).scalar_one() > 0
            if is_due:
                _mark_due(connection, names)
            connection.execute(delete(table).where(table.c.name.in_(names)))
            connection.execute(insert(table), [rows.to_document_row(facts, version) for facts in batch])
            found = connection.execute(select(table.c.name, table.c.id).where(table.c.name.in_(names)))
            ids = {row.name: row.id for row in found}
            for facts in batch:
                _insert_parts(connection, facts, ids[facts.name])
            if is_due:
                _mark_due(connection, names)

    def move(self, roots: Mapping[str, str]) -> None:
        """Note where inputs, by name, are found now; they are not gone."""
        values = [{"known": name, "new_root": root} for name, root in roots.items()]
        if values:
            statement = (
                update(schema.documents)
                .where(schema.documents.c.name == bindparam("known"))
                .values(root=bindparam("new_root"), gone=False)
            )
            with self._writing() as connection:
                connection.execute(statement, values)

    def mark_gone(self, names: Iterable[str]) -> None:
        """Mark inputs as vanished. What they said stays; those that never could be read are forgotten."""
        values = [{"known": name} for name in names]
        if values:
            is_known = schema.documents.c.name == bindparam("known")
            with self._writing() as connection:
                connection.execute(
                    delete(schema.documents).where(is_known, schema.documents.c.media_type.is_(None)), values
                )
                connection.execute(update(schema.documents).where(is_known).values(gone=True), values)

    def write_found_problems(
        self, problems: Iterable[Problem], *, root: str, items: Iterable[str] | None
    ) -> None:
        """Store what went wrong in finding inputs under `root`, replacing what was stored for it before.

        Args:
            problems: Problems of items that gave no input.
            root: Absolute path of the folder.
            items: The only items that were looked at; None is the whole folder.
        """
        table = schema.problems.c
        old = delete(schema.problems).where(table.root == root, table.document_id.is_(None))
        with self._writing() as connection:
            if items is None:
                connection.execute(old)
            else:
                for item in items:
                    connection.execute(old.where(table.item == item))
            new = [rows.to_problem_row(problem, root, None) for problem in problems]
            insert_all(connection, schema.problems, new)

    def write_derived(self, derived: Derived, *, seen: int | None = None) -> None:
        """Replace events, conflicts and reprints in one transaction; what is derived then fits the claims.

        Args:
            derived: All of it.
            seen: What `writes` was before the claims were read that it is made from; None does not look.

        Raises:
            Overtaken: The ledger was written to since; it is as it was.
            LedgerError: The ledger could not be written; it is as it was.
        """
        with self._writing(seen) as connection:
            for table in schema.DERIVED:
                connection.execute(delete(table))
            insert_all(connection, schema.reprints, map(rows.to_reprint_row, derived.reprints))
            insert_events(connection, derived.events, derived.conflicts)
            _insert_judged(connection, derived.rejected, derived.corrected)
            insert_all(connection, schema.blocks, map(to_block_row, derived.blocks))
            write_listing(connection)
            _mark_matched(connection, Matched.ALL)

    @contextmanager
    def rematching(self, *, seen: int | None = None) -> Iterator[Shelf]:
        """Match again in part, in one transaction; what is derived then fits the claims.

        Args:
            seen: As in `write_derived`.

        Raises:
            Overtaken: The ledger was written to since; it is as it was.
            LedgerError: The ledger could not be written; it is as it was.
        """
        with self._writing(seen) as connection:
            yield Shelf(connection)
            write_listing(connection)
            _mark_matched(connection, Matched.ALL)

    def add_judgements(self, judgements: Sequence[Judgement]) -> int:
        """Add judgements, all or none; those that the ledger has already are left alone.

        Args:
            judgements: In any order.

        Returns:
            How many were new.

        Raises:
            LedgerError: One takes back what neither the ledger nor `judgements` has, or what takes something
                back itself, or the ledger could not be written; nothing was added.
        """
        given = {judgement.id: judgement for judgement in judgements}
        with self._writing() as connection:
            table = schema.judgements.c
            known = {row.id: row.kind for row in connection.execute(select(table.id, table.kind))}
            kinds = {**known, **{key: judgement.kind for key, judgement in given.items()}}
            for judgement in given.values():
                if isinstance(judgement.verdict, Back):
                    _check_back(judgement.verdict, kinds, self.path)
            new = [judgement for key, judgement in given.items() if key not in known]
            insert_all(connection, schema.judgements, map(rows.to_judgement_row, new))
            if any(judgement.kind is not Kind.GRADE for judgement in new):
                _mark_matched(connection, Matched.NOT)
        return len(new)

    def select(self, selection: Selection) -> "Ledger":
        """The part of the ledger that `selection` names, as a ledger of its own for this process.

        Its events, conflicts and reprints are empty until `write_derived` fills them, which does not touch
        the file.
        """
        engine = connect_once(self.address)
        with engine.connect() as connection:
            shadow(connection, selection)
        return Ledger(engine, self.address)

    @contextmanager
    def _writing(self, seen: int | None = None) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**WRITING) as connection, connection.begin():
                before = begin_writing(connection) - 1
                if seen is not None and before != seen:
                    raise Overtaken(f'"{self.path}" was written to in between')
                yield connection
        except (SQLAlchemyError, UnicodeError) as error:  # text with lone surrogates cannot be stored
            kind = Unavailable if isinstance(error, OperationalError) else LedgerError
            reason = " ".join(str(getattr(error, "orig", None) or error).split())
            raise kind(f'cannot write "{self.path}": {reason}') from error


def begin_writing(connection: Connection) -> int:
    """Take the lock of writers, where beginning the transaction has not, and count the ledger's writers up."""
    meta = schema.meta.c
    number = cast(cast(meta.value, Integer) + 1, meta.value.type)
    is_number = meta.key == schema.WRITES
    statement = update(schema.meta).where(is_number).values(value=number).returning(meta.value)
    written = connection.execute(statement).scalar()
    if written is None:  # a ledger, or a part of one, that was not counted before
        connection.execute(insert(schema.meta), {"key": schema.WRITES, "value": "1"})
    return int(written or 1)


def _insert_parts(connection: Connection, facts: Facts, document_id: int) -> None:
    articles = [rows.to_article_row(article, document_id) for article in facts.articles]
    claims = [rows.to_claim_row(claim, document_id, position) for position, claim in enumerate(facts.claims)]
    actors = [row for claim in facts.claims for row in rows.to_actor_rows("claim_id", claim.id, claim.actors)]
    problems = [rows.to_problem_row(problem, facts.root, document_id) for problem in facts.problems]
    insert_all(connection, schema.articles, articles)
    insert_all(connection, schema.claims, claims)
    insert_all(connection, schema.claim_actors, actors)
    insert_all(connection, schema.problems, problems)


def _mark_matched(connection: Connection, matched: Matched) -> None:
    connection.execute(update(schema.meta).where(schema.meta.c.key == "matched").values(value=matched.value))


def _check_back(back: Back, kinds: Mapping[str, str], path: str) -> None:
    """Refuse to take back what is not there, or a taking back."""
    if back.judgement not in kinds:
        raise LedgerError(
            f'no judgement "{back.judgement}" to take back in {path}; `foedus judge list` lists those there are'
        )
    if kinds[back.judgement] == Kind.BACK:
        raise LedgerError(
            f'"{back.judgement}" takes a judgement back and cannot be taken back itself; judge again instead'
        )


def _insert_judged(connection: Connection, rejected: Sequence[str], corrected: Sequence[Claim]) -> None:
    """Keep the claims that judgements change beside the facts, each in the place of the fact."""
    ids = [*rejected, *(claim.id for claim in corrected)]
    facts: dict[str, rows.Row] = {}
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        query = select(schema.claims).where(schema.claims.c.id.in_(ids[start : start + _ROWS_AT_ONCE]))
        facts.update((row["id"], dict(row)) for row in connection.execute(query).mappings())
    values = [{**facts[claim], "rejected": True} for claim in rejected if claim in facts]
    for claim in corrected:
        fact = facts.get(claim.id)
        if fact is None:  # another build took it away since; it marks the ledger for matching again
            continue
        row = rows.to_claim_row(claim, fact["document_id"], fact["position"])
        values.append({**row, "rejected": False})
    actors = [row for claim in corrected for row in rows.to_actor_rows("claim_id", claim.id, claim.actors)]
    insert_all(connection, schema.judged_claims, values)
    insert_all(connection, schema.judged_claim_actors, actors)


def _mark_due(connection: Connection, names: Sequence[str]) -> None:
    """Note that the claims of these documents, as they are now, have to be matched."""
    claims = (
        select(schema.claims.c.id, schema.documents.c.name)
        .join(schema.documents, schema.claims.c.document_id == schema.documents.c.id)
        .where(schema.documents.c.name.in_(names), schema.claims.c.id.not_in(select(schema.due.c.claim_id)))
    )
    connection.execute(insert(schema.due).from_select(["claim_id", "document"], claims))
    meta = schema.meta.c
    connection.execute(
        update(schema.meta)
        .where(meta.key == "matched", meta.value == Matched.ALL.value)
        .values(value=Matched.PART.value)
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
