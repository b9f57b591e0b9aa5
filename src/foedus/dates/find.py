"""Find the time expressions of a text."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from foedus.dates.combine import combine
from foedus.dates.context import Context
from foedus.dates.grammar import Phrase, Slot
from foedus.dates.mention import TimeMention
from foedus.dates.numeric import pick_day_first
from foedus.dates.period import GRAINS, to_civil
from foedus.dates.readers import READERS
from foedus.dates.reading import Frame
from foedus.dates.tokens import Tokens, split_tokens
from foedus.dates.words import Calendar, load_calendar
from foedus.lang import Language
from foedus.model.span import Span
from foedus.model.when import When

_NARRATIVE_DATES = 3
_NARRATIVE_YEARS = 2
_NARRATIVE_PARTIAL = 5
_NARRATIVE_SHARE = 10
_OF_THE_DAY = ("day_word", "weekday")


def find_times(
    text: str,
    *,
    published: When | None,
    language: Language,
    within: Sequence[Span] | None = None,
    is_future: Callable[[Span], bool | None] | None = None,
    day_first: bool | None = None,
    southern: bool = False,
) -> tuple[TimeMention, ...]:
    """Find the time expressions of a text and put them on the calendar.

    Args:
        text: Any text.
        published: When it appeared, an interval if that is all that is known; None when unknown: then
            relative words have no days unless the text gives a date to reckon from.
        language: Calendar words to read it with.
        within: Stretches of the text to read, in order, not overlapping; None for all of it. Nothing is
            found across their borders, but what one says helps to read the next.
        is_future: Whether what stands at a span is still to come; None where it cannot tell. It decides
            "on Tuesday" and "in March". Without it the words around decide, and nothing means the past.
        day_first: Whether 02/11 is 2 November. None: as the other numeric dates of the text have it, and
            if they do not tell, the interval that holds both readings.
        southern: Whether the seasons are those of the southern hemisphere.

    Returns:
        In text order, not overlapping.

    Raises:
        DataFileError: The language has no calendar, or a malformed one.
    """
    calendar = load_calendar(language)
    parts = (Span(0, len(text)),) if within is None else tuple(within)
    tokens = split_tokens(text, parts, calendar.lexicon)
    phrases = _lend_years(list(calendar.grammar.find_phrases(tokens)), tokens, calendar)
    if not phrases:
        return ()
    reference = _to_frame(published)
    years = [
        (phrase.slots["year"].index, int(phrase.get("year"))) for phrase in phrases if phrase.has("year")
    ]
    context = Context(
        tokens=tokens,
        sentence_ends=tokens.places(calendar.lexicon.kinds_of(("stop",))),
        paragraph_ends=tokens.places(calendar.lexicon.broken),
        tense=calendar.tense,
        reference=reference,
        narrative=_is_narrative(phrases, reference),
        day_first=pick_day_first(text) if day_first is None else day_first,
        southern=southern,
        years=years,
        is_future=is_future,
    )
    outcomes = []
    for phrase in phrases:
        outcome = READERS[phrase.form](phrase, context)
        if outcome.pieces:
            outcomes.append(outcome)
            retold = context.narrative and phrase.form in _OF_THE_DAY
            if not outcome.spread and not retold and not _is_aside(phrase, tokens, calendar):
                context.note(phrase.end, outcome.pieces[-1].reading)
    return combine(outcomes, tokens, calendar.grammar)


def _to_frame(published: When | None) -> Frame | None:
    if published is None or published.first is None or published.last is None:
        return None
    return Frame(published.first.toordinal(), published.last.toordinal(), GRAINS[published.precision])


def _is_narrative(phrases: Sequence[Phrase], reference: Frame | None) -> bool:
    """Whether the text tells of years before its own, as a history does.

    It does if most of its full dates lie there, many more than there are words that need the day of writing
    (yesterday, on Tuesday); or, where it has few, if it has no such words, never speaks of the years around
    its writing, and has many dates without a year.

    Source: `python eval/predict.py timex` on the benchmark's train part, whose histories it tells from news.
    """
    years = [int(phrase.get("year")) for phrase in phrases if phrase.has("year")]
    full = [int(phrase.get("year")) for phrase in phrases if phrase.has("year") and phrase.has("month")]
    if reference is None:
        return len(full) >= _NARRATIVE_DATES
    written = to_civil(reference.first)[0]
    of_the_day = sum(phrase.form in _OF_THE_DAY for phrase in phrases)
    old = sum(written - year >= _NARRATIVE_YEARS for year in full)
    if len(full) >= _NARRATIVE_DATES and 2 * old > len(full) and old >= _NARRATIVE_SHARE * of_the_day:
        return True
    if not years or any(written - year < _NARRATIVE_YEARS for year in years):
        return False
    partial = sum(phrase.has("month") and not phrase.has("year") for phrase in phrases)
    return partial >= _NARRATIVE_PARTIAL and of_the_day == 0


def _is_aside(phrase: Phrase, tokens: Tokens, calendar: Calendar) -> bool:
    """Whether the text goes on from an earlier time: after "(1999)" and "since 1999", as after "1995-1999".

    Source: `python eval/predict.py timex` on the benchmark's train part, value F1 0.849 without, 0.855 with.
    """
    signal = calendar.grammar.signal_before(tokens, phrase.first)
    if signal is not None and signal[0] in ("since", "from"):
        return True
    return tokens.kinds[phrase.first - 1] in calendar.lexicon.kinds_of(("open",))


_DATED = ("date", "month", "days", "day_pair", "season")


def _lend_years(phrases: list[Phrase], tokens: Tokens, calendar: Calendar) -> list[Phrase]:
    """Give "December 28" its year in "December 28 – January 4, 2018", and "May" in "May and June 2014"."""
    for place in range(len(phrases) - 2, -1, -1):
        phrase, after = phrases[place], phrases[place + 1]
        if phrase.form not in _DATED or after.form not in _DATED or not after.has("year"):
            continue
        if phrase.has("year", "year_here", "year_there", "here", "there"):
            continue
        signal = calendar.grammar.signal_between(tokens, phrase.end, after.first)
        if signal is None:
            continue
        year = after.slots["year"]
        if signal == "to" and (phrase.get("month") or 0) > (after.get("month") or 12):
            year = Slot(year.index, year.meaning - 1)
        slots = dict(phrase.slots) | {"year": year}
        if after.has("before_christ"):
            slots["before_christ"] = after.slots["before_christ"]
        phrases[place] = replace(phrase, slots=slots)
    return phrases
