"""Feeds (RSS, Atom, JSON Feed): a container of items, each with its own text, title, date, author and link.

An item travels as a JSON Feed of one item, whichever form it came in, and is read from that.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

from lxml.etree import LxmlError

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.model.span import Span
from foedus.read.decode import decode_bytes
from foedus.read.html import read_html_text
from foedus.read.limits import ReadLimits
from foedus.read.markup import parse_markup
from foedus.read.member import Fault, LeftOut, Member
from foedus.read.reader import Content, Reader
from foedus.read.visible import to_visible_text

MEDIA_TYPE = "application/feed+json"

_VERSION = "https://jsonfeed.org/version/1.1"
_XML_FEED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,300}\?>|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE rss[^>\[]{0,300}>|\s)*"
    rb"<(?:rss|feed|rdf:RDF)\b(?P<rest>[^>]{0,3000})",
    re.DOTALL | re.IGNORECASE,
)
_FEED_NAMES = (b"version", b"www.w3.org/2005/Atom", b"purl.org/atom", b"purl.org/rss", b"netscape.com/rdf")
_JSON_FEED = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?=.{0,4000}?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org)', re.DOTALL
)
_HEAD_BYTES = 8192
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# feedparser takes about a second for a megabyte.
_MAX_FEED_BYTES = 8 * 1024 * 1024
_MAX_ITEMS = 10_000
_NAME_DIGITS = 12
_MAX_VALUE_CHARS = 500
_MAX_LINK_CHARS = 600
# A summary shorter than this is a teaser of a page elsewhere, and so is one that breaks off.
_MIN_SUMMARY_CHARS = 600
_MIN_CONTENT_CHARS = 80
_CUT_CHARS = 1500
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\[\+?\d+ chars\]|(?:read|see) (?:more|on|the (?:rest|full)\b.{0,40})"
    r"|continue reading.{0,120}|more\s?»"
    r"|the post .{1,300} (?:first )?appeared (?:first )?on .{1,120})[\s.»→>]*\Z",
    re.IGNORECASE | re.DOTALL,
)


def is_feed(data: bytes) -> bool:
    """Whether `data` is a feed, by what it opens with."""
    head = data[:_HEAD_BYTES]
    match = _XML_FEED.match(head)
    if match is not None:
        return any(name in head for name in _FEED_NAMES)
    return _JSON_FEED.match(head) is not None


def iter_items(name: str, data: bytes, limits: ReadLimits) -> Iterator[Member | Fault | LeftOut]:
    """The items of a feed that hold an article, in the feed's order.

    Args:
        name: Name or address of the feed, for items without a link.
        data: The feed.
        limits: Bounds on size.

    Returns:
        Members named by their link and a hash of all they hold, so that an item that stands in two feeds, or in
        two copies of one, is one document. Teasers, which only point to a page, are left out.
    """
    try:
        feed, items = _parse_feed(data, limits)
    except InputError as error:
        yield Fault(error.code, f'feed "{name[:120]}": {error}')
        return
    for item in items[:_MAX_ITEMS]:
        if not _is_article(item, limits):
            yield LeftOut("teaser")
            continue
        packed = _pack(feed, item)
        link = quote((item.get("url") or "").partition("#")[0], safe="%/:?&=;,@+$!*'()[]~|")[:_MAX_LINK_CHARS]
        yield Member(f"{link or name}#{sha256(packed).hexdigest()[:_NAME_DIGITS]}", packed)
    if len(items) > _MAX_ITEMS:
        yield Fault(
            "too-large", f'feed "{name[:120]}" has {len(items):,} items; the first {_MAX_ITEMS:,} are read'
        )


def suits_item(data: bytes, name: str) -> bool:
    """Whether `data` is a JSON Feed."""
    return _JSON_FEED.match(data[:_HEAD_BYTES]) is not None


def read_item(data: bytes, limits: ReadLimits) -> Content:
    """Read the first item of a JSON Feed: its title on the first line, then its content.

    Raises:
        InputError: ``damaged`` (no JSON Feed), ``empty`` (no item, or one without content), ``too-large``,
            ``too-deep``.
    """
    feed, items = _parse_json(data)
    if not items:
        raise InputError("empty", "feed without an item: nothing to read")
    item = items[0]
    body = _read_body(item, limits)
    title = item.get("title")
    page = PageData(
        title=title,
        author=item.get("author") or feed.get("author"),
        publisher=feed.get("title"),
        published=item.get("published") or item.get("modified"),
        published_field=_name_date_field(item),
        address=item.get("url"),
        language=item.get("language") or feed.get("language"),
    )
    if title is None or body.text.startswith(title):
        return Content(body.text, page, body.main)
    head = title + "\n\n"
    main = tuple(span.shift(len(head)) for span in body.main)
    return Content(head + body.text, page, (Span(0, len(title)), *main) if main else ())


def _name_date_field(item: Mapping[str, str]) -> str | None:
    if item.get("published"):
        return "feed published"
    return "feed updated" if item.get("modified") else None


def _read_body(item: Mapping[str, str], limits: ReadLimits) -> Content:
    html, text = item.get("html"), item.get("text")
    if html:
        return read_html_text(f"<html><body><article>{html}</article></body></html>", limits)
    if text and text.strip():
        return Content(text)
    raise InputError("empty", "feed item without content: nothing to read")


def _is_article(item: Mapping[str, str], limits: ReadLimits) -> bool:
    """Whether an item holds a text and not only the beginning of one that stands elsewhere."""
    text = item.get("text") or ""
    if item.get("html"):
        try:
            text = to_visible_text(parse_markup(f"<html><body>{item['html']}</body></html>", limits), limits)
        except InputError:
            return True  # reading it will tell what is wrong
    text = " ".join(text.split())
    if len(text) < _CUT_CHARS and _CUT.search(text[-600:]):
        return False
    return len(text) >= (_MIN_SUMMARY_CHARS if item.get("is_summary") else _MIN_CONTENT_CHARS)


def _pack(feed: Mapping[str, str], item: Mapping[str, str]) -> bytes:
    """An item as a JSON Feed of its own."""
    authors = [{"name": author} for author in (item.get("author"), feed.get("author")) if author][:1]
    entry = {
        "id": item.get("id") or item.get("url") or "",
        "url": item.get("url"),
        "title": item.get("title"),
        "content_html": item.get("html"),
        "content_text": None if item.get("html") else item.get("text"),
        "date_published": item.get("published"),
        "date_modified": item.get("modified"),
        "language": item.get("language"),
        "authors": authors or None,
    }
    packed = {
        "version": _VERSION,
        "title": feed.get("title"),
        "language": feed.get("language"),
        "items": [{key: value for key, value in entry.items() if value is not None}],
    }
    made = {key: value for key, value in packed.items() if value is not None}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _parse_feed(data: bytes, limits: ReadLimits) -> tuple[dict[str, str], list[dict[str, str]]]:
    if len(data) > min(_MAX_FEED_BYTES, limits.max_bytes):
        raise InputError(
            "too-large", f"{len(data):,} bytes, more than {_MAX_FEED_BYTES:,} of a feed: split it"
        )
    if suits_item(data, ""):
        return _parse_json(data)
    if _ENTITY.search(data):
        raise InputError("bomb", "declares entities of its own: not read")
    import feedparser  # only feeds need it

    try:
        parsed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        LookupError,
        AssertionError,
        RecursionError,
        OverflowError,
        LxmlError,
    ) as error:
        # feedparser lets the faults of broken feeds through as whatever they happen to raise.
        raise InputError(
            "damaged", f"cannot be taken apart ({type(error).__name__}): fetch it again"
        ) from error
    if not parsed.entries and parsed.bozo:
        reason = type(parsed.get("bozo_exception")).__name__
        raise InputError("damaged", f"no item can be read ({reason}): fetch it again")
    return _from_parser(parsed)


def _from_parser(parsed: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
    """A feed and its items with our names, from feedparser's."""
    head = parsed.feed
    feed = {"title": head.get("title"), "language": head.get("language"), "author": head.get("author")}
    items = []
    for entry in parsed.entries:
        html, is_summary = _pick_content(entry)
        items.append(
            {
                "id": entry.get("id"),
                "url": entry.get("link"),
                "title": _to_plain(entry.get("title")),
                "html": html,
                "is_summary": "yes" if is_summary else None,
                "published": dict.get(entry, "published"),
                "modified": dict.get(entry, "updated"),  # feedparser's own puts the former in its place
                "author": entry.get("author"),
            }
        )
    return _clean(feed), [_clean(item) for item in items]


