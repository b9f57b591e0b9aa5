"""The way of the data, step by step. Read this file first.

    bytes ──read──▶ document ──split──▶ articles ──code──▶ claims      `code_input`, one input at a time
    articles, claims, judgements ──match──▶ reprints, events, conflicts     `match_facts`, over all of them

`code_input` is a pure function of one input's name and bytes; `match_facts` is one of all
articles, claims and judgements. So a ledger says the same however it was built: in any order, by any number of
workers, in one build or ten.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from foedus.articles import split_articles
from foedus.coder import code_article
from foedus.engine.fence import try_step
from foedus.engine.find import Input
from foedus.engine.kit import Kit
from foedus.ledger import Derived, Facts
from foedus.matching import find_copies, find_rows, match_claims, weigh_judgements
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.judgement import Judgement
from foedus.model.run import Problem, Step
from foedus.read import read_document


def code_input(item: Input, data: bytes, kit: Kit) -> Facts:
    """Everything that one input says.

    Args:
        item: The input; of a document in a container also what that says of it.
        data: Its bytes.
        kit: What to read and code it with.

    Returns:
        The document, its articles and claims, and a problem for each part that could not be done; what does
        not depend on that part is there all the same.
    """
    name, digest = item.name, sha256(data).hexdigest()
    document = try_step(name, Step.READ, lambda: _read(item, data, kit))
    if isinstance(document, Problem):
        return Facts(name, item.root, digest, None, problems=(document,))
    articles = try_step(name, Step.ARTICLES, lambda: split_articles(document))
    if isinstance(articles, Problem):
        return Facts(name, item.root, digest, document, problems=(articles,))
    articles = tuple(bound_by_fetch(article, document.page.fetched) for article in articles)
    claims: list[Claim] = []
    problems: list[Problem] = []
    if not articles:
        problems.append(
            Problem(name, Step.ARTICLES, "no-article", "no article found in it; look at its text")
        )
    for article in articles:
        found = _code(document, article, kit)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        sound = [claim for claim in found if is_evident(claim, document)]
        if len(sound) < len(found):
            message = f"{len(found) - len(sound)} claims without their words left out; please report it"
            problems.append(Problem(name, Step.CODE, "no-evidence", message))
        claims.extend(sound)
    return Facts(name, item.root, digest, document, articles, tuple(claims), tuple(problems))


def match_facts(
    articles: Iterable[tuple[Article, str]],
    claims: Sequence[Claim],
    judgements: Sequence[Judgement],
    digests: Mapping[str, str],
    load_text: Callable[[str, int], str],
) -> Derived:
    """What follows from all articles and claims together, and from what people judged of them.

    Args:
        articles: Each with its main text, by document name and number; read once, and no text is held.
        claims: All claims in them as they were coded, by document name, article and place.
        judgements: What people judged; nothing that is matched ever goes against it.
        digests: SHA-256 of the bytes of each document, by name, to find the claims that judgements name.
        load_text: The main text of an article by document name and number, for those that are compared.
    """
    weighed = weigh_judgements(judgements, claims, digests)
    judged = weighed.apply(claims)
    heads: list[Article] = []
    copies = find_copies(_keep_heads(articles, heads), load_text)
    events, conflicts = match_claims(judged, heads, copies.reprints, weighed.constraints)
    event_of = {claim: event.id for event in events for claim in event.claims} if judgements else {}
    weighed = weighed.place(event_of)
    events, conflicts = weighed.apply_to_events(events, conflicts)
    return Derived(
        reprints=copies.reprints,
        events=events,
        conflicts=conflicts,
        blocks=tuple(find_rows(judged, heads)),
        rejected=tuple(sorted(weighed.rejected)),
        corrected=tuple(claim for claim in judged if claim.id in weighed.corrected),
        bound=tuple(sorted(weighed.bound)),
        repeats=copies.repeats,
        samples=copies.samples,
    )


def _keep_heads(
    articles: Iterable[tuple[Article, str]], heads: list[Article]
) -> Iterator[tuple[Article, str]]:
    for article, text in articles:
        heads.append(article)
        yield article, text


def bound_by_fetch(article: Article, fetched: str | None) -> Article:
    """The article, never published later than the day after it was fetched.

    Args:
        article: As its text and page data tell.
        fetched: Day on which its page was fetched, anywhere on Earth; None when nobody knows.
    """
    when = article.published
    if fetched is None or when is None:
        return article
    limit = date.fromisoformat(fetched) + timedelta(days=1)
    if when.first is not None and when.first > limit:
        return replace(article, published=None)
    if when.last is not None and when.last > limit:
        return replace(article, published=replace(when, last=limit))
    return article


def is_evident(claim: Claim, document: Document) -> bool:
    """Whether the words a claim rests on stand where it says."""
    end = len(document.text)
    return claim.evidence.cut(document.text) == claim.quote != "" and all(
        0 <= span.start < span.end <= end for spans in claim.spans.values() for span in spans
    )


def _read(item: Input, data: bytes, kit: Kit) -> Document:
    member = item.member
    if member is None:
        return read_document(item.name, data, limits=kit.limits)
    return read_document(item.name, data, limits=kit.limits, given=member.given, charset=member.charset)


def _code(document: Document, article: Article, kit: Kit) -> tuple[Claim, ...] | Problem:
    return try_step(document.name, Step.CODE, lambda: code_article(document, article, kit.codebook))
