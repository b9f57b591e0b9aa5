from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from foedus.matching.conflicts import find_conflicts
from foedus.matching.editions import find_all_editions
from foedus.matching.evidence import make_comparable
from foedus.matching.reconcile import make_event
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, Quantity
from foedus.model.event import Conflict, Slot
from foedus.model.when import Basis, Precision, When

Look = Callable[..., list[Conflict]]


def days(first: date, last: date) -> When:
    return When(first, last, Precision.DAY, None, Basis.STATED)


def troops(
    value: float, maximum: float | None = None, bound: Bound | None = None, about: bool = False
) -> Any:
    return (Quantity(value, maximum, None, "troops", bound, about),)


def both(*codes: str) -> list[tuple[str, str]]:
    return [(code, "both") for code in codes]


@pytest.fixture
def look(make_claim: Callable[..., Claim], make_article: Callable[..., Article]) -> Look:
    """The conflicts of one event made of one claim an article, ``a``, ``b``, … unless named."""

    def build(*rows: dict[str, Any], copies: dict[str, str] | None = None) -> list[Conflict]:
        articles = {}
        members = []
        for place, row in enumerate(rows):
            row = {"subject": "Iron Bridge-2021", "type": "exercise", **row}
            document = row.pop("document", "abcdef"[place])
            published = row.pop("published", date(2021, 1, 1))
            articles[document, 0] = make_article(document, published=published, publisher=f"House {document}")
            members.append(
                make_comparable(make_claim(document, start=100 * place, **row), articles[document, 0])
            )
        editions = find_all_editions(members)
        members = [replace(member, edition=editions.get(member.claim.id)) for member in members]
        originals = {(copy, 0): (original, 0) for copy, original in (copies or {}).items()}
        return find_conflicts(make_event(members, articles, originals), members, articles, originals)

    return build


def slots(conflicts: list[Conflict]) -> list[Slot]:
    return [conflict.slot for conflict in conflicts]


AGREEMENT = {"type": "agreement", "subject": "agreement on transit of goods"}
SERIES = {"subject": "Iron Bridge", "status": "ongoing"}


def test_two_rhythms_of_one_series(look: Look) -> None:
    found = look({**SERIES, "recurrence": "P1Y"}, {**SERIES, "recurrence": "P2Y"})
    assert slots(found) == [Slot.RECURRENCE]
    assert found[0].note == (
        "Of “Iron Bridge”, it is said by House a that it is held every year, and by House b that it is held "
        "every 2 years."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"recurrence": "P1Y"}, {"recurrence": "P12M"}),
        ({"recurrence": "P1Y"}, {"recurrence": None}),
        (
            {"recurrence": "P1Y", "when": days(date(1990, 1, 1), date(1999, 12, 31))},
            {"recurrence": "P2Y", "when": days(date(2001, 1, 1), date(2020, 12, 31))},
        ),
    ],
)
def test_rhythms_that_agree(look: Look, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert look({**SERIES, **one}, {**SERIES, **other}) == []


def test_two_times_of_one_edition(look: Look) -> None:
    one, other = days(date(2021, 9, 10), date(2021, 9, 16)), days(date(2021, 9, 20), date(2021, 9, 24))
    found = look({"when": one}, {"when": other}, {"when": other})
    assert slots(found) == [Slot.WHEN]
    assert [len(side) for side in found[0].sides] == [1, 2]
    assert "from 2021-09-10 to 2021-09-16" in found[0].note


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (days(date(2021, 9, 10), date(2021, 9, 16)), days(date(2021, 9, 16), date(2021, 9, 24))),
        (days(date(2021, 9, 10), date(2021, 9, 16)), days(date(2021, 9, 17), date(2021, 9, 24))),
        (days(date(2021, 9, 10), date(2021, 9, 10)), days(date(2021, 9, 16), date(2021, 9, 16))),
        (days(date(2021, 9, 10), date(2021, 9, 16)), None),
    ],
    ids=["they meet", "a day's slack", "first and last day", "one is silent"],
)
def test_times_that_agree(look: Look, one: When, other: When | None) -> None:
    assert look({"when": one}, {"when": other}) == []


