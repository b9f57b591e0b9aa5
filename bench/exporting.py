"""Exporting claims against a bare dump of the same rows: ``python bench/exporting.py [--repeats N] [--claims N]``.

The claims are made up, or those of a ledger that is there: ``--ledger FILE``. The dump is ``json.dumps`` of a dict a
row from a bare ``SELECT`` through ``sqlite3``, the rows in the same order: no values are checked, put together or
corrected by what people judged.
"""

import argparse
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from foedus.export import pick_format, write_whole
from foedus.ledger import open_ledger
from foedus.views.interchange import list_claims
from foedus.views.shapes import Records
from made_ledgers import make_ledger
from timing import DEFAULT_REPEATS, Race, format_races, race

DEFAULT_CLAIMS = 20_000

_SELECT = (
    "SELECT documents.name, claims.* FROM claims JOIN documents ON documents.id = claims.document_id "
    "ORDER BY documents.name, claims.article, claims.position"
)


def measure(repeats: int, claims: int = DEFAULT_CLAIMS, ledger: Path | None = None) -> Race:
    """Export the claims of a made-up ledger, or of one that is there, and dump their rows."""
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        path = ledger or Path(place, "l.db")
        if ledger is None:
            make_ledger(path, claims, is_matched=False)
        chosen = pick_format(Records)

        def export() -> None:
            with open_ledger(path, write=False) as ledger, write_whole(Path(place, "claims.jsonl")) as out:
                chosen.write(list_claims(ledger), out)

        def dump() -> None:
            connection = sqlite3.connect(path)
            connection.row_factory = sqlite3.Row
            with Path(place, "rows.jsonl").open("w", encoding="utf-8") as out:
                for row in connection.execute(_SELECT):
                    out.write(json.dumps(dict(row), ensure_ascii=False))
                    out.write("\n")
            connection.close()

        return race(
            f"exporting {f'the claims of {ledger.name}' if ledger else f'{claims:,} claims'} as JSON Lines",
            export,
            ("a dict a row of a bare SELECT, as JSON Lines", dump),
            repeats=repeats,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=DEFAULT_REPEATS, help="rounds that are measured")
    parser.add_argument("--claims", type=int, default=DEFAULT_CLAIMS, help="claims to export")
    parser.add_argument("--ledger", type=Path, help="export the claims of this one")
    asked = parser.parse_args(arguments)
    print(format_races([measure(asked.repeats, asked.claims, asked.ledger)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
