"""Pieces put together: stretches between two dates, open ends, recurrences over a span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedus.dates.grammar import Grammar
from foedus.dates.mention import TimeMention, Timex
from foedus.dates.outcome import Outcome, Piece
from foedus.dates.period import Grain, to_date
from foedus.dates.reading import Reading
from foedus.dates.timex import PRESENT_REF, TimexType
from foedus.dates.tokens import Tokens
from foedus.model.when import Basis, Precision, When


@dataclass(frozen=True, slots=True)
class _Draft:
    first: int
    end: int
    reading: Reading
    pieces: tuple[Piece, ...]


def combine(outcomes: Sequence[Outcome], tokens: Tokens, grammar: Grammar) -> tuple[TimeMention, ...]:
    """Put the pieces of a text together to mentions.

    Args:
        outcomes: What the phrases turned out to be, in order, not overlapping.
        tokens: The text.
        grammar: Knows the words before, between and after.

    Returns:
        In order, not overlapping.
    """
    drafts = [draft for outcome in outcomes for draft in _draft(outcome)]
    drafts = _join_ends(drafts, tokens, grammar)
    drafts = _open_ends(drafts, tokens, grammar)
    drafts = _join_recurrences(drafts)
    return tuple(_to_mention(draft, tokens) for draft in drafts)


def _draft(outcome: Outcome) -> list[_Draft]:
    if outcome.spread:
        low, high = outcome.pieces
        return [_Draft(low.first, high.end, _between(low.reading, high.reading), outcome.pieces)]
    return [_Draft(piece.first, piece.end, piece.reading, (piece,)) for piece in outcome.pieces]


def _join_ends(drafts: Sequence[_Draft], tokens: Tokens, grammar: Grammar) -> list[_Draft]:
    """From March to May; 2017 – 2020; between 2010 and 2012; 2014 to the present."""
    out: list[_Draft] = []
    for draft in drafts:
        if out and _can_end(out[-1], draft):
            last = out[-1]
            signal = grammar.signal_between(tokens, last.end, draft.first)
            lead = grammar.signal_before(tokens, last.first)
            if signal == "to" or (signal == "and" and lead is not None and lead[0] == "between"):
                first = lead[1] if lead is not None and lead[0] in ("from", "between") else last.first
                reading = _between(last.reading, draft.reading)
                out[-1] = _Draft(first, draft.end, reading, last.pieces + draft.pieces)
                continue
        out.append(draft)
    return out


def _can_end(low: _Draft, high: _Draft) -> bool:
    one, two = low.reading, high.reading
    if one.first is None or one.type not in (TimexType.DATE, TimexType.TIME) or len(low.pieces) != 1:
        return False
    if two.value == PRESENT_REF:
        return True
    if two.last is None or two.type not in (TimexType.DATE, TimexType.TIME) or len(high.pieces) != 1:
        return False
    return one.first <= two.last


def _between(low: Reading, high: Reading) -> Reading:
    precision = (
        Precision.YEARS if low.grain is Grain.YEAR and high.grain is Grain.YEAR else _coarser(low, high)
    )
    value = None if low.value is None or high.value is None else f"{low.value}/{high.value}"
    return Reading(
        TimexType.DATE,
        value,
        low.first,
        high.last,
        precision,
        stated=low.stated and (high.stated or high.value == PRESENT_REF),
        grain=high.grain,
    )


def _coarser(low: Reading, high: Reading) -> Precision | None:
    order = list(Precision)
    found = [reading.precision for reading in (low, high) if reading.precision is not None]
    return max(found, key=order.index, default=None)


def _open_ends(drafts: Sequence[_Draft], tokens: Tokens, grammar: Grammar) -> list[_Draft]:
    out: list[_Draft] = []
    for draft in drafts:
        end = out[-1].end if out else 0
        out.append(_open_end(draft, end, tokens, grammar))
    return out


def _open_end(draft: _Draft, floor: int, tokens: Tokens, grammar: Grammar) -> _Draft:
    reading = draft.reading
    first, last = reading.first, reading.last
    if reading.type not in (TimexType.DATE, TimexType.TIME) or first is None or last is None:
        return draft
    lead = grammar.signal_before(tokens, draft.first)
    if len(draft.pieces) > 1:
        if lead is not None and lead[0] in ("from", "between") and lead[1] >= floor:
            return replace(draft, first=lead[1])
        return draft
    tail = grammar.signal_after(tokens, draft.end)
    if tail is not None and (
        tail[0] == "onwards" or (tail[0] == "further" and lead is not None and lead[0] == "from")
    ):
        start = (
            lead[1] if lead is not None and lead[0] in ("from", "since") and lead[1] >= floor else draft.first
        )
        return replace(draft, first=start, end=tail[1], reading=reading.over(first, None))
    if lead is None or lead[1] < floor:
        return draft
    name, start = lead
    match name:
        case "since" if grammar.is_possessed(tokens, draft.end):  # since last year's election
            return draft
        case "since":
            opened = reading.over(first, None)
        case "until" | "by":
            opened = reading.over(None, last)
        case "before":
            opened = reading.over(None, first - 1)
        case "after":
            opened = reading.over(last + 1 if reading.grain is Grain.DAY else first, None)
        case _:
            return draft
    return replace(draft, first=start, reading=opened)


def _join_recurrences(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Every year since 2006; annually from 2015 to 2019; since 2009 every second year."""
    out: list[_Draft] = []
    for draft in drafts:
        if out and out[-1].end == draft.first:
            one, two = out[-1].reading, draft.reading
            if one.recurrence and two.recurrence is None and two.precision is not None:
                out[-1] = _Draft(
                    out[-1].first,
                    draft.end,
                    replace(two, type=one.type, value=one.value, recurrence=one.recurrence),
                    out[-1].pieces + draft.pieces,
                )
                continue
            if two.recurrence and one.recurrence is None and one.precision is not None:
                out[-1] = _Draft(
                    out[-1].first,
                    draft.end,
                    replace(one, type=two.type, value=two.value, recurrence=two.recurrence),
                    out[-1].pieces + draft.pieces,
                )
                continue
        out.append(draft)
    return out


def _to_mention(draft: _Draft, tokens: Tokens) -> TimeMention:
    span = tokens.span(draft.first, draft.end)
    reading = draft.reading
    return TimeMention(
        span,
        _to_when(reading, span.cut(tokens.text)),
        reading.recurrence,
        reading.type.value,
        reading.value,
        tuple(
            Timex(tokens.span(piece.first, piece.end), piece.reading.type.value, piece.reading.value)
            for piece in draft.pieces
        ),
    )


def _to_when(reading: Reading, words: str) -> When | None:
    first = None if reading.first is None else to_date(reading.first)
    last = None if reading.last is None else to_date(reading.last)
    lost = (first is None and reading.first is not None) or (last is None and reading.last is not None)
    if reading.precision is None or lost or (first is None and last is None):
        return None
    if first is not None and last is not None and first > last:
        # parts counted from both ends of an interval of publication can cross: "year-end" within two years
        first, last = last, first
    return When(first, last, reading.precision, words, Basis.STATED if reading.stated else Basis.RESOLVED)
