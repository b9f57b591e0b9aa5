"""Pictures: as SVG for pages without script and for files, as specifications for those with it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from foedus.api import Desk
from foedus.api.routes import to_fields
from foedus.errors import ConfigError, UnknownItem
from foedus.ledger import Ledger, Sought
from foedus.views import pictures
from foedus.views.actors import ActorNames
from foedus.views.asking import Question, parse_question
from foedus.views.atlas import find_places, load_world
from foedus.views.event_rows import make_event_rows
from foedus.views.network import find_ties
from foedus.views.overview import sum_by_category
from foedus.web.drawer import Drawer, load_vega

#: Events drawn on a line of time: the first of the page's question.
MAX_DRAWN = 250
_WIDTHS = {"wide": 860, "narrow": 340}

#: Draws a picture for a question.
Draw = Callable[[Ledger, ActorNames, Question, pictures.Scheme, int, bool], Mapping[str, Any]]


def _months(
    ledger: Ledger, names: ActorNames, question: Question, scheme: pictures.Scheme, width: int, is_page: bool
) -> Mapping[str, Any]:
    counts = sum_by_category(ledger.count_types_by(question.sought, by="month"))
    return pictures.draw_months(counts, scheme, width=width)


def _timeline(
    ledger: Ledger, names: ActorNames, question: Question, scheme: pictures.Scheme, width: int, is_page: bool
) -> Mapping[str, Any]:
    entries = ledger.find_events(
        question.sought, after=question.after, limit=MAX_DRAWN, newest=question.newest
    )
    dated = [entry for entry in entries if entry.is_dated]
    return pictures.draw_timeline(make_event_rows(ledger, names, dated), scheme, width=width)


def _heat(
    ledger: Ledger, names: ActorNames, question: Question, scheme: pictures.Scheme, width: int, is_page: bool
) -> Mapping[str, Any]:
    return pictures.draw_heat(ledger.count_types_by(question.sought, by="year"), scheme, width=width)


def _network(
    ledger: Ledger, names: ActorNames, question: Question, scheme: pictures.Scheme, width: int, is_page: bool
) -> Mapping[str, Any]:
    return pictures.draw_network(find_ties(ledger, names, question).ties, scheme, width=width)


def _map(
    ledger: Ledger, names: ActorNames, question: Question, scheme: pictures.Scheme, width: int, is_page: bool
) -> Mapping[str, Any]:
    spots = find_places(ledger, names, question).spots
    world = {"url": "/pictures/world.json"} if is_page else None
    return pictures.draw_map(spots, scheme, world=world, width=width)


PICTURES: Mapping[str, Draw] = {
    "months": _months,
    "timeline": _timeline,
    "heat": _heat,
    "network": _network,
    "map": _map,
}


def make_drawing_router(desk: Desk, drawer: Drawer) -> APIRouter:
    """``/pictures/NAME.svg`` and ``.png``, ``/pictures/NAME.json``, and the script that draws the latter."""
    router = APIRouter()

    @router.get("/pictures/vega.js")
    def script() -> Response:
        """Vega, Vega-Lite and Vega-Embed, as vl-convert carries them."""
        headers = {"Cache-Control": "private, max-age=86400"}
        return Response(load_vega(), media_type="text/javascript", headers=headers)

    @router.get("/pictures/world.json")
    def world() -> Response:
        """The outlines of states."""
        return JSONResponse(load_world(), headers={"Cache-Control": "private, max-age=86400"})

    @router.get("/pictures/{name}.{ending}")
    def picture(request: Request, name: str, ending: str) -> Response:
        """A picture of the events asked for; the filters are those of the chronology."""
        fields = to_fields(request)
        scheme = pictures.pick_scheme((fields.pop("scheme", None) or ["light"])[0])
        width = (fields.pop("width", None) or ["wide"])[0]
        if name not in PICTURES:
            raise UnknownItem(f'no picture "{name}"; there are {", ".join(PICTURES)}')
        if ending not in ("svg", "png", "json"):
            raise ConfigError(f'no picture ends in "{ending}"; use svg, png or json')
        if width not in _WIDTHS:
            raise ConfigError(f'no width "{width}"; use {" or ".join(_WIDTHS)}')
        question = parse_question(fields, desk.names)
        key = (name, ending, scheme.name, width, question)
        made = desk.keep(key, lambda: _make(desk, drawer, name, question, scheme, _WIDTHS[width], ending))
        kinds = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
        return Response(made, media_type=kinds[ending])

    return router


def draw(
    desk: Desk, name: str, question: Question, scheme: pictures.Scheme, width: int, *, is_page: bool
) -> Mapping[str, Any]:
    """The specification of a picture."""
    with desk.reading(question.as_of, question.min_confidence) as store:
        return PICTURES[name](store, desk.names, question, scheme, width, is_page)


def draw_strip_png(desk: Desk, drawer: Drawer, sought: Sought) -> bytes:
    """Events by time as a PNG for a file."""
    return _make(desk, drawer, "months", Question(sought), pictures.LIGHT, 860, "png")


def _make(
    desk: Desk,
    drawer: Drawer,
    name: str,
    question: Question,
    scheme: pictures.Scheme,
    width: int,
    ending: str,
) -> bytes:
    spec = dict(draw(desk, name, question, scheme, width, is_page=ending == "json"))
    if ending == "json":
        return json.dumps(spec, ensure_ascii=False).encode()
    return drawer.draw(spec | {"background": scheme.paper} if ending == "png" else spec, ending)
