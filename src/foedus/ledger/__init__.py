"""The evidence ledger: facts written once per input and version, derived data rebuilt from them.

SQL lives only here. `open_ledger` is the way in.
"""

from foedus.ledger.derived import Derived
from foedus.ledger.dump import MAX_LINE_BYTES
from foedus.ledger.facts import Facts, Known
from foedus.ledger.finding import MAX_COUNTED, Count, Entry, Finding, Sought, Source
from foedus.ledger.migrate import keep_copy
from foedus.ledger.open import open_ledger
from foedus.ledger.queries import Counts, Matched, Wanted
from foedus.ledger.select import Selection
from foedus.ledger.store import Ledger

__all__ = [
    "MAX_COUNTED",
    "MAX_LINE_BYTES",
    "Count",
    "Counts",
    "Derived",
    "Entry",
    "Facts",
    "Finding",
    "Known",
    "Ledger",
    "Matched",
    "Selection",
    "Sought",
    "Source",
    "Wanted",
    "keep_copy",
    "open_ledger",
]
