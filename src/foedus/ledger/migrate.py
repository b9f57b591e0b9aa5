"""Schema revisions: making a ledger at the newest one, and taking an older one there.

A copy of an older ledger file is kept first. On a server nothing is copied, the change is one transaction.

A change of the tables is a new file in ``migrations/versions`` and its name at the end of `REVISIONS`.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlalchemy.exc import SQLAlchemyError

from foedus.address import LedgerAddress
from foedus.errors import LedgerError
from foedus.ledger import schema
from foedus.ledger.connect import WRITING, connect, open_untouched

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"


def create(connection: Connection) -> None:
    """Make the tables of a ledger in an empty database, at the newest revision."""
    schema.metadata.create_all(connection)
    first = {"kind": "foedus", "matched": "yes"}
    connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in first.items()])
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")  # noqa: S608


def check_revision(address: LedgerAddress, kind: str | None, revision: str | None) -> str:
    """The revision of a ledger that notes this kind and revision of itself, one of `REVISIONS`.

    Raises:
        LedgerError: It is no ledger, or one of a newer version.
    """
    if kind != "foedus" or revision is None:
        raise LedgerError(f'"{address}" is not a Foedus ledger; it was left as it is')
    if revision not in REVISIONS:
        raise LedgerError(
            f'"{address}" was made by a newer version of Foedus (schema {revision}); update Foedus to open it'
        )
    return revision


def migrate(path: Path, revision: str, *, migrations: Path = MIGRATIONS) -> Path:
    """Take the ledger at `path` from `revision` to the newest one, in one transaction.

    Returns:
        The copy kept of the ledger as it was: ``foedus.db.0001.backup`` for ``foedus.db`` at 0001.

    Raises:
        LedgerError: The copy or the change failed; the ledger is as it was.
    """
    backup = keep_copy(path, revision)
    try:
        engine = connect(path, write=True)
        try:
            with engine.connect().execution_options(**WRITING) as connection, connection.begin():
                upgrade(connection, migrations)
        finally:
            engine.dispose()
    except (OSError, SQLAlchemyError) as error:
        raise LedgerError(f'cannot migrate "{path}" from schema {revision}: {error}') from error
    return backup


def upgrade(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Run the revisions that the database of `connection` lacks."""
    from alembic import command  # takes most of a second to import and is hardly ever needed
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def keep_copy(path: Path, reason: str) -> Path:
    """Keep a copy of the ledger at `path` as it is: ``foedus.db.repair.backup`` for the reason ``repair``.

    Raises:
        LedgerError: There is no room for it, or no right to write it; then there is none.
    """
    backup = _free_name(path.with_name(f"{path.name}.{reason}.backup"))
    try:
        source, target = open_untouched(str(path)), sqlite3.connect(backup)
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
    except (OSError, sqlite3.Error) as error:
        backup.unlink(missing_ok=True)
        raise LedgerError(f'cannot keep a copy of "{path}" as "{backup}": {error}') from error
    return backup


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}{number}")
    return free
