"""How Foedus talks to PostgreSQL: one writer at a time, questions on a snapshot, cut connections told in words.

What is told of a ledger here is told of one in a file in `foedus.ledger.sqlite`, by the same names. Needs the
extra ``foedus[postgres]``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from foedus.address import ServerAddress
from foedus.errors import ConfigError, MissingExtra, NotStorable, Unavailable
from foedus.ledger.transactions import BUSY_TIMEOUT_S, is_writing, make_too_slow, to_json

if TYPE_CHECKING:
    import psycopg

#: Seconds to wait for a server to answer, unless the address says otherwise.
_CONNECT_TIMEOUT_S = 10

#: Of every session: days as ISO 8601 has them, and writers that do not wait for ever.
_OPTIONS = f"-c DateStyle=ISO -c lock_timeout={int(BUSY_TIMEOUT_S * 1000)}"

#: The lock of writers, of the ledger in the schema; it goes with the transaction. It is there before any table is, so
#: that builds that find the same database empty make the ledger one after the other.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('foedus ' || current_schema(), 0))"


def connect(address: ServerAddress, *, write: bool) -> Engine:
    """Connections to the ledger at `address`; nothing is opened before the first question."""
    # A build forks its workers while it waits. It keeps no connection open then: a worker would hold it, too,
    # and with it the lock of writers when the build dies.
    pool: dict[str, Any] = (
        {"poolclass": NullPool} if write else {"poolclass": QueuePool, "pool_pre_ping": True}
    )
    engine = _make_engine(address, pool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        from psycopg import IsolationLevel

        # A question sees one state of the ledger. A writer waits for the lock first and must see what others
        # wrote before it, which with REPEATABLE READ it would not.
        writes = is_writing(connection)
        raw: Any = connection.connection.dbapi_connection
        raw.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        raw.read_only = not writes
        if writes:
            connection.exec_driver_sql(_LOCK)

    return engine


def connect_once(address: ServerAddress) -> Engine:
    """One connection to the ledger at `address`, for reading it and keeping temporary tables beside it."""
    engine = _make_engine(address, {"poolclass": StaticPool, "isolation_level": "AUTOCOMMIT"})
    engine.dialect.supports_server_side_cursors = (
        False  # they end with the transaction, of which there is none
    )
    return engine


def find_state(engine: Engine) -> str:
    """Words that differ when the ledger, or anything else on its server, was written to in between."""
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT CAST(pg_current_snapshot() AS text)").scalar_one())


def limit_time(engine: Engine, address: ServerAddress, seconds: float) -> None:
    """Give each statement on a connection of `engine` at most so many seconds.

    Beyond them it raises `TooSlow`.
    """

    @event.listens_for(engine, "checkout")
    def begin(raw: "psycopg.Connection", record: Any, _proxy: object) -> None:
        if record.info.get("seconds") != seconds:
            raw.execute(f"SET statement_timeout = {int(seconds * 1000)}")
            raw.commit()
            record.info["seconds"] = seconds

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        from psycopg.errors import QueryCanceled

        if isinstance(context.original_exception, QueryCanceled):
            raise make_too_slow(address, seconds) from context.original_exception


def _make_engine(address: ServerAddress, options: dict[str, Any]) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://", creator=_opener(address), json_serializer=to_json, **options
    )

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        from psycopg.errors import LockNotAvailable, OperationalError

        error = context.original_exception
        if context.is_pre_ping:  # a connection that was cut while it was idle is made anew
            return
        if isinstance(error, LockNotAvailable):
            raise Unavailable(
                f'another build or person has been writing to "{address}" for more than {BUSY_TIMEOUT_S:g} '
                "seconds; try again when they are done"
            ) from error
        if str(getattr(error, "sqlstate", "")).startswith(
            "54"
        ):  # the driver counts it among faults of operation
            raise NotStorable(f'cannot write "{address}": {" ".join(str(error).split())}') from error
        if context.is_disconnect or (context.connection is None and isinstance(error, OperationalError)):
            reason = address.hide(" ".join(str(error).split()))
            raise Unavailable(
                f'cannot reach "{address}": {reason}; what was reported as done is kept, the same command '
                "does the rest"
            ) from error

    return engine


def _opener(address: ServerAddress) -> "Callable[[], psycopg.Connection]":
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise MissingExtra(
            'a ledger on a PostgreSQL server needs "psycopg", which is not installed; install it with: '
            'pip install "foedus[postgres]"'
        ) from error
    try:
        given = conninfo_to_dict(address.url)
    except psycopg.Error:
        given = None
    if given is None:  # outside the handler: the driver's words may hold parts of a password
        raise ConfigError(
            f'the address of the ledger "{address}" has an option that PostgreSQL does not know'
        )
    wanted: dict[str, Any] = {"connect_timeout": _CONNECT_TIMEOUT_S, "application_name": "foedus", **given}
    wanted["options"] = f"{given.get('options') or ''} {_OPTIONS}".strip()
    wanted["client_encoding"] = "UTF8"
    return lambda: psycopg.connect(**wanted)
