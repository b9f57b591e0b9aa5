"""What people judged of a ledger, and how it stands there."""

from collections.abc import Sequence

from foedus.ledger import Ledger
from foedus.matching import Weighed, weigh_judgements
from foedus.model.actor import Actor
from foedus.model.claim import Claim, Quantity
from foedus.model.judgement import (
    Back,
    ClaimName,
    Correct,
    Grade,
    Join,
    Judgement,
    Part,
    Reject,
    Scope,
    Standing,
    State,
    Value,
)
from foedus.model.judgement_records import JUDGEMENT_KEYS, tell_instant, to_judgement_record, to_value_record
from foedus.model.when import When
from foedus.views.shapes import Column, Records, Table
from foedus.views.wording import to_amount, to_short_when

_COLUMNS = (
    Column("judgement"),
    Column("what", weight=4),
    Column("who", max_chars=16),
    Column("when", max_chars=20),
    Column("why", weight=3),
    Column("stands", weight=2),
)


def weigh_ledger(ledger: Ledger) -> Weighed:
    """The judgements of a ledger as they stand in it, or in the part of it that is asked."""
    judgements = ledger.judgements()
    if not judgements:
        return Weighed()
    weighed = weigh_in(ledger, judgements, ledger.publishers())
    ids = {claim for standing in weighed.standings for side in standing.claims for claim in side}
    return weighed.place(ledger.events_of(ids))


def weigh_in(
    ledger: Ledger, judgements: Sequence[Judgement], publishers: Sequence[str] | None = None
) -> Weighed:
    """The same of some judgements, whatever events there are; only the claims that may be meant are read.

    Args:
        ledger: The ledger.
        judgements: All that bear on each other.
        publishers: Those in the ledger; None takes each that is graded as there.
    """
    names = [name for judgement in judgements for name in judgement.names]
    claims = ledger.coded_claims(name.id for name in names)
    lost = [name for name in names if name.id not in claims or claims[name.id].type is not name.type]
    wanted = {name.digest for name in lost if name.digest}
    digests = ledger.find_digests((name.document for name in names), wanted)
    if lost:
        documents = {name.document for name in lost}
        documents.update(document for document, digest in digests.items() if digest in wanted)
        claims.update((claim.id, claim) for claim in ledger.iter_coded_claims(documents=documents))
    return weigh_judgements(judgements, claims.values(), digests, publishers)


def list_judgements(ledger: Ledger) -> Records:
    """All judgements, taken back or not, by time and id."""
    return Records("judgements", JUDGEMENT_KEYS, map(to_judgement_record, ledger.judgements()))


def tabulate_judgements(standings: Sequence[Standing], title: str = "Judgements") -> Table:
    """Judgements with who, when, why, and how they stand."""
    rows = tuple(
        (
            standing.judgement.id,
            tell_verdict(standing.judgement),
            standing.judgement.who,
            tell_instant(standing.judgement.when),
            standing.judgement.why,
            tell_state(standing),
        )
        for standing in standings
    )
    return Table(title, _COLUMNS, rows, None if rows else "No judgements.")


def tell_verdict(judgement: Judgement) -> str:
    """What was judged, in a line: ``correct when of claim c-3f9a…: 2021-03-10``."""
    match judgement.verdict:
        case Join(sides):
            return f"join {_tell_sides(sides)}"
        case Part(sides):
            return f"part {_tell_sides(sides)}"
        case Reject(claim):
            return f"reject claim {claim.id}: “{' '.join(claim.quote.split())}”"
        case Correct(scope, claims, slot, value):
            what = f"claim {claims[0].id}" if scope is Scope.CLAIM else f"the event of {_tell_names(claims)}"
            return f"correct {slot} of {what}: {tell_value(value)}"
        case Grade(publisher, reliability):
            return f"grade “{publisher}”: {reliability}"
        case Back(of):
            return f"take back {of}"


def tell_value(value: Value) -> str:
    """A slot's value in words; ``none`` for an empty one."""
    if value is None or value == ():
        return "none"
    if isinstance(value, When):
        return to_short_when(value)
    if isinstance(value, tuple):
        return ", ".join(_tell_item(item) for item in value)
    return str(to_value_record(value))


def tell_state(standing: Standing) -> str:
    """How a judgement stands, with the reason."""
    if standing.state is State.TAKEN_BACK:
        return f"taken back by {', '.join(standing.against)}"
    return f"{standing.state}: {standing.reason}" if standing.reason else standing.state.value


def find_bearing(weighed: Weighed, claims: Sequence[Claim] | Sequence[str]) -> tuple[Standing, ...]:
    """The judgements, taken back ones left out, that name any of these claims."""
    wanted = {claim if isinstance(claim, str) else claim.id for claim in claims}
    return tuple(
        standing
        for standing in weighed.standings
        if standing.state is not State.TAKEN_BACK
        and not wanted.isdisjoint(claim for side in standing.claims for claim in side)
    )


def _tell_item(item: Actor | Quantity | str) -> str:
    if isinstance(item, Actor):
        return f"{item.code}:{item.role}"
    return to_amount(item) if isinstance(item, Quantity) else item


def _tell_sides(sides: Sequence[Sequence[ClaimName]]) -> str:
    return " and ".join(_tell_names(side) for side in sides)


def _tell_names(names: Sequence[ClaimName]) -> str:
    first = names[0].id
    return first if len(names) == 1 else f"{first} with {len(names) - 1} more"
