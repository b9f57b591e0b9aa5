from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from foedus.matching.blocks import NEIGHBOURS, iter_pairs
from foedus.matching.evidence import Comparable, make_comparable
from foedus.model.claim import Claim

Read = Callable[..., Comparable]


@pytest.fixture
def read(make_claim: Callable[..., Claim], make_article: Callable[..., Any]) -> Read:
    def build(document: str, published: date | None = date(2020, 1, 1), **slots: Any) -> Comparable:
        return make_comparable(make_claim(document, **slots), make_article(document, published=published))

    return build


def meet(*comparables: Comparable) -> bool:
    return (0, 1) in set(iter_pairs(comparables))


def test_claims_of_one_article_meet(read: Read) -> None:
    assert meet(read("a"), read("a", start=90, actors=[], subject="pilots"))


def test_claims_of_two_types_never_meet(read: Read) -> None:
    assert not meet(read("a", subject="Iron Bridge"), read("a", type="exercise", subject="Iron Bridge"))


@pytest.mark.parametrize(
    "slots",
    [
        {"subject": "transit of goods"},
        {"when": date(2020, 5, 31)},
        {},
    ],
)
def test_claims_of_two_articles_meet_on_what_they_share(read: Read, slots: dict[str, Any]) -> None:
    assert meet(read("a", **slots), read("b", **slots))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iron Bridge-2011", "Iron Bridge"),
        ("Shchit Soyuza", "Union Shield"),
        ("Joint Desert Task Force", "JDTF"),
        ("Yudh Abhyas", "Yuddh Abhyas"),
    ],
)
def test_names_meet_whenever(read: Read, one: str, other: str) -> None:
    early = read("a", date(2001, 1, 1), subject=one, actors=[("NOR", "both")], type="exercise")
    late = read("b", date(2020, 1, 1), subject=other, actors=[("NOR", "both")], type="exercise")
    assert meet(early, late)


def test_claims_with_no_actor_in_common_do_not_meet(read: Read) -> None:
    one = read("a", subject="Iron Bridge", actors=[("NOR", "both")])
    other = read("b", subject="Iron Bridge", actors=[("FIN", "both")])
    assert not meet(one, other)
    assert meet(one, read("b", subject="Iron Bridge", actors=[]))


def test_claims_that_share_nothing_do_not_meet(read: Read) -> None:
    early = read("a", date(2001, 1, 1), subject="transit of goods")
    late = read("b", date(2020, 1, 1), subject="pilot school")
    assert not meet(early, late)


def test_pairs_are_sorted_and_come_once(read: Read) -> None:
    claims = [read(name, subject="Iron Bridge", when=date(2020, 5, 1)) for name in "abc"]
    assert list(iter_pairs(claims)) == [(0, 1), (0, 2), (1, 2)]


def test_a_crowd_costs_little_and_keeps_what_is_near_together(read: Read) -> None:
    day = date(2000, 1, 1)
    claims = [
        read(f"{place:04}", day + timedelta(days=place // 2), when=day + timedelta(days=place // 2))
        for place in range(1000)
    ]
    pairs = set(iter_pairs(claims))
    assert len(pairs) < 60 * len(claims)
    assert all((place, place + 1) in pairs for place in range(0, 1000, 2))


def test_a_crowd_of_equals_still_costs_little(read: Read) -> None:
    claims = [read(f"{place:04}") for place in range(500)]
    assert len(set(iter_pairs(claims))) <= NEIGHBOURS * len(claims)


def test_one_claim_more_changes_only_what_stands_near(read: Read) -> None:
    day = date(2000, 1, 1)
    claims = [read(f"{place:04}", day + timedelta(days=place // 9)) for place in range(300)]
    before = {frozenset((claims[one].claim.id, claims[other].claim.id)) for one, other in iter_pairs(claims)}
    grown = [*claims, read("new", day + timedelta(days=16))]
    after = {frozenset((grown[one].claim.id, grown[other].claim.id)) for one, other in iter_pairs(grown)}
    assert len({claim for pair in before ^ after for claim in pair}) <= 2 * NEIGHBOURS + 1
