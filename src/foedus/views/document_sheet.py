"""One document opened for the desk: its text in pieces, each knowing what it carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from foedus.errors import UnknownItem
from foedus.ledger import Ledger, Wanted
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.span import Span
from foedus.views.disputes import Voice, find_voices
from foedus.views.standing import find_category, list_categories
from foedus.views.wording import to_short_when

#: Characters of the text shown at once.
PART_CHARS = 120_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that is all of one kind.

    Attributes:
        text: The stretch.
        is_main: Whether it belongs to the main text of an article; else it is furniture of the page.
        is_title: Whether it belongs to a headline.
        claims: Numbers of the claims whose evidence it is part of, from 1.
        begins: Numbers of the claims whose evidence begins here.
        category: Category number of the first of `claims`; 0 without.
        slots: What it gives to these claims: ``when``, ``actors``, …
    """

    text: str
    is_main: bool
    is_title: bool
    claims: tuple[int, ...]
    begins: tuple[int, ...]
    category: int
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """An article of the document.

    Attributes:
        article: The article.
        published: When it was published, in short; empty for unknown.
        basis: Where that date comes from, in words.
        original: Document and number of the article that it repeats, or None.
        claims: How many claims it carries.
    """

    article: Article
    published: str
    basis: str
    original: tuple[str, int] | None
    claims: int


@dataclass(frozen=True, slots=True)
class Card:
    """A claim of the document.

    Attributes:
        number: From 1, in the order of the text.
        voice: The claim, and who makes it.
        category: Number of its category, from 1.
        when: Its time in short.
        event: Id of its event, or None.
    """

    number: int
    voice: Voice
    category: int
    when: str
    event: str | None


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A document opened.

    Attributes:
        document: The document.
        is_gone: Whether the last build did not find it.
        heads: Its articles.
        pieces: The part of the text that is shown, cut; joined they are that part.
        cards: Its claims that stand in that part, in the order of the text.
        part: Number of the part, from 1.
        parts: How many there are.
        claims: Claims in the whole document.
    """

    document: Document
    is_gone: bool
    heads: tuple[Head, ...]
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    part: int
    parts: int
    claims: int


def open_document(ledger: Ledger, name: str, *, part: int = 1, claim: str | None = None) -> DocumentSheet:
    """The document of this name.

    Args:
        ledger: Where it is.
        name: Its name.
        part: Which part of a long text, from 1.
        claim: Id of a claim; its part is shown, whatever `part` says.

    Raises:
        UnknownItem: The ledger has no such document, or it has no such part or claim.
    """
    try:
        document = ledger.document(name)
    except UnknownItem as error:
        names = ledger.document_names()
        near = get_close_matches(name, names, n=3) or [other for other in names if name in other][:3]
        advice = f"did you mean {' or '.join(near)}?" if near else "the list of documents has all names"
        raise UnknownItem(f'no document "{name}" in this ledger; {advice}') from error
    articles = tuple(ledger.iter_articles(document=name))
    claims = sorted(
        ledger.iter_claims(Wanted(document=name)), key=lambda claim: (claim.evidence.start, claim.id)
    )
    parts = max(1, -(-len(document.text) // PART_CHARS))
    if claim is not None:
        starts = [own.evidence.start for own in claims if own.id == claim]
        if not starts:
            raise UnknownItem(f'no claim "{claim}" in "{name}"')
        part = starts[0] // PART_CHARS + 1
    if not 1 <= part <= parts:
        raise UnknownItem(f'"{name}" has no part {part}; it has {parts}')
    stretch = Span((part - 1) * PART_CHARS, min(part * PART_CHARS, len(document.text)))
    shown = {number: own for number, own in enumerate(claims, start=1) if own.evidence.overlaps(stretch)}
    voices = find_voices(ledger, list(shown.values()))
    events = ledger.events_of(own.id for own in shown.values())
    originals = ledger.find_originals([(article.document, article.number) for article in articles])
    return DocumentSheet(
        document,
        ledger.is_gone(name),
        tuple(
            Head(
                article,
                to_short_when(article.published),
                _tell_basis(article, document),
                originals.get((article.document, article.number)),
                sum(own.article == article.number for own in claims),
            )
            for article in articles
        ),
        cut_pieces(document.text, stretch, articles, shown),
        tuple(
            Card(number, voices[own.id], _number(own), to_short_when(own.when), events.get(own.id))
            for number, own in shown.items()
        ),
        part,
        parts,
        len(claims),
    )


def cut_pieces(
    text: str, stretch: Span, articles: Sequence[Article], claims: dict[int, Claim]
) -> tuple[Piece, ...]:
    """A stretch of `text` cut wherever something begins or ends; the pieces joined are the stretch."""
    main = [span for article in articles for span in article.spans]
    titles = [article.title_span for article in articles if article.title_span]
    edges = {stretch.start, stretch.end}
    # What begins and ends where: the sets of what is open are carried along, so that the text is gone through once.
    changes: dict[int, list[tuple[bool, str, object]]] = {}

    def note(span: Span, kind: str, what: object) -> None:
        start, end = max(span.start, stretch.start), min(span.end, stretch.end)
        if start < end:
            edges.update((start, end))
            changes.setdefault(start, []).append((True, kind, what))
            changes.setdefault(end, []).append((False, kind, what))

    for number, span in enumerate(main):
        note(span, "main", number)
    for number, span in enumerate(titles):
        note(span, "title", number)
    for number, claim in claims.items():
        note(claim.evidence, "claim", number)
        for slot in ("when", "actors"):
            for place, span in enumerate(claim.spans.get(slot, ())):
                note(span, "slot", (slot, number, place))
    open_now: dict[str, dict[object, None]] = {"main": {}, "title": {}, "claim": {}, "slot": {}}
    pieces = []
    points = sorted(edges)
    for start, end in pairwise(points):
        begins = []
        for is_start, kind, what in sorted(changes.get(start, ()), key=lambda change: change[0]):
            if is_start:
                open_now[kind][what] = None
                if kind == "claim":
                    begins.append(what)
            else:
                open_now[kind].pop(what, None)
        numbers = tuple(sorted(number for number in open_now["claim"] if isinstance(number, int)))
        slots = {what[0] for what in open_now["slot"] if isinstance(what, tuple) and what[1] in numbers}
        pieces.append(
            Piece(
                text[start:end],
                bool(open_now["main"]),
                bool(open_now["title"]),
                numbers,
                tuple(sorted(number for number in begins if isinstance(number, int))),
                _number(claims[numbers[0]]) if numbers else 0,
                tuple(sorted(slots)),
            )
        )
    return tuple(pieces)


def _number(claim: Claim) -> int:
    return list_categories().index(find_category(claim.type)) + 1


def _tell_basis(article: Article, document: Document) -> str:
    when = article.published
    if when is None:
        return "no date was found in the page or its data"
    words = f" (“{when.text}”)" if when.text else ""
    field = f", {document.page.published_field}" if document.page.published_field else ""
    return {
        "stated": f"stated in the text{words}",
        "resolved": f"completed from what the text says{words}",
        "metadata": f"from the page's own data{field}{words}",
        "inferred": f"inferred from other dates in the text{words}",
    }[when.basis.value]
