"""Reprints: the same text under another name, headline, length or spelling.

Real reprints share as little as a third of their word triples, so no plain similarity threshold finds them.
Candidates are pairs that share a few sampled runs of four words; each is then measured exactly by the long
stretches it shares (`foedus.matching.overlap`). Work grows with the number of texts, not with its square. Of each
text only its sample is held, about a kilobyte; the words of the few that are compared are hashed again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.matching.credits import is_credited
from foedus.matching.overlap import measure_overlap
from foedus.matching.words import HashedText, hash_shingles, hash_text
from foedus.model.article import Article
from foedus.model.event import Reprint
from foedus.model.when import When

_ANCHOR_WORDS = 4  # words of a sampled run
_ANCHORS = 96  # runs kept of a text, about
_CROWD = 12  # texts that share a run before it counts as a formula, and only neighbours are compared
_NEIGHBOURS = 3
_MIN_SHARED = 2  # sampled runs a pair must share; one, where a text has few of them
_FEW_ANCHORS = 24
_HELD_TEXTS = 4_096  # texts whose hashed words are held at a time

# Measured with `python eval/reprints_hard.py`: reprints edited down to 30 % shared triples have a share of
# 0.43 and more, different reports of one event 0.22 and less.
_SHARE = 0.40
_SHARE_CREDITED = 0.25
_SHARE_WITHOUT_LEAD = 0.75
_LEAD = 0.35
_MIN_WORDS = 12
_OTHER_NUMBERS = 2  # a light edit may mend one number


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as it is compared."""

    article: Article
    text: str


class _Texts:
    """Articles in the order in which copies are ranked, their words hashed when they are compared."""

    def __init__(self, articles: Iterable[tuple[Article, str]]) -> None:
        self._texts = [
            _Text(article, text) for article, text in sorted(articles, key=lambda pair: _rank_key(pair[0]))
        ]
        self.hash = lru_cache(maxsize=_HELD_TEXTS)(self._hash)

    def __getitem__(self, at: int) -> _Text:
        return self._texts[at]

    def iter_samples(self) -> Iterator[NDArray[np.uint64]]:
        """The sample of each text, in order."""
        for text in self._texts:
            yield sample_text(hash_text(text.text))

    def _hash(self, at: int) -> HashedText:
        return hash_text(self._texts[at].text)


def find_reprints(articles: Iterable[tuple[Article, str]]) -> tuple[Reprint, ...]:
    """Find the articles that repeat an earlier one.

    A reprint may have another headline, be shortened, lengthened, put together from two, or lightly edited.
    Different reports of one event are none, even where they quote the same words.

    Args:
        articles: Each article with its main text, in any order; each (document, number) once.

    Returns:
        One record for each article that repeats another, naming the earliest copy that it repeats: by
        publication where the intervals tell, else by credit lines, else by name. Sorted. The same whatever
        the order of `articles`.
    """
    texts = _Texts(articles)
    partners: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in _iter_candidates(list(texts.iter_samples())):
        words = _shared_words(texts, one, other)
        if words:
            first, second = (other, one) if _is_before(texts[other], texts[one]) else (one, other)
            partners[second].append((-words, first))
    nearest = {copy: min(found)[1] for copy, found in sorted(partners.items())}
    _break_rings(nearest)
    return tuple(
        sorted(
            Reprint(
                texts[copy].article.document,
                texts[copy].article.number,
                texts[original].article.document,
                texts[original].article.number,
            )
            for copy, original in _find_originals(texts, nearest).items()
        )
    )


def _break_rings(nearest: dict[int, int]) -> None:
    """Free the text that ranks first in every ring of copies. Credit lines can make rings, dates cannot."""
    done: set[int] = set()
    for start in sorted(nearest):
        path: dict[int, int] = {}  # to its place on the path
        step = start
        while step in nearest and step not in done and step not in path:
            path[step] = len(path)
            step = nearest[step]
        if step in path:
            del nearest[min(list(path)[path[step] :])]
        done.update(path)


def _find_originals(texts: _Texts, nearest: Mapping[int, int]) -> dict[int, int]:
    """For each copy the earliest text up the line of copies that it still repeats, at least its nearest."""
    originals: dict[int, int] = {}
    for copy in nearest:
        line = []
        step = copy
        while step in nearest and step not in originals:
            line.append(step)
            step = nearest[step]
        for later in reversed(line):
            top = originals.get(nearest[later], nearest[later])
            repeats = top == nearest[later] or _shared_words(texts, later, top)
            originals[later] = top if repeats else nearest[later]
    return originals


