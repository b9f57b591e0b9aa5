"""Adapter for the benchmark ``gsr``: who did what to whom, from a bare sentence; one event a sentence.

The product finds the actors and the tree; the doer is what the main deed's subject names, the other side what
stands nearest to the deed of the rest. The root is that of the product's own claim (`predict` with
``learned=False``) or, where the training file of the benchmark ``plover`` is there, of the model fitted on it:
this benchmark has none of its own. Organisations of states are IGO here, groups belong to their home.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

import plover
from foedus.codebook import ActorKind
from foedus.coder.scene import Line
from foedus.coder.units import Unit
from foedus.syntax import Sentence
from learned import load_learned
from reading import load_tools, read_lines

_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
"""Relations that may name no other side; in all others a lone doer does it to people of its own."""

_NOUN_PARTS = frozenset({"amod", "compound", "poss", "nmod", "appos", "conj"})
_MAX_STEPS = 6
_MAX_SAYINGS = 3


def predict(records: Iterable[dict[str, Any]], *, learned: bool = True) -> Iterator[dict[str, Any]]:
    """The main event of each record.

    Args:
        records: ``{"id", "sentence"}``.
        learned: Whether to use the model fitted on the training file of ``plover``.
    """
    model: plover.Model | None = load_learned("plover", plover.fit) if learned else None
    for record in records:
        lines = read_lines(record["id"], record["sentence"])
        yield {"id": record["id"], "events": list(_iter_events(lines, model))}


def _iter_events(lines: Sequence[Line], model: plover.Model | None) -> Iterator[dict[str, Any]]:
    line = max(lines, key=lambda one: len(one.units), default=None)
    if line is None:
        return
    deed = find_deed(line)
    sources, targets = find_sides(line, deed)
    one = sources[0].head if sources else None
    other = targets[0].head if targets else None
    case = plover.make_line_case(line, deed if one is None else one, deed if other is None else other)
    root = case.root
    if model is not None:
        roots, shares = model.weigh([case])
        root = roots[int(np.argmax(shares[0]))]
    doers, others = _list_codes(sources), _list_codes(targets)
    if len(doers) == 1 and not others and root not in _TOGETHER:
        others = doers
    if root is None or not (doers or others):
        return
    yield {
        "root": root,
        "source": [{"code": code} for code in doers],
        "target": [{"code": code} for code in others],
    }


def find_deed(line: Line) -> int:
    """The main deed: the root, or what the root says, where it only says something."""
    sentence = line.sentence
    deed = sentence.root
    for _ in range(_MAX_SAYINGS):
        inner = sentence.child(deed, "ccomp")
        if inner is None or sentence[deed].lemma not in _load_sayings():
            break
        deed = inner
    return deed


@cache
def _load_sayings() -> frozenset[str]:
    """Verbs that say and do nothing more."""
    section = load_tools().language.section("speech")
    return frozenset(map(str, section["verbs"])) - frozenset(map(str, section["loaded_verbs"]))


def find_sides(line: Line, deed: int) -> tuple[list[Unit], list[Unit]]:
    """Units of the doer and of the other side, the nearest to the deed first."""
    sentence = line.sentence
    subject = _find_subject(sentence, deed)
    agent = sentence.child(deed, "agent")
    named = [unit for unit in line.units if unit.codes and not _is_guess(line, unit)]
    inside = set() if subject is None else set(sentence.subtree(subject))
    by = set() if agent is None else set(sentence.subtree(agent))
    outside = _said_outside(line, deed) - inside
    first = _nearest(sentence, [unit for unit in named if unit.head in inside], subject)
    rest = [unit for unit in named if unit.head not in inside | by | outside]
    if subject is not None and sentence[subject].dep == "nsubjpass":
        doers = _nearest(sentence, [unit for unit in named if unit.head in by], agent)
        return doers or _speakers(line, named, outside), first or _nearest(sentence, rest, deed)
    if not first:
        first = _speakers(line, named, outside)
    taken = {code for unit in first for code in unit.codes}
    others = [unit for unit in rest if not set(unit.codes) <= taken]
    return first, _nearest(sentence, others, deed) or _nearest(
        sentence, [unit for unit in rest if unit.kind in ("place", "capital")], deed
    )


def _is_guess(line: Line, unit: Unit) -> bool:
    """Whether a person was given the state that the text names most, for want of a better one."""
    return unit.kind == "person" and not load_tools().gazetteer.find([line.words(unit.first, unit.last)])[0]


def _find_subject(sentence: Sentence, deed: int) -> int | None:
    for node in (deed, *sentence.iter_ancestors(deed)):
        subject = sentence.child(node, "nsubj", "nsubjpass")
        if subject is not None:
            return subject
    return None


def _said_outside(line: Line, deed: int) -> set[int]:
    """Tokens of who says the deed, and of the clause that says so."""
    found: set[int] = set()
    for speech in line.speeches:
        if speech.verb is not None and speech.verb != deed and speech.covers(deed):
            inside = speech.content or frozenset()
            found.update(index for index in line.sentence.subtree(speech.verb) if index not in inside)
            if speech.subject is not None:
                found.update(range(speech.subject[0], speech.subject[1] + 1))
        elif speech.subject is not None and speech.verb is None:
            found.update(range(speech.subject[0], speech.subject[1] + 1))
    return found - set(line.sentence.subtree(deed)) | {
        index
        for speech in line.speeches
        if speech.subject is not None and speech.verb != deed
        for index in range(speech.subject[0], speech.subject[1] + 1)
    }


def _speakers(line: Line, named: Sequence[Unit], outside: set[int]) -> list[Unit]:
    """Who says it, where the deed names no doer."""
    return [unit for unit in named if unit.head in outside][:1]


def _nearest(sentence: Sentence, units: Sequence[Unit], top: int | None) -> list[Unit]:
    """The units with the fewest steps up to a token, steps inside a noun phrase not counted."""
    if top is None:
        return []
    steps = []
    for unit in units:
        count = 0
        node = unit.head
        for above in (*sentence.iter_ancestors(node), None):
            if node == top or above is None:
                break
            count += sentence[node].dep not in _NOUN_PARTS
            node = above
        steps.append(count if node == top else _MAX_STEPS + abs(unit.head - top) // 8)
    least = min(steps, default=0)
    return [unit for unit, count in zip(units, steps, strict=True) if count == least]


def _list_codes(units: Sequence[Unit]) -> list[str]:
    """Codes of the benchmark: states as they are, organisations IGO, groups by their home."""
    actors = load_tools().codebook.actors
    found: list[str] = []
    for unit in units:
        for code in unit.codes:
            actor = actors.get(code)
            if actor is None or actor.kind is ActorKind.STATE:
                found.append(code)
            elif actor.kind is ActorKind.ORGANISATION:
                found.append("IGO")
            else:
                found.extend(actor.home[:1])
    return list(dict.fromkeys(found))
