"""PDF: pages to paragraphs, columns in reading order, running heads aside, words joined over line ends."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.read.layout import Segment, order_segments
from foedus.read.limits import ReadLimits
from foedus.read.reader import Content, Reader

if TYPE_CHECKING:
    import pypdfium2

MEDIA_TYPE = "application/pdf"

_MAGIC = b"%PDF-"
_HEAD_BYTES = 1024
_TAIL_BYTES = 2048
_MAX_RECTS = 20_000
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# What PDFium gives for a hyphen that the maker of the page put at a line's end.
_SOFT_HYPHENS = ("\ufffe", "\x02", "\u00ad")
_CLEAN = str.maketrans({**_LIGATURES, 0: "\ufffd"})
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_DIGITS = re.compile(r"\d+")
_WORD_END = re.compile(r"\b(\w{1,40})[-‐]$")
_WORD_START = re.compile(r"^(\w{1,40})")
# Words are bounded, and begin at a boundary: a page may be one word of a million letters.
_HYPHENATED = re.compile(r"\b\w{1,40}[-‐]\w{1,40}\b")
_TERMINAL = (".", "!", "?", ":", ";", "”", '"', "…")
# Share of the page's height in which running heads and feet stand, and of pages they must stand on.
_MARGIN_SHARE = 0.1
_EDGE_LINES = 4
_MIN_GAP_HEIGHTS = 0.8
_MIN_HEAD_PAGES = 3
_MIN_HEAD_SHARE = 0.3


def suits_pdf(data: bytes, name: str) -> bool:
    """Whether a PDF header stands in the first kilobyte."""
    return _MAGIC in data[:_HEAD_BYTES]


def read_pdf(data: bytes, limits: ReadLimits) -> Content:
    """Read a PDF: one paragraph a line, each running head once, at the beginning.

    Raises:
        InputError: ``encrypted``, ``truncated``, ``damaged``, ``too-large`` (pages or characters), ``empty``
            (pictures only).
    """
    import pypdfium2  # only PDF needs it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _to_input_error(error, data) from error
    try:
        pages = list(_read_pages(document, limits))
        page_data = _to_page_data(document)
    except pypdfium2.PdfiumError as error:
        raise InputError("damaged", f"PDF page cannot be loaded ({error}): print it to a new PDF") from error
    finally:
        document.close()
    heads, pages = _set_running_heads_aside(pages)
    text = "\n".join([*heads, *_join_paragraphs(pages)])
    if not text.strip():
        raise InputError("empty", "PDF shows pictures without text: run text recognition over it")
    return Content(text, page_data)


def _to_input_error(error: "pypdfium2.PdfiumError", data: bytes) -> InputError:
    words = str(error).lower()
    if "password" in words or "security" in words:
        return InputError("encrypted", "PDF is protected by a password: save it without one")
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        return InputError("truncated", "PDF ends early: fetch it again")
    return InputError("damaged", f"PDF cannot be opened ({error}): print it to a new PDF")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines of text in reading order, and its height in points."""

    height: float
    segments: Sequence[Segment]


def _read_pages(document: "pypdfium2.PdfDocument", limits: ReadLimits) -> Iterator[_Page]:
    if len(document) > limits.max_pages:
        raise InputError("too-large", f"PDF of {len(document)} pages, more than {limits.max_pages}: split it")
    chars = 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            segments = list(_read_segments(text_page))
            height = page.get_height()
        finally:
            text_page.close()
            page.close()
        chars += sum(len(segment.text) for segment in segments)
        if chars > limits.max_chars:
            raise InputError("too-large", f"PDF of more than {limits.max_chars} characters: split it")
        yield _Page(height, order_segments(segments))


def _read_segments(text_page: "pypdfium2.PdfTextPage") -> Iterator[Segment]:
    count = text_page.count_rects()
    if count > _MAX_RECTS:
        for number, line in enumerate(text_page.get_text_range().splitlines()):
            text = " ".join(line.translate(_CLEAN).split())
            if text:
                yield Segment(0.0, -float(number), 0.0, -float(number), text)
        return
    for number in range(count):
        left, bottom, right, top = text_page.get_rect(number)
        text = " ".join(text_page.get_text_bounded(left, bottom, right, top).translate(_CLEAN).split())
        if text:
            yield Segment(left, bottom, right, top, text)


