"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.matching.match import match_claims
from foedus.matching.reprints import find_reprints

__all__ = ["Constraints", "Contradiction", "find_reprints", "match_claims", "settle"]