def _shared_words(texts: _Texts, first: int, second: int) -> int:
    """How many words the two share if one repeats the other, else 0."""
    overlap = measure_overlap(texts.hash(first), texts.hash(second))
    one, other = texts[first], texts[second]
    if overlap.words < _MIN_WORDS or overlap.share < _SHARE_CREDITED:
        return 0
    if overlap.share < _SHARE and not (_credits(one, other) or _credits(other, one)):
        return 0
    if overlap.share < _SHARE_WITHOUT_LEAD and overlap.lead < _LEAD:
        return 0
    if overlap.other_numbers >= _OTHER_NUMBERS and 2 * overlap.other_numbers > overlap.numbers:
        return 0  # a bulletin of another day
    return overlap.words


def _credits(one: _Text, other: _Text) -> bool:
    return is_credited(other.article.publisher, one.article, one.text)


def _is_before(one: _Text, other: _Text) -> bool:
    """Whether `one` is the older copy though it ranks after `other`, which credits it."""
    if _is_earlier(other.article.published, one.article.published):
        return False
    return _credits(other, one) and not _credits(one, other)


def _is_earlier(one: When | None, other: When | None) -> bool:
    return bool(one and other and one.last and other.first and one.last < other.first)


def _rank_key(article: Article) -> tuple[date, date, str, int]:
    """By publication, unknown ends last, then by name."""
    when = article.published
    first = when.first if when and when.first else date.max
    last = when.last if when and when.last else date.max
    return (first, last, article.document, article.number)


def _iter_candidates(anchors: Sequence[NDArray[np.uint64]]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `anchors`, smaller first, of texts that share sampled runs; each once, in order."""
    sizes = np.array([len(kept) for kept in anchors], dtype=np.int64)
    if not sizes.sum():
        return
    pairs = list(_iter_meetings(*_sort_shared(anchors, sizes)))
    if not pairs:
        return
    packed, counts = np.unique(np.concatenate(pairs), return_counts=True)
    ones = (packed >> np.uint64(32)).astype(np.int64)
    others = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    few = np.minimum(sizes[ones], sizes[others]) < _FEW_ANCHORS
    kept = counts >= np.where(few, 1, _MIN_SHARED)
    yield from zip(ones[kept].tolist(), others[kept].tolist(), strict=True)


def _sort_shared(
    anchors: Sequence[NDArray[np.uint64]], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The hashes that more than one text has, sorted, and the owner of each, sorted within a hash.

    Most hashes are of one text alone; without them what follows takes little memory.
    """
    hashes = np.concatenate(anchors)
    order = np.argsort(hashes, kind="stable")  # owners stand in order already
    hashes = hashes[order]
    repeated = hashes[1:] == hashes[:-1]
    shared = np.concatenate(([False], repeated)) | np.concatenate((repeated, [False]))
    owners = np.searchsorted(np.cumsum(sizes), order[shared], side="right").astype(np.uint64)
    return hashes[shared], owners


def _iter_meetings(hashes: NDArray[np.uint64], owners: NDArray[np.uint64]) -> Iterator[NDArray[np.uint64]]:
    """Packed pairs of owners of the same hash; `hashes` are sorted, `owners` within each hash."""
    if not len(hashes):
        return
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    # Members at distance d of one another, for all hashes at once.
    crowd = np.repeat(sizes, sizes)
    for distance in range(1, _CROWD):
        same = hashes[distance:] == hashes[:-distance]
        if distance > _NEIGHBOURS:
            same &= crowd[:-distance] <= _CROWD
        at = np.flatnonzero(same)
        if not len(at):
            return
        yield (owners[at] << np.uint64(32)) | owners[at + distance]


def sample_text(text: HashedText) -> NDArray[np.uint64]:
    """The runs of words kept of a text: those whose hash ends in enough zero bits, each once.

    What is kept does not depend on the other texts, and a run kept of a long text is kept of every shorter
    one that holds it.
    """
    shingles = np.unique(hash_shingles(text.hashes, _ANCHOR_WORDS))
    bits = (len(shingles) // _ANCHORS).bit_length()
    mask = np.uint64((1 << bits) - 1)
    kept: NDArray[np.uint64] = shingles[(shingles & mask) == 0]
    return kept
