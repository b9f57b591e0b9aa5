"""Numbers in a sentence: counts, money, measures, with bounds and hedges."""

import re
from dataclasses import dataclass

from foedus.coder.scene import Line
from foedus.model.claim import Bound, Quantity

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "mln": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "trillion": 1_000_000_000_000, "tn": 1_000_000_000_000,
    "crore": 10_000_000, "lakh": 100_000,
}  # fmt: skip
_VAGUE = {
    "dozens": (24, 99), "hundreds": (100, 999), "thousands": (1_000, 9_999), "several thousand": (1_000, 9_999),
    "several hundred": (100, 999), "tens of thousands": (10_000, 99_999), "hundreds of thousands": (100_000, 999_999),
    "several dozen": (24, 99), "several million": (1_000_000, 9_999_999), "millions": (1_000_000, 9_999_999),
}  # fmt: skip
"""CONTRACT.md, section 2: several thousand is 1000 to 9999, dozens 24 to 99, hundreds 100 to 999."""

_SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "₪": "ILS",
}
_PREFIXED = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "NT$": "TWD",
    "R$": "BRL",
    "FJ$": "FJD",
}
_CURRENCIES = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "euro": "EUR", "pound": "GBP", "pound sterling": "GBP", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "rouble": "RUB", "ruble": "RUB", "rupee": "INR", "won": "KRW", "zloty": "PLN", "krona": "SEK",
    "krone": "NOK", "lira": "TRY", "shekel": "ILS", "franc": "CHF", "hryvnia": "UAH", "dirham": "AED", "riyal": "SAR", "rand": "ZAR",
    "naira": "NGN", "shilling": "KES", "peso": "PHP", "ringgit": "MYR", "baht": "THB", "rupiah": "IDR", "dong": "VND",
    "australian dollar": "AUD", "canadian dollar": "CAD", "tenge": "KZT", "lei": "RON", "forint": "HUF", "koruna": "CZK",
}  # fmt: skip
_CODES = "USD|EUR|GBP|JPY|CNY|RUB|INR|KRW|PLN|SEK|NOK|DKK|TRY|ILS|CHF|UAH|AED|SAR|ZAR|NGN|KES|PHP|MYR|THB|IDR|VND|AUD|CAD|NZD|SGD|HKD|TWD|BRL|BYN|KZT|CZK|HUF|RON|EGP|PKR|BDT|LKR|QAR|KWD|OMR|BHD|JOD|RMB|Rs"
_MEASURES = {
    "kilometer": "km", "kilometre": "km", "km": "km", "mile": "mi", "nautical mile": "nmi", "metre": "m", "meter": "m", "tonne": "t", "ton": "t",
    "kilogram": "kg", "kg": "kg", "square kilometer": "km2", "square kilometre": "km2", "sq km": "km2", "hectare": "ha", "percent": "%", "per cent": "%", "%": "%",
    "megawatt": "MW", "litre": "l", "liter": "l", "foot": "ft", "feet": "ft", "knot": "kn", "kiloton": "kt", "acre": "acre",
}  # fmt: skip
_TIME = frozenset(
    "year month week day hour minute second decade century quarter weekend night fortnight semester season o'clock am pm a.m. p.m.".split()
)
_NOT_COUNTED = frozenset(
    "country side party nation state neighbour neighbor leader president minister government people time way point thing part step half phase round stage".split()
)
_LABELS = frozenset(
    "article paragraph resolution chapter section no number clause title annex protocol page track group class block mark phase table fig figure law decree order".split()
)

