"""Paragraphs of an article as a tidy working copy that carries its map back to the decoded text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.model.span import Span

MAX_PARAGRAPH_CHARS = 4_000
"""A longer paragraph is cut at a sentence end (or a space): the analyser's memory grows with length."""

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x2060,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u02bc": "'", "\u2011": "-", "\u2010": "-"}
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_NARROW, _WIDE, _WIDEST = 55, 110, 140
"""Lines so long are wrapped by hand; beyond `_WIDE` only where they end in the midst of a sentence."""
_RAGGED = 18
"""The last word of a wrapped line leaves at most so much room."""
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, tidied: single spaces, plain apostrophes and hyphens, no invisible marks.

    Attributes:
        text: The working copy.
        starts: For runs of equal shift, where each run begins in `text`.
        shifts: What to add to an offset in that run to reach the decoded text.
        is_title: Whether it is the headline.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    is_title: bool

    def place(self, start: int, end: int) -> Span:
        """The stretch of the decoded text that `[start, end)` of the working copy stands for; not empty."""
        last = max(start, end - 1)
        return Span(self._back(start), self._back(last) + 1)

    def _back(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def iter_paragraphs(text: str, spans: Sequence[Span], title: Span | None) -> Iterator[Paragraph]:
    """Paragraphs of the spans, in order, none empty.

    Args:
        text: The decoded text.
        spans: Main text.
        title: The headline, if it stands in the text.
    """
    for span in spans:
        for start, end in _iter_blocks(text, span):
            is_title = title is not None and title.start <= start and end <= title.end
            for piece_start, piece_end in _iter_pieces(text, start, end):
                paragraph = _tidy(text, piece_start, piece_end, is_title)
                if paragraph.text:
                    yield paragraph


def _iter_blocks(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Lines, with lines that a fixed width broke joined again."""
    lines = [
        (match.start(), match.end())
        for match in re.finditer(r"[^\n\r\u2028\u2029\x0b\x0c]+", text[span.start : span.end])
    ]
    lines = [(start + span.start, end + span.start) for start, end in lines]
    block: tuple[int, int] | None = None
    width = 0
    for start, end in lines:
        if not text[start:end].strip():
            if block:
                yield block
            block = None
            continue
        if block and _continues(text, block, start, end, width):
            width = max(width, end - start)
            block = (block[0], end)
            continue
        if block:
            yield block
        block = (start, end)
        width = end - start
    if block:
        yield block


def _continues(text: str, block: tuple[int, int], start: int, end: int, width: int) -> bool:
    """Whether the line goes on with the block above it: no blank line between, broken at a width."""
    between = text[block[1] : start]
    if between.count("\n") > 1 or _BULLET.match(text[start:end]):
        return False
    above = text[block[0] : block[1]].rsplit("\n", 1)[-1].rstrip()
    first = text[start:end].lstrip()[:1]
    if first.islower() and not _SENTENCE_END.search(above):
        return True
    is_open = not _SENTENCE_END.search(above)
    return _NARROW <= len(above) <= (_WIDEST if is_open else _WIDE) and len(above) >= width - _RAGGED


def _iter_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_PARAGRAPH_CHARS:
        window = text[start : start + MAX_PARAGRAPH_CHARS]
        cut = max(window.rfind(". "), window.rfind("! "), window.rfind("? "))
        if cut < MAX_PARAGRAPH_CHARS // 2:
            cut = window.rfind(" ")
        if cut <= 0:
            cut = MAX_PARAGRAPH_CHARS - 1
        yield start, start + cut + 1
        start += cut + 1
    yield start, end


def _tidy(text: str, start: int, end: int, is_title: bool) -> Paragraph:
    out: list[str] = []
    starts: list[int] = [0]
    shifts: list[int] = []
    expected: int | None = None
    space = True
    for offset in range(start, end):
        character = text[offset]
        if ord(character) in _INVISIBLE:
            continue
        if character.isspace():
            if space:
                continue
            character, space = " ", True
        else:
            character, space = _STRAIGHT.get(character, character), False
        shift = offset - len(out)
        if shift != expected:
            if shifts:
                starts.append(len(out))
            shifts.append(shift)
            expected = shift
        out.append(character)
    if out and out[-1] == " ":
        out.pop()
    return Paragraph("".join(out), tuple(starts), tuple(shifts) or (start,), is_title)
