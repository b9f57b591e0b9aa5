"""Why the claims of an event are taken for one thing: for each claim the strongest join with one before it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from foedus.matching.constraints import Constraints, settle
from foedus.matching.evidence import list_evidence
from foedus.matching.match import find_repeats, read_claims, weigh
from foedus.matching.sources import find_originals
from foedus.matching.weights import NEVER, load_weights
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Event, Reprint

SAID = "a person joined them"
REPEATED = "a reprint repeats the words"


@dataclass(frozen=True, slots=True)
class Join:
    """Why a claim stands in an event.

    Attributes:
        claim: Its id.
        other: Id of the claim before it, in the order of the event, that it is most like.
        weight: What all evidence for the two sums up to; above 0 it speaks for a join. None where no evidence
            was asked: a person or a reprint decided, or where something forbids these two and others of the
            event brought them together.
        reasons: What bears on it, the weightiest first: ``subject: same name, +3.0``.
    """

    claim: str
    other: str
    weight: float | None
    reasons: tuple[str, ...]


def explain_joins(
    event: Event,
    claims: Iterable[Claim],
    articles: Sequence[Article],
    reprints: Collection[Reprint],
    constraints: Constraints = Constraints(),  # noqa: B008  # frozen
) -> tuple[Join, ...]:
    """For each claim of an event but the first, why it stands there.

    Args:
        event: The event.
        claims: Its claims, and all others of their articles, which bear on how they are read.
        articles: Those of the claims.
        reprints: Of the ledger.
        constraints: What people have said.
    """
    by_key = {(article.document, article.number): article for article in articles}
    read = read_claims((claim for claim in claims if claim.type is event.type), by_key)
    by_id = {comparable.claim.id: comparable for comparable in read}
    repeats = {
        frozenset((read[one].claim.id, read[other].claim.id))
        for one, other in find_repeats(read, find_originals(reprints))
    }
    group_of = {claim: group for group in settle(constraints).groups for claim in group}
    members = [claim for claim in event.claims if claim in by_id]
    joins = []
    for place, claim in enumerate(members[1:], start=1):
        before = members[:place]
        said = [other for other in before if other in group_of.get(claim, ())]
        repeated = [other for other in before if frozenset((claim, other)) in repeats]
        if said or repeated:
            joins.append(Join(claim, (said or repeated)[0], None, (SAID if said else REPEATED,)))
            continue
        weights = [weigh(by_id[other], by_id[claim]) for other in before]
        best = max(range(place), key=lambda at: (weights[at], -at))
        one, two = by_id[before[best]], by_id[claim]
        same_article = (one.claim.document, one.claim.article) == (two.claim.document, two.claim.article)
        table = load_weights(event.type, same_article)
        pieces = [(name, table.by_name[name]) for name in list_evidence(one, two) if table.by_name[name]]
        pieces.sort(key=lambda piece: -abs(piece[1]))
        joins.append(
            Join(
                claim,
                before[best],
                None if weights[best] == NEVER else weights[best] / 1000,
                tuple(_tell(name, weight) for name, weight in pieces),
            )
        )
    return tuple(joins)


def _tell(name: str, weight: int) -> str:
    family, _, value = name.partition(".")
    how = "forbids it" if weight == NEVER else f"{weight / 1000:+.1f}"
    return f"{family}: {value.replace('_', ' ')}, {how}"
