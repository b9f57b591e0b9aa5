"""Actors by their ties: who shares how many events with whom."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.views.overview import DyadCount
from foedus.views.pictures.frame import Scheme, Spec, frame

_ROUNDS = 250

#: What the axes show of the square of side 1, and what of the width the frame takes, in pixels.
_DOMAIN = (-0.08, 1.08)
_PADDING = 8

#: Areas of the circles, in square pixels; the largest is that of the busiest actor.
_AREAS = (30, 1000)

#: Names, in pixels: a common letter is about this wide, a line this high, the circle this far off.
_FONT_SIZE = 11
_CHAR_WIDTH = 6.0
_LINE_HEIGHT = 13
_GAP = 3


@dataclass(frozen=True, slots=True)
class Circle:
    """An actor in the picture; pixels from its upper left."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands.

    Attributes:
        dx: Pixels to the right of its circle's middle.
        dy: Pixels below it.
        align: Which part of the name stands there: ``left``, ``center`` or ``right``.
    """

    dx: float
    dy: float
    align: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, circle: Circle) -> bool:
        across = max(self.left - circle.x, circle.x - self.right, 0)
        down = max(self.top - circle.y, circle.y - self.bottom, 0)
        return math.hypot(across, down) < circle.radius


def draw_network(ties: Sequence[DyadCount], scheme: Scheme, *, width: int = 860, height: int = 540) -> Spec:
    """Circles for actors, lines for what they share; thicker and larger for more.

    No two names overlap: one that finds no room is left out, and shown when its circle is pointed at.

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
    labels = [
        node | {"dx": label.dx, "dy": label.dy, "align": label.align}
        for node, label in zip(nodes, place_labels(_list_circles(nodes, width, height)), strict=True)
        if label is not None
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
    across = {"axis": None, "scale": {"domain": [*_DOMAIN], "nice": False}}
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
                        "scale": {"range": [*_AREAS], "domainMin": 0},
                        "legend": None,
                    },
                    "href": {"field": "href", "type": "nominal"},
                    "tooltip": [{"field": "name"}, {"field": "events", "type": "quantitative"}],
                },
            },
            {
                "data": {"values": labels},
                "mark": {
                    "type": "text",
                    "color": scheme.ink,
                    "fontSize": _FONT_SIZE,
                    "baseline": "middle",
                    **{side: {"expr": f"datum.{side}"} for side in ("dx", "dy", "align")},
                },
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


def place_labels(circles: Sequence[Circle]) -> list[Label | None]:
    """Where the name of each circle stands: below, above, right or left of it.

    Args:
        circles: In the order in which they choose.

    Returns:
        A label for each circle, on no other name or circle; None where there is no room.
    """
    taken: list[_Box] = []
    labels: list[Label | None] = []
    for circle in circles:
        for label, box in _list_choices(circle):
            if not any(map(box.overlaps, taken)) and not any(map(box.touches, circles)):
                labels.append(label)
                taken.append(box)
                break
        else:
            labels.append(None)
    return labels


def _list_choices(circle: Circle) -> list[tuple[Label, _Box]]:
    long, half = _CHAR_WIDTH * len(circle.name), _LINE_HEIGHT / 2
    away = round(circle.radius + _GAP, 1)
    x, y = circle.x, circle.y
    return [
        *(
            (Label(0, dy, "center"), _Box(x - long / 2, y + dy - half, x + long / 2, y + dy + half))
            for dy in (away + half, -away - half)
        ),
        (Label(away, 0, "left"), _Box(x + away, y - half, x + away + long, y + half)),
        (Label(-away, 0, "right"), _Box(x - away - long, y - half, x - away, y + half)),
    ]


def _list_circles(nodes: Sequence[Spec], width: int, height: int) -> list[Circle]:
    most = max((node["events"] for node in nodes), default=1)
    low, high = _DOMAIN
    return [
        Circle(
            node["name"],
            (width - _PADDING) * (node["x"] - low) / (high - low),
            height * (high - node["y"]) / (high - low),
            math.sqrt((_AREAS[0] + (_AREAS[1] - _AREAS[0]) * node["events"] / most) / math.pi),
        )
        for node in nodes
    ]
