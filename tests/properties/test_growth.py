"""A ledger that grows, and of which people judge, says after every step what one made at once says."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.engine import match
from foedus.ledger import Facts, Ledger, Sought, open_ledger
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.document import Document
from foedus.model.ids import make_id
from foedus.model.judgement import (
    Back,
    Correct,
    Correctable,
    Join,
    Judgement,
    Part,
    Reject,
    Scope,
    Verdict,
    name_claim,
)
from foedus.model.judgement_records import make_judgement
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When
from foedus.views.judged import weigh_ledger

NOW = datetime(2021, 3, 14, tzinfo=UTC)
DOCUMENTS = "abcdefghij"
SENTENCES = [
    "The two fleets left the northern harbour before dawn and met no other ship until the evening of the third day.",
    "Engineers are to learn within eighteen months how to keep turbines running that nobody builds any longer.",
    "A spokesman for the governor told the crowd that every bridge would be open again when the snow had gone.",
    "Herders along the frontier asked for courts instead of patrols and were promised an answer by the spring.",
    "The memorandum sets up four shared garrisons of which few villagers had heard before the paper was signed.",
    "Observers from nine countries counted more than forty aircraft on the runway that was closed last winter.",
    "As reported by Norpress.",
]
WRITTEN = st.builds(
    dict,
    type=st.sampled_from([ClaimType.EXERCISE, ClaimType.AGREEMENT]),
    codes=st.lists(st.sampled_from(["NOR", "SWE", "FIN"]), max_size=2, unique=True),
    subject=st.sampled_from([None, "Iron Bridge", "Iron Bridge-2020", "transit agreement", "naval base"]),
    day=st.none() | st.integers(0, 40),
    status=st.sampled_from([Status.HAPPENED, Status.PLANNED, Status.DENIED]),
    quote=st.sampled_from(["They signed it in the old town hall.", "Nobody expected that they would meet."]),
)
VERSIONS = st.tuples(
    st.sampled_from(DOCUMENTS),
    st.none() | st.integers(0, 20),
    st.sampled_from([None, "Norpress", "Daily"]),
    st.lists(st.sampled_from(range(len(SENTENCES))), min_size=1, max_size=5),
    st.lists(WRITTEN, max_size=3),
)
VERDICTS = st.tuples(
    st.sampled_from(["join", "part", "reject", "claim", "event", "back"]),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(
        [
            (Correctable.STATUS, Status.PLANNED),
            (Correctable.STATUS, Status.DENIED),
            (Correctable.PLACE, ("Oslo",)),
            (Correctable.SUBJECT, "Iron Bridge"),
        ]
    ),
)
STEPS = st.lists(
    st.tuples(
        st.lists(VERSIONS, min_size=1, max_size=4, unique_by=lambda version: version[0]),
        st.lists(VERDICTS, max_size=2),
    ),
    min_size=2,
    max_size=5,
)


def to_when(day: int) -> When:
    real = date(2020, 12, 1) + timedelta(days=day)
    return When(real, real, Precision.DAY, None, Basis.STATED)


def to_facts(
    number: int, name: str, published: int | None, publisher: str | None, told: list[int], written: list[Any]
) -> Facts:
    text = " ".join(SENTENCES[place] for place in told)
    when = None if published is None else to_when(published)
    article = Article(name, 0, None, None, publisher, None, "en", when, (Span(0, len(text)),))
    claims = tuple(
        Claim(
            id=make_id("c", name, text, place, *sorted(map(str, slots.values()))), document=name, article=0,
            type=slots["type"], stage=Stage.SIGNED if slots["type"] is ClaimType.AGREEMENT else None,
            plover=Plover.COOPERATE, actors=tuple(Actor(code, Role.BOTH) for code in slots["codes"]),
            agents=(), subject=slots["subject"], place=("Bergen",),
            when=None if slots["day"] is None else to_when(slots["day"]), status=slots["status"],
            attributed_to=None, via=(), recurrence=None, quantities=(),
            evidence=Span(100 * place, 100 * place + len(slots["quote"])), quote=slots["quote"], confidence=0.5,
        )
        for place, slots in enumerate(written)
    )  # fmt: skip
    digest = f"digest {sorted(told)}"  # some share it
    return Facts(name, "/", digest, Document(name, "text/plain", digest, text), (article,), claims)


def decide(
    kind: str, one: int, other: int, value: Any, claims: list[Claim], made: list[Judgement], digests: Any
) -> Verdict | None:
    if kind == "back":
        open_ = [item for item in made if not isinstance(item.verdict, Back)]
        return Back(open_[one % len(open_)].id) if open_ else None
    if not claims:
        return None
    first, second = claims[one % len(claims)], claims[other % len(claims)]
    names = [name_claim(claim, digests[claim.document]) for claim in (first, second)]
    if kind in ("join", "part"):
        if first is second or first.type is not second.type:
            return None
        return (Join if kind == "join" else Part)(((names[0],), (names[1],)))
    if kind == "reject":
        return Reject(names[0])
    slot, wanted = value
    if kind == "event" and slot is Correctable.PLACE:
        return None
    return Correct(Scope(kind), (names[0],), slot, wanted)


def read(path: Path, ledger: Ledger) -> dict[str, Any]:
    """All that is derived; positions of the listing, which leave room, as places."""
    told = {
        "events": [*ledger.iter_events()],
        "conflicts": [*ledger.iter_conflicts()],
        "reprints": ledger.reprints(),
        "claims": [*ledger.iter_claims()],
        "standings": weigh_ledger(ledger).standings,
        "found": [
            ledger.find_events(Sought(words=word))
            for word in ("Iron", "Oslo", "Bergen", "Norpress", "expected")
        ],
    }
    with closing(sqlite3.connect(path)) as raw:
        for table in ("blocks", "repeats", "samples", "sampled_runs", "bound_claims", "listing_counts"):
            told[table] = sorted(raw.execute(f"SELECT * FROM {table}").fetchall())
        listing = raw.execute("SELECT * FROM listing ORDER BY position").fetchall()
        place = {row[0]: at for at, row in enumerate(listing)}
        told["listing"] = [row[1:] for row in listing]
        terms = raw.execute("SELECT kind, term, position FROM listing_terms").fetchall()
        told["terms"] = sorted((kind, term, place[position]) for kind, term, position in terms)
    return told


def read_whole(path: Path, copy: Path) -> dict[str, Any]:
    """All that is derived where everything is matched anew, in a copy of the ledger."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("UPDATE meta SET value = 'no' WHERE key = 'matched'")
        target.commit()
    with open_ledger(copy) as whole:
        assert match.match_ledger(whole) is None
        return read(copy, whole)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, neighbours=st.integers(1, 4), crowd=st.integers(2, 5))
