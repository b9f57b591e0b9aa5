"""Bytes to documents: decoded text and what the format says about it."""

from foedus.read.document import read_document
from foedus.read.limits import ReadLimits
from foedus.read.readers import READERS

__all__ = ["READERS", "ReadLimits", "read_document"]
