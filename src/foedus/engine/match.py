"""Matching a whole ledger, or the part of it that a question is about."""

from contextlib import suppress

from foedus.engine.fence import try_step
from foedus.errors import LedgerError
from foedus.ledger import Derived, Ledger, Matched, Overtaken, Selection
from foedus.model.judgement import Kind
from foedus.model.run import Problem, Step

#: Stands for all inputs together in problems of matching.
EVERYTHING = "(all)"

_MAX_SHARE = 0.25  # of the claims; for more it is quicker to match everything
_TRIES = 3


def match_ledger(ledger: Ledger) -> Problem | None:
    """Replace the events, conflicts and reprints of a ledger by those of its claims.

    When others write to the ledger meanwhile it is matched again; when they do not stop it is left as it is, and
    due, for whoever asks or builds next.

    Returns:
        What kept it from it, the ledger then has none; None when all is well.
    """
    for _ in range(_TRIES):
        with suppress(Overtaken):
            return _match(ledger, ledger.writes())
    return None


def _match(ledger: Ledger, seen: int) -> Problem | None:
    # Grades change nothing that is derived; what another judgement bears on may lie anywhere in the ledger, which
    # then is matched as a whole.
    judgements = tuple(item for item in ledger.judgements() if item.kind is not Kind.GRADE)
    if not judgements and ledger.matched() is Matched.PART and ledger.share_due() <= _MAX_SHARE:
        done = try_step(EVERYTHING, Step.MATCH, lambda: _match_due(ledger, seen))
        if done is None:
            return None
    from foedus.engine.steps import match_facts  # all stages; most questions need none of them

    articles = tuple(ledger.iter_article_texts())
    claims = tuple(ledger.iter_coded_claims())
    digests = ledger.digests() if judgements else {}
    derived = try_step(EVERYTHING, Step.MATCH, lambda: match_facts(articles, claims, judgements, digests))
    if isinstance(derived, Problem):
        ledger.write_derived(Derived(), seen=seen)
        return derived
    ledger.write_derived(derived, seen=seen)
    return None


def _match_due(ledger: Ledger, seen: int) -> None:
    """Match again what claims that are due can bear on; gives what matching everything would."""
    from foedus.matching import find_reprints, rematch

    after = find_reprints(tuple(ledger.iter_article_texts()))
    with ledger.rematching(seen=seen) as shelf:
        documents = {*shelf.due.values()}
        found = rematch(
            shelf, shelf.due.keys(), documents=documents, before=shelf.load_reprints(), after=after
        )
        shelf.replace(found.claims, found.events, found.conflicts, after)


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
