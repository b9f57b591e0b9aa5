"""Words to word pieces, as the encoder's vocabulary was made: uncased WordPiece (Wu et al. 2016, as BERT uses it)."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

MAX_WORD_CHARS = 100
"""A longer word is unknown, as in the pretrained model."""

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"


class Pieces:
    """A vocabulary of word pieces.

    Args:
        vocabulary: Number by piece; a piece inside a word begins with ``##``.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._numbers = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}

    def encode(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Numbers of the pieces of some words, between the marks of a text's beginning and end.

        Returns:
            The numbers, and for each the position of its word; -1 for the marks.
        """
        numbers, places = [self._numbers[BEGIN]], [-1]
        for place, word in enumerate(words):
            pieces = self.split(word)
            numbers.extend(pieces)
            places.extend([place] * len(pieces))
        return [*numbers, self._numbers[END]], [*places, -1]

    def split(self, word: str) -> tuple[int, ...]:
        """Numbers of a word's pieces; empty for a word of invisible marks."""
        found = self._known.get(word)
        if found is None:
            found = tuple(number for part in _iter_parts(word) for number in self._cut(part))
            self._known[word] = found
        return found

    def _cut(self, part: str) -> list[int]:
        """The longest pieces from left to right; the unknown mark where none fits."""
        if len(part) > MAX_WORD_CHARS:
            return [self._numbers[UNKNOWN]]
        cut = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(part[start:end] if start == 0 else f"##{part[start:end]}")
                if number is not None:
                    cut.append(number)
                    start = end
                    break
            else:
                return [self._numbers[UNKNOWN]]
        return cut


@cache
def load_pieces() -> Pieces:
    """The vocabulary that ships with the encoder."""
    text = files("foedus.coder").joinpath("data", "vocabulary.txt").read_text(encoding="utf-8")
    return Pieces({piece: number for number, piece in enumerate(text.split("\n")) if piece})


def _iter_parts(word: str) -> list[str]:
    """Runs of letters and single signs of a word, in lower case and without accents."""
    bare = unicodedata.normalize(
        "NFD", "".join(" " if c.isspace() else c for c in word if _is_seen(c)).lower()
    )
    parts: list[str] = []
    fresh = True
    for character in bare:
        if unicodedata.category(character) == "Mn":
            continue
        if character == " ":
            fresh = True
        elif _is_sign(character):
            parts.append(character)
            fresh = True
        elif fresh:
            parts.append(character)
            fresh = False
        else:
            parts[-1] += character
    return parts


def _is_seen(character: str) -> bool:
    return character.isspace() or not (
        ord(character) in (0, 0xFFFD) or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def _is_sign(character: str) -> bool:
    """Punctuation and ideographs, which stand alone."""
    code = ord(character)
    ascii_sign = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_sign or unicodedata.category(character).startswith("P") or 0x4E00 <= code <= 0x9FFF
