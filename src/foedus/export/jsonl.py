"""JSON Lines: the interchange records as the contract has them, one a line, UTF-8."""

from typing import TextIO

from foedus.export.format import Format
from foedus.model.records import to_line
from foedus.views.shapes import Records


def write(shape: Records, out: TextIO) -> None:
    """One record a line, in the order given; nothing for no records."""
    for record in shape.rows:
        out.write(f"{to_line(record)}\n")


FORMAT = Format(name="jsonl", suffix=".jsonl", shape=Records, write=write)
