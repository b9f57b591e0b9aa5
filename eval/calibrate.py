"""How far the confidence of claims can be believed, and what would mend it.

    python eval/calibrate.py [SET...]

A claim is right where the gold's scorer matches it. Prints, by confidence, how many are right; then for each
set the calibration error (ten bins) and the Brier skill as they are, and after a correction fitted on the
other sets alone:

    probability = 1 / (1 + exp(-(scale * log(confidence / (1 - confidence)) + shift)))

Last the numbers for `SCALE` and `SHIFT` of ``foedus.coder.decide``, fitted on all sets: the correction that is
there and the one that is still wanted, as one.

Source: Platt, "Probabilistic outputs for support vector machines" (1999), on log-odds.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from figures import MeasureError, format_table, run_program
from foedus.coder.decide import SCALE, SHIFT
from gold import SCORER, GoldSet, export_apart, pick_sets

_BINS = 10
_EVERYTHING = 1_000_000
_SPURIOUS = re.compile(r"^spurious (\S+) ", re.MULTILINE)
_FLOOR = 0.005
_RIDGE = 1.0  # pulls towards "as it is", as two claims would; a set has at least a hundred
_STEPS = 50

Column = NDArray[np.float64]


def load_outcomes(one: GoldSet, exports: Path) -> tuple[Column, Column]:
    """Confidence of each exported claim of the gold's documents, and whether it is right (0 or 1).

    Raises:
        MeasureError: The scorer refuses them.
    """
    said = run_program(SCORER, one.gold, exports, "--texts", one.texts, "--misses", str(_EVERYTHING))
    wrong = set(_SPURIOUS.findall(said.decode()))
    documents = {record["document"] for record in _load_lines(one.gold / "claims.jsonl")}
    if (one.gold / "articles.jsonl").exists():
        documents |= {record["document"] for record in _load_lines(one.gold / "articles.jsonl")}
    claims = [claim for claim in _load_lines(exports / "claims.jsonl") if claim["document"] in documents]
    confidence = np.array([claim["confidence"] for claim in claims], dtype=float)
    return confidence, np.array([claim["id"] not in wrong for claim in claims], dtype=float)


def _load_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def fit_correction(said: Column, right: Column) -> tuple[float, float]:
    """Scale and shift of the log-odds that make the outcomes likeliest."""
    odds = _to_odds(said)
    table = np.stack([odds, np.ones_like(odds)], axis=1)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(_STEPS):
        shares = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - shares) - _RIDGE * (weights - start)
        bend = (table * (shares * (1 - shares))[:, None]).T @ table + _RIDGE * np.eye(2)
        weights = weights + np.linalg.solve(bend, slope)
    return float(weights[0]), float(weights[1])


def join_corrections(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    """The one correction that does what two do, one after the other."""
    return then[0] * first[0], then[0] * first[1] + then[1]


def correct(said: Column, scale: float, shift: float) -> Column:
    """Probabilities after the correction."""
    corrected: Column = 1 / (1 + np.exp(-(scale * _to_odds(said) + shift)))
    return corrected


def _to_odds(said: Column) -> Column:
    kept = np.clip(said, _FLOOR, 1 - _FLOOR)
    odds: Column = np.log(kept / (1 - kept))
    return odds


def measure_error(said: Column, right: Column) -> float:
    """Expected calibration error over ten bins of equal width."""
    total = 0.0
    for inside in iter_bins(said):
        if inside.any():
            total += inside.mean() * abs(said[inside].mean() - right[inside].mean())
    return float(total)


def measure_skill(said: Column, right: Column) -> float:
    """1 less the Brier score over that of the share of right claims said for each."""
    base = right.mean()
    return float(1 - ((said - right) ** 2).mean() / (base * (1 - base)))


def iter_bins(said: Column) -> list[NDArray[np.bool_]]:
    """Which claims lie in each bin, the least sure first."""
    places = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return [places == place for place in range(_BINS)]


def format_reliability(said: Column, right: Column) -> str:
    """One row a bin that holds claims."""
    rows = [
        (
            f"{place / _BINS:.1f} to {(place + 1) / _BINS:.1f}",
            str(int(inside.sum())),
            f"{said[inside].mean():.3f}",
            f"{right[inside].mean():.3f}",
        )
        for place, inside in enumerate(iter_bins(said))
        if inside.any()
    ]
    return format_table(("confidence", "claims", "mean said", "share right"), rows)


def format_corrections(outcomes: Mapping[str, tuple[Column, Column]]) -> str:
    """One row a set: as it is, and corrected by what the other sets say."""
    rows = []
    for name, (said, right) in outcomes.items():
        others = [both for other, both in outcomes.items() if other != name]
        row = [name, str(len(said)), f"{right.mean():.3f}", f"{said.mean():.3f}"]
        row += [f"{measure_error(said, right):.3f}", f"{measure_skill(said, right):.3f}"]
        if others:
            fitted = correct(said, *fit_correction(*map(np.concatenate, zip(*others, strict=True))))
            row += [f"{measure_error(fitted, right):.3f}", f"{measure_skill(fitted, right):.3f}"]
        else:
            row += ["-", "-"]
        rows.append(row)
    return format_table(
        ("set", "claims", "right", "said", "error", "skill", "error, corrected", "skill, corrected"), rows
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; exit status 2 where a set cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help="as in gold.py")
    chosen = parser.parse_args(arguments)
    try:
        sets = pick_sets(chosen.sets)
        if not sets:
            return 0
        with tempfile.TemporaryDirectory(prefix="foedus-calibrate-") as name:
            folder = Path(name)
            export_apart(sets, folder)
            outcomes = {one.name: load_outcomes(one, folder / one.name) for one in sets}
    except MeasureError as error:
        print(f"calibrate.py: {error}", file=sys.stderr)
        return 2
    said, right = map(np.concatenate, zip(*outcomes.values(), strict=True))
    print(format_reliability(said, right))
    print()
    print(format_corrections(outcomes))
    scale, shift = join_corrections((SCALE, SHIFT), fit_correction(said, right))
    print(f"\nSCALE {scale:.3f}\nSHIFT {shift:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
