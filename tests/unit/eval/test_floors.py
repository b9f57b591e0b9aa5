"""Floors: what breaks them, and what moves them."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def floors(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("figures", "floors"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("floors")


def make(floors: ModuleType, fingerprint: str = "a", **kept: float) -> Any:
    return floors.Floors({"seeds": floors.SetFloors(fingerprint, kept)})


def result(floors: ModuleType, fingerprint: str = "a", **figures: float | None) -> dict[str, Any]:
    return {"seeds": floors.Result(fingerprint, figures)}


@pytest.mark.parametrize(
    ("value", "fingerprint", "verdict"),
    [
        (0.5, "a", "HELD"),
        (0.51, "a", "HELD"),
        (0.4999, "a", "BROKEN"),
        (None, "a", "BROKEN"),
        (0.9, "b", "CHANGED"),
    ],
)
def test_verdict(floors: ModuleType, value: float | None, fingerprint: str, verdict: str) -> None:
    rows = list(floors.judge(result(floors, fingerprint, f1=value), make(floors, f1=0.5)))
    assert [row.verdict.name for row in rows] == [verdict]
    assert bool(floors.find_broken(rows)) is (verdict != "HELD")


def test_figure_without_a_floor_breaks_nothing(floors: ModuleType) -> None:
    (row,) = floors.judge(result(floors, f1=0.5, events=None), floors.Floors())
    assert (row.verdict.name, floors.find_broken([row])) == ("NEW", [])


def test_floor_whose_figure_is_no_longer_measured_is_broken(floors: ModuleType) -> None:
    rows = list(floors.judge(result(floors, f1=0.6), make(floors, f1=0.5, gone=0.5)))
    assert [(row.figure, row.verdict.name) for row in rows] == [("f1", "HELD"), ("gone", "BROKEN")]


def test_raising_lifts_and_never_sinks(floors: ModuleType) -> None:
    raised = floors.raise_floors(make(floors, up=0.5, down=0.5), result(floors, up=0.7, down=0.4, new=0.3))
    assert raised.sets["seeds"].floors == {"up": 0.695, "down": 0.5, "new": 0.295}
    assert raised.lowered == ()


def test_raising_leaves_a_changed_set_alone(floors: ModuleType) -> None:
    kept = make(floors, f1=0.5)
    assert floors.raise_floors(kept, result(floors, "b", f1=0.9)) == kept


def test_raised_floors_hold(floors: ModuleType) -> None:
    found = result(floors, f1=0.8765, skill=-0.1)
    raised = floors.raise_floors(floors.Floors(), found)
    assert raised.sets["seeds"].floors == {"f1": 0.871}
    assert not floors.find_broken(list(floors.judge(found, raised)))


def test_lowering_takes_down_only_what_is_broken_and_keeps_the_reason(floors: ModuleType) -> None:
    lowered = floors.lower_floors(
        make(floors, broken=0.5, held=0.5, gone=0.5), result(floors, broken=0.4, held=0.9), "a good reason"
    )
    assert lowered.sets["seeds"].floors == {"broken": 0.395, "held": 0.5}
    assert [(entry.figure, entry.before, entry.after, entry.reason) for entry in lowered.lowered] == [
        ("broken", 0.5, 0.395, "a good reason"),
        ("gone", 0.5, None, "a good reason"),
    ]


def test_lowering_sets_the_floors_of_a_changed_set_anew(floors: ModuleType) -> None:
    found = result(floors, "b", f1=0.4, date=0.9)
    lowered = floors.lower_floors(make(floors, f1=0.5, date=0.8), found, "twelve articles more")
    assert lowered.sets["seeds"] == floors.SetFloors("b", {"f1": 0.395, "date": 0.895})
    assert [entry.figure for entry in lowered.lowered] == ["f1"]
    assert not floors.find_broken(list(floors.judge(found, lowered)))


def test_floors_come_back_from_their_file(floors: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    kept = floors.lower_floors(make(floors, f1=0.5), result(floors, f1=0.4), "for a test")
    assert floors.Floors.load(path) == floors.Floors()
    kept.write(path)
    assert floors.Floors.load(path) == kept


@pytest.mark.parametrize(
    "text", ["", "[]", '{"sets": {}}', '{"sets": {"a": {"fingerprint": ""}}, "lowered": []}']
)
def test_malformed_file_is_refused(floors: ModuleType, tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(sys.modules["figures"].MeasureError, match=r"floors\.json is malformed"):
        floors.Floors.load(path)


def test_the_projects_floors_name_sets_that_are_measured(
    floors: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("benchmark", "gold", "predict", "run"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    run = importlib.import_module("run")
    kept = floors.Floors.load(run.FLOORS)
    figures = {one.name: set(one.figures) for one in run.MEASURES}
    assert kept.sets
    for name, one in kept.sets.items():
        assert set(one.floors) <= figures[name]
