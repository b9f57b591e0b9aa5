"""Clusters: groups of claims that are about one thing, from pairs that were weighed.

The two groups whose pairs average highest are joined first, and so on while an average is above 0. A pair
that must never stand together keeps its groups apart for good. Of a large group a dozen members speak
for all, so what is found there is near the best, not the best. The result depends on the claims alone, not on the
order in which they came.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Set

from foedus.matching.weights import NEVER

_SAMPLE = 12  # members of a group that speak for it; the mean over more changes little
_MANY = 16  # a group so many times larger takes another in without being compared anew with all around it


def find_clusters(
    count: int,
    links: Iterable[tuple[int, int]],
    weigh: Callable[[int, int], int],
    *,
    parted: Mapping[int, Set[int]] | None = None,
) -> list[list[int]]:
    """Group the numbers below `count`.

    Args:
        count: How many things there are; they are known by their place in a fixed order.
        links: Pairs that were found to speak for a join, smaller first. Only linked groups are ever joined.
        weigh: What all evidence for a pair, smaller first, sums up to; `NEVER` forbids.
        parted: For a number those that never stand in one group with it, both ways.

    Returns:
        Every number in exactly one group; groups and members sorted.

    Source: the update of the mean when groups join is Lance and Williams, "A general theory of classificatory
        sorting strategies" (1967).
    """
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    means: dict[int, dict[int, float]] = {place: {} for place in range(count)}
    strangers: dict[int, frozenset[int]] = {
        place: frozenset(others) for place, others in (parted or {}).items()
    }
    heap: list[tuple[float, int, int, int, int]] = []

    def link(one: int, other: int, mean: float) -> None:
        means[one][other] = means[other][one] = mean
        if mean > 0:
            first, second = (one, other) if members[one][0] < members[other][0] else (other, one)
            heapq.heappush(heap, (-mean, members[first][0], members[second][0], first, second))

    def find_mean(one: int, other: int) -> float:
        mean = means[one].get(other)
        return _mean_weight(members[one], members[other], weigh) if mean is None else mean

    for one, other in links:
        link(one, other, weigh(one, other))
    while heap:
        less, _, _, one, other = heapq.heappop(heap)
        if one not in members or means[one].get(other) != -less:
            continue  # one of the two is in another group by now, or has grown
        if not strangers.get(one, frozenset()).isdisjoint(members[other]):
            continue
        big, small = (one, other) if len(members[one]) >= len(members[other]) else (other, one)
        if len(members[big]) > _SAMPLE:
            mean = _mean_weight(members[big], members[small], weigh)
            if mean < -less:
                link(one, other, mean)
                continue
        sizes = len(members[big]), len(members[small])
        near = means[small] if sizes[0] >= _MANY * sizes[1] else {**means[big], **means[small]}
        joined = {
            group: _join_means(zip((find_mean(big, group), find_mean(small, group)), sizes, strict=True))
            for group in near
            if group not in (big, small)
        }
        members[big] = sorted(members[big] + members.pop(small))
        for group in means.pop(small):
            del means[group][small]
        if strangers:
            strangers[big] = strangers.get(big, frozenset()) | strangers.get(small, frozenset())
        for group, mean in joined.items():
            link(big, group, mean)
    return sorted(members.values())


def _join_means(parts: Iterable[tuple[float, int]]) -> float:
    """The mean of means over so many members each; `NEVER` if one is."""
    total, count = 0.0, 0
    for mean, size in parts:
        if mean == NEVER:
            return NEVER
        total += mean * size
        count += size
    return total / count


def _mean_weight(one: list[int], other: list[int], weigh: Callable[[int, int], int]) -> float:
    """Mean over the pairs of two groups, at most `_SAMPLE` of each; `NEVER` if one is forbidden."""
    mine, yours = _sample(one), _sample(other)
    total = 0
    for a in mine:
        for b in yours:
            weight = weigh(a, b) if a < b else weigh(b, a)
            if weight == NEVER:
                return NEVER
            total += weight
    return total / (len(mine) * len(yours))


def _sample(group: list[int]) -> list[int]:
    """Members spread evenly over the group."""
    if len(group) <= _SAMPLE:
        return group
    return [group[place * len(group) // _SAMPLE] for place in range(_SAMPLE)]
