"""Matching a whole ledger, or the part of it that a question is about."""

from foedus.engine.fence import try_step
from foedus.errors import LedgerError
from foedus.ledger import Derived, Ledger, Selection
from foedus.model.run import Problem, Step

#: Stands for all inputs together in problems of matching.
EVERYTHING = "(all)"


def match_ledger(ledger: Ledger) -> Problem | None:
    """Replace the events, conflicts and reprints of a ledger by those of its claims.

    Returns:
        What kept it from it, the ledger then has none; None when all is well.
    """
    from foedus.engine.steps import match_facts  # all stages; most questions need none of them

    articles = tuple(ledger.iter_article_texts())
    claims = tuple(ledger.iter_coded_claims())
    judgements = ledger.judgements()
    digests = ledger.digests() if judgements else {}
    derived = try_step(EVERYTHING, Step.MATCH, lambda: match_facts(articles, claims, judgements, digests))
    if isinstance(derived, Problem):
        ledger.write_derived(Derived())
        return derived
    ledger.write_derived(derived)
    return None


def select_part(ledger: Ledger, selection: Selection) -> Ledger:
    """The part of the ledger that `selection` names, matched anew from its own claims alone.

    What was published later, or is less sure, has no influence on its events and conflicts.

    Raises:
        LedgerError: The part cannot be matched.
    """
    if selection.is_all:
        return ledger
    part = ledger.select(selection)
    problem = match_ledger(part)
    if problem is not None:
        raise LedgerError(f"the claims asked for cannot be matched: {problem.message}")
    return part
