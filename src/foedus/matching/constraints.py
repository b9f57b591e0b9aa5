"""Constraints: what people have said of which claims are about one thing, and which are not.

Matching keeps them whatever the evidence says. What people say may contradict itself, also through a chain:
one is one with two, two with three, and one is not three. Then nothing of that chain is kept, and the
contradiction is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of claim ids, in any order; ids that the ledger has not are left alone.

    Attributes:
        joined: Pairs that are about one thing.
        parted: Pairs that are not.
    """

    joined: tuple[Pair, ...] = ()
    parted: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """Constraints that cannot all be kept; none of them is.

    Attributes:
        parted: The pair that is said not to be one, smaller id first.
        joined: The pairs that make the two one, sorted: all joins of the group that both stand in.
    """

    parted: Pair
    joined: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Constraints that can be kept.

    Attributes:
        groups: Claim ids that are about one thing, at least two each, sorted; no id in two of them.
        parted: Pairs that are not, smaller id first, sorted.
        contradictions: What is left out of both, sorted.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    parted: tuple[Pair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def settle(constraints: Constraints) -> Settled:
    """Tell the constraints that can be kept from those that contradict each other.

    A join that chains make one with others stands or falls with them: which of them is wrong is not guessed.
    A claim parted from itself contradicts itself alone.
    """
    joined = {_sort(pair) for pair in constraints.joined if pair[0] != pair[1]}
    parted = {_sort(pair) for pair in constraints.parted}
    parents: dict[str, str] = {}

    def top(claim: str) -> str:
        while parents.setdefault(claim, claim) != claim:
            claim = parents[claim]
        return claim

    for one, other in sorted(joined):
        first, second = sorted((top(one), top(other)))
        parents[second] = first
    joins_of: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(joined):
        joins_of[top(pair[0])].append(pair)
    at_odds = sorted(pair for pair in parted if top(pair[0]) == top(pair[1]))
    broken = {top(one) for one, _ in at_odds}
    return Settled(
        groups=tuple(
            sorted(tuple(sorted(_members(joins))) for head, joins in joins_of.items() if head not in broken)
        ),
        parted=tuple(sorted(parted.difference(at_odds))),
        contradictions=tuple(Contradiction(pair, tuple(joins_of[top(pair[0])])) for pair in at_odds),
    )


def _members(joins: Iterable[Pair]) -> set[str]:
    return {claim for pair in joins for claim in pair}


def _sort(pair: Pair) -> Pair:
    one, other = pair
    return (one, other) if one <= other else (other, one)
