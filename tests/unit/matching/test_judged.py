from datetime import UTC, datetime, timedelta

import pytest

from foedus.matching import weigh_judgements
from foedus.matching.constraints import Constraints
from foedus.model.claim import Status
from foedus.model.event import Conflict, Event, Slot
from foedus.model.judgement import (
    Back,
    Correct,
    Correctable,
    Grade,
    Join,
    Part,
    Reject,
    Reliability,
    Scope,
    State,
    name_claim,
)
from foedus.model.judgement_records import make_judgement
from foedus.model.span import Span

NOW = datetime(2021, 3, 14, tzinfo=UTC)
DIGESTS = {"a.txt": "da", "b.txt": "db", "c.txt": "dc"}


@pytest.fixture
def claims(make_claim):
    return [
        make_claim(name, id=f"c-{name[0]}", quote=f"The Accord of {name} was signed.") for name in DIGESTS
    ]


@pytest.fixture
def names(claims):
    return [name_claim(claim, DIGESTS[claim.document]) for claim in claims]


def judge(*verdicts, who="A"):
    return [
        make_judgement(who, NOW + timedelta(seconds=place), "why", verdict)
        for place, verdict in enumerate(verdicts)
    ]


def states(weighed):
    return [standing.state.value for standing in weighed.standings]


def test_nothing_judged_is_nothing_said(claims):
    weighed = weigh_judgements([], claims, DIGESTS)
    assert (weighed.standings, weighed.constraints, weighed.apply(claims)) == ((), Constraints(), claims)


def test_joins_and_partings_become_pairs(claims, names):
    a, b, c = names
    weighed = weigh_judgements(judge(Join(((a,), (b,))), Part(((b,), (c,)))), claims, DIGESTS)
    assert weighed.constraints == Constraints((("c-a", "c-b"),), (("c-b", "c-c"),))
    assert states(weighed) == ["in force"] * 2


def test_a_join_and_a_parting_of_one_pair_are_both_left(claims, names):
    a, b, _ = names
    join, part = judge(Join(((a,), (b,))), Part(((a,), (b,))))
    weighed = weigh_judgements([part, join], claims, DIGESTS)
    assert weighed.constraints == Constraints()
    assert states(weighed) == ["contradicted"] * 2
    assert [standing.against for standing in weighed.standings] == [(part.id,), (join.id,)]
    assert part.id in weighed.standings[0].reason


def test_contradictions_are_seen_through_a_chain(claims, names):
    a, b, c = names
    one, two, part = judge(Join(((a,), (b,))), Join(((b,), (c,))), Part(((a,), (c,))))
    weighed = weigh_judgements([one, two, part], claims, DIGESTS)
    assert weighed.constraints == Constraints()
    assert weighed.standings[2].against == tuple(sorted((one.id, two.id)))
    back = make_judgement("B", NOW + timedelta(days=1), "why", Back(two.id))
    weighed = weigh_judgements([one, two, part, back], claims, DIGESTS)
    assert weighed.constraints == Constraints((("c-a", "c-b"),), (("c-a", "c-c"),))
    assert states(weighed) == ["in force", "taken back", "in force", "in force"]
    assert weighed.standings[1].against == (back.id,)


def test_rejected_claims_are_left_out_and_what_else_is_said_of_them_waits(claims, names):
    a, b, c = names
    said = judge(
        Reject(a), Correct(Scope.CLAIM, (a,), Correctable.SUBJECT, "x"), Join(((a,), (b,))), Join(((a,), (b,), (c,)))
    )  # fmt: skip
    weighed = weigh_judgements(said, claims, DIGESTS)
    assert weighed.apply(claims) == claims[1:]
    assert states(weighed) == ["in force", "waiting", "waiting", "in force"]
    assert weighed.standings[1].reason == f"c-a is rejected by {said[0].id}"
    assert weighed.constraints.joined == (("c-b", "c-c"),)


def test_a_corrected_value_has_no_words(claims, names):
    told = judge(
        Correct(Scope.CLAIM, names[:1], Correctable.STATUS, Status.PLANNED),
        Correct(Scope.CLAIM, names[:1], Correctable.ACTORS, ()),
    )
    spans = {"status": (Span(0, 3),), "actors": (Span(0, 3),), "stage": (Span(4, 6),)}
    for claim in claims:
        claim.spans.update(spans)
    corrected, *rest = weigh_judgements(told, claims, DIGESTS).apply(claims)
    assert (corrected.status, corrected.actors) == (Status.PLANNED, ())
    assert corrected.spans == {"status": (), "stage": (Span(4, 6),)}
    assert claims[0].spans == spans
    assert rest == claims[1:]


def test_two_values_for_one_slot_are_both_left_and_the_same_value_twice_is_not(claims, names):
    def correct(value, who):
        return judge(Correct(Scope.CLAIM, names[:1], Correctable.SUBJECT, value), who=who)

    same = weigh_judgements(correct("X", "A") + correct("X", "B"), claims, DIGESTS)
    assert same.apply(claims)[0].subject == "X"
    assert len(same.corrected["c-a"][0].judgements) == 2
    differ = weigh_judgements(correct("X", "A") + correct("Y", "A") + correct("X", "B"), claims, DIGESTS)
    assert differ.apply(claims) == claims
    assert states(differ) == ["contradicted"] * 3
    assert sorted(len(standing.against) for standing in differ.standings) == [1, 1, 2]


