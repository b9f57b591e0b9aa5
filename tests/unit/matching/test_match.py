from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foedus.matching import match_claims
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Stage, Status
from foedus.model.event import Conflict, Event, Reprint, Slot

Match = Callable[..., tuple[tuple[Event, ...], tuple[Conflict, ...]]]


@pytest.fixture
def match(make_claim: Callable[..., Claim], make_article: Callable[..., Article]) -> Match:
    """Matches claims given as slots, each in an article of its own of 1 January 2020, unless named."""

    def build(*rows: dict[str, Any], reprints: tuple[Reprint, ...] = ()) -> Any:
        articles = {}
        claims = []
        for place, row in enumerate(rows):
            row = dict(row)
            document = row.pop("document", f"{place}.txt")
            articles[document] = make_article(document, published=row.pop("published", date(2020, 1, 1)))
            claims.append(make_claim(document, start=row.pop("start", 100 * place), **row))
        return match_claims(claims, list(articles.values()), reprints)

    return build


def sizes(result: tuple[tuple[Event, ...], tuple[Conflict, ...]]) -> list[int]:
    return sorted(len(event.claims) for event in result[0])


def test_nothing_gives_nothing() -> None:
    assert match_claims((), (), ()) == ((), ())


def test_a_claim_alone_is_an_event(match: Match) -> None:
    events, conflicts = match({})
    assert [len(event.claims) for event in events] == [1]
    assert conflicts == ()


def test_two_reports_of_one_visit(match: Match) -> None:
    visit = {"type": "consultation", "when": date(2020, 1, 1)}
    assert sizes(match({**visit, "subject": "official visit"}, {**visit, "subject": "talks in Oslo"})) == [2]


def test_two_visits(match: Match) -> None:
    visit = {"type": "consultation", "subject": "official visit"}
    assert sizes(match({**visit, "when": date(2020, 1, 1)}, {**visit, "when": date(2020, 6, 1)})) == [1, 1]


def test_an_agreement_through_its_life_is_one_event(match: Match) -> None:
    subject = {"subject": "agreement on the joint protection of the northern airspace"}
    events, _ = match(
        {**subject, "stage": "signed", "when": date(2019, 5, 3), "published": date(2019, 5, 4)},
        {**subject, "stage": "ratified", "when": date(2020, 2, 3), "published": date(2020, 2, 4)},
        {**subject, "stage": "in_force", "when": date(2020, 4, 1), "published": date(2020, 4, 1)},
    )
    assert [event.stage for event in events] == [Stage.IN_FORCE]
    assert [record.stage for record in events[0].stages] == [Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE]
    assert events[0].sources == 3


def test_two_agreements_between_the_same_states_are_two(match: Match) -> None:
    assert sizes(
        match({"subject": "agreement on transit of goods"}, {"subject": "agreement on pilot training"})
    ) == [1, 1]


def test_a_plan_and_its_fulfilment_are_one_event(match: Match) -> None:
    drill = {"type": "exercise", "subject": "Iron Bridge-2020", "when": date(2020, 5, 3)}
    events, conflicts = match(
        {**drill, "status": "planned"}, {**drill, "status": "happened", "published": date(2020, 5, 4)}
    )
    assert [event.status for event in events] == [Status.HAPPENED]
    assert conflicts == ()


def test_editions_are_parted_and_so_is_the_series(match: Match) -> None:
    drill = {"type": "exercise", "subject": "Iron Bridge"}
    editions = [
        {**drill, "when": date(year, 5, 3), "published": date(year, 5, 4)} for year in (2019, 2019, 2021)
    ]
    series = {**drill, "recurrence": "P2Y", "status": "ongoing"}
    assert sizes(match(*editions, series)) == [1, 1, 2]


def test_a_series_told_by_two_articles_is_one_event_and_its_rhythm_a_conflict(match: Match) -> None:
    drill = {"type": "exercise", "status": "ongoing", "published": date(2020, 1, 1)}
    events, conflicts = match(
        {**drill, "subject": "Iron Bridge", "recurrence": "P1Y"},
        {**drill, "subject": "Bridge of Iron", "recurrence": "P2Y", "published": date(2016, 1, 1)},
    )
    assert len(events) == 1
    assert [conflict.slot for conflict in conflicts] == [Slot.RECURRENCE]
    assert conflicts[0].event == events[0].id


def test_names_in_two_languages(match: Match) -> None:
    drill = {"type": "exercise", "when": date(2020, 5, 3)}
    assert sizes(match({**drill, "subject": "Zapad-2020"}, {**drill, "subject": "West-2020"})) == [2]


def test_other_actors_are_another_event(match: Match) -> None:
    visit = {"type": "consultation", "subject": "official visit", "when": date(2020, 1, 1)}
    assert sizes(match(visit, {**visit, "actors": [("FIN", "both"), ("DNK", "both")]})) == [1, 1]


def test_giver_and_receiver_turned_around_are_another_event(match: Match) -> None:
    gift = {"type": "transfer", "stage": "delivered", "subject": "patrol boats"}
    one = {**gift, "actors": [("NOR", "source"), ("SWE", "target")]}
    other = {**gift, "actors": [("SWE", "source"), ("NOR", "target")]}
    assert sizes(match(one, other)) == [1, 1]
    assert sizes(match(one, one)) == [2]


def test_claims_of_different_types_are_never_one_event(match: Match) -> None:
    events, _ = match({"subject": "pilot school"}, {"subject": "pilot school", "type": "training"})
    assert {event.type for event in events} == {ClaimType.AGREEMENT, ClaimType.TRAINING}


def test_a_reprint_says_the_same_and_is_no_source(match: Match) -> None:
    row = {
        "type": "relations",
        "subject": None,
        "actors": [],
        "quote": "The two sides went on as before in all.",
    }
    events, _ = match(
        {**row, "document": "a.txt", "start": 10},
        {**row, "document": "b.txt", "start": 90},
        reprints=(Reprint("b.txt", 0, "a.txt", 0),),
    )
    assert [(len(event.claims), event.sources) for event in events] == [(2, 1)]
    assert sizes(match({**row, "document": "a.txt"}, {**row, "document": "b.txt", "start": 90})) == [1, 1]


def test_a_claim_whose_article_is_missing_is_matched_all_the_same(make_claim: Callable[..., Claim]) -> None:
    claims = [make_claim(name, subject="agreement on transit of goods") for name in "ab"]
    events, _ = match_claims(claims, (), ())
    assert [len(event.claims) for event in events] == [2]


def test_the_gold_claims_are_joined_as_a_reader_joined_them(shared: Any) -> None:
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "eval"))
    import matching_gold

    for name in ("seeds", "pages"):
        claims, articles, reprints = matching_gold.load_gold(shared / "gold" / name)
        events, conflicts = match_claims(claims, articles, reprints)
        precision, recall = matching_gold.measure_b_cubed(
            matching_gold.load_gold_events(shared / "gold" / name), events
        )
        assert 2 * precision * recall / (precision + recall) >= 0.80
        assert len(conflicts) <= 2
