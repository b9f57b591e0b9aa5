"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.constraints import Constraints, Contradiction, settle
from foedus.matching.judged import Correction, Weighed, fold_publisher, weigh_judgements
from foedus.matching.match import match_claims
from foedus.matching.reasons import explain_joins
from foedus.matching.rematching import find_rows, rematch
from foedus.matching.reprints import find_reprints
from foedus.matching.sources import count_sources

__all__ = [
    "Constraints",
    "Contradiction",
    "Correction",
    "Weighed",
    "count_sources",
    "explain_joins",
    "find_reprints",
    "find_rows",
    "fold_publisher",
    "match_claims",
    "rematch",
    "settle",
    "weigh_judgements",
]
