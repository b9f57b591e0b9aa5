"""Train the coder's models on the codebook's passages: `make train`.

    python eval/train.py                 trains on all passages that are not held out, writes the weights
    python eval/train.py --check         trains the same way, writes nothing, prints the figures on the held-out share

Deterministic: the same passages give the same weights.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from foedus.codebook import Codebook, CuePart, ExpectedClaim, Passage, load_codebook
from foedus.coder.clause import find_evidence
from foedus.coder.cues import Candidate, part_of
from foedus.coder.decide import carried_codes, load_modality
from foedus.coder.details import find_kept, find_ruled_head, iter_place_rows, iter_time_rows
from foedus.coder.encoder import NO, NONE, YES
from foedus.coder.features import (
    iter_carried_features,
    iter_role_features,
    iter_stage_features,
    iter_status_features,
    iter_type_features,
)
from foedus.coder.linear import LinearModel
from foedus.coder.links import find_top, iter_heads, iter_subject_features, match_phrase
from foedus.coder.names import iter_name_rows
from foedus.coder.scene import Line, Tools, read_scene
from foedus.coder.text import iter_paragraphs
from foedus.coder.topic import OFF, ON, iter_topic_features
from foedus.coder.units import Words
from foedus.dates import TimeMention
from foedus.lang import load_language
from foedus.model.article import Article
from foedus.model.claim import ClaimType
from foedus.model.document import Document
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When
from foedus.syntax import load_analyser

OFF_TOPIC = "off_topic"
"""Files of examples whose articles are about other things: sport, business, weather."""

DATA = Path(__file__).resolve().parent.parent / "src" / "foedus" / "coder" / "data"


@dataclass
class Rows:
    """Features and classes of one model."""

    features: list[list[str]] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)

    def add(self, features: Iterable[str], name: str) -> None:
        """One more row, each of its features once."""
        self.features.append(list(dict.fromkeys(features)))
        self.classes.append(name)


@dataclass(frozen=True)
class Settings:
    """How one model is fitted.

    Attributes:
        strength: Inverse regularization strength.
        min_rows: In how many rows a feature must occur.
        balanced: Whether classes count alike, however many rows each has.
    """

    strength: float
    min_rows: int
    balanced: bool = False


SETTINGS = {
    "type": Settings(0.6, 2),
    "status": Settings(0.4, 2),
    "stage": Settings(0.4, 2),
    "role": Settings(0.4, 2),
    "subject": Settings(0.4, 2),
    "extent": Settings(0.4, 2),
    "name": Settings(0.4, 2),
    "place": Settings(0.4, 2),
    "time": Settings(0.4, 2),
    "topic": Settings(0.3, 2, balanced=True),
}
"""Chosen on the held-out passages: docs/benchmarks.md."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, print the figures, and write the weights unless told not to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    codebook = load_codebook(examples=True)
    train, held = collect(codebook)
    for name in SETTINGS:
        model = fit(train[name], SETTINGS[name])
        right = sum(pick(model, f) == c for f, c in zip(held[name].features, held[name].classes, strict=True))
        total = len(held[name].classes)
        line = f"{name}: {len(train[name].classes)} rows, {len(model.features)} features, "
        line += f"held-out accuracy {right / max(total, 1):.3f} of {total}"
        if name in ("type", "role"):
            line += f", F1 without {NONE!r} {f1(model, held[name]):.3f}"
        print(line)
        if not options.check:
            DATA.mkdir(exist_ok=True)
            (DATA / f"{name}.npz").write_bytes(model.to_bytes())
    return 0


def collect(codebook: Codebook) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """Rows of all models from the passages: (to train on, held out)."""
    language = load_language("en")
    analyser = load_analyser("en")
    assert analyser is not None
    tools = Tools(codebook, language, analyser, None)
    modality = load_modality(language)
    train = {name: Rows() for name in SETTINGS}
    held = {name: Rows() for name in SETTINGS}
    missed: dict[str, int] = {}
    for passage in codebook.passages:
        rows = held if passage.held_out else train
        add_topic(rows["topic"], passage)
        lines = read_passage(passage, tools)
        add_passage(rows, passage, lines, codebook, modality, tools.words, missed)
    lost = sum(missed.values())
    print(
        f"cues not among the candidates: {lost}",
        sorted(missed.items(), key=lambda pair: -pair[1])[:40],
        file=sys.stderr,
    )
    return train, held


def read_passage(passage: Passage, tools: Tools) -> tuple[Line, ...]:
    """The sentences of a passage, as if it were an article."""
    return read_scene(*as_article(passage), tools, whole=True)


def as_article(passage: Passage) -> tuple[Document, Article]:
    """A passage as a document and its one article."""
    published = passage.published
    when = When(published, published, Precision.DAY, None, Basis.METADATA) if published else None
    document = Document(passage.id, "text/plain", passage.id, passage.text)
    article = Article(passage.id, 0, None, None, None, None, "en", when, (Span(0, len(passage.text)),))
    return document, article


