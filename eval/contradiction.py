"""Adapter for the benchmark `contradiction`: does a sentence support or refute another, or leave it open?

    python eval/contradiction.py --kinds GOLD.jsonl     # how well it does by what the two sentences hold

The ledger compares claims slot by slot; here there are only sentences, so the same is done on their words:
numbers with their bounds (the coder's words for "at least"), times (`foedus.dates`), negation and opposites,
and how much of the one the other holds at all. Rules decide; nothing is trained.
"""

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from foedus.coder.quantities import Numbers, load_numbers
from foedus.dates import find_times
from foedus.lang import Language, load_language
from foedus.model.when import When

_DATA = Path(__file__).with_name("contradiction.yaml")
LABELS = ("NOT ENOUGH INFO", "REFUTES", "SUPPORTS")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NEAR = math.log(1.6)  # numbers further apart, by their ratio, count other things
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ed", "es", "s", "ly")
_TAIL_CHARS = 24
_ONE_THING = 0.5  # share of a claim's words that must be there before a negation bears on it
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the bounds that the words give it, and the word after it."""

    value: float
    low: float
    high: float
    of: str


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence, read.

    Attributes:
        words: Words in order, folded.
        stems: Stems of its content words.
        numbers: Its numbers, times left out.
        times: Its times with the word that bounds them: ``before``, ``after`` or empty.
        negations: Words that deny.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    numbers: tuple[Number, ...]
    times: tuple[tuple[When, str], ...]
    negations: frozenset[str]


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each record its label."""
    for record in records:
        yield {"id": record["id"], "label": judge(record["claim"], record["evidence"])}


def judge(claim: str, evidence: str) -> str:
    """SUPPORTS, REFUTES or NOT ENOUGH INFO.

    A number or a time that is at odds with its like refutes, and so does one that denies what the other says,
    or its opposite, where both speak of one thing. Else what holds most of the claim's words, or its numbers,
    supports it.
    """
    one, other = read_sentence(claim), read_sentence(evidence)
    holding, at_odds, open_ = _compare_numbers(one, other)
    cover = len(one.stems & other.stems) / max(1, len(one.stems))
    denied = len(one.negations) % 2 != len(other.negations) % 2 or _has_opposites(one, other)
    if at_odds or _has_time_apart(one, other) or (denied and cover >= _ONE_THING):
        return "REFUTES"
    if (holding and not open_) or cover >= _MOST:
        return "SUPPORTS"
    return "NOT ENOUGH INFO"


@lru_cache(maxsize=4096)
def read_sentence(text: str) -> Sentence:
    """Read a sentence; the words of the data file say what denies and what says nothing."""
    data = _load()
    found = list(_WORD.finditer(text))
    words = tuple(match.group().casefold() for match in found)
    content = [word for word in words if word not in data["function_words"] and len(word) > 1]
    times = find_times(text, published=None, language=_language())
    return Sentence(
        words=words,
        stems=frozenset(map(_stem, content)),
        numbers=tuple(_iter_numbers(text, [(time.span.start, time.span.end) for time in times])),
        times=tuple(
            (time.when, _bound_before(text[: time.span.start])) for time in times if time.when is not None
        ),
        negations=frozenset(word for word in words if word in data["negations"] or word.endswith("n't")),
    )


def _compare_numbers(one: Sentence, other: Sentence) -> tuple[int, int, int]:
    """Of the numbers of the first: how many hold, are at odds with their like, have no like in the second."""
    holding = at_odds = open_ = 0
    for number in one.numbers:
        alike = [given for given in other.numbers if given.of and given.of == number.of]
        near = [given for given in other.numbers if _distance(number, given) <= _NEAR]
        if any(number.low <= given.high and given.low <= number.high for given in (*near, *alike)):
            holding += 1
        elif near or alike:
            at_odds += 1
        else:
            open_ += 1
    return holding, at_odds, open_


def _distance(one: Number, other: Number) -> float:
    if one.value <= 0 or other.value <= 0:
        return 0.0 if one.value == other.value else math.inf
    return abs(math.log(one.value / other.value))


def _has_time_apart(one: Sentence, other: Sentence) -> bool:
    """Whether a time of the first meets none of the second, which tells some."""
    return bool(other.times) and any(
        not any(_meets(when, bound, given) for given, _ in other.times) for when, bound in one.times
    )


def _meets(when: When, bound: str, given: When) -> bool:
    if bound == "before" and when.first and given.first:
        return given.first < when.first
    if bound == "after" and when.last and given.last:
        return given.last > when.last
    return when.overlaps(given)


