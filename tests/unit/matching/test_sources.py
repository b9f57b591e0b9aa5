from collections.abc import Callable

from foedus.matching.sources import count_sources, find_originals
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Reprint

MakeArticle, MakeClaim = Callable[..., Article], Callable[..., Claim]


def count(claims: list[Claim], articles: list[Article], reprints: list[Reprint] | None = None) -> int:
    by_key = {(article.document, article.number): article for article in articles}
    return count_sources(claims, by_key, find_originals(reprints or []))


def test_articles_that_credit_nobody_are_independent(
    make_article: MakeArticle, make_claim: MakeClaim
) -> None:
    articles = [make_article(name) for name in ("a", "b")]
    assert count([make_claim("a"), make_claim("b"), make_claim("b", start=90)], articles) == 2


def test_reprints_count_once(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    articles = [make_article(name) for name in ("a", "b", "c")]
    reprints = [Reprint("b", 0, "a", 0), Reprint("c", 0, "b", 0)]
    assert count([make_claim(name) for name in ("a", "b", "c")], articles, reprints) == 1
    assert count([make_claim("b"), make_claim("c")], articles, reprints) == 1


def test_one_agency_credited_by_two_counts_once(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    articles = [make_article(name, author="Norpress") for name in ("a", "b")] + [
        make_article("c", author="Eva Holm")
    ]
    assert count([make_claim(name) for name in ("a", "b", "c")], articles) == 2


def test_who_credits_a_publisher_is_one_with_it(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    articles = [
        make_article("a", publisher="Norpress"),
        make_article("b", publisher="Blog", author="NORPRESS"),
    ]
    assert count([make_claim("a"), make_claim("b")], articles) == 1


def test_two_articles_of_one_publisher_are_two(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    articles = [make_article(name, publisher="Norpress") for name in ("a", "b")]
    assert count([make_claim("a"), make_claim("b")], articles) == 2


def test_words_that_all_came_through_one_outlet(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    articles = [make_article(name) for name in ("a", "b")]
    through = [make_claim(name, via=("Echo", "Norpress")) for name in ("a", "b")]
    assert count(through, articles) == 1
    assert count([*through, make_claim("b", start=90)], articles) == 2


def test_a_claim_of_a_missing_article_counts(make_claim: MakeClaim) -> None:
    assert count([make_claim("gone")], []) == 1


def test_rings_of_reprints_end() -> None:
    originals = find_originals([Reprint("a", 0, "b", 0), Reprint("b", 0, "a", 0)])
    assert set(originals) == {("a", 0), ("b", 0)}
