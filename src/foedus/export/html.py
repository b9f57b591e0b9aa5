"""HTML: pages as one file that needs nothing else: no script, nothing loaded, light and dark, fit to print.

Everything from outside passes through Jinja's escaping; the template marks nothing as safe.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from foedus.export.clean import clean, clean_line
from foedus.export.format import Format
from foedus.views.shapes import Excerpt, Pages, Strip

if TYPE_CHECKING:
    from jinja2 import Template

_CHART_WIDTH = 720
_LABEL_WIDTH = 170
_ROW_HEIGHT = 20
_MAX_LABELS = 6


def write(shape: Pages, out: TextIO) -> None:
    """The pages as one HTML file."""
    out.write(_load_template().render(pages=shape, chart=_plan_chart(shape.strip)))


@cache
def _load_template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = clean_line
    environment.filters["text"] = clean
    environment.filters["pieces"] = _cut_pieces
    source = (files("foedus.export") / "data" / "pages.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


def _cut_pieces(excerpt: Excerpt) -> list[tuple[str, str | None]]:
    """The text of an excerpt in pieces, with the label of those that are marked."""
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for start, stop, label in excerpt.marks:
        pieces += [(excerpt.text[end:start], None), (excerpt.text[start:stop], label)]
        end = stop
    return [*pieces, (excerpt.text[end:], None)]


def _plan_chart(strip: Strip | None) -> dict[str, object] | None:
    """Where everything of a strip chart stands, in pixels; None when there is nothing to show."""
    if strip is None or not any(count for _, counts in strip.rows for count in counts):
        return None
    step = (_CHART_WIDTH - _LABEL_WIDTH) / len(strip.steps)
    highest = max(count for _, counts in strip.rows for count in counts)
    cells = [
        {
            "x": round(_LABEL_WIDTH + column * step, 2),
            "y": row * _ROW_HEIGHT + 2,
            "width": round(max(step - 1, 1), 2),
            "opacity": round(0.25 + 0.75 * count / highest, 3),
            "title": f"{label}, {strip.steps[column]}: {count}",
        }
        for row, (label, counts) in enumerate(strip.rows)
        for column, count in enumerate(counts)
        if count
    ]
    every = max(1, -(-len(strip.steps) // _MAX_LABELS))
    ticks = [
        {"x": round(_LABEL_WIDTH + column * step, 2), "label": strip.steps[column].removeprefix("week from ")}
        for column in range(0, len(strip.steps), every)
    ]
    rows = [
        {"label": label, "y": row * _ROW_HEIGHT, "total": sum(counts)}
        for row, (label, counts) in enumerate(strip.rows)
    ]
    height = len(strip.rows) * _ROW_HEIGHT
    return {
        "title": strip.title,
        "width": _CHART_WIDTH,
        "height": height + 22,
        "bottom": height,
        "row_height": _ROW_HEIGHT,
        "left": _LABEL_WIDTH,
        "split": round(_LABEL_WIDTH + strip.split * step, 2) if strip.split else None,
        "cells": cells,
        "ticks": ticks,
        "rows": rows,
    }


FORMAT = Format(name="html", suffix=".html", shape=Pages, write=write)