def _set_running_heads_aside(pages: list[_Page]) -> tuple[list[str], list[_Page]]:
    """Lines that recur at the edge of pages, each once and without page numbers, and the pages without them."""
    if len(pages) < _MIN_HEAD_PAGES:
        return [], pages
    seen = Counter(key for page in pages for key in {_fold(segment) for segment in _at_edge(page)})
    needed = max(_MIN_HEAD_PAGES - 1, _MIN_HEAD_SHARE * len(pages))
    running = {key for key, count in seen.items() if count >= needed}
    heads: dict[str, str] = {}
    rest = []
    for page in pages:
        edge = {id(segment) for segment in _at_edge(page) if _fold(segment) in running}
        for segment in page.segments:
            if id(segment) in edge and any(map(str.isalpha, segment.text)):
                heads.setdefault(_fold(segment), segment.text)
        rest.append(_Page(page.height, [segment for segment in page.segments if id(segment) not in edge]))
    return [text for key, text in heads.items() if "#" not in key or len(key) > 24], rest


def _fold(segment: Segment) -> str:
    return _DIGITS.sub("#", segment.text.casefold())


def _at_edge(page: _Page) -> list[Segment]:
    """Segments in the margins that a gap sets off from the text."""
    low, high = _MARGIN_SHARE * page.height, (1 - _MARGIN_SHARE) * page.height
    down = sorted(page.segments, key=lambda item: -item.top)
    up = sorted(page.segments, key=lambda item: item.bottom)
    return [
        *_set_off(down, lambda item: item.bottom > high, lambda item, following: item.bottom - following.top),
        *_set_off(up, lambda item: item.top < low, lambda item, following: following.bottom - item.top),
    ]


def _set_off(
    segments: Sequence[Segment],
    in_margin: Callable[[Segment], bool],
    gap: Callable[[Segment, Segment], float],
) -> Sequence[Segment]:
    """The first few segments in the margin, up to the last with a gap behind it."""
    last = 0
    for number, segment in enumerate(segments[:_EDGE_LINES]):
        if not in_margin(segment):
            break
        following = segments[number + 1] if number + 1 < len(segments) else None
        if following is None or gap(segment, following) >= _MIN_GAP_HEIGHTS * segment.height:
            last = number + 1
    return segments[:last]


def _join_paragraphs(pages: Iterable[_Page]) -> list[str]:
    """Lines of a paragraph joined by a space, a word broken by a hyphen made whole."""
    segments = [segment for page in pages for segment in page.segments]
    whole = Counter(word for segment in segments for word in re.findall(r"\w+", segment.text))
    hyphenated = {word for segment in segments for word in _HYPHENATED.findall(segment.text)}
    paragraphs: list[list[str]] = []
    before: Segment | None = None
    for segment in segments:
        if before is None or _starts_paragraph(before, segment):
            paragraphs.append([segment.text])
        else:
            last = paragraphs[-1].pop()
            paragraphs[-1] += _join(last, segment.text, whole, hyphenated)
        before = segment
    return [text for text in ("".join(pieces) for pieces in paragraphs) if text.strip()]


def _starts_paragraph(before: Segment, segment: Segment) -> bool:
    height = max(before.height, segment.height, 1.0)
    if abs(before.height - segment.height) > 0.35 * height:
        return True
    goes_on = not before.text.endswith(_TERMINAL) and segment.text[0].islower()
    if segment.bottom > before.bottom or before.bottom - segment.top > 3 * height:
        # A new column or page: only an open sentence goes on there.
        return not goes_on
    if before.bottom - segment.top > 0.75 * height:
        return True
    if segment.left - before.left > 0.7 * height and not goes_on:
        return True
    return before.is_short and before.text.endswith(_TERMINAL)


def _join(text: str, line: str, whole: Counter[str], hyphenated: set[str]) -> tuple[str, str]:
    """The end of a paragraph, as it is to stand before its next line, and that line."""
    if text.endswith(_SOFT_HYPHENS):
        text = text[:-1] + "-"
    end, start = _WORD_END.search(text), _WORD_START.match(line)
    if end is None or start is None or not line[0].islower():
        return f"{text} ", line
    # "mili-" + "tary" is one word; "air-" + "defence" keeps its hyphen when it has one elsewhere.
    if f"{end[1]}-{start[1]}" in hyphenated and end[1] + start[1] not in whole:
        return text, line
    return text[:-1], line


def _to_page_data(document: "pypdfium2.PdfDocument") -> PageData:
    values = document.get_metadata_dict()
    created = _DATE.match(values.get("CreationDate") or "")
    return PageData(
        title=_clean(values.get("Title")),
        author=_clean(values.get("Author")),
        published="-".join(created.groups()) if created else None,
        published_field="pdf CreationDate" if created else None,
    )


def _clean(value: str | None) -> str | None:
    words = " ".join((value or "").translate(_CLEAN).encode("utf-8", "replace").decode("utf-8").split())
    return (
        None
        if not words or words.lower() in ("untitled", "(anonymous)", "(unspecified)", "anonymous")
        else words[:500]
    )


READER = Reader(MEDIA_TYPE, suits_pdf, read_pdf)
