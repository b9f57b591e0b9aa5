"""Pages: visible text, what they say of themselves, main spans. All texts were written for these tests."""

import pytest

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.model.span import Span
from foedus.read import read_document
from foedus.read.align import align_lines
from foedus.read.html import find_declared_charset, suits_html
from foedus.read.limits import DEFAULT_LIMITS, ReadLimits
from foedus.read.markup import parse_markup
from foedus.read.page_data import find_page_data
from foedus.read.visible import to_visible_text


def visible(markup: str) -> str:
    return to_visible_text(parse_markup(markup, DEFAULT_LIMITS), DEFAULT_LIMITS)


def page_data(head: str, body: str = "") -> PageData:
    return find_page_data(
        parse_markup(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>", DEFAULT_LIMITS)
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>wor<b>d</b>s <i>and</i>  more<br>new line", "words and more\nnew line"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>a<li>b</ul>tail", "a\nb\ntail"),
        ("<p>Fish &amp; chips &lt;3 caf&eacute; &#8364;5</p>", "Fish & chips <3 café €5"),
        ("<p>a<script>no()</script>b<style>p{}</style>c</p>", "abc"),
        (
            "<table><tr><td>Date:<td>02/11/2007<tr><td>Place:<td>Minsk</table>",
            "Date:\t02/11/2007\nPlace:\tMinsk",
        ),
        ("<p>By <span>John Smith</span><span>6 Oct 2011</span>", "By John Smith 6 Oct 2011"),
        ("<p><span>T</span>he end", "The end"),
        ("<p>H<sub>2</sub>O", "H2O"),
        ("<p>mili\u00adtary zero\u200bwidth", "military zerowidth"),
        ("<p>non\u00a0breaking", "non breaking"),
        ('<p style="display: none">no</p><p hidden>no</p>yes', "yes"),
        ("<noscript>no</noscript><template>no</template>yes", "yes"),
        ("<select><option>no</select><textarea>no</textarea>yes", "yes"),
        ('<body style="display:none"><p>shown by a script', "shown by a script"),
        ("<p>one\r\n  two\tthree", "one two three"),
    ],
)
def test_visible_text(markup: str, text: str) -> None:
    assert visible(markup) == text


def test_nothing_visible_is_an_empty_text() -> None:
    assert visible("<html><head><title>x</title></head><body><img></body></html>") == ""


def test_page_data_from_meta_elements() -> None:
    found = page_data(
        """<title>Drill begins | Lake Tribune</title>
        <meta property="og:title" content="Drill &amp; parade begin">
        <meta property="og:site_name" content="Lake Tribune"><meta name="author" content="Ann Writer">
        <meta property="article:published_time" content="2019-03-14T09:00:00Z">
        <meta property="article:modified_time" content="2020-01-01"><link rel="canonical" href="https://a.example/x">"""
    )
    assert found == PageData(
        title="Drill & parade begin",
        author="Ann Writer",
        publisher="Lake Tribune",
        published="2019-03-14T09:00:00Z",
        published_field="article:published_time",
        address="https://a.example/x",
    )


def test_page_data_from_json_ld() -> None:
    found = page_data(
        """<script type="application/ld+json">{"@graph": [{"@type": "VideoObject", "uploadDate": "2001-01-01"},
        {"@type": "NewsArticle", "headline": "Drill begins", "datePublished": "2019-03-14",
        "author": [{"name": "Ann Writer"}, {"name": "Bo Scribe"}], "publisher": {"name": "Lake Tribune"}}]}</script>"""
    )
    assert (found.title, found.published, found.published_field) == (
        "Drill begins",
        "2019-03-14",
        "json-ld datePublished",
    )
    assert (found.author, found.publisher) == ("Ann Writer, Bo Scribe", "Lake Tribune")


@pytest.mark.parametrize(
    "source",
    [
        '{"datePublished": "2019-03-14", broken',
        "[" * 5000,
        "null",
        '{"@type": ["Article"], "datePublished": 5}',
        '{"author": {"name": null}}',
    ],
)
def test_broken_json_ld_is_survived(source: str) -> None:
    found = page_data(f'<script type="application/ld+json">{source}</script>')
    assert found.published in (None, "2019-03-14")


@pytest.mark.parametrize(
    ("body", "published", "field"),
    [
        ('<time datetime="2019-03-14T10:00">today</time>', "2019-03-14T10:00", "time"),
        (
            '<time class="updated" datetime="2020-01-01"></time><time datetime="2019-03-14"></time>',
            "2019-03-14",
            "time",
        ),
        (
            '<span itemprop="datePublished" content="2019-03-14">x</span>',
            "2019-03-14",
            "itemprop datePublished",
        ),
        ('<div class="post-date">14. März 2019</div>', "14. März 2019", "class"),
        (
            '<div class="comments"><p class="date">1.1.2020</p></div><p class="byline">14.3.2019</p>',
            "14.3.2019",
            "class",
        ),
        ('<footer><p class="date">1.1.2020</p></footer>', None, None),
    ],
)
def test_dates_that_the_markup_marks(body: str, published: str | None, field: str | None) -> None:
    found = page_data("", body)
    assert (found.published, found.published_field) == (published, field)


