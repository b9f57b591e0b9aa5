"""Readers of expressions that count from another time: the day of writing, or the date last spoken of."""

from dataclasses import replace

from foedus.dates.clock import find_clock
from foedus.dates.context import Context
from foedus.dates.grammar import Phrase
from foedus.dates.lengths import count_of
from foedus.dates.outcome import NO_OUTCOME, Outcome, one
from foedus.dates.parts import cut_part
from foedus.dates.period import PRECISIONS, Grain, Period, add_months, day_period, month_period, to_civil
from foedus.dates.points import part_of, year_by_step
from foedus.dates.reading import Frame, Reading, read_nothing, read_period
from foedus.dates.timex import FUTURE_REF, PAST_REF, PRESENT_REF, TimexType, to_duration, to_weekend
from foedus.model.when import Precision

_GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "Y": Grain.YEAR,
    "DE": Grain.DECADE,
    "CE": Grain.CENTURY,
    "FN": Grain.WEEK,
    "WE": Grain.WEEK,
    "TH": Grain.DAY,
    "TM": Grain.DAY,
    "TS": Grain.DAY,
}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_DAYS = {"D": 1, "W": 7, "FN": 14, "WE": 7}
_WEEK = 7
_SATURDAY = 5  # days after Monday
_MAX_DAYS = 3_000_000  # what Python's dates reach, either way


