"""Events on a line of time, as sure of their days as the sources are.

A dot is a day. A full bar is a stretch whose days are given, a pale one says that it was some time in it, and
a dashed end goes on, for all that is known. What begins far from all else is left out (`window`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.model.when import Precision, When
from foedus.views.event_rows import EventRow
from foedus.views.pictures.frame import Scheme, Spec, colour_by_category, frame
from foedus.views.pictures.window import find_window
from foedus.views.standing import list_categories

_MAX_LABEL_CHARS = 90


@dataclass(frozen=True, slots=True)
class _Bar:
    row: EventRow
    start: date
    end: date
    is_open_start: bool
    is_open_end: bool


def draw_timeline(rows: Sequence[EventRow], scheme: Scheme, *, width: int = 860) -> Spec:
    """Events with a time of their own, in lanes by category.

    Args:
        rows: Events; those without a time are left out.
        scheme: Colours.
        width: In pixels.
    """
    bars = _list_bars(rows)
    lanes = _find_lanes(bars)
    names = list_categories()
    values = []
    for bar in bars:
        when = bar.row.event.when
        assert when is not None
        values.append(
            {
                "lane": lanes[bar.row.id],
                "start": _to_ms(bar.start),
                "end": _to_ms(bar.end + timedelta(1)) if bar.end > bar.start else _to_ms(bar.start),
                "category": names[bar.row.category - 1],
                "type": bar.row.event.type.value.replace("_", " "),
                "what": _shorten(bar.row.headline),
                "time": bar.row.when,
                "kind": "day"
                if bar.start == bar.end and not (bar.is_open_start or bar.is_open_end)
                else "open"
                if bar.is_open_start or bar.is_open_end
                else "given"
                if when.precision is Precision.DAY
                else "within",
                "href": f"/events/{bar.row.id}",
            }
        )
    count = max(lanes.values(), default=0) + 1
    spec = frame(scheme, width, max(60, min(9 * count + 20, 460)), "Events on a line of time, by category")
    shared = {
        "x": {
            "field": "start",
            "type": "temporal",
            "scale": {"type": "utc"},
            "axis": {"title": None, "tickCount": 10},
        },
        "y": {"field": "lane", "type": "ordinal", "axis": None, "scale": {"domain": list(range(count))}},
        "color": colour_by_category(scheme),
        "href": {"field": "href", "type": "nominal"},
        "tooltip": [{"field": "time", "type": "nominal"}, {"field": "what", "type": "nominal"}],
    }
    end = {"x2": {"field": "end"}}
    return spec | {
        "data": {"values": values},
        "layer": [
            {
                "transform": [{"filter": "datum.kind === 'given'"}],
                "mark": {"type": "rule", "strokeWidth": 6, "strokeCap": "round", "cursor": "pointer"},
                "encoding": shared | end,
            },
            {
                "transform": [{"filter": "datum.kind === 'within'"}],
                "mark": {
                    "type": "rule",
                    "strokeWidth": 6,
                    "strokeCap": "round",
                    "opacity": 0.38,
                    "cursor": "pointer",
                },
                "encoding": shared | end,
            },
            {
                "transform": [{"filter": "datum.kind === 'open'"}],
                "mark": {"type": "rule", "strokeWidth": 2.5, "strokeDash": [5, 3], "cursor": "pointer"},
                "encoding": shared | end,
            },
            {
                "transform": [{"filter": "datum.kind === 'day'"}],
                "mark": {"type": "point", "filled": True, "size": 38, "opacity": 1, "cursor": "pointer"},
                "encoding": shared,
            },
        ],
    }


def _list_bars(rows: Sequence[EventRow]) -> list[_Bar]:
    dated = [(row, row.event.when) for row in rows if row.event.when is not None]
    years = [(day.year, 1) for _, when in dated if (day := when.first or when.last)]
    low, high = find_window(years) or (date.min.year, date.max.year)
    timed = [pair for pair in dated if low <= _year(pair[1]) <= high]
    days = [day for _, when in timed for day in (when.first, when.last) if day]
    if not days:
        return []
    first, last = min(days), max(days)
    margin = timedelta(max(30, (last - first).days // 25))
    return [
        _Bar(
            row,
            when.first or max(when.last or last, first) - margin,
            when.last or min(when.first or first, last) + margin,
            when.first is None,
            when.last is None,
        )
        for row, when in timed
    ]


def _find_lanes(bars: Sequence[_Bar]) -> dict[str, int]:
    """A lane for each bar, so that none overlap; the lanes of a category lie together."""
    if not bars:
        return {}
    span = (max(bar.end for bar in bars) - min(bar.start for bar in bars)).days + 1
    gap = timedelta(max(1, span // 90))
    lanes: dict[str, int] = {}
    offset = 0
    for category in sorted({bar.row.category for bar in bars}):
        ends: list[date] = []
        own = [bar for bar in bars if bar.row.category == category]
        for bar in sorted(own, key=lambda bar: (bar.start, bar.end, bar.row.id)):
            lane = next((at for at, end in enumerate(ends) if end + gap < bar.start), len(ends))
            ends[lane : lane + 1] = [bar.end]
            lanes[bar.row.id] = offset + lane
        offset += len(ends) + 1
    return lanes


def _year(when: When) -> int:
    day = when.first or when.last
    assert day is not None  # one end of a time is always known
    return day.year


def _to_ms(day: date) -> int:
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_LABEL_CHARS else f"{text[: _MAX_LABEL_CHARS - 1].rstrip()}…"
