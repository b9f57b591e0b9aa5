from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foedus.matching.evidence import make_comparable
from foedus.matching.reconcile import make_event
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, Stage, Status
from foedus.model.event import Event
from foedus.model.when import Basis, Precision, When

Reconcile = Callable[..., Event]


@pytest.fixture
def reconcile(make_claim: Callable[..., Claim], make_article: Callable[..., Article]) -> Reconcile:
    def build(*rows: dict[str, Any]) -> Event:
        articles = {}
        members = []
        for place, row in enumerate(rows):
            document = row.pop("document", "a.txt")
            article = make_article(document, published=row.pop("published", date(2020, 1, 1)))
            articles[document, 0] = article
            members.append(make_comparable(make_claim(document, start=100 * place, **row), article))
        return make_event(members, articles, {})

    return build


def year(number: int) -> When:
    return When(date(number, 1, 1), date(number, 12, 31), Precision.YEAR, str(number), Basis.STATED)


def test_the_id_depends_on_the_claims_alone(make_claim: Callable[..., Claim]) -> None:
    members = [make_comparable(make_claim(name), None) for name in "abc"]
    assert make_event(members, {}, {}).id == make_event(members[::-1], {}, {}).id
    assert make_event(members, {}, {}).id != make_event(members[:2], {}, {}).id


def test_claims_stand_in_order_of_publication(reconcile: Reconcile) -> None:
    event = reconcile({"document": "a", "published": date(2021, 1, 1)}, {"document": "b"}, {"document": "b"})
    assert event.claims[2] == reconcile({"document": "a", "published": date(2021, 1, 1)}).claims[0]


def test_actors_that_few_name_are_left_out(reconcile: Reconcile) -> None:
    pair = [("NOR", "both"), ("SWE", "both")]
    event = reconcile({"actors": pair}, {"actors": pair}, {"actors": [*pair, ("FIN", "both")]})
    assert event.actors == (Actor("NOR", Role.BOTH), Actor("SWE", Role.BOTH))


def test_half_of_two_is_enough(reconcile: Reconcile) -> None:
    event = reconcile({"actors": [("NOR", "source")]}, {"actors": [("NOR", "source"), ("SWE", "target")]})
    assert event.actors == (Actor("NOR", Role.SOURCE), Actor("SWE", Role.TARGET))


def test_parties_to_an_agreement_are_parties_though_one_ratifies(reconcile: Reconcile) -> None:
    ratified = {"stage": "ratified", "actors": [("NOR", "source"), ("SWE", "target")]}
    event = reconcile({}, dict(ratified), dict(ratified))
    assert {actor.role for actor in event.actors} == {Role.BOTH}


@pytest.mark.parametrize(
    ("subjects", "wanted"),
    [
        (["joint drill", "Iron Bridge-2011", "Iron Bridge-2011"], "Iron Bridge-2011"),
        (["agreement", "agreement on transit of goods"], "agreement on transit of goods"),
        ([None, None], None),
        ([None, "pilots"], "pilots"),
    ],
)
def test_the_most_telling_subject(
    reconcile: Reconcile, subjects: list[str | None], wanted: str | None
) -> None:
    kind = "exercise" if "drill" in str(subjects[0]) else "agreement"
    assert reconcile(*({"subject": subject, "type": kind} for subject in subjects)).subject == wanted


def test_the_time_most_agree_on_most_precisely(reconcile: Reconcile) -> None:
    times = [year(2019), date(2019, 5, 3), date(2019, 5, 3), date(2018, 1, 1)]
    event = reconcile(*({"when": when, "type": "consultation"} for when in times))
    assert event.when is not None
    assert (event.when.first, event.when.last) == (date(2019, 5, 3), date(2019, 5, 3))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([("planned", 1), ("happened", 2)], Status.HAPPENED),
        ([("happened", 1), ("planned", 2)], Status.HAPPENED),
        ([("happened", 1), ("ongoing", 2)], Status.ONGOING),
        ([("proposed", 1), ("planned", 1), ("planned", 2)], Status.PLANNED),
        ([("planned", 1), ("denied", 2)], Status.DENIED),
        ([("happened", 1), ("denied", 2)], Status.DENIED),
        ([("denied", 1), ("happened", 2)], Status.HAPPENED),
        ([("denied", 1), ("planned", 1), ("planned", 1), ("planned", 2)], Status.PLANNED),
    ],
)
def test_status_moves_with_time(reconcile: Reconcile, rows: list[tuple[str, int]], wanted: Status) -> None:
    event = reconcile(
        *(
            {
                "document": str(place),
                "published": date(2020, month, 1),
                "status": status,
                "type": "deployment",
            }
            for place, (status, month) in enumerate(rows)
        )
    )
    assert event.status is wanted


def test_an_agreement_has_its_stages_in_order_and_its_furthest_stage(reconcile: Reconcile) -> None:
    event = reconcile(
        {"stage": "ratified", "when": date(2021, 3, 1)},
        {"stage": "signed", "when": date(2020, 5, 1)},
        {"stage": "in_force", "status": "planned"},
        {"stage": "cited", "status": "ongoing"},
        {"stage": "signed", "when": year(2020)},
    )
    assert [record.stage for record in event.stages] == [Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE]
    assert len(event.stages[0].claims) == 2
    assert event.stage is Stage.RATIFIED
    assert event.when is not None
    assert (event.when.first, event.when.last) == (date(2020, 5, 1), date(2021, 3, 1))
    assert event.when.precision is Precision.YEARS


def test_times_order_stages_where_they_speak(reconcile: Reconcile) -> None:
    event = reconcile(
        {"stage": "amended", "when": date(2020, 5, 1)}, {"stage": "extended", "when": date(2019, 5, 1)}
    )
    assert [record.stage for record in event.stages] == [Stage.EXTENDED, Stage.AMENDED]


def test_other_types_have_no_stages(reconcile: Reconcile) -> None:
    event = reconcile({"type": "transfer", "stage": "ordered"}, {"type": "transfer", "stage": "delivered"})
    assert event.stages == ()
    assert event.stage is Stage.DELIVERED
