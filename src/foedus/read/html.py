"""HTML and XHTML pages: the visible text, what the page says of itself, and trafilatura's main text in it."""

import re

from lxml import etree

from foedus.errors import InputError
from foedus.read.align import align_lines
from foedus.read.decode import decode_bytes
from foedus.read.limits import ReadLimits
from foedus.read.markup import Element, parse_markup
from foedus.read.page_data import find_description, find_page_data
from foedus.read.reader import Content, Reader
from foedus.read.visible import to_visible_text

MEDIA_TYPE = "text/html"

_HEAD_BYTES = 4096
_OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|\s)*<(?:!doctype\s+html|html|head|body|title|meta|link|style|script"
    rb"|div|p|table|article|section|main|header|nav|h[1-6]|ul|span|center|font)\b[^<]",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    rb"<(/?)(?:a\s[^>]*href|p|div|span|br|h[1-6]|ul|ol|li|table|tr|td|body|head|title|meta|script|article|section"
    rb"|strong|em|b|i|font|center|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_MIN_TAGS = 4
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40}))""",
    re.IGNORECASE,
)
_DECLARED_BYTES = 16_384
# Below this share of found letters the visible text lacks what the extractor saw: text hidden until a
# script shows it.
_MIN_ALIGNED = 0.7
# Source: `python eval/predict.py boilerplate`: as good as the full way on every page, for an eighth of its cost.
_MIN_FAST_CHARS = 1000


def suits_html(data: bytes, name: str) -> bool:
    """Whether `data` is a page: it opens like one, or has tags as only pages have."""
    head = data[:_HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    if _OPENING.match(head):
        return True
    return len(_TAGS.findall(head)) >= _MIN_TAGS


def read_html(data: bytes, limits: ReadLimits) -> Content:
    """Read a page.

    Raises:
        InputError: ``binary``, ``empty`` (no visible text), ``too-large``, ``too-deep``.
    """
    return read_html_text(decode_bytes(data, declared=find_declared_charset(data)), limits)


def read_html_text(source: str, limits: ReadLimits) -> Content:
    """Read a page that is already decoded; also the way of Markdown and e-mail."""
    root = parse_markup(source, limits)
    elements = list(root.iter())  # lxml makes an element anew on each walk, unless it is held
    text = to_visible_text(root, limits)
    page = find_page_data(root)
    del elements
    _drop_unread(root)
    lines = extract_lines(root)
    main, share = align_lines(text, lines)
    if share < _MIN_ALIGNED:
        whole = to_visible_text(root, limits, with_hidden=True)
        whole_main, whole_share = align_lines(whole, lines)
        if whole_share > share:
            text, main = whole, whole_main
    if not text:
        text = "\n".join(value for value in (page.title, find_description(root)) if value)
    if not text:
        raise InputError(
            "empty", "page shows no text: it may need scripts to fill it, save it from a browser"
        )
    return Content(text, page, main)


def find_declared_charset(data: bytes) -> str | None:
    """The charset that a page's meta element or XML declaration names, or None."""
    match = _DECLARED.search(data[:_DECLARED_BYTES])
    if match is None:
        return None
    return (match.group(1) or match.group(2)).decode("ascii", "replace")


def _drop_unread(root: Element) -> None:
    """Drop what neither the visible text nor an extractor reads; extractors copy and search a page many times."""
    etree.strip_elements(root, "style", "svg", "link", with_tail=False)
    for script in list(root.iter("script")):
        if "ld+json" not in (script.get("type") or "").lower():
            script.drop_tree()


def extract_lines(root: Element) -> list[str]:
    """Main text of a page as trafilatura sees it, line by line; empty when it finds none.

    Its fast way first; where that finds little, its full one, which asks other extractors too.
    """
    lines = _extract(root, fast=True)
    if sum(map(len, lines)) < _MIN_FAST_CHARS:
        lines = _extract(root, fast=False)
    return lines


def _extract(root: Element, *, fast: bool) -> list[str]:
    import trafilatura  # a third of all that reading imports, and only pages need it

    try:
        text = trafilatura.extract(
            root, output_format="txt", include_comments=False, include_tables=True, fast=fast
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        # trafilatura meets trees its authors have not seen; the line model of the next stage takes over.
        return []
    return [] if text is None else [line for line in text.split("\n") if line]


READER = Reader(MEDIA_TYPE, suits_html, read_html)
