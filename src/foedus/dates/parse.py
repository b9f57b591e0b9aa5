"""Read words that are one date, such as a header line's."""

from foedus.dates.find import find_times
from foedus.lang import Language
from foedus.model.when import Precision, When


def parse_date(
    words: str,
    *,
    language: Language,
    day_first: bool | None = None,
    near: When | None = None,
    is_future: bool | None = None,
) -> When | None:
    """Read the date in a few words.

    Of several, the first of those told most finely: the day of "2019 report, published 12 March 2019".

    Args:
        words: A header line, a field's value, a dateline: ``02/11/2007``, ``6 Oct``, ``December 13, 2023``,
            ``Wed, 04 Oct 2023 10:11:12 +0300``, ``3 days ago``.
        language: Calendar words to read it with.
        day_first: Whether ``02/11`` is 2 November; None when that is not known, which gives the interval that
            holds both readings.
        near: A time it is known to be close to, for a missing year and for "yesterday"; None for none.
        is_future: Whether a date without a year lies after `near` or not; None when it may do either.

    Returns:
        The days, both ends known; ``text`` is the part of the words that tells them. None when no date is in
        the words, or too little of it.

    Raises:
        DataFileError: The language has no calendar, or a malformed one.
    """
    mentions = find_times(
        words,
        published=near,
        language=language,
        day_first=day_first,
        is_future=None if is_future is None else lambda _: is_future,
    )
    dates = [
        mention.when for mention in mentions if mention.when is not None and mention.when.days is not None
    ]
    return min(dates, key=lambda when: list(Precision).index(when.precision), default=None)
