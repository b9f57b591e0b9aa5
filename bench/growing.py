"""Adding one document to a large ledger against coding it alone: ``bench/growing.py [--repeats N] [--claims N]``.

The ledger is of claims made up, each in a document of its own, and is matched; each round adds another article and
matches what it bears on. Models are loaded before. Finding the document, comparing it with what the ledger knows,
storing, matching and the search for copies are all in the figure.
"""

import argparse
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import foedus
from foedus.config import Settings
from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.engine.steps import code_input
from inputs import make_variants
from made_ledgers import make_ledger
from timing import DEFAULT_REPEATS, Race, format_races, race

DEFAULT_CLAIMS = 10_000


def measure(repeats: int, claims: int = DEFAULT_CLAIMS) -> Race:
    """Add a document, and code the same one without a ledger."""
    kit = load_kit(KitOrder(None, Settings().max_bytes))
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        path = Path(place, "l.db")
        make_ledger(path, claims, version=kit.version)
        articles = [(f"{name}", text.encode()) for name, text in make_variants(2 * (repeats + 1))]
        # Each side gets the same articles, and Foedus none twice.
        adding, coding = count(), count()

        def add() -> None:
            name, data = articles[next(adding)]
            file = Path(place, name)
            file.write_bytes(data)
            report = foedus.build(file, ledger=path, jobs=1).report
            if report is None or report.new != 1:
                raise SystemExit(f"{name} was not added")

        def code() -> None:
            name, data = articles[next(coding)]
            code_input(Input(name, "/in", Path()), data, kit)

        return race(
            f"adding a document to a ledger of {claims:,} documents, matching included",
            add,
            ("coding it alone", code),
            repeats=repeats,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=DEFAULT_REPEATS, help="rounds that are measured")
    parser.add_argument(
        "--claims", type=int, default=DEFAULT_CLAIMS, help="documents in the ledger, a claim each"
    )
    asked = parser.parse_args(arguments)
    print(format_races([measure(asked.repeats, asked.claims)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
