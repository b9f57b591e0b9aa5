"""Actors by their ties: who shares how many events with whom."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from foedus.views.overview import DyadCount
from foedus.views.pictures.frame import Scheme, Spec, frame

_ROUNDS = 250


def draw_network(ties: Sequence[DyadCount], scheme: Scheme, *, width: int = 860, height: int = 540) -> Spec:
    """Circles for actors, lines for what they share; thicker and larger for more.

    Args:
        ties: Pairs with their number of events.
        scheme: Colours.
        width: In pixels.
        height: In pixels.
    """
    weight: Counter[str] = Counter()
    names: dict[str, str] = {}
    for tie in ties:
        weight[tie.one] += tie.events
        weight[tie.other] += tie.events
        names |= {tie.one: tie.one_name, tie.other: tie.other_name}
    order = sorted(weight, key=lambda code: (-weight[code], code))
    places = place_nodes(order, ties)
    nodes = [
        {"name": names[code], "events": weight[code], "href": f"/actors/{code}", "x": x, "y": y}
        for code, (x, y) in places.items()
    ]
    links = [
        {
            "what": f"{tie.one_name} and {tie.other_name}",
            "events": tie.events,
            "href": f"/dyads/{tie.one}/{tie.other}",
            **dict(zip(("x", "y", "x2", "y2"), (*places[tie.one], *places[tie.other]), strict=True)),
        }
        for tie in ties
    ]
    across = {"axis": None, "scale": {"domain": [-0.08, 1.08], "nice": False}}
    xy = {
        "x": {"field": "x", "type": "quantitative"} | across,
        "y": {"field": "y", "type": "quantitative"} | across,
    }
    spec = frame(scheme, width, height, "Actors and their ties")
    return spec | {
        "layer": [
            {
                "data": {"values": links},
                "mark": {"type": "rule", "color": scheme.soft, "opacity": 0.4, "cursor": "pointer"},
                "encoding": xy
                | {
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "strokeWidth": {
                        "field": "events",
                        "type": "quantitative",
                        "scale": {"range": [0.6, 7], "domainMin": 0, "type": "sqrt"},
                        "legend": None,
                    },
                    "href": {"field": "href", "type": "nominal"},
                    "tooltip": [{"field": "what"}, {"field": "events", "type": "quantitative"}],
                },
            },
            {
                "data": {"values": nodes},
                "mark": {
                    "type": "circle",
                    "color": scheme.accent,
                    "opacity": 1,
                    "stroke": scheme.paper,
                    "strokeWidth": 1.5,
                    "cursor": "pointer",
                },
                "encoding": xy
                | {
                    "size": {
                        "field": "events",
                        "type": "quantitative",
                        "scale": {"range": [30, 1000], "domainMin": 0},
                        "legend": None,
                    },
                    "href": {"field": "href", "type": "nominal"},
                    "tooltip": [{"field": "name"}, {"field": "events", "type": "quantitative"}],
                },
            },
            {
                "data": {"values": nodes},
                "mark": {"type": "text", "color": scheme.ink, "fontSize": 11, "dy": 15, "baseline": "middle"},
                "encoding": xy | {"text": {"field": "name"}},
            },
        ],
    }


def place_nodes(order: Sequence[str], ties: Sequence[DyadCount]) -> dict[str, tuple[float, float]]:
    """A place for each actor in a square of side 1, those that share much near each other.

    Springs and repulsion after Fruchterman and Reingold, from a circle, so that the same ties give the same places.
    """
    count = len(order)
    if count < 2:
        return dict.fromkeys(order, (0.5, 0.5))
    at = {code: number for number, code in enumerate(order)}
    turn = np.arange(count) * 2.399963  # the golden angle: the busiest begin in the middle
    spots = np.stack([np.cos(turn), np.sin(turn)], 1) * np.sqrt((np.arange(count) + 0.5) / count)[:, None]
    pulls = np.zeros((count, count))
    for tie in ties:
        pulls[at[tie.one], at[tie.other]] = pulls[at[tie.other], at[tie.one]] = 1 + np.log1p(tie.events)
    length = 1.6 / np.sqrt(count)
    for step in range(_ROUNDS):
        apart = spots[:, None] - spots[None, :]
        far = np.maximum(np.sqrt((apart**2).sum(2)), 0.01)
        force = (length**2 / far - pulls * far**2 / length * 0.35) / far
        move = (apart * force[:, :, None]).sum(1) - spots * 0.45
        size = np.maximum(np.sqrt((move**2).sum(1)), 1e-9)[:, None]
        spots = spots + move / size * np.minimum(size, 0.12 * (1 - step / _ROUNDS))
    low, high = spots.min(0), spots.max(0)
    scaled = (spots - low) / np.maximum(high - low, 1e-9)
    return {
        code: (round(float(x), 4), round(float(y), 4)) for code, (x, y) in zip(order, scaled, strict=True)
    }
