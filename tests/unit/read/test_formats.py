"""PDF, Word, e-mail and Markdown. All texts were written for these tests."""

import time
import zipfile
from io import BytesIO

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.read import ReadLimits, read_document
from foedus.read.layout import Segment, order_segments

SENTENCE = (
    "The ministers of Kenya and Uganda signed agreement number {} on the joint training of border troops."
)


# -- PDF


def make_pdf(pages: list[list[str]], **document: str) -> bytes:
    """A PDF with these lines on its pages, 14 points apart."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, **document)  # type: ignore[arg-type]
    canvas.setTitle(document.get("title", ""))
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 770 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def make_columns(pages: int) -> bytes:
    out = BytesIO()
    width, height = A4
    style = getSampleStyleSheet()

    def draw_heads(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.drawString(60, height - 30, "Lake Defence Review | Issue 12")
        canvas.drawCentredString(width / 2, 20, f"Page {document.page}")

    document = BaseDocTemplate(out, pagesize=A4, title="Joint training agreed", author="Ann Writer")
    frames = [Frame(50, 60, 235, height - 130), Frame(310, 60, 235, height - 130)]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=draw_heads))
    story: list[Flowable] = [Paragraph("Joint training agreed", style["Title"])]
    story += [Paragraph(SENTENCE.format(number), style["BodyText"]) for number in range(30 * pages)]
    document.build(story)
    return out.getvalue()


def test_pdf_columns_are_read_one_after_the_other() -> None:
    text = read_document("a.pdf", make_columns(3)).text
    lines = text.split("\n")
    assert lines[0] == "Lake Defence Review | Issue 12"
    assert text.count("Lake Defence Review") == 1
    assert "Page 2" not in text
    assert [line for line in lines if line.startswith("The ministers")] == [
        SENTENCE.format(n) for n in range(90)
    ]


def test_pdf_says_who_wrote_it_and_when() -> None:
    document = read_document("a.pdf", make_columns(1))
    assert document.media_type == "application/pdf"
    assert (document.page.title, document.page.author) == ("Joint training agreed", "Ann Writer")
    assert document.page.published_field == "pdf CreationDate"


def test_words_broken_at_line_ends_are_made_whole() -> None:
    lines = [
        "The two armies agreed on mili-",
        "tary training and on an air-",
        "defence system. The air-defence part",
        "will be paid for together.",
    ]
    assert read_document("a", make_pdf([lines])).text == (
        "The two armies agreed on military training and on an air-defence system. The air-defence part will be "
        "paid for together."
    )


def test_a_sentence_goes_on_over_a_page_break() -> None:
    text = read_document(
        "a", make_pdf([["The two armies agreed to train"], ["together near the lake."]])
    ).text
    assert text == "The two armies agreed to train together near the lake."


def test_pdf_without_text_asks_for_text_recognition() -> None:
    with pytest.raises(InputError, match="text recognition") as caught:
        read_document("a", make_pdf([[], [], []]))
    assert caught.value.code == "empty"


def test_pdf_faults() -> None:
    whole = make_columns(1)
    for data, code in (
        (whole[: len(whole) // 2], "truncated"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
    ):
        with pytest.raises(InputError) as caught:
            read_document("a", data)
        assert caught.value.code == code


def test_pdf_with_a_password() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "hidden")
    canvas.save()
    with pytest.raises(InputError) as caught:
        read_document("a", out.getvalue())
    assert caught.value.code == "encrypted"


def test_pdf_with_too_many_pages() -> None:
    with pytest.raises(InputError) as caught:
        read_document("a", make_pdf([["x"]] * 5), limits=ReadLimits(max_pages=4))
    assert caught.value.code == "too-large"


def test_rows_of_a_table_are_kept_together() -> None:
    cells = [
        Segment(left, 700 - 14 * row, left + 30, 710 - 14 * row, f"r{row}c{column}")
        for row in range(4)
        for column, left in enumerate((50.0, 150.0, 250.0))
    ]
    assert [segment.text for segment in order_segments(cells)][:4] == ["r0c0", "r0c1", "r0c2", "r1c0"]
    assert order_segments([]) == []


# -- Word


def make_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Joint training agreed"
    document.core_properties.author = "Ann Writer"
    document.add_heading("Joint training agreed", 1)
    document.add_paragraph(SENTENCE.format(1))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Troops", "400"
    document.add_paragraph(SENTENCE.format(2))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_documents_in_reading_order() -> None:
    document = read_document("a", make_docx())
    assert document.text == f"Joint training agreed\n{SENTENCE.format(1)}\nTroops\t400\n{SENTENCE.format(2)}"
    assert (document.page.title, document.page.author) == ("Joint training agreed", "Ann Writer")
    assert document.page.published_field == "document created"


def make_zip(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_docx()[:-200], "truncated"),
        (make_zip(readme_dot_txt=b"hello"), "unknown-type"),
        (make_zip(word__document_dot_xml=b"<w:document"), "damaged"),
        (make_zip(word__document_dot_xml=b"0" * 20_000_000), "bomb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown-type"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
            "encrypted",
        ),
    ],
)
def test_word_faults(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document("a.docx", data)
    assert caught.value.code == code


# -- E-mail

MAIL = b"""\
From: =?utf-8?q?Lake_Digest?= <news@lake.example>
To: reader@example.org
Subject: =?utf-8?b?V2Vla2x5IGRpZ2VzdCDigJMgTWFyY2g=?=
Date: Mon, 11 Mar 2019 08:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Plain words.
--b
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

