"""`foedus judgements`: judgements to a file and back."""

from typing import Annotated

import typer

from foedus.cli.options import LedgerOption

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hand judgements from one ledger to another.",
    epilog="Example: foedus judgements export judgements.jsonl",
)


@app.command("export", epilog="Example: foedus judgements export judgements.jsonl --ledger mine.db")
def export_judgements(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, JSON Lines.")],
    ledger: LedgerOption = None,
) -> None:
    """Write all judgements, also those taken back, to a file."""
    from foedus.facade import Ledger, make_settings

    Ledger(make_settings(ledger=ledger)).export_judgements(file)


@app.command("import", epilog="Example: foedus judgements import colleague.jsonl --ledger mine.db")
def import_judgements(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that `judgements export` wrote.")],
    ledger: LedgerOption = None,
) -> None:
    """Take over the judgements of a file, all or none; those that are there already are left alone."""
    from foedus.facade import Ledger, make_settings
    from foedus.model.judgement import State

    desk = Ledger(make_settings(ledger=ledger))
    added = desk.import_judgements(file)
    states = [standing.state for standing in desk.judgements()]
    waiting, contradicted = states.count(State.WAITING), states.count(State.CONTRADICTED)
    typer.echo(
        f"{added:,} new; of all {len(states):,}, {waiting:,} wait and {contradicted:,} contradict others"
    )
    if waiting or contradicted:
        typer.echo("Which, and why: foedus judge list", err=True)
