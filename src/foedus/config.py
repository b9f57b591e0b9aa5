"""Settings: defaults, then the environment, then what the caller says. The only reader of the environment.

Only the edges (`cli`, `facade`) and `engine` use this module; everything below gets plain arguments.
"""

import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from foedus.address import LedgerAddress, parse_ledger
from foedus.errors import ConfigError

MEBIBYTE = 1024 * 1024

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set once for all runs.

    Attributes:
        ledger: Where the ledger lies: a file, or a database on a server. ``FOEDUS_LEDGER``.
        codebook: A folder that extends or overrides the codebook, or None. ``FOEDUS_CODEBOOK``.
        jobs: Worker processes; None is one a core. ``FOEDUS_JOBS``.
        max_bytes: Larger inputs are not read but become a problem. ``FOEDUS_MAX_BYTES``.
        item_timeout_s: Seconds that one input may take before it is given up. ``FOEDUS_ITEM_TIMEOUT_S``.
        user_agent: What Foedus calls itself to servers; None is its own name. ``FOEDUS_USER_AGENT``.
        host_delay_s: Seconds between two requests to one host, at least. ``FOEDUS_HOST_DELAY_S``.
        fetch_timeout_s: Seconds that fetching one address may take. ``FOEDUS_FETCH_TIMEOUT_S``.
        private_hosts: Hosts that pages may be fetched from though they are not public, by name or IP address.
            ``FOEDUS_PRIVATE_HOSTS``, with commas between.
        ca_file: Certificates (PEM) of authorities that are trusted besides the system's when pages are fetched, or
            None. ``FOEDUS_CA_FILE``.
        fresh_s: Seconds for which a page that was fetched is not asked for again. ``FOEDUS_FRESH_S``.
        who: Name that judgements are made under, or None for the user's name. ``FOEDUS_WHO``.
    """

    ledger: LedgerAddress = Path("foedus.db")
    codebook: Path | None = None
    jobs: int | None = None
    max_bytes: int = 64 * MEBIBYTE
    item_timeout_s: float = 300.0
    user_agent: str | None = None
    host_delay_s: float = 2.0
    fetch_timeout_s: float = 60.0
    private_hosts: tuple[str, ...] = ()
    ca_file: Path | None = None
    fresh_s: float = 300.0
    who: str | None = None


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Args:
        environ: Environment to read; None is the process's own.

    Raises:
        ConfigError: A variable holds something that is no positive number, no user agent, or no address.
    """
    environ = os.environ if environ is None else environ
    plain = Settings()
    ledger, codebook = environ.get("FOEDUS_LEDGER"), environ.get("FOEDUS_CODEBOOK")
    ca_file = environ.get("FOEDUS_CA_FILE")
    return Settings(
        ledger=parse_ledger(ledger) if ledger else plain.ledger,
        codebook=Path(codebook) if codebook else None,
        jobs=_parse_number(environ, "FOEDUS_JOBS", int),
        max_bytes=_parse_number(environ, "FOEDUS_MAX_BYTES", int) or plain.max_bytes,
        item_timeout_s=_parse_number(environ, "FOEDUS_ITEM_TIMEOUT_S", float) or plain.item_timeout_s,
        user_agent=_check_user_agent(environ.get("FOEDUS_USER_AGENT")),
        host_delay_s=_parse_number(environ, "FOEDUS_HOST_DELAY_S", float) or plain.host_delay_s,
        fetch_timeout_s=_parse_number(environ, "FOEDUS_FETCH_TIMEOUT_S", float) or plain.fetch_timeout_s,
        private_hosts=_parse_hosts(environ.get("FOEDUS_PRIVATE_HOSTS")),
        ca_file=Path(ca_file) if ca_file else None,
        fresh_s=_parse_number(environ, "FOEDUS_FRESH_S", float) or plain.fresh_s,
        who=environ.get("FOEDUS_WHO") or None,
    )


def _check_user_agent(words: str | None) -> str | None:
    if words and not (words.isascii() and words.isprintable()):
        raise ConfigError(f'FOEDUS_USER_AGENT is "{words}"; write it in ASCII on one line, or unset it')
    return words or None


def _parse_hosts(words: str | None) -> tuple[str, ...]:
    return tuple(host for part in (words or "").split(",") if (host := part.strip().lower()))


def find_user() -> str:
    """The name of the user of this process; empty when there is none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _parse_number(
    environ: Mapping[str, str], variable: str, kind: Callable[[str], _Number]
) -> _Number | None:
    words = environ.get(variable)
    if not words:
        return None
    try:
        number = kind(words)
    except ValueError:
        number = kind("0")
    if not 0 < number < float("inf"):
        raise ConfigError(f'{variable} is "{words}"; set it to a positive number or unset it')
    return number
