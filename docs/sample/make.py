"""Make the binary files of ``sample/`` from texts: ``python docs/sample/make.py [FOLDER]``.

The texts are written for Foedus. The same texts give the same bytes with the same versions of reportlab and
python-docx, which are needed here only; the files are committed.
"""

import gzip
import io
import os
import sys
import uuid
import zipfile
from collections.abc import Sequence
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


def to_warc(pages: Sequence[tuple[str, str, bytes, str, str]]) -> bytes:
    """A packed web archive of addresses with media type, content, status and time of fetch."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, (url, media_type, content, status, fetched) in enumerate(pages):
        headers = {"WARC-Date": fetched, "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(int=number)}>"}
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(content),
            length=len(content),
            http_headers=StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1"),
            warc_headers_dict=headers,
        )
        writer.write_record(record)
    return out.getvalue()


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
    exercise = (TEXTS / "31-steadfast-defender.html").read_bytes()
    accession = (TEXTS / "31-sweden-joins.html").read_bytes()
    site, html = "https://watchtower-north.example", "text/html; charset=utf-8"
    archive = to_warc(
        [
            (f"{site}/2024/01/25/exercise", html, exercise, "200 OK", "2024-03-09T11:00:00Z"),
            (f"{site}/lighthouse.png", "image/png", b"\x89PNG\r\n\x1a\n", "200 OK", "2024-03-09T11:00:01Z"),
            (f"{site}/2024/03/08/sweden", html, accession, "200 OK", "2024-03-09T11:00:02Z"),
            (f"{site}/old", html, b"<p>Gone</p>", "404 Not Found", "2024-03-09T11:00:03Z"),
        ]
    )
    (folder / "31-watchtower-north.warc.gz").write_bytes(archive)


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
