"""Which words of a sentence belong to a deed: what it is about, where and when it was.

Words that may fill a slot are found by syntax; a linear model, trained on the codebook's passages, says how likely
each of them belongs to a cue. What the rules of `details` would take is one of its features. The encoder says so
too; the two are mixed.
"""

from collections.abc import Iterator, Sequence

from foedus.coder.clause import governor
from foedus.coder.cues import Candidate, lemma_of
from foedus.coder.encoder import NO, YES, Slot, load_encoder
from foedus.coder.features import find_path
from foedus.coder.linear import load_model
from foedus.coder.mixing import mix
from foedus.coder.scene import Line
from foedus.coder.units import Unit
from foedus.model.claim import ClaimType
from foedus.syntax import Sentence

MAX_HEADS = 40
"""So many nouns nearest to a cue are looked at."""
_ARTICLES = frozenset({"the", "this", "its", "a"})
_INNER = frozenset({"compound", "nummod", "quantmod", "det", "punct", "case"})
_DEEDS = frozenset({"pcomp", "xcomp", "ccomp"})


def iter_heads(line: Line, candidate: Candidate) -> Iterator[int]:
    """Tokens whose phrase may name the thing a cue is about: nouns, and verbs that are wished for or talked of."""
    sentence = line.sentence
    timed = {index for first, last, _ in line.times for index in range(first, last + 1)}
    found = [
        token.index
        for token in sentence.tokens
        if token.index not in timed
        and (
            (token.pos in ("NOUN", "PROPN") and token.dep not in _INNER)
            or (token.pos == "VERB" and token.dep in _DEEDS)
            or token.index == candidate.index
        )
    ]
    yield from sorted(sorted(found, key=lambda index: (abs(index - candidate.index), index))[:MAX_HEADS])


def pick_head(line: Line, candidate: Candidate, claim_type: ClaimType, ruled: int | None) -> int | None:
    """The likeliest head of a claim's subject; None where the sentence has no noun.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: The claim's type.
        ruled: What syntax alone would take, or None.
    """
    best: tuple[float, int] | None = None
    for head in iter_heads(line, candidate):
        features = iter_subject_features(line, candidate, claim_type, head, ruled)
        share = fills(Slot.SUBJECT, belongs("subject", features), line, candidate, claim_type, head)
        if best is None or share > best[0]:
            best = (share, head)
    return best[1] if best is not None else None


def iter_subject_features(
    line: Line, candidate: Candidate, claim_type: ClaimType, head: int, ruled: int | None
) -> Iterator[str]:
    """Features that tell whether a noun is what a claim is about."""
    sentence = line.sentence
    token = sentence[head]
    kind = claim_type.value
    yield f"ruled={head == ruled}"
    yield f"ruled|type={head == ruled}|{kind}"
    yield f"ruled|none={ruled is None}"
    unit = next((unit for unit in line.units if unit.first <= head <= unit.last), None)
    named = unit.kind if unit is not None else "none"
    yield f"unit={named}"
    yield f"unit|type={named}|{kind}"
    yield f"agent={unit is not None and unit.agent is not None}|{kind}"
    yield f"lemma={lemma_of(token)}"
    yield f"type|lemma={kind}|{lemma_of(token)}"
    yield f"pos={token.pos}|{token.dep}"
    yield f"entity={token.entity}|{kind}"
    capital = token.text[:1].isupper() and head > 0
    yield f"capital={capital}|{kind}"
    definite = {sentence[child].lemma.lower() for child in sentence.children[head]} & _ARTICLES
    yield f"definite={'+'.join(sorted(definite))}|{kind}"
    is_cue = any(other.index == head for other in line.candidates)
    yield f"cue={is_cue}|{kind}"
    for other in line.candidates:
        if other.index == head:
            for other_type in other.types:
                yield f"cuetype={other_type.value}|{kind}"
    yield from _iter_way(sentence, candidate, head, kind)


