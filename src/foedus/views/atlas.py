"""Where events are told to happen: places with coordinates, and those that have none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.ledger import Ledger
from foedus.views.actors import ActorNames
from foedus.views.asking import Question

#: Places looked at, most events first.
_MAX_PLACES = 600


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map.

    Attributes:
        place: As named.
        events: How many events name it.
        latitude: Degrees north, WGS 84.
        longitude: Degrees east.
        query: The question for its events, as the part of an address behind the question mark.
    """

    place: str
    events: int
    latitude: float
    longitude: float
    query: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places of the events found.

    Attributes:
        spots: With coordinates, most events first.
        unplaced: ``(place, events)`` of those without.
        events: Events found.
        is_cut: Whether there are more places than are looked at.
        counted: Of how many of the events found, the latest, the places are counted.
    """

    spots: tuple[Spot, ...]
    unplaced: tuple[tuple[str, int], ...]
    events: int
    is_cut: bool
    counted: int


def find_places(ledger: Ledger, names: ActorNames, question: Question) -> Atlas:
    """The places of the events that are asked for."""
    counts = ledger.count_terms("place", question.sought, limit=_MAX_PLACES + 1)
    known = load_coordinates()
    spots, unplaced = [], []
    for count in counts[:_MAX_PLACES]:
        where = known.get(count.term) or known.get(names.find_code(count.term) or "")
        events = count.events or 0
        if where is None:
            unplaced.append((count.term, events))
        else:
            query = question.with_value("place", count.term).to_query()
            spots.append(Spot(count.term, events, *where, query))
    found = ledger.count_events(question.sought)
    counted = ledger.count_counted(question.sought, found)
    return Atlas(tuple(spots), tuple(unplaced), found, len(counts) > _MAX_PLACES, counted)


@cache
def load_coordinates() -> Mapping[str, tuple[float, float]]:
    """Latitude and longitude by name of a city or code of a state.

    Source: named at the top of ``data/places.tsv``.
    """
    text = (files("foedus.views") / "data" / "places.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {name: (float(latitude), float(longitude)) for name, _, latitude, longitude in rows}


@cache
def load_world() -> Mapping[str, Any]:
    """The outlines of states as TopoJSON.

    Source: named in ``data/world-110m.json``.
    """
    text = (files("foedus.views") / "data" / "world-110m.json").read_text(encoding="utf-8")
    world: Mapping[str, Any] = json.loads(text)
    return world
