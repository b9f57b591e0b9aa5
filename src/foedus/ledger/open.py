"""Opening a ledger: made when new, migrated when older, refused untouched when it cannot be used."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from foedus.address import LedgerAddress, parse_ledger
from foedus.errors import LedgerError
from foedus.ledger import schema
from foedus.ledger.connect import WRITING, connect, open_untouched
from foedus.ledger.migrate import HEAD, check_revision, create, migrate
from foedus.ledger.store import Ledger

_SQLITE_HEADER = b"SQLite format 3\x00"


def open_ledger(address: str | LedgerAddress, *, write: bool = True) -> Ledger:
    """Open the ledger at `address`.

    Args:
        address: A file, or a database on a server. With `write` the ledger is made when the file is missing or
            empty, or the database is empty.
        write: Whether the caller means to write. Without, the ledger must be there, and may be read-only.

    Raises:
        ConfigError: The address cannot be understood.
        MissingExtra: The driver for a server is not installed.
        Unavailable: The server does not answer.
        LedgerError: The ledger is missing, cannot be read or written, is no ledger of Foedus, or was made by a
            newer version. It is left as it was.
    """
    address = parse_ledger(address)
    if isinstance(address, Path):
        return _open_file(address, write=write)
    from foedus.ledger.server import prepare  # needs a driver that only ledgers on a server need

    prepare(address, write=write)
    return Ledger(connect(address, write=write), address)


def _open_file(path: Path, *, write: bool) -> Ledger:
    try:
        size = path.stat().st_size if path.exists() else 0
        is_new = size == 0
        if path.exists() and not path.is_file():
            raise LedgerError(f'"{path}" is no file; name a ledger file with --ledger')
        if write:
            _check_writable(path)
        revision = None if is_new else _find_revision(path)
        if revision is None and not write:
            raise LedgerError(f'no ledger at "{path}"; make one with `foedus build` or name it with --ledger')
    except OSError as error:
        raise LedgerError(f'cannot open "{path}": {error.strerror or error}') from error
    if revision is None:
        return _create(path)
    if revision != HEAD:
        _check_writable(path)
        migrate(path, revision)
    return Ledger(connect(path, write=write), path)


def _create(path: Path) -> Ledger:
    engine = connect(path, write=True)
    try:
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            if not inspect(connection).has_table(schema.meta.name):  # or another process has been quicker
                create(connection)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise LedgerError(
            f'cannot make the ledger "{path}": {getattr(error, "orig", None) or error}'
        ) from error
    return Ledger(engine, path)


def _find_revision(path: Path) -> str | None:
    """The schema revision of the ledger at `path`, one of `REVISIONS`; None of one that was hardly begun."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE_HEADER)) != _SQLITE_HEADER:
            raise LedgerError(f'"{path}" is not a Foedus ledger; it was left as it is')
    try:
        connection = open_untouched(path)
        try:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                return None
            kind = connection.execute("SELECT value FROM meta WHERE key = 'kind'").fetchone()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LedgerError(f'"{path}" is not a Foedus ledger or is damaged ({error})') from error
    return check_revision(path, kind and kind[0], revision and revision[0])


def _check_writable(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise LedgerError(f'no folder "{folder}" for the ledger; make it or name another with --ledger')
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise LedgerError(f'cannot write the ledger "{path}"; name another with --ledger')
