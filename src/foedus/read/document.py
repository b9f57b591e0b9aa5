"""Bytes to a document: unpack, tell the format by content, read."""

from hashlib import sha256

from foedus.errors import InputError
from foedus.model.document import Document
from foedus.read.gzipped import is_gzip, unpack_gzip
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


def read_document(name: str, data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> Document:
    """Read one input.

    Args:
        name: Name relative to the input root. It never tells the type; it only tips the scale between plain
            text and Markdown.
        data: The whole input, perhaps gzip-compressed. Hostile until proven otherwise.
        limits: Bounds on sizes and counts.

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
        return _read(name, content, sha256(data).hexdigest(), limits)
    except InputError as error:
        raise InputError(error.code, f"{name}: {error}") from error


def _read(name: str, content: bytes, digest: str, limits: ReadLimits) -> Document:
    if not content.strip(b"\0 \t\r\n\f\v"):
        raise InputError("empty", "holds nothing: nothing to read")
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise InputError("unknown-type", f"{kind}: convert it to text, HTML or PDF")
    if is_gzip(content):
        raise InputError("bomb", f"packed more than {limits.max_layers} times: unpack it by hand")
    reader = next(reader for reader in READERS if reader.suits(content, name))
    found = reader.read(content, limits)
    if len(found.text) > limits.max_chars:
        raise InputError("too-large", f"more than {limits.max_chars} characters of text: split it")
    if found.text.count("\n") + found.text.count("\r") > 2 * limits.max_lines:
        raise InputError("too-large", f"more than {limits.max_lines} lines of text: split it")
    return Document(
        name=name,
        media_type=reader.media_type,
        digest=digest,
        text=found.text,
        page=found.page,
        main=found.main,
    )
