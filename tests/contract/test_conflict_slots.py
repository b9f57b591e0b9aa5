"""Slots in which claims can contradict each other: two articles that do, and look-alikes that do not.

From text to conflict. The articles were written for this test.
"""

from pathlib import Path

import pytest

from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.engine.steps import code_input
from foedus.matching import match_claims
from foedus.model.event import Slot

ACCORD = "Norway and Sweden signed the Northern Transit Agreement"
ROPE = "Chile and Peru held the exercise Andean Rope-2021 near Arequipa from 3 to 9 May 2021"
CONFLICTS = {
    Slot.WHEN: (
        f"{ACCORD} on 3 May 2021, the Norwegian defence ministry said.",
        f"{ACCORD} on 11 May 2021, the Swedish government said.",
    ),
    Slot.STATUS: (
        f"{ACCORD} on 11 May 2021, the Norwegian defence ministry said.",
        "Norway and Sweden did not sign the Northern Transit Agreement on 11 May 2021, the Swedish government said.",
    ),
    Slot.QUANTITIES: (f"{ROPE} with 450 soldiers.", f"{ROPE} with 1,280 soldiers."),
    Slot.ACTORS: (
        "Chile and Peru held the bilateral exercise Andean Rope-2021 near Arequipa from 3 to 9 May 2021.",
        "Chile, Peru and Bolivia held the exercise Andean Rope-2021 near Arequipa from 3 to 9 May 2021.",
    ),
    Slot.RECURRENCE: (
        "Chile and Peru have held the exercise Andean Rope every year since 2010.",
        "Chile and Peru have held the exercise Andean Rope every two years since 2010.",
    ),
}
LOOK_ALIKES = {
    "a plan and what came of it": (
        "Norway and Sweden will sign the Northern Transit Agreement on 3 May 2021, officials said.",
        f"{ACCORD} on 11 May 2021.",
    ),
    "a month and a day in it": (f"{ACCORD} in May 2021.", f"{ACCORD} on 11 May 2021."),
    "a later stage": (
        f"{ACCORD} on 11 May 2021.",
        "Norway and Sweden ratified the Northern Transit Agreement on 20 June 2021.",
    ),
    "a bound and a number": (f"{ROPE} with more than 400 soldiers.", f"{ROPE} with 450 soldiers."),
    "a round number": (f"{ROPE} with about 450 soldiers.", f"{ROPE} with 468 soldiers."),
    "one left out": (f"{ROPE}.", f"{ROPE.replace(' and Peru', ', Peru and Bolivia')}."),
    "other words for how often": (
        "Chile and Peru have held the exercise Andean Rope every year since 2010.",
        "Chile and Peru have held the exercise Andean Rope annually since 2010.",
    ),
}


@pytest.fixture(scope="module")
def find_slots():
    """The slots of the conflicts of two articles of two publishers, neither of them a reprint."""
    kit = load_kit(KitOrder(None, 100_000))

    def find(texts):
        claims, articles = [], []
        for place, text in enumerate(texts):
            head = f"News of the day\nFoedus Test Wire {'AB'[place]}, {24 + place} June 2021\n\n"
            facts = code_input(Input(f"{place}.txt", "", Path()), f"{head}{text}\n".encode(), kit)
            claims.extend(facts.claims)
            articles.extend(facts.articles)
        return [conflict.slot for conflict in match_claims(claims, articles, ())[1]]

    return find


@pytest.mark.parametrize("slot", CONFLICTS)
def test_what_cannot_both_be_true_is_found(find_slots, slot):
    assert find_slots(CONFLICTS[slot]) == [slot]


@pytest.mark.parametrize("case", LOOK_ALIKES)
def test_what_only_looks_like_it_is_not(find_slots, case):
    assert find_slots(LOOK_ALIKES[case]) == []
