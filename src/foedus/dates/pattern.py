"""The language files' notation for patterns, compiled to regular expressions over kinds of tokens.

Besides the expression, compiling a pattern tells which tokens it can begin with and which can come second:
that is how most places of a text are passed over without trying any pattern.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.dates.lexicon import Lexicon
from foedus.errors import DataFileError

_PIECE = re.compile(
    r"""\s*(?:\[\s*(?P<negated>not\s+)?(?P<side>after|before):(?P<guard>[^\]]*)\]
    |\{(?P<macro>\w+)\}
    |(?:(?P<slot>\w+)=)?(?P<names>(?:'[^' ]+'|\w+)(?:\|(?:'[^' ]+'|\w+))*)
    |(?P<sign>[()|?]))\s*""",
    re.VERBOSE,
)
_MACRO_DEPTH = 8
_NONE: frozenset[str] = frozenset()

Slots = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled pattern or a piece of one.

    Attributes:
        plain: Regular expression over kinds, without groups that capture.
        capturing: The same; each slot captures its token, in the order of `slots`.
        slots: Name of each slot, and the classes its token may be of.
        empty: Whether it can match no token at all.
        first: Kinds it can begin with.
        single: Kinds that it can match alone.
        second: First kind to the kinds that can come second.
    """

    plain: str
    capturing: str
    slots: Slots = ()
    empty: bool = True
    first: frozenset[str] = _NONE
    single: frozenset[str] = _NONE
    second: Mapping[str, frozenset[str]] | None = None

    def then(self, other: "Shape") -> "Shape":
        """One after the other."""
        second = dict(self.second or {})
        if other.first:
            _add(second, dict.fromkeys(self.single, other.first))
        if self.empty:
            _add(second, other.second or {})
        return Shape(
            self.plain + other.plain,
            self.capturing + other.capturing,
            self.slots + other.slots,
            self.empty and other.empty,
            self.first | other.first if self.empty else self.first,
            (self.single if other.empty else _NONE) | (other.single if self.empty else _NONE),
            second,
        )

    def either(self, other: "Shape") -> "Shape":
        """The one or, failing that, the other."""
        second = dict(self.second or {})
        _add(second, other.second or {})
        return Shape(
            f"{self.plain}|{other.plain}",
            f"{self.capturing}|{other.capturing}",
            self.slots + other.slots,
            self.empty or other.empty,
            self.first | other.first,
            self.single | other.single,
            second,
        )

    def group(self, *, optional: bool = False) -> "Shape":
        """As one piece; with `optional` it may be missing."""
        mark = "?" if optional else ""
        return Shape(
            f"(?:{self.plain}){mark}",
            f"(?:{self.capturing}){mark}",
            self.slots,
            self.empty or optional,
            self.first,
            self.single,
            self.second,
        )


_NOTHING = Shape("", "")


class PatternCompiler:
    """Compiles patterns of one language."""

    def __init__(self, macros: Mapping[str, str], lexicon: Lexicon) -> None:
        """Take the pieces that patterns are made of.

        Args:
            macros: Pieces of patterns by name.
            lexicon: The kinds of words.
        """
        self._macros = macros
        self._lexicon = lexicon
        self._known: dict[str, Shape] = {}

    def compile(self, pattern: str) -> Shape:
        """Compile a pattern.

        Raises:
            DataFileError: It is malformed, or names a macro or a class that is not there.
        """
        return self._compile(pattern, 0)

    def _compile(self, pattern: str, depth: int) -> Shape:
        known = self._known.get(pattern)
        if known is not None:
            return known
        pieces: list[re.Match[str]] = []
        place = 0
        while place < len(pattern):
            piece = _PIECE.match(pattern, place)
            if piece is None:
                raise DataFileError(_fault(pattern, f"cannot be read at {pattern[place:]!r}"))
            place = piece.end()
            pieces.append(piece)
        shape, rest = self._either(pattern, pieces, 0, depth)
        if rest != len(pieces):
            raise DataFileError(_fault(pattern, "has a bracket too many"))
        self._known[pattern] = shape
        return shape

    def _either(
        self, pattern: str, pieces: Sequence[re.Match[str]], place: int, depth: int
    ) -> tuple[Shape, int]:
        whole: Shape | None = None
        while True:
            branch, place = self._sequence(pattern, pieces, place, depth)
            whole = branch if whole is None else whole.either(branch)
            if place == len(pieces) or pieces[place]["sign"] != "|":
                return whole, place
            place += 1

    def _sequence(
        self, pattern: str, pieces: Sequence[re.Match[str]], place: int, depth: int
    ) -> tuple[Shape, int]:
        whole = _NOTHING
        while place < len(pieces) and pieces[place]["sign"] not in ("|", ")"):
            piece = pieces[place]
            if piece["sign"] == "?":
                raise DataFileError(_fault(pattern, "has a question mark after nothing"))
            if piece["sign"] == "(":
                item, place = self._either(pattern, pieces, place + 1, depth)
                if place == len(pieces):
                    raise DataFileError(_fault(pattern, "lacks a closing bracket"))
                place += 1
            else:
                item = self._item(pattern, piece, depth)
                place += 1
            if place < len(pieces) and pieces[place]["sign"] == "?":
                item = item.group(optional=True)
                place += 1
            elif piece["sign"] == "(" or piece["macro"]:
                item = item.group()
            whole = whole.then(item)
        return whole, place

    def _item(self, pattern: str, piece: re.Match[str], depth: int) -> Shape:
        if piece["side"]:
            look = ("<" if piece["side"] == "after" else "") + ("!" if piece["negated"] else "=")
            places = [self._kinds(pattern, place.split()) for place in piece["guard"].split("+")]
            guard = f"(?{look}{''.join(f'[{kinds}]' for kinds in places)})"
            return Shape(guard, guard)
        if name := piece["macro"]:
            if name not in self._macros or depth >= _MACRO_DEPTH:
                raise DataFileError(
                    _fault(pattern, f"names the macro {name!r}, which is not there or holds itself")
                )
            return self._compile(self._macros[name], depth + 1)
        classes = tuple(piece["names"].split("|"))
        kinds = self._kinds(pattern, classes)
        slot = piece["slot"] or classes[0]
        every = frozenset(kinds)
        if slot.startswith("'"):
            return Shape(f"[{kinds}]", f"[{kinds}]", (), False, every, every)
        return Shape(f"[{kinds}]", f"([{kinds}])", ((slot, classes),), False, every, every)

    def _kinds(self, pattern: str, classes: Sequence[str]) -> str:
        for name in classes:
            if not self._lexicon.has_class(name):
                raise DataFileError(_fault(pattern, f"names {name!r}, but no word is of that class"))
        if not classes:
            raise DataFileError(_fault(pattern, "names no class where it must"))
        return self._lexicon.kinds_of(classes)


def _add(second: dict[str, frozenset[str]], more: Mapping[str, frozenset[str]]) -> None:
    for kind, kinds in more.items():
        second[kind] = second.get(kind, _NONE) | kinds


def _fault(pattern: str, what: str) -> str:
    return f"calendar: pattern {pattern!r} {what}"
