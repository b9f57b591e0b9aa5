"""Looking for copies again where articles came, changed or went.

Which texts are compared depends on the texts next to them that have the same runs of words
(`foedus.matching.reprints`). So it is enough to look at the runs of the articles that changed: at pairs that meet
there no more, or only now, and at all that repeat each other with them. The outcome is what `find_copies` gives.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from typing import Protocol

from foedus.matching.repeats import Texts, find_repeat, find_reprints_in
from foedus.matching.reprints import CROWD, NEIGHBOURS, count_needed, make_sample, read_runs
from foedus.matching.sources import ArticleKey, find_originals
from foedus.model.article import Article
from foedus.model.copy import Repeat, Sample
from foedus.model.event import Reprint

_Member = tuple[int, int]
"""An article that has a run: day, owner."""

_Pair = tuple[int, int]
"""Owners, smaller first."""


class Rack(Protocol):
    """Where articles, their samples and what repeats what are kept."""

    def iter_texts_of(self, documents: Collection[str]) -> Iterator[tuple[Article, str]]:
        """The articles of these documents as they are now, each with its main text."""

    def load_text(self, document: str, number: int) -> tuple[Article, str]:
        """One article that there is, with its main text."""

    def take_samples(self, documents: Collection[str]) -> list[Sample]:
        """The samples of articles of these documents, which are then no more."""

    def add_samples(self, samples: Iterable[Sample]) -> None:
        """Keep samples."""

    def load_samples(self, owners: Collection[int]) -> list[Sample]:
        """Those of these samples that there are."""

    def load_first(self, run: int, count: int) -> list[_Member]:
        """The first articles that have a run, by day and owner, at most `count`."""

    def load_firsts(self, runs: Collection[int], count: int) -> dict[int, list[_Member]]:
        """The same for many runs; those that no article has are left out."""

    def load_near(self, run: int, member: _Member, count: int) -> list[_Member]:
        """At most `count` articles that have a run before another one, and as many after it, sorted."""

    def load_repeats(self, articles: Collection[ArticleKey]) -> list[Repeat]:
        """Those in which any of these articles is the copy or the original."""

    def replace_repeats(self, old: Collection[Repeat], new: Collection[Repeat]) -> None:
        """Put some in the place of others."""

    def load_reprints(self, articles: Collection[ArticleKey]) -> list[Reprint]:
        """Those in which any of these articles is the copy or the original."""

    def replace_reprints(self, old: Collection[Reprint], new: Collection[Reprint]) -> None:
        """Put some in the place of others."""


def find_reprints_again(rack: Rack, documents: Collection[str]) -> set[ArticleKey]:
    """Look for copies among articles of some documents and all others; what the rack keeps is renewed.

    Args:
        rack: Articles as they are now; all else as it was.
        documents: Names of documents that are new, changed or no more.

    Returns:
        Articles of the families of copies that changed, or that hold an article of one of the documents.
    """
    old = rack.take_samples(documents)
    new = [make_sample(article, text) for article, text in rack.iter_texts_of(documents)]
    met, lost_or_won = _find_meetings(rack, old, new)
    rack.add_samples(new)
    reader = _Reader(rack, new)
    texts = Texts(lambda key: rack.load_text(*key), {})
    reader.load({owner for pair in (*met, *lost_or_won) for owner in pair})
    compared = {pair for pair, number in met.items() if number >= reader.count_needed(pair)}
    kept = {pair for pair in lost_or_won if reader.is_candidate(pair)}
    touched = {(sample.document, sample.article) for sample in (*old, *new)}
    dropped = {*rack.load_repeats(touched)}
    ends = {reader.key(owner) for pair in lost_or_won for owner in pair}
    known = {_to_pair(repeat): repeat for repeat in rack.load_repeats(ends)}
    for pair in lost_or_won:
        repeat = known.get(frozenset(map(reader.key, pair)))
        if pair in kept and repeat is None:
            compared.add(pair)
        elif pair not in kept and repeat is not None:
            dropped.add(repeat)
    found = (find_repeat(texts, reader.key(one), reader.key(other)) for one, other in sorted(compared))
    added = {repeat for repeat in found if repeat is not None}
    rack.replace_repeats(dropped, added)
    seeds = touched | {end for repeat in dropped | added for end in _to_pair(repeat)}
    family, repeats = _follow(rack, seeds)
    before = rack.load_reprints(family)
    after = find_reprints_in(texts, repeats)
    rack.replace_reprints({*before} - {*after}, {*after} - {*before})
    return find_moved(before, after, {*documents})


def find_moved(
    before: Collection[Reprint], after: Collection[Reprint], documents: Set[str]
) -> set[ArticleKey]:
    """Articles of the families of copies that changed, or that hold an article of one of the documents.

    Args:
        before: Reprints as they were; all of each family that may have changed.
        after: The same as they are now.
        documents: Names of documents that changed.
    """
    was, now = find_originals(before), find_originals(after)
    heads = {
        original
        for key in {*was, *now}
        if was.get(key) != now.get(key)
        for original in (was.get(key), now.get(key))
    }
    for originals in (was, now):
        heads |= {head for key, head in originals.items() if key[0] in documents or head[0] in documents}
    members = {key for originals in (was, now) for key, head in originals.items() if head in heads}
    return members | {head for head in heads if head is not None}


def _find_meetings(
    rack: Rack, old: Iterable[Sample], new: Iterable[Sample]
) -> tuple[Counter[_Pair], set[_Pair]]:
    """In how many runs each pair with a new sample meets; and other pairs that meet in a run no more, or only now.

    Looks at the runs between taking old samples out and putting new ones in.
    """
    members: dict[int, tuple[set[_Member], set[_Member]]] = defaultdict(lambda: (set(), set()))
    for samples, side in ((old, 0), (new, 1)):
        for sample in samples:
            for run in _to_signed(sample):
                members[run][side].add((sample.day, sample.owner))
    met: Counter[_Pair] = Counter()
    lost_or_won: set[_Pair] = set()
    firsts = rack.load_firsts(members.keys(), CROWD + 1)
    for run, (was, now) in members.items():
        others = firsts.get(run, [])
        rest = len(others)
        if rest > CROWD:
            others = [near for member in was | now for near in rack.load_near(run, member, NEIGHBOURS)]
        changed = {owner for _, owner in was | now}
        after = _list_pairs({*others, *now}, rest + len(now))
        met.update(pair for pair in after if not changed.isdisjoint(pair))
        if rest:
            before = _list_pairs({*others, *was}, rest + len(was))
            lost_or_won.update(pair for pair in before ^ after if changed.isdisjoint(pair))
    return met, lost_or_won


def _list_pairs(members: Collection[_Member], crowd: int) -> set[_Pair]:
    """Pairs that meet in a run, as `reprints` has it.

    Args:
        members: Articles that have it; of a formula, those next to what changed.
        crowd: How many articles have it; more than `CROWD` may be told as any such number.
    """
    ordered = sorted(members)
    reach = len(ordered) if crowd <= CROWD else NEIGHBOURS
    return {
        (min(one, other), max(one, other))
        for at, (_, one) in enumerate(ordered)
        for _, other in ordered[at + 1 : at + 1 + reach]
    }


def _to_signed(sample: Sample) -> list[int]:
    return [run - (1 << 64) if run >> 63 else run for run in read_runs(sample).tolist()]


def _to_pair(repeat: Repeat) -> frozenset[ArticleKey]:
    return frozenset(((repeat.document, repeat.article), (repeat.original_document, repeat.original_article)))


def _follow(rack: Rack, seeds: Collection[ArticleKey]) -> tuple[set[ArticleKey], set[Repeat]]:
    """All that repeat each other with the seeds, and these; and what repeats what among them."""
    reached, repeats = {*seeds}, set[Repeat]()
    frontier = {*seeds}
    while frontier:
        found = rack.load_repeats(frontier)
        repeats.update(found)
        frontier = {end for repeat in found for end in _to_pair(repeat)} - reached
        reached |= frontier
    return reached, repeats


class _Reader:
    """Samples by owner, as they are now."""

    def __init__(self, rack: Rack, new: Iterable[Sample]) -> None:
        self._rack = rack
        self._samples: dict[int, Sample] = {sample.owner: sample for sample in new}

    def load(self, owners: Collection[int]) -> None:
        """Read samples that were not read yet, at once."""
        missing = {owner for owner in owners if owner not in self._samples}
        self._samples.update((sample.owner, sample) for sample in self._rack.load_samples(missing))

    def key(self, owner: int) -> ArticleKey:
        """The article."""
        sample = self._samples[owner]
        return sample.document, sample.article

    def count_needed(self, pair: _Pair) -> int:
        """How many runs a pair must share to be compared."""
        one, other = (len(self._samples[owner].runs) // 8 for owner in pair)
        return count_needed(one, other)

    def is_candidate(self, pair: _Pair) -> bool:
        """Whether a pair meets in enough runs to be compared."""
        one, other = (self._samples[owner] for owner in pair)
        needed = self.count_needed(pair)
        for run in sorted({*_to_signed(one)} & {*_to_signed(other)}):
            needed -= self._is_met(run, (one.day, one.owner), (other.day, other.owner))
            if not needed:
                return True
        return False

    def _is_met(self, run: int, one: _Member, other: _Member) -> bool:
        if len(self._rack.load_first(run, CROWD + 1)) <= CROWD:
            return True
        return other in self._rack.load_near(run, one, NEIGHBOURS)
