"""What a worker holds while it reads and codes: the codebook, the limits, and the version they make up."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus import __version__
from foedus.codebook import Codebook, load_codebook
from foedus.read import ReadLimits


@dataclass(frozen=True, slots=True)
class KitOrder:
    """How to make a kit; small enough to send to another process.

    Attributes:
        codebook: A folder that extends or overrides the codebook, or None.
        max_bytes: Larger inputs are not read.
    """

    codebook: Path | None
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Kit:
    """What is loaded once a process and used for every item.

    Attributes:
        codebook: Types and actors.
        limits: How much one input may hold.
        version: What the facts depend on besides the bytes: the package and the data it codes with.
    """

    codebook: Codebook
    limits: ReadLimits
    version: str


@cache
def load_kit(order: KitOrder) -> Kit:
    """Load what `order` says; once a process.

    Raises:
        DataFileError: A file of the codebook is malformed.
    """
    codebook = load_codebook(order.codebook)
    limits = ReadLimits(max_bytes=order.max_bytes)
    bound = "" if limits == ReadLimits() else f" max_bytes={order.max_bytes}"
    version = f"foedus {__version__} codebook {codebook.fingerprint[:16]}{bound}"
    return Kit(codebook, limits, version)
