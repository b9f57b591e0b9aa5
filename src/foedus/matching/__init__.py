"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.matching.judged import Correction, Weighed, fold_publisher, weigh_judgements
from foedus.matching.match import match_claims
from foedus.matching.reprints import find_reprints
from foedus.matching.sources import count_sources

__all__ = [
    "Constraints",
    "Contradiction",
    "Correction",
    "Weighed",
    "count_sources",
    "find_reprints",
    "fold_publisher",
    "match_claims",
    "settle",
    "weigh_judgements",
]
