"""How sure an event is: what its claims and independent sources come to together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from foedus.matching.sources import ArticleKey, group_sources
from foedus.model.article import Article
from foedus.model.claim import Claim

DEPENDENCE = 0.5
"""How much a further independent source counts: two reporters are read by one program, with its own mistakes.

Source: reasoned. ``eval/event_confidence.py`` finds 8 events of several sources in the gold sets, 7 of them right;
that favours a larger part and is too few to fit it.
"""


def find_confidence(
    claims: Sequence[Claim],
    articles: Mapping[ArticleKey, Article],
    originals: Mapping[ArticleKey, ArticleKey],
    *,
    dependence: float = DEPENDENCE,
) -> float:
    """Probability, 0–1, that something of what the claims of an event say was read rightly.

    Each independent source is as sure as its surest claim. The surest source counts whole, each further one in
    part: noisy-or, 1 - (1 - a)(1 - d·b)(1 - d·c)…

    Args:
        claims: Those of one event, at least one.
        articles: By document and number.
        originals: Copies to their earliest copies.
        dependence: The part d, 0–1.
    """
    return combine_sources(
        claims, group_sources(claims, articles, originals), originals, dependence=dependence
    )


def combine_sources(
    claims: Sequence[Claim],
    sources: Mapping[ArticleKey, ArticleKey],
    originals: Mapping[ArticleKey, ArticleKey],
    *,
    dependence: float = DEPENDENCE,
) -> float:
    """The same where the sources are known, as `foedus.matching.sources.group_sources` gives them."""
    surest: dict[ArticleKey, float] = defaultdict(float)
    for claim in claims:
        key = (claim.document, claim.article)
        source = sources[originals.get(key, key)]
        surest[source] = max(surest[source], claim.confidence)
    first, *others = sorted(surest.values(), reverse=True)
    doubt = 1 - first
    for confidence in others:
        doubt *= 1 - dependence * confidence
    return round(1 - doubt, 4)
