"""A ledger on a server before it is used: made in an empty database, migrated when older, else refused untouched."""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from foedus.address import ServerAddress
from foedus.errors import LedgerError
from foedus.ledger.connect import WRITING, connect
from foedus.ledger.migrate import HEAD, check_revision, create, upgrade

_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = CAST(:name AS regnamespace)"
)


def prepare(address: ServerAddress, *, write: bool) -> None:
    """See to it that there is a ledger of the newest revision at `address`.

    Args:
        address: A database; the ledger lies in the schema that comes first in its search path.
        write: Whether it is made when there is nothing.

    Raises:
        Unavailable: The server does not answer.
        LedgerError: There is no ledger, or none that can be used. All is as it was.
    """
    engine = connect(address, write=True)
    try:
        with engine.connect() as connection:
            revision = _find_revision(connection, address)
        if revision is None:
            if not write:
                raise LedgerError(
                    f'no ledger at "{address}"; make one with `foedus build` or name it with --ledger'
                )
            _create(engine, address)
        elif revision != HEAD:
            _migrate(engine)
    except SQLAlchemyError as error:
        reason = address.hide(" ".join(str(getattr(error, "orig", None) or error).split()))
        raise LedgerError(f'cannot open the ledger "{address}": {reason}') from error
    finally:
        engine.dispose()


def _create(engine: Engine, address: ServerAddress) -> None:
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise LedgerError(
                f'the database "{address}" is in {encoding}, which cannot hold all text; '
                "make one with: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0"
            )
        if _find_revision(connection, address) is None:  # nobody else was quicker
            create(connection)


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        upgrade(connection)


def _find_revision(connection: Connection, address: ServerAddress) -> str | None:
    """The schema revision of the ledger, one of `REVISIONS`; None when there is nothing at all."""
    name = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    if name is None:
        raise LedgerError(f'the schema named in the address of "{address}" is not there; make it first')
    tables = set(connection.execute(text(_TABLES), {"name": name}).scalars())
    if not tables:
        return None
    if not {"meta", "alembic_version", "documents"} <= tables:
        raise LedgerError(
            f'"{address}" holds other tables and no Foedus ledger; it was left as it is. Give the ledger a '
            "database of its own, or a schema: postgresql://host/database?options=-csearch_path%3Dschema"
        )
    kind = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'kind'").scalar()
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return check_revision(address, kind, revision)
