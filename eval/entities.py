"""Adapter for the benchmark ``entities``: names and long noun phrases of defence reporting, typed, nested.

The product's reading of a text gives the stretches that may be an entity: names of the actor tables, people and
bodies, the analyser's names, time expressions, quantities, and the noun phrases of the tree in their several
extents. Alone (`predict` with ``learned=False``) the first of these are given as they are. A logistic regression
fitted on the benchmark's training file decides of each stretch whether its annotators mark it, and as what.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from foedus.coder.cues import lemma_of
from foedus.coder.encoder import load_encoder
from foedus.coder.quantities import find_quantities, load_numbers
from foedus.coder.scene import Line
from foedus.syntax import Sentence
from learned import load_learned
from reading import load_tools, read_lines

NAMES = {
    "PERSON": "Person", "GPE": "Location", "LOC": "Location", "FAC": "Location", "ORG": "Organisation",
    "NORP": "Organisation", "DATE": "Temporal", "TIME": "Temporal", "MONEY": "Money",
    "CARDINAL": "Quantity", "QUANTITY": "Quantity", "PERCENT": "Quantity",
}  # fmt: skip
"""What the analyser's names are called here."""

UNITS = {
    "name": "Location", "capital": "Location", "place": "Location", "adjective": "Organisation",
    "demonym": "Organisation", "body": "Organisation", "person": "Person",
}  # fmt: skip
"""What the product's units are called here; a name of an organisation or group is an Organisation."""

NONE = "none"
STRENGTH = 0.2
VECTOR_WEIGHT = 0.07
FLOOR = 1e-6
MAX_WORDS = 14

_OPENERS = frozenset({"DET", "PUNCT", "CCONJ", "SPACE"})


@dataclass(frozen=True, slots=True)
class Case:
    """A stretch of a text that may be an entity.

    Attributes:
        span: Offsets in the text.
        features: Named features.
        vector: Its words in context.
        type: What the product alone takes it for, or None.
    """

    span: tuple[int, int]
    features: tuple[str, ...]
    vector: NDArray[np.float32]
    type: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted regression."""

    names: DictVectorizer
    means: NDArray[np.float32]
    spreads: NDArray[np.float32]
    regression: LogisticRegression

    def weigh(self, cases: Sequence[Case]) -> tuple[list[str], NDArray[np.float64]]:
        """The types, `NONE` among them, and the probability of each, one row a case."""
        return self.regression.classes_.tolist(), self.regression.predict_proba(
            _to_table(cases, self.names, self.means, self.spreads)
        )


def predict(records: Iterable[dict[str, Any]], *, learned: bool = True) -> Iterator[dict[str, Any]]:
    """The entities of each record.

    Args:
        records: ``{"id", "text"}``.
        learned: Whether to use the model fitted on the benchmark's training file.
    """
    model: Model | None = load_learned("entities", fit) if learned else None
    for record in records:
        cases = list_cases(record)
        found = _pick_typed(cases) if model is None or not cases else _pick(cases, model)
        yield {
            "id": record["id"],
            "entities": [
                {"start": start, "end": end, "type": kind} for (start, end), kind in sorted(found.items())
            ],
        }


def _pick_typed(cases: Sequence[Case]) -> dict[tuple[int, int], str]:
    return {case.span: case.type for case in cases if case.type is not None}


def _pick(cases: Sequence[Case], model: Model) -> dict[tuple[int, int], str]:
    """The likeliest stretches that do not cross; of those that share their head only one."""
    kinds, shares = model.weigh(cases)
    none = kinds.index(NONE)
    scored = []
    for case, row in zip(cases, shares, strict=True):
        others = row.copy()
        others[none] = 0.0
        best = int(np.argmax(others))
        if 1.0 - row[none] >= LEAST:
            scored.append((1.0 - row[none], case.span, kinds[best]))
    found: dict[tuple[int, int], str] = {}
    for _, span, kind in sorted(scored, key=lambda one: (-one[0], one[1])):
        if any(_cross(span, other) or _share_end(span, other) for other in found):
            continue
        found[span] = kind
    return found


LEAST = 0.3
"""A stretch is an entity from this probability; chosen on the development part."""


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


def _share_end(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether they are one noun phrase in two extents: they begin or end at one place."""
    return one != other and (one[0] == other[0] or one[1] == other[1])


