"""Options that several commands share."""

from typing import Annotated

import typer

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="The ledger: a file, or postgresql://user@host/database. [default: foedus.db, or FOEDUS_LEDGER]",
    ),
]
CodebookOption = Annotated[
    str | None,
    typer.Option("--codebook", metavar="DIR", help="A folder that extends or overrides the codebook."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        metavar="DAY",
        help="Only what had been published by this day (2012-01-31). Articles whose date of publication is "
        "unknown are left out.",
    ),
]
MinConfidenceOption = Annotated[
    float | None,
    typer.Option(metavar="P", help="Only claims at least this probable, 0 to 1."),
]
ActorOption = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Only with this actor: a code (BLR) or a name (Belarus)."),
]
DyadOption = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="CODE CODE", help="Only with both of these actors."),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="DAY", help="First day."),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="DAY", help="Last day."),
]
