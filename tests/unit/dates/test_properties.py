"""What holds for any text."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.dates import find_name_years, find_times, parse_date
from foedus.dates.words import load_calendar
from foedus.lang import load_language
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

ENGLISH = load_language("en")
WORDS = sorted(load_calendar(ENGLISH).lexicon.kinds)
NUMBERS = [str(number) for number in range(35)]
NUMBERS += [
    "1990",
    "2000",
    "2017",
    "2200",
    "1990s",
    "'90s",
    "90s",
    "3rd",
    "20th",
    "32nd",
    "10:30",
    "5pm",
    "2.5",
]
NUMBERS += [
    "2013-03-15",
    "02/11/2007",
    "13.12.2023",
    "1,000",
    "0000",
    "9999",
    "0600",
    "470s",
    "'89",
    "2016-02-30",
]
NUMBERS += ["99/99/9999", "31/02/2020"]
OTHERS = ["Minsk", "troops", "said", "\n", "\n\n", "x", "—", "\x00", "‏", "İ", "٣"]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(WORDS + NUMBERS * 4 + OTHERS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS + NUMBERS * 4 + OTHERS), max_size=40).map("".join),
)
PRECISIONS = st.sampled_from(list(Precision))


@st.composite
def publications(draw):
    if draw(st.booleans()):
        return None
    first = draw(st.one_of(st.none(), st.dates()))
    days = draw(st.sampled_from([0, 6, 30, 365, 5000]))
    last = None if first is None or first > date.max - timedelta(days=days) else first + timedelta(days=days)
    return When(first, last, draw(PRECISIONS), None, Basis.METADATA)


@settings(max_examples=400, deadline=None)
@given(TEXTS, publications(), st.booleans(), st.sampled_from([True, False, None]))
def test_mentions_are_sound(text, published, southern, answer):
    mentions = find_times(
        text,
        published=published,
        language=ENGLISH,
        southern=southern,
        day_first=answer,
        is_future=lambda _: answer,
    )
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        assert mention.timexes
        assert all(mention.span.holds(timex.span) for timex in mention.timexes)
        when = mention.when
        if when is not None:
            assert when.text == mention.span.cut(text)
            assert when.first is not None or when.last is not None
            assert when.first is None or when.last is None or when.first <= when.last
            assert when.basis in (Basis.STATED, Basis.RESOLVED)
    assert mentions == find_times(
        text,
        published=published,
        language=ENGLISH,
        southern=southern,
        day_first=answer,
        is_future=lambda _: answer,
    )


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_within_finds_only_there(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    parts = [Span(low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    for mention in find_times(text, published=None, language=ENGLISH, within=parts):
        assert any(part.holds(mention.span) for part in parts)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)))
def test_a_full_date_is_that_day_however_written(day):
    month = day.strftime("%B")
    for text in (
        f"on {day.day} {month} {day.year},",
        f"on {month} {day.day}, {day.year},",
        f"on {day.isoformat()},",
        f"on {day.day:02d}.{day.month:02d}.{day.year:04d},",
    ):
        when = parse_date(text, language=ENGLISH)
        assert (when.first, when.last, when.precision, when.basis) == (day, day, Precision.DAY, Basis.STATED)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)), st.integers(1, 400))
def test_days_ago_are_that_many(day, count):
    published = When(day, day, Precision.DAY, None, Basis.METADATA)
    (mention,) = find_times(f"It fell {count} days ago.", published=published, language=ENGLISH)
    assert mention.when.first == mention.when.last == day - timedelta(days=count)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_names_and_parse_never_fail(text):
    for mention in find_name_years(text):
        assert mention.when.text == mention.span.cut(text)
    parse_date(text, language=ENGLISH)


GARBAGE = [
    "1",
    "1 ",
    "2017-",
    "2017/",
    "a ",
    ".",
    "the ",
    "1.1.",
    "'",
    "\n",
    "May ",
    "1,111",
    "first ",
    "-",
    "every ",
]
GARBAGE += [
    " ",
    "early in the ",
    "one-",
    "more than ",
    "10:30 a.m. ",
    "at ",
    "said 5 May, ",
    "\x00",
    "in 2010 or ",
]
GARBAGE += ["5 May 2010 (", "on Tuesday "]


@pytest.mark.parametrize("piece", GARBAGE)
def test_time_grows_with_length_alone(piece):
    """Four times the text may take four times as long, not sixteen."""

    def seconds(chars):
        text = piece * (chars // len(piece))
        started = time.process_time()
        find_times(text, published=None, language=ENGLISH)
        return time.process_time() - started

    seconds(1000)
    short, long = seconds(30_000), seconds(120_000)
    assert long < 10 * short + 0.2
