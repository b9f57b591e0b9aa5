"""What judgements come to in a ledger: which hold, which wait, which contradict each other.

A pure function of the judgements and the claims. Judgements that contradict each other have no effect, none of
them: which one is right is for people to say, by taking one back.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise, product
from typing import Any, TypeVar

from foedus.matching.constraints import Constraints, Pair, settle
from foedus.matching.words import fold_words
from foedus.model.claim import Claim
from foedus.model.event import Conflict, Event
from foedus.model.judgement import (
    Back,
    ClaimName,
    Correct,
    Correctable,
    Grade,
    Join,
    Judgement,
    Part,
    Reject,
    Reliability,
    Scope,
    Standing,
    State,
    Value,
)

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that people set, and the ids of the judgements that set it, sorted."""

    slot: Correctable
    value: Value
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Judgements as they stand in a ledger.

    Attributes:
        standings: Every judgement, by time and id. Corrections of events stand provisionally in force until
            `place` knows the events.
        constraints: Pairs of claims that are one, and that are not.
        rejected: Id of each rejected claim to the ids of the judgements that reject it.
        corrected: Id of a claim to the corrections of its slots.
        grades: Publisher, as `fold_publisher` gives it, to its letter and the ids of the judgements.
        events: Id of an event to the corrections of its slots; empty before `place`.
    """

    standings: tuple[Standing, ...] = ()
    constraints: Constraints = Constraints()  # noqa: RUF009  # frozen
    rejected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrected: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    grades: Mapping[str, tuple[Reliability, tuple[str, ...]]] = field(default_factory=dict)
    events: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    @property
    def bound(self) -> frozenset[str]:
        """Ids of the claims of which people said that they are one or not, or whose event they corrected."""
        pairs = (*self.constraints.joined, *self.constraints.parted)
        corrected = (
            claim
            for standing in self.standings
            if isinstance(standing.judgement.verdict, Correct)
            and standing.judgement.verdict.scope is Scope.EVENT
            for side in standing.claims
            for claim in side
        )
        return frozenset((*(claim for pair in pairs for claim in pair), *corrected))

    def apply(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims as they stand: rejected ones left out, corrected values in their place."""
        return [
            _correct_claim(claim, self.corrected.get(claim.id, ()))
            for claim in claims
            if claim.id not in self.rejected
        ]

    def place(self, event_of: Mapping[str, str]) -> "Weighed":
        """The same with corrections of events laid to the events that hold their claims now.

        Args:
            event_of: Claim id to event id.
        """
        standings: list[Standing] = []
        placed: dict[str, str] = {}
        for standing in self.standings:
            verdict = standing.judgement.verdict
            is_open = standing.state is State.IN_FORCE
            if is_open and isinstance(verdict, Correct) and verdict.scope is Scope.EVENT:
                found = sorted({event_of[claim] for claim in standing.claims[0] if claim in event_of})
                if len(found) == 1:
                    placed[standing.judgement.id] = found[0]
                else:
                    what = (
                        f"its claims are in {len(found)} events now" if found else "no event has its claims"
                    )
                    standing = replace(standing, state=State.WAITING, reason=what)
            standings.append(standing)
        events, standings = _correct(standings, placed)
        return replace(self, standings=tuple(standings), events=events)

    def apply_to_events(
        self, events: Iterable[Event], conflicts: Iterable[Conflict]
    ) -> tuple[tuple[Event, ...], tuple[Conflict, ...]]:
        """Events and conflicts as they stand: corrected values in their place, conflicts on those slots gone."""
        kept = tuple(
            conflict
            for conflict in conflicts
            if all(item.slot.value != conflict.slot.value for item in self.events.get(conflict.event, ()))
        )
        return tuple(_correct_event(event, self.events.get(event.id, ())) for event in events), kept


