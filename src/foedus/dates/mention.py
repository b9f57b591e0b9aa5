"""One time expression as found in a text."""

from dataclasses import dataclass

from foedus.model.span import Span
from foedus.model.when import When


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that tell a time.

    Attributes:
        span: Where they stand in the text; ``when.text`` is exactly these words.
        when: The days they stand for, or None when they cannot be put on the calendar.
        recurrence: ISO 8601 duration for what happens again and again (``P1Y``), or None.
        timex_type: TIMEX3 type: DATE, TIME, DURATION or SET.
        timex_value: TIMEX3 value, or None when it cannot be told.
    """

    span: Span
    when: When | None
    recurrence: str | None
    timex_type: str
    timex_value: str | None
