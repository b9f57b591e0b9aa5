"""Adapter for the benchmark ``modality``: did what a predicate names happen, from -3 (no) over 0 (open) to 3 (yes).

The product gives the status features of a predicate, its vector in context, and the shares of the six statuses.
Alone (`predict` with ``learned=False``) these shares are put on the benchmark's scale. A ridge regression fitted
on the benchmark's training file turns features and vectors into the number that its judges gave.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge

from foedus.codebook import CuePart
from foedus.coder.clause import find_subject, governor
from foedus.coder.cues import Candidate, lemma_of, part_of
from foedus.coder.decide import Modality, load_modality
from foedus.coder.encoder import TYPES, load_encoder
from foedus.coder.features import iter_status_features
from foedus.coder.linear import load_model
from foedus.coder.scene import Line
from foedus.coder.text import Paragraph
from foedus.syntax import Sentence
from learned import load_learned
from reading import align_tokens, load_tools

SCALE = {"happened": 3.0, "ongoing": 3.0, "planned": 0.7, "proposed": 0.0, "possible": 0.3, "denied": -2.5}
"""What the product's statuses are worth on the benchmark's scale."""

PENALTY = 20.0
VECTOR_WEIGHT = 0.05
"""Vectors count so much beside features that are 0 or 1."""

STATUS_WEIGHT = 0.25
"""The product's own number counts so much beside the fitted one, both as standard scores."""

SMALL_CORPUS_WEIGHT = 4.0
"""A training sentence of a corpus with less than a fifth of the sentences counts so many times."""

