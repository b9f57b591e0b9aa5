"""What has been said so far: what partial and relative expressions are completed from."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foedus.dates.grammar import Phrase
from foedus.dates.period import Grain, Period, to_civil
from foedus.dates.reading import Frame, Reading
from foedus.dates.tokens import Tokens
from foedus.model.span import Span

_TENSE_BEFORE = 14  # tokens looked at for the verb that goes with an expression
_TENSE_AFTER = 10
_SHORTEST_PAST = 4  # need is no past tense
_NEARBY = 60  # tokens within which a year lends itself to a date that has none
_AHEAD_BIAS = 3  # how much nearer a time to come must be than one gone by, when no verb tells which is meant


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Words that tell whether what is spoken of lies ahead.

    Attributes:
        ahead: Words like will and planned.
        behind: Words like was and said.
        behind_endings: Endings of such words: ed.
        passive: Words before which such an ending says nothing: be signed, is expected.
    """

    ahead: frozenset[str]
    behind: frozenset[str]
    behind_endings: tuple[str, ...]
    passive: frozenset[str]


@dataclass(slots=True)
class Context:
    """The state of a reader going through a text.

    Attributes:
        tokens: The text.
        sentence_ends: Kinds of token that end a sentence.
        paragraph_ends: Kinds of token that end a line or paragraph.
        tense: Words that tell ahead from behind.
        reference: When the text was written; None when unknown.
        narrative: Whether it tells a past of its own, in which partial dates go with the date last spoken
            of rather than with the time of writing.
        day_first: Whether 02/11 is 2 November; None when unknown.
        southern: Whether summer begins in December.
        years: Tokens of the years written out, rising, and the years.
        is_future: A better judge than the words around; None for a span it cannot tell.
        spoken_last: The time last spoken of.
        anchor: The last of a year or less.
        anchor_end: The token after its words.
        anchor_dated: Whether its words held the year.
    """

    tokens: Tokens
    sentence_ends: str
    paragraph_ends: str
    tense: TenseWords
    reference: Frame | None
    narrative: bool
    day_first: bool | None
    southern: bool
    years: Sequence[tuple[int, int]]
    is_future: Callable[[Span], bool | None] | None
    spoken_last: Frame | None = None
    anchor: Frame | None = None
    anchor_end: int = 0
    anchor_dated: bool = False

    def note(self, end: int, reading: Reading) -> None:
        """Remember a reading as the date last spoken of, if later expressions can reckon from it."""
        frame = reading.frame
        if frame is None:
            return
        self.spoken_last = frame
        if frame.grain <= Grain.YEAR:
            self.anchor, self.anchor_end, self.anchor_dated = frame, end, reading.stated

    def present(self, grain: Grain) -> Frame | None:
        """What this, last and ago reckon from.

        Args:
            grain: The kind of period they go to: of a text that gives no day, there is no tomorrow.
        """
        if (self.narrative and self.anchor is not None) or self.reference is None:
            return self.anchor if self.anchor is not None and self.anchor.grain <= grain else None
        return self.reference

    @property
    def spoken(self) -> Frame | None:
        """What that, following and later reckon from."""
        return self.spoken_last or self.reference

    def pick_period(self, make: Callable[[int], Period | None], phrase: Phrase) -> Period | None:
        """Complete a period that lacks its year.

        Args:
            make: The period in a given year, None when there is none (29 February).
            phrase: The words.

        Returns:
            None when nothing says which year is meant.
        """
        if self._goes_with_anchor(phrase) and self.anchor is not None:
            return _pick_nearest(make, self.anchor, ahead=None, bias=1)
        if self.reference is not None:
            return _pick_nearest(make, self.reference, ahead=self.lies_ahead(phrase), bias=_AHEAD_BIAS)
        year = self._year_nearby(phrase)
        return None if year is None else make(year)

    def lies_ahead(self, phrase: Phrase) -> bool | None:
        """Whether what the phrase dates is still to come, after the nearest verb; None when none tells."""
        if self.is_future is not None:
            answer = self.is_future(self.tokens.span(phrase.first, phrase.end))
            if answer is not None:
                return answer
        before = range(phrase.first - 1, max(phrase.first - 1 - _TENSE_BEFORE, 0), -1)
        after = range(phrase.end, min(phrase.end + _TENSE_AFTER, len(self.tokens.kinds)))
        answer = self._tense(before)
        return self._tense(after) if answer is None else answer

    def same_sentence(self, first: int, end: int) -> bool:
        """Whether no sentence ends between two tokens."""
        between = self.tokens.kinds[first:end]
        return not any(kind in self.sentence_ends or kind in self.paragraph_ends for kind in between)

    def same_paragraph(self, first: int, end: int) -> bool:
        """Whether no line or paragraph ends between two tokens."""
        return not any(kind in self.paragraph_ends for kind in self.tokens.kinds[first:end])

    def _goes_with_anchor(self, phrase: Phrase) -> bool:
        anchor, reference = self.anchor, self.reference
        if anchor is None:
            return False
        if self.narrative:
            return True
        near = phrase.first - self.anchor_end <= _NEARBY and self.same_paragraph(
            self.anchor_end, phrase.first
        )
        if reference is None:
            return near
        if not near or not self.anchor_dated:
            return False
        return self.same_sentence(self.anchor_end, phrase.first) or (
            anchor.grain < Grain.YEAR and abs(reference.first - anchor.last) > 366
        )

    def _year_nearby(self, phrase: Phrase) -> int | None:
        """The year written nearest to the phrase in its paragraph."""
        place = bisect_left(self.years, (phrase.first, 0))
        best: tuple[int, int] | None = None
        for token, year in self.years[max(place - 1, 0) : place + 1]:
            gap = abs(token - phrase.first)
            low, high = sorted((token, phrase.first))
            if gap <= _NEARBY and self.same_paragraph(low, high) and (best is None or gap < best[0]):
                best = (gap, year)
        return None if best is None else best[1]

    def _tense(self, indexes: range) -> bool | None:
        kinds, words = self.tokens.kinds, self.tense
        for index in indexes:
            if kinds[index] in self.sentence_ends or kinds[index] in self.paragraph_ends:
                return None
            word = self.tokens.word(index).replace("’", "'")
            if word in words.ahead:
                return True
            if word in words.behind:
                return False
            ended = len(word) > _SHORTEST_PAST and word.endswith(words.behind_endings)
            if ended and self.tokens.word(index - 1).lower() not in words.passive:
                return False
        return None


def _pick_nearest(
    make: Callable[[int], Period | None], frame: Frame, *, ahead: bool | None, bias: int
) -> Period | None:
    """Of the periods of the years around a frame, the one meant."""
    years = range(to_civil(frame.first)[0] - 4, to_civil(frame.last)[0] + 5)
    choices = [period for year in years if (period := make(year)) is not None]
    if ahead is True:
        choices = [period for period in choices if period.last >= frame.first] or choices[-1:]
    elif ahead is False:
        choices = [period for period in choices if period.first <= frame.last] or choices[:1]

    def gap(period: Period) -> int:
        if period.first > frame.last:
            return (period.first - frame.last) * bias
        return max(frame.first - period.last, 0)

    return min(choices, key=gap, default=None)
