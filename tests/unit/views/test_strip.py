from datetime import date, timedelta

import pytest

from foedus.views.period import Period
from foedus.views.strip import draw_strip


@pytest.mark.parametrize(
    ("days", "steps", "labels"),
    [
        (70, 70, ("2020-01-01", "2020-01-02")),
        (71, 11, ("week from 2020-01-01", "week from 2020-01-08")),
        (400, 58, ("week from 2020-01-01", "week from 2020-01-08")),
        (401, 14, ("2020-01", "2020-02")),
        (12 * 366 + 1, 13, ("2020", "2021")),
    ],
)
def test_the_step_follows_the_length(days, steps, labels):
    first = date(2020, 1, 1)
    strip = draw_strip("t", [], ("a",), Period(first, first + timedelta(days - 1)), first)
    assert len(strip.steps) == len(strip.rows[0][1]) == steps
    assert strip.steps[:2] == labels
    assert strip.split == 0


def test_things_are_counted_where_they_fall_and_at_the_edge_beyond_it():
    span = Period(date(2020, 1, 15), date(2021, 6, 30))
    days = [
        (date(2020, 1, 1), "a"),
        (date(2020, 1, 31), "a"),
        (date(2020, 2, 1), "a"),
        (date(2021, 6, 30), "b"),
        (date(2030, 1, 1), "b"),
    ]
    strip = draw_strip("t", days, ("a", "b", "none"), span, date(2020, 3, 1))
    assert strip.rows[0] == ("a", (2, 1, *[0] * 16))
    assert strip.rows[1] == ("b", (*[0] * 17, 2))
    assert sum(strip.rows[2][1]) == 0
    assert strip.split == 2
