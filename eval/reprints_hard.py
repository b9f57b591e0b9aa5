"""A harder set of reprints than the public benchmark: own stories, edited as agencies and sites do.

    python eval/reprints_hard.py

Each report of ``reprints_hard.yaml`` is shortened, given another headline, lengthened, reworded, respelt and
put together with another story, down to 30 % word triples in common. Reports of one event that were written
apart, also with the same closing paragraph, must stay apart. Prints one figure a line, pair F1 last.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from foedus.matching import find_reprints
from foedus.model.article import Article
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When
from reprints import to_clusters

_TEXTS = Path(__file__).with_name("reprints_hard.yaml")
_SEED = 20_060_613
_FIRST_DAY = date(2024, 1, 8)


@dataclass(frozen=True, slots=True)
class Copy:
    """One text of the set.

    Attributes:
        name: Name of its document.
        family: Report it was made from; the same for all copies that must come together.
        story: Number of the event.
        edit: What was done to it.
        text: The text.
        published: Day it is dated.
    """

    name: str
    family: str
    story: int
    edit: str
    text: str
    published: date


@dataclass(frozen=True, slots=True)
class Figures:
    """Result over all pairs: counts, `f1`, and pairs of one event that were wrongly joined."""

    wanted: int
    found: int
    right: int
    same_event_joined: int
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of pair precision and recall."""
        return 2 * self.right / (self.wanted + self.found)


def make_copies(seed: int = _SEED) -> list[Copy]:
    """The whole set, the same for the same seed."""
    data = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    copies = []
    stories: list[list[str]] = [[text.strip() for text in reports] for reports in data["stories"]]
    for story, reports in enumerate(stories):
        for report, text in enumerate(reports):
            family = f"{story:02}-{report}"
            other = stories[(story + 1 + report) % len(stories)][0]
            for number, (edit, edited) in enumerate(_iter_edits(text, other, data, chance)):
                # A text put together from two stories comes after both.
                late = 9 * len(stories) if edit == "spliced" else 0
                day = _FIRST_DAY + timedelta(days=9 * story + number + late)
                copies.append(Copy(f"{family}-{number:02}.txt", family, story, edit, edited, day))
    return copies


def measure(copies: list[Copy]) -> Figures:
    """Find the reprints among `copies`, given out of order, and count pairs."""
    shuffled = sorted(copies, key=lambda copy: copy.name[::-1])
    clusters = to_clusters(find_reprints([(_to_article(copy), copy.text) for copy in shuffled]))
    wanted = found = right = same_event = 0
    wrong = []
    for one, other in combinations(copies, 2):
        together = clusters.get(one.name, one.name) == clusters.get(other.name, other.name)
        same = one.family == other.family
        wanted += same
        found += together
        right += same and together
        same_event += together and not same and one.story == other.story
        if together != same and (not same or "original" in (one.edit, other.edit)):
            wrong.append(
                f"{'missed' if same else 'false'} {one.name} ({one.edit}) {other.name} ({other.edit})"
            )
    return Figures(wanted, found, right, same_event, tuple(wrong))


def triple_share(one: str, other: str) -> float:
    """Jaccard index of the word triples of two texts."""
    triples = [set(zip(words, words[1:], words[2:], strict=False)) for words in (_words(one), _words(other))]
    return len(triples[0] & triples[1]) / len(triples[0] | triples[1])


def _iter_edits(
    text: str, other: str, data: dict[str, Any], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """What was done and the text it gave."""
    head, body = text.split("\n", 1)
    sentences = re.split(r"(?<=[.?!”\"])\s+(?=[A-Z“\"])", body)
    spliced = re.split(r"(?<=[.?!])\s+(?=[A-Z])", other.split("\n", 1)[1])
    added = data["added"]

    def new_head() -> str:
        return chance.choice(data["headlines"])

    def written(lines: list[str], title: str = head) -> str:
        return "\n".join([title, " ".join(lines)])

    def reword(lines: list[str], share: float) -> list[str]:
        return [_reword(line, data["synonyms"], share, chance) for line in lines]

    def respell(lines: list[str]) -> list[str]:
        return [_replace(line, data["spellings"]) for line in lines]

    count = len(sentences)
    yield "original", text
    yield "as reported by", written(["As reported by the wire,", *sentences])
    yield "new headline, half", written(sentences[: (count + 1) // 2], new_head())
    yield "second half", written(sentences[count // 2 :], new_head())
    yield "every second sentence", written(sentences[::2])
    yield "respelt, added lines", written([*respell(sentences), *chance.sample(added, 3)], new_head())
    yield "reworded", written(reword(respell(sentences), 0.9), new_head())
    yield "reworded, shortened", written(reword(sentences[: -(count // 3)], 0.8), new_head())
    yield (
        "reworded, reordered, added",
        written([*reword(sentences[:2] + sentences[2:][::-1], 0.7), *chance.sample(added, 2)], new_head()),
    )
    yield (
        "spliced",
        written([*sentences[: -(count // 4)], "Meanwhile,", *spliced[: len(spliced) // 3]], new_head()),
    )
    yield (
        "shortened, long background",
        written([*sentences[: (2 * count) // 3], *data["background"], *chance.sample(added, 2)], new_head()),
    )
    yield "words put in", written([_put_words_in(line, chance) for line in sentences], new_head())


def _reword(line: str, synonyms: dict[str, str], share: float, chance: random.Random) -> str:
    def change(match: re.Match[str]) -> str:
        word = match.group()
        return synonyms[word] if word in synonyms and chance.random() < share else word

    return re.sub(r"\w+", change, line)


def _replace(line: str, spellings: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda match: spellings.get(match.group(), match.group()), line)


def _put_words_in(line: str, chance: random.Random) -> str:
    """A small word before about every seventh word, as a careless rewrite does."""
    fillers = ("reportedly", "now", "indeed", "also", "then")
    return " ".join(
        f"{chance.choice(fillers)} {word}" if chance.random() < 1 / 7 else word for word in line.split(" ")
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _to_article(copy: Copy) -> Article:
    when = When(copy.published, copy.published, Precision.DAY, None, Basis.METADATA)
    return Article(copy.name, 0, None, None, None, None, "en", when, (Span(0, len(copy.text)),))


def main() -> None:
    """Print the figures."""
    copies = make_copies()
    originals = {copy.family: copy.text for copy in copies if copy.edit == "original"}
    shares = [triple_share(copy.text, originals[copy.family]) for copy in copies if copy.edit != "original"]
    figures = measure(copies)
    for line in figures.wrong:
        print(line)
    print(f"texts {len(copies)}")
    print(f"triples_shared_least {min(shares):.3f}")
    print(f"triples_shared_median {sorted(shares)[len(shares) // 2]:.3f}")
    print(f"same_event_joined {figures.same_event_joined}")
    print(f"pair_precision {figures.right / max(1, figures.found):.4f}")
    print(f"pair_recall {figures.right / figures.wanted:.4f}")
    print(f"HEADLINE pair_f1 {figures.f1:.4f}")


if __name__ == "__main__":
    main()
