"""Blocks: which pairs of claims are compared at all, so that a million claims stay near-linear.

Two claims of one article meet if they are of one type. Two claims of different articles meet if they share a
key: a name, or telling words and an actor, or actors and a month. A block holds the claims of one key, in the
order of their days; each meets those next to it. So what a claim meets depends on its neighbours alone, and one
claim more changes nothing further off: a ledger that grows is matched again only where it grew.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from foedus.matching.evidence import Comparable
from foedus.matching.subjects import Subject
from foedus.model.claim import ClaimType
from foedus.model.when import When

NEIGHBOURS = 8
"""Claims of a block on either side of a claim, in the order of days, that it meets.

Source: ``bench/matching.py --claims 60000``: with 6, 10 and 20 neighbours B-cubed F1 is 0.886, and pairs a claim
are 8, 11 and 17; events of the gold sets are the same.
"""

Position = tuple[int, str]
"""Where a claim stands in its blocks: a day as a number, and its id."""

_MAX_MONTHS = 4  # a longer time is no key
_MAX_ACTORS = 4  # of a claim, as keys with its words
_MAX_WORDS = 5
_UNDATED = 4_000_000  # after the last day of the calendar
_VOWELS = str.maketrans("", "", "aeiouyаеёиоуыэюяіїєў'")
_DOUBLED = re.compile(r"(.)\1+")
_LASTING = frozenset({ClaimType.RELATIONS, ClaimType.JOINT_FORCE, ClaimType.MEMBERSHIP})


def iter_pairs(comparables: Sequence[Comparable]) -> Iterator[tuple[int, int]]:
    """Places of pairs in `comparables`, claims of one type, that are worth comparing: smaller first, sorted.

    Claims that name actors and none in common are left out: they are never about one thing.
    """
    count = len(comparables)
    positions = [find_position(comparable) for comparable in comparables]
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place in sorted(range(count), key=positions.__getitem__):
        for key in {*_iter_keys(comparables[place])}:
            blocks[key].append(place)
    codes = [comparable.codes for comparable in comparables]
    pairs: set[int] = set()  # of whole numbers, since tuples take thrice the memory
    for members in blocks.values():
        for at in range(len(members) - 1):
            place = members[at]
            mine = codes[place]
            for other in members[at + 1 : at + 1 + NEIGHBOURS]:
                if not mine or not codes[other] or not mine.isdisjoint(codes[other]):
                    pairs.add(place * count + other if place < other else other * count + place)
    del blocks
    for pair in sorted(pairs):
        yield divmod(pair, count)


def find_position(comparable: Comparable) -> Position:
    """Where a claim stands in the order of its blocks: by its own time, else by publication."""
    when = comparable.claim.when
    day = (when.first or when.last) if when else comparable.published
    return (day.toordinal() if day else _UNDATED, comparable.claim.id)


def find_keys(comparable: Comparable) -> frozenset[int]:
    """The blocks a claim stands in, as whole numbers of 64 bits with a sign."""
    return frozenset(_to_number(*parts) for parts in _iter_keys(comparable))


def _to_number(*parts: object) -> int:
    words = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big", signed=True)


def _iter_keys(comparable: Comparable) -> Iterator[tuple[object, ...]]:
    claim, subject = comparable.claim, comparable.subject
    kind = claim.type.value
    yield ("article", kind, claim.document, claim.article)
    codes = sorted(comparable.codes)
    if subject is not None:
        if subject.name:
            yield ("name", kind, _strip_to_bones(subject))
        for short in (subject.abbreviation if subject.name else None, subject.initials):
            if short:
                for code in codes[:_MAX_ACTORS] or ("",):
                    yield ("short", kind, short, code)
        for word in sorted(subject.telling)[:_MAX_WORDS]:
            for code in codes[:_MAX_ACTORS]:
                yield ("word", kind, word[:6], code)
    if codes:
        everyone = " ".join(codes)
        for month in _months(claim.when):
            yield ("month", kind, everyone, month)
        if claim.type in _LASTING:
            yield ("lasting", kind, everyone, not (subject and subject.telling))
        if comparable.published is not None:
            yield ("published", kind, everyone, comparable.published.year * 12 + comparable.published.month)


def _strip_to_bones(subject: Subject) -> str:
    """A name without vowels and doubled letters, so that most spellings of it agree."""
    return " ".join(_DOUBLED.sub(r"\1", word.translate(_VOWELS)) or word for word in sorted(subject.name))


def _months(when: When | None) -> Iterator[int]:
    if when is None or when.first is None or when.last is None:
        return
    first, last = (day.year * 12 + day.month for day in (when.first, when.last))
    if last - first < _MAX_MONTHS:
        yield from range(first, last + 1)
