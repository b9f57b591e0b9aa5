"""Independent sources: how many of the articles behind an event speak for themselves."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache

from foedus.matching.words import fold_words
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Reprint

ArticleKey = tuple[str, int]


def find_originals(reprints: Iterable[Reprint]) -> dict[ArticleKey, ArticleKey]:
    """Each copy to its earliest copy, step by step; articles that repeat none are left out."""
    nearest = {
        (reprint.document, reprint.article): (reprint.original_document, reprint.original_article)
        for reprint in reprints
    }
    originals = {}
    for copy in nearest:
        step, seen = copy, {copy}
        while step in nearest and nearest[step] not in seen:
            step = nearest[step]
            seen.add(step)
        originals[copy] = step
    return originals


def count_sources(
    claims: Sequence[Claim],
    articles: Mapping[ArticleKey, Article],
    originals: Mapping[ArticleKey, ArticleKey],
) -> int:
    """Number of independent articles among those that make `claims`; see `group_sources`."""
    return len(set(group_sources(claims, articles, originals).values()))


def group_sources(
    claims: Sequence[Claim],
    articles: Mapping[ArticleKey, Article],
    originals: Mapping[ArticleKey, ArticleKey],
) -> dict[ArticleKey, ArticleKey]:
    """Each article among those that make `claims`, copies as their original, to one that stands for its source.

    Reprints are one with their original. Articles that credit the same author, agency or outlet for what they
    say of the event are one, and one with the first article that this outlet published itself. Two articles
    of one publisher are two, as long as they credit nobody.
    """
    by_article: dict[ArticleKey, list[Claim]] = defaultdict(list)
    for claim in claims:
        key = (claim.document, claim.article)
        by_article[originals.get(key, key)].append(claim)
    credited = {key: _credited(articles.get(key), by_article[key]) for key in sorted(by_article)}
    if len(credited) == 1 or not any(credited.values()):
        return {key: key for key in by_article}
    parents: dict[Hashable, Hashable] = {key: key for key in by_article}

    def top(node: Hashable) -> Hashable:
        while parents.setdefault(node, node) != node:
            node = parents[node]
        return node

    for key, outlets in credited.items():
        for outlet in sorted(outlets):
            parents[top(outlet)] = top(key)
    named = {outlet for outlets in credited.values() for outlet in outlets}
    for key in sorted(by_article):
        article = articles.get(key)
        publisher = _fold(article.publisher or "") if article else ""
        if publisher in named:
            parents[top(publisher)] = top(key)
            named.remove(publisher)
    heads: dict[Hashable, ArticleKey] = {}
    for key in sorted(by_article):
        heads.setdefault(top(key), key)
    return {key: heads[top(key)] for key in by_article}


def _credited(article: Article | None, claims: Sequence[Claim]) -> set[str]:
    """On whose word an article speaks: its credited author or agency, and where all its words came from."""
    names = {article.author} if article and article.author else set()
    if all(claim.via for claim in claims):
        names |= {claim.via[-1] for claim in claims}
    return {_fold(name) for name in names} - {""} if names else names


@lru_cache(maxsize=1 << 14)
def _fold(name: str) -> str:
    return " ".join(fold_words(name))
