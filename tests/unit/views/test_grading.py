import pytest

from foedus.matching import Weighed
from foedus.model.claim import Status
from foedus.model.event import Event, Reprint
from foedus.model.judgement import RELIABILITY_WORDS, Reliability
from foedus.views.grading import (
    CREDIBILITY_WORDS,
    Credibility,
    find_letter,
    grade_information,
    tell_digit,
    tell_letter,
)
from foedus.views.sources import Sources


@pytest.fixture
def grade(make_article, make_claim):
    """The digit of an event told by one claim an article, with these statuses."""

    def grade(*told, status="happened", is_disputed=False, reprints=(), authors=()):
        claims = [make_claim(f"{place}.txt", status=word) for place, word in enumerate(told)]
        articles = [
            make_article(f"{place}.txt", publisher=f"P{place}", author=dict(enumerate(authors)).get(place))
            for place in range(len(told))
        ]
        ids = tuple(claim.id for claim in claims)
        event = Event("e-1", claims[0].type, ids, (), None, None, Status(status), None, 1)
        copies = [Reprint(f"{copy}.txt", 0, f"{original}.txt", 0) for copy, original in reprints]
        return grade_information(event, claims, Sources(articles, copies), is_disputed=is_disputed).value

    return grade


def test_one_source_gives_nothing_to_judge_by(grade):
    assert grade("happened") == "6"
    assert grade("happened", is_disputed=True) == "6"


def test_confirmed_demands_another_independent_source(grade):
    assert grade("happened", "ongoing") == "1"
    assert grade("happened", "happened", reprints=[(1, 0)]) == "6"
    assert grade("happened", "happened", authors=["Agency", "Agency"]) == "6"
    assert grade("happened", "happened", "happened", reprints=[(1, 0)]) == "1"


def test_what_is_still_to_come_is_at_best_probable(grade):
    assert grade("planned", "planned", status="planned") == "2"
    assert grade("planned", "happened") == "2"


def test_sources_that_differ_on_it_make_it_possible(grade):
    assert grade("happened", "happened", is_disputed=True) == "3"


def test_what_is_denied_is_doubtful_or_improbable(grade):
    assert grade("happened", "denied") == "4"
    assert grade("happened", "happened", "denied") == "4"
    assert grade("happened", "denied", "denied") == "5"
    assert grade("denied", "denied", status="denied") == "1"


def test_letters_are_given_by_people_alone():
    weighed = Weighed(grades={"the paper": (Reliability.B, ("j-1",))})
    assert find_letter(weighed, "The  Paper") is Reliability.B
    assert find_letter(weighed, "Other") is find_letter(weighed, None) is None
    assert tell_letter(None) == "F, reliability cannot be judged"
    assert tell_digit(Credibility.CONFIRMED) == "1, confirmed by other sources"


def test_every_grade_has_its_words():
    assert set(RELIABILITY_WORDS) == set(Reliability)
    assert set(CREDIBILITY_WORDS) == set(Credibility)
