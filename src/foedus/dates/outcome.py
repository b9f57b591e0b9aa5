"""What a phrase of the grammar turned out to be."""

from dataclasses import dataclass

from foedus.dates.grammar import Phrase
from foedus.dates.reading import Reading


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an expression, as TIMEX3 marks it.

    Attributes:
        first: Its first token.
        end: The token after its last.
        reading: What it means.
    """

    first: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """The parts of an expression.

    Attributes:
        pieces: In order; none when the words tell no time after all.
        spread: Whether two pieces are the ends of one stretch of time, rather than a list.
    """

    pieces: tuple[Piece, ...]
    spread: bool = False


NO_OUTCOME = Outcome(())


def one(phrase: Phrase, reading: Reading | None) -> Outcome:
    """Make the outcome of a phrase that is one piece, or none."""
    return NO_OUTCOME if reading is None else Outcome((Piece(phrase.first, phrase.end, reading),))
