"""Text on PostgreSQL: sorted by code point, and with the one character that it cannot store."""

import re
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_ESCAPED = re.compile("\1[\1\2]")


class EscapedText(TypeDecorator[str]):
    """Text as SQLite has it: it sorts by code point whatever the database's locale, and may hold NUL.

    PostgreSQL stores no U+0000. It is stored as U+0001 U+0001, and U+0001 as U+0001 U+0002, which leaves what is
    equal equal, the order as it was, and what text begins with.
    """

    impl = Text
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__()
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in the database."""
        return Text(collation="C") if self.length is None else String(self.length, collation="C")

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """From Python to the database."""
        if isinstance(value, str) and ("\0" in value or "\1" in value):
            return value.replace("\1", "\1\2").replace("\0", "\1\1")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From the database to Python."""
        if isinstance(value, str) and "\1" in value:
            return _ESCAPED.sub(lambda found: "\0" if found[0] == "\1\1" else "\1", value)
        return value
