"""Denials: of what is said in the same sentence, and of what was told before."""

from foedus.coder.cues import Candidate
from foedus.coder.scene import Line
from foedus.coder.units import Words

_CONTENT = frozenset({"acl", "ccomp", "relcl"})
"""Arcs from what a report says to the report."""


def denies_what_was_told(line: Line, candidate: Candidate, words: Words) -> bool:
    """Whether a cue denies what was told before it: "the army has denied this", but not "denied that it fired"."""
    sentence = line.sentence
    if sentence[candidate.index].lemma.lower() not in words.denials:
        return False
    thing = sentence.child(candidate.index, "dobj", "nsubjpass")
    return (
        thing is not None
        and sentence[thing].lemma.lower() in words.denied_before
        and sentence.child(thing, "acl", "ccomp", "relcl", "prep") is None
    )


def is_denied(line: Line, candidate: Candidate, words: Words) -> bool:
    """Whether a cue stands in what somebody denies: "denied that it fired", "dismissed reports that it was sold"."""
    sentence = line.sentence
    way = [candidate.index, *sentence.iter_ancestors(candidate.index)]
    for place, node in enumerate(way[1:], start=1):
        if sentence[node].lemma.lower() not in words.denials or sentence[node].pos != "VERB":
            continue
        arcs = [sentence[below].dep for below in way[:place]]
        thing = sentence[way[place - 1]]
        is_told = arcs[-1] == "dobj" and thing.lemma.lower() in words.denied_before
        is_content = arcs[-1] in ("ccomp", "xcomp") or (is_told and not _CONTENT.isdisjoint(arcs))
        return is_content and thing.index > node
    return False
