"""Adapter for the benchmark `events`: which mentions, within and across reports, are of one event.

    python eval/events.py --compare GOLD.jsonl       # with the scores of the same-words baseline beside ours
    python eval/events.py --train TRAIN.jsonl        # learns the weights of `events.yaml` anew

Mentions are given as words, so there are no claims to match: reports are grouped by their names, numbers and
words, mentions inside a group by what they are called and who takes part, as claims are by `match_claims`, and
with its clusters (`foedus.matching.clusters`). The weights are learned; the words for one deed are general.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from foedus.matching.clusters import find_clusters
from foedus.syntax import Token, load_analyser

_DATA = Path(__file__).with_name("events.yaml")
_CONTENT = {"NOUN", "VERB", "PROPN", "NUM", "ADJ"}
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ed", "es", "s", "al", "ion")
_NAME_TIMES, _NUMBER_TIMES = 2, 3  # how often a name, a number counts as a word of its report
_REPORTS_LIKE = 0.18  # similarity above which groups of reports are joined
_MENTIONS_LIKE = 0.4  # probability above which groups of mentions are joined


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a sentence: folded text, lemma, part of speech, label and place of its head."""

    text: str
    lemma: str
    pos: str
    dep: str
    head: int

    @property
    def is_number(self) -> bool:
        """Whether it holds a digit."""
        return any(map(str.isdigit, self.text))


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A mention of an event with what stands around it.

    Attributes:
        id: As given.
        report: Number of its report.
        sentence: Report and number of its sentence.
        deed: Lemma of its head, singular.
        pos: Part of speech of its head.
        lemmas: Of all its words.
        around: Content lemmas of its sentence, its own left out.
        numbers: Numbers of its sentence.
        doers: Lemmas of who does it.
        done_to: Lemmas of what it is done to.
        others: Lemmas of what else stands with it.
    """

    id: str
    report: int
    sentence: tuple[int, int]
    deed: str
    pos: str
    lemmas: frozenset[str]
    around: frozenset[str]
    numbers: frozenset[str]
    doers: frozenset[str]
    done_to: frozenset[str]
    others: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        """All who or what take part."""
        return self.doers | self.done_to | self.others


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each report the group it belongs to, and for each of its mentions the event."""
    kept = list(records)
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    model = Model(data)
    sentences = [_read_report(record) for record in kept]
    likeness = measure_likeness(sentences)
    groups = group_reports(likeness)
    mentions = [list_mentions(number, record, sentences[number]) for number, record in enumerate(kept)]
    event_of: dict[str, str] = {}
    for label in sorted(set(groups)):
        inside = [
            mention for number, mine in enumerate(mentions) if groups[number] == label for mention in mine
        ]
        for number, cluster in enumerate(model.cluster(inside, likeness)):
            event_of |= {inside[place].id: f"{label}-{number}" for place in cluster}
    for number, record in enumerate(kept):
        yield {
            "id": record["id"],
            "event": str(groups[number]),
            "mentions": [
                {"mention": mention["mention"], "cluster": event_of[mention["mention"]]}
                for mention in record["mentions"]
            ],
        }


def predict_same_words(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The baseline: reports grouped by cosine over plain words, mentions of equal words in a group joined."""
    kept = list(records)
    words = [[word.lower() for sentence in record["sentences"] for word in sentence] for record in kept]
    groups = _link_above(_cosine(words), 0.25)
    for number, record in enumerate(kept):
        yield {
            "id": record["id"],
            "event": str(groups[number]),
            "mentions": [
                {"mention": mention["mention"], "cluster": f"{groups[number]} {mention['text'].lower()}"}
                for mention in record["mentions"]
            ],
        }


class Model:
    """How likely two mentions of one group of reports are of one event."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.weights: dict[str, float] = data["weights"]
        self.speech = frozenset(data["speech"])
        self.light = frozenset(data["light"])
        self.deeds: dict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(data["deeds"]):
            for word in words:
                self.deeds[word].add(number)

    def cluster(self, mentions: Sequence[Mention], likeness: NDArray[np.float64]) -> list[list[int]]:
        """Groups of places in `mentions`."""

        def weigh(one: int, other: int) -> int:
            return round(1000 * (self.probability(mentions[one], mentions[other], likeness) - _MENTIONS_LIKE))

        links = [pair for pair in combinations(range(len(mentions)), 2) if weigh(*pair) > 0]
        return find_clusters(len(mentions), links, weigh)

    def probability(self, one: Mention, other: Mention, likeness: NDArray[np.float64]) -> float:
        """That the two are of one event (0-1)."""
        features = self.list_features(one, other, likeness)
        total = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-total - self.weights["start"]))

    def list_features(self, one: Mention, other: Mention, likeness: NDArray[np.float64]) -> dict[str, float]:
        """What bears on two mentions being of one event; what is left out is 0."""
        same_report = one.report == other.report
        like = 0.0 if same_report else float(likeness[one.report, other.report])
        same = one.deed == other.deed
        akin = not same and bool(self.deeds.get(one.deed, set()) & self.deeds.get(other.deed, set()))
        derived = not same and _stem(one.deed) == _stem(other.deed)
        called = same or derived
        parties = _share(one.parties, other.parties)
        around = _share(one.around, other.around)
        speech = one.deed in self.speech and other.deed in self.speech
        features = {
            "same_deed": same,
            "akin": akin,
            "derived": derived,
            "words_in_common": not same and bool(one.lemmas & other.lemmas),
            "same_report": same_report,
            "same_report_called": same_report and called,
            "same_sentence": one.sentence == other.sentence,
            "reports_like": like,
            "reports_like_called": like * called,
            "around": around,
            "around_called": around * called,
            "parties": parties,
            "parties_called": parties * called,
            "parties_akin": parties * akin,
            "same_doer": bool(one.doers & other.doers),
            "other_doer": bool(one.doers and other.doers and not one.doers & other.doers),
            "same_done_to": bool(one.done_to & other.done_to),
            "other_done_to": bool(one.done_to and other.done_to and not one.done_to & other.done_to),
            "same_others": bool(one.others & other.others),
            "same_number": bool(one.numbers & other.numbers),
            "other_number": bool(one.numbers and other.numbers and not one.numbers & other.numbers),
            "speech": speech,
            "speech_same": speech and same,
            "light": one.deed in self.light or other.deed in self.light,
            "same_pos": one.pos == other.pos,
            "other_pos_called": one.pos != other.pos and called,
        }
        return {name: float(value) for name, value in features.items() if value}


