"""The weights of evidence, read from ``data/weights.yaml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.errors import DataFileError
from foedus.matching.data_files import load_data
from foedus.model.claim import ClaimType

NEVER = -(10**9)
"""What a forbidden join weighs; sums that hold it stay far below 0."""

_UNIT = 1000  # weights are whole thousandths, so that sums do not depend on their order


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights for the pairs of one type, in one article or in two; thousandths."""

    start: int
    by_name: Mapping[str, int]

    def weigh(self, names: Iterable[str]) -> int:
        """Sum of the pieces of evidence named; `NEVER` if one of them forbids the join."""
        total = self.start
        for name in names:
            weight = self.by_name[name]
            if weight == NEVER:
                return NEVER
            total += weight
        return total


@cache
def load_weights(claim_type: ClaimType, same_article: bool) -> Weights:
    """The weights for pairs of a type.

    Raises:
        DataFileError: The file lacks a part or holds something that is no number.
    """
    table = load_data("weights.yaml")
    where = "same_article" if same_article else "other_article"
    try:
        families: dict[str, dict[str, Any]] = dict(table[where])
        starts = families.pop("start")
        own = table["by_type"].get(claim_type.value, {}).get(where, {})
        by_name = {
            f"{family}.{value}": _to_thousandths(weight)
            for family, values in families.items()
            for value, weight in values.items()
        }
        unknown = sorted(set(own) - set(by_name))
        if unknown:
            raise DataFileError(
                f"matching/data/weights.yaml: by_type names {unknown[0]!r}, which {where} lacks"
            )
        by_name |= {name: _to_thousandths(weight) for name, weight in own.items()}
        start = _to_thousandths(starts.get(claim_type.value, starts["default"]))
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise DataFileError(f"matching/data/weights.yaml: {where} is malformed: {error!r}") from error
    return Weights(start, by_name)


def _to_thousandths(weight: float | str) -> int:
    return NEVER if weight == "never" else round(float(weight) * _UNIT)
