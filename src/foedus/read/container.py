"""Files that hold many documents: web archives, feeds and Parquet, told by content."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from zlib import decompressobj
from zlib import error as ZlibError  # noqa: N812 - a class under a function's name

from foedus.errors import InputError
from foedus.read.feed import is_feed, iter_items
from foedus.read.gzipped import is_gzip, unpack_gzip
from foedus.read.limits import ReadLimits
from foedus.read.member import Fault, LeftOut, Member
from foedus.read.parquet import is_parquet, iter_rows
from foedus.read.tape import is_warc

_HEAD_BYTES = 8192
_GZIP_WINDOW = 31


class Container(Enum):
    """What kind of container a file is."""

    WARC = "WARC"
    FEED = "feed"
    PARQUET = "Parquet"


def find_container(path: Path) -> Container | None:
    """What kind of container the file at `path` is; None for any other file, and for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return None
    if is_parquet(head):
        return Container.PARQUET
    if is_gzip(head):
        try:
            head = decompressobj(_GZIP_WINDOW).decompress(head, _HEAD_BYTES)
        except ZlibError:
            return None
    if is_warc(head):
        return Container.WARC
    return Container.FEED if is_feed(head) else None


def iter_members(
    path: Path, name: str, kind: Container, limits: ReadLimits
) -> Iterator[Member | Fault | LeftOut]:
    """What a container holds, in its order.

    Args:
        path: The file.
        name: Its name, for what has no address of its own.
        kind: As `find_container` says.
        limits: Bounds on each member; a feed as a whole is held to them too, other kinds are not.
    """
    try:
        if kind is Container.WARC:
            from foedus.read.warc import iter_warc  # only archives need warcio

            yield from iter_warc(path, limits)
        elif kind is Container.PARQUET:
            yield from iter_rows(path, limits)
        else:
            yield from _iter_feed(path, name, limits)
    except OSError as error:
        yield Fault("no-access", f"cannot be read ({error.strerror}); change its rights")


def _iter_feed(path: Path, name: str, limits: ReadLimits) -> Iterator[Member | Fault | LeftOut]:
    size = path.stat().st_size
    if size > limits.max_bytes:
        yield Fault("too-large", f"{size:,} bytes, more than the {limits.max_bytes:,} allowed; split it")
        return
    data = path.read_bytes()
    try:
        if is_gzip(data):
            data = unpack_gzip(data, limits)
    except InputError as error:
        yield Fault(error.code, str(error))
        return
    yield from iter_items(name, data, limits)