def _bound_before(text: str) -> str:
    words = text.casefold().split()[-2:]
    for bound, signs in _load()["time_bounds"].items():
        if any(word in signs for word in words):
            return str(bound)
    return ""


def _has_opposites(one: Sentence, other: Sentence) -> bool:
    return any(
        (first in one.words and second in other.words and first not in other.words)
        or (second in one.words and first in other.words and second not in other.words)
        for first, second in _load()["opposites"]
    )


def _iter_numbers(text: str, busy: Sequence[tuple[int, int]]) -> Iterator[Number]:
    numbers = load_numbers(_language())
    for match in numbers.pattern.finditer(text):
        low_words = match.group("low")
        if low_words is None or any(start < match.end() and match.start() < end for start, end in busy):
            continue
        value = _value(low_words, match.group("lowscale") or match.group("highscale"), numbers)
        if value is None or (value == 1 and low_words.isalpha()):
            continue
        top = _value(match.group("high"), match.group("highscale"), numbers) if match.group("high") else value
        if top is None or top < value:
            top = value
        after = _WORD.search(text, match.end())
        low, high = _bounds(value, top, text[max(0, match.start() - _TAIL_CHARS) : match.start()], numbers)
        of = _stem(after.group().casefold()) if after and after.start() - match.end() <= 2 else ""
        yield Number(value, low, high, of)


def _bounds(value: float, top: float, before: str, numbers: Numbers) -> tuple[float, float]:
    """The numbers that the words before it allow; "more than" leaves the number itself out."""
    tail = re.sub(r"[$€£]\s*$", "", before.rstrip()).rstrip()
    words = _load()["number_bounds"]
    if any(tail.casefold().endswith(sign) for sign in words["above"]):
        return value * (1 + 1e-9) + 1e-9, math.inf
    if any(tail.casefold().endswith(sign) for sign in words["below"]):
        return -math.inf, value * (1 - 1e-9) - 1e-9
    if numbers.at_least.search(tail):
        return value, math.inf
    if numbers.at_most.search(tail):
        return -math.inf, value
    slack = 0.05 if numbers.about.search(tail) else 0.0
    return value * (1 - slack), top * (1 + slack)


def _value(words: str, scale: str | None, numbers: Numbers) -> float | None:
    folded = words.casefold().strip()
    total: float | None = None
    if folded[0].isdigit():
        try:
            total = float(re.sub(r"[ ,\u00a0]", "", folded))
        except ValueError:
            return None
    else:
        parts = [numbers.words.get(part) for part in re.split(r"[- ]", folded)]
        known = [part for part in parts if part is not None]
        total = float(sum(known)) if len(known) == len(parts) else None
    if total is None:
        return None
    return total * numbers.scales.get((scale or "").casefold(), 1)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def _language() -> Language:
    return load_language("en")


@cache
def _load() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    data["function_words"] = frozenset(data["function_words"])
    data["negations"] = frozenset(data["negations"])
    return data


def find_kind(record: Mapping[str, Any]) -> str:
    """What the claim can be checked by: ``numbers``, ``dates``, ``negation``, or only other ``words``."""
    claim, evidence = read_sentence(record["claim"]), read_sentence(record["evidence"])
    if claim.numbers:
        return "numbers"
    if claim.times:
        return "dates"
    return "negation" if claim.negations or evidence.negations else "words"


def show_kinds(path: Path) -> None:
    """For each kind how many records it has, how many are right, and REFUTES' precision and recall."""
    records = _read(path)
    said = {prediction["id"]: prediction["label"] for prediction in predict(records)}
    print("kind records accuracy macro_f1 refutes_precision refutes_recall")
    for kind in ("numbers", "dates", "negation", "words"):
        pairs = Counter(
            (record["label"], said[record["id"]]) for record in records if find_kind(record) == kind
        )
        scores = []
        for label in LABELS:
            right = pairs[label, label]
            given = sum(count for (_, found), count in pairs.items() if found == label)
            wanted = sum(count for (wished, _), count in pairs.items() if wished == label)
            scores.append((right / max(1, given), right / max(1, wanted), 2 * right / max(1, given + wanted)))
        total = pairs.total()
        accuracy = sum(pairs[label, label] for label in LABELS) / max(1, total)
        macro = sum(score[2] for score in scores) / len(LABELS)
        precision, recall, _ = scores[LABELS.index("REFUTES")]
        print(f"{kind} {total} {accuracy:.3f} {macro:.3f} {precision:.3f} {recall:.3f}")


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def main() -> None:
    """Show how well it does by kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kinds", type=Path, metavar="GOLD.jsonl", required=True)
    show_kinds(parser.parse_args().kinds)


if __name__ == "__main__":
    main()