<html><body><p>The ministers signed =93Lake Guard=94.</p></body></html>
--b--
"""


def test_mail_gives_its_subject_and_its_html_part() -> None:
    document = read_document("a", MAIL)
    assert document.media_type == "message/rfc822"
    assert document.text == "Weekly digest – March\n\nThe ministers signed “Lake Guard”."
    assert document.page == PageData(
        title="Weekly digest – March",
        publisher="Lake Digest",
        published="Mon, 11 Mar 2019 08:00:00 +0300",
        published_field="mail Date",
    )


def test_mail_of_plain_text_and_without_subject() -> None:
    mail = b"From: a@lake.example\nTo: b@x.example\nDate: 11 Mar 2019\nMessage-ID: <1@x>\n\nTwo\r\nlines.\n"
    document = read_document("a", mail)
    assert document.text == "Two\r\nlines."
    assert (document.page.title, document.page.publisher) == (None, "lake.example")


def test_a_text_part_is_taken_where_the_html_part_is_a_stub() -> None:
    body = SENTENCE.format(1).encode() + b"\n" + SENTENCE.format(2).encode()
    mail = MAIL.replace(b"Plain words.", body).replace(
        b"The ministers signed =93Lake Guard=94.", b"See it online."
    )
    assert read_document("a", mail).text.endswith(body.decode())


def test_a_digest_of_mails_holds_them_all() -> None:
    letters = [
        f"From: a@lake.example\nSubject: Accord number {number}\nDate: Mon, {number} Mar 2019 08:00:00 +0300\n\n"
        f"{SENTENCE.format(number)}\n"
        for number in (4, 5)
    ]
    parts = "".join(f"--b\nContent-Type: message/rfc822\n\n{letter}\n" for letter in letters)
    mail = (
        "From: list@lake.example\nTo: b@x.example\nSubject: List digest\nDate: Wed, 6 Mar 2019 08:00:00 +0300\n"
        f'Content-Type: multipart/digest; boundary="b"\n\n{parts}--b--\n'
    )
    lines = read_document("a", mail.encode()).text.split("\n")
    assert [line for line in lines if line] == [
        "List digest",
        "Accord number 4",
        "Mon, 4 Mar 2019 08:00:00 +0300",
        SENTENCE.format(4),
        "Accord number 5",
        "Mon, 5 Mar 2019 08:00:00 +0300",
        SENTENCE.format(5),
    ]


@pytest.mark.parametrize("mark", ["", "> ", "*"])
def test_a_mail_that_was_sent_on_is_told_by_the_mail_in_it(mark: str) -> None:
    end = "*" if mark == "*" else ""
    mail = (
        "From: Ben <ben@x.example>\nTo: c@x.example\nSubject: Fwd: accord\nDate: Wed, 20 Mar 2019 09:00:00 +0000\n\n"
        "FYI\n\n---------- Forwarded message ---------\n"
        f"{mark}From:{end} Lake Courier <news@courier.example>\n{mark}Date:{end} Thu, 14 Mar 2019 at 10:00\n"
        f"{mark}Subject:{end} Accord on border troops\n{mark}To:{end} <ben@x.example>\n\n{SENTENCE.format(1)}\n"
    )
    page = read_document("a", mail.encode()).page
    assert page == PageData(
        title="Accord on border troops",
        publisher="Lake Courier",
        published="Thu, 14 Mar 2019 at 10:00",
        published_field="forwarded Date",
    )


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\n", "empty"),
        (b"Message-ID: <1>\nFrom: a@b.example\nContent-Type: application/pkcs7-mime\n\nMIIB", "encrypted"),
        (b"Message-ID: <1>\nFrom: a@b.example\nContent-Type: image/png\n\nwords", "empty"),
    ],
)
def test_mail_faults(mail: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document("a", mail)
    assert caught.value.code == code


def test_mail_of_too_many_parts() -> None:
    parts = b"".join(b"--b\nContent-Type: text/plain\n\nwords\n" for _ in range(30))
    mail = (
        b"Message-ID: <1>\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
        + parts
        + b"--b--\n"
    )
    with pytest.raises(InputError) as caught:
        read_document("a", mail, limits=ReadLimits(max_parts=20))
    assert caught.value.code == "too-large"


def test_a_text_that_opens_like_a_form_is_no_mail() -> None:
    assert (
        read_document("a", b"DATE: 02/11/2007\nFrom: Minsk\n\nWords follow here.").media_type == "text/plain"
    )


# -- Markdown


def test_markdown_by_content_and_by_name() -> None:
    source = b"# Joint *training*\n\nSee [the text](http://a.example) of the **agreement**.\n\n- one\n- two\n"
    document = read_document("a", source)
    assert document.media_type == "text/markdown"
    assert document.text == "Joint training\nSee the text of the agreement.\none\ntwo"
    plain = b"# 5 soldiers were there\nand nothing else is marked"
    assert read_document("notes.md", plain).media_type == "text/markdown"
    assert read_document("notes.txt", plain).media_type == "text/plain"
    assert read_document("notes", plain).media_type == "text/plain"


def test_front_matter_is_page_data() -> None:
    source = b'---\ntitle: "Joint training"\ndate: 2019-03-14\nauthor: Ann Writer\n---\n\nThe ministers signed it.\n'
    document = read_document("a.txt", source)
    assert document.text == "The ministers signed it."
    assert document.page == PageData(
        title="Joint training",
        author="Ann Writer",
        published="2019-03-14",
        published_field="front matter date",
    )


@pytest.mark.parametrize("mark", ["[", "!["])
def test_brackets_in_a_paragraph_are_bounded(mark: str) -> None:
    limits = ReadLimits(max_brackets=50)
    allowed = f"# Notes\n\n{mark * 50} and **more**\n\n{mark * 50}\n"
    assert mark * 50 in read_document("notes.md", allowed.encode(), limits=limits).text
    with pytest.raises(InputError, match="50 brackets") as caught:
        read_document("notes.md", f"# Notes\n\n{mark * 51} and **more**\n".encode(), limits=limits)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(line_break: str) -> None:
    limits = ReadLimits(max_lines=5)
    read_document("a.txt", f"Kenya signs.{line_break}".encode() * 5, limits=limits)
    with pytest.raises(InputError, match="more than 5 lines"):
        read_document("a.txt", f"Kenya signs.{line_break}".encode() * 6, limits=limits)


@pytest.mark.parametrize("line", ["-a: b\n", "a: b\r\n", "- a\r\n"])
def test_what_begins_like_front_matter_is_told_apart_at_once(line: str) -> None:
    started = time.process_time()
    document = read_document("notes.txt", b"---\n" + line.encode() * 60 + b"Kenya and Uganda met.\n")
    assert "Kenya and Uganda met." in document.text
    assert time.process_time() - started < 5
