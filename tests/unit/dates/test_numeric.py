from datetime import date

import pytest

from foedus.dates.numeric import pick_day_first, read_numeric, read_stamp
from foedus.dates.period import to_date
from foedus.model.when import Precision


def _days(reading):
    return None if reading is None else (to_date(reading.first), to_date(reading.last))


@pytest.mark.parametrize(
    ("word", "day_first", "day"),
    [
        ("02/11/2007", True, date(2007, 11, 2)),
        ("02/11/2007", False, date(2007, 2, 11)),
        ("13/12/2023", None, date(2023, 12, 13)),
        ("12/13/2023", None, date(2023, 12, 13)),
        ("12/13/2023", True, date(2023, 12, 13)),
        ("05/05/2020", None, date(2020, 5, 5)),
        ("03.04.2020", None, date(2020, 4, 3)),
        ("03.04.2020", False, date(2020, 4, 3)),
        ("03.14.2020", None, date(2020, 3, 14)),
        ("2020/04/03", True, date(2020, 4, 3)),
        ("2020.04.03", None, date(2020, 4, 3)),
        ("02.11.07", None, date(2007, 11, 2)),
        ("31/12/69", None, date(2069, 12, 31)),
        ("31/12/70", None, date(1970, 12, 31)),
        ("29-02-2020", None, date(2020, 2, 29)),
    ],
)
def test_one_day(word, day_first, day):
    assert _days(read_numeric(word, day_first)) == (day, day)


@pytest.mark.parametrize(
    "word",
    [
        "32/01/2020",
        "29.02.2021",
        "00/10/2020",
        "123/10/2020",
        "1/2/345",
        "12-11-10",
        "2020/1/1/1",
        "13/13/2020",
    ],
)
def test_no_date(word):
    assert read_numeric(word, None) is None


def test_undecided_holds_both_readings():
    reading = read_numeric("02/11/2007", None)
    assert _days(reading) == (date(2007, 2, 11), date(2007, 11, 2))
    assert reading.precision is Precision.YEARS
    assert reading.value is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("on 13/01/2020 and 02/03/2020", True),
        ("on 01/13/2020 and 02/03/2020", False),
        ("on 02/03/2020", None),
        ("on 13/01/2020 and 01/14/2020", None),
        ("1/13/2020/5 and 3/45", None),
    ],
)
def test_other_dates_decide_the_order(text, answer):
    assert pick_day_first(text) is answer


@pytest.mark.parametrize(
    ("word", "day", "value"),
    [
        ("2013-03-15", date(2013, 3, 15), "2013-03-15"),
        ("2013-03-15T10:30:00+02:00", date(2013, 3, 15), "2013-03-15T10:30"),
        ("2013-03-15T99:99", date(2013, 3, 15), "2013-03-15"),
    ],
)
def test_stamps(word, day, value):
    reading = read_stamp(word, None)
    assert _days(reading) == (day, day)
    assert reading.value == value


@pytest.mark.parametrize("word", ["2013-02-29", "0000-01-01", "2013-13-01", "nonsense"])
def test_no_stamp(word):
    assert read_stamp(word, None) is None
