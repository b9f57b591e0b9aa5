"""Gzip around a document, unpacked within bounds."""

import zlib

from foedus.errors import InputError
from foedus.read.limits import ReadLimits

_MAGIC = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31
_MAX_MEMBERS = 1000


def is_gzip(data: bytes) -> bool:
    """Whether `data` begins with a gzip header."""
    return data.startswith(_MAGIC)


def unpack_gzip(data: bytes, limits: ReadLimits) -> bytes:
    """The bytes inside a gzip stream, all members joined.

    Args:
        data: A gzip stream.
        limits: Bounds on size and ratio.

    Raises:
        InputError: ``truncated`` (ends early), ``damaged`` (checksum or structure wrong), ``bomb`` (grows
            beyond the ratio), ``too-large`` (over `max_bytes`).
    """
    allowed = min(limits.max_bytes, max(limits.min_bomb_bytes, len(data) * limits.max_ratio))
    unpacked = bytearray()
    rest = data
    for _ in range(_MAX_MEMBERS):
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            unpacked += member.decompress(rest, allowed + 1 - len(unpacked))
        except zlib.error as error:
            raise InputError(
                "damaged", f"gzip stream cannot be unpacked ({error}): fetch it again"
            ) from error
        if len(unpacked) > allowed:
            raise _over(allowed, limits)
        if not member.eof:
            raise InputError("truncated", "gzip stream ends early: fetch it again")
        # Members may be padded with zeros (tar habit) and followed by further members.
        rest = member.unused_data.lstrip(b"\0")
        if not rest.startswith(_MAGIC):
            return bytes(unpacked)
    raise InputError("bomb", f"gzip stream has more than {_MAX_MEMBERS} members: unpack it by hand")


def _over(allowed: int, limits: ReadLimits) -> InputError:
    if allowed == limits.max_bytes:
        return InputError(
            "too-large", f"unpacks to more than {allowed} bytes: raise the size limit or split it"
        )
    return InputError("bomb", f"unpacks to more than {limits.max_ratio} times its size: not read")
