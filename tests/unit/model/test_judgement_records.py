import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.actor import Actor, Role
from foedus.model.claim import Bound, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.judgement import (
    Back,
    ClaimName,
    Correct,
    Correctable,
    Grade,
    Join,
    Part,
    Reject,
    Reliability,
    Scope,
)
from foedus.model.judgement_records import (
    JUDGEMENT_KEYS,
    NewerRecordError,
    RecordError,
    from_judgement_record,
    make_judgement,
    to_judgement_record,
)
from foedus.model.records import to_line
from foedus.model.when import Basis, Precision, When

NOW = datetime(2021, 3, 14, 9, 26, 53, tzinfo=UTC)
ONE = ClaimName("c-1", "a.txt", "d1", ClaimType.AGREEMENT, "Accord", 5, "They signed\nthe Accord.")
OTHER = ClaimName("c-2", "b.txt", None, ClaimType.AGREEMENT, None, 0, "It was signed.")
MARCH = When(date(2021, 3, 1), None, Precision.MONTH, None, Basis.INFERRED)
VALUES = {
    Correctable.ACTORS: (Actor("NOR", Role.SOURCE), Actor("ORG:ISIL", Role.TARGET)),
    Correctable.SUBJECT: "Accord",
    Correctable.WHEN: MARCH,
    Correctable.STATUS: Status.PLANNED,
    Correctable.STAGE: Stage.RATIFIED,
    Correctable.PLACE: ("Oslo", "Minsk"),
    Correctable.QUANTITIES: (Quantity(90, 120.5, "km", "roads", Bound.MIN, True),),
    Correctable.RECURRENCE: "P1Y",
    Correctable.AGENTS: ("A. Person",),
    Correctable.ATTRIBUTED_TO: "the ministry",
    Correctable.VIA: (),
    Correctable.PLOVER: Plover.AGREE,
}
BACKWARDS = {"first": "2021-04-01", "last": "2021-03-01", "precision": "day"}
VERDICTS = (
    Join(((ONE,), (OTHER,))),
    Part(((ONE,), (OTHER,))),
    Reject(ONE),
    *(Correct(Scope.CLAIM, (ONE,), slot, value) for slot, value in VALUES.items()),
    Correct(Scope.EVENT, (ONE, OTHER), Correctable.WHEN, None),
    Grade("The Paper", Reliability.B),
    Back("j-1"),
)


def make(verdict, **slots):
    values = {"who": "A", "when": NOW, "why": "because", **slots}
    return make_judgement(values["who"], values["when"], values["why"], verdict)


@pytest.mark.parametrize("verdict", VERDICTS, ids=[str(place) for place in range(len(VERDICTS))])
def test_a_record_and_back_is_the_same_judgement(verdict):
    judgement = make(verdict)
    assert judgement.verdict == verdict
    record = to_judgement_record(judgement)
    assert tuple(record) == JUDGEMENT_KEYS
    assert from_judgement_record(json.loads(to_line(record))) == judgement
    assert from_judgement_record({**record, "id": None}) == judgement


def test_every_slot_can_be_corrected():
    assert set(VALUES) == set(Correctable)


def test_ids_follow_from_what_is_judged_by_whom_when_and_why():
    ids = [make(verdict).id for verdict in VERDICTS]
    ids += [
        make(Reject(ONE), who="B").id,
        make(Reject(ONE), why="x").id,
        make(Reject(ONE), when=NOW + timedelta(seconds=1)).id,
    ]
    assert len(set(ids)) == len(ids)
    other_zone = NOW.astimezone(timezone(timedelta(hours=3))) + timedelta(milliseconds=10)
    assert make(Reject(ONE), when=other_zone) == make(Reject(ONE))


def test_a_record_of_a_newer_version_is_refused():
    record = {**to_judgement_record(make(Reject(ONE))), "version": 2, "novelty": 1}
    with pytest.raises(NewerRecordError, match="update Foedus"):
        from_judgement_record(record)


