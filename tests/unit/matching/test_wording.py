from collections.abc import Callable
from datetime import date

import pytest

from foedus.matching.wording import name_date, name_quantity, name_recurrence, name_status
from foedus.model.claim import Bound, Claim, Quantity
from foedus.model.when import Basis, Precision, When


@pytest.mark.parametrize(
    ("duration", "words"),
    [("P1Y", "every year"), ("P2Y", "every 2 years"), ("P6M", "every 6 months"), ("odd", "every odd")],
)
def test_recurrence(duration: str, words: str) -> None:
    assert name_recurrence(duration) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2021, 9, 10), date(2021, 9, 10), "on 2021-09-10"),
        (date(2021, 9, 10), date(2021, 9, 16), "from 2021-09-10 to 2021-09-16"),
        (date(2021, 9, 10), None, "from 2021-09-10 on"),
        (None, date(2021, 9, 10), "up to 2021-09-10"),
    ],
)
def test_date(first: date | None, last: date | None, words: str) -> None:
    assert name_date(When(first, last, Precision.DAY, None, Basis.STATED)) == words


def test_no_date() -> None:
    assert name_date(None) == "at an unknown time"


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(1500.0, None, None, "troops", Bound.MIN, False), "at least 1,500 troops"),
        (Quantity(2.5, None, "USD", None, None, True), "about 2.5 USD"),
        (Quantity(1000.0, 9999.0, None, "men", None, False), "1,000 to 9,999 men"),
        (Quantity(20000000.0, None, "USD", None, Bound.MAX, False), "at most 20,000,000 USD"),
    ],
)
def test_quantity(quantity: Quantity, words: str) -> None:
    assert name_quantity(quantity) == words


@pytest.mark.parametrize(
    ("status", "stage", "words"),
    [
        ("happened", "in_force", "was in force"),
        ("denied", "signed", "was not signed"),
        ("denied", None, "is not so"),
        ("ongoing", None, "is under way"),
        ("happened", None, "happened"),
    ],
)
def test_status(make_claim: Callable[..., Claim], status: str, stage: str | None, words: str) -> None:
    assert name_status(make_claim(status=status, stage=stage)) == words
