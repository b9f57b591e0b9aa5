"""How Foedus talks to SQLite: write-ahead log, foreign keys, waiting for other writers, transactions.

What is told of a ledger here is told of one on a server in `foedus.ledger.postgresql`, by the same names.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import Pool, QueuePool, StaticPool

from foedus.errors import LedgerError
from foedus.ledger.transactions import BUSY_TIMEOUT_S, from_json, is_writing, make_too_slow, to_json

#: Steps of SQLite's machine between two looks at the clock; some milliseconds.
_STEPS_BETWEEN_LOOKS = 20_000

#: Pages that matching in part may hold; a hundred articles have ten thousand runs of words, each on a page of its own.
_ROOM_KIB = 65_536


def connect(path: Path, *, write: bool) -> Engine:
    """Connections to the ledger file `path`; nothing is opened before the first question."""
    engine = _make_engine(_opener(path, "rwc" if write else "rw"), QueuePool, write=write)
    _tell_damage(engine, path)
    return engine


def connect_once(path: Path) -> Engine:
    """One connection to the ledger file `path`, for reading it and keeping temporary tables beside it."""
    engine = _make_engine(_opener(path, "rw"), StaticPool, write=False, is_alone=True)
    _tell_damage(engine, path)
    return engine


def ask_barely(connection: Connection, statement: str, values: Sequence[object]) -> list[Any]:
    """The rows of a question, asked of the driver itself."""
    raw: Any = connection.connection.driver_connection
    try:
        found: list[Any] = raw.execute(statement, values).fetchall()
    except sqlite3.Error:  # asked again, it is told as all others are
        found = [*connection.exec_driver_sql(statement, tuple(values))]
    return found


def make_room(connection: Connection) -> None:
    """Let a transaction hold pages in memory, instead of writing them twice."""
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_KIB}")


def find_state(path: Path) -> str:
    """Words that differ when the file was written to in between."""
    parts = []
    for name in (path, f"{path}-wal"):
        try:
            found = Path(name).stat()
        except FileNotFoundError:
            continue
        if found.st_size:
            parts.append(f"{found.st_mtime_ns:x}.{found.st_size:x}")
    return "-".join(parts)


def open_untouched(path: str | Path) -> sqlite3.Connection:
    """A bare connection that cannot change the file, nor leave others beside it.

    Raises:
        sqlite3.Error: The file cannot be opened.
    """
    # A write-ahead log left by a build that was cut off has to be read too, which "immutable" would skip.
    has_log = Path(f"{path}-wal").exists()
    return sqlite3.connect(_to_uri(path, "ro" if has_log else "ro&immutable=1"), uri=True)


def limit_time(engine: Engine, path: Path, seconds: float) -> None:
    """Give each use of a connection of `engine` at most so many seconds.

    Beyond them the statement that runs raises `TooSlow`.
    """

    @event.listens_for(engine, "checkout")
    def begin(raw: sqlite3.Connection, _record: object, _proxy: object) -> None:
        until = time.monotonic() + seconds
        raw.set_progress_handler(lambda: time.monotonic() > until, _STEPS_BETWEEN_LOOKS)

    @event.listens_for(engine, "checkin")
    def end(raw: sqlite3.Connection | None, _record: object) -> None:
        if raw is not None:
            raw.set_progress_handler(None, 0)

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        if "interrupted" in str(context.original_exception):
            raise make_too_slow(path, seconds) from context.original_exception


def _tell_damage(engine: Engine, path: Path) -> None:
    """Turn what SQLite says of a broken file into words about it, whatever was asked."""

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        reason = str(context.original_exception)
        if "malformed" in reason or "not a database" in reason:
            raise LedgerError(
                f'"{path}" is damaged ({reason}); `foedus check` names what is wrong'
            ) from context.original_exception


def _opener(path: Path, mode: str) -> Callable[[], sqlite3.Connection]:
    folder = path.parent
    if mode == "rw" and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
        # The write-ahead log needs two small files beside the ledger, even for reading.
        mode = "ro" if Path(f"{path}-shm").exists() else "ro&immutable=1"
    uri = _to_uri(path, mode)
    # Rows may be read in one thread and the connection closed in another; SQLAlchemy keeps uses apart.
    return lambda: sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False)


def _to_uri(path: str | Path, mode: str) -> str:
    return f"file:{quote(str(Path(path).absolute()))}?mode={mode}"


def _make_engine(
    opener: Callable[[], sqlite3.Connection], pool: type[Pool], *, write: bool, is_alone: bool = False
) -> Engine:
    engine = create_engine(
        "sqlite://", creator=opener, poolclass=pool, json_serializer=to_json, json_deserializer=from_json
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None  # transactions begin where `begin` says, not where the driver guesses
        raw.execute("PRAGMA foreign_keys = ON")
        if write:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if is_writing(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # two writers queue instead of failing half-way
        elif not is_alone:
            connection.exec_driver_sql("BEGIN")

    return engine
