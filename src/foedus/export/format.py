"""What an output format is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """One way to print one kind of shape.

    Attributes:
        name: As asked for on the command line.
        suffix: Ending of file names, with its dot.
        shape: What it prints.
        write: Prints a shape into a file: text, line ends as written, or bytes.
        is_binary: Whether it writes bytes.
    """

    name: str
    suffix: str
    shape: type
    write: Callable[[Any, Any], None]
    is_binary: bool = False
