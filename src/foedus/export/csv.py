"""Comma-separated values: the interchange records flattened, for spreadsheets and statistics programs.

    actors, agents, place, via, claims   one cell, ``;`` between values; an actor is ``RUS:both``
    when, published                      ``when_first`` and so on: last, precision, text, basis
    evidence                             ``evidence_start``, ``evidence_end``, ``evidence_quote``
    reprint_of                           ``reprint_of_document``, ``reprint_of_article``
    claims of a conflict                 sides apart by ``|``
    text, quantities, spans, stages      the JSON of the record

Unknown values are empty. A text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from foedus.export.clean import clean
from foedus.export.format import Format
from foedus.views.shapes import Records

_WHEN = ("first", "last", "precision", "text", "basis")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_PARTS: Mapping[str, tuple[str, ...]] = {
    "published": _WHEN,
    "when": _WHEN,
    "evidence": ("start", "end", "quote"),
    "reprint_of": ("document", "article"),
}


def write(shape: Records, out: TextIO) -> None:
    """A line of column names, then one record a line."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_list_columns(shape.keys))
    for record in shape.rows:
        writer.writerow([_protect(cell) for key in shape.keys for cell in _flatten(key, record[key])])


def _list_columns(keys: Iterable[str]) -> list[str]:
    return [column for key in keys for column in ([f"{key}_{part}" for part in _PARTS.get(key, ())] or [key])]


def _flatten(key: str, value: Any) -> list[Any]:
    if key in _PARTS:
        return [value[part] if value else None for part in _PARTS[key]]
    return [_JOINED.get(key, _keep)(value)]


def _join(values: Iterable[Any]) -> str:
    return "|".join(_join(value) for value in values) if _is_nested(values) else ";".join(map(str, values))


def _is_nested(values: Iterable[Any]) -> bool:
    return any(isinstance(value, list) for value in values)


def _join_actors(actors: Iterable[Mapping[str, str]]) -> str:
    return ";".join(f"{actor['code']}:{actor['role']}" for actor in actors)


def _to_json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


def _keep(value: Any) -> Any:
    return value


_JOINED: Mapping[str, Callable[[Any], Any]] = {
    "actors": _join_actors,
    "agents": _join,
    "place": _join,
    "via": _join,
    "claims": _join,
    "text": _to_json,
    "quantities": _to_json,
    "spans": _to_json,
    "stages": _to_json,
}


def _protect(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    cell = clean(cell.replace("\r\n", "\n"))
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


FORMAT = Format(name="csv", suffix=".csv", shape=Records, write=write)
