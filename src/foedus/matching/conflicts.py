"""Conflicts: claims of one event that cannot all be true (contract, section 7).

What is only time passing, precision or wording is none. Rather none than a false one: an analyst who finds
two of three conflicts to be nothing looks at no third.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from foedus.codebook import ActorKind, load_codebook
from foedus.matching.evidence import Comparable, days_between
from foedus.matching.sources import ArticleKey
from foedus.matching.subjects import SERIES, Likeness, compare_subjects, count_parties, is_on_taking_part
from foedus.matching.wording import (
    name_date,
    name_part,
    name_parties,
    name_quantity,
    name_recurrence,
    name_sides,
    name_status,
)
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, ClaimType, Quantity, Stage, Status
from foedus.model.event import Conflict, Event, Slot
from foedus.model.ids import make_id
from foedus.model.when import Precision, When

Side = list[Comparable]
T = TypeVar("T")

_CAME_TRUE = frozenset({Status.HAPPENED, Status.ONGOING})
_ENDED = frozenset({Stage.REJECTED, Stage.CANCELLED})
_REACHED = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.EXTENDED, Stage.DELIVERED})
_ONE_THING = frozenset(
    {
        Likeness.SAME_NAME,
        Likeness.PART_OF_NAME,
        Likeness.SAME_PHRASE,
        Likeness.LIKE_PHRASE,
        Likeness.BOTH_GENERAL,
    }
)
# Deeds of a moment: two days told for one of them are one too many. What lasts has a first and a last day.
_MOMENTARY_STAGES = frozenset(
    {Stage.SIGNED, Stage.IN_FORCE, Stage.EXTENDED, Stage.SUSPENDED, Stage.TERMINATED, Stage.REJECTED}
)
_LASTING = frozenset({ClaimType.EXERCISE})
_DAYS = frozenset({Precision.DAY, Precision.WEEK})
_MIN_DAYS = 2  # a day more or less is a time zone or a dateline
# Words, and states of things, that two may deny or claim without one of them being wrong.
_NEVER_DENIED = frozenset(
    {ClaimType.APPEAL, ClaimType.REFUSAL, ClaimType.ACCUSATION, ClaimType.THREAT, ClaimType.RELATIONS}
)
_PASSING_DAYS = 31  # a denial this much older than the deed was true when it was said
_APPROXIMATE = 0.15
_SAME = 0.02


def find_conflicts(
    event: Event,
    members: Sequence[Comparable],
    articles: Mapping[ArticleKey, Article],
    originals: Mapping[ArticleKey, ArticleKey],
) -> list[Conflict]:
    """Find where claims of one event contradict each other.

    Args:
        event: The event.
        members: Its claims.
        articles: By document and number, for the names of who says what.
        originals: Copies to their earliest copies: a copy does not contradict its original.

    Returns:
        At most one conflict a slot and matter, sides in the order of the event's claims.
    """
    order = {claim: place for place, claim in enumerate(event.claims)}
    ordered = sorted(members, key=lambda member: order[member.claim.id])
    finder = _Finder(event, ordered, articles, originals)
    return [
        *finder.find_recurrence(),
        *finder.find_when(),
        *finder.find_status(),
        *finder.find_stage(),
        *finder.find_quantities(),
        *finder.find_actors(),
    ]


class _Finder:
    """Looks through the claims of one event, slot by slot."""

    def __init__(
        self,
        event: Event,
        members: Sequence[Comparable],
        articles: Mapping[ArticleKey, Article],
        originals: Mapping[ArticleKey, ArticleKey],
    ) -> None:
        self.event = event
        self.members = members
        self.articles = articles
        self.originals = originals

    def find_recurrence(self) -> Iterator[Conflict]:
        """How often one series is held."""
        by_value: dict[str, Side] = {}
        for member in self.members:
            if member.claim.recurrence and member.claim.status is not Status.DENIED:
                by_value.setdefault(_fold_duration(member.claim.recurrence), []).append(member)
        sides = [
            side
            for side in by_value.values()
            if any(self._is_one_series(side, other) for other in by_value.values() if other is not side)
        ]
        if len(sides) > 1:
            yield self._conflict(
                Slot.RECURRENCE, sides, lambda claim: f"is held {name_recurrence(claim.recurrence or '')}"
            )

    def _is_one_series(self, side: Side, other: Side) -> bool:
        return any(
            (one.edition == two.edition == SERIES or _is_one_thing(one, two))
            and _may_meet(one.claim.when, two.claim.when)
            for one in side
            for two in other
        )

    def find_when(self) -> Iterator[Conflict]:
        """When a deed of a moment was done, or when one edition was held, by articles of their own."""
        groups: dict[Hashable, Side] = {}
        for member in self.members:
            if key := _deed(member):
                groups.setdefault(key, []).append(member)
        for group in groups.values():
            sides = _part(group, lambda one, two: not _are_days_apart(one.claim.when, two.claim.when))
            if len(sides) > 1 and self._are_independent(sides) and _all_one_thing(sides):
                yield self._conflict(Slot.WHEN, sides, lambda claim: f"was {name_date(claim.when)}")

    def find_status(self) -> Iterator[Conflict]:
        """What one says was done and another denies."""
        if self.event.type in _NEVER_DENIED:
            return
        for stage in dict.fromkeys(member.claim.stage for member in self.members):
            group = [member for member in self.members if member.claim.stage is stage]
            done = [member for member in group if member.claim.status in _CAME_TRUE]
            denied = [member for member in group if member.claim.status is Status.DENIED]
            pairs = [(one, two) for one in done for two in denied if self._is_denied(one, two)]
            # Who denies that one of several took part does not deny the thing.
            parts = [pair for pair in pairs if _is_one_left_out(*pair)]
            if whole := [pair for pair in pairs if pair not in parts]:
                yield self._conflict(Slot.STATUS, self._find_sides(whole), name_status)
            if parts:
                yield self._conflict(Slot.ACTORS, self._find_sides(parts), name_part)

    def _is_denied(self, done: Comparable, denied: Comparable) -> bool:
        """Whether the second denies what the first claims, and is another's word about the same time."""
        if self._voice(done) == self._voice(denied) or not _is_one_thing(done, denied):
            return False
        if done.codes != denied.codes and not (done.codes <= denied.codes or denied.codes <= done.codes):
            return False
        if not _may_meet(done.claim.when, denied.claim.when):
            return False
        if done.claim.when is None and done.published and denied.published:
            return (done.published - denied.published).days <= _PASSING_DAYS
        return True

    def find_stage(self) -> Iterator[Conflict]:
        """One says that it was signed, another that it was rejected, of the same days."""
        reached = [member for member in self.members if _is_true(member) and member.claim.stage in _REACHED]
        ended = [member for member in self.members if _is_true(member) and member.claim.stage in _ENDED]
        pairs = [
            (one, two)
            for one in reached
            for two in ended
            if one.claim.when
            and two.claim.when
            and one.claim.when.precision in _DAYS
            and two.claim.when.precision in _DAYS
            and one.claim.when.overlaps(two.claim.when)
            and one.codes == two.codes
            and self._voice(one) != self._voice(two)
            and _is_one_thing(one, two)
        ]
        if pairs:
            yield self._conflict(
                Slot.STAGE,
                self._find_sides(pairs),
                lambda claim: f"was {claim.stage.value if claim.stage else 'done'}",
            )

    def find_quantities(self) -> Iterator[Conflict]:
        """How many or how much, of the same thing at the same time, by articles of their own."""
        groups: dict[tuple[object, object, object, tuple[str, ...]], list[tuple[Comparable, Quantity]]] = {}
        for member in self.members:
            status = member.claim.status
            phase = "done" if status in _CAME_TRUE else status
            if member.edition == SERIES or status is Status.DENIED:
                continue
            for quantity in member.claim.quantities:
                if quantity.of or quantity.unit:
                    counted = (*_fold_counted(quantity), quantity.unit or "")
                    key = (phase, member.claim.stage, tuple(sorted(member.codes)), counted)
                    groups.setdefault(key, []).append((member, quantity))
        for (*_, counted), group in groups.items():
            parts = _part(group, lambda one, two: _may_agree(one[1], two[1]))
            sides = [[member for member, _ in part] for part in parts]
            if len(sides) > 1 and self._are_independent(sides) and _meet_in_time(sides):
                amounts = {member.claim.id: name_quantity(quantity) for member, quantity in group}
                say = _say_from({name: f"is {amount}" for name, amount in amounts.items()})
                # The same claims may disagree on two counts.
                yield self._conflict(Slot.QUANTITIES, sides, say, matter=counted)

    def find_actors(self) -> Iterator[Conflict]:
        """One says how many parties it has and names them all; another names one more, of the same thing and time.

        Nothing follows from parties that are only left out: texts do that all the time.
        """
        told = [member for member in self.members if _is_true(member) and member.edition != SERIES]
        closed = [member for member in told if count_parties(member.claim.quote) == len(member.codes)]
        pairs = [
            (one, two)
            for one in closed
            for two in told
            if two.codes - one.codes
            and two.codes & one.codes
            and one.claim.stage is two.claim.stage
            and all(map(_is_state, one.codes | two.codes))
            and one.claim.when
            and two.claim.when
            and one.claim.when.overlaps(two.claim.when)
            and self._are_independent([[one], [two]])
            and _is_one_thing(one, two)
        ]
        if pairs:
            yield self._conflict(Slot.ACTORS, self._find_sides(pairs), name_parties)

    def _are_independent(self, sides: Sequence[Side]) -> bool:
        """Whether no article, and no copy of it, stands on two sides: then it only speaks of two things."""
        return all(
            {self._origin(member) for member in one}.isdisjoint({self._origin(member) for member in two})
            for one, two in combinations(sides, 2)
        )

    def _find_sides(self, pairs: Sequence[tuple[Comparable, Comparable]]) -> list[Side]:
        """First and second members of pairs that contradict each other, each once, in order."""
        return [
            [member for member in self.members if any(member is pair[at] for pair in pairs)] for at in (0, 1)
        ]

    def _origin(self, member: Comparable) -> ArticleKey:
        key = (member.claim.document, member.claim.article)
        return self.originals.get(key, key)

    def _voice(self, member: Comparable) -> Hashable:
        """Who says it: the one it is attributed to, else the article."""
        return member.claim.attributed_to or self._origin(member)

    def _conflict(
        self, slot: Slot, sides: Sequence[Side], say: Callable[[Claim], str], *, matter: Sequence[str] = ()
    ) -> Conflict:
        ids = tuple(tuple(member.claim.id for member in side) for side in sides)
        claims = [[member.claim for member in side] for side in sides]
        return Conflict(
            id=make_id("x", slot.value, *matter, *sorted(" ".join(sorted(side)) for side in ids)),
            event=self.event.id,
            slot=slot,
            sides=ids,
            note=name_sides(self.event, claims, self.articles, say),
        )


