"""Words of a document with what carries claims marked in them."""

from collections.abc import Iterable

from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.span import Span
from foedus.views.shapes import Excerpt

#: Characters shown around the evidence of a claim.
_AROUND_CHARS = 160


def cut_excerpt(document: Document, claim: Claim) -> Excerpt:
    """The evidence of a claim with some words around it, whole words, line ends as spaces."""
    text, evidence = document.text, claim.evidence
    start = max(0, evidence.start - _AROUND_CHARS)
    end = min(len(text), evidence.end + _AROUND_CHARS)
    if start > 0:
        space = text.find(" ", start, evidence.start)
        start = evidence.start if space < 0 else space + 1
    if end < len(text):
        space = text.rfind(" ", evidence.end, end)
        end = evidence.end if space < 0 else space
    label = claim.id
    source = f"{claim.document}, characters {evidence.start}–{evidence.end}"
    return mark(text, Span(start, end), [(evidence, label)], source)


def mark(text: str, stretch: Span, marked: Iterable[tuple[Span, str]], source: str) -> Excerpt:
    """A stretch of `text` with spans marked; those that overlap become one mark with both labels."""
    marks: list[tuple[int, int, str]] = []
    for span, label in sorted(marked):
        start, end = max(span.start, stretch.start), min(span.end, stretch.end)
        if start >= end:
            continue
        if marks and start < marks[-1][1] + stretch.start:
            last_start, last_end, last_label = marks[-1]
            labels = last_label if label in last_label.split(", ") else f"{last_label}, {label}"
            marks[-1] = (last_start, max(last_end, end - stretch.start), labels)
        else:
            marks.append((start - stretch.start, end - stretch.start, label))
    return Excerpt(stretch.cut(text), tuple(marks), source)
