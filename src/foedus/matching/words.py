"""Texts as words: folded, hashed, and marked where they stand inside quotation marks."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

import numpy as np
from numpy.typing import NDArray

MAX_WORDS = 20_000
"""Words of one text that are looked at, so that a huge text costs bounded time."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPENING = "“«„"
_CLOSING = "”»"
_MARK = re.compile(f'["{_OPENING}{_CLOSING}]')
_MAX_QUOTED_WORDS = 120  # a mark that nothing closes must not swallow the rest of the text


@dataclass(frozen=True, slots=True, eq=False)
class HashedText:
    """A text as a row of word hashes.

    Attributes:
        hashes: 64-bit hash of each folded word, in reading order; the same on every machine.
        quoted: For each word, whether it stands inside quotation marks.
        numbers: For each word, whether it holds a digit.
    """

    hashes: NDArray[np.uint64]
    quoted: NDArray[np.bool_]
    numbers: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.hashes)

    def take_numbers(self, start: int, end: int) -> frozenset[int]:
        """Hashes of the numbers among the words from `start` to `end`."""
        part = self.hashes[start:end]
        return frozenset(part[self.numbers[start:end]].tolist())


def fold_words(text: str) -> list[str]:
    """The words of a text, case folded, straight apostrophes; at most `MAX_WORDS`, in reading order."""
    return [
        fold_word(match.group()) for match, _ in zip(_WORD.finditer(text), range(MAX_WORDS), strict=False)
    ]


def fold_word(word: str) -> str:
    """A word in the form in which words are compared."""
    return word.casefold().replace("’", "'")


def hash_text(text: str) -> HashedText:
    """Hash the words of a text, at most `MAX_WORDS` of them."""
    matches = islice(_WORD.finditer(text), MAX_WORDS)
    if not _MARK.search(text):
        words = [_read_word(match.group()) for match in matches]
        quoted = [False] * len(words)
    else:
        words, quoted = [], []
        inside: str | None = None
        length = 0
        at = 0
        for match in matches:
            if (between := text[at : match.start()]) != " ":
                for sign in between:
                    inside = _follow_mark(sign, inside)
            if inside and length >= _MAX_QUOTED_WORDS:
                inside = None
            length = length + 1 if inside else 0
            at = match.end()
            words.append(_read_word(match.group()))
            quoted.append(inside is not None)
    return HashedText(
        np.array([number for number, _ in words], dtype=np.uint64),
        np.array(quoted, dtype=np.bool_),
        np.array([has_digit for _, has_digit in words], dtype=np.bool_),
    )


def _follow_mark(sign: str, inside: str | None) -> str | None:
    """The kind of quotation that is open after `sign`, or None."""
    if sign in _OPENING:
        return "curved"
    if sign in _CLOSING:
        return None
    if sign == '"':
        return None if inside else "straight"
    if sign == "\n" and inside == "straight":
        return None
    return inside


@lru_cache(maxsize=1 << 18)
def _read_word(word: str) -> tuple[int, bool]:
    """The hash of a word as it is compared, and whether it holds a digit."""
    folded = fold_word(word).encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(folded, digest_size=8).digest(), "little")
    return number, any(map(str.isdigit, word))


def hash_shingles(hashes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Hashes of all runs of `size` words, in reading order; empty for shorter texts."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(size):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : offset + count]
        # One round of splitmix64, so that the low bits can be sampled.
        mixed ^= mixed >> np.uint64(30)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
    return mixed
