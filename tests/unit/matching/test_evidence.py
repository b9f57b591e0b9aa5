from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foedus.matching.evidence import (
    Bearing,
    Comparable,
    Gap,
    Timing,
    compare_actors,
    compare_publication,
    compare_times,
    days_between,
    find_umbrellas,
    find_warm,
    list_evidence,
    make_comparable,
)
from foedus.matching.weights import NEVER, load_weights
from foedus.model.claim import Claim, ClaimType, Quantity
from foedus.model.when import Basis, Precision, When

MakeClaim = Callable[..., Claim]


def span(first: date | None, last: date | None, precision: Precision = Precision.DAY) -> When:
    return When(first, last, precision, None, Basis.STATED)


@pytest.fixture
def read(make_claim: MakeClaim, make_article: Callable[..., Any]) -> Callable[..., Comparable]:
    def build(document: str = "a.txt", published: date | None = date(2020, 1, 1), **slots: Any) -> Comparable:
        return make_comparable(make_claim(document, **slots), make_article(document, published=published))

    return build


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ([("NOR", "both"), ("SWE", "both")], [("SWE", "both"), ("NOR", "both")], Bearing.EQUAL),
        ([("NOR", "source"), ("SWE", "target")], [("NOR", "both"), ("SWE", "both")], Bearing.EQUAL_CODES),
        (
            [("NOR", "both"), ("SWE", "both"), ("FIN", "both")],
            [("NOR", "both"), ("SWE", "both")],
            Bearing.WITHIN,
        ),
        ([("NOR", "both"), ("SWE", "both")], [("NOR", "both"), ("FIN", "both")], Bearing.OTHER_PARTNER),
        (
            [("NOR", "both"), ("SWE", "both"), ("FIN", "both")],
            [("NOR", "both"), ("DNK", "both"), ("ISL", "both")],
            Bearing.SLIGHT,
        ),
        ([("NOR", "source"), ("SWE", "target")], [("SWE", "source"), ("NOR", "target")], Bearing.REVERSED),
        ([("NOR", "source"), ("SWE", "target")], [("NOR", "source"), ("FIN", "target")], Bearing.OTHER_END),
        ([("NOR", "both")], [("FIN", "both")], Bearing.APART),
        ([], [("FIN", "both")], Bearing.UNKNOWN),
    ],
)
def test_actors(read: Callable[..., Comparable], one: Any, other: Any, wanted: Bearing) -> None:
    assert compare_actors(read(actors=one), read(actors=other)) is wanted
    assert compare_actors(read(actors=other), read(actors=one)) is wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (
            span(date(2020, 1, 1), date(2020, 1, 3)),
            span(date(2020, 1, 3), date(2020, 1, 9)),
            Timing.SAME_DAYS,
        ),
        (
            span(date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR),
            span(date(2020, 1, 3), date(2020, 1, 3)),
            Timing.OVERLAPPING,
        ),
        (span(date(2020, 1, 1), date(2020, 1, 1)), span(date(2020, 1, 3), date(2020, 1, 3)), Timing.NEAR),
        (span(date(2020, 1, 1), date(2020, 1, 1)), span(date(2020, 1, 4), date(2020, 1, 4)), Timing.APART),
        (span(None, date(2020, 1, 1)), span(date(2021, 1, 1), None), Timing.APART),
        (None, span(None, date(2020, 1, 1)), Timing.ONE),
        (None, None, Timing.NONE),
    ],
)
def test_times(one: When | None, other: When | None, wanted: Timing) -> None:
    assert compare_times(one, other) is wanted
    assert compare_times(other, one) is wanted


def test_days_between_open_spans_that_meet() -> None:
    assert days_between(span(date(2020, 1, 1), None), span(None, date(2020, 1, 1))) == 0


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (0, Gap.DAYS),
        (4, Gap.DAYS),
        (5, Gap.WEEKS),
        (60, Gap.WEEKS),
        (61, Gap.MONTHS),
        (400, Gap.MONTHS),
        (401, Gap.YEARS),
    ],
)
def test_publication(days: int, wanted: Gap) -> None:
    one, other = date(2020, 1, 1), date.fromordinal(date(2020, 1, 1).toordinal() + days)
    assert compare_publication(one, other) is wanted
    assert compare_publication(other, one) is wanted
    assert compare_publication(None, other) is Gap.UNKNOWN


def test_every_piece_of_evidence_has_a_weight(read: Callable[..., Comparable]) -> None:
    troops = (Quantity(100.0, None, None, "troops", None, False),)
    more = (Quantity(200.0, None, None, "troops", None, False),)
    variants = [
        read(),
        read(subject="agreement", start=60),
        read(subject="protocol on pilots", quantities=troops, attributed_to="A", status="denied", start=200),
        read("b.txt", subject="other transit treaty", quantities=more, attributed_to="B", place=("Oslo",)),
        read(
            "c.txt",
            published=None,
            subject="transit",
            place=("Rome",),
            agents=("Navy",),
            when=date(2020, 1, 1),
        ),
        read(
            "d.txt", date(2015, 1, 1), place=("Rome",), agents=("Army",), quantities=troops, attributed_to="A"
        ),
    ]
    for claim_type in ClaimType:
        for one in variants:
            for other in variants:
                same = one.claim.document == other.claim.document
                assert isinstance(load_weights(claim_type, same).weigh(list_evidence(one, other)), int)


