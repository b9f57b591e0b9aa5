"""An article: one dated piece of writing inside a document (contract, section 1)."""

from dataclasses import dataclass

from foedus.model.span import Span
from foedus.model.when import When


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document.

    Attributes:
        document: Name of the document.
        number: 0, 1, … in reading order inside the document.
        title: Headline, or None.
        title_span: Where the headline stands in the text, or None when it comes from page data.
        publisher: Who publishes the page, or None.
        author: Byline or credited agency, or None.
        language: ISO 639-1 code; ``und`` for a language Foedus does not know.
        published: When the article appeared, or None.
        spans: Main text, headline and body: in order, not overlapping, at least one.
    """

    document: str
    number: int
    title: str | None
    title_span: Span | None
    publisher: str | None
    author: str | None
    language: str
    published: When | None
    spans: tuple[Span, ...]