def test_a_title_is_parted_from_the_name_of_the_site() -> None:
    found = page_data("<title>Border drill begins - Lake Tribune</title>", "<h1>Border drill begins</h1>")
    assert (found.title, found.publisher) == ("Border drill begins", "Lake Tribune")


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><p>x",
        b"\xef\xbb\xbf  <HTML>",
        b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "x"><html>',
        b"<!-- saved from somewhere --><html>",
        b"<style>p {}</style>",
        b"Some words <p>and <a href='x'>then</a> tags</p><div>more</div>",
        "<html><p>x".encode("utf-16"),
    ],
)
def test_pages_are_told_by_content(data: bytes) -> None:
    assert suits_html(data, "x.txt")


@pytest.mark.parametrize(
    "data", [b"a < b and c > d", b"Use the <p> tag.", b"", b"<3 you", b"# Title\n\ntext"]
)
def test_other_text_is_no_page(data: bytes) -> None:
    assert not suits_html(data, "x.html")


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="windows-1251">',
        b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
        b'<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_the_declared_charset_is_used(head: bytes) -> None:
    words = "Министры обороны двух стран подписали соглашение о подготовке войск."
    assert find_declared_charset(head) == "windows-1251"
    document = read_document("p", head + b"<html><body><p>" + words.encode("cp1251"))
    assert document.text == words


PARAGRAPHS = [
    "The defence ministers of Kenya and Uganda signed an agreement on the training of border troops in Kampala.",
    "Under the agreement, both armies will hold two exercises a year on either side of the lake, they said.",
    "The first exercise is to take place next spring and will involve about 400 soldiers from each side.",
]


def test_main_spans_hold_the_article_and_not_the_menu() -> None:
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    document = read_document(
        "p",
        f"<html><body><nav><ul>{menu}</ul></nav><article><h1>Drill</h1>{body}</article></body></html>".encode(),
    )
    assert document.media_type == "text/html"
    assert document.text.startswith("Section 0\nSection 1\n")
    words = " ".join(span.cut(document.text) for span in document.main)
    assert all(paragraph in words for paragraph in PARAGRAPHS)
    assert "Section" not in words


def test_text_that_only_a_script_shows_is_still_read() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    document = read_document(
        "p", f"<html><body><div style='display:none'>{body}</div></body></html>".encode()
    )
    assert PARAGRAPHS[0] in document.text


def test_a_page_without_visible_text_gives_what_it_says_of_itself() -> None:
    head = (
        '<meta property="og:title" content="Drill begins"><meta name="description" content="Two armies met.">'
    )
    document = read_document("p", f"<html><head>{head}</head><body><script>x</script></body></html>".encode())
    assert document.text == "Drill begins\nTwo armies met."


def test_alignment_forgives_marks_and_finds_lines_in_order() -> None:
    text = "Menu\nThe minister’s visit\nto “Café Ü” ended.\nRead more\nNext words."
    spans, share = align_lines(text, ["- The ministers visit to Cafe U ended", "Next words."])
    assert [span.cut(text) for span in spans] == ["The minister’s visit\nto “Café Ü” ended.", "Next words."]
    assert share == 1.0


def test_alignment_of_what_is_not_there() -> None:
    assert align_lines("some words", ["quite other letters"]) == ((), 0.0)
    assert align_lines("", []) == ((), 1.0)
    assert align_lines("abc abc", ["abc", "abc"])[0] == (Span(0, 7),)


def test_too_deep_and_too_many_elements() -> None:
    with pytest.raises(InputError) as caught:
        read_document("p", b"<html><body>" + b"<div>" * 5000 + b"x")
    assert caught.value.code == "too-deep"
    with pytest.raises(InputError) as caught:
        read_document("p", b"<html><body>" + b"<i>x</i>" * 500, limits=ReadLimits(max_elements=400))
    assert caught.value.code == "too-large"


def test_deep_but_lawful_markup_is_read() -> None:
    document = read_document("p", b"<html><body>" + b"<div>" * 600 + b"deep words")
    assert document.text == "deep words"


def test_entities_do_not_explode() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 10 + b'">]>'
    )
    document = read_document("p", bomb + b"<html><body><p>&b;&b;&b; words</p></body></html>")
    assert len(document.text) < 500
