"""The patterns of a language, at work: from tokens to phrases."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from foedus.dates.lexicon import Lexicon
from foedus.dates.pattern import PatternCompiler, Shape
from foedus.dates.tokens import Tokens
from foedus.errors import DataFileError

_SIGNAL_TOKENS = 5
_BEFORE = ("since", "from", "until", "by", "before", "after", "between")
_BETWEEN = ("to", "and", "listed")
_AFTER = ("onwards", "further")


@dataclass(frozen=True, slots=True)
class Slot:
    """A filled place of a pattern.

    Attributes:
        index: Which token.
        meaning: What the word means there; a number's value.
    """

    index: int
    meaning: Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression as the grammar sees it.

    Attributes:
        form: Which form of expression, as in the language file.
        first: Its first token.
        end: The token after its last.
        slots: By name.
    """

    form: str
    first: int
    end: int
    slots: Mapping[str, Slot]

    def has(self, *names: str) -> bool:
        """Whether one of the slots is filled."""
        return any(name in self.slots for name in names)

    def get(self, name: str) -> Any:
        """What fills the slot means, or None when it is empty."""
        slot = self.slots.get(name)
        return None if slot is None else slot.meaning


class _Pattern:
    """A pattern that is compiled when first needed."""

    def __init__(self, form: str, shape: Shape) -> None:
        self.form = form
        self.shape = shape

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.shape.capturing)


class _Choice:
    """The patterns that may begin with some kind, as one expression, compiled when first needed."""

    def __init__(self, patterns: Sequence[tuple[int, _Pattern]]) -> None:
        self._patterns = patterns

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        union = "|".join(f"(?P<p{number}>{pattern.shape.plain})" for number, pattern in self._patterns)
        return re.compile(union).match


class Grammar:
    """All patterns of a language."""

    def __init__(
        self,
        forms: Mapping[str, Sequence[str]],
        macros: Mapping[str, str],
        signals: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
    ) -> None:
        """Compile the patterns.

        Args:
            forms: Form to its patterns; the earlier form and pattern wins.
            macros: Pieces of patterns by name.
            signals: Signal to the patterns of its words.
            lexicon: The kinds of words.

        Raises:
            DataFileError: A pattern is malformed, matches nothing, or names a class that no word is in.
        """
        self._lexicon = lexicon
        compiler = PatternCompiler(macros, lexicon)
        self._patterns = [
            _Pattern(form, compiler.compile(pattern))
            for form, patterns in forms.items()
            for pattern in patterns
        ]
        for pattern in self._patterns:
            if pattern.shape.empty:
                message = f"calendar: a pattern of form {pattern.form!r} can match nothing"
                raise DataFileError(message)
        self._places, self._by_first = _index(self._patterns)
        self._before = _signal_pattern(_BEFORE, signals, compiler)
        self._between = _signal_pattern(_BETWEEN, signals, compiler)
        self._after = _signal_pattern(_AFTER, signals, compiler)
        self._possessive = lexicon.kinds_of(("possessive",))

    def find_phrases(self, tokens: Tokens) -> Iterator[Phrase]:
        """Find the phrases of a text, in order, not overlapping, none empty."""
        kinds, by_first, end = tokens.kinds, self._by_first, 0
        for place in self._places.finditer(kinds):
            first = place.start()
            if first < end:
                continue
            match = by_first[kinds[first]].match(kinds, first)
            if match is not None and match.lastgroup is not None:
                phrase = self._read(self._patterns[int(match.lastgroup[1:])], tokens, first)
                end = phrase.end
                yield phrase

    def signal_before(self, tokens: Tokens, end: int) -> tuple[str, int] | None:
        """The longest signal that stands right before a token, and where it begins."""
        for first in range(max(end - _SIGNAL_TOKENS, 0), end):
            match = self._before.fullmatch(tokens.kinds, first, end)
            if match is not None and match.lastgroup is not None:
                return match.lastgroup, first
        return None

    def signal_between(self, tokens: Tokens, first: int, end: int) -> str | None:
        """The signal that is all that stands between two tokens."""
        match = self._between.fullmatch(tokens.kinds, first, end)
        return None if match is None else match.lastgroup

    def signal_after(self, tokens: Tokens, first: int) -> tuple[str, int] | None:
        """The signal that stands at a token, and where it ends."""
        match = self._after.match(tokens.kinds, first)
        return None if match is None or match.lastgroup is None else (match.lastgroup, match.end())

    def is_possessed(self, tokens: Tokens, end: int) -> bool:
        """Whether something belongs to what ends before a token: "last year" in "last year's election"."""
        return tokens.kinds[end] in self._possessive

    def _read(self, pattern: _Pattern, tokens: Tokens, first: int) -> Phrase:
        match = pattern.compiled.match(tokens.kinds, first)
        if match is None:  # pragma: no cover - it is the very expression that has just matched there
            message = f"pattern of form {pattern.form!r} does not match twice"
            raise AssertionError(message)
        slots: dict[str, Slot] = {}
        for number, (name, classes) in enumerate(pattern.shape.slots, 1):
            index = match.start(number)
            if index >= 0 and name not in slots:
                slots[name] = Slot(index, self._lexicon.meaning(tokens.word(index), classes))
        return Phrase(pattern.form, first, match.end(), slots)


def _index(patterns: Sequence[_Pattern]) -> tuple[re.Pattern[str], Mapping[str, _Choice]]:
    """Where some pattern may begin, and for each kind the patterns that may begin with it, in order."""
    alone: set[str] = set()
    followed: dict[str, set[str]] = {}
    starting: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        alone |= pattern.shape.single
        for kind in pattern.shape.first:
            starting.setdefault(kind, []).append(number)
            followed.setdefault(kind, set()).update((pattern.shape.second or {}).get(kind, ()))
    pairs: dict[str, list[str]] = {}
    for kind in sorted(followed.keys() - alone):
        pairs.setdefault("".join(sorted(followed[kind])), []).append(kind)
    branches = [f"[{''.join(sorted(alone))}]"] if alone else []
    branches += [f"[{''.join(kinds)}](?=[{second}])" for second, kinds in pairs.items()]
    choices: dict[tuple[int, ...], _Choice] = {}
    by_first = {}
    for kind, numbers in starting.items():
        key = tuple(numbers)
        if key not in choices:
            choices[key] = _Choice([(number, patterns[number]) for number in numbers])
        by_first[kind] = choices[key]
    return re.compile("|".join(branches)), by_first


def _signal_pattern(
    names: Sequence[str], signals: Mapping[str, Sequence[str]], compiler: PatternCompiler
) -> re.Pattern[str]:
    branches = [
        f"(?P<{name}>{'|'.join(compiler.compile(pattern).plain for pattern in signals[name])})"
        for name in names
        if name in signals
    ]
    return re.compile("|".join(branches) or "(?!)")
