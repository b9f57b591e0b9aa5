"""`foedus export`: interchange records to files."""

from enum import StrEnum
from typing import Annotated

import typer

from foedus.cli.options import AsOfOption, LedgerOption, MinConfidenceOption

EXAMPLE = "Example: foedus export claims -o claims.csv --format csv --min-confidence 0.7"


class Kind(StrEnum):
    """What can be exported."""

    ARTICLES = "articles"
    CLAIMS = "claims"
    EVENTS = "events"
    CONFLICTS = "conflicts"
    ALL = "all"


class FormatName(StrEnum):
    """How it can be written."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    kind: Annotated[Kind, typer.Argument(help="What to write.")],
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="PATH", help="The file, or for `all` the folder. [default: screen]"
        ),
    ] = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    format: Annotated[FormatName | None, typer.Option(help="jsonl, or csv for spreadsheets.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write articles, claims, events or conflicts as records, the same bytes for the same ledger.

    `all -o DIR` writes articles.jsonl, claims.jsonl, events.jsonl and conflicts.jsonl into DIR.
    """
    from foedus.cli.files import make_folder
    from foedus.cli.terminal import write_raw
    from foedus.errors import ConfigError
    from foedus.export import pick_format
    from foedus.facade import Ledger, make_settings, write_shape
    from foedus.views.interchange import KINDS
    from foedus.views.shapes import Records

    if kind is Kind.ALL and output is None:
        raise ConfigError("`all` needs a folder to write to; name it with -o")
    is_file = output is not None and kind is not Kind.ALL
    chosen = pick_format(Records, name=format, path=output if is_file and format is None else None)
    with Ledger(make_settings(ledger=ledger)).open_store(as_of, min_confidence) as store:
        if output is None:
            write_raw(KINDS[kind](store), chosen)
        elif is_file:
            write_shape(KINDS[kind](store), output, format=chosen.name)
        else:
            folder = make_folder(output)
            for name, find_records in KINDS.items():
                write_shape(find_records(store), folder / f"{name}{chosen.suffix}", format=chosen.name)
