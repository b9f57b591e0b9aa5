"""DOCX: pages as a text document, with a picture of them if there is one. The same pages give the same bytes."""

import io
import zipfile
from datetime import datetime
from typing import IO, TYPE_CHECKING

from foedus.export.clean import clean, clean_line
from foedus.export.format import Format
from foedus.views.shapes import Citation, Pages, Section, Sentence, Table

if TYPE_CHECKING:
    from docx.document import Document

_PICTURE_WIDTH_CM = 16
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(pages: Pages, out: IO[bytes], *, picture: bytes | None = None) -> None:
    """The pages as one document.

    Args:
        pages: What is written.
        out: Takes the bytes.
        picture: A PNG that stands under the facts, or None.
    """
    import docx
    from docx.shared import Cm

    document: Document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime(1980, 1, 1)
    document.core_properties.title = clean_line(pages.title)[:250]
    document.core_properties.author = "Foedus"
    document.add_heading(clean_line(pages.title), 0)
    for label, value in pages.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean_line(label)}: ").bold = True
        paragraph.add_run(clean_line(value))
    if picture is not None:
        document.add_picture(io.BytesIO(picture), width=Cm(_PICTURE_WIDTH_CM))
    for section in pages.sections:
        _add_section(document, section)
    if pages.citations:
        document.add_heading("Sources", 1)
    for citation in pages.citations:
        document.add_paragraph(f"[{citation.number}] {_tell(citation)}")
    whole = io.BytesIO()
    document.save(whole)
    _pack_again(whole, out)


def _add_section(document: "Document", section: Section) -> None:
    standing = f" — {clean_line(section.standing)}" if section.standing else ""
    document.add_heading(f"{clean_line(section.heading)}{standing}", 1)
    for paragraph in section.paragraphs:
        document.add_paragraph(clean_line(paragraph))
    if section.table is not None:
        _add_table(document, section.table)
    for sentence in section.sentences:
        document.add_paragraph(
            _tell_sentence(sentence), "List Bullet 2" if sentence.is_doubt else "List Bullet"
        )
    for excerpt in section.excerpts:
        document.add_paragraph(f"{clean(excerpt.text)}\n— {clean_line(excerpt.source)}", "Quote")


def _add_table(document: "Document", table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.columns), style="Light List Accent 1")
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        cell.text = clean_line(column.heading)
    for row in table.rows:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.text = "" if value is None else clean(str(value))
    if table.note:
        document.add_paragraph(clean_line(table.note))


def _tell_sentence(sentence: Sentence) -> str:
    return f"{clean_line(sentence.text)} {' '.join(f'[{number}]' for number in sentence.citations)}".rstrip()


def _tell(citation: Citation) -> str:
    head = ", ".join(
        clean_line(part) for part in (citation.publisher, citation.title, citation.published) if part
    )
    place = f"{clean_line(citation.document)}, characters {citation.start}–{citation.end}"
    return f"{head + '. ' if head else ''}{place}: “{clean_line(citation.quote)}”"


def _pack_again(whole: IO[bytes], out: IO[bytes]) -> None:
    """The same parts with no time of day in them."""
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)


FORMAT = Format(name="docx", suffix=".docx", shape=Pages, write=write_docx, is_binary=True)
