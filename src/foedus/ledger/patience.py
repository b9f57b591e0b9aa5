"""Connections to a server that do not wait for ever for one that has stopped answering. Needs psycopg.

A server bounds its own statements; one that hangs, or that the network has swallowed, bounds nothing.
"""

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from psycopg.waiting import Ready

#: Longest wait for a word of the server, in seconds; longer than a statement may take there.
SILENCE_S = 960.0


class _Cursor(psycopg.ServerCursor[Any]):
    """A cursor that went with its connection, and that nobody left open."""

    def __del__(self, *warn: Any) -> None:
        if not self.connection.closed:
            super().__del__(*warn)


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which every wait ends; one that waited in vain is closed."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.server_cursor_factory = _Cursor

    def wait(self, gen: Any, *given: Any, **options: Any) -> Any:
        """As psycopg's.

        Raises:
            OperationalError: The server said nothing for `SILENCE_S` seconds.
        """
        return super().wait(self._bound(gen), *given, **options)

    def _bound(self, gen: Any) -> Generator[Any, Any, Any]:
        """What `gen` asks and gives; it is sent `NONE` now and then as long as nothing comes."""
        heard = monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready != Ready.NONE:
                    heard = monotonic()
                elif monotonic() - heard > SILENCE_S:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"the server has not answered for {SILENCE_S:g} seconds")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
