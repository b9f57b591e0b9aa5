"""The evidence ledger: facts written once per input and version, derived data rebuilt from them.

SQL lives only here. `open_ledger` is the way in.
"""

from foedus.ledger.facts import Facts, Known
from foedus.ledger.finding import Count, Entry, Finding, Sought, Source
from foedus.ledger.open import open_ledger
from foedus.ledger.queries import Counts, Wanted
from foedus.ledger.select import Selection
from foedus.ledger.store import Derived, Ledger

__all__ = [
    "Count",
    "Counts",
    "Derived",
    "Entry",
    "Facts",
    "Finding",
    "Known",
    "Ledger",
    "Selection",
    "Sought",
    "Source",
    "Wanted",
    "open_ledger",
]
