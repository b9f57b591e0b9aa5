"""Make the binary files of ``sample/`` from texts: ``python docs/sample/make.py [FOLDER]``.

The texts are written for Foedus. The same texts give the same bytes with the same versions of reportlab and
python-docx, which are needed here only; the files are committed.
"""

import gzip
import io
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

TEXTS = Path(__file__).parent
SAMPLE = TEXTS.parents[1] / "sample"
ZIP_TIME = (2025, 2, 3, 0, 0, 0)
DAMAGED_BYTES = 700


def to_pdf(text: str, *, title: str, author: str, published: datetime) -> bytes:
    """A plain PDF: the first line as headline, blank lines between paragraphs."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    os.environ["SOURCE_DATE_EPOCH"] = str(int(published.timestamp()))
    styles = getSampleStyleSheet()
    head, *paragraphs = _paragraphs(text)
    flow = [Paragraph(head, styles["Title"])]
    for paragraph in paragraphs:
        flow += [Paragraph(paragraph, styles["BodyText"]), Spacer(1, 6)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, author=author).build(flow)
    return out.getvalue()


def to_docx(text: str, *, title: str, author: str, published: datetime) -> bytes:
    """A plain DOCX, made as `to_pdf` makes its pages."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = title, author
    properties.created = properties.modified = published
    head, *paragraphs = _paragraphs(text)
    document.add_heading(head, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return _with_fixed_times(made.getvalue())


def main(folder: Path = SAMPLE) -> None:
    """Write the files into a folder."""
    accord = (TEXTS / "09-reciprocal-access.txt").read_text(encoding="utf-8")
    charter = (TEXTS / "29-sahel-alliance.txt").read_text(encoding="utf-8")
    rafale = (TEXTS / "28-rafale-marine.html").read_bytes()
    pdf = to_pdf(
        accord,
        title="Japan and the Philippines sign Reciprocal Access Agreement",
        author="Island Chain Papers",
        published=datetime(2024, 7, 8, 9, tzinfo=UTC),
    )
    (folder / "09-reciprocal-access.pdf").write_bytes(pdf)
    # A copy that broke off on the way: it becomes a problem row.
    (folder / "30-broken-download.pdf").write_bytes(pdf[:DAMAGED_BYTES])
    docx = to_docx(
        charter,
        title="The Sahel alliance after a year and a half",
        author="Ada Okonjo-Reyes",
        published=datetime(2025, 2, 3, 9, tzinfo=UTC),
    )
    (folder / "29-sahel-alliance.docx").write_bytes(docx)
    (folder / "28-rafale-marine.html.gz").write_bytes(gzip.compress(rafale, mtime=0))


def _paragraphs(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]


def _with_fixed_times(data: bytes) -> bytes:
    """The same archive with one time for all its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