def add_passage(
    rows: Mapping[str, Rows],
    passage: Passage,
    lines: Sequence[Line],
    codebook: Codebook,
    modality: Mapping[str, frozenset[str]],
    words: Words,
    missed: dict[str, int],
) -> None:
    """Rows of one passage."""
    wanted: dict[tuple[int, int], list[ExpectedClaim]] = {}
    for claim in passage.claims:
        place = find_token(lines, claim.cue_span)
        if place is not None:
            wanted.setdefault(place, []).append(claim)
    last: Mapping[str, str] = {}
    for line in lines:
        found = {candidate.index: candidate for candidate in line.candidates}
        for (number, index), claims in wanted.items():
            if number == line.number and index not in found:
                token = line.sentence[index]
                key = f"{claims[0].type.value}:{token.lemma.lower()}/{token.pos}"
                missed[key] = missed.get(key, 0) + 1
        for index, candidate in found.items():
            claims = wanted.get((line.number, index), [])
            label = claims[0].type.value if claims else NONE
            rows["type"].add(iter_type_features(line, candidate, modality), label)
        for (number, index), claims in sorted(wanted.items()):
            if number != line.number:
                continue
            candidate = found.get(index) or to_candidate(line, index)
            for claim in claims:
                others = frozenset(i for n, i in wanted if n == number and i != index)
                add_claim(rows, line, candidate, claim, codebook, modality, words, others, last)
                if claim.actors:
                    last = {actor.code: actor.role.value for actor in claim.actors}


def add_topic(rows: Rows, passage: Passage) -> None:
    """Rows of each paragraph that holds a claim, and of each of an off-topic article that holds none."""
    paragraphs = list(iter_paragraphs(passage.text, (Span(0, len(passage.text)),), None))
    for paragraph, (own, near) in zip(
        paragraphs, iter_topic_features([p.text for p in paragraphs]), strict=True
    ):
        whole = paragraph.place(0, len(paragraph.text))
        if any(whole.overlaps(claim.evidence_span) for claim in passage.claims):
            name = ON
        elif passage.id.startswith(OFF_TOPIC):
            name = OFF
        else:
            continue
        rows.add(near, name)
        if own != near:
            rows.add(own, name)


def to_candidate(line: Line, index: int) -> Candidate:
    """A candidate for a cue that no list has."""
    token = line.sentence[index]
    part = part_of(token)
    return Candidate(index, token.lemma.lower(), part or CuePart.NOUN, (), {}, {})


def add_claim(
    rows: Mapping[str, Rows],
    line: Line,
    candidate: Candidate,
    claim: ExpectedClaim,
    codebook: Codebook,
    modality: Mapping[str, frozenset[str]],
    words: Words,
    others: frozenset[int],
    last: Mapping[str, str],
) -> None:
    """Rows of status, stage and roles for one claim."""
    name, status = claim.type.value, claim.status.value
    rows["status"].add(iter_status_features(line, candidate, name, modality), status)
    if claim.stage is not None:
        rows["stage"].add(iter_stage_features(line, candidate, name, status, modality), claim.stage.value)
    add_subject(rows, line, candidate, claim, words)
    add_names(rows["name"], line, candidate, claim, words, others)
    add_places_and_times(rows, line, candidate, claim, words, others)
    roles = {actor.code: actor.role.value for actor in claim.actors}
    symmetric = codebook.types[claim.type].symmetric
    best: dict[str, bool] = {}
    for unit in line.units_near(candidate.index):
        for code in unit.codes:
            label = roles.get(code, NONE)
            best[code] = best.get(code, False) or label != NONE
            rows["role"].add(iter_role_features(line, candidate, name, status, unit, code, symmetric), label)
    here = sum(best.values())
    for recency, code in enumerate(carried_codes(line)):
        features = iter_carried_features(
            line,
            candidate,
            name,
            code,
            here,
            pair=code in line.pair,
            speaker=any(code in speech.codes for speech in line.speeches),
            recency=recency,
            last_claim=last.get(code),
        )
        rows["role"].add(features, roles.get(code, NONE))


def add_subject(
    rows: Mapping[str, Rows], line: Line, candidate: Candidate, claim: ExpectedClaim, words: Words
) -> None:
    """One row for each word of a sentence that may head the subject, and for each that may be part of its name.

    None where the sentence does not hold it.
    """
    phrase = match_phrase(line, claim.subject) if claim.subject else None
    if phrase is None:
        return
    head = find_top(line.sentence, *phrase)
    ruled = find_ruled_head(line, candidate, claim.type, words)
    for index in iter_heads(line, candidate):
        features = iter_subject_features(line, candidate, claim.type, index, ruled)
        rows["subject"].add(features, YES if index == head else NO)

    def keeps(index: int, _: bool, features: Iterator[str]) -> bool:
        is_part = phrase[0] <= index <= phrase[1]
        rows["extent"].add(features, YES if is_part else NO)
        return is_part

    find_kept(line, head, candidate, claim.type, keeps)


