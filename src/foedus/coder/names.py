"""What an exercise or agreement is called: its name where it is given, and what points back to one."""

import re
from collections.abc import Iterator

from foedus.coder.cues import Candidate
from foedus.coder.details import find_ruled_places
from foedus.coder.links import belongs, find_top, iter_name_features
from foedus.coder.scene import Line
from foedus.coder.units import Words
from foedus.model.claim import ClaimType

LEAST_NAME = 0.5
"""Words in capitals are what an exercise is called from this probability on."""

_POINTING = frozenset({"the", "this", "that", "these", "those"})
_QUOTED = re.compile(r"[\"“«']([A-Z][^\"”»']{2,50})[\"”»']")
_EDITION = re.compile(r"(?:19|20)?\d{2}(?:/\d{1,4})?|(?:19|20)\d\d(?:-\d+)?")
_INSIDE = frozenset({"-", "/", "of", "the"})


def is_name_of(line: Line, first: int, last: int, words: Words) -> bool:
    """Whether a phrase tells one agreement from others: a name in capitals, or more than its kind."""
    return not all(
        token.text.lower() in words.plain
        or (token.pos == "NOUN" and token.text.islower() and token.dep != "pobj")
        for token in line.sentence.tokens[first : last + 1]
    )


def is_told_of(line: Line, claim_type: ClaimType, first: int, last: int, words: Words) -> bool:
    """Whether a phrase points to an exercise or agreement told of before: "the drills"; soldiers who took part."""
    sentence = line.sentence
    head = find_top(sentence, first, last)
    around = {*range(max(first - 2, 0), last + 1), *sentence.children[head]}
    said = {sentence[index].text.lower() for index in around}
    if claim_type is ClaimType.EXERCISE and said & words.others:
        return False
    if said & _POINTING:
        return True
    kinds = {
        other.index
        for other in line.candidates
        if claim_type in other.types and other.lemma not in words.portions
    }
    return claim_type is ClaimType.EXERCISE and kinds.isdisjoint(range(first, last + 1))


def find_name(
    line: Line, candidate: Candidate, evidence: tuple[int, int], words: Words
) -> tuple[int, int] | None:
    """First and last token of what the exercise that a cue tells of is called; None where no name is given."""
    best: tuple[float, tuple[int, int]] | None = None
    for span, features in iter_name_rows(line, candidate, evidence, words):
        share = belongs("name", features)
        if share >= LEAST_NAME and (best is None or share > best[0]):
            best = (share, span)
    return best[1] if best is not None else None


def iter_name_rows(
    line: Line, candidate: Candidate, evidence: tuple[int, int], words: Words
) -> Iterator[tuple[tuple[int, int], Iterator[str]]]:
    """Words in capitals or in quotation marks that may be the name of an exercise, each with its features."""
    places = {
        index
        for first, last, _ in find_ruled_places(line, candidate, ClaimType.EXERCISE, evidence, words)
        for index in range(first, last + 1)
    }
    quoted = set(_iter_quoted(line))
    spans = sorted({*quoted, *_iter_capitals(line, words)})
    kinds = [
        other.index
        for other in line.candidates
        if ClaimType.EXERCISE in other.types and line.sentence[other.index].pos in ("NOUN", "PROPN")
    ]
    for span in spans:
        yield (
            span,
            iter_name_features(
                line,
                candidate,
                span,
                evidence,
                kinds=kinds,
                quoted=span in quoted,
                place=not places.isdisjoint(range(span[0], span[1] + 1)),
                edition=_is_edition(line.sentence[span[1]].text),
                body=any(
                    t.lemma.lower() in words.bodies for t in line.sentence.tokens[span[0] : span[1] + 1]
                ),
                several=len(spans),
            ),
        )


def _iter_quoted(line: Line) -> Iterator[tuple[int, int]]:
    sentence = line.sentence
    for match in _QUOTED.finditer(line.paragraph.text, sentence[0].start, sentence[len(sentence) - 1].end):
        tokens = [t.index for t in sentence.tokens if t.start >= match.start(1) and t.end <= match.end(1)]
        if tokens:
            yield tokens[0], tokens[-1]


def _iter_capitals(line: Line, words: Words) -> Iterator[tuple[int, int]]:
    """Runs of words in capitals, with the editions behind them ("Cold Harvest 2012", "Falcon-3")."""
    sentence = line.sentence
    taken = {i for first, last, _ in line.times for i in range(first, last + 1)}
    for unit in line.units:
        if unit.codes and unit.kind not in ("body", "outlet"):
            taken.update(range(unit.first, unit.last + 1))
    end = len(sentence)

    def is_name(index: int) -> bool:
        token = sentence[index]
        return (
            index not in taken
            and token.text.lower() not in words.drills
            and token.text[:1].isupper()
            and token.pos in ("PROPN", "NOUN", "ADJ", "VERB")
        )

    def goes_on(index: int) -> bool:
        token = sentence[index]
        if is_name(index) or _is_edition(token.text):
            return True
        return (
            token.text in _INSIDE
            and index + 1 < end
            and (is_name(index + 1) or _is_edition(sentence[index + 1].text))
        )

    index = 0
    while index < end:
        first = index
        index += 1
        if not is_name(first):
            continue
        while index < end and goes_on(index):
            index += 1
        if any(token.text.lower() not in words.plain for token in sentence.tokens[first:index]):
            yield first, index - 1


def _is_edition(text: str) -> bool:
    return len(text) >= 2 and _EDITION.fullmatch(text) is not None
