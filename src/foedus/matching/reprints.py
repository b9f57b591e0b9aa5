"""Reprints: the same text under another name, headline, length or spelling.

Real reprints share as little as a third of their word triples, so no plain similarity threshold finds them.
Candidates are pairs that share a few sampled runs of four words; each is then measured exactly
(`foedus.matching.repeats`). Work grows with the number of texts, not with its square. Of each text only its sample is
held, half a kilobyte; the texts of the few that are compared are read again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from foedus.matching.repeats import Texts, find_repeat, find_reprints_in
from foedus.matching.words import HashedText, hash_shingles, hash_text
from foedus.model.article import Article
from foedus.model.copy import Repeat, Sample
from foedus.model.event import Reprint

CROWD = 12
"""Texts that share a run before it counts as a formula, and only neighbours by day are compared."""

NEIGHBOURS = 3
"""Texts on either side that a text is compared with where a run is a formula."""

_ANCHOR_WORDS = 4  # words of a sampled run
_ANCHORS = 96  # runs kept of a text, about
_MIN_SHARED = 2  # sampled runs a pair must share; one, where a text has few of them
_FEW_ANCHORS = 24
_UNDATED = 4_000_000  # after the last day of the calendar


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies among articles, and what others are looked for with later.

    Attributes:
        reprints: One record for each article that repeats another, sorted.
        repeats: Who repeats whom, sorted.
        samples: One for each article, by day and owner.
    """

    reprints: tuple[Reprint, ...]
    repeats: tuple[Repeat, ...]
    samples: tuple[Sample, ...]


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
    held = list(articles)
    texts = {(article.document, article.number): text for article, text in held}
    return find_copies(held, lambda document, number: texts[document, number]).reprints


def find_copies(articles: Iterable[tuple[Article, str]], load_text: Callable[[str, int], str]) -> Copies:
    """The same, with what is needed to look again when articles come, change and go.

    Args:
        articles: As for `find_reprints`; no text is held.
        load_text: The main text of an article by document and number; asked for those that are compared.
    """
    heads: dict[tuple[str, int], Article] = {}
    samples: list[Sample] = []
    for article, text in articles:
        heads[article.document, article.number] = article
        samples.append(make_sample(article, text))
    samples.sort(key=lambda sample: (sample.day, sample.owner))
    texts = Texts(lambda key: (heads[key], load_text(*key)), heads)
    keys = [(sample.document, sample.article) for sample in samples]
    runs = [read_runs(sample) for sample in samples]
    found = (find_repeat(texts, keys[one], keys[other]) for one, other in _iter_candidates(runs))
    repeats = tuple(sorted(repeat for repeat in found if repeat is not None))
    return Copies(find_reprints_in(texts, repeats), repeats, tuple(samples))


def make_sample(article: Article, text: str) -> Sample:
    """What copies of an article are found by."""
    when = article.published
    day = when.first.toordinal() if when and when.first else _UNDATED
    name = f"{article.document}\x1f{article.number}".encode("utf-8", "surrogatepass")
    owner = int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)
    runs = sample_text(hash_text(text)).astype("<u8").tobytes()
    return Sample(owner, article.document, article.number, day, runs)


def read_runs(sample: Sample) -> NDArray[np.uint64]:
    """The runs of a sample, sorted."""
    return np.frombuffer(sample.runs, dtype="<u8").astype(np.uint64, copy=False)


def count_needed(one: int, other: int) -> int:
    """How many runs two texts must share to be compared, by the sizes of their samples."""
    return 1 if min(one, other) < _FEW_ANCHORS else _MIN_SHARED


def _iter_candidates(anchors: Sequence[NDArray[np.uint64]]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `anchors`, smaller first, of texts that share sampled runs; each once, in order."""
    sizes = np.array([len(kept) for kept in anchors], dtype=np.int64)
    if not sizes.sum():
        return
    pairs = list(_iter_meetings(*_sort_shared(anchors, sizes)))
    if not pairs:
        return
    # As `count_needed` has it.
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
    for distance in range(1, CROWD):
        same = hashes[distance:] == hashes[:-distance]
        if distance > NEIGHBOURS:
            same &= crowd[:-distance] <= CROWD
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
