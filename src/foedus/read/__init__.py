"""Bytes to documents: decoded text and what the format says about it."""

from foedus.read.container import Container, find_container, iter_members
from foedus.read.document import read_document
from foedus.read.limits import ReadLimits
from foedus.read.member import Fault, LeftOut, Member
from foedus.read.readers import READERS

__all__ = [
    "READERS",
    "Container",
    "Fault",
    "LeftOut",
    "Member",
    "ReadLimits",
    "find_container",
    "iter_members",
    "read_document",
]
