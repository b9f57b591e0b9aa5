"""Stable identifiers: a hash of what makes the thing itself."""

from collections.abc import Iterable
from hashlib import blake2b

_SEPARATOR = "\x1f"


def make_id(prefix: str, *parts: object) -> str:
    """An id such as ``c-3f9a0c…`` that depends on `parts` alone.

    Args:
        prefix: One letter for the kind: ``c`` claim, ``e`` event, ``x`` conflict.
        parts: Values whose `str` tells the thing apart from others of its kind.

    Returns:
        The prefix, a hyphen and 20 hex digits (80 bits).
    """
    # "surrogateescape" keeps names that are not UTF-8 apart.
    data = _SEPARATOR.join(str(part) for part in parts).encode("utf-8", "surrogateescape")
    return f"{prefix}-{blake2b(data, digest_size=10).hexdigest()}"


def make_event_id(claims: Iterable[str]) -> str:
    """The id of the event of these claims, by their ids in any order."""
    return make_id("e", *sorted(claims))
