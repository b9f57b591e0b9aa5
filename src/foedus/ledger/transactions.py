"""What transactions are on every database: those that write are told apart, wait alike and say the same."""

import json
from typing import Any

from sqlalchemy import Connection

from foedus.address import LedgerAddress
from foedus.errors import TooSlow

#: How long a writer waits for another one to finish its transaction.
BUSY_TIMEOUT_S = 30.0

#: Execution options of a connection that writes: it takes the lock of writers at once.
WRITING = {"foedus_writes": True}


def is_writing(connection: Connection) -> bool:
    """Whether the connection was given the options `WRITING`."""
    return bool(connection.get_execution_options().get("foedus_writes"))


def to_json(value: Any) -> str:
    """JSON as it is stored: the same bytes on every database."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    """As `json.loads`, which takes long to say that a list is empty, as most are."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def make_too_slow(address: LedgerAddress, seconds: float) -> TooSlow:
    """The error of a question that was cut off."""
    return TooSlow(
        f'the question took longer than {seconds:g} seconds on "{address}"; ask for less: fewer years, '
        "one actor, one type"
    )
