"""Claims to events: compare what is worth comparing, weigh it, group it, reconcile each group."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from foedus.matching.blocks import iter_pairs
from foedus.matching.clusters import find_clusters
from foedus.matching.collecting import pause_collecting
from foedus.matching.conflicts import find_conflicts
from foedus.matching.constraints import Constraints, Settled, settle
from foedus.matching.editions import find_all_editions
from foedus.matching.evidence import Comparable, find_umbrellas, find_warm, list_evidence, make_comparable
from foedus.matching.reconcile import make_event
from foedus.matching.sources import ArticleKey, find_originals
from foedus.matching.weights import NEVER, load_weights
from foedus.matching.words import fold_words
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType
from foedus.model.event import Conflict, Event, Reprint

SAME_WORDS = 20_000
"""Weight of a pair that a reprint repeats: more than all evidence together."""

_SAID = 40_000  # weight of a pair that people have joined
_MIN_QUOTE_WORDS = 4

T = TypeVar("T")


@pause_collecting()
def match_claims(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    reprints: Sequence[Reprint],
    constraints: Constraints = Constraints(),  # noqa: B008  # frozen
) -> tuple[tuple[Event, ...], tuple[Conflict, ...]]:
    """Join the claims that are about one real-world thing, and find those that cannot all be true.

    Args:
        claims: In any order; each id once.
        articles: Those the claims come from, in any order; a claim whose article is missing is undated.
        reprints: As `find_reprints` gives them.
        constraints: What people have said of pairs of claims. It is kept whatever the evidence says, but for
            what contradicts itself (`settle` tells that) and for joins of claims of two types.

    Returns:
        Events, sorted by id: every claim stands in exactly one, alone if nothing joins it; the claims of an
        event are of one type. Conflicts, sorted by id. Both depend on the values given alone, not on their
        order.

    Source: CONTRACT.md, sections 6 and 7; weights in ``data/weights.yaml``; docs/matching.md.
    """
    by_key = {(article.document, article.number): article for article in articles}
    originals = find_originals(reprints)
    settled = settle(constraints)
    by_type: dict[ClaimType, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_type[claim.type].append(claim)
    events: list[Event] = []
    conflicts: list[Conflict] = []
    # Type by type: claims of two types never meet, and a million claims need not be in memory twice.
    for same_type in by_type.values():
        comparables = read_claims(same_type, by_key)
        links = dict.fromkeys(find_repeats(comparables, originals), SAME_WORDS)
        for one, other in iter_pairs(comparables):
            if (one, other) not in links and (weight := weigh(comparables[one], comparables[other])) > 0:
                links[one, other] = weight
        for members in iter_groups(comparables, links, settled):
            event = make_event(members, by_key, originals)
            events.append(event)
            if len(members) > 1:
                conflicts.extend(find_conflicts(event, members, by_key, originals))
    return tuple(sorted(events, key=lambda event: event.id)), tuple(
        sorted(conflicts, key=lambda conflict: conflict.id)
    )


def read_claims(claims: Iterable[Claim], articles: Mapping[ArticleKey, Article]) -> list[Comparable]:
    """Claims of one type as they are compared, in the order of documents, then of evidence.

    Args:
        claims: Of each article all claims of the type: what one says of an edition bears on the others.
        articles: By document and number; a claim of one that is missing is undated.
    """
    read = [
        make_comparable(claim, articles.get((claim.document, claim.article)))
        for claim in sorted(claims, key=find_place)
    ]
    editions = find_all_editions(read)
    umbrellas = find_umbrellas(read)
    warm = find_warm(read)
    marked = {*editions, *umbrellas, *warm}
    return [
        replace(
            comparable,
            edition=editions.get(comparable.claim.id),
            is_umbrella=comparable.claim.id in umbrellas,
            is_cool=comparable.is_cool and comparable.claim.id not in warm,
        )
        if comparable.claim.id in marked
        else comparable
        for comparable in read
    ]


def find_place(claim: Claim) -> tuple[str, int, int, int, str]:
    """Where a claim stands in the order of claims."""
    return (claim.document, claim.article, claim.evidence.start, claim.evidence.end, claim.id)


def iter_groups(
    comparables: Sequence[Comparable], links: dict[tuple[int, int], int], settled: Settled
) -> Iterator[list[Comparable]]:
    """The claims of each event.

    Args:
        comparables: Claims of one type, in the order of claims; those that links hold together are all there.
        links: Weights above 0 by places of pairs, smaller first.
        settled: What people have said.
    """
    said = _place_said(comparables, settled)
    links = links | dict.fromkeys(said.joined, _SAID) if said.joined else links
    for part in _find_parts(len(comparables), links):
        members = [comparables[place] for place in part.places]
        if len(members) == 1 or (len(members) == 2 and not said.parted):
            yield members  # what holds two together joins them
            continue
        for group in _find_clusters_in(members, part.links, said.within(part.places)):
            yield [members[place] for place in group]


def _find_clusters_in(
    members: Sequence[Comparable], links: Mapping[tuple[int, int], int], said: "_Said"
) -> list[list[int]]:
    """Clusters of the members of one part; pairs without a link are weighed when a cluster asks for them.

    Claims that people have joined are one thing from the start. It is like another as far as the claim of it
    that is most like that: evidence against the join itself must not tell against others that belong to it.
    """

    def weigh_places(one: int, other: int) -> int:
        weight = links.get((one, other))
        return weigh(members[one], members[other]) if weight is None else weight

    if not said.joined and not said.parted:
        return find_clusters(len(members), sorted(links), weigh_places)
    things = [part.places for part in _find_parts(len(members), dict.fromkeys(said.joined, _SAID))]
    thing_of = {place: number for number, thing in enumerate(things) for place in thing}

    def weigh_things(one: int, other: int) -> int:
        return max(weigh_places(min(a, b), max(a, b)) for a in things[one] for b in things[other])

    between = {_in_order(thing_of[one], thing_of[other]) for one, other in links}
    parted: dict[int, set[int]] = defaultdict(set)
    for one, other in said.parted:
        parted[thing_of[one]].add(thing_of[other])
        parted[thing_of[other]].add(thing_of[one])
    pairs = sorted(pair for pair in between if pair[0] != pair[1])
    groups = find_clusters(len(things), pairs, weigh_things, parted=parted)
    return [sorted(place for thing in group for place in things[thing]) for group in groups]


@dataclass(frozen=True, slots=True)
class _Said:
    """What people have said, as places of claims, smaller first."""

    joined: tuple[tuple[int, int], ...] = ()
    parted: tuple[tuple[int, int], ...] = ()

    def within(self, places: Sequence[int]) -> "_Said":
        """What bears on these places alone, by position in them."""
        if not self.joined and not self.parted:
            return self
        position = {place: number for number, place in enumerate(places)}
        return _Said(*(_replace(pairs, position) for pairs in (self.joined, self.parted)))


def _place_said(comparables: Sequence[Comparable], settled: Settled) -> _Said:
    if not settled.groups and not settled.parted:
        return _Said()
    place_of = {comparable.claim.id: place for place, comparable in enumerate(comparables)}
    chains: list[tuple[int, int]] = []
    for group in settled.groups:
        here = sorted(place_of[claim] for claim in group if claim in place_of)
        chains.extend(pairwise(here))
    return _Said(tuple(chains), _replace(settled.parted, place_of))


def _replace(pairs: Iterable[tuple[T, T]], place_of: Mapping[T, int]) -> tuple[tuple[int, int], ...]:
    """The pairs both of which have a place, as places."""
    return tuple(
        _in_order(place_of[one], place_of[other])
        for one, other in pairs
        if one in place_of and other in place_of
    )


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


class _Part:
    """Claims that links hold together: their places, sorted, and the weights of links by position in them."""

    __slots__ = ("links", "places")

    def __init__(self, places: list[int]) -> None:
        self.places = places
        self.links: dict[tuple[int, int], int] = {}


def _find_parts(count: int, links: Mapping[tuple[int, int], int]) -> list[_Part]:
    """Connected components, each place below `count` in one."""
    parents = list(range(count))

    def top(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for one, other in links:
        first, second = sorted((top(one), top(other)))
        parents[second] = first
    parts: dict[int, _Part] = {}
    position = []
    for place in range(count):
        part = parts.setdefault(top(place), _Part([]))
        position.append(len(part.places))
        part.places.append(place)
    for (one, other), weight in links.items():
        parts[top(one)].links[position[one], position[other]] = weight
    return list(parts.values())


def weigh(one: Comparable, other: Comparable) -> int:
    """What all evidence for two claims of one type being about one thing sums up to; `NEVER` forbids."""
    if one.codes and other.codes and one.codes.isdisjoint(other.codes):
        return NEVER  # as the table has it for all types; half of all pairs need no more
    a, b = one.claim, other.claim
    same_article = a.article == b.article and a.document == b.document
    return load_weights(a.type, same_article).weigh(list_evidence(one, other))


def find_repeats(
    comparables: Sequence[Comparable], originals: Mapping[ArticleKey, ArticleKey]
) -> list[tuple[int, int]]:
    """Pairs of claims that an article and its reprint make in the same words, smaller place first, sorted."""
    if not originals:
        return []
    family: dict[tuple[ArticleKey, tuple[str, ...], str], list[int]] = defaultdict(list)
    copied = {*originals, *originals.values()}
    for place, comparable in enumerate(comparables):
        claim = comparable.claim
        key = (claim.document, claim.article)
        words = tuple(fold_words(claim.quote)) if key in copied else ()
        if len(words) >= _MIN_QUOTE_WORDS:
            stage = claim.stage.value if claim.stage else None
            family[originals.get(key, key), words, f"{stage} {claim.subject}"].append(place)
    return sorted((places[0], other) for places in family.values() for other in places[1:])
