"""What verifying a ledger found, and what rebuilding it did."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of a ledger, by what makes them good again."""

    FILE = "file"  # the database itself: a copy, or a dump, put in its place
    FACTS = "facts"  # a document and what it says: reading it again
    JUDGEMENTS = "judgements"  # what people decided: the person, or a copy
    DERIVED = "derived"  # what follows from facts and judgements: matching again
    COPIES = "copies"  # raw copies of fetched pages, beside the ledger: fetching them again


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a ledger that cannot be right.

    Attributes:
        part: The part it is in.
        item: What is wrong: the id of a claim, event, conflict or judgement, the name of a document, or the table.
        message: What is wrong with it, one line.
        document: Name of the document whose reading would make it good; None where that is no help.
        is_unreadable: Whether it cannot even be read, so that nothing can be made of it.
    """

    part: Part
    item: str
    message: str
    document: str | None = None
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Checkup:
    """A ledger as verifying it found it.

    Attributes:
        documents: Inputs with a text that were looked at, gone ones too.
        articles: Articles in them.
        claims: Claims in them.
        events: Events.
        conflicts: Conflicts.
        judgements: Judgements, also those taken back.
        is_matched: Whether what is derived fits the claims. After a build that was cut off it does not; that is no
            flaw, the next build or question matches, and what is derived was not looked at.
        flaws: What is wrong, by part.
    """

    documents: int
    articles: int
    claims: int
    events: int
    conflicts: int
    judgements: int
    is_matched: bool
    flaws: tuple[Flaw, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


@dataclass(frozen=True, slots=True)
class Repair:
    """What rebuilding a ledger did.

    Attributes:
        before: The ledger before it.
        after: The ledger after it.
        backup: The copy that was kept of it before; None of a ledger on a server, whose owner keeps copies.
        again: Names of documents that the next build reads again, because what the ledger holds of them is wrong.
    """

    before: Checkup
    after: Checkup
    backup: str | None
    again: tuple[str, ...]
