"""Candidates: the words of a sentence that may carry a claim, by the codebook's cue lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.codebook import Codebook, CuePart
from foedus.model.claim import ClaimType, Plover, Stage
from foedus.syntax import Sentence, Token

_PARTS = {
    "VERB": CuePart.VERB,
    "AUX": CuePart.VERB,
    "NOUN": CuePart.NOUN,
    "PROPN": CuePart.NOUN,
    "ADJ": CuePart.ADJECTIVE,
    "ADV": CuePart.ADJECTIVE,
}
_LIGHT = frozenset({"be", "have", "do", "take", "make", "give", "get", "go", "come", "put", "see"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may carry a claim.

    Attributes:
        index: Its token in the sentence.
        lemma: Its base form, lower case; of a phrase, the whole phrase.
        part: Part of speech it was found as.
        types: Types that list it, in the contract's order.
        stages: Stage it gives by type, where the codebook says one.
        plovers: PLOVER root it gives by type, where the codebook says one.
    """

    index: int
    lemma: str
    part: CuePart
    types: tuple[ClaimType, ...]
    stages: Mapping[ClaimType, Stage]
    plovers: Mapping[ClaimType, Plover]


class CueTable:
    """The cues of all types for one language."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self._words: dict[tuple[str, CuePart], list[tuple[ClaimType, Stage | None, Plover | None]]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], ClaimType, Stage | None, Plover | None]]] = {}
        for claim_type in ClaimType:
            for cue in codebook.types[claim_type].cues.get(language, ()):
                if cue.part is CuePart.PHRASE:
                    lemmas = tuple(cue.lemma.lower().split())
                    self._phrases.setdefault(lemmas[0], []).append(
                        (lemmas, claim_type, cue.stage, cue.plover)
                    )
                else:
                    key = (cue.lemma.lower(), cue.part)
                    self._words.setdefault(key, []).append((claim_type, cue.stage, cue.plover))

    def find(self, sentence: Sentence) -> tuple[Candidate, ...]:
        """Candidates of a sentence in order, one a token at most."""
        lemmas = [lemma_of(token) for token in sentence.tokens]
        found: dict[int, dict[ClaimType, tuple[Stage | None, Plover | None, str]]] = {}
        for token in sentence.tokens:
            part = _PARTS.get(token.pos)
            if part is None:
                continue
            lemma = lemmas[token.index]
            entries = self._words.get((lemma, part))
            if entries is None and token.pos == "PROPN":
                entries = self._words.get((lemma.removesuffix("s"), part))
            if entries is None and part is CuePart.ADJECTIVE and token.tag in ("VBN", "VBG", "JJ"):
                entries = None
            for claim_type, stage, plover in entries or ():
                found.setdefault(token.index, {})[claim_type] = (stage, plover, lemma)
        for index, lemma in enumerate(lemmas):
            for words, claim_type, stage, plover in self._phrases.get(lemma, ()):
                if tuple(lemmas[index : index + len(words)]) == words:
                    head = _phrase_head(sentence, index, index + len(words) - 1)
                    found.setdefault(head, {})[claim_type] = (stage, plover, " ".join(words))
        return tuple(_to_candidate(sentence, index, found[index], lemmas) for index in sorted(found))


def lemma_of(token: Token) -> str:
    """The base form cue lists are looked up by."""
    if token.pos == "PROPN":
        return token.text.lower()
    return token.lemma.lower()


def part_of(token: Token) -> CuePart | None:
    """The part of speech cue lists know a token as, or None."""
    return _PARTS.get(token.pos)


def _phrase_head(sentence: Sentence, first: int, last: int) -> int:
    """The token of a phrase that carries it: a verb that is not a light one, else its syntactic head."""
    verbs = [
        i for i in range(first, last + 1) if sentence[i].pos == "VERB" and sentence[i].lemma not in _LIGHT
    ]
    if verbs:
        return verbs[0]
    content = [i for i in range(first, last + 1) if sentence[i].pos in ("NOUN", "PROPN", "ADJ", "VERB")]
    if not content:
        return last
    inside = set(range(first, last + 1))
    nouns = [i for i in content if sentence[i].pos in ("NOUN", "PROPN")]
    for index in nouns:
        if sentence[index].head not in inside or sentence[sentence[index].head].pos in ("VERB", "ADP", "AUX"):
            return index
    return content[-1]


def _to_candidate(
    sentence: Sentence,
    index: int,
    entries: Mapping[ClaimType, tuple[Stage | None, Plover | None, str]],
    lemmas: list[str],
) -> Candidate:
    phrases = [words for _, _, words in entries.values() if " " in words]
    lemma = max(phrases, key=len) if phrases else lemmas[index]
    return Candidate(
        index=index,
        lemma=lemma,
        part=_PARTS.get(sentence[index].pos, CuePart.NOUN),
        types=tuple(claim_type for claim_type in ClaimType if claim_type in entries),
        stages={t: stage for t, (stage, _, _) in entries.items() if stage is not None},
        plovers={t: plover for t, (_, plover, _) in entries.items() if plover is not None},
    )
