"""Calibration, on outcomes made for the test."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def calibrate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("calibrate", "figures", "gold"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("calibrate")


def outcomes(said: float, right: int, of: int) -> tuple[list[float], list[float]]:
    return [said] * of, [1.0] * right + [0.0] * (of - right)


def test_error_is_nothing_where_what_is_said_is_so(calibrate: ModuleType) -> None:
    said, right = map(np.array, outcomes(0.75, 3, 4))
    assert calibrate.measure_error(said, right) == pytest.approx(0.0)
    assert calibrate.measure_error(np.array([0.95] * 4), right) == pytest.approx(0.2)


def test_skill_of_the_share_itself_is_nothing(calibrate: ModuleType) -> None:
    said, right = map(np.array, outcomes(0.75, 3, 4))
    assert calibrate.measure_skill(said, right) == pytest.approx(0.0)
    assert calibrate.measure_skill(right, right) == pytest.approx(1.0)


def test_certainty_has_a_bin(calibrate: ModuleType) -> None:
    bins = calibrate.iter_bins(np.array([0.0, 0.05, 0.1, 1.0]))
    assert [int(inside.sum()) for inside in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_fit_finds_the_correction_that_spoilt_the_confidence(calibrate: ModuleType) -> None:
    true = np.repeat(np.linspace(0.05, 0.95, 19), 2000)
    right = np.concatenate([np.arange(2000) < round(2000 * share) for share in np.linspace(0.05, 0.95, 19)])
    # Twice as sure as it should be, and too hopeful besides.
    said = 1 / (1 + np.exp(-(2 * np.log(true / (1 - true)) + 0.5)))
    scale, shift = calibrate.fit_correction(said, right.astype(float))
    assert scale == pytest.approx(0.5, abs=0.02)
    assert shift == pytest.approx(-0.25, abs=0.02)
    mended = calibrate.correct(said, scale, shift)
    assert calibrate.measure_error(mended, right) < 0.01 < calibrate.measure_error(said, right)


def test_two_corrections_are_one(calibrate: ModuleType) -> None:
    said = np.array([0.2, 0.5, 0.9])
    twice = calibrate.correct(calibrate.correct(said, 0.6, -0.5), 1.2, 0.3)
    once = calibrate.correct(said, *calibrate.join_corrections((0.6, -0.5), (1.2, 0.3)))
    assert once == pytest.approx(twice)


def test_few_outcomes_move_little(calibrate: ModuleType) -> None:
    scale, shift = calibrate.fit_correction(np.array([0.6]), np.array([0.0]))
    assert (scale, shift) == (pytest.approx(1.0, abs=0.5), pytest.approx(0.0, abs=0.7))
    assert shift < 0