def read_day_word(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "today"; "yesterday evening"; "tonight"; "overnight"; "the day before yesterday"."""
    step = phrase.get("day_word") or phrase.get("night_word") or 0
    if phrase.has("after"):
        step += phrase.get("after")
    clock = "TNI" if phrase.has("night_word", "overnight") else find_clock(phrase)
    frame = context.writing(Grain.DAY)
    if frame is None:
        value = PRESENT_REF if step == 0 and clock is None else None
        return one(phrase, read_nothing(TimexType.TIME if clock else TimexType.DATE, value))
    reading = read_period(*frame.reach(Grain.DAY, step), stated=False)
    return one(phrase, reading.at(clock))


def read_daypart(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "this morning"; "last night"; "that evening"; "the next morning"."""
    frame, step = _frame_and_step(phrase, context, Grain.DAY)
    clock = f"T{phrase.get('daypart')}"
    if frame is None:
        return one(phrase, read_nothing(TimexType.TIME, None))
    return one(phrase, read_period(*frame.reach(Grain.DAY, step), stated=False).at(clock))


def read_daypart_alone(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "at night"; "at dawn"."""
    return one(phrase, read_nothing(TimexType.TIME, f"XXXX-XX-XXT{phrase.get('daypart_alone')}"))


def read_weekday(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "on Tuesday"; "last Friday"; "next Monday evening"; "the following Sunday"."""
    weekday = phrase.get("weekday")
    clock = find_clock(phrase)
    frame, step = _frame_and_step(phrase, context, Grain.WEEK)
    if not phrase.has("here", "there"):
        frame = context.writing(Grain.WEEK)
        ahead = context.lies_ahead(phrase)
    else:
        ahead = None
    if frame is None:
        return one(
            phrase, read_nothing(TimexType.TIME if clock else TimexType.DATE, f"XXXX-WXX-{weekday + 1}")
        )
    if frame.last - frame.first >= _WEEK:
        low, high = frame.reach(Grain.DAY)
        return one(phrase, read_period(low, high, stated=False).at(clock))
    day = _pick_weekday(frame, weekday, step if phrase.has("here", "there") else None, ahead)
    return one(phrase, read_period(Period(Grain.DAY, day), stated=False).at(clock))


def read_side(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "earlier this year"; "later that month"; "late in the year"; "later in May"."""
    side = phrase.get("side")
    if phrase.has("month"):
        year = phrase.get("year")
        if year is None:
            year = year_by_step(phrase, context) if phrase.has("year_here", "year_there") else None
        month = phrase.get("month")
        period = (
            context.pick_period(lambda one_year: month_period(one_year, month), phrase)
            if year is None
            else month_period(year, month)
        )
        return one(phrase, None if period is None else read_period(period, stated=phrase.has("year")))
    if phrase.has("year"):
        return one(phrase, read_period(Period(Grain.YEAR, phrase.get("year")), stated=True))
    frame, step = _frame_and_step(phrase, context, _grain(phrase))
    if frame is None:
        return one(phrase, read_nothing(TimexType.DATE, None))
    if phrase.has("season"):
        return NO_OUTCOME
    unit = phrase.get("unit")
    low, high = frame.reach(_GRAINS[unit], step)
    reading = read_period(low, high, stated=False)
    if unit in ("D", "TH", "TM") or reading.first is None or reading.last is None or step != 0:
        return one(phrase, reading)
    if side < 0 and frame.last > reading.first:
        return one(phrase, replace(reading, last=frame.last, grain=low.grain))
    if side > 0 and frame.first < reading.last:
        return one(phrase, replace(reading, first=frame.first, grain=low.grain))
    return one(phrase, reading)


def read_edge_of(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the end of the month"; "early in the year"; "the middle of last week"; "year-end"."""
    frame, step = _frame_and_step(phrase, context, _grain(phrase))
    unit = "Y" if phrase.has("year_end") else phrase.get("possessed") or phrase.get("unit")
    part = phrase.get("year_end") or part_of(phrase)
    if unit == "D" and not phrase.has("here", "there"):  # at the end of the day: when all is said
        return NO_OUTCOME
    if frame is None or unit not in _GRAINS:
        return one(phrase, read_nothing(TimexType.DATE, None))
    low, high = frame.reach(_GRAINS[unit], step)
    return one(phrase, cut_part(read_period(low, high, stated=False), part))


def read_deictic(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "last week"; "this year"; "next month"; "that day"; "the following year"; "the next day"."""
    frame, step = _frame_and_step(phrase, context, _grain(phrase))
    unit = phrase.get("unit")
    if phrase.has("way_here", "way_there"):
        frame, step = context.spoken, phrase.get("way_here") or phrase.get("way_there")
    if phrase.has("the") and phrase.has("here"):
        frame = context.spoken
    if unit.startswith("T"):
        return NO_OUTCOME if unit != "TH" else one(phrase, read_nothing(TimexType.TIME, None))
    if frame is None:
        return one(phrase, read_nothing(TimexType.DATE, None))
    low, high = frame.reach(_GRAINS[unit], step)
    if unit == "WE" and low == high:
        return one(phrase, _read_weekend(low))
    return one(phrase, read_period(low, high, stated=False))


def read_the_unit(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "during the year"; "of the month"."""
    grain = _GRAINS[phrase.get("unit")]
    frame = context.present(grain)
    if frame is None:
        return one(phrase, read_nothing(TimexType.DATE, None))
    return one(phrase, read_period(*frame.reach(grain), stated=False))


def read_offset(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "two weeks ago"; "a year later"; "three days earlier"; "ten years from now"."""
    unit = phrase.get("unit") or phrase.get("units")
    from_present = phrase.has("ago", "from_now", "now")
    sign = -1 if phrase.has("ago") else 1
    if phrase.has("later", "after"):
        sign = phrase.get("later") or phrase.get("after")
    elif phrase.has("earlier"):
        sign = -1
    frame = context.present(_GRAINS[unit]) if from_present else context.spoken
    count = None if phrase.has("units") else count_of(phrase)
    if count is None:
        return one(phrase, read_nothing(TimexType.DATE, PAST_REF if sign < 0 else FUTURE_REF))
    if frame is None:
        return one(phrase, read_nothing(TimexType.DATE, None))
    low, high = _shift(frame.first, sign * count, unit), _shift(frame.last, sign * count, unit)
    if low is None or high is None:
        return NO_OUTCOME
    if low != high and frame.grain > low.grain:  # two days after something of that year: still that year
        low = high = Period.of_day(frame.first, frame.grain)
    return one(phrase, read_period(low, high, stated=False))


def read_stretch(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the past five years"; "over the past year"; "the next few days"; "last two weeks"."""
    unit = phrase.get("unit") or phrase.get("units")
    step = phrase.get("way_here") or phrase.get("way_there")
    if phrase.has("unit") and unit == "D" and not phrase.has("count") and not phrase.has("past"):
        return read_deictic(phrase, context)
    if unit in ("TM", "TS") and not phrase.has("count", "vague"):  # the last minute
        return NO_OUTCOME
    frame = context.present(_GRAINS[unit]) if phrase.has("way_here") else context.spoken
    count = None if phrase.has("units") else count_of(phrase)
    return _stretch(phrase, frame, -1 if phrase.has("past") else step, count, unit)


def read_stretch_of(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the first ten months of 1915"; "the last week of August"; "the last two days of the year"."""
    unit, count = phrase.get("unit"), count_of(phrase)
    if count is None:
        return one(phrase, read_nothing(TimexType.DURATION, to_duration(None, unit)))
    whole = _whole_of(phrase, context)
    length = read_nothing(TimexType.DURATION, to_duration(count, unit))
    if whole is None or unit not in _MONTHS | _DAYS or count != int(count):
        return one(phrase, length)
    stated = phrase.has("year")
    if phrase.has("final"):
        first, last = _move(whole.last + 1, -count, unit), whole.last
    else:
        skip = phrase.get("edge_ordinal") - 1
        first = _move(whole.first, skip * count, unit)
        last = min(_move(first, count, unit) - 1, whole.last)
    if not whole.first <= first <= last:
        return one(phrase, length)
    grain = _GRAINS[unit]
    return one(
        phrase,
        replace(length, first=first, last=last, precision=PRECISIONS[grain], stated=stated, grain=grain),
    )


def read_day_of_month(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the 15th of this month"; "the 3rd of the following month"; "on the 20th"."""
    frame, step = _frame_and_step(phrase, context, Grain.MONTH)
    if frame is None:
        return NO_OUTCOME
    low, high = frame.reach(Grain.MONTH, step)
    if low != high:
        return NO_OUTCOME
    day = phrase.get("day")
    period = day_period(low.index // 12, low.index % 12 + 1, day)
    return one(phrase, None if period is None else read_period(period, stated=False))


def read_weekend(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "the weekend", the last that has begun, or the next for what lies ahead."""
    frame = context.present(Grain.WEEK)
    if frame is None or frame.last - frame.first >= _WEEK:
        return one(phrase, read_nothing(TimexType.DATE, None))
    day = _pick_weekday(frame, _SATURDAY, None, context.lies_ahead(phrase))
    return one(phrase, _read_weekend(Period.of_day(day, Grain.WEEK)))


def read_reference(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "now"; "currently"; "recently"; "in recent years"."""
    value = phrase.get("recently") or phrase.get("recent") or PRESENT_REF
    if phrase.has("future"):
        value = FUTURE_REF
    elif phrase.has("gone"):
        value = PAST_REF
    return one(phrase, read_nothing(TimexType.DATE, str(value)))


def read_clock(phrase: Phrase, context: Context) -> Outcome:
    """Forms: "10:30"; "5 p.m."; "14:00 GMT"; the day is the one last spoken of in the sentence, or today."""
    clock = find_clock(phrase)
    if clock is None:
        return NO_OUTCOME
    frame = context.reference
    anchor = context.anchor
    if (
        anchor is not None
        and anchor.grain is Grain.DAY
        and context.same_paragraph(context.anchor_end, phrase.first)
    ):
        frame = anchor
    if frame is None or frame.first != frame.last:
        return one(phrase, read_nothing(TimexType.TIME, clock))
    return one(phrase, read_period(Period(Grain.DAY, frame.first), stated=False).at(clock))


def _grain(phrase: Phrase) -> Grain:
    """The grain of the phrase's unit, or of a year where it has none."""
    return _GRAINS.get(phrase.get("possessed") or phrase.get("unit"), Grain.YEAR)


def _frame_and_step(phrase: Phrase, context: Context, grain: Grain) -> tuple[Frame | None, int]:
    if phrase.has("there"):
        return context.spoken, int(phrase.get("there"))
    return context.present(grain), int(phrase.get("here") or 0)


def _read_weekend(week: Period) -> Reading:
    reading = read_period(week, stated=False)
    return replace(reading, value=to_weekend(week), first=week.first + _SATURDAY, precision=Precision.DAY)


def _pick_weekday(frame: Frame, weekday: int, step: int | None, ahead: bool | None) -> int:
    """The day meant by a weekday's name, said within a frame of at most a week."""
    before = frame.last - (frame.last - 1 - weekday) % _WEEK
    after = frame.first + (weekday - (frame.first - 1)) % _WEEK
    if step is None:
        return after if ahead and before < frame.first else before
    if step > 0:
        return after if after > frame.last else after + _WEEK
    if step < 0:
        return before if before < frame.first else before - _WEEK
    return Period.of_day(frame.first, Grain.WEEK).first + weekday


def _stretch(phrase: Phrase, frame: Frame | None, step: int, count: float | None, unit: str) -> Outcome:
    length = read_nothing(TimexType.DURATION, to_duration(count, unit))
    if frame is None or count is None:
        return one(phrase, length)
    if step < 0:
        first, last = _move(frame.first, -count, unit), frame.last
    else:
        first, last = frame.first, _move(frame.last, count, unit)
    if abs(last - first) > _MAX_DAYS:
        return NO_OUTCOME
    precision = PRECISIONS[_GRAINS[unit]]
    if count > 1 and unit in ("Y", "DE", "CE"):
        precision = Precision.YEARS
    return one(phrase, replace(length, first=first, last=last, precision=precision, grain=Grain.DAY))


def _move(ordinal: int, count: float, unit: str) -> int:
    """The day that many units on, to the nearest whole day."""
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        return add_months(ordinal, int(months)) if abs(months) < _MAX_DAYS / 28 else ordinal + 2 * _MAX_DAYS
    if unit in _DAYS:
        return ordinal + round(count * _DAYS[unit])
    return ordinal + (int(count // 24) if unit == "TH" else 0)


def _shift(ordinal: int, count: float, unit: str) -> Period | None:
    """The period of the unit's grain that many units on; of a finer one where the count is not whole."""
    if abs(count) > 100_000:
        return None
    if unit in ("TH", "TM", "TS"):
        return Period.of_day(_move(ordinal, count, unit), Grain.DAY)
    if count == int(count):
        number = int(count) * (2 if unit == "FN" else 1)
        return Period.of_day(ordinal, _GRAINS[unit]).shift(number)
    finer = {"Y": Grain.MONTH, "DE": Grain.YEAR, "CE": Grain.YEAR, "W": Grain.DAY, "M": Grain.WEEK}.get(unit)
    return None if finer is None else Period.of_day(_move(ordinal, count, unit), finer)


def _whole_of(phrase: Phrase, context: Context) -> Period | None:
    """The month or year that something is the first or last part of."""
    month = phrase.get("month")
    year = phrase.get("year")
    if year is None and phrase.has("year_here", "year_there"):
        year = year_by_step(phrase, context)
        if year is None:
            return None
    if month is not None:
        if year is not None:
            return month_period(year, month)
        return context.pick_period(lambda one_year: month_period(one_year, month), phrase)
    if year is None:
        frame = context.present(Grain.YEAR)
        year = None if frame is None else to_civil(frame.last)[0]
    return None if year is None else Period(Grain.YEAR, year)
