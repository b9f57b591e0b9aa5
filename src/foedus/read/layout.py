"""Reading order of text placed on a page: lines, columns, bands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; points from the lower left corner of the page.

    Attributes:
        left, bottom, right, top: Its box.
        text: Its words.
        is_short: Whether its line ends well before the right edge of its column.
    """

    left: float
    bottom: float
    right: float
    top: float
    text: str
    is_short: bool = False

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.top - self.bottom


_MAX_DEPTH = 12
_MIN_GUTTER_HEIGHTS = 0.9
_MIN_COLUMN_LINES = 3
_SHORT_SHARE = 0.88
_TABLE_CHARS = 24


def order_segments(segments: Sequence[Segment]) -> list[Segment]:
    """Lines in the order they are read: bands from the top, columns from the left, lines from the top.

    Pieces of one line that touch are joined; `is_short` is set within each column.
    """
    if not segments:
        return []
    height = max(1.0, median(segment.height for segment in segments))
    return _cut(_join_pieces(segments, height), height, _MAX_DEPTH)


def _join_pieces(segments: Sequence[Segment], height: float) -> list[Segment]:
    """Join pieces on one base line with less than a gutter between them (changes of font inside a line)."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda item: (-item.bottom, item.left)):
        if lines and abs(lines[-1][0].bottom - segment.bottom) < 0.4 * height:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    joined: list[Segment] = []
    for line in lines:
        line.sort(key=lambda item: item.left)
        current = line[0]
        for segment in line[1:]:
            gap = segment.left - current.right
            if gap < _MIN_GUTTER_HEIGHTS * height:
                space = " " if gap > 0.12 * height else ""
                current = Segment(
                    min(current.left, segment.left),
                    min(current.bottom, segment.bottom),
                    max(current.right, segment.right),
                    max(current.top, segment.top),
                    current.text + space + segment.text,
                )
            else:
                joined.append(current)
                current = segment
        joined.append(current)
    return joined


def _cut(segments: list[Segment], height: float, depth: int) -> list[Segment]:
    """Recursive XY-cut: at a gutter first, else at the widest gap between bands."""
    if depth and len(segments) > 1:
        gutter = _find_gutter(segments, height)
        if gutter is not None:
            left = [segment for segment in segments if segment.right <= gutter]
            right = [segment for segment in segments if segment.right > gutter]
            return _cut(left, height, depth - 1) + _cut(right, height, depth - 1)
        level = _find_band(segments, height)
        if level is not None:
            upper = [segment for segment in segments if segment.bottom >= level]
            lower = [segment for segment in segments if segment.bottom < level]
            return _cut(upper, height, depth - 1) + _cut(lower, height, depth - 1)
    first = min(segment.left for segment in segments)
    short = first + _SHORT_SHARE * (max(segment.right for segment in segments) - first)
    return [
        replace(segment, is_short=segment.right < short)
        for segment in sorted(segments, key=lambda item: (-round(item.bottom / (0.5 * height)), item.left))
    ]


def _find_gutter(segments: Sequence[Segment], height: float) -> float | None:
    """The middle of the widest empty strip from top to bottom with columns of text on both sides."""
    best, best_width = None, _MIN_GUTTER_HEIGHTS * height
    edge = None
    for segment in sorted(segments, key=lambda item: item.left):
        if edge is not None and segment.left - edge >= best_width:
            middle = (edge + segment.left) / 2
            left = [item for item in segments if item.right <= middle]
            right = [item for item in segments if item.right > middle]
            if min(len(left), len(right)) >= _MIN_COLUMN_LINES and not _is_table(left, right, height):
                best, best_width = middle, segment.left - edge
        edge = segment.right if edge is None else max(edge, segment.right)
    return best


def _is_table(left: Sequence[Segment], right: Sequence[Segment], height: float) -> bool:
    """Whether two columns are cells of common rows: short, and on the same base lines."""
    if median(len(item.text) for item in (*left, *right)) > _TABLE_CHARS:
        return False
    levels = [item.bottom for item in left]
    aligned = sum(any(abs(item.bottom - level) < 0.3 * height for level in levels) for item in right)
    return aligned >= 0.7 * len(right)


def _find_band(segments: Sequence[Segment], height: float) -> float | None:
    """A height at which the page can be cut between two lines, at the widest gap there is; None if too narrow."""
    best, best_gap = None, 0.6 * height
    floor = None
    for segment in sorted(segments, key=lambda item: -item.top):
        if floor is not None and floor - segment.top >= best_gap:
            best, best_gap = (floor + segment.top) / 2, floor - segment.top
        floor = segment.bottom if floor is None else min(floor, segment.bottom)
    return best