def iter_arc_features(
    line: Line, candidate: Candidate, claim_type: ClaimType, head: int, child: int, *, ruled: bool
) -> Iterator[str]:
    """Features that tell whether what hangs on a word of a subject is part of its name.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: The claim's type.
        head: The head of the subject.
        child: The word that hangs on it, or on a word below it.
        ruled: Whether syntax alone would keep it.
    """
    sentence = line.sentence
    kid, above = sentence[child], sentence[sentence[child].head]
    below = set(sentence.subtree(child))
    kind, dep, lemma = claim_type.value, kid.dep, kid.lemma.lower()
    codes = any(unit.codes and unit.head in below for unit in line.units)
    agent = any(unit.agent and unit.head in below for unit in line.units)
    side = "before" if child < above.index else "after"
    size = len(below).bit_length()
    yield f"ruled={ruled}"
    yield f"ruled|type={ruled}|{kind}"
    yield f"dep={dep}|{side}"
    yield f"dep|type={dep}|{side}|{kind}"
    yield f"dep|top={dep}|{above.index == head}"
    yield f"dep|codes={dep}|{codes}|{agent}"
    yield f"dep|size={dep}|{size}"
    yield f"dep|tag={dep}|{kid.tag}"
    yield f"dep|lemma={dep}|{lemma}"
    yield f"dep|above={dep}|{above.lemma.lower()}"
    yield f"dep|pos={dep}|{above.pos}|{kid.pos}"
    yield f"cue={candidate.index in below}|{dep}"
    yield f"cueabove={above.index == candidate.index}|{dep}|{kind}"
    first = min(below)
    yield f"comma={first > 0 and sentence[first - 1].text in (',', '(')}|{dep}"
    earlier = sum(above.index < other < child for other in sentence.children[above.index])
    yield f"order={min(earlier, 3)}|{dep}"
    if dep == "prep":
        thing = sentence.child(child, "pobj", "pcomp")
        unit = next((u for u in line.units if thing is not None and u.first <= thing <= u.last), None)
        yield f"prep={lemma}|{unit.kind if unit is not None else thing is not None}"
        yield f"prep|entity={lemma}|{sentence[thing].entity if thing is not None else ''}"
        yield f"prep|type={lemma}|{kind}"
        yield f"prep|type|codes={lemma}|{kind}|{codes}"
        yield f"prep|above={lemma}|{above.lemma.lower()}"
        yield f"prep|size={lemma}|{size}"
        yield f"prep|cue={lemma}|{above.index == candidate.index}"


def _iter_way(sentence: Sentence, candidate: Candidate, word: int, kind: str) -> Iterator[str]:
    """Features of the way from a cue to a word."""
    path = find_path(sentence, candidate.index, Unit(word, word, word, "name", ()))
    part = candidate.part.value
    yield f"path={path}"
    yield f"part|path={part}|{path}"
    yield f"type|part|path={kind}|{part}|{path}"
    yield f"lemma|path={candidate.lemma}|{path}"
    yield f"tag|path={sentence[candidate.index].tag}|{path}"
    yield f"self={word == candidate.index}|{part}|{kind}"
    yield f"self|lemma={word == candidate.index}|{candidate.lemma}"
    yield f"same={governor(sentence, word) == governor(sentence, candidate.index)}"
    side = "before" if word < candidate.index else "after"
    yield f"side={side}|{part}|{kind}"
    yield f"distance={side}|{min(abs(word - candidate.index) // 2, 8)}"
    above = sentence[sentence[word].head]
    yield f"under={above.lemma.lower()}|{sentence[word].dep}"
    yield f"under|type={above.lemma.lower()}|{sentence[word].dep}|{kind}"


def belongs(name: str, features: Iterator[str]) -> float:
    """Probability by a linear model that a word fills a slot, or is part of what does.

    Args:
        name: ``name``, ``subject``, ``extent``, ``place`` or ``time``.
        features: Features of the word.
    """
    return load_model(name).probabilities(features)[YES]


def fills(
    slot: Slot,
    share: float,
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    word: int,
    *,
    of: Line | None = None,
) -> float:
    """Probability that a word fills a slot.

    Args:
        slot: The slot.
        share: That probability by the linear model or by a rule.
        line: The cue's sentence.
        candidate: The cue.
        claim_type: The claim's type.
        word: The word.
        of: Its sentence, if another one; what the encoder says counts only where both stand in one paragraph.
    """
    other = of or line
    logs = None
    if line.vectors is not None and other.vectors is not None and other.paragraph is line.paragraph:
        cue, filler = line.vectors[candidate.index], other.vectors[word]
        logs = load_encoder().weigh_slot(cue, filler, claim_type.value, slot)
    return mix({YES: share, NO: 1.0 - share}, logs, slot)[YES]


def iter_place_features(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    span: tuple[int, int],
    evidence: tuple[int, int],
    *,
    ruled: bool,
    several: int,
) -> Iterator[str]:
    """Features that tell whether a name is the place of a claim."""
    kind = claim_type.value
    head = find_top(line.sentence, *span)
    unit = next((unit for unit in line.units if unit.first <= head <= unit.last), None)
    named = unit.kind if unit is not None else "none"
    yield f"unit={named}|{kind}"
    yield f"left|unit={_word_before(line, span)}|{named}"
    yield f"entity={line.sentence[head].entity}|{kind}"
    yield from _iter_stretch(line, candidate, kind, span, evidence, ruled=ruled, several=several)


