"""Word documents (DOCX): paragraphs and tables in reading order."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from lxml.etree import LxmlError

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.read.limits import ReadLimits
from foedus.read.reader import Content, Reader

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PART = "word/document.xml"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def suits_docx(data: bytes, name: str) -> bool:
    """Whether `data` is a zip archive or an OLE file: the containers of office documents."""
    return data.startswith((_ZIP, _OLE))


def read_docx(data: bytes, limits: ReadLimits) -> Content:
    """Read a Word document: a paragraph a line, cells of a row separated by a tab.

    Raises:
        InputError: ``encrypted``, ``unknown-type`` (another archive or an old ``.doc``), ``damaged``,
            ``bomb``, ``too-large``, ``empty``.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise InputError("encrypted", "document is protected by a password: save it without one")
        raise InputError("unknown-type", "old Word or Office file: save it as DOCX or text")
    _check_archive(data, limits)
    import docx  # only Word documents need it
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(BytesIO(data))
        lines = list(_iter_lines(document))
        page = _to_page_data(document)
    except (
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        EOFError,
        OSError,
        NotImplementedError,
        RecursionError,
    ) as error:
        # python-docx lets the faults of a broken package through as whatever they happen to raise.
        raise InputError(
            "damaged", f"Word document cannot be opened ({type(error).__name__}): save it again"
        ) from error
    text = "\n".join(lines)
    if not text.strip():
        raise InputError("empty", "Word document holds no text: nothing to read")
    return Content(text, page)


def _check_archive(data: bytes, limits: ReadLimits) -> None:
    """Refuse other archives, and archives that unpack to too much, before anything is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise InputError("truncated", "archive has no table of contents: fetch it again") from error
    if any(member.flag_bits & 0x1 for member in members):
        raise InputError("encrypted", "archive is protected by a password: save it without one")
    names = {member.filename for member in members}
    if _MAIN_PART not in names:
        raise InputError("unknown-type", "zip archive that is no Word document: unpack it and give its files")
    total = sum(member.file_size for member in members)
    if total > max(limits.min_bomb_bytes, len(data) * limits.max_ratio):
        raise InputError("bomb", f"unpacks to more than {limits.max_ratio} times its size: not read")
    markup = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if total > limits.max_bytes or markup > 4 * limits.max_markup_bytes:
        raise InputError("too-large", f"unpacks to {total} bytes: split it or save it as text")


def _iter_lines(document: "WordDocument") -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    words = " ".join(cell.text.split())
                    # A merged cell is given once for each column it spans.
                    if words and (not cells or cells[-1] != words):
                        cells.append(words)
                if cells:
                    yield "\t".join(cells)
        else:
            yield from (line for line in (" ".join(part.split()) for part in block.text.split("\n")) if line)


def _to_page_data(document: "WordDocument") -> PageData:
    properties = document.core_properties
    created = properties.created
    return PageData(
        title=_clean(properties.title),
        author=_clean(properties.author) if _clean(properties.author) != "python-docx" else None,
        published=created.isoformat() if created is not None else None,
        published_field="document created" if created is not None else None,
        language=_clean(properties.language),
    )


def _clean(value: str | None) -> str | None:
    return " ".join(value.split())[:500] or None if value else None


READER = Reader(MEDIA_TYPE, suits_docx, read_docx)
