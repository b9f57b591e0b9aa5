"""How Foedus talks to PostgreSQL: one writer at a time, questions on a snapshot, cut connections told in words.

What is told of a ledger here is told of one in a file in `foedus.ledger.sqlite`, by the same names. Needs the
extra ``foedus[postgres]``.

No wait is without end. The server gives up waiting for the lock of writers, a statement, and a writer that does
nothing; where the server itself says nothing, `foedus.ledger.patience` does.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from foedus.address import ServerAddress
from foedus.errors import ConfigError, LedgerError, MissingExtra, NotStorable, Unavailable
from foedus.ledger.transactions import BUSY_TIMEOUT_S, is_writing, make_too_slow, to_json

if TYPE_CHECKING:
    import psycopg

#: Seconds to wait for a server to answer, unless the address says otherwise.
_CONNECT_TIMEOUT_S = 10

#: How long one statement may take, and how long a writer may do nothing between two, which holds up all others.
_STATEMENT_TIMEOUT_S = 900
_IDLE_TIMEOUT_S = 3600

#: A machine that vanished is noticed after about two minutes, on either side. Milliseconds, else seconds.
_ALIVE = {
    "keepalives_idle": 60,
    "keepalives_interval": 15,
    "keepalives_count": 4,
    "tcp_user_timeout": 120_000,
}

#: Of every session: days as ISO 8601 has them, and no wait for ever.
_OPTIONS = (
    f"-c DateStyle=ISO -c lock_timeout={int(BUSY_TIMEOUT_S * 1000)} -c statement_timeout={_STATEMENT_TIMEOUT_S * 1000}"
    " -c tcp_keepalives_idle=60 -c tcp_keepalives_interval=15 -c tcp_keepalives_count=4"
)

#: The lock of writers, of the ledger in the schema; it goes with the transaction. It is there before any table is, so
#: that builds that find the same database empty make the ledger one after the other.
_LOCK = (
    f"SELECT set_config('idle_in_transaction_session_timeout', '{_IDLE_TIMEOUT_S}s', true),"
    " pg_advisory_xact_lock(hashtextextended('foedus ' || current_schema(), 0))"
)

#: By the beginning of PostgreSQL's code: resources, cancelled by others, lost against another transaction.
_FOR_A_WHILE = ("53", "57", "40")


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
    """One connection to the ledger at `address`, for reading it and keeping temporary tables beside it.

    When it is cut these are no more, and it is not made anew: every question raises `Unavailable` from then on.
    """
    engine = _make_engine(address, {"poolclass": StaticPool, "isolation_level": "AUTOCOMMIT"}, is_only=True)
    engine.dialect.supports_server_side_cursors = (
        False  # they end with the transaction, of which there is none
    )
    return engine


def note_write(connection: Connection) -> None:
    """Note in a transaction that it writes, for `find_state`."""
    connection.exec_driver_sql(
        "INSERT INTO meta VALUES ('written', CAST(pg_current_xact_id() AS text))"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )


def find_state(engine: Engine) -> str:
    """Words that differ when the ledger was written to in between: the number of the last transaction that did.

    The snapshot of the server would differ for whatever anybody does on it, temporary tables among it.
    """
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'written'").scalar()
    return str(found or "")


def limit_time(engine: Engine, seconds: float) -> None:
    """Give each statement on a connection of `engine` at most so many seconds.

    Beyond them it raises `TooSlow`.
    """

    @event.listens_for(engine, "checkout")
    def begin(raw: "psycopg.Connection", record: Any, _proxy: object) -> None:
        if record.info.get("seconds") != seconds:
            raw.execute(f"SET statement_timeout = {int(seconds * 1000)}")
            raw.commit()
            record.info["seconds"] = seconds


def _make_engine(address: ServerAddress, options: dict[str, Any], *, is_only: bool = False) -> Engine:
    opener = _opener(address)
    creator = _open_once(address, opener) if is_only else opener
    engine = create_engine("postgresql+psycopg://", creator=creator, json_serializer=to_json, **options)

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        if context.is_pre_ping:  # a connection that was cut while it was idle is made anew
            return
        error = _to_error(address, context)
        if error is not None:
            raise error from context.original_exception

    return engine


def _open_once(
    address: ServerAddress, opener: "Callable[[], psycopg.Connection]"
) -> "Callable[[], psycopg.Connection]":
    """What opens one connection and refuses another one, which would lack what was made on the first."""
    is_used = False

    def open_first() -> "psycopg.Connection":
        nonlocal is_used
        if is_used:
            raise Unavailable(f'the connection to "{address}" was cut; ask again')
        connection = opener()
        is_used = True
        return connection

    return open_first


def _to_error(address: ServerAddress, context: ExceptionContext) -> LedgerError | None:
    """What a fault is to the user; None where the one who asks knows better."""
    from psycopg import OperationalError
    from psycopg.errors import LockNotAvailable, QueryCanceled

    error = context.original_exception
    code = str(getattr(error, "sqlstate", None) or "")
    reason = address.hide(" ".join(str(error).split()))
    if context.is_disconnect or (context.connection is None and isinstance(error, OperationalError)):
        return Unavailable(
            f'cannot reach "{address}": {reason}; what was reported as done is kept, the same command does the rest'
        )
    if isinstance(error, LockNotAvailable):
        return Unavailable(
            f'another build or person has been writing to "{address}" for more than {BUSY_TIMEOUT_S:g} seconds; '
            "try again when they are done"
        )
    if isinstance(error, QueryCanceled):
        seconds = context.connection.info.get("seconds") if context.connection is not None else None
        if seconds is not None:
            return make_too_slow(address, seconds)
        return Unavailable(
            f'"{address}" gave up a statement ({reason}), as it does after {_STATEMENT_TIMEOUT_S} seconds; what was '
            "reported as done is kept; try again when the server has less to do"
        )
    if code.startswith("54"):  # the driver counts a row too large among faults of operation
        return NotStorable(f'cannot write "{address}": {reason}')
    if code.startswith(_FOR_A_WHILE):
        return Unavailable(
            f'"{address}" cannot be used just now: {reason}; what was reported as done is kept; try again when that is '
            "mended"
        )
    return None


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
    plain = {"connect_timeout": _CONNECT_TIMEOUT_S, "application_name": "foedus", **_ALIVE}
    wanted: dict[str, Any] = {**plain, **given}
    wanted["options"] = f"{given.get('options') or ''} {_OPTIONS}".strip()
    wanted["client_encoding"] = "UTF8"
    from foedus.ledger.patience import PatientConnection

    return lambda: PatientConnection.connect(**wanted)
