"""The visible text of a page: one block a line, inline markup joined, nothing reworded."""

import re

from lxml import etree

from foedus.errors import InputError
from foedus.read.limits import ReadLimits
from foedus.read.markup import Element

_DROPPED_NAMES = """
applet area audio base canvas col colgroup datalist embed frame frameset head iframe img input link map math meta
noembed noframes object option param picture progress script select source style svg textarea title track video
"""
_BLOCK_NAMES = """
address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody
tfoot thead tr ul
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
# Content for other circumstances than an ordinary browser's.
_HIDDEN_TAGS = frozenset(("noscript", "template"))
_CELLS = frozenset(("td", "th"))
_NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Marks that a browser does not draw: soft hyphen, zero-width space, word joiner, byte-order mark.
_UNDRAWN = re.compile("[\u00ad\u200b\u2060\ufeff]")

_NOTHING, _SPACE, _TAB, _LINE = range(4)
_SEPARATORS = ("", " ", "\t", "\n")


def to_visible_text(root: Element, limits: ReadLimits, *, with_hidden: bool = False) -> str:
    """The text a reader of the page sees, boilerplate included.

    Args:
        root: A parsed page.
        limits: Bounds on elements and depth.
        with_hidden: Whether to keep what an inline style, the ``hidden`` attribute, ``noscript`` or
            ``template`` hides.

    Returns:
        Blocks on a line each, in document order, without empty lines; cells of a row separated by a tab;
        white space folded to one space; no white space at either end.

    Raises:
        InputError: ``too-deep`` (nesting), ``too-large`` (elements).
    """
    pieces = _Pieces()
    depth = elements = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            depth += 1
            elements += 1
            if depth > limits.max_depth:
                raise InputError(
                    "too-deep", f"markup nested deeper than {limits.max_depth}: not a page a person wrote"
                )
            if elements > limits.max_elements:
                raise InputError("too-large", f"more than {limits.max_elements} elements: split the page")
            if tag in _DROPPED or (not with_hidden and _is_hidden(element)):
                walker.skip_subtree()
                continue
            pieces.open(tag)
            if element.text:
                pieces.add(element.text)
        else:
            depth -= 1
            pieces.close(tag)
            if element.tail and element is not root:
                pieces.add(element.tail)
    return pieces.join()


def _is_hidden(element: Element) -> bool:
    if element.tag in _HIDDEN_TAGS:
        return True
    if element.tag in _NEVER_HIDDEN or not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


class _Pieces:
    """Text pieces with the widest separator asked for between two of them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pending = _NOTHING
        # Whether an element ended, and whether another began, since the last text.
        self._after_end = False
        self._touching = False

    def open(self, tag: str) -> None:
        self._edge(tag)
        self._touching = self._after_end and tag not in ("sup", "sub")

    def close(self, tag: str) -> None:
        self._edge(tag)
        self._after_end = True

    def _edge(self, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self._pending = _LINE
        elif tag in _CELLS:
            self._pending = max(self._pending, _TAB)

    def add(self, text: str) -> None:
        words = (text if text.isascii() else _UNDRAWN.sub("", text)).split()
        if not words:
            self._pending = max(self._pending, _SPACE)
            return
        if text[0].isspace():
            self._pending = max(self._pending, _SPACE)
        joined = " ".join(words)
        if self._parts:
            # Two inline elements without a space between are often two things that a style sheet sets apart.
            if self._pending == _NOTHING and self._touching and _reads_as_two(self._parts[-1][-1], joined[0]):
                self._pending = _SPACE
            self._parts.append(_SEPARATORS[self._pending])
        self._parts.append(joined)
        self._pending = _SPACE if text[-1].isspace() else _NOTHING
        self._after_end = self._touching = False

    def join(self) -> str:
        return "".join(self._parts)


def _reads_as_two(before: str, after: str) -> bool:
    """Whether two touching characters of different elements belong to different words ("John", "6 Oct")."""
    if after.isupper():
        return before.islower() or before.isdigit()
    return after.isdigit() and before.isalpha()
