"""Matching a whole ledger, or the part of it that a question is about."""

from collections.abc import Sequence
from functools import partial

from foedus.engine.fence import try_step
from foedus.errors import LedgerError
from foedus.ledger import Derived, Ledger, Matched, Selection
from foedus.model.judgement import Judgement, Kind
from foedus.model.run import Problem, Step

#: Stands for all inputs together in problems of matching.
EVERYTHING = "(all)"

_TRIES = 3  # to match while others write
_MAX_SHARE = 0.25  # of the claims; for more it is quicker to match everything


def match_ledger(ledger: Ledger) -> Problem | None:
    """Replace the events, conflicts and reprints of a ledger by those of its claims.

    Returns:
        What kept it from it, the ledger then has none; None when all is well.
    """
    for attempt in range(_TRIES):
        if attempt and ledger.is_matched():  # another process, which wrote meanwhile, did it
            return None
        changes = ledger.changes()
        # Grades change nothing that is derived; what another judgement bears on may lie anywhere in the ledger,
        # which then is matched as a whole.
        judgements = tuple(item for item in ledger.judgements() if item.kind is not Kind.GRADE)
        if not judgements and ledger.matched() is Matched.PART and ledger.share_due() <= _MAX_SHARE:
            done = try_step(EVERYTHING, Step.MATCH, partial(_match_due, ledger, changes))
            if done is True:
                return None
            if done is False:
                continue
        found = _match_all(ledger, judgements)
        derived, problem = (Derived(), found) if isinstance(found, Problem) else (found, None)
        if ledger.write_derived(derived, changes=changes):
            return problem
    return None  # another build is writing all the time; it matches when it is done


def _match_all(ledger: Ledger, judgements: Sequence[Judgement]) -> Derived | Problem:
    from foedus.engine.steps import match_facts  # all stages; most questions need none of them

    articles = tuple(ledger.iter_article_texts())
    claims = tuple(ledger.iter_coded_claims())
    digests = ledger.digests() if judgements else {}
    return try_step(EVERYTHING, Step.MATCH, lambda: match_facts(articles, claims, judgements, digests))


def _match_due(ledger: Ledger, changes: int) -> bool:
    """Match again what claims that are due can bear on; gives what matching everything would.

    Returns:
        False when others have written meanwhile, so that it came to nothing.
    """
    from foedus.matching import find_reprints, rematch

    after = find_reprints(tuple(ledger.iter_article_texts()))
    with ledger.rematching(changes) as shelf:
        if shelf is None:
            return False
        documents = {*shelf.due.values()}
        found = rematch(
            shelf, shelf.due.keys(), documents=documents, before=shelf.load_reprints(), after=after
        )
        shelf.replace(found.claims, found.events, found.conflicts, after)
    return True


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