def _pick_content(entry: Any) -> tuple[str | None, bool]:
    """The longest content of an item, else its summary; and whether it is only that."""
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    best = max(contents, key=len, default="")
    summary = entry.get("summary") or ""
    if len(best) > len(summary) or (best and not summary):
        return best, False
    return summary or best or None, best != summary or not best


def _parse_json(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    try:
        feed = json.loads(decode_bytes(data))
    except (ValueError, RecursionError) as error:
        raise InputError("damaged", f"no JSON ({type(error).__name__}): fetch it again") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise InputError("damaged", "no JSON Feed: it has no list of items")
    head = {"title": feed.get("title"), "language": feed.get("language"), "author": _find_author(feed)}
    return _clean(head), [_from_json(item) for item in items if isinstance(item, dict)]


def _from_json(item: Mapping[str, Any]) -> dict[str, str]:
    html, text = item.get("content_html"), item.get("content_text")
    summary = None if html or text else item.get("summary")
    return _clean(
        {
            "id": item.get("id"),
            "url": item.get("url") or item.get("external_url"),
            "title": item.get("title"),
            "html": html,
            "text": text or summary,
            "is_summary": "yes" if summary else None,
            "published": item.get("date_published"),
            "modified": item.get("date_modified"),
            "language": item.get("language"),
            "author": _find_author(item),
        }
    )


def _find_author(item: Mapping[str, Any]) -> str | None:
    authors = item.get("authors")
    listed: Sequence[Any] = authors if isinstance(authors, list) else [item.get("author")]
    names = [person.get("name") for person in listed[:5] if isinstance(person, dict)]
    return ", ".join(name for name in names if isinstance(name, str)) or None


def _clean(values: Mapping[str, Any]) -> dict[str, str]:
    """Values that are words, storable, on one line but for content."""
    cleaned: dict[str, str] = {}
    for key, value in values.items():
        if not isinstance(value, str):
            continue
        storable = value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
        if key not in ("html", "text"):
            storable = " ".join(storable.split())[:_MAX_VALUE_CHARS]
        if storable.strip():
            cleaned[key] = storable
    return cleaned


def _to_plain(title: object) -> str | None:
    """A title without markup, and without the second layer of escapes that some feeds put around it."""
    return unescape(_TAG.sub("", title)) if isinstance(title, str) else None


READER = Reader(MEDIA_TYPE, suits_item, read_item)
