"""Matching anew only what new, changed and vanished claims can bear on.

What a claim meets depends on its neighbours in its blocks (`foedus.matching.blocks`), and events are made within
what links hold together. So it is enough to look where positions were taken up or given up: pairs that meet no
more, or only now, and all that hangs together with them. The outcome is what matching everything gives.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from foedus.matching.blocks import NEIGHBOURS, Position, find_keys, find_position
from foedus.matching.conflicts import find_conflicts
from foedus.matching.constraints import Constraints, Settled, settle
from foedus.matching.evidence import Comparable
from foedus.matching.match import SAME_WORDS, find_place, find_repeats, iter_groups, read_claims, weigh
from foedus.matching.reconcile import make_event
from foedus.matching.sources import ArticleKey, find_originals
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType
from foedus.model.event import Conflict, Event, Reprint

Row = tuple[int, int, str]
"""A claim in a block: key, day, id."""

_SMALL_BLOCK = 200  # members of a block that is read at once


class Shelf(Protocol):
    """Where claims and their blocks are kept."""

    def take_rows(self, claims: Collection[str]) -> list[Row]:
        """The rows of these claims, which are then no more."""

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Keep rows."""

    def load_block(self, key: int, limit: int) -> list[Position]:
        """The first members of a block in the order of positions, at most `limit`."""

    def load_near(self, key: int, position: Position, count: int) -> list[Position]:
        """Members of a block, at most `count` before a position and `count` after it, and it itself, sorted."""

    def load_claims(self, claims: Collection[str]) -> list[Claim]:
        """Those of these claims that there are, with all other claims of their articles."""

    def load_claims_of(self, articles: Collection[ArticleKey]) -> list[Claim]:
        """All claims of some articles."""

    def load_articles(self, articles: Collection[ArticleKey]) -> list[Article]:
        """Those of these articles that there are."""

    def load_reprints(self, articles: Collection[ArticleKey]) -> list[Reprint]:
        """Reprints, as they are now, in which any of these articles is the copy or the original."""


@dataclass(frozen=True, slots=True)
class Rematched:
    """What takes the place of the events that hold any of `claims`, and of their conflicts; sorted by id."""

    claims: frozenset[str]
    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]


