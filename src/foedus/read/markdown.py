"""Markdown: read as the page it makes."""

import re

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.read.decode import decode_bytes
from foedus.read.limits import ReadLimits
from foedus.read.markup import parse_markup
from foedus.read.reader import Content, Reader
from foedus.read.visible import to_visible_text

MEDIA_TYPE = "text/markdown"

_SAMPLE_CHARS = 20_000
# Each line fits one alternative in one way only, so that a match is found or not in one pass.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?P<body>(?:[\w.][\w.-]*[ \t]*:[^\r\n]{0,500}\r?\n|[ \t#-][^\r\n]{0,500}\r?\n|\r?\n){1,60}?)"
    r"---[ \t]*\r?\n"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_FRONT_LINE = re.compile(r"^(?P<key>[\w.-]+)[ \t]*:[ \t]*(?P<value>.+?)[ \t]*$", re.MULTILINE)
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^\S.{2,120}\r?\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"(?<!\\)\[[^\]\[\n]{1,200}\]\([^)\s]{1,500}(?: \"[^\"\n]{0,200}\")?\)"),
    re.compile(r"(?<![\w*])\*\*[^*\s][^*\n]{0,200}\*\*(?![\w*])"),
    re.compile(r"^```", re.MULTILINE),
)
# What a name such as "notes.md" adds, and how many signs text needs that comes without one.
_MIN_SIGNS_NAMED, _MIN_SIGNS, _MIN_SIGNS_AS_TEXT = 1, 2, 3
_MARKDOWN_NAMES = (".md", ".markdown", ".mkd")
_TEXT_NAMES = (".txt", ".text")


def suits_markdown(data: bytes, name: str) -> bool:
    """Whether `data` is Markdown: front matter, or enough kinds of its marks.

    The name only decides how many kinds are enough: plain text has chance resemblances.
    """
    text = data[:_SAMPLE_CHARS].decode("utf-8", "replace")
    if _FRONT_MATTER.match(text):
        return True
    signs = sum(sign.search(text) is not None for sign in _SIGNS)
    lowered = name.lower().removesuffix(".gz")
    if lowered.endswith(_MARKDOWN_NAMES):
        return signs >= _MIN_SIGNS_NAMED
    return signs >= (_MIN_SIGNS_AS_TEXT if lowered.endswith(_TEXT_NAMES) else _MIN_SIGNS)


def read_markdown(data: bytes, limits: ReadLimits) -> Content:
    """Read Markdown: marks resolved, one block a line; front matter becomes page data.

    Raises:
        InputError: ``binary``, ``empty``, ``too-large`` (over `max_markup_bytes` or `max_brackets`),
            ``too-deep``.
    """
    if len(data) > limits.max_markup_bytes:
        raise InputError("too-large", f"more than {limits.max_markup_bytes} bytes of Markdown: split it")
    source = decode_bytes(data)
    page = PageData()
    front = _FRONT_MATTER.match(source)
    if front is not None:
        page = _to_page_data(front["body"])
        source = source[front.end() :]
    if any(block.count("[") > limits.max_brackets for block in _BLANK_LINE.split(source)):
        raise InputError("too-large", f"more than {limits.max_brackets} brackets in a paragraph: split it")
    from markdown_it import MarkdownIt  # only Markdown needs it

    page_source = MarkdownIt("commonmark", {"html": True, "maxNesting": 50}).enable("table").render(source)
    root = parse_markup(f"<html><body>{page_source}</body></html>", limits)
    text = to_visible_text(root, limits)
    if not text:
        raise InputError("empty", "holds no text: nothing to read")
    return Content(text, page)


def _to_page_data(front: str) -> PageData:
    """Front matter as page data: the few keys that static site makers share."""
    values = {match["key"].lower(): match["value"].strip("\"'") for match in _FRONT_LINE.finditer(front)}
    published_field = next(
        (key for key in ("date", "published", "pubdate", "created") if values.get(key)), None
    )
    return PageData(
        title=values.get("title") or None,
        author=values.get("author") or None,
        publisher=values.get("publisher") or values.get("site") or None,
        published=values.get(published_field) if published_field else None,
        published_field=f"front matter {published_field}" if published_field else None,
        address=values.get("url") or values.get("source") or None,
        language=values.get("lang") or values.get("language") or None,
    )


READER = Reader(MEDIA_TYPE, suits_markdown, read_markdown)
