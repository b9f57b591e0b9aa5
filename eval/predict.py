"""Predictions for a public benchmark: ``python eval/predict.py NAME INPUT.jsonl OUTPUT.jsonl``.

INPUT holds records without answers, OUTPUT gets one prediction a record; their form is the benchmark's.
Pages that records name are looked for beside INPUT, then in ``../shared/benchmarks/NAME``; with `--folder`
only there.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import SHARED, MeasureError

BENCHMARK_FOLDER = SHARED / "benchmarks"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A public benchmark that Foedus does.

    Attributes:
        name: Name of its folder, and of the module here whose `predict` does it.
        has_pages: Whether its records name files.
    """

    name: str
    has_pages: bool = False


BENCHMARKS = (
    Benchmark("boilerplate", has_pages=True),
    Benchmark("contradiction"),
    Benchmark("entities"),
    Benchmark("events"),
    Benchmark("gsr"),
    Benchmark("modality"),
    Benchmark("plover"),
    Benchmark("pubdate", has_pages=True),
    Benchmark("quotes"),
    Benchmark("reprints"),
    Benchmark("timex"),
)


def predict(name: str, records: Sequence[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """Predictions for the records of a benchmark, in their order.

    Args:
        name: One of `BENCHMARKS`.
        records: Inputs as the benchmark gives them.
        folder: The folder that files are relative to.

    Raises:
        MeasureError: Foedus does not do this benchmark.
    """
    benchmark = pick_benchmark(name)
    adapter = importlib.import_module(name)
    found = adapter.predict(records, folder) if benchmark.has_pages else adapter.predict(records)
    yield from found


def pick_benchmark(name: str) -> Benchmark:
    """The benchmark of a name.

    Raises:
        MeasureError: Foedus does not do it.
    """
    for benchmark in BENCHMARKS:
        if benchmark.name == name:
            return benchmark
    names = ", ".join(benchmark.name for benchmark in BENCHMARKS)
    raise MeasureError(f'"{name}" is not done; choose from {names}')


def load_records(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON Lines file.

    Raises:
        MeasureError: The file cannot be read, or a line of it is no object with an ``id``.
    """
    try:
        # Not `splitlines`: a text may hold line separators that JSON leaves as they are.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MeasureError(f"{path} cannot be read: {error}") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise MeasureError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(record, dict) or "id" not in record:
            raise MeasureError(f'{path}:{number}: not an object with an "id"')
        records.append(record)
    return records


def find_folder(name: str, records: Sequence[dict[str, Any]], beside: Path) -> Path:
    """The folder whose files the records name: that of the input, else that of the benchmark."""
    files = [record["file"] for record in records if "file" in record]
    return beside if files and (beside / files[0]).is_file() else BENCHMARK_FOLDER / name


def write_predictions(name: str, source: Path, target: Path, folder: Path | None = None) -> int:
    """Predict what `source` asks and write it to `target`; gives the number of predictions.

    Raises:
        MeasureError: The benchmark, the input or a page of it cannot be used.
    """
    pick_benchmark(name)
    records = load_records(source)
    home = folder or find_folder(name, records, source.resolve().parent)
    count = 0
    try:
        with target.open("w", encoding="utf-8") as file:
            for count, prediction in enumerate(predict(name, records, home), start=1):  # noqa: B007
                file.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    except OSError as error:
        raise MeasureError(str(error)) from error
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict and write; exit status 2 and one line where something cannot be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("name", metavar="NAME", help=", ".join(benchmark.name for benchmark in BENCHMARKS))
    parser.add_argument("input", type=Path, metavar="INPUT.jsonl")
    parser.add_argument("output", type=Path, metavar="OUTPUT.jsonl")
    parser.add_argument("--folder", type=Path, help="the folder that files of records are relative to")
    chosen = parser.parse_args(arguments)
    try:
        count = write_predictions(chosen.name, chosen.input, chosen.output, chosen.folder)
    except MeasureError as error:
        print(f"predict.py: {error}", file=sys.stderr)
        return 2
    print(f"{count} predictions", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
