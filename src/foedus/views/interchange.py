"""The records of the contract, as exports write them."""

from collections.abc import Callable, Mapping

from foedus.ledger import Ledger
from foedus.model.records import (
    ARTICLE_KEYS,
    CLAIM_KEYS,
    CONFLICT_KEYS,
    EVENT_KEYS,
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
)
from foedus.views.shapes import Records


def list_articles(ledger: Ledger) -> Records:
    """All articles, by document name and number."""
    copies = {(reprint.document, reprint.article): reprint for reprint in ledger.reprints()}
    rows = (
        to_article_record(article, copies.get((article.document, article.number)))
        for article in ledger.iter_articles()
    )
    return Records("articles", ARTICLE_KEYS, rows)


def list_claims(ledger: Ledger) -> Records:
    """All claims, by document name, article and place in it."""
    return Records("claims", CLAIM_KEYS, map(to_claim_record, ledger.iter_claims()))


def list_events(ledger: Ledger) -> Records:
    """All events, by time; those without one last."""
    return Records("events", EVENT_KEYS, map(to_event_record, ledger.iter_events()))


def list_conflicts(ledger: Ledger) -> Records:
    """All conflicts, by event and slot."""
    return Records("conflicts", CONFLICT_KEYS, map(to_conflict_record, ledger.iter_conflicts()))


#: What can be exported, by name, in the order of the contract.
KINDS: Mapping[str, Callable[[Ledger], Records]] = {
    "articles": list_articles,
    "claims": list_claims,
    "events": list_events,
    "conflicts": list_conflicts,
}
