"""Connections to a ledger, in a file or on a server: the one place that tells the two apart.

`foedus.ledger.sqlite` and `foedus.ledger.postgresql` have the same functions; the driver of a server is loaded
only for a ledger that lies on one.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from foedus.address import LedgerAddress
from foedus.ledger import sqlite
from foedus.ledger.sqlite import open_untouched
from foedus.ledger.transactions import BUSY_TIMEOUT_S, WRITING

__all__ = [
    "BUSY_TIMEOUT_S",
    "WRITING",
    "ask_barely",
    "begin_alone",
    "connect",
    "connect_once",
    "find_schema",
    "find_state",
    "limit_time",
    "make_room",
    "note_write",
    "number_on",
    "open_untouched",
    "to_driver_sql",
]


def connect(address: LedgerAddress, *, write: bool) -> Engine:
    """Connections to the ledger; nothing is opened before the first question."""
    if isinstance(address, Path):
        return sqlite.connect(address, write=write)
    from foedus.ledger import postgresql

    return postgresql.connect(address, write=write)


def connect_once(address: LedgerAddress) -> Engine:
    """One connection to the ledger, for reading it and keeping temporary tables beside it."""
    if isinstance(address, Path):
        return sqlite.connect_once(address)
    from foedus.ledger import postgresql

    return postgresql.connect_once(address)


def begin_alone(connection: Connection) -> None:
    """Begin a transaction on a connection of `connect_once`, which sees a single state of the ledger until it ends."""
    is_file = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("BEGIN" if is_file else "BEGIN ISOLATION LEVEL REPEATABLE READ")


def ask_barely(connection: Connection, statement: str, values: Sequence[object]) -> list[Any]:
    """The rows of a question that is asked ten thousand times in one transaction: without SQLAlchemy's own time.

    Args:
        connection: To the ledger.
        statement: SQL with a question mark for each value.
        values: Of the question marks, in order.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.ask_barely(connection, statement, values)
    return [*connection.exec_driver_sql(to_driver_sql(connection, statement), tuple(values))]


def make_room(connection: Connection) -> None:
    """Let a transaction that touches pages all over the ledger hold them in memory; a server sees to it by itself."""
    if connection.dialect.name == "sqlite":
        sqlite.make_room(connection)


def find_schema(connection: Connection) -> str:
    """Name of the schema that the tables of the ledger lie in, also where temporary ones shadow them."""
    if connection.dialect.name == "sqlite":
        return "main"
    return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())


def number_on(connection: Connection, table: Table) -> None:
    """Let a table go on behind the numbers of rows that brought their own; SQLite does by itself."""
    if connection.dialect.name != "sqlite":
        last = select(func.max(table.c.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, last)))


def note_write(connection: Connection) -> None:
    """Note in a transaction that it writes, for `find_state`; a file shows it by itself."""
    if connection.dialect.name != "sqlite":
        from foedus.ledger import postgresql

        postgresql.note_write(connection)


def find_state(engine: Engine, address: LedgerAddress) -> str:
    """Words that differ when the ledger was written to in between."""
    if isinstance(address, Path):
        return sqlite.find_state(address)
    from foedus.ledger import postgresql

    return postgresql.find_state(engine)


def limit_time(engine: Engine, address: LedgerAddress, seconds: float) -> None:
    """Give each question that `engine` is asked at most so many seconds; beyond them it raises `TooSlow`."""
    if isinstance(address, Path):
        sqlite.limit_time(engine, address, seconds)
        return
    from foedus.ledger import postgresql

    postgresql.limit_time(engine, seconds)


def to_driver_sql(connection: Connection, statement: str) -> str:
    """Bare SQL with ``?`` for each value, as the driver of the connection takes it."""
    return statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
