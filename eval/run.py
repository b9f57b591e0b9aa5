"""Measure all that has a floor, and compare: ``python eval/run.py [SET...]``, or ``make eval``.

Floors stand in ``floors.json``, those of a set with the fingerprint of its files. Exit status 1 where a
figure lies below its floor, or a set is not the one that its floors belong to.

    python eval/run.py --raise             lift floors to what is measured, less a margin; set missing ones
    python eval/run.py --lower "REASON"    take broken ones down, and set those of changed sets anew
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import gold
import pages
from benchmark import score_benchmark
from figures import (
    ROOT,
    SHARED,
    Figures,
    MeasureError,
    format_figure,
    format_table,
    make_fingerprint,
    parse_figures,
    run_scorer,
)
from floors import Floors, Result, Row, find_broken, judge, lower_floors, raise_floors

FLOORS = Path(__file__).with_name("floors.json")

LEDGER_FIGURES = (
    "articles segmentation F1",
    "articles published accuracy",
    "articles main-text character F1",
    "detection F1",
    "detection F1 whatever the type",
    "events B-cubed F1",
    "confidence Brier skill",
    "ledger score",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is measured on one set.

    Attributes:
        name: Name of the set, as in the floors.
        figures: Those that are shown and may have a floor; more is better in each.
        files: What they depend on besides the program; where one is missing the set is skipped.
        measure: Gives them, and others.
    """

    name: str
    figures: tuple[str, ...]
    files: tuple[Path, ...]
    measure: Callable[[], Figures]


def measure_ledger(one: gold.GoldSet) -> Figures:
    """The whole way, from the documents of a gold set to its ledger."""
    return gold.score_sets([one])[one.name]


def measure_benchmark(name: str) -> Figures:
    """A public benchmark's figures on its development part."""
    return parse_figures(score_benchmark(name))


def measure_matching(one: gold.GoldSet) -> Figures:
    """Events and conflicts that come out of a set's own, perfect claims."""
    with tempfile.TemporaryDirectory(prefix="foedus-eval-") as place:
        return run_scorer(ROOT / "eval" / "matching_gold.py", one.gold, "--out", place)


def measure_hard_reprints() -> Figures:
    """Reprints among our own stories, edited."""
    return run_scorer(ROOT / "eval" / "reprints_hard.py")


def _make_ledger_measure(one: gold.GoldSet) -> Measure:
    files = (gold.SCORER, one.gold / "claims.jsonl", *one.files)
    return Measure(one.name, LEDGER_FIGURES, tuple(dict.fromkeys(files)), partial(measure_ledger, one))


def _make_benchmark_measure(name: str, *figures: str) -> Measure:
    return Measure(name, figures, _list_benchmark_files(name), partial(measure_benchmark, name))


def _make_page_measure(name: str, *figures: str) -> Measure:
    return Measure(name, figures, _list_benchmark_files(name, "pages"), pages.MEASURES[name])


def _list_benchmark_files(name: str, *others: str) -> tuple[Path, ...]:
    return tuple(SHARED / "benchmarks" / name / file for file in ("dev.jsonl", "score.py", *others))


_SEEDS = gold.SETS[0]
_MATCHED = tuple(_SEEDS.gold / f"{kind}.jsonl" for kind in gold.KINDS)

MEASURES = (
    *map(_make_ledger_measure, gold.SETS),
    Measure(
        "matching-seeds",
        ("events B-cubed F1", "conflicts F1"),
        (gold.SCORER, *_MATCHED),
        partial(measure_matching, _SEEDS),
    ),
    Measure(
        "reprints-hard",
        ("pair_f1", "pair_precision"),
        (ROOT / "eval" / "reprints_hard.yaml",),
        measure_hard_reprints,
    ),
    _make_benchmark_measure("contradiction", "macro_f1"),
    _make_page_measure("boilerplate", "f1", "flat_f1", "lead"),
    _make_benchmark_measure("entities", "strict_f1"),
    _make_benchmark_measure("events", "mention_conll_f1"),
    _make_benchmark_measure("gsr", "triple_f1"),
    _make_benchmark_measure("modality", "mean_pearson_r"),
    _make_benchmark_measure("plover", "root_macro_f1"),
    _make_page_measure("pubdate", "f1", "lead"),
    _make_benchmark_measure("quotes", "attributed_f1"),
    _make_benchmark_measure("reprints", "pair_f1"),
    _make_benchmark_measure("timex", "value_f1", "strict_f1"),
)


def measure_all(measures: Sequence[Measure]) -> dict[str, Result]:
    """The result of each set, times told on standard error; what is missing is told and left out.

    Raises:
        MeasureError: A set that is there cannot be used.
    """
    results: dict[str, Result] = {}
    for one in measures:
        missing = next((path for path in one.files if not path.exists()), None)
        if missing is not None:
            print(f"{one.name}: skipped, no {missing}", file=sys.stderr)
            continue
        started = time.perf_counter()
        figures = one.measure()
        print(f"{one.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
        results[one.name] = Result(
            make_fingerprint(one.files), {figure: figures.get(figure) for figure in one.figures}
        )
    return results


def format_rows(rows: Sequence[Row]) -> str:
    """The table of figures against floors."""
    return format_table(
        ("set", "figure", "measured", "floor", "verdict"),
        (
            (row.set, row.figure, format_figure(row.value), format_figure(row.floor), row.verdict.value)
            for row in rows
        ),
    )


def main(arguments: Sequence[str] | None = None, measures: Sequence[Measure] = MEASURES) -> int:
    """Measure, move floors where asked, print.

    Returns:
        0 where all floors hold, 1 where one is broken or a set changed, 2 where a set cannot be used.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [one.name for one in measures]
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"all unless named: {', '.join(names)}")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to what is measured")
    parser.add_argument("--lower", metavar="REASON", help="take broken floors down, and keep the reason")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of the floors")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.sets if name not in names]
    if unknown:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join(names)}")
    if chosen.lower is not None and not chosen.lower.strip():
        parser.error("--lower wants a reason")
    try:
        floors = Floors.load(chosen.floors)
        results = measure_all([one for one in measures if not chosen.sets or one.name in chosen.sets])
    except MeasureError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    moved = floors
    if chosen.lower is not None:
        moved = lower_floors(moved, results, chosen.lower.strip())
    if chosen.lift:
        moved = raise_floors(moved, results)
    if moved != floors:
        moved.write(chosen.floors)
    rows = list(judge(results, moved))
    if rows:
        print(format_rows(rows))
    return 1 if find_broken(rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
