"""Matching a whole ledger, or the part of it that a question is about."""

from contextlib import ExitStack
from dataclasses import replace

from foedus.engine.fence import try_step
from foedus.errors import LedgerError
from foedus.ledger import Derived, Ledger, Matched, Selection
from foedus.model.judgement import Judgement, Kind
from foedus.model.run import Problem, Step

#: Stands for all inputs together in problems of matching.
EVERYTHING = "(all)"

_TRIES = 3  # to match while others write
_MAX_SHARE = 0.25  # of the claims; for more it is quicker to match everything


def match_ledger(ledger: Ledger, *, is_part: bool = False) -> Problem | None:
    """Replace the events, conflicts and reprints of a ledger by those of its claims.

    Args:
        ledger: A ledger, or a part of one.
        is_part: Whether it is a part, which is never matched again: what only that needs is not kept.

    Returns:
        What kept it from it, the ledger then has none; None when all is well, or when another process writes it all
        the time, which then matches it.
    """
    if ledger.matched() is Matched.PART and not ledger.is_more_due(_MAX_SHARE):
        done = try_step(EVERYTHING, Step.MATCH, lambda: _match_due(ledger))
        if done is None:
            return None
    for attempt in range(_TRIES):
        if attempt and ledger.is_matched():  # another process, which wrote meanwhile, did it
            return None
        changes = None if is_part else ledger.changes()
        found = _match_all(ledger)
        problem = found if isinstance(found, Problem) else None
        derived = Derived() if isinstance(found, Problem) else found
        if is_part:
            derived = replace(derived, blocks=(), repeats=(), samples=())
        matched = Matched.ALL if problem is None else Matched.FAILED
        if ledger.write_derived(derived, matched=matched, changes=changes):
            return problem
    return None


def _match_all(ledger: Ledger) -> Derived | Problem:
    from foedus.engine.steps import match_facts  # all stages; most questions need none of them

    articles = ledger.iter_article_texts()
    claims = tuple(ledger.iter_coded_claims())
    judgements = _list_bearing(ledger)
    digests = ledger.digests() if judgements else {}
    return try_step(
        EVERYTHING,
        Step.MATCH,
        lambda: match_facts(articles, claims, judgements, digests, ledger.article_text),
    )


def _list_bearing(ledger: Ledger) -> tuple[Judgement, ...]:
    """The judgements that bear on what is derived; grades do not."""
    return tuple(item for item in ledger.judgements() if item.kind is not Kind.GRADE)


def _match_due(ledger: Ledger) -> None:
    """Match again what is due, and what people judged, can bear on; gives what matching everything would."""
    from foedus.matching import Weighed, find_reprints_again, rematch
    from foedus.views.judged import weigh_in

    with ledger.rematching() as shelf:
        judgements = _list_bearing(ledger)
        weighed = weigh_in(ledger, judgements) if judgements else Weighed()
        coded = ledger.coded_claims(weighed.corrected)
        corrected = {claim.id: claim for claim in weighed.apply(coded.values())}
        rejected_before, corrected_before, bound_before = shelf.load_judged()
        changed = {*shelf.due} | (rejected_before ^ weighed.rejected.keys())
        changed |= {
            claim
            for claim in corrected.keys() | corrected_before.keys()
            if corrected.get(claim) != corrected_before.get(claim)
        }
        found = rematch(
            shelf,
            changed,
            moved=find_reprints_again(shelf.rack, shelf.documents),
            judge=weighed.apply,
            also=bound_before | weighed.bound,
            constraints=weighed.constraints,
        )
        event_of = {claim: event.id for event in found.events for claim in event.claims}
        events, conflicts = weighed.place(event_of).apply_to_events(found.events, found.conflicts)
        shelf.replace_judged(sorted(weighed.rejected), [*corrected.values()], weighed.bound)
        shelf.replace(found.claims, events, conflicts, changed=changed)


def select_part(ledger: Ledger, selection: Selection) -> Ledger:
    """The part of the ledger that `selection` names, matched anew from its own claims alone.

    What was published later, or is less sure, has no influence on its events and conflicts.

    Raises:
        LedgerError: The part cannot be matched.
    """
    if selection.is_all:
        return ledger
    part = ledger.select(selection)
    with ExitStack() as undone:
        undone.callback(part.close)
        problem = match_ledger(part, is_part=True)
        if problem is not None:
            raise LedgerError(f"the claims asked for cannot be matched: {problem.message}")
        undone.pop_all()
    return part
