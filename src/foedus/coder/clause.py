"""Clauses: what belongs to a cue, and the words quoted as its evidence."""

from collections.abc import Collection

from foedus.syntax import Sentence

MAX_EVIDENCE_WORDS = 60
"""The contract allows two sentences; nobody quotes more words of one."""

_CHAIN = frozenset({"xcomp", "aux", "auxpass"})
_RELATIVE = frozenset({"relcl", "acl"})
_EDGE = frozenset(
    {",", ";", ":", "-", "–", "—", "and", "but", "or", "that", "which", "who", "while", "as", "(", ")", "."}
)
_QUOTES = frozenset({'"', "“", "”", "'", "«", "»", "''", "``"})


def governor(sentence: Sentence, index: int) -> int:
    """The verb whose clause a token stands in, the token itself if it is a verb; else the root."""
    if sentence[index].pos in ("VERB", "AUX") and sentence[index].dep not in ("aux", "auxpass"):
        return index
    for ancestor in sentence.iter_ancestors(index):
        if sentence[ancestor].pos in ("VERB", "AUX") and sentence[ancestor].dep not in (
            "aux",
            "auxpass",
            "amod",
        ):
            return ancestor
    return sentence.root


def top_of_chain(sentence: Sentence, verb: int) -> int:
    """The verb that a chain such as "plans to begin to train" hangs on."""
    current = verb
    for _ in range(6):
        token = sentence[current]
        if (
            token.dep in _CHAIN
            and token.head != current
            and sentence[token.head].pos in ("VERB", "AUX", "ADJ", "NOUN")
        ):
            current = token.head
        else:
            break
    return current


def find_subject(sentence: Sentence, verb: int) -> int | None:
    """Subject of a verb, shared ones included; for a participle the noun it hangs on; None if there is none."""
    current = verb
    for _ in range(8):
        subject = sentence.child(current, "nsubj", "nsubjpass", "csubj")
        if subject is not None:
            token = sentence[subject]
            if token.lemma.lower() in ("that", "which", "who") and sentence[current].dep == "relcl":
                return sentence[current].head
            return subject
        token = sentence[current]
        if token.dep in ("acl", "relcl"):
            return token.head if sentence[token.head].pos in ("NOUN", "PROPN", "PRON") else None
        if (
            token.dep in ("conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "prep", "ccomp")
            and token.head != current
        ):
            current = token.head
            if sentence[current].pos in ("NOUN", "PROPN") and token.dep != "conj":
                return None
            continue
        return None
    return None


def find_evidence(sentence: Sentence, cue: int, others: Collection[int]) -> tuple[int, int]:
    """First and last token of the clause that carries a cue.

    Args:
        sentence: The sentence.
        cue: Token of the cue.
        others: Tokens of the other cues of the sentence that carry claims: clauses end where theirs begin.

    Returns:
        Tokens, both included, the cue among them.
    """
    token = sentence[cue]
    if token.pos in ("VERB", "AUX") or (token.pos == "ADJ" and sentence.child(cue, "nsubj") is not None):
        top = top_of_chain(sentence, cue)
        if any(other == top for other in others):
            top = cue
    else:
        verb = governor(sentence, cue)
        if verb in others and verb != cue:
            return _around(sentence, cue, _phrase(sentence, cue, others))
        top = top_of_chain(sentence, verb)
        if top in others:
            top = verb
    inside = _clause(sentence, top, cue, others)
    return _around(sentence, cue, inside)


def _phrase(sentence: Sentence, noun: int, others: Collection[int]) -> list[int]:
    """The noun phrase of a cue that stands inside the clause of another cue."""
    top = noun
    for _ in range(4):
        token = sentence[top]
        if (
            token.dep in ("compound", "amod", "poss", "nmod", "pobj")
            and token.head != top
            and token.head not in others
        ):
            nxt = token.head
            if token.dep == "pobj":
                if sentence[nxt].dep != "prep" or sentence[sentence[nxt].head].pos not in ("NOUN", "PROPN"):
                    break
                if sentence[nxt].head in others:
                    break
                nxt = sentence[nxt].head
            top = nxt
        else:
            break
    return sentence.subtree(top)


def _clause(sentence: Sentence, top: int, cue: int, others: Collection[int]) -> list[int]:
    without: set[int] = set()
    path = {cue, *sentence.iter_ancestors(cue)}
    for child in sentence.children[top]:
        token = sentence[child]
        if child in path:
            continue
        another = token.dep == "conj" and token.pos in ("VERB", "AUX")
        aside = token.dep in ("advcl", "parataxis") and any(o in others for o in sentence.subtree(child))
        if another or aside:
            without.add(child)
    inside = sentence.subtree(top, without=without)
    token = sentence[top]
    if token.dep in _RELATIVE and token.head != top:
        head = token.head
        skip = {c for c in sentence.children[head] if sentence[c].dep in ("relcl", "acl") and c != top}
        inside = sorted(set(inside) | set(sentence.subtree(head, without=skip)))
    if without:
        cut = min(without)
        if cue < cut:
            inside = [index for index in inside if index < cut]
        else:
            inside = (
                [index for index in inside if index > max(w for w in without if w < cue)]
                if any(w < cue for w in without)
                else inside
            )
    return inside or [cue]


def _around(sentence: Sentence, cue: int, inside: list[int]) -> tuple[int, int]:
    first, last = min(inside[0], cue), max(inside[-1], cue)
    while first < cue and (sentence[first].text in _EDGE or sentence[first].text in _QUOTES):
        first += 1
    while last > cue and (sentence[last].text in _EDGE or sentence[last].text in _QUOTES):
        last -= 1
    if last - first + 1 > MAX_EVIDENCE_WORDS:
        first = max(first, cue - MAX_EVIDENCE_WORDS // 2)
        last = min(last, first + MAX_EVIDENCE_WORDS - 1)
    return first, last
