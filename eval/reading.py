"""Texts of the public benchmarks as the product's coder reads them."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from foedus.codebook import load_codebook
from foedus.coder.encoder import load_encoder
from foedus.coder.scene import Line, Tools, read_scene
from foedus.lang import load_language
from foedus.model.article import Article
from foedus.model.document import Document
from foedus.model.span import Span
from foedus.syntax import Sentence, load_analyser


@cache
def load_tools(*, with_encoder: bool = True) -> Tools:
    """The coder's tools for English, with or without the encoder."""
    analyser = load_analyser("en")
    assert analyser is not None
    encoder = load_encoder() if with_encoder else None
    return Tools(load_codebook(), load_language("en"), analyser, encoder)


def make_article(name: str, text: str) -> tuple[Document, Article]:
    """A text as a document of one article without head or date."""
    document = Document(name, "text/plain", sha256(text.encode()).hexdigest(), text)
    article = Article(
        document=name,
        number=0,
        title=None,
        title_span=None,
        publisher=None,
        author=None,
        language="en",
        published=None,
        spans=(Span(0, max(1, len(text))),),
    )
    return document, article


def read_lines(name: str, text: str, *, with_encoder: bool = True) -> tuple[Line, ...]:
    """The sentences of a text with all that the coder knows of them; none for a blank text."""
    if not text.strip():
        return ()
    document, article = make_article(name, text)
    return read_scene(document, article, load_tools(with_encoder=with_encoder), whole=True)


def align_tokens(tokens: Sequence[str], sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """For each token as given, the sentence and the token there that it is read as: the first that it holds.

    Args:
        tokens: Tokens; joined with blanks they are the text that was analysed.
        sentences: That text, analysed.

    A token that the analysis leaves out gets the place of the one before it.
    """
    places = {
        token.start: (number, token.index)
        for number, sentence in enumerate(sentences)
        for token in sentence.tokens
    }
    found: list[tuple[int, int]] = []
    at = 0
    for token in tokens:
        inside = [places[offset] for offset in range(at, at + len(token)) if offset in places]
        found.append(inside[0] if inside else found[-1] if found else (0, 0))
        at += len(token) + 1
    return found
