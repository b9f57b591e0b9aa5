"""How much each line looks like the prose of an article, and where prose stands together.

The scores are weights of evidence set by hand from what prose and furniture are like (length, sentence
ends, function words, capitals, addresses). Source of the figures: `python eval/predict.py boilerplate` on
pages flattened to plain text; the result moves by less than one point of F1 when any of them moves by half.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.articles.lines import Line

PROSE_SCORE = 0.8
"""From this score on a line counts as running text."""

# Size in letters up to which a line has this score.
_SIZES = ((12, -1.4), (30, -1.1), (60, -0.6), (100, 0.2), (200, 1.3), (400, 2.2))
_LONGEST = 2.8
_NEIGHBOURS = (-2, -1, 1, 2)
_NEIGHBOUR_WEIGHT = 0.35
_LOWEST, _HIGHEST = -1.2, 4.0
_BARRIER = 3.0
# A stretch ends when its sum has fallen this far below its best.
_MAX_DROP = 8.0
_MIN_STRETCH = 2.0
_STEM = re.compile(r"[^\W\d_]{5,}")
_STEM_CHARS = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines ``[first, last)`` that hang together as prose; `total` is the sum of their scores."""

    first: int
    last: int
    total: float


def score_lines(lines: Sequence[Line]) -> list[float]:
    """A score for each line, above 0 where it looks like prose; neighbours weigh in."""
    alone = [_score_alone(line) for line in lines]
    count = len(alone)
    scores = []
    for at, score in enumerate(alone):
        near = [alone[at + step] for step in _NEIGHBOURS if 0 <= at + step < count]
        scores.append(score + (_NEIGHBOUR_WEIGHT * sum(near) / len(near) if near else 0.0))
    return scores


def _score_alone(line: Line) -> float:
    score = next((score for size, score in _SIZES if line.size < size), _LONGEST)
    if line.cut_off:
        score -= 0.6
    elif line.ends:
        score += 0.9
    if line.sentences >= 2:
        score += 0.4
    if line.words >= 6:
        if line.common >= 0.25:
            score += 0.6
        elif line.common < 0.08:
            score -= 0.9
    if line.words >= 4 and line.capital > 0.7:
        score -= 0.6
    score -= 1.0 * min(2, line.addresses)
    if line.dividers >= 2:
        score -= 1.2
    if line.chrome or line.ends_article:
        return min(score, -2.0)
    if line.furniture:
        return min(score, 0.0) - 2.0
    return score


def find_stretches(lines: Sequence[Line], scores: Sequence[float]) -> list[Stretch]:
    """Stretches of prose in order, not overlapping, each beginning and ending with a line of prose."""
    stretches: list[Stretch] = []
    at, count = 0, len(lines)
    while at < count:
        if scores[at] <= 0:
            at += 1
            continue
        total = best = 0.0
        last = here = at
        while here < count:
            total += max(_LOWEST, min(_HIGHEST, scores[here]))
            if lines[here].ends_article:
                total -= _BARRIER
            if total > best:
                best, last = total, here + 1
            if total <= 0 or total < best - _MAX_DROP:
                break
            here += 1
        stretches.append(Stretch(at, max(last, at + 1), best))
        at = max(last, at + 1)
    return stretches


# How far apart, how large beside the main stretch and how like it in words another stretch must be to
# belong to the same article; stricter where a line between them says that the article is over.
_MAX_GAP, _MIN_SHARE, _MIN_LIKENESS = 40, 0.08, 0.08
_MAX_BARRED_GAP, _MIN_BARRED_SHARE, _MIN_BARRED_LIKENESS = 25, 0.25, 0.12
_GIVE_UP_GAP = 60
_MAX_KEPT_GAP, _MIN_KEPT_SCORE = 3, -1.3


def pick_main_lines(lines: Sequence[Line], scores: Sequence[float]) -> list[int]:
    """Numbers of the lines that hold the article of a stretch of page, in order; empty when there is no prose.

    The heaviest stretch of prose is the core; others near it join when they are large enough and share
    its words. Furniture inside stays in: the caller cuts it.
    """
    stretches = find_stretches(lines, scores)
    if not stretches:
        return []
    core = max(range(len(stretches)), key=lambda at: (stretches[at].total, -at))
    stems = [
        find_stems("\n".join(line.text for line in lines[stretch.first : stretch.last]))
        for stretch in stretches
    ]
    kept = set(range(stretches[core].first, stretches[core].last))
    vocabulary = set(stems[core])
    for order in (range(core + 1, len(stretches)), range(core - 1, -1, -1)):
        nearest = stretches[core]
        for at in order:
            stretch = stretches[at]
            first, last = sorted((nearest, stretch), key=lambda item: item.first)
            gap = range(first.last, last.first)
            barred = any(lines[number].ends_article for number in gap)
            likeness = len(stems[at] & vocabulary) / len(stems[at]) if stems[at] else 0.0
            if _belongs(len(gap), barred, stretch.total, stretches[core].total, likeness):
                kept.update(range(stretch.first, stretch.last))
                if not barred and len(gap) <= _MAX_KEPT_GAP:
                    kept.update(number for number in gap if scores[number] >= _MIN_KEPT_SCORE)
                vocabulary |= stems[at]
                nearest = stretch
            elif len(gap) > _GIVE_UP_GAP:
                break
    return sorted(kept)


def _belongs(gap: int, barred: bool, total: float, core_total: float, likeness: float) -> bool:
    if barred:
        return (
            gap <= _MAX_BARRED_GAP
            and total >= _MIN_BARRED_SHARE * core_total
            and likeness >= _MIN_BARRED_LIKENESS
        )
    return (
        gap <= _MAX_GAP and total >= max(_MIN_STRETCH, _MIN_SHARE * core_total) and likeness >= _MIN_LIKENESS
    )


def find_stems(text: str) -> set[str]:
    """First letters of the longer words, enough to see whether two texts are about the same."""
    return {word[:_STEM_CHARS].lower() for word in _STEM.findall(text)}
