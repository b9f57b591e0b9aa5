"""How much of one text stands in another: long common stretches, small edits inside them forgiven."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foedus.matching.words import HashedText, hash_shingles

_RUN = 3  # words that must agree in a row before a run counts
_MAX_PLACES = 6  # places of one run of words that are looked at; beyond, it is a formula
_MAX_GAP = 8  # words that an edit may put, drop or change between two runs of one stretch
_MIN_STRETCH = 9  # agreeing words of a stretch; names with titles and set phrases are shorter


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share.

    Attributes:
        words: Words of the shorter share, counted in the text that holds fewer, outside quotations.
        share: Share (0–1) of the text that is covered more, counted outside quotation marks where
            enough stands outside.
        lead: The same of the first halves alone. Closing paragraphs that an agency puts under many stories
            leave it near 0.
        numbers: Numbers in what they share.
        other_numbers: Places inside what they share where each has numbers, and none in common. A bulletin
            that is written anew each day by one pattern has many.
    """

    words: int
    share: float
    lead: float
    numbers: int
    other_numbers: int


def measure_overlap(one: HashedText, other: HashedText) -> Overlap:
    """Find what two texts share, wherever it stands in either.

    Two reports of one event by two writers share names, set phrases and quoted sentences. A reprint shares
    the writer's own sentences. So words inside quotation marks count only where a text is little else.
    """
    stretches = _find_stretches(one, other)
    runs = [run for stretch in stretches for run in stretch]
    covered_one = np.zeros(len(one), dtype=np.bool_)
    covered_other = np.zeros(len(other), dtype=np.bool_)
    for run in runs:
        covered_one[run.start : run.end] = True
        covered_other[run.other_start : run.other_start + run.end - run.start] = True
    words_one, share_one, lead_one = _covered(covered_one, one.quoted)
    words_other, share_other, lead_other = _covered(covered_other, other.quoted)
    return Overlap(
        words=min(words_one, words_other),
        share=max(share_one, share_other),
        lead=max(lead_one, lead_other),
        numbers=int((covered_one & one.numbers).sum()),
        other_numbers=sum(_count_other_numbers(stretch, one, other) for stretch in stretches),
    )


def _count_other_numbers(stretch: Sequence["_Run"], one: HashedText, other: HashedText) -> int:
    count = 0
    for before, after in pairwise(stretch):
        mine = one.take_numbers(before.end, after.start)
        yours = other.take_numbers(before.other_end, after.other_start)
        count += bool(mine and yours and mine.isdisjoint(yours))
    return count


def _covered(covered: NDArray[np.bool_], quoted: NDArray[np.bool_]) -> tuple[int, float, float]:
    """Words covered, their share, and their share in the first half, outside quotations."""
    own = ~quoted
    if own.sum() * 3 < len(own):  # a statement or interview: all quotation
        own = np.ones_like(own)
    kept = covered[own]
    half = kept[: (len(kept) + 1) // 2]
    return int(kept.sum()), _mean(kept), _mean(half)


def _mean(flags: NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else 0.0


@dataclass(slots=True)
class _Run:
    """Words `start` to `end` of one text stand at `other_start` in the other."""

    start: int
    end: int
    other_start: int

    @property
    def other_end(self) -> int:
        return self.other_start + self.end - self.start


def _find_stretches(one: HashedText, other: HashedText) -> list[list[_Run]]:
    """Stretches of at least `_MIN_STRETCH` agreeing words, each as its runs in order."""
    chains: list[list[_Run]] = []
    open_chains: list[list[_Run]] = []
    for run in _find_runs(one, other):
        best: list[_Run] | None = None
        best_gap = _MAX_GAP * 2 + 1
        still_open = []
        for chain in open_chains:
            last = chain[-1]
            if run.start - last.end > _MAX_GAP:
                continue
            still_open.append(chain)
            here, there = run.start - last.end, run.other_start - last.other_end
            if -_RUN < here <= _MAX_GAP and -_RUN < there <= _MAX_GAP and abs(here) + abs(there) < best_gap:
                best, best_gap = chain, abs(here) + abs(there)
        open_chains = still_open
        if best is None:
            best = []
            chains.append(best)
            open_chains.append(best)
        best.append(run)
    return [chain for chain in chains if sum(run.end - run.start for run in chain) >= _MIN_STRETCH]


def _find_runs(one: HashedText, other: HashedText) -> list[_Run]:
    """Maximal runs of agreeing words, in the order of the first text, then of the second."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, shingle in enumerate(hash_shingles(other.hashes, _RUN).tolist()):
        if len(places[shingle]) < _MAX_PLACES:
            places[shingle].append(place)
    runs: list[_Run] = []
    growing: dict[int, _Run] = {}  # by diagonal
    for start, shingle in enumerate(hash_shingles(one.hashes, _RUN).tolist()):
        for place in places.get(shingle, ()):
            run = growing.get(place - start)
            if run is not None and run.end == start + _RUN - 1:
                run.end += 1
            else:
                run = _Run(start, start + _RUN, place)
                growing[place - start] = run
                runs.append(run)
    return sorted(runs, key=lambda run: (run.start, run.other_start))
