"""Run a public benchmark: ``python eval/benchmark.py NAME [--part dev] [--folder ../shared/benchmarks]``.

Answers are taken out by the benchmarks' own ``inputs.py`` before `predict` sees a record, and the predictions
are scored by their own ``score.py``.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from figures import MeasureError, run_program
from predict import BENCHMARK_FOLDER, BENCHMARKS, write_predictions


def score_benchmark(name: str, *, part: str = "dev", folder: Path = BENCHMARK_FOLDER) -> str:
    """What the benchmark's scorer prints of Foedus, one figure a line.

    Args:
        name: One of `predict.BENCHMARKS`.
        part: Which of its labelled files.
        folder: Where the benchmarks lie.

    Raises:
        MeasureError: Foedus does not do this benchmark, or its files are missing or cannot be used.
    """
    home = folder / name
    labelled = home / f"{part}.jsonl"
    if not labelled.is_file():
        raise MeasureError(f"no {labelled}: the public benchmarks are not part of the repository")
    with tempfile.TemporaryDirectory(prefix="foedus-eval-") as place:
        asked, said = Path(place, "input.jsonl"), Path(place, "predictions.jsonl")
        asked.write_bytes(run_program(folder / "inputs.py", name, labelled))
        write_predictions(name, asked, said, home)
        return run_program(home / "score.py", labelled, said).decode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict, score, print the figures; exit status 2 where something cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help=", ".join(benchmark.name for benchmark in BENCHMARKS))
    parser.add_argument("--part", default="dev", help="which file of the benchmark")
    parser.add_argument("--folder", type=Path, default=BENCHMARK_FOLDER, help="where the benchmarks lie")
    chosen = parser.parse_args(arguments)
    try:
        sys.stdout.write(score_benchmark(chosen.name, part=chosen.part, folder=chosen.folder))
    except MeasureError as error:
        print(f"benchmark.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
