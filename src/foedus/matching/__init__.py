"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.judged import Correction, Weighed, fold_publisher, weigh_judgements
from foedus.matching.match import match_claims
from foedus.matching.reasons import explain_joins
from foedus.matching.refinding import find_reprints_again
from foedus.matching.rematching import find_rows, rematch
from foedus.matching.reprints import find_copies, find_reprints
from foedus.matching.sources import count_sources

__all__ = [
    "Correction",
    "Weighed",
    "count_sources",
    "explain_joins",
    "find_copies",
    "find_reprints",
    "find_reprints_again",
    "find_rows",
    "fold_publisher",
    "match_claims",
    "rematch",
    "weigh_judgements",
]