def find_rows(claims: Iterable[Claim], articles: Iterable[Article]) -> list[Row]:
    """The blocks of all claims of a ledger, sorted: what a later `rematch` starts from."""
    by_key = {(article.document, article.number): article for article in articles}
    by_type: dict[ClaimType, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_type[claim.type].append(claim)
    rows: list[Row] = []
    for same_type in by_type.values():
        rows.extend(row for comparable in read_claims(same_type, by_key) for row in _to_rows(comparable))
    return sorted(rows)


def rematch(
    shelf: Shelf,
    due: Collection[str],
    *,
    moved: Collection[ArticleKey] = (),
    judge: Callable[[Iterable[Claim]], Sequence[Claim]] = tuple,
    also: Collection[str] = (),
    constraints: Constraints = Constraints(),  # noqa: B008  # frozen
) -> Rematched:
    """Match again what some claims can bear on; their rows are renewed.

    Args:
        shelf: Claims and reprints as they are now; rows as they were.
        due: Ids of claims that are new, changed or no more. A claim whose article changed is changed, and so is one
            of which people corrected something, or not any more.
        moved: Articles whose copies or originals changed, as `find_reprints_again` gives them.
        judge: Leaves out the claims that people rejected, and puts in what they corrected.
        also: Ids of claims of which people said that they are one or not one with others, or say so no more.
        constraints: What people say now.

    Returns:
        Events and conflicts that together with the others are what `match_claims` makes of all claims.
    """
    reader = _Reader(shelf, settle(constraints), judge)
    old = shelf.take_rows(due)
    new = [row for claim in sorted(due) if (found := reader.find(claim)) for row in _to_rows(found)]
    seeds = {claim for claim in due if reader.find(claim)} | _find_disturbed(shelf, reader, old, new)
    shelf.add_rows(new)
    seeds |= {claim.id for claim in judge(shelf.load_claims_of(moved))}
    seeds |= {other for claim in due for other in reader.list_joined(claim)}
    seeds |= {claim for claim in also if reader.find(claim)}
    links, reached = reader.follow(seeds)
    events: list[Event] = []
    conflicts: list[Conflict] = []
    by_type: dict[ClaimType, list[Comparable]] = defaultdict(list)
    for claim in reached:
        found = reader.find(claim)
        assert found is not None
        by_type[found.claim.type].append(found)
    for comparables in by_type.values():
        comparables.sort(key=lambda comparable: find_place(comparable.claim))
        place_of = {comparable.claim.id: place for place, comparable in enumerate(comparables)}
        here = {
            (place_of[one], place_of[other]): weight
            for (one, other), weight in links.items()
            if one in place_of
        }
        for members in iter_groups(comparables, here, reader.settled):
            event = make_event(members, reader.articles, reader.originals)
            events.append(event)
            if len(members) > 1:
                conflicts.extend(find_conflicts(event, members, reader.articles, reader.originals))
    return Rematched(
        reached | frozenset(due),
        tuple(sorted(events, key=lambda event: event.id)),
        tuple(sorted(conflicts, key=lambda conflict: conflict.id)),
    )


def _to_rows(comparable: Comparable) -> list[Row]:
    return [(key, *find_position(comparable)) for key in find_keys(comparable)]


def _find_disturbed(shelf: Shelf, reader: "_Reader", old: list[Row], new: list[Row]) -> set[str]:
    """Claims, none of them due, with a pair that meets no more or only now.

    Looks at the blocks between taking old rows out and putting new ones in. What met a claim that is no more
    as it was is always among them, since how they hung together is not known any more.
    """
    positions: dict[int, tuple[set[Position], set[Position]]] = defaultdict(lambda: (set(), set()))
    for rows, side in ((old, 0), (new, 1)):
        for key, day, claim in rows:
            positions[key][side].add((day, claim))
    disturbed: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for key, (was, now) in positions.items():
        near = {item for position in was | now for item in shelf.load_near(key, position, NEIGHBOURS)}
        taken, put = ({claim for _, claim in side} for side in (was, now))
        first, second = _list_pairs(near, was), _list_pairs(near, now)
        disturbed |= {one for pair in first if not taken.isdisjoint(pair) for one in pair}
        pairs |= {pair for pair in first ^ second if (taken | put).isdisjoint(pair)}
    reader.load({claim for pair in pairs for claim in pair})
    for one, other in pairs:
        if reader.link(one, other):
            disturbed |= {one, other}
    return {claim for claim in disturbed if reader.find(claim)}


def _list_pairs(near: Collection[Position], more: Collection[Position]) -> set[tuple[str, str]]:
    """Ids of pairs that meet in a block of these members."""
    members = [claim for _, claim in sorted({*near, *more})]
    return {
        (claim, other) for at, claim in enumerate(members) for other in members[at + 1 : at + 1 + NEIGHBOURS]
    }


class _Reader:
    """Claims as they are compared, read from a shelf when first asked for.

    Attributes:
        articles: Those of the claims read so far.
        originals: Copies to their earliest copies, of the families of these articles.
        settled: What people have said.
    """

    def __init__(
        self, shelf: Shelf, settled: Settled, judge: Callable[[Iterable[Claim]], Sequence[Claim]]
    ) -> None:
        self.articles: dict[ArticleKey, Article] = {}
        self.originals: dict[ArticleKey, ArticleKey] = {}
        self.settled = settled
        self._shelf = shelf
        self._judge = judge
        self._read: dict[str, Comparable | None] = {}
        self._blocks: dict[int, list[Position]] = {}
        self._family: dict[ArticleKey, list[ArticleKey]] = {}
        self._placed: set[ArticleKey] = set()  # in their families
        self._said: dict[str, tuple[str, ...]] = {claim: group for group in settled.groups for claim in group}

    def find(self, claim: str) -> Comparable | None:
        """A claim; None if there is none of this id."""
        if claim not in self._read:
            self.load((claim,))
        return self._read[claim]

    def load(self, claims: Collection[str]) -> None:
        """Read claims that were not read yet, at once."""
        missing = {claim for claim in claims if claim not in self._read}
        if missing:
            self._take(self._judge(self._shelf.load_claims(missing)))
            for claim in missing:
                self._read.setdefault(claim, None)

    def _take(self, claims: Iterable[Claim]) -> None:
        by_type: dict[ClaimType, list[Claim]] = defaultdict(list)
        wanted: set[ArticleKey] = set()
        for claim in claims:
            by_type[claim.type].append(claim)
            wanted.add((claim.document, claim.article))
        self._place(wanted)
        for article in self._shelf.load_articles(wanted - self.articles.keys()):
            self.articles[article.document, article.number] = article
        for same_type in by_type.values():
            for comparable in read_claims(same_type, self.articles):
                self._read.setdefault(comparable.claim.id, comparable)

    def _place(self, articles: Collection[ArticleKey]) -> None:
        """Read the families of copies that some articles belong to."""
        frontier = {*articles} - self._placed
        reprints: set[Reprint] = set()
        while frontier:
            self._placed |= frontier
            found = self._shelf.load_reprints(frontier)
            reprints.update(found)
            ends = {
                end
                for reprint in found
                for end in (
                    (reprint.document, reprint.article),
                    (reprint.original_document, reprint.original_article),
                )
            }
            frontier = ends - self._placed
        originals = find_originals(reprints)
        self.originals |= originals
        for copy, original in sorted(originals.items()):
            self._family.setdefault(original, []).append(copy)

    def link(self, one: str, other: str) -> int:
        """What speaks for a join of two claims, 0 if nothing does."""
        first, second = self.find(one), self.find(other)
        if first is None or second is None or first.claim.type is not second.claim.type:
            return 0
        if first.codes and second.codes and first.codes.isdisjoint(second.codes):
            return 0
        return max(0, weigh(first, second))

    def follow(self, seeds: Iterable[str]) -> tuple[dict[tuple[str, str], int], frozenset[str]]:
        """Weights of links, first claim first, between all that links hold together with the seeds; and these."""
        links: dict[tuple[str, str], int] = {}
        frontier = set(seeds)
        reached = set(frontier)
        while frontier:
            self.load(frontier)
            # A claim that a chain of joins holds is reached with its whole chain.
            near = {claim: self._list_near(claim) for claim in sorted(frontier)}
            self.load({other for others in near.values() for other in others})
            found: set[str] = set()
            for claim, others in near.items():
                for other in others:
                    pair = self._in_order(claim, other)
                    if pair not in links and (weight := self.link(*pair)):
                        links[pair] = weight
                        found.add(other)
            for pair in self._list_repeats(frontier):
                links[pair] = SAME_WORDS
                found |= {*pair}
            for claim in frontier:
                found |= {other for other in self.list_joined(claim) if self._is_like(claim, other)}
            frontier = found - reached
            reached |= frontier
        return links, frozenset(reached)

    def list_joined(self, claim: str) -> set[str]:
        """Claims there are that people have joined with this one, whether it is still there or not."""
        return {other for other in self._said.get(claim, ()) if other != claim and self.find(other)}

    def _is_like(self, claim: str, other: str) -> bool:
        one, two = self.find(claim), self.find(other)
        return one is not None and two is not None and one.claim.type is two.claim.type

    def _list_near(self, claim: str) -> set[str]:
        comparable = self.find(claim)
        if comparable is None:
            return set()
        position = find_position(comparable)
        near = {other for key in find_keys(comparable) for _, other in self._near(key, position)}
        return near - {claim}

    def _near(self, key: int, position: Position) -> list[Position]:
        block = self._blocks.get(key)
        if block is None:
            block = self._blocks[key] = self._shelf.load_block(key, _SMALL_BLOCK)
        if len(block) == _SMALL_BLOCK:
            return self._shelf.load_near(key, position, NEIGHBOURS)
        first = max(0, bisect_left(block, position) - NEIGHBOURS)
        return block[first : bisect_right(block, position) + NEIGHBOURS]

    def _list_repeats(self, claims: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs that copies of the articles of these claims make in the same words."""
        heads = set()
        for claim in claims:
            if comparable := self.find(claim):
                key = (comparable.claim.document, comparable.claim.article)
                head = self.originals.get(key, key)
                if head in self._family:
                    heads.add(head)
        pairs: list[tuple[str, str]] = []
        for head in sorted(heads):
            claims_of = self._judge(self._shelf.load_claims_of((head, *self._family[head])))
            self._take(claims_of)
            by_type: dict[ClaimType, list[Comparable]] = defaultdict(list)
            for found in sorted(claims_of, key=find_place):
                read = self._read[found.id]
                assert read is not None
                by_type[found.type].append(read)
            for same_type in by_type.values():
                pairs.extend(
                    (same_type[one].claim.id, same_type[other].claim.id)
                    for one, other in find_repeats(same_type, self.originals)
                )
        wanted = {*claims}
        return [pair for pair in pairs if not wanted.isdisjoint(pair)]

    def _in_order(self, one: str, other: str) -> tuple[str, str]:
        first, second = self.find(one), self.find(other)
        assert first is not None
        assert second is not None
        return (one, other) if find_place(first.claim) < find_place(second.claim) else (other, one)
