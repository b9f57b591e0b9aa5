"""The bytes of an archive from front to back, packed or not, within bounds, with places to begin anew after damage."""

import io
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

from foedus.errors import InputError
from foedus.read.limits import ReadLimits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MARK = b"WARC/"
_BLOCK = 65_536
_GZIP_WINDOW = 31
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_MAGIC_BYTES = 4
_MAX_LINE = 65_536
_MAX_HEADER_BYTES = 1024 * 1024


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with these bytes, unpacked, is a web archive (WARC)."""
    return head.startswith(MARK)


class EndlessHeader(Exception):  # noqa: N818 - the name says what is wrong
    """A header that is longer than any program writes."""


class Tape:
    """What stands in one stretch of an archive: the whole file, or one member of a gzip file.

    Has what warcio wants of a stream. Lines are cut at 64 KiB, and no header may be longer than 1 MiB.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._allowed = _MAX_HEADER_BYTES

    def begin_header(self) -> None:
        """A header begins here: its lines are counted from now on."""
        self._allowed = _MAX_HEADER_BYTES

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; fewer only at the end."""
        return self._stream.read(size)

    def readline(self, size: int | None = None) -> bytes:
        """One line with its end.

        Raises:
            EndlessHeader: The header it belongs to has no end.
        """
        line = self._stream.readline(_MAX_LINE if size is None else min(size, _MAX_LINE))
        self._allowed -= len(line)
        if self._allowed < 0:
            raise EndlessHeader
        return line

    def tell(self) -> int:
        """Where in the stretch the next byte stands; 0 where one cannot go back."""
        return self._stream.tell() if self._stream.seekable() else 0

    def go_back(self, place: int) -> None:
        """Go to a place that `tell` gave, where that is possible."""
        if self._stream.seekable():
            self._stream.seek(place)

    def next_line(self, mark: bytes, *, search: bool) -> bytes | None:
        """The next line, blank ones aside.

        Args:
            mark: What it should begin with.
            search: Whether to go on to a line that does, however far; else the next line is given as it is.

        Returns:
            None at the end.
        """
        while line := self._stream.readline(_MAX_LINE):
            if line.startswith(mark) or (line.strip() and not search):
                return line
        return None


class GzipFile:
    """A gzip file, member by member. A member that cannot be unpacked costs itself and no other."""

    def __init__(self, file: BinaryIO, limits: ReadLimits) -> None:
        self._file = file
        self._limits = limits
        self._rest = b""

    def next_member(self) -> Tape | None:
        """The next member, wherever the last one was left; None at the end of the file."""
        while True:
            found = _GZIP.search(self._rest)
            if found is not None:
                self._rest = self._rest[found.start() :]
                return Tape(io.BufferedReader(_Member(self, self._limits), _BLOCK))
            block = self._file.read(_BLOCK)
            if not block:
                return None
            self._rest = self._rest[-(_MAGIC_BYTES - 1) :] + block

    def take(self) -> bytes:
        """Packed bytes that are next; empty at the end of the file."""
        taken, self._rest = self._rest or self._file.read(_BLOCK), b""
        return taken

    def give_back(self, packed: bytes) -> None:
        """Packed bytes that were not needed."""
        self._rest = packed + self._rest


class _Member(io.RawIOBase):
    """One member of a gzip file, unpacked as it is read."""

    def __init__(self, source: GzipFile, limits: ReadLimits) -> None:
        self._source = source
        self._limits = limits
        self._unpacker = zlib.decompressobj(_GZIP_WINDOW)
        self._packed = self._unpacked = 0
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        unpacked = b""
        while not unpacked and not self._unpacker.eof:
            unpacked = self._unpack(len(view))
        view[: len(unpacked)] = unpacked
        return len(unpacked)

    def _unpack(self, size: int) -> bytes:
        packed = self._waiting
        if not packed:
            packed = self._source.take()
            self._packed += len(packed)
            if not packed:
                raise InputError("truncated", "gzip stream ends early: fetch it again")
        try:
            unpacked = self._unpacker.decompress(packed, size)
        except zlib.error as error:
            self._waiting = b""
            self._source.give_back(packed[1:])
            raise InputError(
                "damaged", f"gzip stream cannot be unpacked ({error}): fetch it again"
            ) from error
        self._waiting = self._unpacker.unconsumed_tail
        self._unpacked += len(unpacked)
        limits = self._limits
        if self._unpacked > max(limits.min_bomb_bytes, self._packed * limits.max_ratio):
            self._source.give_back(self._waiting)
            raise InputError("bomb", f"unpacks to more than {limits.max_ratio} times its size: not read")
        if self._unpacker.eof:
            self._source.give_back(self._unpacker.unused_data)
        return unpacked
