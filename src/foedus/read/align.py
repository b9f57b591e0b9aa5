"""Where the lines of an extraction stand in the text they were extracted from."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

from foedus.model.span import Span

_MIN_FOLDED = 4
# What extractors put before list items and cells.
_LIST_MARK = re.compile(r"\A[-*•|\s]+")


def align_lines(text: str, lines: Iterable[str]) -> tuple[tuple[Span, ...], float]:
    """Find extracted lines in `text`, in order.

    White space, punctuation, list marks and the way accents are written may differ; letters and digits
    must not. A line that stands nowhere is left out; one that stands only before the lines found so far
    (an extractor may put a headline first) is found there.

    Args:
        text: The text that the lines came from.
        lines: Extracted lines in reading order.

    Returns:
        Spans of whole words, in order and merged where they touch or overlap, and the share (0–1) of the
        lines' letters that was found; 1 for no lines.
    """
    index = _Index(text)
    spans: list[Span] = []
    found = wanted = 0
    for line in lines:
        letters = sum(map(str.isalnum, line))
        if not letters:
            continue
        wanted += letters
        span = index.find(line)
        if span is not None:
            found += letters
            spans.append(span)
    return _merge(text, spans), (found / wanted if wanted else 1.0)


class _Index:
    """Finds lines by exact match first, by letters and digits alone if that fails."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._folded: str | None = None
        self._places: list[int] = []

    def find(self, line: str) -> Span | None:
        words = _LIST_MARK.sub("", line.strip())
        # Short lines ("Read more") stand in many places: near the last one is likeliest.
        start = self._text.find(words, self._at)
        if start < 0 or (start - self._at > 2000 and len(words) < 40):
            span = self._find_folded(words) or self._find_anywhere(words)
        else:
            span = Span(start, start + len(words))
        if span is not None and span.end > self._at:
            self._at = span.end
        return span

    def _find_anywhere(self, words: str) -> Span | None:
        start = self._text.find(words)
        return None if start < 0 or len(words) < 20 else Span(start, start + len(words))

    def _find_folded(self, words: str) -> Span | None:
        if self._folded is None:
            self._folded, self._places = _fold(self._text)
        needle, _ = _fold(words)
        if len(needle) < _MIN_FOLDED:
            return None
        low = _first_at(self._places, self._at)
        start = self._folded.find(needle, low)
        if start < 0 and len(needle) >= 20:
            start = self._folded.find(needle)
        if start < 0:
            return None
        return Span(self._places[start], self._places[start + len(needle) - 1] + 1)


def _fold(text: str) -> tuple[str, list[int]]:
    """Letters and digits of `text`, lower-cased, accents off, and where each stands."""
    places = [place for place, char in enumerate(text) if char.isalnum()]
    return "".join([_bare(text[place]) for place in places]), places


def _bare(char: str) -> str:
    # One code point for one, so that places keep their meaning.
    return char if char < "\x80" else unicodedata.normalize("NFD", char)[0]


def _first_at(places: list[int], at: int) -> int:
    return bisect_left(places, at)


def _merge(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, joined over gaps that hold no letter or digit, with the punctuation around them."""
    merged: list[Span] = []
    for span in sorted(spans):
        wide = _with_punctuation(text, span)
        if merged and wide.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, wide.end))
        elif merged and not any(map(str.isalnum, text[merged[-1].end : wide.start])):
            merged[-1] = Span(merged[-1].start, wide.end)
        else:
            merged.append(wide)
    return tuple(merged)


def _with_punctuation(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isalnum() and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return Span(start, end)