def test_the_order_of_two_claims_does_not_matter(read: Callable[..., Comparable]) -> None:
    one = read(subject="agreement on transit", when=date(2020, 1, 1), place=("Oslo",))
    other = read("b.txt", subject="Transit Agreement", place=("Oslo", "Rome"), attributed_to="A")
    assert list_evidence(one, other) == list_evidence(other, one)


def test_places_in_one_article(read: Callable[..., Comparable]) -> None:
    first = read(start=0)
    distances = [list_evidence(first, read(start=start))[-1] for start in (10, 40, 300, 3000)]
    assert distances == ["distance.same_sentence", "distance.next", "distance.near", "distance.far"]


def test_what_is_denied_in_its_own_sentence_is_next_to_it(read: Callable[..., Comparable]) -> None:
    told, denied = read(subject="deliveries"), read(subject="deliveries", status="denied")
    assert list_evidence(told, denied)[-1] == "distance.next"
    assert list_evidence(told, read(subject="visits", status="denied"))[-1] == "distance.same_sentence"
    assert list_evidence(denied, denied)[-1] == "distance.same_sentence"


def test_a_general_word_in_an_article_on_several_things_is_an_umbrella(
    read: Callable[..., Comparable],
) -> None:
    general = read(subject="the agreement", start=0)
    two = [read(subject="transit treaty", start=100), read(subject="pilot school accord", start=200)]
    assert find_umbrellas([general, *two]) == {general.claim.id}
    assert find_umbrellas([general, two[0]]) == frozenset()
    assert find_umbrellas([general, two[0], read("b.txt", subject="pilot school accord")]) == frozenset()


def test_bad_words_belong_to_the_claim_about_them(read: Callable[..., Comparable]) -> None:
    quote = "Amid a chill in relations the two still work together in defence"
    good = read(type="relations", subject="defence", quote=quote, start=5)
    bad = read(type="relations", subject="chill in relations", quote=quote, start=5)
    assert good.is_cool
    assert find_warm([good, bad]) == {good.claim.id}
    assert (
        find_warm([good, read("b.txt", type="relations", subject="chill", quote=quote, start=5)])
        == frozenset()
    )
    assert find_warm([good, read(type="relations", subject="chill", start=500)]) == frozenset()


def test_how_one_relationship_stands_is_no_contrast(read: Callable[..., Comparable]) -> None:
    strained = read(type="relations", subject="military relations", quote="military relations were strained")
    hoped = read(
        type="relations", subject="Military relations", quote="military relations may mend", start=900
    )
    assert "contrast.one" not in list_evidence(strained, hoped)
    other = read(type="relations", subject="partnership", quote="their partnership", start=900)
    assert "contrast.one" in list_evidence(strained, other)


def test_a_chill_years_after_another_is_not_the_same(read: Callable[..., Comparable]) -> None:
    def tell(subject: str, *day: int) -> Comparable:
        return read(f"{day}.txt", date(*day), type="relations", subject=subject)  # type: ignore[arg-type]

    first, later = tell("tension", 2010, 5, 1), tell("tension", 2016, 5, 1)
    assert "tension.years_apart" in list_evidence(first, later)
    assert "tension.years_apart" not in list_evidence(first, tell("tension", 2010, 5, 20))
    assert "tension.years_apart" not in list_evidence(first, tell("partnership", 2016, 5, 1))


@pytest.mark.parametrize(
    ("second", "slots", "is_other"),
    [
        (date(2001, 6, 1), {}, False),
        (date(2001, 6, 4), {}, True),
        (date(2012, 1, 1), {"stage": "ratified"}, False),  # the life of a treaty is long
        (date(2012, 1, 1), {"status": "planned"}, False),  # it was put off
        (None, {}, False),
    ],
)
def test_two_that_were_signed_years_apart_are_two(
    read: Callable[..., Comparable], second: date | None, slots: dict[str, Any], is_other: bool
) -> None:
    signed = {
        "type": "agreement",
        "stage": "signed",
        "status": "happened",
        "subject": "non-aggression treaty",
    }
    one = read(when=date(2000, 6, 1), **signed)
    other = read("b.txt", when=second, **(signed | slots))
    assert ("signing.years_apart" in list_evidence(one, other)) == is_other
    if is_other:
        assert load_weights(ClaimType.AGREEMENT, False).weigh(list_evidence(one, other)) == NEVER
