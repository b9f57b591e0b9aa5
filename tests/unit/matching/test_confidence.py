from collections.abc import Callable

import pytest

from foedus.matching.confidence import find_confidence
from foedus.matching.sources import group_sources
from foedus.model.article import Article
from foedus.model.claim import Claim


@pytest.fixture
def sure(make_claim: Callable[..., Claim], make_article: Callable[..., Article]) -> Callable[..., float]:
    def find(*confidences: tuple[str, float], copies: dict[str, str] | None = None) -> float:
        claims = [
            make_claim(name, start=50 * place, confidence=confidence)
            for place, (name, confidence) in enumerate(confidences)
        ]
        articles = {(name, 0): make_article(name, publisher=name) for name, _ in confidences}
        originals = {(copy, 0): (original, 0) for copy, original in (copies or {}).items()}
        sources = group_sources(claims, articles, originals)
        return find_confidence(claims, sources, originals, dependence=0.5)

    return find


def test_one_claim_is_as_sure_as_it_is(sure: Callable[..., float]) -> None:
    assert sure(("a", 0.7)) == 0.7


def test_one_source_counts_once_by_its_surest_claim(sure: Callable[..., float]) -> None:
    assert sure(("a", 0.6), ("a", 0.7)) == 0.7
    assert sure(("a", 0.6), ("b", 0.7), copies={"b": "a"}) == 0.7


def test_a_further_source_counts_in_part_in_any_order(sure: Callable[..., float]) -> None:
    assert sure(("a", 0.8), ("b", 0.6)) == sure(("b", 0.6), ("a", 0.8)) == pytest.approx(1 - 0.2 * 0.7)
