"""`foedus dump` and `foedus load`: a whole ledger to a file and back."""

from typing import Annotated

import typer

from foedus.cli.options import LedgerOption

DUMP_EXAMPLE = "Example: foedus dump -o monitor.jsonl --ledger monitor.db"
LOAD_EXAMPLE = "Example: foedus load monitor.jsonl --ledger new.db"


def dump(
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The file. [default: screen]")
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write a whole ledger as JSON Lines: documents with all that they say, judgements, problems, builds.

    What follows from them (events, conflicts, reprints) is made anew by `foedus load`.
    """
    from foedus.facade import Ledger, make_settings

    made = Ledger(make_settings(ledger=ledger))
    if output is not None:
        made.dump(output)
        return
    import io
    import sys

    from foedus.engine import dump as write_dump

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        write_dump(made.path, out)
    finally:
        out.detach()  # flushes, and leaves standard output open


def load(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that `dump` wrote.")],
    ledger: LedgerOption = None,
) -> None:
    """Make a ledger of a dump: all of it or, if a line is malformed, nothing. The ledger must be new or empty."""
    from foedus.facade import load as run_load
    from foedus.facade import make_settings

    settings = make_settings(ledger=ledger)
    made = run_load(file, ledger=settings.ledger)
    from foedus.cli.check import tell_checkup

    typer.echo(f"{settings.ledger}: {tell_checkup(made.check())}")
