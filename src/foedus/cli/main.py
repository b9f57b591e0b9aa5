"""The command line: parse, call, print. Nothing heavy is imported before a command needs it."""

import io
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from foedus import __version__
from foedus.cli import brief, build, check, codebook, dump, export, judge, judgements, problems, serve, show
from foedus.errors import FoedusError


class _Commands(TyperGroup):
    """Turns errors that Foedus raises on purpose into one line and exit status 2."""

    def invoke(self, ctx: Any) -> Any:  # the context's class depends on the version of Typer
        try:
            return super().invoke(ctx)
        except FoedusError as error:
            from foedus.export import clean_line

            typer.echo(f"foedus: {clean_line(str(error))}", err=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt as error:
            typer.echo("foedus: stopped", err=True)
            raise typer.Exit(130) from error


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: foedus build articles/ && foedus brief",
)
app.command("build", epilog=build.EXAMPLE)(build.build)
app.command("export", epilog=export.EXAMPLE)(export.export)
app.add_typer(show.app, name="show")
app.add_typer(judge.app, name="judge")
app.add_typer(judgements.app, name="judgements")
app.command("brief", epilog=brief.EXAMPLE)(brief.brief)
app.command("serve", epilog=serve.EXAMPLE)(serve.serve)
app.command("problems", epilog=problems.EXAMPLE)(problems.problems)
app.command("check", epilog=check.CHECK_EXAMPLE)(check.check)
app.command("repair", epilog=check.REPAIR_EXAMPLE)(check.repair)
app.command("dump", epilog=dump.DUMP_EXAMPLE)(dump.dump)
app.command("load", epilog=dump.LOAD_EXAMPLE)(dump.load)
app.command("codebook", epilog=codebook.EXAMPLE)(codebook.codebook)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"foedus {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Foedus: open reporting about defence relations between states, as an evidence ledger."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no error
    app()
