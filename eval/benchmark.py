"""Run a public benchmark: ``python eval/benchmark.py NAME [--part dev] [--folder ../shared/benchmarks]``.

NAME is one that an adapter stands for in this folder (``timex``, ``pubdate``, ``boilerplate``, ``reprints``,
``events``): a module of that name with a function ``predict``. Answers are taken out by the benchmarks' own
``inputs.py`` before the adapter sees a record, and the predictions are scored by their own ``score.py``.
"""

import argparse
import importlib
import inspect
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_FOLDER = _HERE.parent.parent / "shared" / "benchmarks"


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict, score, print the figures; the scorer's exit status, or 2 without the benchmark's files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name")
    parser.add_argument("--part", default="dev", help="which file of the benchmark")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where the benchmarks lie")
    options = parser.parse_args(arguments)
    home = options.folder / options.name
    gold = home / f"{options.part}.jsonl"
    if not gold.is_file():
        sys.stderr.write(f"no {gold}: the public benchmarks are not part of the repository\n")
        return 2
    sys.path.insert(0, str(_HERE))
    predict = importlib.import_module(options.name).predict
    inputs = _run(options.folder / "inputs.py", options.name, gold)
    records = [json.loads(line) for line in inputs.splitlines()]
    takes_folder = "folder" in inspect.signature(predict).parameters
    found = predict(records, home) if takes_folder else predict(records)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for prediction in found:
            file.write(json.dumps(prediction, ensure_ascii=False) + "\n")
        file.flush()
        sys.stdout.write(_run(home / "score.py", gold, Path(file.name)))
    return 0


def _run(script: Path, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
