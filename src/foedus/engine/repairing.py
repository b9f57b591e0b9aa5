"""Making a ledger good again: what is derived anew from facts and judgements, nothing else touched."""

from pathlib import Path

from foedus.address import LedgerAddress
from foedus.engine.match import EVERYTHING, match_ledger
from foedus.ledger import Ledger, keep_copy, open_ledger
from foedus.model.checkup import Checkup, Part, Repair


def repair(path: str | LedgerAddress) -> Repair:
    """Rebuild what is derived, after a copy of the ledger is kept; of one on a server none is.

    No fact and no judgement is changed or dropped. Documents of which the ledger holds something wrong are marked, so
    that the next build reads them again; until then they stay as they are.

    Args:
        path: The ledger; it must be there.

    Returns:
        What was wrong, and what still is.

    Raises:
        LedgerError: There is no usable ledger at `path`, or the copy or the ledger cannot be written.
    """
    open_ledger(path, write=False).close()
    with open_ledger(path) as ledger:
        before = ledger.check()
        backup = keep_copy(ledger.address, "repair") if isinstance(ledger.address, Path) else None
        again = ledger.reset(before)
        if _is_readable(before):
            _match(ledger)
        after = ledger.check()
    return Repair(before, after, None if backup is None else str(backup), again)


def _match(ledger: Ledger) -> None:
    problem = match_ledger(ledger)
    ledger.write_found_problems([problem] if problem else [], root=EVERYTHING, items=None)


def _is_readable(checkup: Checkup) -> bool:
    """Whether all facts and judgements can be read, so that they can be matched."""
    parts = (Part.FACTS, Part.JUDGEMENTS)
    return not any(flaw.part in parts and flaw.is_unreadable for flaw in checkup.flaws)
