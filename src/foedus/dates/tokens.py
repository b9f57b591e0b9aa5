"""Text to tokens, each with one character that says what kinds of token it is.

The grammar is matched against the string of these characters: looking for every form of expression is one
pass of one regular expression, and a pattern speaks of kinds of words, never of letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.dates.lexicon import Lexicon
from foedus.model.span import Span

_TOKEN = re.compile(
    r"""(?:https?://|www\.)\S++
    |\d{4}-\d\d-\d\d(?:T\d\d:?\d\d(?::?\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])
    |(?<![\w./])\d{1,4}([./])\d{1,2}\1\d{2,4}(?!\w|[./]\d)
    |(?<![\w./-])\d{1,4}-\d{1,2}-\d{2,4}(?!\w|[./-]\d)
    |\d{1,2}:\d\d(?::\d\d)?(?:[ap]\.?m\b\.?)?(?![\d:])
    |\d{1,3}(?:,\d{3})++(?!\w|,\d)
    |\d{1,9}\.\d{1,9}(?!\w|\.\d)
    |\d++(?:[ap]\.m\.|[^\W_]*+)
    |FY(?=\d{4}(?!\w))
    |[^\W\d_](?:\.[^\W\d_])++\.?(?![^\W_])
    |[^\W\d_]++(?:\d\w*+)?
    |['’](?:\d\ds?|[^\W\d_]{1,5})(?!\w)
    |\n\s*+
    |\S""",
    re.VERBOSE,
)
_HYPHENS = frozenset("-–‐‑−")
_WRAPPED_CHARS = 50  # no line of a wrapped paragraph but its last is shorter


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Attributes:
        text: The text.
        starts: Where each token begins, code points, rising.
        ends: Where each ends.
        kinds: One character a token, from the lexicon; the first and the last token are empty breaks.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: str

    def word(self, index: int) -> str:
        """Cut one token from the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def places(self, kinds: str) -> list[int]:
        """Where tokens of some kinds stand, rising."""
        return [match.start() for match in re.finditer(f"[{kinds}]", self.kinds)]

    def span(self, first: int, end: int) -> Span:
        """Where the tokens from `first` up to, not including, `end` stand; at least one token."""
        return Span(self.starts[first], self.ends[end - 1])


def split_tokens(text: str, parts: Sequence[Span], lexicon: Lexicon) -> Tokens:
    """Split the parts of a text into tokens.

    The end of a line is a token, a break, where a paragraph or a short line ends; inside a wrapped
    paragraph it counts as space. Each part begins and ends with a break.

    Args:
        text: Any text.
        parts: Stretches of it to read, in order, not overlapping.
        lexicon: The kinds of words.
    """
    starts, ends, kinds = [0], [0], [lexicon.broken]
    known = lexicon.kinds.get
    joined, broken = lexicon.joined, lexicon.broken
    for part in parts:
        line = part.start
        for match in _TOKEN.finditer(text, part.start, part.end):
            start, end = match.span()
            word = match.group()
            kind = known(word)
            if word in _HYPHENS:
                kind = joined if _is_joined(text, start, end) else lexicon.dash
            elif word[0] == "\n":
                wrapped = start - line >= _WRAPPED_CHARS and _is_wrapped(text, start, end)
                line = end
                if wrapped:
                    continue
                kind = broken
            elif kinds[-1] == joined and len(starts) > 2:
                compound = known(text[starts[-2] : end])
                if compound is not None:
                    start, kind = starts[-2], compound
                    del starts[-2:], ends[-2:], kinds[-2:]
            starts.append(start)
            ends.append(end)
            kinds.append(kind or lexicon.classify(word))
        starts.append(part.end)
        ends.append(part.end)
        kinds.append(broken)
    return Tokens(text, starts, ends, "".join(kinds))


def _is_joined(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a sentence runs on over the line's end: one newline, no full stop before, no capital after."""
    if text.count("\n", start, end) > 1 or end >= len(text):
        return False
    return text[start - 1] not in ".!?:;" and not text[end].isupper()