def weigh_judgements(
    judgements: Iterable[Judgement],
    claims: Iterable[Claim],
    digests: Mapping[str, str],
    publishers: Iterable[str] | None = None,
) -> Weighed:
    """Tell how judgements stand where these claims are known.

    Args:
        judgements: All of them, in any order.
        claims: As they were coded, in any order; at least those in the documents that the judgements name.
        digests: Document name to the SHA-256 of its bytes.
        publishers: Those in the ledger, to tell the grades that wait; None takes each as there.

    Returns:
        What holds. It depends on the values given alone, not on their order.
    """
    ordered = sorted(judgements, key=lambda judgement: (judgement.when, judgement.id))
    if not ordered:
        return Weighed()
    taken = _find_taken_back(ordered)
    finder = _Finder(ordered, claims, digests)
    known = None if publishers is None else {fold_publisher(name) for name in publishers}
    standings = [
        Standing(judgement, State.TAKEN_BACK, "taken back", taken[judgement.id])
        if judgement.id in taken
        else _find_standing(judgement, finder, known)
        for judgement in ordered
    ]
    rejected = _gather(
        (standing.claims[0][0], standing.judgement.id)
        for standing in standings
        if standing.state is State.IN_FORCE and isinstance(standing.judgement.verdict, Reject)
    )
    standings = [_mind_rejected(standing, rejected) for standing in standings]
    standings, constraints = _settle(standings)
    targets = {
        standing.judgement.id: standing.claims[0][0]
        for standing in _iter_corrections(standings)
        if isinstance(standing.judgement.verdict, Correct) and standing.judgement.verdict.scope is Scope.CLAIM
    }
    corrected, standings = _correct(standings, targets)
    grades, standings = _grade(standings)
    return Weighed(tuple(standings), constraints, rejected, corrected, grades)


def fold_publisher(name: str) -> str:
    """A publisher's name without case and spacing: names that agree in this are one."""
    return " ".join(name.casefold().split())


class _Finder:
    """Finds the claims that judgements name."""

    def __init__(
        self, judgements: Iterable[Judgement], claims: Iterable[Claim], digests: Mapping[str, str]
    ) -> None:
        names = [name for judgement in judgements for name in judgement.names]
        wanted_digests = {name.digest for name in names if name.digest}
        self._digests = digests
        self._same: dict[str, list[str]] = defaultdict(list)
        for document in sorted(digests):
            if digests[document] in wanted_digests:
                self._same[digests[document]].append(document)
        documents = {name.document for name in names}.union(*self._same.values())
        ids = {name.id for name in names}
        self._by_id: dict[str, Claim] = {}
        self._by_document: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.id in ids:
                self._by_id[claim.id] = claim
            if claim.document in documents:
                self._by_document[claim.document].append(claim)

    def find(self, name: ClaimName) -> Claim | str:
        """The claim, or why there is none, as words without full stop."""
        found = self._by_id.get(name.id)
        if found is not None and found.type is name.type:
            return found
        document = self._find_document(name)
        if document is None:
            return f'no document "{name.document}"'
        here = [claim for claim in self._by_document[document] if claim.type is name.type]
        near = _narrow(here, name)
        if len(near) == 1:
            return near[0]
        what = f"{len(near)} claims like {name.id}" if near else f"no claim like {name.id} any more"
        return f'"{document}" has {what}'

    def _find_document(self, name: ClaimName) -> str | None:
        if name.document in self._digests:
            return name.document
        same = self._same.get(name.digest or "", [])
        return same[0] if len(same) == 1 else None


def _narrow(claims: Sequence[Claim], name: ClaimName) -> list[Claim]:
    """Those that the name may mean: the same words; of several those on its subject, then at its place.

    Where no claim has the same words, those on its subject of which the words are part of the named ones, or
    the other way round: a version of the coder may cut clauses elsewhere.
    """
    words = fold_words(name.quote)
    near = [claim for claim in claims if fold_words(claim.quote) == words]
    if not near:
        told = f" {' '.join(words)} "
        near = [
            claim
            for claim in claims
            if claim.subject == name.subject
            and ((own := f" {' '.join(fold_words(claim.quote))} ") in told or told in own)
        ]
    for same in (
        [claim for claim in near if claim.subject == name.subject],
        [claim for claim in near if claim.subject == name.subject and claim.evidence.start == name.start],
    ):
        if len(near) > 1 and same:
            near = same
    return near


def _find_taken_back(judgements: Sequence[Judgement]) -> dict[str, tuple[str, ...]]:
    """Id of each judgement that is taken back to the ids of those that do so."""
    return _gather(
        (judgement.verdict.judgement, judgement.id)
        for judgement in judgements
        if isinstance(judgement.verdict, Back)
    )


