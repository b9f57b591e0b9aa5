"""Writing a ledger: each input with everything that comes from it in one transaction.

A build that is cut off anywhere leaves whole inputs behind and nothing else; running it again does the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)

from foedus.errors import LedgerError, NotStorable, Unavailable
from foedus.ledger import rows, schema
from foedus.ledger.check import check
from foedus.ledger.connect import WRITING, begin_alone, connect_once, make_room, note_write
from foedus.ledger.derived import Derived, insert_all, insert_events, insert_judged
from foedus.ledger.dump import iter_lines, load_lines
from foedus.ledger.facts import Facts
from foedus.ledger.listing import write_listing
from foedus.ledger.queries import CHANGES, Matched, Reading, find_changes
from foedus.ledger.rack import insert_samples
from foedus.ledger.reset import reset
from foedus.ledger.select import Selection, shadow
from foedus.ledger.shelf import Shelf, to_block_row
from foedus.model.checkup import Checkup
from foedus.model.judgement import Back, Judgement, Kind
from foedus.model.run import BuildReport, Problem

#: What goes wrong with a value, not with the ledger; text with lone surrogates, numbers of more than 64 bits.
_FAULTS_OF_VALUES = (DataError, IntegrityError, InterfaceError, ProgrammingError, UnicodeError, OverflowError)

#: What to do when the ledger cannot be written, by words of the database.
_ADVICE = {
    "is locked": "; another program is writing it, run this again when that is done",
    "is full": "; make room and run this again, what was written before is whole",
}


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
            NotStorable: Something in the batch cannot be stored; nothing of it is.
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

    def write_derived(
        self, derived: Derived, *, matched: Matched = Matched.ALL, changes: int | None = None
    ) -> bool:
        """Replace events, conflicts and reprints in one transaction; what is derived then fits the claims.

        Args:
            derived: All of it.
            matched: How far it fits the claims.
            changes: What `changes` gave before these were read; None when nobody else can have written.

        Returns:
            False when they have changed since: nothing was written, and the ledger is still to be matched.
        """
        with self._writing() as connection:
            if changes is not None and find_changes(connection) != changes:
                return False
            for table in schema.DERIVED:
                connection.execute(delete(table))
            insert_all(connection, schema.reprints, map(rows.to_reprint_row, derived.reprints))
            insert_events(connection, derived.events, derived.conflicts)
            insert_judged(connection, derived.rejected, derived.corrected, derived.bound)
            insert_all(connection, schema.blocks, map(to_block_row, derived.blocks))
            insert_all(connection, schema.repeats, map(asdict, derived.repeats))
            insert_samples(connection, derived.samples)
            write_listing(connection)
            _mark_matched(connection, matched)
        return True

    @contextmanager
    def rematching(self) -> Iterator[Shelf]:
        """Match again in part, in one transaction; what is derived then fits the claims.

        Raises:
            LedgerError: The ledger could not be written; it is as it was.
        """
        with self._writing() as connection:
            make_room(connection)
            yield Shelf(connection)
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
                _mark_in_part(connection)
        return len(new)

    def select(self, selection: Selection) -> "Ledger":
        """The part of the ledger that `selection` names, as a ledger of its own for this process.

        Its events, conflicts and reprints are empty until `write_derived` fills them, which does not touch
        the file.
        """
        engine = connect_once(self.address)
        with ExitStack() as undone:
            undone.callback(engine.dispose)
            with engine.connect() as connection:
                shadow(connection, selection)
            undone.pop_all()
        return Ledger(engine, self.address)

    def check(self) -> Checkup:
        """Verify all of it, as it stands at one moment; nothing is changed."""
        engine = connect_once(self.address)
        try:
            with engine.connect() as connection:
                begin_alone(connection)
                return check(connection)
        except SQLAlchemyError as error:
            raise LedgerError(f'"{self.path}" cannot be checked: {_tell(error)}') from error
        finally:
            engine.dispose()

    def reset(self, checkup: Checkup) -> tuple[str, ...]:
        """Clear what is derived, to be made anew by matching, and have what is wrong with the facts read again.

        Args:
            checkup: What is wrong.

        Returns:
            Names of the documents that the next build reads again; until then they are as they were.

        Raises:
            LedgerError: The ledger could not be written; it is as it was.
        """
        with self._writing() as connection:
            again = reset(connection, checkup)
            _mark_matched(connection, Matched.NOT)
        return again

    def iter_dump(self) -> Iterator[str]:
        """All that cannot be made anew, as lines of JSON with their line ends, as it stands at one moment.

        Raises:
            LedgerError: Something in it cannot be read.
        """
        try:
            with self._engine.connect() as connection:
                yield from iter_lines(connection)
        except (SQLAlchemyError, ValueError, TypeError) as error:
            raise LedgerError(
                f'"{self.path}" cannot be dumped ({_tell(error)}); `foedus check` names what is wrong'
            ) from error

    def load_dump(self, lines: Iterable[bytes], name: str) -> None:
        """Take over what a dump holds, all or nothing; matching is then due.

        Args:
            lines: The lines of the dump.
            name: Name of the dump, for messages.

        Raises:
            DataFileError: The dump is malformed; names the line. Nothing was taken over.
            LedgerError: The ledger holds something already, or cannot be written.
        """
        with self._writing() as connection:
            for table in (schema.documents, schema.problems, schema.judgements, schema.runs):
                if connection.execute(select(func.count()).select_from(table)).scalar_one():
                    raise LedgerError(
                        f'"{self.path}" holds something already; load "{name}" into a new ledger, named with --ledger'
                    )
            load_lines(connection, lines, name)
            _mark_matched(connection, Matched.NOT)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**WRITING) as connection, connection.begin():
                note_write(connection)
                yield connection
        except _FAULTS_OF_VALUES as error:
            raise NotStorable(f'cannot write "{self.path}": {_tell(error)}') from error
        except SQLAlchemyError as error:
            reason = _tell(error)
            advice = "".join(words for sign, words in _ADVICE.items() if sign in reason)
            kind = Unavailable if isinstance(error, OperationalError) else LedgerError
            raise kind(f'cannot write "{self.path}": {reason}{advice}') from error


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
    if matched is not Matched.ALL:
        _count_change(connection)
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


def _count_change(connection: Connection) -> None:
    """Let whoever is matching at this moment notice that claims or judgements are others now."""
    number, table = find_changes(connection) + 1, schema.meta
    connection.execute(delete(table).where(table.c.key == CHANGES))
    connection.execute(insert(table), {"key": CHANGES, "value": str(number)})


def _mark_due(connection: Connection, names: Sequence[str]) -> None:
    """Note that the claims of these documents, as they are now, have to be matched."""
    _count_change(connection)
    claims = (
        select(schema.claims.c.id, schema.documents.c.name)
        .join(schema.documents, schema.claims.c.document_id == schema.documents.c.id)
        .where(schema.documents.c.name.in_(names), schema.claims.c.id.not_in(select(schema.due.c.claim_id)))
    )
    connection.execute(insert(schema.due).from_select(["claim_id", "document"], claims))
    table = schema.due_documents
    connection.execute(delete(table).where(table.c.document.in_(names)))
    connection.execute(insert(table), [{"document": name} for name in names])
    _mark_in_part(connection)


def _mark_in_part(connection: Connection) -> None:
    """Note that something is due; where matching failed everything is."""
    table = schema.meta
    for before, after in ((Matched.ALL, Matched.PART), (Matched.FAILED, Matched.NOT)):
        is_so = (table.c.key == "matched", table.c.value == before.value)
        connection.execute(update(table).where(*is_so).values(value=after.value))


def _tell(error: Exception) -> str:
    """What a database says of an error, without the statement."""
    return str(getattr(error, "orig", None) or error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
