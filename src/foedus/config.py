"""Settings: defaults, then the environment, then what the caller says. The only reader of the environment.

Only the edges (`cli`, `facade`) and `engine` use this module; everything below gets plain arguments.
"""

import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from foedus.errors import ConfigError

MEBIBYTE = 1024 * 1024

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set once for all runs.

    Attributes:
        ledger: The ledger file. ``FOEDUS_LEDGER``.
        codebook: A folder that extends or overrides the codebook, or None. ``FOEDUS_CODEBOOK``.
        jobs: Worker processes; None is one a core. ``FOEDUS_JOBS``.
        max_bytes: Larger inputs are not read but become a problem. ``FOEDUS_MAX_BYTES``.
        item_timeout_s: Seconds that one input may take before it is given up. ``FOEDUS_ITEM_TIMEOUT_S``.
        who: Name that judgements are made under, or None for the user's name. ``FOEDUS_WHO``.
    """

    ledger: Path = Path("foedus.db")
    codebook: Path | None = None
    jobs: int | None = None
    max_bytes: int = 64 * MEBIBYTE
    item_timeout_s: float = 300.0
    who: str | None = None


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Args:
        environ: Environment to read; None is the process's own.

    Raises:
        ConfigError: A variable holds something that is no positive number.
    """
    environ = os.environ if environ is None else environ
    plain = Settings()
    ledger, codebook = environ.get("FOEDUS_LEDGER"), environ.get("FOEDUS_CODEBOOK")
    return Settings(
        ledger=Path(ledger) if ledger else plain.ledger,
        codebook=Path(codebook) if codebook else None,
        jobs=_parse_number(environ, "FOEDUS_JOBS", int),
        max_bytes=_parse_number(environ, "FOEDUS_MAX_BYTES", int) or plain.max_bytes,
        item_timeout_s=_parse_number(environ, "FOEDUS_ITEM_TIMEOUT_S", float) or plain.item_timeout_s,
        who=environ.get("FOEDUS_WHO") or None,
    )


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
