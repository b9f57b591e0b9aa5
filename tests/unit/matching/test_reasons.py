from collections.abc import Callable
from datetime import date

from foedus.matching import explain_joins, match_claims
from foedus.matching.constraints import Constraints
from foedus.matching.reasons import REPEATED, SAID, Join
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Reprint


def _explain(
    claims: list[Claim],
    articles: list[Article],
    reprints: tuple[Reprint, ...] = (),
    constraints: Constraints = Constraints(),  # noqa: B008
) -> tuple[Join, ...]:
    (event,) = match_claims(claims, articles, reprints, constraints)[0]
    return explain_joins(event, claims, articles, reprints, constraints)


def test_each_claim_but_the_first_has_its_reasons(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    claims = [
        make_claim(f"{name}.txt", type="exercise", subject="Iron Bridge", when=date(2020, 1, 3), id=name)
        for name in "ab"
    ]
    (join,) = _explain(claims, [make_article(claim.document) for claim in claims])
    assert (join.claim, join.other) == ("b", "a")
    assert join.weight is not None
    assert join.weight > 0
    assert join.reasons[0] == "subject: same name, +3.0"


def test_people_and_reprints_are_named(
    make_claim: Callable[..., Claim], make_article: Callable[..., Article]
) -> None:
    claims = [
        make_claim("a.txt", subject="transit of goods", id="a"),
        make_claim("b.txt", subject="pilot school", id="b"),
    ]
    articles = [make_article(claim.document) for claim in claims]
    (join,) = _explain(claims, articles, (), Constraints(joined=(("a", "b"),)))
    assert join == Join("b", "a", None, (SAID,))
    same = [make_claim("a.txt", id="a"), make_claim("b.txt", id="b")]
    (join,) = _explain(same, articles, (Reprint("b.txt", 0, "a.txt", 0),))
    assert join == Join("b", "a", None, (REPEATED,))
