"""Web archives (WARC): one member for each page, text or PDF that was fetched."""

import io
import logging
import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.read.feed import is_feed, iter_items
from foedus.read.gzipped import is_gzip, unpack_gzip
from foedus.read.limits import ReadLimits
from foedus.read.member import Fault, LeftOut, Member
from foedus.read.tape import MARK, EndlessHeader, GzipFile, Tape

# It prints a line for each odd address; what matters becomes a problem.
logging.getLogger("warcio").setLevel(logging.ERROR)

_BLOCK = 1024 * 1024
# A WARC with more broken places than this is noise; each place costs a search for the next record.
_MAX_BREAKS = 100
_KEPT_RECORDS = ("response", "resource", "conversion")
# About fetching, not fetched.
_SILENT_RECORDS = ("warcinfo", "request", "metadata")
_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf")
_OFFICE_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
)
_UNTOLD_TYPES = ("", "application/octet-stream", "binary/octet-stream", "application/x-download", "unk")
_PAGE_OPENINGS = (b"<!doctype html", b"<html", b"%pdf-")
_MAX_ADDRESS_CHARS = 600
_NAME_DIGITS = 12
_UNREAD_PATHS = ("/robots.txt", "/favicon.ico")


def iter_warc(path: Path, limits: ReadLimits) -> Iterator[Member | Fault | LeftOut]:
    """What a WARC holds, record by record; no more than one is ever held.

    Args:
        path: A WARC, plain, packed record by record or packed as a whole.
        limits: Bounds on each record, and on how much packed ones may grow.

    Returns:
        Members for pages, texts, PDFs and the items of feeds, named by their address, the time they were
        fetched and a hash of what they hold. Faults for what is broken, lies about its length or is packed
        beyond the limits; reading goes on behind them. Records of other kinds are left out by name of the kind.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        tapes = _iter_members(file, limits) if is_gzip(head) else iter((Tape(file),))
        breaks = 0
        for tape in tapes:
            for found in _iter_records(tape, limits):
                breaks += isinstance(found, Fault)
                yield found
                if breaks >= _MAX_BREAKS:
                    yield Fault("damaged", f"more than {_MAX_BREAKS} broken places; the rest is not read")
                    return


def _iter_members(file: io.BufferedReader, limits: ReadLimits) -> Iterator[Tape]:
    packed = GzipFile(file, limits)
    while (tape := packed.next_member()) is not None:
        yield tape


def _iter_records(tape: Tape, limits: ReadLimits) -> Iterator[Member | Fault | LeftOut]:
    """The records of one stretch; ends early where nothing more can be made of it."""
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    try:
        line = tape.next_line(MARK, search=False)
        if line is not None and not line.startswith(MARK):
            yield Fault("damaged", "something that is no record of a web archive; the rest goes on")
            line = tape.next_line(MARK, search=True)
        while line is not None:
            record = _parse_record(loader, tape, line)
            if record is None:
                yield Fault("damaged", "a record without a proper header; fetch the archive again")
                line = tape.next_line(MARK, search=True)
                continue
            place = tape.tell()
            address = _find_address(record)
            block = _load_block(record, limits)
            after = tape.next_line(MARK, search=False)
            if block is not None and (after is None or after.startswith(MARK)):
                yield from _take(loader, record, address, block, limits)
                line = after
            else:
                yield Fault("damaged", f"{_name_record(address)} is not as long as it says; fetch it again")
                tape.go_back(place)
                line = tape.next_line(MARK, search=True)
    except InputError as error:
        yield Fault(error.code, str(error))


def _parse_record(loader: ArcWarcRecordLoader, tape: Tape, line: bytes) -> Any:
    """A record with its headers, its block yet to be read; None when that is no header."""
    tape.begin_header()
    try:
        return loader.parse_record_stream(tape, line, "warc", no_record_parse=True)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, EndlessHeader):
        return None


def _load_block(record: Any, limits: ReadLimits) -> bytes | None:
    """The block of a record that is read, empty for others; None when it is not as long as it says."""
    if record.length is None:
        return None
    is_wanted = record.rec_type in _KEPT_RECORDS and record.length <= limits.max_bytes
    left, blocks = record.length, []
    while left and (block := record.raw_stream.read(min(left, _BLOCK))):
        left -= len(block)
        if is_wanted:
            blocks.append(block)
    return None if left else b"".join(blocks)


def _take(
    loader: ArcWarcRecordLoader, record: Any, address: str | None, block: bytes, limits: ReadLimits
) -> Iterator[Member | Fault | LeftOut]:
    """What a whole record gives."""
    if record.rec_type in _SILENT_RECORDS:
        return
    if record.rec_type not in _KEPT_RECORDS or address is None:
        yield LeftOut(str(record.rec_type or "record without a type")[:40])
        return
    if record.length > limits.max_bytes:
        message = (
            f"{_name_record(address)} has {record.length:,} bytes, more than the {limits.max_bytes:,} allowed"
        )
        yield Fault("too-large", f"{message}; raise FOEDUS_MAX_BYTES")
        return
    try:
        content, media_type, charset = _open_block(loader, record, address, block, limits)
    except InputError as error:
        yield Fault(error.code, f"{_name_record(address)}: {error}")
        return
    if media_type is None:
        yield LeftOut(content.decode("ascii", "replace"))
    elif not content.strip():
        yield LeftOut("empty page")
    elif is_feed(content):
        yield from iter_items(address, content, limits)
    elif _is_readable(media_type, content, address):
        yield _make_member(record, address, content, charset)
    else:
        yield LeftOut(media_type[:60] or "untold type")


def _open_block(
    loader: ArcWarcRecordLoader, record: Any, address: str, block: bytes, limits: ReadLimits
) -> tuple[bytes, str | None, str | None]:
    """Content of a record, its media type and charset; words and None for one that is no success."""
    stream = io.BytesIO(block)
    if record.rec_type != "response":
        return block, *_parse_type(record.rec_headers.get_header("Content-Type"))
    if not address.startswith(("http:", "https:")):
        return b"response without HTTP", None, None
    try:
        http = loader.http_parser.parse(stream)
    except (EOFError, StatusAndHeadersParserException) as error:
        raise InputError("damaged", "has no HTTP header; fetch it again") from error
    status = http.statusline.split(" ")[0][:20]
    if status != "200":
        return f"status {status}".encode("ascii", "replace"), None, None
    content = stream.read()
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        content = _join_chunks(content)
    packing = (http.get_header("Content-Encoding") or "").strip().lower()
    return unpack(content, packing, limits), *_parse_type(http.get_header("Content-Type"))


def _join_chunks(content: bytes) -> bytes:
    """Content sent in chunks; as it is when it was stored joined."""
    try:
        joined: bytes = ChunkedDataReader(io.BytesIO(content), raise_exceptions=True).read()
    except (ChunkedDataException, AssertionError):
        # Many crawlers join the chunks and keep the header.
        return content
    return joined


def unpack(content: bytes, packing: str, limits: ReadLimits) -> bytes:
    """Content that was packed for its way over the network.

    Args:
        content: As sent.
        packing: The words of ``Content-Encoding``, lower case.
        limits: Bounds on size and ratio.

    Returns:
        `content` itself when it is not packed, whatever the header says.

    Raises:
        InputError: ``damaged``, ``truncated``, ``bomb``, ``too-large``; ``unknown-type`` for other packings.
    """
    if packing in ("gzip", "x-gzip"):
        return unpack_gzip(content, limits) if is_gzip(content) else content
    if packing == "deflate":
        return _inflate(content, limits)
    if packing in ("", "identity", "none", "utf-8"):
        return content
    raise InputError("unknown-type", f'packed as "{packing[:40]}"; fetch it without')


def _inflate(content: bytes, limits: ReadLimits) -> bytes:
    allowed = min(limits.max_bytes, max(limits.min_bomb_bytes, len(content) * limits.max_ratio))
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # servers send it with and without a header
        try:
            unpacked = zlib.decompressobj(window).decompress(content, allowed + 1)
        except zlib.error:
            continue
        if len(unpacked) > allowed:
            raise InputError("bomb", f"unpacks to more than {limits.max_ratio} times its size: not read")
        return unpacked
    return content


def _parse_type(words: str | None) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type header."""
    media_type, _, rest = (words or "").partition(";")
    name, _, charset = rest.strip().partition("=")
    is_charset = name.strip().lower() == "charset"
    return media_type.strip().lower(), charset.strip(" \"'")[:40] if is_charset else None