def fit(records: Sequence[dict[str, Any]]) -> Model:
    """The regression of labelled records."""
    cases, wanted = [], []
    for record in records:
        types = {(one["start"], one["end"]): one["type"] for one in record["entities"]}
        for case in list_cases(record):
            cases.append(case)
            wanted.append(types.get(case.span, NONE))
    names = DictVectorizer()
    names.fit([dict.fromkeys(case.features, 1.0) for case in cases])
    counts = np.asarray(names.transform([dict.fromkeys(case.features, 1.0) for case in cases]).sum(axis=0))
    names.restrict(np.flatnonzero(counts.ravel() >= 2), indices=True)
    vectors = np.array([case.vector for case in cases])
    means, spreads = vectors.mean(axis=0), vectors.std(axis=0) + FLOOR
    table = _to_table(cases, names, means, spreads)
    return Model(names, means, spreads, LogisticRegression(C=STRENGTH, max_iter=400).fit(table, wanted))


def _to_table(
    cases: Sequence[Case], names: DictVectorizer, means: NDArray[np.float32], spreads: NDArray[np.float32]
) -> sparse.csr_matrix:
    named = names.transform([dict.fromkeys(case.features, 1.0) for case in cases])
    vectors = (np.array([case.vector for case in cases]) - means) / spreads * VECTOR_WEIGHT
    return sparse.hstack([named, sparse.csr_matrix(vectors)]).tocsr()


def list_cases(record: dict[str, Any]) -> list[Case]:
    """The stretches of a text that may be entities, each once."""
    text = record["text"]
    cases: dict[tuple[int, int], Case] = {}
    for line in read_lines(record["id"], text):
        words = [[token.text for token in line.sentence.tokens]]
        vectors = line.vectors if line.vectors is not None else load_encoder().encode(words)[0]
        typed = dict(_iter_typed(line))
        kinds = _list_kinds(line)
        for first, last in sorted({*typed, *_iter_phrases(line.sentence)}):
            span = line.place(first, last)
            features = tuple(_iter_features(line, first, last, kinds, typed))
            head = _top(line.sentence, first, last)
            vector = np.concatenate([vectors[head], vectors[first], vectors[last]])
            cases.setdefault(
                (span.start, span.end),
                Case((span.start, span.end), features, vector, typed.get((first, last))),
            )
    return [cases[span] for span in sorted(cases)]


def _iter_typed(line: Line) -> Iterator[tuple[tuple[int, int], str]]:
    """Stretches that the product has a kind for."""
    sentence = line.sentence
    start: int | None = None
    for token in (*sentence.tokens, None):
        if start is not None and (token is None or token.begins or token.entity != sentence[start].entity):
            last = len(sentence) - 1 if token is None else token.index - 1
            if sentence[start].entity in NAMES:
                yield (start, last), NAMES[sentence[start].entity]
            start = None
        if token is not None and token.entity and start is None:
            start = token.index
    for found in find_quantities(line, load_numbers(load_tools().language)):
        yield (found.first, found.last), "Money" if found.quantity.unit else "Quantity"
    for first, last, _ in line.times:
        yield (first, last), "Temporal"
    for unit in line.units:
        if unit.kind in UNITS:
            is_state = all(len(code) == 3 for code in unit.codes)
            kind = UNITS[unit.kind]
            yield (unit.first, unit.last), kind if is_state or kind == "Person" else "Organisation"


def _list_kinds(line: Line) -> dict[int, set[str]]:
    """What each token is part of."""
    kinds: dict[int, set[str]] = {}
    for unit in line.units:
        states = "state" if unit.codes and all(len(code) == 3 for code in unit.codes) else "body"
        for index in range(unit.first, unit.last + 1):
            kinds.setdefault(index, set()).update((f"unit {unit.kind}", f"unit {states}"))
    for first, last, _ in line.times:
        for index in range(first, last + 1):
            kinds.setdefault(index, set()).add("time")
    for found in find_quantities(line, load_numbers(load_tools().language)):
        for index in range(found.first, found.last + 1):
            kinds.setdefault(index, set()).add("quantity")
    return kinds