def iter_name_features(
    line: Line,
    candidate: Candidate,
    span: tuple[int, int],
    evidence: tuple[int, int],
    *,
    kinds: Sequence[int],
    quoted: bool,
    place: bool,
    edition: bool,
    body: bool,
    several: int,
) -> Iterator[str]:
    """Features that tell whether words are what an exercise is called."""
    sentence = line.sentence
    first, last = span
    head = find_top(sentence, first, last)
    unit = next((unit for unit in line.units if unit.first <= head <= unit.last), None)
    named = unit.kind if unit is not None else "none"
    coded = unit is not None and bool(unit.codes)
    yield f"quoted={quoted}|{min(last - first, 6)}"
    yield f"place={place}|{quoted}"
    yield f"edition={edition}"
    yield f"body={body}"
    yield f"unit={named}|{coded}"
    yield f"entity={sentence[head].entity}"
    yield f"length={min(last - first, 3)}"
    yield f"start={first == 0}|{first == last}"
    yield f"title={line.paragraph.is_title}"
    yield f"several={min(several, 4)}"
    yield f"inside={evidence[0] <= first and last <= evidence[1]}"
    yield f"upper={sentence[first].text.isupper()}|{sentence[last].text.isupper()}|{first == last}"
    yield f"pos={sentence[head].pos}|{sentence[head].tag}"
    before = sentence[first - 1].lemma.lower() if first else "<s>"
    after = sentence[last + 1].lemma.lower() if last + 1 < len(sentence) else "</s>"
    yield f"left={before}"
    yield f"right={after}"
    above = sentence[sentence[head].head]
    yield f"under={above.lemma.lower()}|{sentence[head].dep}"
    yield f"dep={sentence[head].dep}|{above.pos}"
    yield f"kindabove={sentence[head].head in kinds}|{sentence[head].dep}"
    yield f"kindbelow={any(first <= sentence[kind].head <= last for kind in kinds)}"
    yield f"kindleft={any(first - 3 <= kind < first for kind in kinds)}"
    yield f"kindright={any(last < kind <= last + 2 for kind in kinds)}"
    yield f"kinds={bool(kinds)}"
    yield from _iter_way(sentence, candidate, head, ClaimType.EXERCISE.value)


def iter_time_features(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    status: str,
    span: tuple[int, int],
    evidence: tuple[int, int],
    *,
    ruled: bool,
    several: int,
) -> Iterator[str]:
    """Features that tell whether a time expression is the time of a claim."""
    yield f"status={status}|{ruled}"
    yield f"words={lemma_of(line.sentence[span[0]])}"
    others = [other.index for other in line.candidates if other.index != candidate.index]
    low, high = sorted((find_top(line.sentence, *span), candidate.index))
    yield f"between={min(sum(low < other < high for other in others), 3)}|{ruled}"
    yield from _iter_stretch(line, candidate, claim_type.value, span, evidence, ruled=ruled, several=several)


def _iter_stretch(
    line: Line,
    candidate: Candidate,
    kind: str,
    span: tuple[int, int],
    evidence: tuple[int, int],
    *,
    ruled: bool,
    several: int,
) -> Iterator[str]:
    """Features of a stretch of words that may belong to a claim: what syntax says of it, and the way to it."""
    inside = evidence[0] <= span[0] and span[1] <= evidence[1]
    yield f"ruled={ruled}"
    yield f"ruled|type={ruled}|{kind}"
    yield f"ruled|inside={ruled}|{inside}"
    yield f"inside={inside}|{kind}"
    left = _word_before(line, span)
    yield f"left={left}"
    yield f"left|type={left}|{kind}"
    yield f"left|ruled={left}|{ruled}"
    yield f"several={min(several, 4)}|{ruled}"
    yield from _iter_way(line.sentence, candidate, find_top(line.sentence, *span), kind)


def _word_before(line: Line, span: tuple[int, int]) -> str:
    return line.sentence[span[0] - 1].text.lower() if span[0] else "<s>"


def find_top(sentence: Sentence, first: int, last: int) -> int:
    """The token of a stretch that hangs on a word outside it."""
    for index in range(last, first - 1, -1):
        if not first <= sentence[index].head <= last or sentence[index].head == index:
            return index
    return last


def match_phrase(line: Line, words: str) -> tuple[int, int] | None:
    """First and last token of the stretch of a sentence that says `words`; None when none does."""
    wanted = words.casefold().split()
    texts = [token.text.casefold() for token in line.sentence.tokens]
    joined = "".join(wanted)
    for first in range(len(texts)):
        have = ""
        for last in range(first, min(len(texts), first + 3 * len(wanted) + 4)):
            have += texts[last]
            if have == joined:
                return first, last
            if not joined.startswith(have):
                break
    return None
