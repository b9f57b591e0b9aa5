"""What holds of matching whatever the claims: order, partition, types, sides, strangers."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.matching import find_reprints, match_claims
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.event import Reprint
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))
SUBJECTS = st.sampled_from(
    [
        None,
        "Iron Bridge",
        "Iron Bridge-2019",
        "Iron Bridge-2021",
        "agreement",
        "the agreement on transit of goods",
    ]
    + [
        "transit agreement",
        "naval base",
        "base",
        "Zapad",
        "West-2021",
        "previous accord",
        "12th Iron Bridge",
        "—",
    ]
)
CODES = ["NOR", "SWE", "FIN", "NATO"]


@st.composite
def whens(draw: st.DrawFn) -> When:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    match draw(st.integers(0, 4)):
        case 0:
            return When(first, None, Precision.YEAR, None, Basis.STATED)
        case 1:
            return When(None, last, Precision.YEAR, None, Basis.STATED)
        case 2:
            return When(date(first.year, 1, 1), date(first.year, 12, 31), Precision.YEAR, None, Basis.STATED)
        case 3:
            return When(first, last, Precision.DAY, None, Basis.STATED)
    return When(first, first, Precision.DAY, None, Basis.STATED)


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    kind = draw(st.sampled_from([ClaimType.EXERCISE, ClaimType.AGREEMENT, ClaimType.INFRASTRUCTURE]))
    start = draw(st.integers(0, 900))
    codes = draw(st.lists(st.sampled_from(CODES), max_size=3, unique=True))
    return Claim(
        id=f"c-{number}",
        document=draw(st.sampled_from(["a", "b", "c", "d"])),
        article=draw(st.integers(0, 1)),
        type=kind,
        stage=draw(st.sampled_from([Stage.SIGNED, Stage.RATIFIED, Stage.SUSPENDED]))
        if kind is ClaimType.AGREEMENT
        else None,
        plover=Plover.COOPERATE,
        actors=tuple(Actor(code, draw(st.sampled_from(list(Role)))) for code in codes),
        agents=(),
        subject=draw(SUBJECTS),
        place=draw(st.sampled_from([(), ("Oslo",), ("Rome", "Oslo")])),
        when=draw(st.none() | whens()),
        status=draw(st.sampled_from(list(Status))),
        attributed_to=draw(st.sampled_from([None, None, "the embassy", "a general"])),
        via=(),
        recurrence=draw(st.sampled_from([None, None, None, "P1Y", "P2Y"])),
        quantities=draw(
            st.sampled_from([(), (), (Quantity(100.0, None, None, "troops", None, False),)])
            | st.just((Quantity(900.0, None, None, "troops", None, False),))
        ),
        evidence=Span(start, start + 50),
        quote=f"quote {start}",
        confidence=0.5,
    )


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Claim], list[Article], list[Reprint]]:
    size = draw(st.integers(0, 14))
    articles = [
        Article(
            name, number, None, None, f"House {name}", None, "en", draw(st.none() | whens()), (Span(0, 999),)
        )
        for name in ("a", "b", "c", "d")
        for number in (0, 1)
    ]
    reprints = draw(st.sampled_from([[], [Reprint("b", 0, "a", 0)]]))
    return [draw(claims(number)) for number in range(size)], articles, reprints


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(ledger: Any, chance: Any) -> None:
    found, articles, reprints = ledger
    wanted = match_claims(found, articles, reprints)
    mixed = [list(part) for part in ledger]
    for part in mixed:
        chance.shuffle(part)
    assert match_claims(*mixed) == wanted


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_events_part_the_claims_by_type_and_conflicts_stay_inside_events(ledger: Any) -> None:
    found, articles, reprints = ledger
    events, conflicts = match_claims(found, articles, reprints)
    by_id = {claim.id: claim for claim in found}
    assert sorted(name for event in events for name in event.claims) == sorted(by_id)
    assert len({event.id for event in events}) == len(events)
    for event in events:
        assert {by_id[name].type for name in event.claims} == {event.type}
        assert (
            1 <= event.sources <= len({(by_id[name].document, by_id[name].article) for name in event.claims})
        )
        assert {name for record in event.stages for name in record.claims} <= set(event.claims)
    inside = {event.id: set(event.claims) for event in events}
    for conflict in conflicts:
        assert len(conflict.sides) >= 2
        assert all(side and set(side) <= inside[conflict.event] for side in conflict.sides)
        assert len({name for side in conflict.sides for name in side}) == sum(map(len, conflict.sides))
        assert conflict.note.endswith(".")


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_a_stranger_changes_nothing_else(ledger: Any) -> None:
    found, articles, reprints = ledger
    stranger = Claim(
        id="stranger",
        document="z",
        article=0,
        type=ClaimType.EXERCISE,
        stage=None,
        plover=Plover.COOPERATE,
        actors=(Actor("JPN", Role.BOTH), Actor("AUS", Role.BOTH)),
        agents=(),
        subject="Far Lantern-1987",
        place=(),
        when=When(date(1987, 1, 1), date(1987, 1, 9), Precision.DAY, None, Basis.STATED),
        status=Status.HAPPENED,
        attributed_to=None,
        via=(),
        recurrence=None,
        quantities=(),
        evidence=Span(0, 20),
        quote="Far Lantern was held",
        confidence=0.9,
    )
    events, conflicts = match_claims(found, articles, reprints)
    more_events, more_conflicts = match_claims([*found, stranger], articles, reprints)
    assert [event for event in more_events if event.claims != ("stranger",)] == list(events)
    assert more_conflicts == conflicts


WORDS = st.sampled_from([f"word{number}" for number in range(40)])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=60), max_size=6), st.randoms(use_true_random=False))
def test_reprints_point_to_earlier_texts_in_any_order(texts: Any, chance: Any) -> None:
    articles = [
        (
            Article(str(place), 0, None, None, None, None, "en", None, (Span(0, 1),)),
            " ".join(words),
        )
        for place, words in enumerate(texts)
    ]
    wanted = find_reprints(articles)
    mixed = list(articles)
    chance.shuffle(mixed)
    assert find_reprints(mixed) == wanted
    for reprint in wanted:
        assert reprint.original_document < reprint.document
    assert len({reprint.document for reprint in wanted}) == len(wanted)
