"""Clusters: groups of claims that are about one thing, from pairs that were weighed.

The two groups whose pairs average highest are joined first, and so on while an average is above 0. A pair
that must never stand together keeps its groups apart for good. The result depends on the claims alone, not on
the order in which they came.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Set

from foedus.matching.weights import NEVER

_SAMPLE = 12  # members of a group that speak for it; the mean over more changes little


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
    """
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    neighbours: dict[int, dict[int, None]] = {place: {} for place in range(count)}
    strangers: dict[int, frozenset[int]] = {
        place: frozenset(others) for place, others in (parted or {}).items()
    }
    heap: list[tuple[float, int, int, int, int]] = []

    def push(one: int, other: int) -> None:
        if strangers and not strangers.get(one, frozenset()).isdisjoint(members[other]):
            return
        mean = _mean_weight(members[one], members[other], weigh)
        if mean > 0:
            first, second = (one, other) if members[one][0] < members[other][0] else (other, one)
            entry = (-mean, members[first][0], members[second][0], first, second)
            heapq.heappush(heap, entry)

    for one, other in links:
        neighbours[one][other] = neighbours[other][one] = None
        push(one, other)
    fresh = count
    while heap:
        _, _, _, one, other = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        members[fresh] = sorted(members.pop(one) + members.pop(other))
        if strangers:
            strangers[fresh] = strangers.get(one, frozenset()) | strangers.get(other, frozenset())
        around = {group: None for group in [*neighbours.pop(one), *neighbours.pop(other)] if group in members}
        neighbours[fresh] = around
        for group in around:
            neighbours[group][fresh] = None
            push(fresh, group)
        fresh += 1
    return sorted(members.values())


def _mean_weight(one: list[int], other: list[int], weigh: Callable[[int, int], int]) -> float:
    """Mean over the pairs of two groups, at most `_SAMPLE` of each; below 0 if one is forbidden."""
    if len(one) == len(other) == 1:
        return weigh(one[0], other[0]) if one < other else weigh(other[0], one[0])
    total = 0
    mine, yours = _sample(one), _sample(other)
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
