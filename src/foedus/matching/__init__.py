"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.matching.judged import Weighed, fold_publisher, weigh_judgements
from foedus.matching.match import match_claims
from foedus.matching.reprints import find_reprints

__all__ = [
    "Constraints",
    "Contradiction",
    "Weighed",
    "find_reprints",
    "fold_publisher",
    "match_claims",
    "settle",
    "weigh_judgements",
]
