"""Numbers in a sentence: counts, money, measures, with bounds and hedges."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from foedus.coder.scene import Line
from foedus.lang import Language
from foedus.model.claim import Bound, Quantity

_NUMBER = r"\d{1,3}(?:[ ,\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"


class Numbers:
    """Number words of a language, and the pattern made of them.

    Args:
        language: Its `numbers` section.
    """

    def __init__(self, language: Language) -> None:
        section = language.section("numbers")
        self.words: Mapping[str, int] = section["words"]
        self.scales: Mapping[str, int] = section["scales"]
        self.vague: Mapping[str, tuple[int, int]] = {
            words: (low, high) for words, (low, high) in section["vague"].items()
        }
        self.signs: Mapping[str, str] = section["signs"]
        self.prefixes: Mapping[str, str] = section["prefixes"]
        self.headcounts = frozenset(section["headcounts"])
        self.currencies: Mapping[str, str] = section["currencies"]
        self.measures: Mapping[str, str] = section["measures"]
        self.time = frozenset(section["time"])
        self.not_counted = frozenset(section["not_counted"])
        self.labels = frozenset(section["labels"])
        self.at_least = _before(section["at_least"])
        self.at_most = _before(section["at_most"])
        self.about = _before(section["about"])
        words, scales, vague = _any(self.words), _any(self.scales), _any(self.vague)
        signs = re.escape("".join(self.signs))
        codes = "|".join(section["codes"])
        self.pattern = re.compile(
            rf"""
            (?<![\w.,/-])
            (?:(?P<before>{_any(self.prefixes)}|[{signs}]|(?:{codes})\.?)\s?)?
            (?:
                (?P<vague>\b(?:{vague})\b)
              | (?P<low>{_NUMBER}|\b(?:{words})(?:[- ](?:{words}))?\b|\b(?:half\ )?a\ dozen\b
                  |\ba(?=\ (?:hundred|thousand|million|billion)\b))
                (?:[ -]?(?P<lowscale>{scales})\b)?
                (?:\s?(?:-|–|—|to|and)\s?(?P<high>{_NUMBER})(?:[ -]?(?P<highscale>{scales})\b)?)?
            )
            (?P<plus>\+|-plus\b)?
            (?:\s?(?P<after>(?:{codes})\b|[{signs}%]))?
            """,
            re.VERBOSE | re.IGNORECASE,
        )


LARGEST = 1e18
"""Nothing is counted beyond this: rows of digits are rubbish, and four hundred of them are infinity to a float."""

_JOINED = re.compile(r"-([^\W\d_]+)")
_SAYING = ("NOUN", "PROPN", "ADJ")


@cache
def load_numbers(language: Language) -> Numbers:
    """The numbers of a language, made once."""
    return Numbers(language)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for text that ends in one of some words."""
    return re.compile(rf"(?:{_any(words)})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and the tokens that say it, both included."""

    quantity: Quantity
    first: int
    last: int


def find_quantities(line: Line, numbers: Numbers) -> tuple[Found, ...]:
    """Quantities of a sentence in order; times, names, paragraph numbers and bare "one" are none."""
    sentence = line.sentence
    text = line.paragraph.text[sentence.start : sentence.end]
    busy = {index for first, last, _ in line.times for index in range(first, last + 1)}
    found = []
    for match in numbers.pattern.finditer(text):
        start, end = match.start() + sentence.start, match.end() + sentence.start
        tokens = [t.index for t in sentence.tokens if t.start < end and t.end > start]
        if not tokens or any(index in busy for index in tokens):
            continue
        quantity = _to_quantity(line, numbers, match, text, tokens)
        if quantity is not None:
            found.append(Found(quantity, tokens[0], tokens[-1]))
    return tuple(found)


def _to_quantity(
    line: Line, numbers: Numbers, match: re.Match[str], text: str, tokens: list[int]
) -> Quantity | None:
    sentence = line.sentence
    first, last = tokens[0], tokens[-1]
    after_text = text[match.end() :]
    if after_text[:1].isalpha() or (after_text[:1] == "-" and after_text[1:2].isdigit()):
        return None
    joined = _JOINED.match(after_text)
    measure = joined[1].lower() if joined else ""
    if joined and measure not in numbers.headcounts and measure not in numbers.currencies:
        return None  # "two 3,200-ton frigates": how they are, not how many
    previous = sentence[first - 1] if first else None
    if previous is not None and previous.lemma.lower().rstrip(".") in numbers.labels:
        return None
    if (
        previous is not None
        and previous.text == "-"
        and first >= 2
        and sentence[first - 1].start == sentence[first - 2].end
    ):
        return None
    low, high = _values(numbers, match)
    if low is None or max(low, high or 0.0) > LARGEST:
        return None
    unit = _money(numbers, match, after_text)
    noun = _counted(line, last)
    noun_lemma = sentence[noun].lemma.lower() if noun is not None else ""
    if unit is None:
        if match.group("before"):
            return None
        for words in (2, 1):
            phrase = " ".join(t.lemma.lower() for t in sentence.tokens[last + 1 : last + 1 + words])
            if phrase in numbers.measures:
                unit = numbers.measures[phrase]
                break
        if unit is None and (match.group("after") or "") == "%":
            unit = "%"
    if unit is None:
        following = sentence[last + 1].lemma.lower() if last + 1 < len(sentence) else ""
        if noun_lemma in numbers.time or following in numbers.time or noun_lemma in numbers.not_counted:
            return None
        word = match.group("low") or ""
        if noun is None and not (match.group("vague") or low > 12):
            return None
        if word.lower() in ("one",) or (low == 1 and word.isalpha()):
            return None
        if (
            word.isdigit()
            and len(word) == 4
            and 1900 <= low <= 2100
            and match.group("lowscale") is None
            and noun is None
        ):
            return None
        if noun is None and sentence[last].dep not in (
            "dobj",
            "pobj",
            "nsubj",
            "nsubjpass",
            "attr",
            "nummod",
            "appos",
            "conj",
        ):
            return None
    before = text[: match.start()]
    bound = (
        Bound.MIN
        if numbers.at_least.search(before) or match.group("plus")
        else Bound.MAX
        if numbers.at_most.search(before)
        else None
    )
    approximate = bool(match.group("vague")) or (bound is None and bool(numbers.about.search(before)))
    of = None
    if noun is not None and unit not in numbers.measures.values():
        of = " ".join(_iter_words_before(line, last + 1, noun))
        if unit is not None:
            of = None
    return Quantity(low, high, unit, of or None, bound, approximate)


def _iter_words_before(line: Line, first: int, noun: int) -> Iterator[str]:
    """The words from a token on that say what is counted; what hyphens join is one: "Cape-class boats"."""
    tokens = line.sentence.tokens[first : noun + 1]
    start = 0
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following is not None and following.start == token.end and "-" in (token.text, following.text):
            continue
        word, start = tokens[start : place + 1], place + 1
        if word[0].text.startswith("-"):
            continue  # joined to the number: "1,500-strong"
        is_joined = len(word) > 1 and word[0].pos != "NUM"
        if is_joined or token.index == noun or (token.pos in _SAYING and token.dep in ("compound", "amod")):
            yield "".join(part.text for part in word)


def _values(numbers: Numbers, match: re.Match[str]) -> tuple[float | None, float | None]:
    vague = match.group("vague")
    if vague:
        least, most = numbers.vague[vague.lower()]
        return float(least), float(most)
    low_text, high_text = match.group("low"), match.group("high")
    low_scale, high_scale = match.group("lowscale"), match.group("highscale")
    low = _number(numbers, low_text)
    high = _number(numbers, high_text) if high_text else None
    if low is None:
        return None, None
    if high is not None:
        scale = float(numbers.scales[high_scale.lower()]) if high_scale else 1.0
        high *= scale
        low *= numbers.scales[low_scale.lower()] if low_scale else scale
        if high <= low:
            high = None
    elif low_scale:
        low *= numbers.scales[low_scale.lower()]
    return low, high


def _number(numbers: Numbers, text: str) -> float | None:
    lower = text.lower()
    if lower == "a":
        return 1.0
    if lower == "a dozen":
        return 12.0
    if lower == "half a dozen":
        return 6.0
    if lower[0].isalpha():
        return float(sum(numbers.words[part] for part in re.split(r"[- ]", lower)))
    cleaned = re.sub(r"[ \u00a0]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    cleaned = cleaned.replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


def _money(numbers: Numbers, match: re.Match[str], after: str) -> str | None:
    before = match.group("before")
    if before:
        key = before.strip().rstrip(".")
        if key.upper() in numbers.prefixes:
            return numbers.prefixes[key.upper()]
        if key in numbers.signs:
            return numbers.signs[key]
        return {"RMB": "CNY", "RS": "INR"}.get(key.upper(), key.upper())
    behind = match.group("after")
    if behind and behind != "%":
        return numbers.signs.get(behind, {"RMB": "CNY", "RS": "INR"}.get(behind.upper(), behind.upper()))
    words = re.match(r"[\s-]*((?:[A-Za-z.]+\s+)?[A-Za-z]+)", after)
    if words:
        parts = words.group(1).lower().split()
        for phrase in (" ".join(parts), parts[0]):
            single = phrase.removesuffix("s")
            if single in numbers.currencies:
                return numbers.currencies[single]
    return None


def _counted(line: Line, last: int) -> int | None:
    """Token of the noun that a number counts, or None."""
    sentence = line.sentence
    token = sentence[last]
    current = last
    for _ in range(3):
        head = sentence[current].head
        if head == current:
            break
        if sentence[head].pos in ("NOUN", "PROPN") and head > last:
            return head
        current = head
    for index in range(last + 1, min(len(sentence), last + 5)):
        token = sentence[index]
        if token.pos == "NOUN" and token.dep not in ("compound",):
            return index
        if token.pos not in ("ADJ", "NOUN", "PROPN", "ADV", "PUNCT") and token.text not in ("of", "the", "-"):
            break
    return None