def test_two_days_of_one_signature(look: Look) -> None:
    signed = {**AGREEMENT, "stage": "signed"}
    found = look({**signed, "when": date(2021, 5, 3)}, {**signed, "when": date(2021, 5, 6)})
    assert slots(found) == [Slot.WHEN]
    assert look({**signed, "when": date(2021, 5, 3)}, {**signed, "when": date(2021, 5, 4)}) == []
    assert (
        look({**signed, "when": date(2021, 5, 3)}, {**signed, "stage": "ratified", "when": date(2022, 1, 6)})
        == []
    )


def test_one_article_may_speak_of_two_signatures(look: Look) -> None:
    signed = {**AGREEMENT, "stage": "signed", "document": "a"}
    assert look({**signed, "when": date(2021, 5, 3)}, {**signed, "when": date(2021, 5, 9)}) == []


def test_a_copy_does_not_contradict_its_original(look: Look) -> None:
    one, other = days(date(2021, 9, 10), date(2021, 9, 16)), days(date(2021, 9, 20), date(2021, 9, 24))
    assert look({"when": one}, {"when": other}, copies={"b": "a"}) == []


def test_a_plan_that_was_held_on_other_days_is_no_conflict(look: Look) -> None:
    one, other = days(date(2021, 9, 10), date(2021, 9, 16)), days(date(2021, 9, 20), date(2021, 9, 24))
    assert look({"when": one, "status": "planned"}, {"when": other}) == []


def test_what_one_claims_and_another_denies(look: Look) -> None:
    suspended = {**AGREEMENT, "stage": "suspended"}
    found = look(
        {**suspended, "attributed_to": "a general"},
        {**suspended, "status": "denied", "attributed_to": "the embassy", "document": "a"},
    )
    assert slots(found) == [Slot.STATUS]
    assert found[0].note == (
        "Of “agreement on transit of goods”, it is said by a general (House a) that it was suspended, and by "
        "the embassy (House a) that it was not suspended."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "ratified"},
        {"document": "a"},
        {"published": date(2020, 1, 1)},
        {"when": date(2020, 1, 1)},
        {"subject": "agreement on pilots of helicopters"},
        {"actors": [("NOR", "both"), ("FIN", "both")]},
    ],
    ids=["another stage", "the same voice", "long before", "another time", "another thing", "others"],
)
def test_denials_that_contradict_nothing(look: Look, change: dict[str, Any]) -> None:
    suspended = {**AGREEMENT, "stage": "suspended"}
    when = {"when": date(2021, 1, 1)} if "when" in change else {}
    assert look({**suspended, **when}, {**suspended, "status": "denied", **change}) == []


def test_plans_are_not_contradicted_by_denials(look: Look) -> None:
    assert look({"status": "planned"}, {"status": "denied"}) == []


def test_signed_and_rejected_on_one_day(look: Look) -> None:
    signed = {**AGREEMENT, "when": date(2021, 5, 3)}
    assert slots(look({**signed, "stage": "signed"}, {**signed, "stage": "rejected"})) == [Slot.STAGE]
    later = {**signed, "when": date(2021, 8, 3), "stage": "rejected"}
    assert look({**signed, "stage": "signed"}, later) == []


def test_two_numbers(look: Look) -> None:
    found = look({"quantities": troops(1500)}, {"quantities": troops(3000)})
    assert slots(found) == [Slot.QUANTITIES]
    assert "1,500 troops" in found[0].note
    assert "3,000 troops" in found[0].note


def test_two_counts_of_the_same_claims_are_two_conflicts(look: Look) -> None:
    tanks = [(Quantity(number, None, None, "tanks", None, False),) for number in (20.0, 60.0)]
    found = look(
        {"quantities": (*troops(1500), *tanks[0])},
        {"quantities": (*troops(3000), *tanks[1])},
    )
    assert slots(found) == [Slot.QUANTITIES, Slot.QUANTITIES]
    assert len({conflict.id for conflict in found}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (troops(100, bound=Bound.MIN), troops(120)),
        (troops(5000, bound=Bound.MAX), troops(1200)),
        (troops(1500, about=True), troops(1650)),
        (troops(1000, 9999), troops(4200)),
        (troops(1500), troops(1540)),
        (troops(500), troops(540)),
        (troops(1500), (Quantity(3000.0, None, None, "tanks", None, False),)),
        (troops(1500), (Quantity(3000.0, None, "USD", "troops", None, False),)),
    ],
    ids=["over", "up to", "about", "vague", "round", "rounder", "other things", "other units"],
)
def test_numbers_that_agree(look: Look, one: Any, other: Any) -> None:
    assert look({"quantities": one}, {"quantities": other}) == []


