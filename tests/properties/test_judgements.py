"""Judgements: in any order the same, taken back as if never made, stronger than all that is automatic."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.engine import steps
from foedus.matching import weigh_judgements
from foedus.model.claim import Status
from foedus.model.ids import make_id
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
from foedus.model.when import Basis, Precision, When

NOW = datetime(2021, 3, 14, tzinfo=UTC)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNT = 8
PLACES = st.integers(0, COUNT - 1)
DAY = When(date(2019, 5, 4), date(2019, 5, 4), Precision.DAY, None, Basis.INFERRED)


@pytest.fixture(scope="module")
def facts(make_article, make_claim):
    """Eight claims of four articles on two agreements: what matching makes of them is not what people must."""
    articles, claims = [], []
    for place in range(COUNT):
        document = f"{place // 2}.txt"
        subject = ("Northern Accord", "Treaty on Fishing")[place % 2]
        quote = f"Norway and Sweden signed the {subject}, paper {place // 2} says."
        claims.append(
            make_claim(
                document, quote=quote, start=100 * place, subject=subject, when=date(2019, 5, 3 + place % 3)
            )
        )
    for number in range(COUNT // 2):
        article = make_article(f"{number}.txt", published=date(2019, 6, 1 + number), publisher=f"P{number}")
        articles.append((article, f"text {number}"))
    return articles, claims


@st.composite
def verdicts(draw, names):
    kind = draw(st.sampled_from(["join", "part", "reject", "claim", "event", "grade"]))
    one, other = draw(st.lists(PLACES, min_size=2, max_size=2, unique=True))
    if kind in ("join", "part"):
        return (Join if kind == "join" else Part)(((names[one],), (names[other],)))
    if kind == "reject":
        return Reject(names[one])
    if kind == "grade":
        return Grade("P0", draw(st.sampled_from(Reliability)))
    slot, value = draw(
        st.sampled_from(
            [
                (Correctable.STATUS, Status.PLANNED),
                (Correctable.STATUS, Status.DENIED),
                (Correctable.WHEN, DAY),
            ]
        )
    )
    return Correct(Scope(kind), (names[one],), slot, value)


@st.composite
def judgement_lists(draw, names, max_size=6):
    made = []
    for place in range(draw(st.integers(0, max_size))):
        who = draw(st.sampled_from("AB"))
        made.append(make_judgement(who, NOW + timedelta(seconds=place), "why", draw(verdicts(names))))
    return made


def match(facts, judgements):
    articles, claims = facts
    digests = {article.document: f"d{article.document}" for article, _ in articles}
    texts = {(article.document, article.number): text for article, text in articles}
    return steps.match_facts(articles, claims, judgements, digests, lambda *key: texts[key])


def name_all(claims):
    return [name_claim(claim, f"d{claim.document}") for claim in claims]


@FEW
@given(data=st.data())
def test_the_order_of_judgements_does_not_matter(facts, data):
    made = data.draw(judgement_lists(name_all(facts[1])))
    assert match(facts, data.draw(st.permutations(made))) == match(facts, made)


@FEW
@given(data=st.data())
def test_taken_back_is_as_if_never_made(facts, data):
    names = name_all(facts[1])
    made = data.draw(judgement_lists(names))
    other = make_judgement("C", NOW - timedelta(1), "why", data.draw(verdicts(names)))
    back = make_judgement("D", NOW + timedelta(1), "why", Back(other.id))
    assert match(facts, [*made, other, back]) == match(facts, made)


@FEW
@given(data=st.data())
def test_nothing_automatic_goes_against_a_judgement_in_force(facts, data):
    made = data.draw(judgement_lists(name_all(facts[1])))
    derived = match(facts, made)
    event_of = {claim: event for event in derived.events for claim in event.claims}
    digests = {article.document: f"d{article.document}" for article, _ in facts[0]}
    weighed = weigh_judgements(made, facts[1], digests).place(
        {key: event.id for key, event in event_of.items()}
    )
    corrected = {claim.id: claim for claim in derived.corrected}
    for standing in weighed.standings:
        if standing.state is not State.IN_FORCE:
            continue
        ids = [side[0] for side in standing.claims if side]
        match_ = standing.judgement.verdict
        if isinstance(match_, Join):
            assert event_of[ids[0]] == event_of[ids[1]]
        elif isinstance(match_, Part):
            assert event_of[ids[0]] != event_of[ids[1]]
        elif isinstance(match_, Reject):
            assert ids[0] in derived.rejected
            assert ids[0] not in event_of
        elif isinstance(match_, Correct):
            target = corrected[ids[0]] if match_.scope is Scope.CLAIM else event_of[ids[0]]
            assert getattr(target, match_.slot.value) == match_.value
    assert {claim.id for claim in facts[1]} == event_of.keys() | set(derived.rejected)


@FEW
@given(data=st.data())
def test_they_outlive_a_version_that_moves_ids_and_documents_that_come(facts, data, make_claim, make_article):
    articles, claims = facts
    made = data.draw(judgement_lists(name_all(claims)))
    moved = [replace(claim, id=make_id("c", "new", claim.id)) for claim in claims]
    digests = {article.document: f"d{article.document}" for article, _ in articles}
    late = make_claim(
        "9.txt", quote="Norway and Sweden signed the Northern Accord.", subject="Northern Accord"
    )
    before = weigh_judgements(made, claims, digests)
    after = weigh_judgements(made, [*moved, late], {**digests, "9.txt": "d9"})
    place = {claim.id: number for number, claim in enumerate(claims)}
    place.update((claim.id, number) for number, claim in enumerate(moved))

    def tell(weighed):
        pairs = (weighed.constraints.joined, weighed.constraints.parted)
        return (
            [standing.state for standing in weighed.standings],
            [sorted(sorted(place[claim] for claim in pair) for pair in part) for part in pairs],
            sorted(place[claim] for claim in weighed.rejected),
        )

    assert tell(after) == tell(before)