def measure_likeness(reports: Sequence[Sequence[Sequence[Word]]]) -> NDArray[np.float64]:
    """Cosines of reports over their content words; names and numbers count more, common words less."""
    words = []
    for sentences in reports:
        counted: list[str] = []
        for word in (word for sentence in sentences for word in sentence):
            if word.pos in _CONTENT and len(word.lemma) > 1:
                times = _NAME_TIMES if word.pos == "PROPN" else _NUMBER_TIMES if word.is_number else 1
                counted.extend([word.lemma] * times)
        words.append(counted)
    return _cosine(words)


def group_reports(likeness: NDArray[np.float64]) -> list[int]:
    """Join the two most alike groups again and again; a group is as like another as its two parts on average."""
    like = likeness.copy()
    np.fill_diagonal(like, -1.0)
    groups = list(range(len(like)))
    while len(like) > 1:
        one, other = sorted(divmod(int(np.argmax(like)), len(like)))
        if like[one, other] < _REPORTS_LIKE:
            break
        like[one] = like[:, one] = (like[one] + like[other]) / 2
        like[one, one] = like[other, :] = like[:, other] = -1.0
        groups = [one if group == other else group for group in groups]
    return groups


def list_mentions(number: int, record: dict[str, Any], sentences: Sequence[Sequence[Word]]) -> list[Mention]:
    """The mentions of a report."""
    found = []
    for given in record["mentions"]:
        words = sentences[given["sentence"]]
        inside = set(given["tokens"])
        heads = [place for place in given["tokens"] if words[place].head not in inside - {place}]
        found.append(_to_mention(given["mention"], number, given["sentence"], words, inside, heads[0]))
    return found


def _to_mention(
    name: str, report: int, sentence: int, words: Sequence[Word], inside: set[int], head: int
) -> Mention:
    doers = _dependents(words, head, ("nsubj", "poss", "agent"))
    done_to = _dependents(words, head, ("dobj", "attr", "oprd", "dative", "nsubjpass"))
    if not doers and words[head].dep in {"conj", "xcomp", "advcl"}:
        doers = _dependents(words, words[head].head, ("nsubj", "nsubjpass"))
    elif not doers and words[head].dep in {"relcl", "acl"}:
        doers = frozenset({words[words[head].head].lemma})
    others = _dependents(words, head, ("compound", "npadvmod", "amod"))
    for place, word in enumerate(words):
        if word.head == head and word.dep in {"prep", "agent"}:
            others |= _dependents(words, place, ("pobj",))
    outside = [word for place, word in enumerate(words) if place not in inside]
    return Mention(
        id=name,
        report=report,
        sentence=(report, sentence),
        deed=_singular(words[head].lemma),
        pos=words[head].pos,
        lemmas=frozenset(words[place].lemma for place in inside),
        around=frozenset(word.lemma for word in outside if word.pos in _CONTENT),
        numbers=frozenset(word.text for word in outside if word.is_number),
        doers=doers,
        done_to=done_to,
        others=others,
    )


def _dependents(words: Sequence[Word], head: int, labels: tuple[str, ...]) -> frozenset[str]:
    """Lemmas of the nouns that stand under a word with one of the labels, and of what is compounded with them."""
    found = set()
    for place, word in enumerate(words):
        if word.head != head or place == head or word.dep not in labels:
            continue
        for other, part in enumerate(words):
            own = other == place or (
                part.head == place and part.dep in {"compound", "nmod", "poss", "conj", "appos"}
            )
            if own and part.pos in {"NOUN", "PROPN", "NUM"}:
                found.add(part.lemma)
    return frozenset(found)


