"""Opening a ledger to ask it: always matched, whole or the part that a question is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from foedus.address import LedgerAddress
from foedus.engine.match import match_ledger, select_part
from foedus.ledger import Ledger, Selection, open_ledger


@contextmanager
def open_matched(path: str | LedgerAddress, selection: Selection | None = None) -> Iterator[Ledger]:
    """A ledger to read from.

    A build that was cut off leaves claims that are not matched yet; that is done first.

    Args:
        path: Where the ledger lies; it must be there.
        selection: The part that is asked; None is the whole.

    Raises:
        LedgerError: There is no usable ledger at `path`.
    """
    with open_ledger(path, write=False) as ledger:
        if not ledger.is_matched():
            match_ledger(ledger)
        part = select_part(ledger, selection or Selection())
        try:
            yield part
        finally:
            part.close()
