"""Bytes to a document: unpack, tell the format by content, read."""

import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from foedus.errors import InputError
from foedus.model.document import Document, PageData
from foedus.read.decode import decode_bytes
from foedus.read.gzipped import is_gzip, unpack_gzip
from foedus.read.html import find_declared_charset
from foedus.read.limits import DEFAULT_LIMITS, ReadLimits
from foedus.read.readers import READERS

# Formats nobody reads for text, by their first bytes: a better message than "not text".
_FOREIGN = (
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"ID3", "audio file"),
    (b"OggS", "audio file"),
    (b"{\\rtf", "RTF document"),
)
# Formats whose bytes may be in any charset.
_TEXT_FORMATS = ("text/html", "text/markdown", "text/plain")
_ISO_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_NOTHING_GIVEN = PageData()


def read_document(
    name: str,
    data: bytes,
    *,
    limits: ReadLimits = DEFAULT_LIMITS,
    given: PageData = _NOTHING_GIVEN,
    charset: str | None = None,
) -> Document:
    """Read one input.

    Args:
        name: Name relative to the input root. It never tells the type; it only tips the scale between plain
            text and Markdown.
        data: The whole input, perhaps gzip-compressed. Hostile until proven otherwise.
        limits: Bounds on sizes and counts.
        given: What is known of it from elsewhere: where it was fetched from and when.
        charset: What its server called its charset, untrusted; it counts where the page itself names none.

    Returns:
        The decoded text with what the format says about it. Offsets point into `Document.text`, which holds
        no NUL and no lone surrogate; it is never rewritten later.

    Raises:
        InputError: ``empty``, ``too-large``, ``bomb``, ``truncated``, ``damaged``, ``binary``,
            ``unknown-type``, ``encrypted``, ``too-deep``. The message says what to do.
    """
    if len(data) > limits.max_bytes:
        raise InputError("too-large", f"{name}: {len(data)} bytes, more than {limits.max_bytes}: split it")
    try:
        content = data
        for _ in range(limits.max_layers):
            if not is_gzip(content):
                break
            content = unpack_gzip(content, limits)
        document = _read(name, content, sha256(data).hexdigest(), limits, charset)
        return replace(document, page=_join(document.page, given))
    except InputError as error:
        raise InputError(error.code, f"{name}: {error}") from error


def _read(name: str, content: bytes, digest: str, limits: ReadLimits, charset: str | None) -> Document:
    if not content.strip(b"\0 \t\r\n\f\v"):
        raise InputError("empty", "holds nothing: nothing to read")
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise InputError("unknown-type", f"{kind}: convert it to text, HTML or PDF")
    if is_gzip(content):
        raise InputError("bomb", f"packed more than {limits.max_layers} times: unpack it by hand")
    reader = next(reader for reader in READERS if reader.suits(content, name))
    if charset is not None and reader.media_type in _TEXT_FORMATS and find_declared_charset(content) is None:
        content = decode_bytes(content, declared=charset).encode("utf-8")
    found = reader.read(content, limits)
    if len(found.text) > limits.max_chars:
        raise InputError("too-large", f"more than {limits.max_chars} characters of text: split it")
    if _count_breaks(found.text) > limits.max_lines:
        raise InputError("too-large", f"more than {limits.max_lines} lines of text: split it")
    return Document(
        name=name,
        media_type=reader.media_type,
        digest=digest,
        text=found.text,
        page=found.page,
        main=found.main,
    )


def _count_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _join(page: PageData, given: PageData) -> PageData:
    """What a page says of itself, and what is known of it from elsewhere.

    A page's own address counts where it is of the site that the page came from; a date that lies after the day
    on which it was fetched does not.
    """
    is_future = given.fetched is not None and _is_after(page.published, given.fetched)
    is_home = given.address is None or (
        page.address is not None and _find_host(page.address) == _find_host(given.address)
    )
    return replace(
        page,
        published=None if is_future else page.published,
        published_field=None if is_future else page.published_field,
        address=page.address if is_home else given.address,
        fetched=given.fetched,
    )


def _is_after(words: str | None, fetched: str) -> bool:
    """Whether date words of ISO form name a day later than `fetched`, anywhere on Earth."""
    match = _ISO_DAY.match(words or "")
    try:
        return match is not None and date.fromisoformat(match[1]) > date.fromisoformat(fetched) + timedelta(1)
    except ValueError:
        return False


def _find_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