@pytest.mark.parametrize(
    "change",
    [{"document": "a"}, {"status": "planned"}, {"actors": [("NOR", "both")]}],
    ids=["one article", "plan and fact", "a part of them"],
)
def test_numbers_of_different_things(look: Look, change: dict[str, Any]) -> None:
    assert look({"quantities": troops(1500)}, {"quantities": troops(3000), **change}) == []


def test_ids_depend_on_the_sides_alone(look: Look) -> None:
    one, other = {**SERIES, "recurrence": "P1Y"}, {**SERIES, "recurrence": "P2Y"}
    assert look(one, other)[0].id == look(one, other)[0].id


def test_a_lone_claim_contradicts_nobody(look: Look) -> None:
    assert look({"recurrence": "P1Y"}) == []


BILATERAL = {
    "actors": both("CHL", "PER"),
    "when": date(2021, 5, 3),
    "quote": "They held the bilateral exercise Iron Bridge-2021.",
}


def test_a_thing_of_two_parties_cannot_have_a_third(look: Look) -> None:
    third = {"actors": both("BOL", "CHL", "PER"), "when": days(date(2021, 5, 3), date(2021, 5, 9))}
    (found,) = look(BILATERAL, third)
    assert (found.slot, len(found.sides)) == (Slot.ACTORS, 2)
    assert "CHL and PER in it and nobody else" in found.note
    assert "BOL, CHL and PER in it" in found.note


@pytest.mark.parametrize(
    "first",
    [
        {**BILATERAL, "quote": "They held the exercise Iron Bridge-2021."},  # a part of them is named
        {**BILATERAL, "quote": "They held the trilateral exercise."},  # one that is not named is meant
        {**BILATERAL, "when": date(2021, 9, 3)},  # another stage of it
        {**BILATERAL, "status": "planned"},  # somebody joined since
        {
            **BILATERAL,
            **SERIES,
            "recurrence": "P1Y",
            "when": days(date(2010, 1, 1), date(2021, 5, 9)),
        },  # it had two
        {**BILATERAL, "actors": both("CHL", "ORG:FLEET")},  # a body may be of the third
    ],
)
def test_parties_that_may_only_be_left_out_or_come_later_are_no_conflict(look: Look, first: Any) -> None:
    third = {"actors": both("BOL", "CHL", "PER"), "when": days(date(2021, 5, 3), date(2021, 5, 9))}
    assert Slot.ACTORS not in slots(look(first, third))


def test_one_article_does_not_contradict_itself_on_parties(look: Look) -> None:
    third = {"actors": both("BOL", "CHL", "PER"), "when": date(2021, 5, 3), "document": "a"}
    assert look({**BILATERAL, "document": "a"}, third) == []


@pytest.mark.parametrize(
    ("quote", "slot"),
    [
        ("Bolivia did not take part in Iron Bridge-2021.", Slot.ACTORS),
        ("Bolivia denied that Iron Bridge-2021 was held.", Slot.STATUS),
    ],
)
def test_that_one_of_several_took_part_is_denied_apart_from_the_thing(
    look: Look, quote: str, slot: Slot
) -> None:
    done = {"actors": both("BOL", "CHL", "PER"), "status": "happened"}
    denied = {"actors": both("BOL"), "status": "denied", "quote": quote}
    (found,) = look(done, denied)
    assert found.slot is slot
    assert ("does not have BOL in it" in found.note) == (slot is Slot.ACTORS)


def test_a_denial_of_the_only_party_named_denies_the_thing(look: Look) -> None:
    done = {"actors": both("CHL"), "status": "happened"}
    denied = {"actors": both("CHL"), "status": "denied", "quote": "Chile did not take part."}
    assert slots(look(done, denied)) == [Slot.STATUS]
