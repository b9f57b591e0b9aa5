"""Adapter for the benchmark ``plover``: which relation a sentence tells between a source and a target that are given.

Alone (`predict` with ``learned=False``) the product answers with the PLOVER root of its surest claim that fits
source and target. With the benchmark's training file, two logistic regressions are fitted, one over named
features (the verb between the two, the words around, the tree, the product's claims) and one over the encoder's
vectors; their probabilities are averaged.

The benchmark knows YIELD, where the product has the older RETREAT and CONCEDE.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from foedus.coder.clause import governor
from foedus.coder.code import pick_deeds
from foedus.coder.cues import lemma_of
from foedus.coder.decide import Modality, load_modality, pick_stage, pick_status
from foedus.coder.encoder import TYPES, load_encoder
from foedus.coder.scene import Line
from foedus.coder.write import pick_plover
from foedus.model.claim import ClaimType, Status
from learned import load_learned
from reading import load_tools, read_lines

OURS = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
"""Roots of the product that the benchmark has under another name."""

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

LEAST_DEED = 0.05
"""The product's claims count from this probability: here there is one relation in every sentence."""

NAMED_STRENGTH = 3.0
VECTOR_STRENGTH = 0.003
CHAIN = 4
FLOOR = 1e-6

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """A relation between two stretches of a sentence: named features, vectors, the product's own root or None."""

    features: tuple[str, ...]
    vector: Vector
    root: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """The two fitted regressions."""

    names: DictVectorizer
    named: LogisticRegression
    means: Vector
    spreads: Vector
    vectored: LogisticRegression

    def weigh(self, cases: Sequence[Case]) -> tuple[list[str], NDArray[np.float64]]:
        """The roots, and the probability of each, one row a case."""
        table = self.names.transform([dict.fromkeys(case.features, 1.0) for case in cases])
        vectors = (np.array([case.vector for case in cases]) - self.means) / self.spreads
        shares = (self.named.predict_proba(table) + self.vectored.predict_proba(vectors)) / 2
        return self.named.classes_.tolist(), shares


def predict(records: Iterable[dict[str, Any]], *, learned: bool = True) -> Iterator[dict[str, Any]]:
    """The root of each record; with the model, ``quad`` and ``binary`` are the likeliest of their own.

    Args:
        records: ``{"id", "marked_sentence"}``, source between ``<s>`` and ``</s>``, target between ``<t>`` and
            ``</t>``.
        learned: Whether to use the model fitted on the benchmark's training file.
    """
    kept = list(records)
    model: Model | None = load_learned("plover", fit) if learned else None
    cases = list_cases(kept)
    if model is None or not cases:
        for record, case in zip(kept, cases, strict=True):
            yield {"id": record["id"], "root": case.root}
        return
    roots, shares = model.weigh(cases)
    for record, row in zip(kept, shares, strict=True):
        quads = {
            quad: sum(share for root, share in zip(roots, row, strict=True) if QUADS[root] == quad)
            for quad in range(1, 5)
        }
        kind = "cooperation" if quads[1] + quads[2] >= quads[3] + quads[4] else "conflict"
        yield {
            "id": record["id"],
            "root": roots[int(np.argmax(row))],
            "quad": max(quads, key=lambda quad: quads[quad]),
            "binary": kind,
        }


def fit(records: Sequence[dict[str, Any]]) -> Model:
    """The regressions of labelled records."""
    cases = list_cases(records)
    wanted = [record["root"] for record in records]
    names = DictVectorizer()
    table = names.fit_transform([dict.fromkeys(case.features, 1.0) for case in cases])
    vectors = np.array([case.vector for case in cases])
    means, spreads = vectors.mean(axis=0), vectors.std(axis=0) + FLOOR
    named = LogisticRegression(C=NAMED_STRENGTH, max_iter=2000).fit(table, wanted)
    vectored = LogisticRegression(C=VECTOR_STRENGTH, max_iter=2000).fit((vectors - means) / spreads, wanted)
    return Model(names, named, means, spreads, vectored)


