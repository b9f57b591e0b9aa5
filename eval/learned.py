"""Models that only a benchmark needs: fitted on its training file when first asked for, kept under ``out/``.

Such a model stands on top of what the product finds and maps it to the benchmark's labels. It is no part of the
product, and its training file no part of the repository; where that file is missing the product answers alone.
"""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import joblib

from figures import ROOT, make_fingerprint
from predict import BENCHMARK_FOLDER, load_records

CACHE = ROOT / "out" / "learned"


def load_learned(
    name: str,
    fit: Callable[[list[dict[str, Any]]], Any],
    *,
    folder: Path = BENCHMARK_FOLDER,
    cache: Path = CACHE,
) -> Any:
    """A model that `fit` makes of a benchmark's training records; None, with a warning, where they are not there.

    Args:
        name: Name of the benchmark, and of the module here that the model is of.
        fit: Gives the model; the same for the same records.
        folder: Where the benchmarks lie.
        cache: Where fitted models are kept, by the hash of the file, of the product and of the adapter.
    """
    train = folder / name / "train.jsonl"
    if not train.is_file():
        print(f"{name}: no {train}: predictions are the product's alone", file=sys.stderr)
        return None
    sources = [ROOT / "src" / "foedus", *(Path(__file__).with_name(f"{one}.py") for one in (name, "reading"))]
    key = sha256(f"{make_fingerprint([train])} {make_fingerprint(_iter_code(sources))}".encode()).hexdigest()
    kept = cache / f"{name}-{key[:24]}.joblib"
    if kept.is_file():
        return joblib.load(kept)
    model = fit(load_records(train))
    cache.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, kept)
    return model


def _iter_code(sources: list[Path]) -> list[Path]:
    """The files that decide what a model is: no byte code."""
    return [
        path
        for source in sources
        for path in ([source] if source.is_file() else sorted(source.rglob("*")))
        if path.is_file() and path.suffix != ".pyc"
    ]
