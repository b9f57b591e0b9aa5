"""How many events a month or a year, stacked by category; what lies far off is left out (`window`)."""

from collections.abc import Sequence

from foedus.views.pictures.frame import Scheme, Spec, colour_by_category, frame
from foedus.views.pictures.window import find_window
from foedus.views.standing import list_categories

#: Longer stretches are counted by year.
_MAX_YEARS_OF_MONTHS = 12


def draw_months(
    counts: Sequence[tuple[str, int, int]], scheme: Scheme, *, width: int = 860, height: int = 150
) -> Spec:
    """Columns over time.

    Args:
        counts: ``(step, category number, events)``; a step is ``2017-09`` or ``2017``.
        scheme: Colours.
        width: In pixels.
        height: In pixels.
    """
    names = list_categories()
    window = find_window([(int(step[:4]), events) for step, _, events in counts]) or (1, 1)
    is_years = window[1] - window[0] > _MAX_YEARS_OF_MONTHS
    values = [
        {"day": step if len(step) > 4 else f"{step}-01", "category": names[category - 1], "events": events}
        for step, category, events in counts
        if window[0] <= int(step[:4]) <= window[1]
    ]
    unit = "utcyear" if is_years else "utcyearmonth"
    spec = frame(scheme, width, height, "Events by time and category")
    return spec | {
        "data": {"values": values},
        "transform": [
            {
                "calculate": "utc(toNumber(substring(datum.day, 0, 4)), toNumber(substring(datum.day, 5, 7)) - 1)",
                "as": "at",
            }
        ],
        "mark": {"type": "bar", "binSpacing": 0.5},
        "encoding": {
            "x": {
                "field": "at",
                "timeUnit": unit,
                "type": "temporal",
                "axis": {"title": None, "grid": False, "tickCount": 10},
            },
            "y": {
                "field": "events",
                "aggregate": "sum",
                "type": "quantitative",
                "axis": {"title": "events", "tickCount": 3, "domain": False, "tickMinStep": 1},
            },
            "color": colour_by_category(scheme),
            "order": {"field": "category", "type": "nominal"},
            "tooltip": [
                {"field": "at", "timeUnit": unit, "type": "temporal", "title": "time"},
                {"field": "category", "type": "nominal"},
                {"field": "events", "aggregate": "sum", "type": "quantitative"},
            ],
        },
    }