@pytest.mark.parametrize(
    ("verdict", "changes", "message"),
    [
        (Reject(ONE), {"id": "j-0"}, "was it edited"),
        (Reject(ONE), {"why": "edited"}, "was it edited"),
        (Reject(ONE), {"version": None}, '"version" is null'),
        (Reject(ONE), {"kind": "praise"}, "use join, part"),
        (Reject(ONE), {"kind": ["join"]}, "use join, part"),
        (Reject(ONE), {"who": " "}, '"who"'),
        (Reject(ONE), {"why": "two\nlines"}, "one line"),
        (Reject(ONE), {"why": "x" * 10_001}, "longer than"),
        (Reject(ONE), {"why": "\ud800"}, "surrogate"),
        (Reject(ONE), {"when": "2021-03-14"}, "2021-03-14T09:26:53Z"),
        (Reject(ONE), {"when": 7}, "2021-03-14T09:26:53Z"),
        (Reject(ONE), {"claims": None}, "list of sides"),
        (Reject(ONE), {"claims": [[]]}, "list of sides"),
        (Reject(ONE), {"claims": [["c-1"]]}, "must have the keys"),
        (Reject(ONE), {"publisher": "P"}, 'has no "publisher"'),
        (Reject(ONE), {"novelty": 1}, "unknown key"),
        (Grade("P", Reliability.B), {"reliability": "G"}, "use A, B"),
        (Grade("P", Reliability.B), {"publisher": None}, "not empty"),
        (VERDICTS[3], {"slot": "type"}, "use actors"),
        (VERDICTS[3], {"scope": "article"}, "use claim, event"),
        (VERDICTS[3], {"value": [{"code": "nor", "role": "both"}]}, "BLR"),
        (VERDICTS[3], {"value": [{"code": "NOR", "role": "friend"}]}, "use source"),
        (VERDICTS[3], {"value": [{"code": "NOR", "role": "both"}] * 2}, "twice"),
        (VERDICTS[3], {"slot": "when", "value": BACKWARDS}, "before"),
        (VERDICTS[3], {"slot": "when", "value": {"first": None, "last": None, "precision": "day"}}, "neither"),
        (VERDICTS[3], {"slot": "when", "value": {"first": "2021-02-30", "last": None, "precision": "day"}}, "no day"),
        (VERDICTS[3], {"slot": "status", "value": None}, "use happened"),
        (VERDICTS[3], {"slot": "stage", "value": "delivered"}, "has no stage"),
        (VERDICTS[3], {"slot": "recurrence", "value": "yearly"}, "P1Y"),
        (VERDICTS[3], {"slot": "quantities", "value": [{"value": 10**400}]}, "no number"),
        (VERDICTS[3], {"slot": "quantities", "value": [{"value": True}]}, "no number"),
        (VERDICTS[3], {"slot": "place", "value": [""]}, "not empty"),
        (VERDICTS[-3], {"slot": "place", "value": ["Oslo"]}, "an event has no slot"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(verdict, changes, message):
    record = {
        **to_judgement_record(make(verdict)),
        **({} if "id" in changes or "why" in changes else {"id": None}),
    }
    with pytest.raises(RecordError, match=message):
        from_judgement_record({**record, **changes})


def test_claims_of_two_types_are_never_joined():
    exercise = ClaimName("c-3", "c.txt", None, ClaimType.EXERCISE, None, 0, "They trained.")
    with pytest.raises(RecordError, match="several types"):
        make(Join(((ONE,), (exercise,))))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(verdict=st.sampled_from(VERDICTS), key=st.sampled_from(JUDGEMENT_KEYS), value=JSON)
def test_whatever_a_file_holds_is_a_judgement_or_an_error_that_says_why(verdict, key, value):
    record = {**to_judgement_record(make(verdict)), "id": None, key: value}
    try:
        judgement = from_judgement_record(record)
    except RecordError as error:
        assert str(error)
    else:
        assert from_judgement_record(to_judgement_record(judgement)) == judgement
