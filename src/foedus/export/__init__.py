"""Printing shapes: one module for each output format, listed in `FORMATS`."""

from pathlib import Path

from foedus.errors import ConfigError
from foedus.export import csv, docx, html, jsonl, markdown
from foedus.export.clean import clean, clean_line
from foedus.export.files import write_whole
from foedus.export.format import Format

FORMATS: tuple[Format, ...] = (jsonl.FORMAT, csv.FORMAT, markdown.FORMAT, html.FORMAT, docx.FORMAT)


def pick_format(shape: type, *, name: str | None = None, path: str | Path | None = None) -> Format:
    """The format for a shape, by its name or a file's ending; the shape's first one if neither is given.

    Raises:
        ConfigError: There is no such format for the shape.
    """
    fitting = [known for known in FORMATS if known.shape is shape]
    suffix = Path(path).suffix.lower() if path is not None else None
    for known in fitting:
        if known.name == name or (name is None and suffix in (None, known.suffix)):
            return known
    asked = f'"{name}"' if name is not None else f'the ending of "{path}"'
    raise ConfigError(f"{asked} is no format for this; use {' or '.join(known.name for known in fitting)}")


__all__ = ["FORMATS", "Format", "clean", "clean_line", "pick_format", "write_whole"]