def _read_report(record: dict[str, Any]) -> list[list[Word]]:
    """Sentences of a report as words, one for each token given."""
    analyser = load_analyser("en")
    assert analyser is not None
    texts = [" ".join(tokens) for tokens in record["sentences"]]
    return [
        _align(tokens, [sentence.tokens for sentence in found])
        for tokens, found in zip(record["sentences"], analyser.analyse(texts), strict=True)
    ]


def _align(tokens: Sequence[str], sentences: Sequence[Sequence[Token]]) -> list[Word]:
    """Give each token as written the reading of the first analysed token that it holds."""
    starts: dict[int, int] = {}
    at = 0
    for place, token in enumerate(tokens):
        starts |= dict.fromkeys(range(at, at + len(token) + 1), place)
        at += len(token) + 1
    words = [Word(token.lower(), token.lower(), "X", "", place) for place, token in enumerate(tokens)]
    seen: set[int] = set()
    for sentence in sentences:
        for token in sentence:
            place = starts[token.start]
            head = starts[sentence[token.head].start]
            if place not in seen or (words[place].head == place and head != place):
                seen.add(place)
                words[place] = Word(tokens[place].lower(), token.lemma.lower(), token.pos, token.dep, head)
    return words


def _cosine(reports: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Cosines over words weighted by the logarithm of their count and by how few reports have them."""
    counts = [Counter(words) for words in reports]
    spread = Counter(word for count in counts for word in count)
    places = {word: place for place, word in enumerate(sorted(spread))}
    table = np.zeros((len(reports), max(1, len(places))))
    for row, count in enumerate(counts):
        for word, times in count.items():
            rarity = 1 + math.log((1 + len(reports)) / (1 + spread[word]))
            table[row, places[word]] = (1 + math.log(times)) * rarity
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-12)
    cosine: NDArray[np.float64] = table @ table.T
    return np.round(cosine, 9)


def _link_above(likeness: NDArray[np.float64], least: float) -> list[int]:
    """Groups held together by any pair above `least`."""
    groups = list(range(len(likeness)))
    for one, other in np.argwhere(likeness > least).tolist():
        first, second = sorted((groups[one], groups[other]))
        groups = [first if group == second else group for group in groups]
    return groups


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("shes", "ches", "xes")) else word[:-1]
    return word


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _strip(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the benchmark gives a program to see."""
    return [
        {
            "id": record["id"],
            "sentences": record["sentences"],
            "mentions": [
                {key: mention[key] for key in ("mention", "sentence", "tokens", "text")}
                for mention in record["mentions"]
            ],
        }
        for record in records
    ]


def train(path: Path) -> None:
    """Learn the weights from labelled records and write them into the data file."""
    from sklearn.linear_model import LogisticRegression

    records = _read(path)
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    model = Model(data)
    sentences = [_read_report(record) for record in records]
    likeness = measure_likeness(sentences)
    groups = group_reports(likeness)
    event_of = {
        mention["mention"]: mention["cluster"] for record in records for mention in record["mentions"]
    }
    by_group: dict[int, list[Mention]] = defaultdict(list)
    for number, record in enumerate(records):
        by_group[groups[number]].extend(list_mentions(number, record, sentences[number]))
    rows, wanted = [], []
    for mentions in by_group.values():
        for one, other in combinations(mentions, 2):
            rows.append(model.list_features(one, other, likeness))
            wanted.append(event_of[one.id] == event_of[other.id])
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    fitted = LogisticRegression(max_iter=3000).fit(table, wanted)
    data["weights"] = {"start": round(float(fitted.intercept_[0]), 3)}
    data["weights"] |= {
        name: round(float(weight), 3) for name, weight in zip(names, fitted.coef_[0], strict=True)
    }
    head = "".join(
        line + "\n" for line in _DATA.read_text(encoding="utf-8").splitlines() if line.startswith("#")
    )
    _DATA.write_text(head + yaml.safe_dump(data, sort_keys=False, width=100), encoding="utf-8")


def compare(path: Path) -> None:
    """Score the baseline and Foedus with the ``score.py`` beside the labelled records."""
    import subprocess
    import tempfile

    records = _read(path)
    for name, program in (("same words", predict_same_words), ("foedus", predict)):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in program(_strip(records)))
            out.flush()
            done = subprocess.run(
                [sys.executable, str(path.with_name("score.py")), str(path), out.name],
                capture_output=True,
                text=True,
                check=True,
            )
        for line in done.stdout.splitlines():
            print(f"{name}: {line}")


def main() -> None:
    """Compare or train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--train", type=Path)
    parser.add_argument("--compare", type=Path)
    chosen = parser.parse_args()
    if chosen.train:
        train(chosen.train)
    if chosen.compare:
        compare(chosen.compare)


if __name__ == "__main__":
    main()
