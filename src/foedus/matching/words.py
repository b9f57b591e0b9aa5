"""Texts as words: folded, hashed, and marked where they stand inside quotation marks."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

MAX_WORDS = 20_000
"""Words of one text that are looked at, so that a huge text costs bounded time."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPENING = "“«„"
_CLOSING = "”»"
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
    hashes: list[int] = []
    quoted: list[bool] = []
    numbers: list[bool] = []
    inside: str | None = None
    length = 0
    at = 0
    for match in _WORD.finditer(text):
        if (between := text[at : match.start()]) != " ":
            for sign in between:
                inside = _follow_mark(sign, inside)
        if inside and length >= _MAX_QUOTED_WORDS:
            inside = None
        length = length + 1 if inside else 0
        at = match.end()
        word = match.group()
        hashes.append(_hash_word(fold_word(word)))
        quoted.append(inside is not None)
        numbers.append(not word.isalpha() and any(map(str.isdigit, word)))
        if len(hashes) >= MAX_WORDS:
            break
    return HashedText(
        np.array(hashes, dtype=np.uint64),
        np.array(quoted, dtype=np.bool_),
        np.array(numbers, dtype=np.bool_),
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
def _hash_word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


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
