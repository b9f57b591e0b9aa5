"""Matching in part gives what matching everything gives, in any order and batches of documents."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.ledger import Derived, Facts, open_ledger
from foedus.matching import find_rows, match_claims, rematch
from foedus.matching.constraints import Constraints
from foedus.matching.refinding import find_moved
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.document import Document
from foedus.model.event import Reprint
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

DOCUMENTS = "abcdefghij"
SUBJECTS = [
    None, "Iron Bridge", "Iron Bridge-2020", "Iron Bridge-2021", "agreement", "transit agreement",
    "the agreement on transit of goods", "previous accord", "naval base",
]  # fmt: skip
QUOTES = ["They signed it in the old town hall.", "Nobody expected that they would meet.", "Short."]
WRITTEN = st.builds(
    dict,
    type=st.sampled_from([ClaimType.EXERCISE, ClaimType.AGREEMENT, ClaimType.RELATIONS]),
    codes=st.lists(st.sampled_from(["NOR", "SWE", "FIN"]), max_size=2, unique=True),
    subject=st.sampled_from(SUBJECTS),
    day=st.none() | st.integers(0, 40),
    status=st.sampled_from([Status.HAPPENED, Status.PLANNED, Status.DENIED]),
    quote=st.sampled_from(QUOTES),
)
VERSIONS = st.tuples(st.sampled_from(DOCUMENTS), st.integers(0, 60), st.lists(WRITTEN, max_size=4))
STEPS = st.lists(
    st.tuples(
        st.lists(VERSIONS, min_size=1, max_size=5, unique_by=lambda version: version[0]),
        st.lists(st.tuples(st.sampled_from(DOCUMENTS), st.sampled_from(DOCUMENTS)), max_size=2),
    ),
    min_size=2,
    max_size=5,
)


def _when(day: int) -> When:
    real = date(2020, 12, 1) + timedelta(days=day)
    return When(real, real, Precision.DAY, None, Basis.STATED)


def _to_facts(name: str, published: int, written: list[dict[str, Any]]) -> Facts:
    article = Article(name, 0, None, None, "Paper", None, "en", _when(published), (Span(0, 1),))
    claims = tuple(
        Claim(
            id=f"c-{name}-{number}", document=name, article=0, type=slots["type"],
            stage=Stage.SIGNED if slots["type"] is ClaimType.AGREEMENT else None,
            plover=Plover.COOPERATE, actors=tuple(Actor(code, Role.BOTH) for code in slots["codes"]),
            agents=(), subject=slots["subject"], place=(),
            when=None if slots["day"] is None else _when(slots["day"]), status=slots["status"],
            attributed_to=None, via=(), recurrence=None, quantities=(),
            evidence=Span(100 * number, 100 * number + len(slots["quote"])), quote=slots["quote"], confidence=0.5,
        )
        for number, slots in enumerate(written)
    )  # fmt: skip
    document = Document(name, "text/plain", name, "x" * 1000)
    return Facts(name, "/", name, document, (article,), claims)


def _order(pairs: list[tuple[str, str]], documents: set[str]) -> list[Reprint]:
    """Reprints of later documents by the alphabet, each of one other."""
    originals = {max(pair): min(pair) for pair in pairs if pair[0] != pair[1] and {*pair} <= documents}
    return [Reprint(copy, 0, original, 0) for copy, original in sorted(originals.items())]


def _read_listing(path: Path) -> list[list[Any]]:
    """The listing with places for positions, which leave room."""
    with closing(sqlite3.connect(path)) as raw:
        events = raw.execute("SELECT * FROM listing ORDER BY position").fetchall()
        place = {row[0]: at for at, row in enumerate(events)}
        terms = raw.execute("SELECT kind, term, position FROM listing_terms").fetchall()
        counts = raw.execute("SELECT * FROM listing_counts ORDER BY 1, 2").fetchall()
    return [
        [row[1:] for row in events],
        sorted((kind, term, place[position]) for kind, term, position in terms),
        counts,
    ]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, joined=st.booleans(), neighbours=st.integers(1, 4))
def test_in_part_as_in_whole(
    steps: Any, joined: bool, neighbours: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    constraints = (
        Constraints((("c-a-0", "c-b-0"), ("c-b-0", "c-c-1")), (("c-a-1", "c-d-0"), ("c-b-1", "c-c-1")))
        if joined
        else Constraints()
    )
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    with pytest.MonkeyPatch.context() as patch, open_ledger(path) as ledger:
        patch.setattr("foedus.matching.blocks.NEIGHBOURS", neighbours)
        patch.setattr("foedus.matching.rematching.NEIGHBOURS", neighbours)
        current: dict[str, Facts] = {}
        for number, (versions, pairs) in enumerate(steps):
            batch = [_to_facts(*version) for version in versions]
            current |= {facts.name: facts for facts in batch}
            after = _order(pairs, {*current})
            ledger.write_facts(batch, version=str(number))
            assert not ledger.is_matched()
            with ledger.rematching() as shelf:
                before = shelf.load_reprints({(name, 0) for name in DOCUMENTS})
                shelf.rack.replace_reprints({*before}, {*after})
                moved = find_moved(before, after, shelf.documents)
                found = rematch(shelf, shelf.due.keys(), moved=moved, constraints=constraints)
                shelf.replace(found.claims, found.events, found.conflicts, changed=shelf.due.keys())
            assert ledger.is_matched()
            claims = [claim for facts in current.values() for claim in facts.claims]
            articles = [article for facts in current.values() for article in facts.articles]
            events, conflicts = match_claims(claims, articles, after, constraints)
            assert sorted(ledger.iter_events(), key=lambda event: event.id) == list(events)
            assert sorted(ledger.iter_conflicts(), key=lambda conflict: conflict.id) == list(conflicts)
            with sqlite3.connect(path) as raw:
                rows = raw.execute("SELECT key, day, claim_id FROM blocks ORDER BY 1, 2, 3").fetchall()
            assert rows == find_rows(claims, articles)
        listed = _read_listing(path)
        ledger.write_derived(Derived(tuple(after), events, conflicts, tuple(rows)))
        assert _read_listing(path) == listed
