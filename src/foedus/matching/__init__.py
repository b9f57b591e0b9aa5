"""Stage: claims to reprints, events and conflicts, across articles."""

from foedus.matching.reprints import find_reprints

__all__ = ["find_reprints"]
