"""One document opened: its articles, their heads, and the text with every claim marked."""

from difflib import get_close_matches

from foedus.errors import UnknownItem
from foedus.ledger import Ledger, Wanted
from foedus.matching import Weighed
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.views.chronology import tell_actors, tell_kind
from foedus.views.excerpts import mark
from foedus.views.grading import find_letter, tell_letter
from foedus.views.judged import weigh_ledger
from foedus.views.shapes import Column, Pages, Section, Table
from foedus.views.sources import Sources, load_sources
from foedus.views.wording import to_short_when

_CLAIMS = (
    Column("mark"),
    Column("claim"),
    Column("when", max_chars=14),
    Column("what", weight=1),
    Column("who"),
    Column("said by"),
    Column("conf."),
    Column("characters"),
    Column("judged"),
)


def describe_document(ledger: Ledger, name: str) -> Pages:
    """The document of this name.

    Raises:
        LedgerError: The ledger has no such document; names near ones.
    """
    names = ledger.document_names()
    if name not in names:
        near = get_close_matches(name, names, n=3) or [other for other in names if name in other][:3]
        advice = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownItem(f'no document "{name}" in {ledger.path}{advice}')
    document = ledger.document(name)
    articles = tuple(ledger.iter_articles(document=name))
    judged = {claim.id: claim for claim in ledger.iter_claims(Wanted(document=name))}
    coded = tuple(ledger.iter_coded_claims(documents=(name,)))
    claims = tuple(judged.get(claim.id, claim) for claim in coded)
    weighed = weigh_ledger(ledger)
    sources = load_sources(ledger, claims)
    known = ledger.known((name,))[name]
    facts = (
        ("Kind", document.media_type),
        ("Found in", known.root + (" (gone since)" if known.gone else "")),
        ("SHA-256", document.digest),
        ("Length", f"{len(document.text):,} characters"),
        ("Holds", f"{len(articles)} articles, {len(judged)} claims"),
    )
    sections = tuple(_describe_article(document, article, claims, sources, weighed) for article in articles)
    return Pages(name, facts, sections)


def _describe_article(
    document: Document, article: Article, claims: tuple[Claim, ...], sources: Sources, weighed: Weighed
) -> Section:
    own = [claim for claim in claims if claim.article == article.number]
    original = sources.find_original((article.document, article.number))
    published = article.published
    letter = find_letter(weighed, article.publisher)
    head = [
        f"Publisher: {article.publisher or 'unknown'}.",
        f"Graded {tell_letter(letter)}." if letter else "",
        f"Author: {article.author}." if article.author else "",
        f"Published: {to_short_when(published)} ({published.basis.value})."
        if published
        else "Published: unknown.",
        f"Language: {article.language}.",
        f"Reprint of article {original[1]} in {original[0]}."
        if original != (article.document, article.number)
        else "",
    ]
    rows = tuple(
        (
            number,
            claim.id,
            to_short_when(claim.when),
            tell_kind(claim.type, claim.stage, claim.status, claim.subject),
            tell_actors(claim.actors),
            claim.attributed_to,
            f"{claim.confidence:.2f}",
            f"{claim.evidence.start}–{claim.evidence.end}",
            _tell_judged(weighed, claim),
        )
        for number, claim in enumerate(own, start=1)
    )
    marked = [(claim.evidence, str(number)) for number, claim in enumerate(own, start=1)]
    excerpts = tuple(
        mark(document.text, span, marked, f"characters {span.start}–{span.end}") for span in article.spans
    )
    return Section(
        heading=f"Article {article.number}: {article.title or 'without title'}",
        paragraphs=(" ".join(part for part in head if part),),
        table=Table("", _CLAIMS, rows) if rows else None,
        excerpts=excerpts,
    )


def _tell_judged(weighed: Weighed, claim: Claim) -> str:
    """What people set or rejected of a claim, by whom and why; empty when nothing."""
    ids = weighed.rejected.get(claim.id, ())
    told = ["rejected"] if ids else []
    for correction in weighed.corrected.get(claim.id, ()):
        told.append(f"{correction.slot} corrected")
        ids = (*ids, *correction.judgements)
    by = {
        f"{standing.judgement.who}: {standing.judgement.why}"
        for standing in weighed.standings
        if standing.judgement.id in ids
    }
    return f"{', '.join(told)} ({'; '.join(sorted(by))})" if told else ""
