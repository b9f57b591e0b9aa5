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
_MAX_FRAME_DAYS = 1000  # a frame so wide says nothing about the year
_AHEAD_BIAS = 3  # how much nearer a time to come must be than one gone by, when no verb tells which is meant


@dataclass(frozen=True, slots=True)
class TenseWords:
    """Words that tell whether what is spoken of lies ahead.

    Attributes:
        ahead: Words like will and planned, and pairs of words like to be.
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
        sentence_ends: Tokens that end a sentence, rising.
        paragraph_ends: Tokens that end a line or paragraph, rising.
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
    sentence_ends: Sequence[int]
    paragraph_ends: Sequence[int]
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
        if self.reference is None or (self.narrative and self.anchor is not None):
            return self._anchor_of(grain)
        return self.reference

    def writing(self, grain: Grain) -> Frame | None:
        """What today and Tuesday reckon from: the day of writing, even where a past is told.

        Args:
            grain: As for `present`, where the day of writing is unknown.
        """
        return self._anchor_of(grain) if self.reference is None else self.reference

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
        return _none_within(self.sentence_ends, first, end) and self.same_paragraph(first, end)

    def same_paragraph(self, first: int, end: int) -> bool:
        """Whether no line or paragraph ends between two tokens."""
        return _none_within(self.paragraph_ends, first, end)

    def _anchor_of(self, grain: Grain) -> Frame | None:
        return self.anchor if self.anchor is not None and self.anchor.grain <= grain else None

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
        if not near or not self.anchor_dated or self.lies_ahead(phrase):
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
        words = self.tense
        for index in indexes:
            if not self.same_sentence(index, index + 1):
                return None
            word = self.tokens.word(index).replace("’", "'")
            before = self.tokens.word(index - 1)
            if word in words.ahead or f"{before} {word}" in words.ahead:
                return True
            past = word in words.behind or (
                len(word) > _SHORTEST_PAST and word.endswith(words.behind_endings)
            )
            if past and before not in words.passive and self.tokens.word(index - 2) not in words.passive:
                return False
        return None


def _none_within(tokens: Sequence[int], first: int, end: int) -> bool:
    place = bisect_left(tokens, first)
    return place == len(tokens) or tokens[place] >= end


def _pick_nearest(
    make: Callable[[int], Period | None], frame: Frame, *, ahead: bool | None, bias: int
) -> Period | None:
    """Of the periods of the years around a frame, pick the one meant; None when the frame holds several."""
    if frame.last - frame.first > _MAX_FRAME_DAYS:
        return None
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

    inside = sum(gap(period) == 0 for period in choices)
    return None if inside > 1 else min(choices, key=gap, default=None)
