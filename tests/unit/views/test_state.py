"""How things stood on a day, over made-up agreements, memberships and forces."""

from datetime import date

import pytest

from foedus.model.event import Event, StageRecord
from foedus.model.when import Basis, Precision, When
from foedus.views.state import find_state


def on(day):
    return When(day, day, Precision.DAY, None, Basis.STATED)


@pytest.fixture
def event_of(make_claim):
    """An event of one claim a stage, or of one claim, and its claims by id."""

    def build(kind, *, when=None, status="happened", plover="SUPPORT", stages=(), subject="Accord"):
        made = [
            make_claim(f"{place}.txt", type=kind, when=time, status=state, stage=stage, subject=subject)
            for place, (stage, time, state) in enumerate(stages)
        ] or [
            make_claim(
                "a.txt", type=kind, when=when, status=status, stage=None, plover=plover, subject=subject
            )
        ]
        records = tuple(
            StageRecord(claim.stage, claim.when, (claim.id,)) for claim in made if claim.stage is not None
        )
        first = made[0]
        event = Event(
            f"e-{kind}-{plover}-{when}", first.type, tuple(claim.id for claim in made), first.actors, subject,
            first.when, first.status, first.stage, 1, records,
        )  # fmt: skip
        return event, {claim.id: claim for claim in made}

    return build


def agreement_on(event_of, day, *stages):
    event, claims = event_of("agreement", stages=stages)
    found = find_state([event], claims, {}, day).agreements
    return [(standing.how, standing.since) for standing in found]


LIFE = (
    ("signed", on(date(2019, 5, 3)), "happened"),
    ("in_force", on(date(2020, 2, 1)), "happened"),
    ("terminated", on(date(2022, 7, 1)), "happened"),
)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2019, 5, 2), []),
        (date(2019, 5, 3), [("signed", date(2019, 5, 3))]),
        (date(2020, 1, 31), [("signed", date(2019, 5, 3))]),
        (date(2020, 2, 1), [("in force", date(2020, 2, 1))]),
        (date(2022, 6, 30), [("in force", date(2020, 2, 1))]),
        (date(2022, 7, 1), []),
    ],
)
def test_an_agreement_stands_as_its_last_stage_has_it(event_of, day, wanted):
    assert agreement_on(event_of, day, *LIFE) == wanted


def test_what_is_only_planned_does_not_stand(event_of):
    planned = ("in_force", on(date(2020, 2, 1)), "planned")
    assert agreement_on(event_of, date(2021, 1, 1), LIFE[0], planned) == [("signed", date(2019, 5, 3))]


def test_a_term_that_is_over_is_over(event_of):
    term = When(date(2010, 1, 1), date(2015, 12, 31), Precision.YEARS, None, Basis.STATED)
    assert agreement_on(event_of, date(2015, 12, 31), ("in_force", term, "ongoing"))
    assert not agreement_on(event_of, date(2016, 1, 1), ("in_force", term, "ongoing"))


def test_what_has_no_day_stands_from_its_publication(event_of):
    event, claims = event_of("agreement", stages=(("signed", None, "happened"),))
    (claim,) = claims
    published = {claim: date(2020, 1, 1)}
    assert find_state([event], claims, published, date(2020, 1, 1)).agreements[0].since == date(2020, 1, 1)
    assert not find_state([event], claims, published, date(2019, 12, 31)).agreements
    assert not find_state([event], claims, {}, date(2030, 1, 1)).agreements


@pytest.mark.parametrize(("kind", "part"), [("membership", "memberships"), ("deployment", "deployments")])
def test_who_came_and_left_is_no_more_there(event_of, kind, part):
    came, first = event_of(kind, when=on(date(2018, 1, 1)), plover="COOPERATE")
    left, then = event_of(kind, when=on(date(2020, 1, 1)), plover="RETREAT")
    for day, count in ((date(2017, 12, 31), 0), (date(2018, 1, 1), 1), (date(2020, 1, 1), 0)):
        assert len(getattr(find_state([left, came], first | then, {}, day), part)) == count


def test_plans_and_denials_put_nobody_anywhere(event_of):
    for status in ("planned", "denied"):
        event, claims = event_of("deployment", when=on(date(2018, 1, 1)), status=status)
        assert find_state([event], claims, {}, date(2019, 1, 1)).deployments == ()
