"""What the programs of ``bench`` share."""

import asyncio
import importlib
import statistics
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[3] / "bench"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(BENCH))

    def load(name: str) -> ModuleType:
        monkeypatch.delitem(sys.modules, name, raising=False)
        return importlib.import_module(name)

    return load


def test_race_takes_turns_after_a_warm_up(load: Callable[[str], ModuleType]) -> None:
    timing = load("timing")
    calls: list[str] = []
    now = 0.0

    def work(name: str, seconds: float) -> None:
        nonlocal now
        calls.append(name)
        now += seconds * len(calls)

    race = timing.race(
        "work", lambda: work("f", 2), ("less", lambda: work("b", 1)), repeats=2, clock=lambda: now
    )
    assert calls == ["f", "b", "f", "b", "f", "b"]
    assert race.foedus_taken == (6.0, 10.0)
    assert race.baseline_taken == (4.0, 6.0)
    assert race.ratio() == 1.5
    assert race.ratio(statistics.median) == pytest.approx(1.6)
    assert timing.format_races([race]).splitlines()[-1] == (
        "| work | 6.00 CPU s | less | 4.00 CPU s | 1.50 | 1.60 | 2 |"
    )


def test_no_rounds_are_refused(load: Callable[[str], ModuleType]) -> None:
    timing = load("timing")
    assert timing.parse_repeats([], "Words.") == timing.DEFAULT_REPEATS
    with pytest.raises(SystemExit):
        timing.parse_repeats(["--repeats", "0"], "Words.")


def test_time_of_children_is_counted(load: Callable[[str], ModuleType]) -> None:
    timing = load("timing")
    started = timing.children_clock()
    assert timing.run_python("import sys\nprint(sum(range(10**6)), sys.argv[1])", "x") == "499999500000 x\n"
    assert timing.children_clock() > started


def test_variants_are_many_and_always_the_same(load: Callable[[str], ModuleType]) -> None:
    inputs = load("inputs")
    texts = len(inputs.list_sample_texts())
    variants = list(inputs.make_variants(2 * texts))
    assert len({name for name, _ in variants}) == len({text for _, text in variants}) == 2 * texts
    assert list(islice(inputs.make_variants(3), 3)) == variants[:3]


def test_page_shows_the_text_as_it_is(load: Callable[[str], ModuleType]) -> None:
    page = load("inputs").make_page("A & B", "one < two\n\nthree").decode()
    assert "<title>A &amp; B</title>" in page
    assert "<p>one &lt; two</p>\n<p>three</p>" in page


def test_claims_made_up_are_always_the_same(load: Callable[[str], ModuleType]) -> None:
    made = load("made_claims")
    claims, articles, event_of = made.make_claims(60, 7)
    assert (claims, articles, event_of) == made.make_claims(60, 7)
    assert len({claim.id for claim in claims}) == 60
    assert [claim.document for claim in claims] == [article.document for article in articles]
    assert len({event_of[claim.id] for claim in claims}) < 60


def test_every_route_of_the_desk_answers_and_is_measured(
    load: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    desk = load("desk")
    path = tmp_path / "foedus.db"
    desk.write_ledger(path, 80, 1)
    application = importlib.import_module("foedus.cli.serve").make_desk(
        ledger=str(path), host="127.0.0.1", token_file=None
    )
    routers = [getattr(route, "original_router", None) for route in application.routes]
    routes = {route.path for router in routers if router for route in router.routes if "GET" in route.methods}
    application.state.desk.close()
    assert routes == {*desk.ROUTES, *desk.LEFT_OUT}
    found = asyncio.run(desk.measure(path, desk.ROUTES, 2, 1))
    assert [taken.route for taken in found] == [*desk.ROUTES]
    assert all(len(taken.wall) == 2 and min(taken.cpu) > 0 for taken in found)


def test_table_of_the_desk_has_no_ratio_to_nothing(load: Callable[[str], ModuleType]) -> None:
    desk = load("desk")
    taken = [
        desk.Taken("/a", (1.0, 3.0), (2.0, 4.0), (1.0, 2.0), 0),
        desk.Taken("/b", (1.0, 1.0), (1.0, 1.0), (0.0, 0.0), 1),
    ]
    assert [*desk.format_taken(taken)][2:] == [
        "| `/a` | 2.0 | 3.0 | 4.0 | 2.0 | 2.0 |  |",
        "| `/b` | 1.0 | 1.0 | 1.0 | 0.0 | – | 1 |",
    ]


@pytest.mark.parametrize(("count", "p95"), [(1, 1), (19, 19), (20, 19), (200, 190)])
def test_p95_is_what_nineteen_of_twenty_do_not_exceed(
    load: Callable[[str], ModuleType], count: int, p95: int
) -> None:
    assert load("desk").pick_p95(range(count, 0, -1)) == p95
