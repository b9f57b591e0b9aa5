"""Independent sources: reprints of one article are one."""

from collections.abc import Iterable, Mapping, Sequence

from foedus.ledger import Ledger
from foedus.matching import count_sources
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Reprint

#: Document and number: tells an article apart.
ArticleKey = tuple[str, int]


class Sources:
    """The articles of a ledger, and which of them are copies.

    Attributes:
        articles: By key.
    """

    def __init__(self, articles: Iterable[Article], reprints: Iterable[Reprint]) -> None:
        self.articles: Mapping[ArticleKey, Article] = {
            (article.document, article.number): article for article in articles
        }
        self._originals: Mapping[ArticleKey, ArticleKey] = {
            (reprint.document, reprint.article): (reprint.original_document, reprint.original_article)
            for reprint in reprints
        }

    def article_of(self, claim: Claim) -> Article | None:
        """The article a claim stands in; None if the ledger lost it."""
        return self.articles.get((claim.document, claim.article))

    def original_of(self, claim: Claim) -> ArticleKey:
        """The earliest copy of the article that a claim stands in: the same for all that are one source."""
        return self.find_original((claim.document, claim.article))

    def find_original(self, key: ArticleKey) -> ArticleKey:
        """The earliest copy of an article, itself if it is no reprint."""
        return self._originals.get(key, key)

    def count_independent(self, claims: Sequence[Claim]) -> int:
        """How many independent articles make these claims: reprints and those on one outlet's word are one."""
        return count_sources(claims, self.articles, self._originals) if claims else 0


def load_sources(ledger: Ledger, claims: Iterable[Claim] | None = None) -> Sources:
    """The sources of a ledger.

    Args:
        ledger: The ledger.
        claims: Only the articles of the documents that these stand in; None is all articles.
    """
    if claims is None:
        return Sources(ledger.iter_articles(), ledger.reprints())
    names = sorted({claim.document for claim in claims})
    articles = (article for name in names for article in ledger.iter_articles(document=name))
    return Sources(articles, ledger.reprints())
