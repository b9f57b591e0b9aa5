"""Who does it and to whom it is done, as codes (contract, section 5)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor does in a claim."""

    SOURCE = "source"
    TARGET = "target"
    BOTH = "both"


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """A state or organisation in its role.

    Attributes:
        code: ISO 3166-1 alpha-3, an ended state's code, an organisation of the contract, or ``ORG:NAME``.
        role: What it does.
    """

    code: str
    role: Role
