import json

import pytest

from foedus.errors import InputError
from foedus.read import Fault, LeftOut, Member, ReadLimits, read_document
from foedus.read.feed import is_feed, iter_items

WORDS = "Chile and Peru signed a treaty on border security in Lima on Monday, the ministry said."
LONG = WORDS + " The treaty provides for joint patrols from 2019." * 12


def rss(*items, head=""):
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Andes Wire</title><language>en</language>'
        f"{head}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def read(data):
    found = list(iter_items("feed.xml", data, ReadLimits()))
    return [read_document(one.name, one.data) if isinstance(one, Member) else one for one in found]


def test_an_item_of_rss():
    (document,) = read(
        rss(
            "<title>Treaty &amp;amp; oath</title><link>https://a.example/1</link><dc:creator>Ana Luz</dc:creator>"
            "<pubDate>Mon, 12 Mar 2018 10:00:00 GMT</pubDate><description>Short</description>"
            f"<content:encoded><![CDATA[<p>{WORDS}</p><p>More &lt;b&gt;.</p>]]></content:encoded>"
        )
    )
    assert document.text == f"Treaty & oath\n\n{WORDS}\nMore <b>."
    page = document.page
    assert (page.title, page.author, page.publisher, page.language) == (
        "Treaty & oath",
        "Ana Luz",
        "Andes Wire",
        "en",
    )
    assert (page.published, page.published_field) == ("Mon, 12 Mar 2018 10:00:00 GMT", "feed published")
    assert page.address == "https://a.example/1"


def test_an_entry_of_atom():
    (document,) = read(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title><entry><id>urn:1</id>
        <title>Treaty</title><link rel="alternate" href="https://a.example/1"/><updated>2018-03-12T10:00:00Z</updated>
        <author><name>Ana Luz</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>{WORDS}</p></div></content></entry></feed>""".encode()
    )
    assert document.text == f"Treaty\n\n{WORDS}"
    assert (document.page.published, document.page.published_field) == (
        "2018-03-12T10:00:00Z",
        "feed updated",
    )
    assert document.page.author == "Ana Luz"


def test_an_item_of_a_json_feed():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [
            {
                "id": 7,
                "url": "https://a.example/1",
                "title": "Treaty",
                "content_text": WORDS,
                "date_published": "2018-03-12",
                "authors": [{"name": "Ana Luz"}, {"name": 5}, "x"],
            },
            "no item",
        ],
    }
    (document,) = read(json.dumps(feed).encode())
    assert document.text == f"Treaty\n\n{WORDS}"
    assert (document.page.author, document.page.published) == ("Ana Luz", "2018-03-12")


@pytest.mark.parametrize(
    ("item", "is_article"),
    [
        (f"<description>{WORDS}</description>", False),
        (f"<description>{LONG}</description>", True),
        (f"<description>{LONG} …</description>", False),
        (f"<description>{LONG} Read more »</description>", False),
        (f"<description>x</description><content:encoded>{WORDS}</content:encoded>", True),
        ("<content:encoded>Video</content:encoded>", False),
        (f"<content:encoded>{WORDS} [...]</content:encoded>", False),
        (f"<content:encoded>{LONG * 4} And so on...</content:encoded>", True),
        ("", False),
    ],
)
def test_teasers_are_told_from_articles(item, is_article):
    (found,) = iter_items("feed.xml", rss(f"<title>T</title>{item}"), ReadLimits())
    assert found == LeftOut("teaser") or is_article
    assert isinstance(found, Member) is is_article


def test_an_item_is_the_same_in_whichever_feed_it_stands():
    item = f"<title>T</title><link>https://a.example/1</link><description>{LONG}</description>"
    other = item.replace("/1<", "/2<")
    first = set(iter_items("a.xml", rss(item, other), ReadLimits()))
    second = set(iter_items("b.xml", rss(other, item), ReadLimits()))
    assert first == second
    assert len({member.name for member in first}) == 2
    changed = set(iter_items("a.xml", rss(item.replace("2019", "2020")), ReadLimits()))
    assert not {member.name for member in changed} & {member.name for member in first}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rss(), True),
        (b"\xef\xbb\xbf<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', True),
        (b"<html><body><rss></body></html>", False),
        (b"<feed>words</feed>", False),
        (b'{"version": "1", "items": []}', False),
    ],
)
def test_a_feed_is_told_by_what_it_opens_with(data, expected):
    assert is_feed(data) is expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<rss version="2.0"><channel><item><title>x', None),
        (b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss version="2.0"></rss>', "bomb"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "damaged"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "damaged"),
        (rss(head="<!--" + "x" * 9_000_000 + "-->"), "too-large"),
    ],
    ids=["cut", "entities", "deep", "no-items", "large"],
)
def test_broken_feeds_are_told(data, code):
    found = list(iter_items("feed.xml", data, ReadLimits()))
    assert [one.code for one in found if isinstance(one, Fault)] == ([code] if code else [])


def test_a_json_feed_without_content_is_empty():
    with pytest.raises(InputError) as caught:
        read_document("x", b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}')
    assert caught.value.code == "empty"
