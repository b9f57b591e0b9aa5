from collections.abc import Callable
from datetime import date

from foedus.matching import match_claims
from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.model.article import Article
from foedus.model.claim import Claim


def test_joins_make_groups_in_any_order() -> None:
    pairs = (("c", "b"), ("a", "b"), ("x", "y"))
    for joined in (pairs, pairs[::-1]):
        assert settle(Constraints(joined=joined)).groups == (("a", "b", "c"), ("x", "y"))


def test_a_claim_joined_with_itself_says_nothing() -> None:
    assert settle(Constraints(joined=(("a", "a"),))).groups == ()


def test_parted_pairs_are_kept_once() -> None:
    assert settle(Constraints(parted=(("b", "a"), ("a", "b")))).parted == (("a", "b"),)


def test_the_same_pair_joined_and_parted_is_told_and_neither_is_kept() -> None:
    settled = settle(Constraints(joined=(("a", "b"),), parted=(("b", "a"),)))
    assert settled.groups == settled.parted == ()
    assert settled.contradictions == (Contradiction(("a", "b"), (("a", "b"),)),)


def test_a_chain_of_joins_contradicts_a_part_and_others_stay() -> None:
    settled = settle(
        Constraints(joined=(("a", "b"), ("b", "c"), ("x", "y")), parted=(("a", "c"), ("a", "x")))
    )
    assert settled.groups == (("x", "y"),)
    assert settled.parted == (("a", "x"),)
    assert settled.contradictions == (Contradiction(("a", "c"), (("a", "b"), ("b", "c"))),)


def test_a_claim_parted_from_itself_contradicts_itself() -> None:
    assert settle(Constraints(parted=(("a", "a"),))).contradictions == (Contradiction(("a", "a"), ()),)


def _match(claims: list[Claim], articles: list[Article], constraints: Constraints) -> list[set[str]]:
    events, _ = match_claims(claims, articles, (), constraints)
    return sorted(({*event.claims} for event in events), key=sorted)


def test_matching_keeps_what_people_say(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    drill = {"type": "exercise", "when": date(2020, 1, 3)}
    subjects = ("Iron Bridge", "Iron Bridge", "Swift Arrow", "Silver Wolf")
    claims = [
        make_claim(f"{place}.txt", **drill, subject=subject, id=str(place))
        for place, subject in enumerate(subjects)
    ]
    articles = [make_article(claim.document) for claim in claims]
    assert _match(claims, articles, Constraints()) == [{"0", "1"}, {"2"}, {"3"}]
    assert _match(claims, articles, Constraints(parted=(("0", "1"),))) == [{"0"}, {"1"}, {"2"}, {"3"}]
    # Other names forbid an automatic join, and not a person's; what is like one of the joined is like both.
    assert _match(claims, articles, Constraints(joined=(("0", "2"),))) == [{"0", "1", "2"}, {"3"}]
    assert _match(claims, articles, Constraints((("0", "2"),), (("1", "2"),))) == [{"0", "2"}, {"1"}, {"3"}]


def test_parted_claims_stay_apart_in_a_crowd(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    claims = [
        make_claim(
            f"{place:02}.txt", type="exercise", subject="Iron Bridge", when=date(2020, 1, 3), id=f"{place:02}"
        )
        for place in range(40)
    ]
    articles = [make_article(claim.document) for claim in claims]
    groups = _match(claims, articles, Constraints(parted=(("03", "28"),)))
    assert not any({"03", "28"} <= group for group in groups)
    assert sum(map(len, groups)) == 40


def test_claims_of_two_types_are_never_one_event(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    claims = [make_claim("0.txt", type="exercise", id="0"), make_claim("1.txt", type="training", id="1")]
    articles = [make_article(claim.document) for claim in claims]
    assert _match(claims, articles, Constraints(joined=(("0", "1"),))) == [{"0"}, {"1"}]


def test_strangers_are_left_alone(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    constraints = Constraints((("0", "no"),), (("no", "nor"),))
    assert _match([make_claim("0.txt", id="0")], [make_article("0.txt")], constraints) == [{"0"}]
