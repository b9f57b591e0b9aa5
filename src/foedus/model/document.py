"""An input as read: its decoded text and what its format says about it."""

from dataclasses import dataclass

from foedus.model.span import Span


@dataclass(frozen=True, slots=True)
class PageData:
    """What the page or file says of itself outside its visible text; None where it says nothing.

    Attributes:
        title: Headline as given by the format (og:title, document properties, mail subject).
        author: Byline as given by the format.
        publisher: Site or sender name as given by the format.
        published: Date words as given by the format, unparsed (``2023-12-13T09:00:00Z``).
        published_field: Where `published` comes from (``article:published_time``, ``mail Date``).
        address: Address of the page (canonical link, ``og:url``), untrusted.
        language: Language tag as declared (``en-GB``).
        fetched: Day on which it was fetched (``2024-01-31``), where a container or a fetcher tells.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_field: str | None = None
    address: str | None = None
    language: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One input, decoded.

    Attributes:
        name: Name relative to the input root, ``/`` between folders; unique in a ledger.
        media_type: What the content is, found by content (``text/html``), never by name.
        digest: SHA-256 of the input bytes, lower-case hex.
        text: The decoded text that every offset points into. For marked-up formats this is the visible
            text, one block a line, boilerplate included, nothing reworded.
        page: What the format says of itself.
        main: Main text as the format's own library sees it: spans in reading order, not overlapping;
            empty when the format does not tell (plain text).
    """

    name: str
    media_type: str
    digest: str
    text: str
    page: PageData = PageData()
    main: tuple[Span, ...] = ()
