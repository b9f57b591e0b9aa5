"""Who shares events with whom."""

from dataclasses import dataclass

from foedus.ledger import Ledger
from foedus.views.actors import ActorNames
from foedus.views.asking import Question
from foedus.views.overview import DyadCount, name_dyad

#: Ties drawn, most events first.
MAX_TIES = 70


@dataclass(frozen=True, slots=True)
class Network:
    """Ties between actors.

    Attributes:
        ties: Most events first.
        is_cut: Whether there are more than `MAX_TIES`.
        events: Events found.
        counted: Of how many of them, the latest, the ties are counted.
    """

    ties: tuple[DyadCount, ...]
    is_cut: bool
    events: int
    counted: int


def find_ties(ledger: Ledger, names: ActorNames, question: Question, *, of: str | None = None) -> Network:
    """The ties of the events asked for.

    Args:
        ledger: Where they are.
        names: Names of actors.
        question: Which events.
        of: Only ties of this actor.
    """
    counts = ledger.count_terms("dyad", question.sought, limit=MAX_TIES + 1, like=of)
    ties = tuple(name_dyad(count.term, count.events or 0, names) for count in counts[:MAX_TIES])
    events = ledger.count_events(question.sought)
    counted = ledger.count_counted(question.sought, events, like=of)
    return Network(ties, len(counts) > MAX_TIES, events, counted)