def _find_standing(judgement: Judgement, finder: _Finder, publishers: set[str] | None) -> Standing:
    match judgement.verdict:
        case Join(sides) | Part(sides):
            return _find_sides(judgement, sides, finder, needed=2)
        case Reject(claim):
            return _find_sides(judgement, ((claim,),), finder, needed=1)
        case Correct(_, claims, _, _):
            return _find_sides(judgement, (claims,), finder, needed=1)
        case Grade(publisher, _):
            if publishers is not None and fold_publisher(publisher) not in publishers:
                return Standing(judgement, State.WAITING, f'no article of "{publisher}"')
        case Back():
            pass
    return Standing(judgement, State.IN_FORCE)


def _find_sides(
    judgement: Judgement, sides: Sequence[Sequence[ClaimName]], finder: _Finder, *, needed: int
) -> Standing:
    """In force where at least `needed` sides have a claim that is here."""
    found: list[tuple[str, ...]] = []
    missing: list[str] = []
    for side in sides:
        here = []
        for name in side:
            claim = finder.find(name)
            if isinstance(claim, Claim):
                here.append(claim.id)
            else:
                missing.append(claim)
        found.append(tuple(dict.fromkeys(here)))
    claims = tuple(found)
    if sum(bool(side) for side in claims) < needed:
        return Standing(judgement, State.WAITING, missing[0], claims=claims)
    return Standing(judgement, State.IN_FORCE, claims=claims)


def _mind_rejected(standing: Standing, rejected: Mapping[str, tuple[str, ...]]) -> Standing:
    """What is said of claims that are rejected waits for the rejection to be taken back."""
    verdict = standing.judgement.verdict
    if standing.state is not State.IN_FORCE or not isinstance(verdict, Join | Part | Correct):
        return standing
    left = tuple(tuple(claim for claim in side if claim not in rejected) for side in standing.claims)
    needed = 1 if isinstance(verdict, Correct) else 2
    if sum(bool(side) for side in left) >= needed:
        return replace(standing, claims=left)
    gone = sorted({claim for side in standing.claims for claim in side} & rejected.keys())
    by = sorted({judgement for claim in gone for judgement in rejected[claim]})
    reason = f"{gone[0]} is rejected by {', '.join(by)}"
    return replace(standing, state=State.WAITING, reason=reason, claims=left)


def _settle(standings: Sequence[Standing]) -> tuple[list[Standing], Constraints]:
    """Joins and partings that can all be kept; a judgement stands or falls as a whole."""
    said: dict[str, tuple[bool, list[Pair]]] = {}
    for standing in standings:
        if standing.state is not State.IN_FORCE:
            continue
        if isinstance(standing.judgement.verdict, Join):
            members = sorted({claim for side in standing.claims for claim in side})
            said[standing.judgement.id] = (True, [*pairwise(members)])
        elif isinstance(standing.judgement.verdict, Part):
            said[standing.judgement.id] = (False, [*_iter_apart(standing.claims)])
    against = _find_contradictions(said)
    kept = {key: value for key, value in said.items() if key not in against}
    constraints = Constraints(
        joined=tuple(sorted({pair for is_join, pairs in kept.values() if is_join for pair in pairs})),
        parted=tuple(sorted({pair for is_join, pairs in kept.values() if not is_join for pair in pairs})),
    )
    return [_contradict(standing, against.get(standing.judgement.id)) for standing in standings], constraints


def _iter_apart(sides: Sequence[tuple[str, ...]]) -> Iterator[Pair]:
    for one, other in combinations(sides, 2):
        for pair in product(one, other):
            if pair[0] != pair[1]:
                yield (min(pair), max(pair))


def _find_contradictions(said: Mapping[str, tuple[bool, list[Pair]]]) -> dict[str, set[str]]:
    """Judgements that cannot all be kept, each with those that it cannot be kept beside."""
    by_pair = {
        is_join: _gather(
            (pair, key) for key, (kind, pairs) in said.items() if kind is is_join for pair in pairs
        )
        for is_join in (True, False)
    }
    settled = settle(Constraints(tuple(by_pair[True]), tuple(by_pair[False])))
    against: dict[str, set[str]] = defaultdict(set)
    for contradiction in settled.contradictions:
        parting = set(by_pair[False][contradiction.parted])
        joining = {key for pair in contradiction.joined for key in by_pair[True][pair]}
        for one in parting:
            against[one] |= joining
        for one in joining:
            against[one] |= parting
    return against


