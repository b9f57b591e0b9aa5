"""The text document as a word processor reads it."""

import base64
import io

import docx
import pytest

from foedus.export.docx import write_docx
from foedus.views.shapes import Citation, Column, Excerpt, Pages, Section, Sentence, Table

#: One grey pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
HOSTILE = "\x1b[31m<w:t>=1+1</w:t>\u202e\x00end"


def make_pages(text="Norland"):
    section = Section(
        f"Section of {text}",
        "better",
        ("A paragraph.",),
        (Sentence("It signed.", (1, 2)), Sentence("Others deny it.", (2,), is_doubt=True)),
        Table("T", (Column("kind"), Column("number")), (("treaty", 3), ("pact", None)), "A note."),
        (Excerpt(f"Words of {text}", ((0, 5, "claim"),), "a.txt"),),
    )
    citations = (
        Citation(1, "The Paper", None, "1 May 2020", "a.txt", 0, 5, 9, "sign"),
        Citation(2, None, None, None, "b.txt", 0, 0, 4, text),
    )
    return Pages(f"Brief on {text}", (("Period", "May 2020"),), (section,), citations)


def read(pages, **options):
    out = io.BytesIO()
    write_docx(pages, out, **options)
    return docx.Document(io.BytesIO(out.getvalue()))


def test_headings_sentences_and_sources_stand_in_order():
    found = [(part.style.name, part.text) for part in read(make_pages()).paragraphs]
    assert found == [
        ("Title", "Brief on Norland"),
        ("Normal", "Period: May 2020"),
        ("Heading 1", "Section of Norland — better"),
        ("Normal", "A paragraph."),
        ("Normal", "A note."),
        ("List Bullet", "It signed. [1] [2]"),
        ("List Bullet 2", "Others deny it. [2]"),
        ("Quote", "Words of Norland\n— a.txt"),
        ("Heading 1", "Sources"),
        ("Normal", "[1] The Paper, 1 May 2020. a.txt, characters 5–9: “sign”"),
        ("Normal", "[2] b.txt, characters 0–4: “Norland”"),
    ]


def test_a_table_has_its_headings_and_an_empty_cell_for_what_is_unknown():
    (table,) = read(make_pages()).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["kind", "number"], ["treaty", "3"], ["pact", ""]]


@pytest.mark.parametrize(("options", "count"), [({}, 0), ({"picture": PICTURE}, 1)])
def test_a_picture_stands_in_it_if_there_is_one(options, count):
    assert len(read(make_pages(), **options).inline_shapes) == count


def test_hostile_text_is_inert_text():
    found = read(make_pages(HOSTILE))
    assert found.paragraphs[0].text == "Brief on [31m<w:t>=1+1</w:t>end"


def test_the_same_pages_give_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()
    write_docx(make_pages(), first)
    write_docx(make_pages(), second)
    assert first.getvalue() == second.getvalue()
