"""Types by year, darker for more: what an actor or two actors were busy with."""

from collections.abc import Sequence

from foedus.views.pictures.frame import Scheme, Spec, frame
from foedus.views.pictures.window import find_window


def draw_heat(counts: Sequence[tuple[str, str, int]], scheme: Scheme, *, width: int = 860) -> Spec:
    """A strip for each type.

    Args:
        counts: ``(year, type, events)``.
        scheme: Colours.
        width: In pixels.
    """
    window = find_window([(int(year), events) for year, _, events in counts]) or (1, 1)
    counts = [row for row in counts if window[0] <= int(row[0]) <= window[1]]
    values = [
        {"year": year, "type": kind.replace("_", " "), "events": events} for year, kind, events in counts
    ]
    years = sorted({int(year) for year, _, _ in counts})
    steps = [f"{year:04}" for year in range(years[0], years[-1] + 1)] if years else []
    every = max(1, len(steps) // 16)
    spec = frame(scheme, width, {"step": 17}, "Events by type and year")
    return spec | {
        "data": {"values": values},
        "mark": {"type": "rect", "cornerRadius": 1},
        "encoding": {
            "x": {
                "field": "year",
                "type": "ordinal",
                "scale": {"domain": steps, "paddingInner": 0.08},
                "axis": {
                    "title": None,
                    "labelAngle": 0,
                    "domain": False,
                    "ticks": False,
                    "values": steps[::every],
                },
            },
            "y": {
                "field": "type",
                "type": "nominal",
                "sort": {"field": "events", "op": "sum", "order": "descending"},
                "scale": {"paddingInner": 0.12},
                "axis": {"title": None, "domain": False, "ticks": False},
            },
            "color": {
                "field": "events",
                "type": "quantitative",
                "scale": {"range": [_mix(scheme), scheme.accent], "domainMin": 0, "type": "sqrt"},
                "legend": None,
            },
            "tooltip": [{"field": "type"}, {"field": "year"}, {"field": "events", "type": "quantitative"}],
        },
    }


def _mix(scheme: Scheme) -> str:
    return "#dbe9ef" if scheme.name == "light" else "#203642"
