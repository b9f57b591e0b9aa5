"""Blocks: which pairs of claims are compared at all, so that a million claims stay near-linear.

Two claims of one article meet if they are of one type. Two claims of different articles meet if they share a
key: a name, or telling words and an actor, or actors and a month. A crowded block is split by finer and finer
features of its members; where nothing splits it, each claim meets its next neighbours in the order of claims.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from foedus.matching.evidence import Comparable
from foedus.matching.subjects import Subject
from foedus.model.claim import ClaimType
from foedus.model.when import When

Key = tuple[Any, ...]
"""What members of a block share: kind of key, type of claim, values."""

_MAX_MONTHS = 4  # a longer time is no key
_CROWD = 24  # members of a block that all meet
_CROWDED_ARTICLE = 60
_NEIGHBOURS = 8
_NEAR_IN_TIME = 16
_MAX_ACTORS = 4  # of a claim, as keys with its words
_MAX_WORDS = 5
_VOWELS = str.maketrans("", "", "aeiouyаеёиоуыэюяіїєў'")
_DOUBLED = re.compile(r"(.)\1+")
_LASTING = frozenset({ClaimType.RELATIONS, ClaimType.JOINT_FORCE, ClaimType.MEMBERSHIP})


def iter_pairs(comparables: Sequence[Comparable]) -> Iterator[tuple[int, int]]:
    """Places of pairs in `comparables` that are worth comparing: smaller first, each once, sorted."""
    pairs: set[tuple[int, int]] = set()
    blocks: dict[Key, list[int]] = defaultdict(list)
    for place, comparable in enumerate(comparables):
        for key in sorted(set(_iter_keys(comparable)), key=repr):
            blocks[key].append(place)
    for key, members in blocks.items():
        if len(members) > 1:
            pairs.update(_meet(comparables, members, key))
    yield from sorted(pairs)


def _iter_keys(comparable: Comparable) -> Iterator[Key]:
    claim, subject = comparable.claim, comparable.subject
    kind = claim.type.value
    yield ("article", kind, claim.document, claim.article)
    codes = sorted(comparable.codes)
    if subject is not None:
        for name in _name_keys(subject):
            yield ("name", kind, name)
        for word in sorted(subject.telling)[:_MAX_WORDS]:
            for code in codes[:_MAX_ACTORS]:
                yield ("word", kind, word[:6], code)
    if codes:
        for month in _months(claim.when):
            yield ("month", kind, tuple(codes), month)
        if claim.type in _LASTING:
            yield ("lasting", kind, tuple(codes), not (subject and subject.telling))
        if comparable.published is not None:
            for month in (comparable.published.year * 12 + comparable.published.month,):
                yield ("published", kind, tuple(codes), month)


def _name_keys(subject: Subject) -> Iterator[str]:
    """A name without vowels and doubled letters, so that most spellings of it agree; and abbreviations."""
    if subject.name:
        bones = (_DOUBLED.sub(r"\1", word.translate(_VOWELS)) or word for word in sorted(subject.name))
        yield " ".join(bones)
        if subject.abbreviation:
            yield subject.abbreviation
    if subject.initials:
        yield subject.initials


def _months(when: When | None) -> Iterator[int]:
    if when is None or when.first is None or when.last is None:
        return
    first, last = (day.year * 12 + day.month for day in (when.first, when.last))
    if last - first < _MAX_MONTHS:
        yield from range(first, last + 1)


def _meet(comparables: Sequence[Comparable], members: Sequence[int], key: Key) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; of a crowded one the pairs of its parts, of a name those near in time."""
    crowd = _CROWDED_ARTICLE if key[0] == "article" else _CROWD
    if len(members) <= crowd:
        yield from combinations(members, 2)
        return
    if key[0] == "name":
        by_day = sorted(members, key=lambda place: (_day(comparables[place]) or date.max, place))
        for one, other in _iter_near(by_day, _NEAR_IN_TIME):
            yield min(one, other), max(one, other)
        return
    parts = [list(members)]
    for feature in _FEATURES:
        finer: list[list[int]] = []
        for part in parts:
            if len(part) <= crowd:
                finer.append(part)
                continue
            by_feature: dict[Hashable, list[int]] = defaultdict(list)
            for place in part:
                by_feature[feature(comparables[place])].append(place)
            finer.extend(by_feature.values())
        parts = finer
    for part in parts:
        if len(part) <= crowd:
            yield from combinations(part, 2)
        else:
            yield from _iter_near(part, _NEIGHBOURS)


def _iter_near(members: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Each member with the `count` that follow it."""
    for at, place in enumerate(members):
        for other in members[at + 1 : at + 1 + count]:
            yield place, other


def _day(comparable: Comparable) -> date | None:
    when = comparable.claim.when
    return (when.first or when.last) if when else comparable.published


def _year(comparable: Comparable) -> Hashable:
    day = _day(comparable)
    return day.year if day else None


def _month(comparable: Comparable) -> Hashable:
    day = _day(comparable)
    return (day.year, day.month) if day else None


_FEATURES: tuple[Callable[[Comparable], Hashable], ...] = (
    lambda comparable: tuple(sorted(comparable.codes)),
    _year,
    lambda comparable: tuple(sorted(comparable.subject.telling)) if comparable.subject else (),
    _month,
    lambda comparable: comparable.claim.when and comparable.claim.when.first,
    lambda comparable: comparable.claim.place,
)
