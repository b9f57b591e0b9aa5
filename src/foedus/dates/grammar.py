"""The patterns of a language file, compiled: from tokens to phrases.

One regular expression over the kinds of the tokens finds where an expression of any form stands; the
pattern that found it then says which token fills which slot.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.dates.lexicon import Lexicon
from foedus.dates.tokens import Tokens
from foedus.errors import DataFileError

_PIECE = re.compile(
    r"""\s*(?:(?P<guard>\[\s*(?P<negated>not\s+)?(?P<side>after|before):(?P<classes>[^\]]*)\])
    |\{(?P<macro>\w+)\}
    |(?:(?P<slot>\w+)=)?(?P<names>(?:'[^' ]+'|\w+)(?:\|(?:'[^' ]+'|\w+))*)
    |(?P<sign>[()|?]))\s*""",
    re.VERBOSE,
)
_MACRO_DEPTH = 8
_SIGNAL_TOKENS = 5
_BEFORE = ("since", "from", "until", "by", "before", "after", "between")
_BETWEEN = ("to", "and", "listed")
_AFTER = ("onwards", "on")


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


@dataclass(frozen=True, slots=True)
class _Pattern:
    form: str
    compiled: re.Pattern[str]
    slots: Sequence[tuple[str, tuple[str, ...]]]  # name and classes of each group, in order


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
            DataFileError: A pattern is malformed, or names a class that no word is in.
        """
        self._lexicon = lexicon
        compiler = _Compiler(macros, lexicon)
        self._patterns = [
            _Pattern(form, re.compile(compiler.expression(pattern, groups := [])), groups)
            for form, patterns in forms.items()
            for pattern in patterns
        ]
        union = "|".join(
            f"(?P<p{number}>{compiler.expression(pattern, None)})"
            for number, pattern in enumerate(pattern for patterns in forms.values() for pattern in patterns)
        )
        self._any = re.compile(f"(?=[^{lexicon.plain_kinds()}])(?:{union})")
        self._before = _signal_pattern(_BEFORE, signals, compiler)
        self._between = _signal_pattern(_BETWEEN, signals, compiler)
        self._after = _signal_pattern(_AFTER, signals, compiler)

    def find_phrases(self, tokens: Tokens) -> Iterator[Phrase]:
        """Find the phrases of a text, in order, not overlapping, none empty."""
        for match in self._any.finditer(tokens.kinds):
            if match.end() == match.start():
                continue
            pattern = self._patterns[match.lastindex - 1]  # type: ignore[operator]  # each branch is a group
            yield self._read(pattern, tokens, match.start())

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

    def _read(self, pattern: _Pattern, tokens: Tokens, first: int) -> Phrase:
        match = pattern.compiled.match(tokens.kinds, first)
        if match is None:  # pragma: no cover - the union holds the very same patterns
            message = f"pattern of form {pattern.form!r} does not match twice"
            raise AssertionError(message)
        slots: dict[str, Slot] = {}
        for number, (name, classes) in enumerate(pattern.slots, 1):
            index = match.start(number)
            if index >= 0 and name not in slots:
                slots[name] = Slot(index, self._lexicon.meaning(tokens.word(index), classes))
        return Phrase(pattern.form, first, match.end(), slots)


def _signal_pattern(
    names: Sequence[str], signals: Mapping[str, Sequence[str]], compiler: "_Compiler"
) -> re.Pattern[str]:
    branches = [
        f"(?P<{name}>{'|'.join(compiler.expression(pattern, None) for pattern in signals[name])})"
        for name in names
        if name in signals
    ]
    return re.compile("|".join(branches) or "(?!)")


class _Compiler:
    """Patterns in the language file's notation to regular expressions over kinds."""

    def __init__(self, macros: Mapping[str, str], lexicon: Lexicon) -> None:
        self._macros = macros
        self._lexicon = lexicon

    def expression(
        self, pattern: str, groups: list[tuple[str, tuple[str, ...]]] | None, depth: int = 0
    ) -> str:
        """Compile one pattern; with `groups`, classes and named words capture, and are noted there."""
        out: list[str] = []
        place = 0
        while place < len(pattern.rstrip()):
            piece = _PIECE.match(pattern, place)
            if piece is None:
                message = f"calendar: cannot read pattern {pattern!r} at {pattern[place:]!r}"
                raise DataFileError(message)
            place = piece.end()
            out.append(self._piece(piece, groups, depth))
        try:
            re.compile(joined := "".join(out))
        except re.error as error:
            message = f"calendar: pattern {pattern!r} is not well formed: {error.msg}"
            raise DataFileError(message) from error
        return joined

    def _piece(
        self, piece: re.Match[str], groups: list[tuple[str, tuple[str, ...]]] | None, depth: int
    ) -> str:
        if sign := piece["sign"]:
            return "(?:" if sign == "(" else sign
        if piece["guard"]:
            look = "<" if piece["side"] == "after" else ""
            sense = "!" if piece["negated"] else "="
            return f"(?{look}{sense}{self._set(piece['classes'].split())})"
        if name := piece["macro"]:
            if name not in self._macros or depth > _MACRO_DEPTH:
                message = f"calendar: no macro {name!r}, or one within itself"
                raise DataFileError(message)
            return f"(?:{self.expression(self._macros[name], groups, depth + 1)})"
        classes = tuple(piece["names"].split("|"))
        kinds = self._set(classes)
        name = piece["slot"] or classes[0]
        if groups is None or name.startswith("'"):
            return kinds
        groups.append((name, classes))
        return f"({kinds})"

    def _set(self, classes: Sequence[str]) -> str:
        for name in classes:
            if not self._lexicon.has_class(name):
                message = f"calendar: a pattern names {name!r}, but no word is of that class"
                raise DataFileError(message)
        return f"[{self._lexicon.kinds_of(classes)}]"