CHAIN = 6
FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """A predicate: its named features, its vectors, the product's own number for it."""

    features: tuple[str, ...]
    vector: NDArray[np.float32]
    value: float


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted regression, and mean and spread of what it is fed."""

    names: DictVectorizer
    ridge: Ridge
    means: NDArray[np.float64]
    spreads: NDArray[np.float64]
    fitted: tuple[float, float]
    own: tuple[float, float]

    def predict(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """A number for each predicate."""
        table = _to_table(cases, self.names, self.means, self.spreads)
        mean, spread = self.fitted
        own_mean, own_spread = self.own
        scores = (self.ridge.predict(table) - mean) / spread
        scores += STATUS_WEIGHT * (np.array([case.value for case in cases]) - own_mean) / own_spread
        values: NDArray[np.float64] = mean + spread * scores / (1 + STATUS_WEIGHT)
        return values


def predict(records: Iterable[dict[str, Any]], *, learned: bool = True) -> Iterator[dict[str, Any]]:
    """A number for each predicate of each record.

    Args:
        records: ``{"id", "tokens", "predicates": [{"index", "token"}]}``.
        learned: Whether to use the model fitted on the benchmark's training file.
    """
    kept = list(records)
    model: Model | None = load_learned("modality", fit) if learned else None
    cases = list_cases(kept)
    values = np.array([case.value for case in cases]) if model is None or not cases else model.predict(cases)
    found = iter(np.clip(np.round(values, 4), -3.0, 3.0).tolist())
    for record in kept:
        numbers = [
            {"index": one["index"], "factuality": next(found)} if record["tokens"] else None
            for one in record["predicates"]
        ]
        yield {"id": record["id"], "predicates": [one for one in numbers if one is not None]}


def fit(records: Sequence[dict[str, Any]]) -> Model:
    """The regression of labelled records."""
    cases = list_cases(records)
    wanted = np.array([one["factuality"] for record in records for one in record["predicates"]])
    corpora = [record.get("corpus") for record in records for _ in record["predicates"]]
    small = {name for name in set(corpora) if 5 * corpora.count(name) < len(corpora)}
    names = DictVectorizer()
    names.fit([dict.fromkeys(case.features, 1.0) for case in cases])
    counts = np.asarray(names.transform([dict.fromkeys(case.features, 1.0) for case in cases]).sum(axis=0))
    names.restrict(np.flatnonzero(counts.ravel() >= 2), indices=True)
    vectors = np.array([case.vector for case in cases])
    means, spreads = vectors.mean(axis=0), vectors.std(axis=0) + FLOOR
    table = _to_table(cases, names, means, spreads)
    weights = [SMALL_CORPUS_WEIGHT if name in small else 1.0 for name in corpora]
    ridge = Ridge(alpha=PENALTY, solver="sparse_cg").fit(table, wanted, sample_weight=weights)
    fitted = ridge.predict(table)
    own = np.array([case.value for case in cases])
    return Model(
        names,
        ridge,
        means,
        spreads,
        (float(fitted.mean()), float(fitted.std())),
        (float(own.mean()), float(own.std())),
    )


def _to_table(
    cases: Sequence[Case], names: DictVectorizer, means: NDArray[np.float64], spreads: NDArray[np.float64]
) -> sparse.csr_matrix:
    named = names.transform([dict.fromkeys(case.features, 1.0) for case in cases])
    vectors = (np.array([case.vector for case in cases]) - means) / spreads * VECTOR_WEIGHT
    return sparse.hstack([named, sparse.csr_matrix(vectors)]).tocsr()


def list_cases(records: Sequence[dict[str, Any]]) -> list[Case]:
    """The predicates of records with tokens, in order."""
    tools = load_tools()
    modality = load_modality(tools.language)
    texts = [" ".join(record["tokens"]) for record in records]
    cases = []
    for record, text, sentences in zip(records, texts, tools.analyser.analyse(texts), strict=True):
        if not sentences:
            continue
        paragraph = Paragraph(text, (0,), (0,), False)
        places = align_tokens(record["tokens"], sentences)
        words = [[token.text for token in sentence.tokens] for sentence in sentences]
        lines = [
            Line(sentence, paragraph, number, (), (), (), (), (), (), vectors)
            for number, (sentence, vectors) in enumerate(
                zip(sentences, load_encoder().encode(words), strict=True)
            )
        ]
        for one in record["predicates"]:
            number, index = places[one["index"]]
            cases.append(_to_case(lines[number], index, modality))
    return cases


def _to_case(line: Line, index: int, modality: Modality) -> Case:
    sentence, vectors = line.sentence, line.vectors
    assert vectors is not None
    encoder = load_encoder()
    candidate = Candidate(
        index, lemma_of(sentence[index]), part_of(sentence[index]) or CuePart.VERB, (), {}, {}
    )
    kind = TYPES[1 + int(np.argmax(encoder.weigh_types(vectors)[index][1:]))]
    features = tuple(iter_status_features(line, candidate, kind, modality))
    shares = load_model("status").probabilities(features)
    logs = encoder.weigh_statuses(vectors[index], kind)
    powers = {
        name: exp((log(max(shares.get(name, 0.0), FLOOR)) + max(logs[name], log(FLOOR))) / 2)
        for name in SCALE
    }
    value = sum(SCALE[name] * power for name, power in powers.items()) / sum(powers.values())
    return Case(
        features=(*features, *(f"tree {name}" for name in _iter_tree(sentence, index, modality))),
        vector=np.concatenate([vectors[index], vectors[sentence[index].head], vectors.mean(axis=0)]),
        value=value,
    )


def _iter_tree(sentence: Sentence, index: int, modality: Modality) -> Iterator[str]:
    """The words that a predicate hangs on, one after another, each with its own auxiliaries, negation and mark."""
    token = sentence[index]
    yield f"form={token.tag} {token.dep}"
    if "?" in sentence[len(sentence) - 1].text:
        yield "question"
    way: list[str] = []
    node, turned = index, False
    for depth in range(CHAIN):
        word, near = sentence[node], min(depth, 2)
        below = [sentence[child] for child in sentence.children[node]]
        helpers = [one.lemma.lower() for one in below if one.dep in ("aux", "auxpass")]
        marks = [one.lemma.lower() for one in below if one.dep == "mark"]
        negated = any(one.dep == "neg" for one in below)
        turned ^= negated
        form = f"{word.tag} {'+'.join(helpers)} {negated} {'+'.join(marks)}"
        yield f"form{depth}={form}"
        yield f"dep{depth}={word.dep} {form}"
        yield from (f"helper{near}={one}" for one in helpers)
        yield from (f"mark{near}={one}" for one in marks)
        if negated:
            yield f"negated{near}"
        if depth:
            yield f"over{near}={word.lemma.lower()} {way[-1]} {negated}"
            yield f"over={word.lemma.lower()}"
        else:
            yield from (
                f"kid={one.dep} {one.lemma.lower()}"
                for one in below
                if one.dep in ("det", "advmod", "amod", "prep", "dobj")
            )
        for name, words in modality.items():
            if depth and word.lemma.lower() in words:
                yield f"status={name} {negated}"
                yield f"status{near}={name} {way[-1]} {negated}"
        if word.head == node:
            break
        way.append(word.dep)
        node = word.head
    yield f"way={'>'.join(way[:3])}"
    yield f"turned={turned}"
    subject = find_subject(sentence, governor(sentence, index))
    if subject is not None:
        yield f"subject={sentence[subject].lemma.lower()} {sentence[subject].tag}"
