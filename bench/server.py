"""A build on a PostgreSQL server against one in a file: ``python bench/server.py ADDRESS [--repeats N]``.

ADDRESS is of a database that this may make schemas in; they are left there. One worker; what the server's own
processes take is not counted.
"""

import argparse
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import psycopg

import foedus
from inputs import SAMPLE, make_variants
from timing import Race, format_races, race


def measure(address: str, repeats: int) -> list[Race]:
    """Build ledgers of the sample and of 100 changed copies of its texts."""
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        variants = Path(place, "variants")
        variants.mkdir()
        for name, text in make_variants(100):
            (variants / name).write_text(text, encoding="utf-8")
        rounds = count()

        def build_there(folder: Path) -> None:
            name = f"bench{next(rounds)}"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
                connection.execute(f"CREATE SCHEMA {name}")
            mark = "&" if "?" in address else "?"
            foedus.build(folder, ledger=f"{address}{mark}options=-csearch_path%3D{name}", jobs=1)

        def build_here(folder: Path) -> None:
            foedus.build(folder, ledger=Path(place, f"{next(rounds)}.db"), jobs=1)

        def set_apart(what: str, folder: Path) -> Race:
            return race(
                f"building a ledger of {what} on PostgreSQL",
                lambda: build_there(folder),
                ("in a file", lambda: build_here(folder)),
                repeats=repeats,
            )

        return [set_apart("the sample", SAMPLE), set_apart("100 documents", variants)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("address", help="of a database")
    parser.add_argument("--repeats", type=int, default=2, help="rounds that are measured")
    given = parser.parse_args(arguments)
    print(format_races(measure(given.address, given.repeats)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