def _is_readable(media_type: str, content: bytes, address: str) -> bool:
    """Whether a record is worth reading as a document."""
    if _find_path(address).lower().endswith(_UNREAD_PATHS):
        return False
    if media_type in _UNTOLD_TYPES:
        return content.lstrip()[:20].lower().startswith(_PAGE_OPENINGS)
    return media_type in _TEXT_TYPES or media_type in _OFFICE_TYPES


def _find_path(address: str) -> str:
    """The path of an address; empty for one that is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _make_member(record: Any, address: str, content: bytes, charset: str | None) -> Member:
    words = record.rec_headers.get_header("WARC-Date") or ""
    fetched = _parse_time(words)
    mark = sha256(content + b"\0" + (charset or "").encode("utf-8", "replace")).hexdigest()[:_NAME_DIGITS]
    moment = f"{fetched:%Y%m%d%H%M%S}-" if fetched is not None else ""
    day = fetched.date().isoformat() if fetched is not None else None
    return Member(f"{address}#{moment}{mark}", content, PageData(address=address, fetched=day), charset)


def _parse_time(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words.strip())
    except ValueError:
        return None


def _find_address(record: Any) -> str | None:
    """The address a record is of, safe to print; None when it names none."""
    words = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> \t")
    # Everything that could break a line or a link; what is written with percent signs already stays.
    cleaned = quote(words.partition("#")[0], safe="%/:?&=;,@+$!*'()[]~|")[:_MAX_ADDRESS_CHARS]
    return cleaned or None


def _name_record(address: str | None) -> str:
    return "a record" if address is None else f'"{address[:120]}"'