def test_grown_or_made_at_once_is_the_same(
    steps: Any, neighbours: int, crowd: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    current: dict[str, Facts] = {}
    made: list[Judgement] = []
    with pytest.MonkeyPatch.context() as patch, open_ledger(folder / "grown.db") as grown:
        for module in ("blocks", "rematching"):
            patch.setattr(f"foedus.matching.{module}.NEIGHBOURS", neighbours)
        for module in ("reprints", "refinding"):
            patch.setattr(f"foedus.matching.{module}.NEIGHBOURS", 1)
            patch.setattr(f"foedus.matching.{module}.CROWD", crowd)
        for number, (versions, verdicts) in enumerate(steps):
            batch = [to_facts(number, *version) for version in versions]
            current |= {facts.name: facts for facts in batch}
            claims = [claim for name in sorted(current) for claim in current[name].claims]
            digests = {facts.name: facts.digest for facts in current.values()}
            grown.write_facts(batch, version=str(number))
            new = []
            for kind, one, other, value in verdicts:
                verdict = decide(kind, one, other, value, claims, made, digests)
                if verdict is not None:
                    when = NOW + timedelta(minutes=len(made))
                    new.append(make_judgement("A", when, "why", verdict))
                    made.append(new[-1])
            grown.add_judgements(new)
            patch.setattr(match, "_MAX_SHARE", 100)
            with pytest.MonkeyPatch.context() as within:
                within.setattr(Ledger, "write_derived", None)  # all of it is done in part
                assert match.match_ledger(grown) is None
            told = read(folder / "grown.db", grown)
            wanted = read_whole(folder / "grown.db", folder / f"{number}.db")
            for key, value in wanted.items():
                assert told[key] == value, key
