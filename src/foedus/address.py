"""Where a ledger lies: in a file, or in a database on a PostgreSQL server. Needs no driver."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from foedus.errors import ConfigError

#: How the address of a ledger on a server begins.
SCHEMES = ("postgresql://", "postgres://")

_ADDRESS = re.compile(
    r"postgres(?:ql)?://"
    r"(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^:@/?#\s]*))?@)?"
    r"(?P<hosts>(?:(?:\[[0-9A-Fa-f:.]+\]|[\w.%-]*)(?::\d+)?)(?:,(?:\[[0-9A-Fa-f:.]+\]|[\w.%-]*)(?::\d+)?)*)"
    r"(?:/(?P<name>[^:@/?#\s]*))?"
    r"(?:\?(?P<options>(?:\w+=[^&=@#?\s]*)(?:&\w+=[^&=@#?\s]*)*))?"
)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """The address of a ledger on a server: ``postgresql://user:password@host:port/database?option=value``.

    As text it shows user, host and database alone, so that no password gets into a message, a log or a report.

    Attributes:
        url: The whole address, secrets included, as PostgreSQL's own programs take it.

    Raises:
        ConfigError: It is no such address. What was given is not repeated.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        if _ADDRESS.fullmatch(self.url) is None:
            raise ConfigError(
                "the address of the ledger cannot be understood (it is not shown, since it may hold a password); "
                "write it as postgresql://user@host:5432/database, and in user, password and values "
                "@ as %40, : as %3A, / as %2F, ? as %3F, # as %23, & as %26, = as %3D, a space as %20"
            )

    def __str__(self) -> str:
        user = self._part("user")
        return f"postgresql://{user}{'@' if user else ''}{self._part('hosts')}/{self._part('name')}"

    @property
    def name(self) -> str:
        """The name of the database; that of the user where the address has none, as PostgreSQL takes it."""
        return unquote(self._part("name") or self._part("user")) or "postgres"

    def hide(self, words: str) -> str:
        """The words without any secret of the address."""
        options = [part.partition("=") for part in self._part("options").split("&")]
        secrets = {value for key, _, value in options if "password" in key or "secret" in key} | {
            self._part("password")
        }
        for secret in sorted({form for one in secrets for form in (one, unquote(one))} - {""}):
            words = words.replace(secret, "***")
        return words

    def _part(self, name: str) -> str:
        found = _ADDRESS.fullmatch(self.url)
        return (found[name] or "") if found else ""


#: A file, or a database on a server.
LedgerAddress = Path | ServerAddress


def parse_ledger(words: str | Path | ServerAddress) -> LedgerAddress:
    """Where the ledger lies that is meant by `words`: a path, or the address of a database.

    Raises:
        ConfigError: They look like an address, but not of a PostgreSQL server.
    """
    if isinstance(words, ServerAddress):
        return words
    if isinstance(words, Path):
        if str(words).startswith(("postgresql:/", "postgres:/")):
            raise ConfigError("a path cannot hold the address of a server; give the address as text")
        return words
    if words.startswith(SCHEMES):
        return ServerAddress(words)
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", words)
    if scheme is not None:
        raise ConfigError(
            f'no ledger can be kept at an address that begins with "{scheme[0]}"; name a file, or a PostgreSQL '
            "database as postgresql://user@host/database"
        )
    return Path(words)
