"""Read words that are one date, such as a header line's."""

import re
from datetime import date

from foedus.dates.find import find_times
from foedus.lang import Language
from foedus.model.when import Basis, Precision, When

_NUMERIC = re.compile(r"\s*(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\b")


def parse_date(
    words: str,
    *,
    language: Language,
    day_first: bool | None = None,
    near: When | None = None,
) -> When | None:
    """Read the first date in `words` (first sketch).

    Args:
        words: A header line, a field's value, a dateline: ``02/11/2007``, ``6 Oct``, ``December 13, 2023``.
        language: Calendar words to read it with.
        day_first: Whether ``02/11`` is 2 November; None when that is not known, which gives the interval
            that holds both readings.
        near: A time it is known to be close to, for a missing year; None when there is none.

    Returns:
        The days, or None when no date is in the words.
    """
    match = _NUMERIC.match(words)
    if match:
        a, _, b, c = match.groups()
        try:
            if len(a) == 4:
                day = date(int(a), int(b), int(c))
            elif int(b) > 12 or day_first is False:
                day = date(int(c), int(a), int(b))
            else:
                day = date(int(c), int(b), int(a))
        except ValueError:
            return None
        return When(day, day, Precision.DAY, match.group().strip(), Basis.STATED)
    return next((mention.when for mention in find_times(words, published=near, language=language)), None)
