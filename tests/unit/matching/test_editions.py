from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foedus.matching.editions import find_all_editions
from foedus.matching.evidence import make_comparable
from foedus.matching.subjects import SERIES
from foedus.model.claim import Claim
from foedus.model.when import Basis, Precision, When

YEAR = {
    year: When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, str(year), Basis.STATED)
    for year in range(2000, 2025)
}
Find = Callable[..., list[str | None]]


@pytest.fixture
def find(make_claim: Callable[..., Claim]) -> Find:
    def build(*rows: dict[str, Any]) -> list[str | None]:
        claims = [
            make_claim(row.pop("document", "a.txt"), type="exercise", start=100 * place, **row)
            for place, row in enumerate(rows)
        ]
        editions = find_all_editions([make_comparable(claim, None) for claim in claims])
        return [editions.get(claim.id) for claim in claims]

    return build


def test_the_year_of_the_name_or_of_the_time(find: Find) -> None:
    assert find({"subject": "Iron Bridge-2011"}) == ["2011"]
    assert find({"subject": "Iron Bridge", "when": date(2011, 5, 1)}) == ["~2011"]


@pytest.mark.parametrize(
    ("subject", "when", "published", "wanted"),
    [
        ("Iron Bridge 94", None, None, "1994"),
        ("Iron Bridge 21", date(2021, 5, 1), None, "2021"),
        ("Iron Bridge 21", None, date(2020, 12, 1), "2021"),
        ("Iron Bridge 21", date(2019, 5, 1), None, "~2019#21"),
        ("Iron Bridge 21", None, None, "#21"),
        ("Iron Bridge XIV", None, None, "#14"),
        ("Iron Bridge 94-2", None, None, "1994#2"),
        ("Iron Bridge 1/93", None, None, "1993#1"),
    ],
)
def test_short_numbers_are_years_where_something_bears_it_out(
    make_claim: Callable[..., Claim],
    make_article: Callable[..., Any],
    subject: str,
    when: date | None,
    published: date | None,
    wanted: str,
) -> None:
    claim = make_claim(type="exercise", subject=subject, when=when)
    read = make_comparable(claim, make_article(published=published))
    assert find_all_editions([read]) == {claim.id: wanted}


def test_a_report_on_one_edition_speaks_of_it_throughout(find: Find) -> None:
    found = find({"subject": "Iron Bridge", "when": date(2011, 5, 1)}, {"subject": "Iron Bridge"})
    assert found == ["~2011", "~2011"]


def test_a_report_that_looks_back_is_on_the_edition_it_dates(find: Find) -> None:
    found = find(
        {"subject": "Iron Bridge", "when": date(2021, 11, 20)},
        {"subject": "Iron Bridge", "when": YEAR[2012]},
        {"subject": "Iron Bridge", "recurrence": "P2Y", "status": "ongoing"},
    )
    assert found == ["~2021", "~2021", "~2021"]


def test_without_a_rhythm_each_edition_is_its_own(find: Find) -> None:
    found = find(
        {"subject": "Iron Bridge", "when": date(2021, 11, 20)}, {"subject": "Iron Bridge", "when": YEAR[2012]}
    )
    assert found == ["~2021", "~2012"]


def test_a_name_tells_the_year_better_than_the_time(find: Find) -> None:
    found = find({"subject": "Iron Bridge-2022"}, {"subject": "Iron Bridge", "when": date(2021, 12, 20)})
    assert found == ["2022", "2022"]


def test_a_list_of_years_is_the_series(find: Find) -> None:
    assert find({"subject": "Iron Bridge-2006"}, {"subject": "Iron Bridge-2011"}) == [SERIES, SERIES]


def test_a_rhythm_without_a_year_is_the_series(find: Find) -> None:
    assert find({"subject": "Iron Bridge", "recurrence": "P1Y"}) == [SERIES]


def test_a_name_alone_is_neither(find: Find) -> None:
    assert find({"subject": "Iron Bridge"}, {"subject": "joint exercise"}, {"subject": None}) == [None] * 3


def test_articles_do_not_lend_each_other_editions(find: Find) -> None:
    found = find({"subject": "Iron Bridge-2011"}, {"subject": "Iron Bridge", "document": "b.txt"})
    assert found == ["2011", None]


def test_an_exercise_over_new_year_is_of_the_year_it_began(find: Find) -> None:
    winter = When(date(2011, 12, 20), date(2012, 1, 15), Precision.DAY, None, Basis.STATED)
    assert find({"subject": "Iron Bridge", "when": winter}) == ["~2011"]
    long = When(date(2011, 1, 1), date(2014, 1, 15), Precision.YEARS, None, Basis.STATED)
    assert find({"subject": "Iron Bridge", "when": long}) == [None]
