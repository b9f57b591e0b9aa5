"""Documents to articles: main text, head, language, publication date."""

from foedus.articles.split import split_articles

__all__ = ["split_articles"]