def _iter_corrections(standings: Iterable[Standing]) -> Iterator[Standing]:
    for standing in standings:
        if standing.state is State.IN_FORCE and isinstance(standing.judgement.verdict, Correct):
            yield standing


def _correct(
    standings: Sequence[Standing], targets: Mapping[str, str]
) -> tuple[dict[str, tuple[Correction, ...]], list[Standing]]:
    """Corrections by target; of two that set one slot to two values neither counts.

    Args:
        standings: All.
        targets: Judgement id to the id of the claim or event that it corrects; others are left alone.
    """
    values: dict[tuple[str, Correctable], dict[Value, list[str]]] = defaultdict(dict)
    for standing in _iter_corrections(standings):
        verdict = standing.judgement.verdict
        if isinstance(verdict, Correct) and standing.judgement.id in targets:
            key = (targets[standing.judgement.id], verdict.slot)
            values[key].setdefault(verdict.value, []).append(standing.judgement.id)
    against = _find_rivals(by_value.values() for by_value in values.values())
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for (target, slot), by_value in sorted(values.items()):
        if len(by_value) == 1:
            ((value, ids),) = by_value.items()
            corrections[target].append(Correction(slot, value, tuple(sorted(ids))))
    told = {target: tuple(items) for target, items in corrections.items()}
    return told, [_contradict(standing, against.get(standing.judgement.id)) for standing in standings]


def _grade(
    standings: Sequence[Standing],
) -> tuple[dict[str, tuple[Reliability, tuple[str, ...]]], list[Standing]]:
    letters: dict[str, dict[Reliability, list[str]]] = defaultdict(dict)
    for standing in standings:
        verdict = standing.judgement.verdict
        if standing.state in (State.IN_FORCE, State.WAITING) and isinstance(verdict, Grade):
            by_letter = letters[fold_publisher(verdict.publisher)]
            by_letter.setdefault(verdict.reliability, []).append(standing.judgement.id)
    against = _find_rivals(by_letter.values() for by_letter in letters.values())
    grades = {
        publisher: (letter, tuple(sorted(ids)))
        for publisher, by_letter in sorted(letters.items())
        if len(by_letter) == 1
        for letter, ids in by_letter.items()
    }
    return grades, [_contradict(standing, against.get(standing.judgement.id)) for standing in standings]


def _find_rivals(groups: Iterable[Iterable[Sequence[str]]]) -> dict[str, set[str]]:
    """Each id to those of the other parts of its group."""
    against: dict[str, set[str]] = {}
    for group in groups:
        parts = [set(part) for part in group]
        everyone = set().union(*parts)
        for part in parts:
            if others := everyone - part:
                against.update(dict.fromkeys(part, others))
    return against


def _contradict(standing: Standing, others: set[str] | None) -> Standing:
    if not others:
        return standing
    names = tuple(sorted(others))
    reason = f"contradicts {', '.join(names)}; none of them counts until one is taken back"
    return replace(standing, state=State.CONTRADICTED, reason=reason, against=names)


def _correct_claim(claim: Claim, corrections: Sequence[Correction]) -> Claim:
    """The claim with the values that people set. No words of the text carry them: their spans are empty."""
    if not corrections:
        return claim
    spans = dict(claim.spans)
    for correction in corrections:
        spans.pop(correction.slot.value, None)
        if correction.value not in (None, ()):
            spans[correction.slot.value] = ()
    values: dict[str, Any] = {correction.slot.value: correction.value for correction in corrections}
    return replace(claim, spans=spans, **values)


def _correct_event(event: Event, corrections: Sequence[Correction]) -> Event:
    values: dict[str, Any] = {correction.slot.value: correction.value for correction in corrections}
    return replace(event, **values) if values else event


def _gather(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    """Values by key, sorted."""
    gathered: dict[_Key, list[str]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return {key: tuple(sorted(values)) for key, values in gathered.items()}
