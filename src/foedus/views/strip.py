"""Claims over time: counts a step of time and a category, for a strip chart."""

from collections.abc import Iterable
from datetime import date, timedelta

from foedus.views.period import Period
from foedus.views.shapes import Strip


def draw_strip(
    title: str, days: Iterable[tuple[date, str]], rows: tuple[str, ...], span: Period, start: date
) -> Strip:
    """Count `days` by step and row.

    Args:
        title: What is counted.
        days: A day and its row for each thing counted; days before or after `span` count at its edge.
        rows: All rows, in order.
        span: The days shown; a step is a day, a week, a month or a year of them, after their number.
        start: First day of the period the chart is about; what lies before is set apart.
    """
    steps = _list_steps(span)
    counts = {row: [0] * len(steps) for row in rows}
    for day, row in days:
        inside = min(max(day, span.first), span.last)
        counts[row][sum(first <= inside for first, _ in steps) - 1] += 1
    return Strip(
        title,
        tuple(label for _, label in steps),
        tuple((row, tuple(counts[row])) for row in rows),
        split=sum(first < start for first, _ in steps),
    )


def _list_steps(span: Period) -> list[tuple[date, str]]:
    """First day and label of each step."""
    if span.days <= 70:
        days = [span.first + timedelta(n) for n in range(span.days)]
        return [(day, day.isoformat()) for day in days]
    if span.days <= 400:
        weeks = [span.first + timedelta(n) for n in range(0, span.days, 7)]
        return [(day, f"week from {day}") for day in weeks]
    if span.days <= 12 * 366:
        months = sorted({(span.first + timedelta(n)).replace(day=1) for n in range(span.days)})
        return [(max(day, span.first), f"{day.year}-{day.month:02d}") for day in months]
    return [
        (max(date(year, 1, 1), span.first), str(year)) for year in range(span.first.year, span.last.year + 1)
    ]
