"""The words of a calendar, and the kinds of token that the grammar speaks of.

A kind is a set of classes: ``second`` is of class ``ordinal`` and of class ``second``. Every kind that can
occur has one character. Classes of words come from the language file; those of numbers and punctuation are
fixed here:

    number       a whole number               day           1 to 31
    decimal      2.5                          day_ordinal   1st to 31st
    modern       1900 to 2099, not round      number_th     1st, 20th, 101st
    round_year   1900, 2000                   two_digits    00 to 99
    old_year     1000 to 1899, 2100 to 2199   decade        1990s, '90s
    few_digits   1 to 999                     bare_decade   90s
    month_stamp  01 to 12                     short_year    '99
    four_digits  0000 to 2359                 early_decade  470s
    clock        10:30, 5pm                   stamp         2013-03-15
    numeric      02/11/2007
    lower, upper, other                       words without a class, and signs
    joined, dash, slash, comma, dot, stop, open, close, quote, apostrophe, broken, …
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_PUNCTUATION: Mapping[str, tuple[str, ...]] = {
    ",": ("comma",),
    ".": ("dot", "stop"),
    "!": ("stop",),
    "?": ("stop",),
    ";": ("semicolon",),
    ":": ("colon",),
    "/": ("slash",),
    "(": ("open",),
    "[": ("open",),
    ")": ("close",),
    "]": ("close",),
    '"': ("quote",),
    "“": ("quote",),
    "”": ("quote",),
    "«": ("quote",),
    "»": ("quote",),
    "$": ("money",),
    "€": ("money",),
    "£": ("money",),
    "¥": ("money",),
    "₽": ("money",),
    "₴": ("money",),
    "#": ("hash",),
    "№": ("hash",),
    "+": ("plus",),
    "=": ("plus",),
    "*": ("plus",),
    "%": ("percent",),
    "°": ("percent",),
    "—": ("dash",),
    "―": ("dash",),
    "@": ("hash",),
    "_": ("hash",),
    "&": ("ampersand",),
    "'": ("apostrophe",),
    "’": ("apostrophe",),
}
_FIXED = ("joined", "dash", "broken", "lower", "upper", "other")
_FIRST_KIND = 0xE000  # Unicode's private use area
_NUMBER = re.compile(r"(['’]?)(\d+)(\D*)")
_EXAMPLES = (  # of every kind of number: with and without leading zeros, as a year, as a time of day
    *(str(number) for number in range(2600)),
    *(f"{number:02d}" for number in range(10)),
    *(
        "0000",
        "0060",
        "001",
        "10000",
        "1,000",
        "2.5",
        "10:30",
        "2013-03-15",
        "02/11/2007",
        "1x",
        "'99",
        "'90s",
    ),
)
_STEMS = ("1", "12", "13", "31", "32", "40", "90", "99", "470", "1990", "1991", "2199", "'90", "10:30")


class Lexicon:
    """Kinds of tokens, and what the words mean.

    Attributes:
        kinds: Surface form to kind, for words and punctuation.
        joined: Kind of a hyphen or slash without space on either side.
        dash: Kind of a dash that stands free.
        broken: Kind of the end of a line or part.
    """

    def __init__(
        self,
        words: Mapping[str, Mapping[str, Any]],
        *,
        ordinal_endings: Iterable[str],
        decade_endings: Iterable[str],
    ) -> None:
        """Number the kinds.

        Args:
            words: Class to its words, each with its meaning.
            ordinal_endings: What makes 1 the first: st, nd, rd, th.
            decade_endings: What makes 1990 the nineties: s.
        """
        self._ordinal_endings = frozenset(ordinal_endings)
        self._decade_endings = frozenset(decade_endings)
        self._half_days = words.get("meridiem", {})
        self._meanings: dict[str, dict[str, Any]] = {}
        self._codes: dict[frozenset[str], str] = {}
        for name, members in words.items():
            for word, meaning in members.items():
                for surface in _surfaces(word):
                    self._meanings.setdefault(surface, {})[name] = meaning
        self.kinds = {surface: self._code(meanings) for surface, meanings in self._meanings.items()}
        self.kinds.update((sign, self._code(classes)) for sign, classes in _PUNCTUATION.items())
        for name in _FIXED:
            self._code((name,))
        endings = sorted({*self._ordinal_endings, *self._decade_endings, *self._half_days})
        for number in _EXAMPLES:
            self._code(self._number_classes(number))
        for number in _STEMS:
            for ending in endings:
                self._code(self._number_classes(number + ending))
        self.joined = self._code(("joined",))
        self.dash = self._code(("dash",))
        self.broken = self._code(("broken",))
        self._lower = self._code(("lower",))
        self._upper = self._code(("upper",))
        self._other = self._code(("other",))

    def classify(self, word: str) -> str:
        """Kind of a token that is not in `kinds`."""
        first = word[0]
        if first.isdigit() or (first in "'’" and word[1:2].isdigit()):
            return self._codes.get(frozenset(self._number_classes(word)), self._other)
        if first.isalpha():
            return self._upper if first.isupper() else self._lower
        return self._other

    def has_class(self, name: str) -> bool:
        """Whether some token can be of the class."""
        return any(name in classes for classes in self._codes)

    def kinds_of(self, names: Iterable[str]) -> str:
        """All kinds of at least one of the classes, in a fixed order."""
        wanted = frozenset(names)
        return "".join(sorted(code for classes, code in self._codes.items() if classes & wanted))

    def plain_kinds(self) -> str:
        """Kinds of words and signs without a class."""
        return self._lower + self._upper + self._other

    def meaning(self, word: str, classes: Iterable[str]) -> Any:
        """What a word means as a member of the first of the classes that it is in; a number's value.

        Numbers give an int (decades, short years and ordinals too), decimals a float; a word whose class
        says it all and any other token gives itself.
        """
        meanings = self._meanings.get(word, {})
        for name in classes:
            if name in meanings:
                return meanings[name]
        return _number_value(word)

    def _code(self, classes: Iterable[str]) -> str:
        return self._codes.setdefault(frozenset(classes), chr(_FIRST_KIND + len(self._codes)))

    def _number_classes(self, word: str) -> tuple[str, ...]:
        if word.count("-") >= 2 and word[4:5] == "-":
            return ("stamp",)
        if ":" in word:
            return ("clock",)
        if sum(word.count(sign) for sign in "./-") == 2 and word[-1].isdigit():
            return ("numeric",)
        if "," in word:
            return ("number",)
        match = _NUMBER.fullmatch(word)
        if match is None:
            return ("decimal",) if word.replace(".", "", 1).isdigit() else ("other",)
        mark, digits, ending = match.groups()
        ending = ending.lower()
        if not digits.isascii() or len(digits) > 9:
            return ("other",)
        value = int(digits)
        if mark:
            if ending in self._decade_endings and value % 10 == 0:
                return ("decade",)
            return ("other",) if ending else ("short_year",)
        if not ending:
            return _digit_classes(digits, value)
        if ending in self._half_days and 1 <= value <= 12:
            return ("clock",)
        if ending in self._ordinal_endings and value > 0:
            return ("number_th", "day_ordinal") if value <= 31 else ("number_th",)
        if ending in self._decade_endings and value % 10 == 0 and 1000 <= value <= 2190:
            return ("decade",)
        if ending in self._decade_endings and value % 10 == 0 and len(digits) == 2:
            return ("bare_decade",)
        if ending in self._decade_endings and len(digits) in (3, 4) and value % 10 == 0:
            return ("early_decade",)
        return ("other",)


def _digit_classes(digits: str, value: int) -> tuple[str, ...]:
    classes = ["number"]
    if 1 <= value <= 31 and len(digits) <= 2:
        classes.append("day")
    if 1 <= value <= 12 and len(digits) == 2:
        classes.append("month_stamp")
    if len(digits) == 2:
        classes.append("two_digits")
    if 1 <= value <= 999 and digits[0] != "0":
        classes.append("few_digits")
    if len(digits) == 4 and value <= 2359 and value % 100 < 60:
        classes.append("four_digits")
    if len(digits) == 4 and 1000 <= value <= 2199:
        if not 1900 <= value <= 2099:
            classes.append("old_year")
        else:
            classes.append("round_year" if value % 100 == 0 else "modern")
    return tuple(classes)


def _number_value(word: str) -> Any:
    digits = word.replace(",", "")
    match = re.match(r"['’]?(\d{1,9}(?:\.\d{1,9})?)", digits)
    if match is None or ":" in word or word.count("-") or word.count("/") or word.count(".") > 1:
        return word
    number = match.group(1)
    return float(number) if "." in number else int(number)


def _surfaces(word: str) -> Iterable[str]:
    """How a word may be written: small letters also capitalised, and any in capitals."""
    yield word
    if word.islower():
        yield word[0].upper() + word[1:]
        yield word.title()
    yield word.upper()
