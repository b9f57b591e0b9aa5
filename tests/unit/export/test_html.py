import io
import re
from html.parser import HTMLParser

import pytest

from foedus.export import pick_format
from foedus.views.shapes import Citation, Column, Excerpt, Pages, Section, Sentence, Strip, Table

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "]]><!-- -->",
]
VOID = {"meta", "line"}


class Page(HTMLParser):
    """Tags with their attributes, and the text, of a page; notes what is not closed in order."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.open, self.ids = [], "", [], set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.ids.update(value for name, value in attributes if name == "id")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def render(pages):
    out = io.StringIO()
    pick_format(Pages, name="html").write(pages, out)
    return out.getvalue()


def make_pages(text="plain"):
    citation = Citation(1, text, text, text, text, 0, 1, 2, text)
    section = Section(
        text,
        text,
        (text,),
        (Sentence(text, (1,)), Sentence(text, (1,), None, True)),
        Table("", (Column(text),), ((text,), (None,), (0,)), text),
        (Excerpt(f"{text} and {text}", ((0, len(text), text),), text),),
    )
    strip = Strip(text, ("2020-01", text), ((text, (0, 3)), ("none", (0, 0))), split=1)
    return Pages(text, ((text, text),), (section,), (citation,), strip)


@pytest.mark.parametrize("text", ["plain", *HOSTILE])
def test_the_page_is_whole_and_needs_nothing_else(text):
    page = Page(render(make_pages(text)))
    assert page.open == []
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "link", "form", "base"}
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        assert not {"src", "style"} & set(attributes)
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in page.ids
    assert page.text.count(text) >= 14


def test_hostile_text_never_becomes_an_attribute_name_or_class():
    page = Page(render(make_pages('x" onload="y')))
    classes = {attributes.get("class") for _, attributes in page.tags}
    assert not any("onload" in attributes for _, attributes in page.tags)
    assert 'standing x"-onload="y' in classes


def test_nothing_may_be_loaded_or_run():
    html = render(make_pages())
    policy = next(
        a["content"] for tag, a in Page(html).tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert not re.search(r"url\(|@import|https?:", html)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_an_empty_chart_is_left_out():
    assert "<svg" in render(make_pages())
    assert "<svg" not in render(Pages("t"))
    assert "<svg" not in render(Pages("t", strip=Strip("t", ("a",), (("r", (0,)),))))


def test_a_chart_draws_each_count_darker_with_more():
    strip = Strip(
        "Claims", ("2020-01", "2020-02", "2020-03"), (("one", (4, 0, 1)), ("two", (0, 2, 0))), split=1
    )
    page = Page(render(Pages("t", strip=strip)))
    cells = [attributes for tag, attributes in page.tags if tag == "rect"]
    assert len(cells) == 3
    shades = [float(cell["fill-opacity"]) for cell in cells]
    assert shades[0] == 1.0
    assert shades[0] > shades[2] > shades[1] > 0
    assert "one, 2020-01: 4" in page.text
    assert len([1 for tag, attributes in page.tags if attributes.get("class") == "split"]) == 1


def test_control_characters_are_left_out():
    assert "\x1b" not in render(make_pages("a\x1b[0mb"))
    assert "\u202e" not in render(make_pages("a\u202eb"))
