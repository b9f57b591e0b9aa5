"""One time expression as found in a text."""

from dataclasses import dataclass

from foedus.model.span import Span
from foedus.model.when import When


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression as TIMEX3 marks it.

    Attributes:
        span: Where it stands.
        type: DATE, TIME, DURATION or SET.
        value: ISO 8601 as TIMEX3 extends it, or None when it cannot be told.
    """

    span: Span
    type: str
    value: str | None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that tell a time.

    Attributes:
        span: Where they stand in the text; ``when.text`` is exactly these words.
        when: The days they stand for, or None when they cannot be put on the calendar.
        recurrence: ISO 8601 duration for what happens again and again (``P1Y``), or None.
        timex_type: TIMEX3 type: DATE, TIME, DURATION or SET.
        timex_value: TIMEX3 value, or None when it cannot be told; that of a stretch between two dates is both
            joined by a slash.
        timexes: What TIMEX3 would mark in these words, in order, at least one: the year without "since", the
            two ends of a stretch, "every year" apart from "since 2006".
    """

    span: Span
    when: When | None
    recurrence: str | None
    timex_type: str
    timex_value: str | None
    timexes: tuple[Timex, ...] = ()
