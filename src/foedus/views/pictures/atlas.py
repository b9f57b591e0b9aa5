"""Events by place on the outline of the world."""

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.views.atlas import Spot, load_world
from foedus.views.pictures.frame import Scheme, Spec, frame


def draw_map(
    spots: Sequence[Spot], scheme: Scheme, *, world: Mapping[str, Any] | None = None, width: int = 860
) -> Spec:
    """Circles on the map, larger for more events.

    Args:
        spots: Places with their coordinates.
        scheme: Colours.
        world: Where the picture takes the outline from (``{"url": …}``); None puts it into the picture.
        width: In pixels.
    """
    values = [
        {
            "place": spot.place,
            "events": spot.events,
            "lat": spot.latitude,
            "lon": spot.longitude,
            "href": f"/events?{spot.query}",
        }
        for spot in spots
    ]
    outline: dict[str, Any] = dict(world) if world else {"values": load_world()}
    spec = frame(scheme, width, width * 13 // 25, "Events by place on a map of the world")
    spec.pop("autosize")
    return spec | {
        "projection": {"type": "equalEarth"},
        "layer": [
            {
                "data": outline | {"format": {"type": "topojson", "feature": "countries"}},
                "mark": {"type": "geoshape", "fill": scheme.land, "stroke": scheme.paper, "strokeWidth": 0.6},
            },
            {
                "data": {"values": values},
                "mark": {
                    "type": "circle",
                    "color": scheme.accent,
                    "opacity": 0.65,
                    "stroke": scheme.paper,
                    "strokeWidth": 0.8,
                    "cursor": "pointer",
                },
                "encoding": {
                    "longitude": {"field": "lon", "type": "quantitative"},
                    "latitude": {"field": "lat", "type": "quantitative"},
                    "size": {
                        "field": "events",
                        "type": "quantitative",
                        "scale": {"range": [26, 900], "domainMin": 0},
                        "legend": None,
                    },
                    "href": {"field": "href", "type": "nominal"},
                    "tooltip": [{"field": "place"}, {"field": "events", "type": "quantitative"}],
                },
            },
        ],
    }
