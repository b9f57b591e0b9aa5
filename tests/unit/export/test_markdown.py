import io

import pytest
from markdown_it import MarkdownIt

from foedus.export import pick_format
from foedus.export.markdown import escape
from foedus.views.shapes import Citation, Column, Excerpt, Pages, Section, Sentence, Table

HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](http://host/x.png)",
    "<http://host>",
    "`code` *bold* _it_ ~~gone~~",
    "a | b",
    "&lt;b&gt; &#60;",
    "# not a heading",
    "- not a list",
    "1. not a list",
    "> not a quote",
    "line one\n\n# line two",
    "back\\slash",
    "\x1b]0;title\x07",
    "==",
    "***",
    "---",
    "+ plus",
    "10) ten",
]


def render(pages):
    out = io.StringIO()
    pick_format(Pages).write(pages, out)
    return out.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_is_shown_as_it_is(text):
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(escape(text))
    assert [token.type for token in parsed] == ["paragraph_open", "inline", "paragraph_close"]
    inner = parsed[1].children
    assert {token.type for token in inner} <= {"text", "text_special"}
    shown = "".join(token.content for token in inner)
    assert shown == " ".join(text.replace("\x1b", "").replace("\x07", "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through_any_part_of_pages(text):
    citation = Citation(1, text, text, text, text, 0, 1, 2, text)
    section = Section(
        text,
        text,
        (text,),
        (Sentence(text, (1,)),),
        Table("", (Column(text),), ((text,),), text),
        (Excerpt(text, ((0, 1, text),), text),),
    )
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        render(Pages(text, ((text, text),), (section,), (citation,)))
    )
    for tag in ("<script", "<a ", "<img", "<code", "<em>", "<h3"):
        assert tag not in html


def test_pages_are_laid_out():
    citation = Citation(1, "The Paper", "Title", "1 March 2020", "a.txt", 0, 5, 9, "they met")
    sections = (
        Section(
            "Talks",
            "better",
            ("2 events.",),
            (Sentence("They met.", (1,)), Sentence("Or not.", (1,), None, True)),
        ),
        Section("Glance", table=Table("", (Column("a"), Column("b")), ((1, None), ("x", 0.5)), "More.")),
        Section("Words", excerpts=(Excerpt("So they met here.", ((3, 11, "c-1"),), "a.txt"),)),
    )
    assert render(Pages("Brief", (("Period", "March"),), sections, (citation,))) == (
        "# Brief\n\n- **Period:** March\n\n"
        "## Talks — better\n\n2 events.\n\n- They met. [1]\n  - Or not. [1]\n\n"
        "## Glance\n\n| a | b |\n| --- | --- |\n| 1 |  |\n| x | 0.5 |\n\nMore.\n\n"
        "## Words\n\n> So **they met** (c-1) here.\n> — a.txt\n\n"
        "## Sources\n\n1. The Paper, “Title”, 1 March 2020. a.txt, characters 5–9: “they met”\n\n"
    )
