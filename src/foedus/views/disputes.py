"""Conflicts with both sides in their own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.ledger import Ledger
from foedus.model.claim import Claim
from foedus.model.event import Conflict
from foedus.views.actors import ActorNames
from foedus.views.event_rows import EventRow, load_rows
from foedus.views.sentences import find_voice
from foedus.views.wording import tell_published

#: Claims shown of each side.
_MAX_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim and who makes it.

    Attributes:
        claim: The claim.
        voice: Who says it.
        published: When it was published, in words, or None.
        title: Headline of its article, or None.
    """

    claim: Claim
    voice: str
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict told.

    Attributes:
        conflict: The conflict.
        row: Its event, or None if it has vanished since.
        sides: For each side some of its claims.
    """

    conflict: Conflict
    row: EventRow | None
    sides: tuple[tuple[Voice, ...], ...]


def load_disputes(ledger: Ledger, names: ActorNames, conflicts: Sequence[Conflict]) -> tuple[Dispute, ...]:
    """The conflicts with their events and words, in the order given."""
    rows = {row.id: row for row in load_rows(ledger, names, (conflict.event for conflict in conflicts))}
    claims = ledger.claims(
        id for conflict in conflicts for side in conflict.sides for id in side[:_MAX_CLAIMS]
    )
    voices = find_voices(ledger, list(claims.values()))
    return tuple(
        Dispute(
            conflict,
            rows.get(conflict.event),
            tuple(tuple(voices[id] for id in side[:_MAX_CLAIMS] if id in voices) for side in conflict.sides),
        )
        for conflict in conflicts
    )


def find_voices(ledger: Ledger, claims: Sequence[Claim]) -> dict[str, Voice]:
    """Who makes each claim, by its id."""
    articles = ledger.articles_of([(claim.document, claim.article) for claim in claims])
    found = {}
    for claim in claims:
        article = articles.get((claim.document, claim.article))
        found[claim.id] = Voice(
            claim, find_voice(claim, article), tell_published(article), article.title if article else None
        )
    return found