def test_grades_go_by_the_publishers_name_and_contradict(claims):
    b, same = judge(Grade("The Paper", Reliability.B), Grade("the paper", Reliability.B))
    weighed = weigh_judgements([b, same], claims, DIGESTS, ["THE PAPER"])
    assert weighed.grades["the paper"][0] is Reliability.B
    (c,) = judge(Grade("The Paper", Reliability.C), who="B")
    assert weigh_judgements([b, same, c], claims, DIGESTS, ["The Paper"]).grades == {}
    (waiting,) = weigh_judgements([b], claims, DIGESTS, ["Other"]).standings
    assert (waiting.state, waiting.reason) == (State.WAITING, 'no article of "The Paper"')


@pytest.fixture
def find(make_claim):
    """What a name finds among claims: the id, or why none."""

    def find(name, claims, digests=DIGESTS):
        (standing,) = weigh_judgements(judge(Reject(name)), claims, digests).standings
        return standing.claims[0][0] if standing.state is State.IN_FORCE else standing.reason

    return find


def test_a_claim_is_found_again_by_its_words(make_claim, names, claims, find):
    a = names[0]
    words = claims[0].quote
    assert find(a, claims) == "c-a"
    assert find(a, [make_claim("a.txt", id="c-9", quote=words, start=70)]) == "c-9"
    assert find(a, [make_claim("a.txt", id="c-9", quote=words.replace(" ", "\n"))]) == "c-9"
    assert find(a, [make_claim("a.txt", id="c-9", quote=f"It is said: {words}")]) == "c-9"
    assert find(a, [make_claim("a.txt", id="c-9", quote="of a.txt was signed")]) == "c-9"
    assert find(a, [make_claim("b.txt", id="c-9", quote=words)]) == '"a.txt" has no claim like c-a any more'
    assert find(a, [make_claim("a.txt", id="c-9", type="aid", quote=words)]).startswith(
        '"a.txt" has no claim'
    )
    assert find(a, [make_claim("a.txt", id="c-9", quote="Other words were said.")]).startswith(
        '"a.txt" has no'
    )


def test_a_document_is_found_again_by_its_bytes(make_claim, names, claims, find):
    moved = [make_claim("x/a.txt", id="c-9", quote=claims[0].quote)]
    assert find(names[0], moved, {"x/a.txt": "da"}) == "c-9"
    assert find(names[0], moved, {"x/a.txt": "other"}) == 'no document "a.txt"'
    assert find(names[0], moved, {"x/a.txt": "da", "y/a.txt": "da"}) == 'no document "a.txt"'


def test_of_claims_on_the_same_words_subject_and_place_decide(make_claim, find):
    quote = "They will hold Shield-2006 and Shield-2011."
    old = make_claim("a.txt", id="c-1", quote=quote, subject="Shield-2006", start=5)
    name = name_claim(old, "da")
    here = [
        make_claim("a.txt", id=f"c-{year}", quote=quote, subject=f"Shield-{year}") for year in (2006, 2011)
    ]
    assert find(name, here) == "c-2006"
    twice = [
        make_claim("a.txt", id=f"c-{start}", quote=quote, subject="Shield-2006", start=start)
        for start in (5, 90)
    ]
    assert find(name, twice) == "c-5"
    elsewhere = [
        make_claim("a.txt", id=f"c-{start}", quote=quote, subject="Shield-2006", start=start)
        for start in (6, 90)
    ]
    assert find(name, elsewhere) == '"a.txt" has 2 claims like c-1'


@pytest.fixture
def event(claims):
    def make(id, *places):
        first = claims[places[0]]
        ids = tuple(claims[place].id for place in places)
        return Event(id, first.type, ids, first.actors, "Accord", None, first.status, first.stage, 1)

    return make


def test_an_event_is_corrected_as_long_as_its_claims_are_in_one(claims, names, event):
    told = judge(Correct(Scope.EVENT, tuple(names[:2]), Correctable.STATUS, Status.DENIED))
    weighed = weigh_judgements(told, claims, DIGESTS)
    whole, apart = event("e-1", 0, 1, 2), event("e-2", 2)
    placed = weighed.place({"c-a": "e-1", "c-b": "e-1", "c-c": "e-1"})
    conflicts = [
        Conflict(f"x-{slot}", "e-1", slot, (("c-a",), ("c-b",)), "n") for slot in (Slot.STATUS, Slot.WHEN)
    ]
    events, kept = placed.apply_to_events([whole], conflicts)
    assert (events[0].status, [conflict.slot for conflict in kept]) == (Status.DENIED, [Slot.WHEN])
    parted = weighed.place({"c-a": "e-1", "c-b": "e-2"})
    assert parted.standings[0].reason == "its claims are in 2 events now"
    assert parted.apply_to_events([apart], conflicts) == ((apart,), tuple(conflicts))
    assert weighed.place({}).standings[0].state is State.WAITING


def test_two_values_for_a_slot_of_one_event_are_both_left(claims, names, event):
    told = judge(
        Correct(Scope.EVENT, (names[0],), Correctable.SUBJECT, "X"),
        Correct(Scope.EVENT, (names[1],), Correctable.SUBJECT, "Y"),
    )
    weighed = weigh_judgements(told, claims, DIGESTS)
    together = weighed.place({"c-a": "e-1", "c-b": "e-1"})
    assert states(together) == ["contradicted"] * 2
    assert together.events == {}
    assert states(weighed.place({"c-a": "e-1", "c-b": "e-2"})) == ["in force"] * 2
