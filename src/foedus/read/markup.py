"""HTML as a tree, within bounds."""

import re
from typing import Any, TypeAlias

from lxml import etree, html

from foedus.errors import InputError
from foedus.read.limits import ReadLimits

Element: TypeAlias = Any
"""An lxml element; lxml has no types of its own."""

# libxml2 stops at these; browsers ignore them.
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An XHTML declaration before the doctype, and "<html/>": libxml2 drops the page behind them.
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_CLOSED_ROOT = re.compile(r"(<html[^<>]{0,500}?)\s*/>", re.IGNORECASE)
_HEAD_CHARS = 4096


def parse_markup(text: str, limits: ReadLimits) -> Element:
    """Parse decoded HTML into a tree without comments and processing instructions.

    Args:
        text: HTML in any state of repair.
        limits: Bound on size; `to_visible_text` sees to elements and depth.

    Returns:
        The root element; never None, perhaps without a body.

    Raises:
        InputError: ``too-large``, ``empty`` (no element at all).
    """
    if len(text) > limits.max_markup_bytes:
        raise InputError("too-large", f"more than {limits.max_markup_bytes} bytes of markup: split the page")
    head = _CLOSED_ROOT.sub(r"\1>", _XML_DECLARATION.sub("", text[:_HEAD_CHARS]), count=1)
    source = _INVALID.sub("", head + text[_HEAD_CHARS:])
    # huge_tree lifts the depth of 255 behind which libxml2 silently drops text; our own bounds hold instead.
    parser = html.HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError("empty", f"page holds no element ({error}): nothing to read") from error
    return root
