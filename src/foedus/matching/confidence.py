"""How sure an event is: what its claims and independent sources come to together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from foedus.matching.sources import ArticleKey
from foedus.model.claim import Claim

DEPENDENCE = 0.5
"""How much a further independent source counts: two reporters are read by one program, with its own mistakes.

Source: reasoned. ``eval/event_confidence.py`` finds 6 events of several sources in the gold sets, all of them right;
that favours a larger part and is too few to fit it.
"""


def find_confidence(
    claims: Sequence[Claim],
    sources: Mapping[ArticleKey, ArticleKey],
    originals: Mapping[ArticleKey, ArticleKey],
    *,
    dependence: float = DEPENDENCE,
) -> float:
    """Probability, 0–1, that something of what the claims of an event say was read rightly.

    Each independent source is as sure as its surest claim. The surest source counts whole, each further one in
    part: noisy-or, 1 - (1 - a)(1 - d·b)(1 - d·c)…

    Args:
        claims: Those of one event, at least one.
        sources: Their articles to the sources behind them, as `foedus.matching.sources.group_sources` gives them.
        originals: Copies to their earliest copies.
        dependence: The part d, 0–1.
    """
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
