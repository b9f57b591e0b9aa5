"""What a build did, and what went wrong with single items."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Where in the way of the data a problem arose."""

    FIND = "find"
    READ = "read"
    ARTICLES = "articles"
    CODE = "code"
    MATCH = "match"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something about one item that a person should know.

    Attributes:
        item: Name of the input, as in `Document.name`.
        step: Where it arose.
        code: Short stable word for the kind (``empty``, ``encrypted``, ``too-large``).
        message: What is wrong and what to do next, one line.
    """

    item: str
    step: Step
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """One build in numbers.

    Attributes:
        documents: Inputs in the ledger after the build, gone ones not counted.
        articles: Articles in them.
        claims: Claims in them.
        problems: Problem rows in the ledger.
        new: Inputs read for the first time in this build.
        changed: Inputs whose content differs from the last build.
        gone: Inputs that vanished since the last build, kept in the ledger.
        seconds: Wall-clock seconds.
        interrupted: Whether the person stopped it; what was done is kept.
        left_out: Things inside web archives and feeds that are no documents: pictures, style sheets, teasers.
    """

    documents: int
    articles: int
    claims: int
    problems: int
    new: int
    changed: int
    gone: int
    seconds: float
    interrupted: bool = False
    left_out: int = 0