def _top(sentence: Sentence, first: int, last: int) -> int:
    for index in range(first, last + 1):
        head = sentence[index].head
        if (not first <= head <= last or head == index) and sentence[index].pos not in ("PUNCT", "DET"):
            return index
    return last


def _iter_phrases(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Each noun with what stands before it, and with ever more of what stands after it; with and without article."""
    for token in sentence.tokens:
        if token.pos not in ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "SYM", "X", "VERB"):
            continue
        yield token.index, token.index
        if token.pos in ("VERB", "PRON"):
            continue
        below = sentence.subtree(token.index)
        left = [index for index in below if index < token.index]
        left = [index for index in left if all(other in below for other in range(index, token.index))]
        starts = [token.index, *(index for index in left)]
        ends = {token.index}
        for child in sentence.children[token.index]:
            if child > token.index and sentence[child].dep in (
                "prep", "appos", "conj", "acl", "relcl", "punct", "nummod", "compound", "nmod",
            ):  # fmt: skip
                ends.add(max(sentence.subtree(child)))
                if sentence[child].dep == "prep":
                    ends.update(_iter_inner_ends(sentence, child))
        for start in starts:
            for end in ends:
                if end - start < MAX_WORDS and sentence[start].pos not in ("PUNCT", "CCONJ"):
                    yield start, end
                    if sentence[end].pos == "PUNCT" and end > start:
                        yield start, end - 1


def _iter_inner_ends(sentence: Sentence, prep: int) -> Iterator[int]:
    """Last words of shorter forms of a prepositional phrase: without what hangs on its noun."""
    for noun in sentence.having(prep, "pobj"):
        yield noun
        for child in sentence.children[noun]:
            if child > noun and sentence[child].dep == "prep":
                yield from sentence.having(child, "pobj")


def _iter_features(
    line: Line, first: int, last: int, kinds: dict[int, set[str]], typed: dict[tuple[int, int], str]
) -> Iterator[str]:
    sentence = line.sentence
    head = _top(sentence, first, last)
    inside = range(first, last + 1)
    yield f"head={lemma_of(sentence[head])}"
    yield f"head kind={sentence[head].pos} {sentence[head].entity}"
    yield f"head dep={sentence[head].dep}"
    yield f"first={lemma_of(sentence[first])}"
    yield f"first pos={sentence[first].pos} {sentence[first].dep}"
    yield f"last={lemma_of(sentence[last])}"
    yield f"last pos={sentence[last].pos} {sentence[last].entity}"
    yield f"length={min(last - first, 6)}"
    yield f"shape={' '.join(sentence[index].pos for index in inside)}"
    yield f"entities={' '.join(dict.fromkeys(sentence[index].entity or '-' for index in inside))}"
    yield f"typed={typed.get((first, last))}"
    yield f"words={' '.join(sentence[index].text.lower() for index in inside)}"
    yield from (f"word={lemma_of(sentence[index])}" for index in inside)
    yield from (f"head {kind}" for kind in kinds.get(head, ()))
    yield from (f"inside {kind}" for index in inside for kind in kinds.get(index, ()))
    yield f"all capital={all(sentence[index].text[:1].isupper() for index in inside)}"
    yield f"head capital={sentence[head].text[:1].isupper()}"
    yield f"suffix={sentence[head].text[-3:].lower()}"
    for name, index in (("before", first - 1), ("after", last + 1)):
        if 0 <= index < len(sentence):
            token = sentence[index]
            yield f"{name}={token.text.lower()}"
            yield f"{name} pos={token.pos} {token.dep}"
            yield f"{name} same name={bool(token.entity) and token.entity == sentence[head].entity}"
            # a modifier or part of the phrase that this stretch leaves out
            yield f"{name} cut={token.head in inside} {token.dep}"
            yield from (f"{name} {kind}" for kind in kinds.get(index, ()))
        else:
            yield f"{name} none"
    yield f"has prep={any(sentence[index].dep == 'prep' for index in inside)}"
    yield f"has and={any(sentence[index].pos == 'CCONJ' for index in inside)}"
    yield f"up={lemma_of(sentence[sentence[head].head])}"
