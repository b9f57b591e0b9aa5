"""Admiralty grades: a letter for the source, which people give, and a digit for the information.

The two are independent of each other: A6 and F1 are grades like any other, and no letter is worth a number.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from foedus.matching import Weighed, fold_publisher
from foedus.model.claim import Claim, Status
from foedus.model.event import Event
from foedus.model.judgement import RELIABILITY_WORDS, Reliability
from foedus.views.sources import Sources


class Credibility(StrEnum):
    """The Admiralty digits for a piece of information.

    Source: STANAG 2511, annex: credibility of the information.
    """

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"


#: The digits in words.
CREDIBILITY_WORDS: Mapping[Credibility, str] = MappingProxyType(
    {
        Credibility.CONFIRMED: "confirmed by other sources",
        Credibility.PROBABLE: "probably true",
        Credibility.POSSIBLE: "possibly true",
        Credibility.DOUBTFUL: "doubtful",
        Credibility.IMPROBABLE: "improbable",
        Credibility.UNJUDGED: "truth cannot be judged",
    }
)

_CAME_TRUE = (Status.HAPPENED, Status.ONGOING)


def grade_information(
    event: Event, claims: Sequence[Claim], sources: Sources, *, is_disputed: bool
) -> Credibility:
    """The digit of what an event says.

    Args:
        event: The event.
        claims: Its claims.
        sources: Their articles.
        is_disputed: Whether there is a conflict on it.

    Returns:
        With "for" the independent sources that say what the event's status says (that it is denied, or that it
        is not), and "against" those that say the opposite:

        - 5 when more are against than for, 4 when any is against;
        - 6 when there is one source only: nothing to judge it by;
        - 3 when two or more are for but differ on it in a slot;
        - 1 when two or more of those say that it happened or is so (or that it is denied);
        - 2 otherwise: they agree on what is still to come, which nobody can have seen.

    Source: STANAG 2511: 1 demands confirmation by another independent source, 2 and 3 agreement with other
    information, 4 and 5 its absence or the contrary, 6 no basis. The thresholds are ours: two sources are the
    fewest that can confirm each other. Reprints, and articles on one outlet's word, are one source.
    """
    is_denied = event.status is Status.DENIED
    speaking = [claim for claim in claims if (claim.status is Status.DENIED) == is_denied]
    opposing = [claim for claim in claims if (claim.status is Status.DENIED) != is_denied]
    told, against = sources.count_independent(speaking), sources.count_independent(opposing)
    if against:
        return Credibility.IMPROBABLE if against > told else Credibility.DOUBTFUL
    if told < 2:
        return Credibility.UNJUDGED
    if is_disputed:
        return Credibility.POSSIBLE
    seen = [claim for claim in speaking if is_denied or claim.status in _CAME_TRUE]
    return Credibility.CONFIRMED if sources.count_independent(seen) >= 2 else Credibility.PROBABLE


def find_letter(weighed: Weighed, publisher: str | None) -> Reliability | None:
    """The letter that people gave a publisher; None when nobody did, or they contradict each other."""
    grade = weighed.grades.get(fold_publisher(publisher)) if publisher else None
    return grade[0] if grade else None


def tell_letter(letter: Reliability | None) -> str:
    """``B, usually reliable``; a source that nobody graded is ``F``."""
    letter = letter or Reliability.F
    return f"{letter}, {RELIABILITY_WORDS[letter]}"


def tell_digit(digit: Credibility) -> str:
    """``1, confirmed by other sources``."""
    return f"{digit}, {CREDIBILITY_WORDS[digit]}"
