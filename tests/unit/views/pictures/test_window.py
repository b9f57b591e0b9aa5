"""The stretch of time that a picture shows."""

import pytest

from foedus.views.pictures.window import find_window


@pytest.mark.parametrize(
    ("years", "window"),
    [
        ([], None),
        ([(2010, 1)], (2010, 2010)),
        ([(2012, 3), (2010, 3)], (2010, 2012)),
        ([(1900, 1), (2010, 12), (2011, 12)], (2010, 2011)),
        ([(1900, 2), (2010, 12), (2011, 12)], (1900, 2011)),
        ([(2010, 24), (2100, 1)], (2010, 2010)),
        ([(1900, 1), (2010, 11), (2010, 12), (2100, 1)], (2010, 2010)),
    ],
)
def test_at_most_one_event_in_twenty_five_stays_outside_at_each_end(years, window):
    assert find_window(years) == window
