"""The run against the floors, with measures made for the test."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("benchmark", "figures", "floors", "gold", "predict", "run"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("run")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A gold file and the file of the floors."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}")
    return gold, tmp_path / "floors.json"


def call(run: ModuleType, files: tuple[Path, Path], value: float, *arguments: str) -> int:
    gold, floors = files
    measure = run.Measure("mine", ("f1",), (gold,), lambda: {"f1": value, "more": 1.0})
    status: int = run.main([*arguments, "--floors", str(floors)], measures=(measure,))
    return status


def load(files: tuple[Path, Path]) -> Any:
    return json.loads(files[1].read_text())


def test_floor_is_set_held_broken_and_lowered(
    run: ModuleType, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(run, files, 0.8) == 0
    assert not files[1].exists()
    assert call(run, files, 0.8, "--raise") == 0
    assert call(run, files, 0.8) == 0
    assert call(run, files, 0.7) == 1
    assert "BROKEN" in capsys.readouterr().out
    assert call(run, files, 0.7, "--raise") == 1
    assert call(run, files, 0.7, "--lower", "the set was too easy") == 0
    assert load(files)["lowered"] == [
        {"set": "mine", "figure": "f1", "before": 0.795, "after": 0.695, "reason": "the set was too easy"}
    ]


def test_changed_set_needs_a_reason(run: ModuleType, files: tuple[Path, Path]) -> None:
    call(run, files, 0.8, "--raise")
    files[0].write_text("{ }")
    assert call(run, files, 0.9) == 1
    assert call(run, files, 0.9, "--raise") == 1
    assert call(run, files, 0.9, "--lower", "a blank more") == 0
    assert call(run, files, 0.9) == 0


def test_missing_set_is_skipped_and_told(
    run: ModuleType, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    call(run, files, 0.8, "--raise")
    files[0].unlink()
    capsys.readouterr()
    assert call(run, files, 0.1) == 0
    assert "mine: skipped" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["other"], ["--lower", " "]])
def test_wrong_use_is_refused(run: ModuleType, files: tuple[Path, Path], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call(run, files, 0.8, *arguments)
    assert stop.value.code == 2


def test_every_benchmark_that_is_done_is_measured(run: ModuleType) -> None:
    names = [one.name for one in run.MEASURES]
    assert len(names) == len(set(names))
    assert {benchmark.name for benchmark in sys.modules["predict"].BENCHMARKS} < set(names)