def list_cases(records: Sequence[dict[str, Any]]) -> list[Case]:
    """The relation that each record asks for."""
    cases = []
    for record in records:
        text, spans = _read_marks(record["marked_sentence"])
        lines = read_lines(record["id"], text)
        cases.append(make_case(lines, spans.get("s"), spans.get("t")))
    return cases


def _read_marks(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where the source (``s``) and the target (``t``) stand in it."""
    text, spans, starts = "", {}, {}
    at = 0
    while at < len(marked):
        for mark in ("<s>", "<t>", "</s>", "</t>"):
            if marked.startswith(mark, at):
                if mark[1] == "/":
                    spans.setdefault(mark[2], (starts.get(mark[2], 0), len(text)))
                else:
                    starts.setdefault(mark[1], len(text))
                at += len(mark)
                break
        else:
            text += marked[at]
            at += 1
    return text, spans


def make_case(lines: Sequence[Line], source: tuple[int, int] | None, target: tuple[int, int] | None) -> Case:
    """The relation between two stretches of a text, as offsets; None for one that is not there."""
    best: tuple[int, Line, int | None, int | None] | None = None
    for line in lines:
        ends = tuple(_find_head(line, span) for span in (source, target))
        score = sum(end is not None for end in ends)
        if best is None or score > best[0]:
            best = (score, line, *ends)
    size = load_encoder().encode([["word"]])[0].shape[1]
    if best is None:
        return Case((), np.zeros(6 * size, dtype=np.float32), None)
    _, line, one, other = best
    return make_line_case(line, one, other)


def make_line_case(line: Line, one: int | None, other: int | None) -> Case:
    """The relation between two tokens of a sentence."""
    modality = load_modality(load_tools().language)
    sentence = line.sentence
    words = [[token.text for token in sentence.tokens]]
    vectors = line.vectors if line.vectors is not None else load_encoder().encode(words)[0]
    trigger = find_trigger(line, one, other)
    inner = next(
        (child for child in sentence.children[trigger] if sentence[child].dep in ("xcomp", "ccomp", "dobj")),
        trigger,
    )
    deeds = _weigh_deeds(line, modality)
    shown = np.concatenate(
        [
            vectors[trigger],
            vectors[inner],
            vectors[trigger if one is None else one],
            vectors[trigger if other is None else other],
            vectors.mean(axis=0),
            vectors.max(axis=0),
        ]
    )
    near = {trigger, inner}
    root = None
    if deeds:
        root = max(deeds, key=lambda deed: (deed[2] + (deed[0] in near), deed[2], -deed[0]))[1]
    features = tuple(_iter_features(line, trigger, one, other, deeds, vectors, modality))
    return Case(features, shown, root)


def _find_head(line: Line, span: tuple[int, int] | None) -> int | None:
    """The token of a stretch whose head lies outside it, or None where the line has no part of it."""
    if span is None:
        return None
    inside = [
        token.index
        for token in line.sentence.tokens
        if line.place(token.index, token.index).start < span[1]
        and span[0] < line.place(token.index, token.index).end
    ]
    for index in inside:
        head = line.sentence[index].head
        if (head == index or head not in inside) and line.sentence[index].pos != "PUNCT":
            return index
    return inside[0] if inside else None


def find_trigger(line: Line, one: int | None, other: int | None) -> int:
    """The word that ties two tokens: where their ways to the root meet, or the verb of the one that is there."""
    sentence = line.sentence
    if one is None or other is None:
        there = one if one is not None else other
        return sentence.root if there is None else governor(sentence, there)
    way = [one, *sentence.iter_ancestors(one)]
    meeting = next((node for node in [other, *sentence.iter_ancestors(other)] if node in way), sentence.root)
    if meeting in (one, other) or sentence[meeting].pos in ("PROPN", "ADP"):
        return governor(sentence, meeting)
    return meeting


def _weigh_deeds(line: Line, modality: Modality) -> list[tuple[int, str, float, ClaimType, Status]]:
    """The product's claims of a sentence: token, root in the benchmark's word, probability, type, status."""
    tools = load_tools()
    found = []
    for deed in pick_deeds(line, modality, LEAST_DEED):
        status, _ = pick_status(line, deed.candidate, deed.type, modality)
        stage = pick_stage(line, deed.candidate, deed.type, status, modality)
        root = pick_plover(tools.codebook.types[deed.type], deed.candidate, stage, status).value
        found.append((deed.candidate.index, OURS.get(root, root), deed.probability, deed.type, status))
    return found


def _iter_features(
    line: Line,
    trigger: int,
    one: int | None,
    other: int | None,
    deeds: Sequence[tuple[int, str, float, ClaimType, Status]],
    vectors: Vector,
    modality: Modality,
) -> Iterator[str]:
    sentence = line.sentence
    word = sentence[trigger]
    yield f"trigger={lemma_of(word)}"
    yield f"tag={word.tag}"
    yield from (f"word={lemma_of(token)}" for token in sentence.tokens if token.pos not in ("PUNCT", "PROPN"))
    yield from (
        f"pair={lemma_of(token)} {lemma_of(sentence[token.head])}"
        for token in sentence.tokens
        if token.dep
        in ("dobj", "xcomp", "prt", "neg", "prep", "acomp", "ccomp", "amod", "compound", "pobj", "aux")
    )
    yield from _iter_chain(line, trigger, modality)
    for name, end in (("source", one), ("target", other)):
        if end is None:
            yield f"no {name}"
            continue
        way = [end]
        for node in sentence.iter_ancestors(end):
            if way[-1] == trigger:
                break
            way.append(node)
        yield f"{name}={'>'.join(sentence[node].dep for node in way[:3])}"
        yield from (f"on way={lemma_of(sentence[node])}" for node in way[1:])
        yield f"{name} kind={sentence[end].pos} {sentence[end].entity}"
    if one is not None and other is not None:
        low, high = sorted((one, other))
        yield f"order={one < other}"
        yield from (
            f"between={lemma_of(sentence[index])}"
            for index in range(low + 1, high)
            if sentence[index].pos in ("VERB", "NOUN", "ADP", "ADJ", "PART", "AUX")
        )
    for index, root, probability, claim_type, status in deeds:
        place = "at" if index == trigger else "near" if sentence[index].head == trigger else "else"
        sure = "sure" if probability > 0.5 else "unsure"
        yield f"deed={root}"
        yield f"deed {place}={root} {sure}"
        yield f"deed type {place}={claim_type.value} {status.value}"
    best = np.argsort(-load_encoder().weigh_types(vectors)[trigger])[:2]
    yield from (f"encoded={TYPES[number]}" for number in best.tolist())


def _iter_chain(line: Line, trigger: int, modality: Modality) -> Iterator[str]:
    """The trigger and what it hangs on, each with its auxiliaries, negation and what hangs on it."""
    sentence = line.sentence
    node = trigger
    for depth in range(CHAIN):
        word = sentence[node]
        near = min(depth, 1)
        yield f"chain{near}={lemma_of(word)}"
        for child in sentence.children[node]:
            kid = sentence[child]
            if kid.dep in ("aux", "auxpass", "neg", "prt", "prep", "mark", "advmod"):
                yield f"{kid.dep}{near}={kid.lemma.lower()}"
                yield f"{kid.dep}{near}|chain={kid.lemma.lower()} {lemma_of(word)}"
            elif kid.dep in ("dobj", "xcomp", "ccomp", "attr", "acomp", "advcl", "conj"):
                yield f"{kid.dep}{near}={lemma_of(kid)}"
        for name, words in modality.items():
            if word.lemma.lower() in words:
                yield f"mood{near}={name}"
        if word.head == node:
            return
        node = word.head