def _is_one_left_out(done: Comparable, denied: Comparable) -> bool:
    """Whether the second denies only that some of those the first names took part."""
    return denied.codes < done.codes and is_on_taking_part(denied.claim.quote)


def _is_state(code: str) -> bool:
    actor = load_codebook().actors.get(code)
    return actor is not None and actor.kind is ActorKind.STATE


def _say_from(said: Mapping[str, str]) -> Callable[[Claim], str]:
    return lambda claim: said[claim.id]


def _is_true(member: Comparable) -> bool:
    return member.claim.status in _CAME_TRUE


def _deed(member: Comparable) -> Hashable:
    """What was done once, so that it has one time; None for all else."""
    claim = member.claim
    if claim.status is not Status.HAPPENED or claim.when is None or claim.recurrence:
        return None
    if claim.stage in _MOMENTARY_STAGES:
        return (claim.stage, tuple(sorted(member.codes)))
    days = claim.when.days or 0
    held = claim.type in _LASTING and member.edition not in (None, SERIES)
    return (member.edition, tuple(sorted(member.codes))) if held and days > 1 else None


def _are_days_apart(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and days_between(one, other) >= _MIN_DAYS


def _may_meet(one: When | None, other: When | None) -> bool:
    return one is None or other is None or days_between(one, other) < _MIN_DAYS


def _meet_in_time(sides: Sequence[Side]) -> bool:
    return any(_may_meet(one.claim.when, two.claim.when) for one in sides[0] for two in sides[1])


def _is_one_thing(one: Comparable, other: Comparable) -> bool:
    return compare_subjects(one.subject, other.subject) in _ONE_THING


def _all_one_thing(sides: Sequence[Side]) -> bool:
    return all(
        any(_is_one_thing(mine, yours) for mine in one for yours in two)
        for one, two in combinations(sides, 2)
    )


def _part(group: Sequence[T], agree: Callable[[T, T], bool]) -> list[list[T]]:
    """Parts of which no member agrees with a member of another; in the order of their first members."""
    parts: list[list[T]] = []
    for item in group:
        agreeing = [part for part in parts if any(agree(item, other) for other in part)]
        merged = [other for part in agreeing for other in part] + [item]
        parts = [part for part in parts if not any(part is one for one in agreeing)]
        parts.append(merged)
    places = {id(item): place for place, item in enumerate(group)}
    return sorted(
        (sorted(part, key=lambda item: places[id(item)]) for part in parts),
        key=lambda part: places[id(part[0])],
    )


def _fold_duration(duration: str) -> str:
    """One spelling for one length: ``P12M`` is ``P1Y``, ``P1W`` is ``P7D``."""
    number, unit = duration[1:-1], duration[-1:]
    if not number.isdigit():
        return duration
    if unit == "M" and int(number) % 12 == 0:
        return f"P{int(number) // 12}Y"
    return f"P{int(number) * 7}D" if unit == "W" else duration


def _fold_counted(quantity: Quantity) -> tuple[str, ...]:
    return tuple(sorted((quantity.of or "").casefold().split()))


def _may_agree(one: Quantity, other: Quantity) -> bool:
    """Whether one number can be meant by both."""
    low, high = _bounds(one)
    other_low, other_high = _bounds(other)
    return low <= other_high and other_low <= high


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """The numbers that the words allow; a round number is given for what lies near it."""
    low, high = quantity.value, quantity.value if quantity.max is None else quantity.max
    slack = max(_APPROXIMATE if quantity.approximate else _SAME, _roundness(low))
    low, high = low * (1 - slack), high * (1 + slack)
    if quantity.bound is Bound.MIN:
        return low, float("inf")
    return (0.0, high) if quantity.bound is Bound.MAX else (low, high)


def _roundness(number: float) -> float:
    """Half a unit of the last digit that is no nought, as a share, at most 0.1: 4,500 gives 0.011."""
    if number <= 0 or number != int(number):
        return 0.0
    digits = str(int(number))
    unit = 10 ** (len(digits) - len(digits.rstrip("0")))
    return min(0.1, unit / 2 / number) if unit > 1 else 0.0
