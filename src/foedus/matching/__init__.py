"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.matching.match import match_claims
from foedus.matching.reasons import explain_joins
from foedus.matching.rematching import find_rows, rematch
from foedus.matching.reprints import find_reprints

__all__ = [
    "Constraints",
    "Contradiction",
    "explain_joins",
    "find_reprints",
    "find_rows",
    "match_claims",
    "rematch",
    "settle",
]
