"""The stretch of time that a picture shows: most of what there is, not the one thing a hundred years off."""

from collections.abc import Sequence

#: Share of the events that may be left outside at each end.
_OUTSIDE = 0.04


def find_window(years: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """First and last year that leave at most one event in twenty-five outside at each end.

    Args:
        years: ``(year, events)``, in any order; a year may come twice.

    Returns:
        The years, both inclusive; None when there are no events.
    """
    ranked = sorted(years)
    total = sum(number for _, number in ranked)
    if not total:
        return None
    allowed = total * _OUTSIDE
    return _skip(ranked, allowed), _skip(ranked[::-1], allowed)


def _skip(ranked: Sequence[tuple[int, int]], allowed: float) -> int:
    seen = 0
    for year, number in ranked:
        seen += number
        if seen > allowed:
            return year
    return ranked[-1][0]