_NUMBER = r"\d{1,3}(?:[ ,\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_SCALE = "|".join(sorted((s for s in _SCALES), key=len, reverse=True))
_VAGUE_WORDS = "|".join(re.escape(words) for words in sorted(_VAGUE, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""
    (?<![\w.,/-])
    (?:(?P<before>{"|".join(re.escape(p) for p in _PREFIXED)}|[{re.escape("".join(_SYMBOLS))}]|(?:{_CODES})\.?)\s?)?
    (?:
        (?P<vague>\b(?:{_VAGUE_WORDS})\b)
      | (?P<low>{_NUMBER}|\b(?:{_WORDS})(?:[- ](?:{_WORDS}))?\b|\ba\ dozen\b|\bhalf\ a\ dozen\b|\ba(?=\ (?:hundred|thousand|million|billion)\b))
        (?:[ -]?(?P<lowscale>{_SCALE})\b)?
        (?:\s?(?:-|–|—|to|and)\s?(?P<high>{_NUMBER})(?:[ -]?(?P<highscale>{_SCALE})\b)?)?
    )
    (?P<plus>\+|-plus\b)?
    (?:\s?(?P<after>(?:{_CODES})\b|[{re.escape("".join(_SYMBOLS))}%]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MIN = re.compile(
    r"(?:at least|more than|over|above|no fewer than|no less than|not less than|minimum of|upwards of|in excess of|exceeding|exceeds)\s*$",
    re.IGNORECASE,
)
_MAX = re.compile(
    r"(?:up to|at most|as many as|no more than|not more than|under|below|less than|fewer than|within|maximum of|to within)\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about|around|some|roughly|approximately|nearly|almost|close to|circa|an estimated|estimated|approx\.?|~)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and the tokens that say it, both included."""

    quantity: Quantity
    first: int
    last: int


def find_quantities(line: Line) -> tuple[Found, ...]:
    """Quantities of a sentence in order; times, names, paragraph numbers and bare "one" are none."""
    sentence = line.sentence
    text = line.paragraph.text[sentence.start : sentence.end]
    busy = {index for first, last, _ in line.times for index in range(first, last + 1)}
    found = []
    for match in _PATTERN.finditer(text):
        start, end = match.start() + sentence.start, match.end() + sentence.start
        tokens = [t.index for t in sentence.tokens if t.start < end and t.end > start]
        if not tokens or any(index in busy for index in tokens):
            continue
        quantity = _to_quantity(line, match, text, tokens)
        if quantity is not None:
            found.append(Found(quantity, tokens[0], tokens[-1]))
    return tuple(found)


def _to_quantity(line: Line, match: re.Match[str], text: str, tokens: list[int]) -> Quantity | None:
    sentence = line.sentence
    first, last = tokens[0], tokens[-1]
    after_text = text[match.end() :]
    if after_text[:1].isalpha() or (after_text[:1] == "-" and after_text[1:2].isdigit()):
        return None
    previous = sentence[first - 1] if first else None
    if previous is not None and previous.lemma.lower().rstrip(".") in _LABELS:
        return None
    if (
        previous is not None
        and previous.text == "-"
        and first >= 2
        and sentence[first - 1].start == sentence[first - 2].end
    ):
        return None
    low, high = _values(match)
    if low is None:
        return None
    unit = _money(match, after_text)
    noun = _counted(line, last)
    noun_lemma = sentence[noun].lemma.lower() if noun is not None else ""
    if unit is None:
        if match.group("before"):
            return None
        for words in (2, 1):
            phrase = " ".join(t.lemma.lower() for t in sentence.tokens[last + 1 : last + 1 + words])
            if phrase in _MEASURES:
                unit = _MEASURES[phrase]
                break
        if unit is None and (match.group("after") or "") == "%":
            unit = "%"
    if unit is None:
        following = sentence[last + 1].lemma.lower() if last + 1 < len(sentence) else ""
        if noun_lemma in _TIME or following in _TIME or noun_lemma in _NOT_COUNTED:
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
        if _MIN.search(before) or match.group("plus")
        else Bound.MAX
        if _MAX.search(before)
        else None
    )
    approximate = bool(match.group("vague")) or (bound is None and bool(_ABOUT.search(before)))
    of = None
    if noun is not None and unit not in _MEASURES.values():
        of = " ".join(
            t.text
            for t in sentence.tokens[last + 1 : noun + 1]
            if t.pos in ("NOUN", "PROPN", "ADJ") and t.dep in ("compound", "amod") or t.index == noun
        )
        if unit is not None:
            of = None
    return Quantity(low, high, unit, of or None, bound, approximate)


def _values(match: re.Match[str]) -> tuple[float | None, float | None]:
    vague = match.group("vague")
    if vague:
        least, most = _VAGUE[vague.lower()]
        return float(least), float(most)
    low_text, high_text = match.group("low"), match.group("high")
    low_scale, high_scale = match.group("lowscale"), match.group("highscale")
    low = _number(low_text)
    high = _number(high_text) if high_text else None
    if low is None:
        return None, None
    if high is not None:
        scale = float(_SCALES[high_scale.lower()]) if high_scale else 1.0
        high *= scale
        low *= _SCALES[low_scale.lower()] if low_scale else scale
        if high <= low:
            high = None
    elif low_scale:
        low *= _SCALES[low_scale.lower()]
    return low, high


def _number(text: str) -> float | None:
    lower = text.lower()
    if lower == "a":
        return 1.0
    if lower == "a dozen":
        return 12.0
    if lower == "half a dozen":
        return 6.0
    if lower[0].isalpha():
        return float(sum(_UNITS[part] for part in re.split(r"[- ]", lower)))
    cleaned = re.sub(r"[ \u00a0]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    cleaned = cleaned.replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None


def _money(match: re.Match[str], after: str) -> str | None:
    before = match.group("before")
    if before:
        key = before.strip().rstrip(".")
        if key.upper() in _PREFIXED:
            return _PREFIXED[key.upper()]
        if key in _SYMBOLS:
            return _SYMBOLS[key]
        return {"RMB": "CNY", "RS": "INR"}.get(key.upper(), key.upper())
    behind = match.group("after")
    if behind and behind != "%":
        return _SYMBOLS.get(behind, {"RMB": "CNY", "RS": "INR"}.get(behind.upper(), behind.upper()))
    words = re.match(r"[\s-]*((?:[A-Za-z.]+\s+)?[A-Za-z]+)", after)
    if words:
        parts = words.group(1).lower().split()
        for phrase in (" ".join(parts), parts[0]):
            single = phrase.removesuffix("s")
            if single in _CURRENCIES:
                return _CURRENCIES[single]
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