def add_names(
    rows: Rows, line: Line, candidate: Candidate, claim: ExpectedClaim, words: Words, others: frozenset[int]
) -> None:
    """One row for each name in the sentence of an exercise: whether it is what that is called."""
    if claim.type is not ClaimType.EXERCISE:
        return
    evidence = find_evidence(line.sentence, candidate.index, others)
    subject = claim.subject or ""
    wanted = _bare(subject)
    for span, features in iter_name_rows(line, candidate, evidence, words):
        name = _bare(line.words(*span))
        is_name = name in wanted or (subject[:1].isupper() and wanted in name)
        rows.add(features, YES if name and is_name else NO)


def _bare(name: str) -> str:
    """A name's letters and digits."""
    return "".join(character for character in name.casefold() if character.isalnum())


def add_places_and_times(
    rows: Mapping[str, Rows],
    line: Line,
    candidate: Candidate,
    claim: ExpectedClaim,
    words: Words,
    others: frozenset[int],
) -> None:
    """One row for each name that may be the place, and for each time that may be the time, of a claim."""
    evidence = find_evidence(line.sentence, candidate.index, others)
    for span, features in iter_place_rows(line, candidate, claim.type, evidence, words):
        rows["place"].add(features, YES if is_place_of(claim, line.words(*span)) else NO)
    for (_, _, mention), features in iter_time_rows(
        line, candidate, claim.type, claim.status, evidence, others
    ):
        rows["time"].add(features, YES if is_time_of(claim, mention) else NO)


def is_place_of(claim: ExpectedClaim, name: str) -> bool:
    """Whether a name is a place of a claim, or a part of one, or holds one."""
    folded = name.casefold()
    return any(folded in place or place in folded for place in (one.casefold() for one in claim.place))


def is_time_of(claim: ExpectedClaim, mention: TimeMention) -> bool:
    """Whether a time expression gives a claim's time or its recurrence."""
    if mention.recurrence is not None and mention.recurrence == claim.recurrence:
        return True
    return mention.when is not None and claim.when is not None and is_alike(mention.when, claim.when)


def is_alike(when: When, wanted: tuple[date | None, date | None]) -> bool:
    """Whether a time is meant by what an annotator wrote: it begins or ends on the same day ("from June" is open)."""
    first, last = wanted
    return (first is not None and when.first == first) or (last is not None and when.last == last)


def find_token(lines: Sequence[Line], span: Span) -> tuple[int, int] | None:
    """Sentence and token that a span of the text begins in."""
    for line in lines:
        for token in line.sentence.tokens:
            if line.place(token.index, token.index).overlaps(span):
                return line.number, token.index
    return None


def fit(rows: Rows, settings: Settings) -> LinearModel:
    """Multinomial logistic regression with an L2 penalty."""
    counts: dict[str, int] = {}
    for features in rows.features:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= settings.min_rows)
    columns = {name: column for column, name in enumerate(names)}
    indices: list[int] = []
    starts = [0]
    for features in rows.features:
        indices.extend(columns[name] for name in features if name in columns)
        starts.append(len(indices))
    matrix = csr_matrix(
        (np.ones(len(indices), dtype=np.float64), indices, starts), shape=(len(rows.features), len(names))
    )
    learner = LogisticRegression(
        C=settings.strength, max_iter=300, tol=1e-3, class_weight="balanced" if settings.balanced else None
    )
    learner.fit(matrix, rows.classes)
    weights, bias = learner.coef_, learner.intercept_
    if len(weights) == 1:  # of two classes only the second one's weights are given
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    classes = list(learner.classes_)
    kept = np.abs(weights).max(axis=0) > 0.01
    return LinearModel(
        classes,
        [name for name, keep in zip(names, kept, strict=True) if keep],
        weights.T[kept].astype(np.float16).astype(np.float32),
        bias.astype(np.float32),
    )


def pick(model: LinearModel, features: Iterable[str]) -> str:
    """Likeliest class."""
    shares = model.probabilities(features)
    return max(shares, key=lambda name: shares[name])


def f1(model: LinearModel, rows: Rows) -> float:
    """Micro F1 over all classes but `NONE`."""
    hits = said = there = 0
    for features, name in zip(rows.features, rows.classes, strict=True):
        guess = pick(model, features)
        hits += guess == name != NONE
        said += guess != NONE
        there += name != NONE
    return 2 * hits / max(said + there, 1)


if __name__ == "__main__":
    raise SystemExit(main())
