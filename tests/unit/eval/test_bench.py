"""What the programs of ``bench`` share."""

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
