"""`foedus brief`: a situation brief."""

from typing import Annotated

import typer

from foedus.cli.options import (
    ActorOption,
    AsOfOption,
    CodebookOption,
    DyadOption,
    FromOption,
    LedgerOption,
    ToOption,
)

EXAMPLE = "Example: foedus brief --dyad RUS BLR --from 2017-01-01 --to 2017-12-31 -o brief.html"


def brief(
    actor: ActorOption = None,
    dyad: DyadOption = None,
    first: FromOption = None,
    last: ToOption = None,
    week: Annotated[
        str | None, typer.Option(metavar="DAY", help="The week, Monday to Sunday, that holds this day.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="A file ending in .md, .html or .docx. [default: screen]"
        ),
    ] = None,
    as_of: AsOfOption = None,
    min_confidence: Annotated[
        float, typer.Option(metavar="P", help="Only claims at least this probable, 0 to 1.")
    ] = 0.5,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """Write a situation brief: what is new by category, how that stands against the period before, every
    sentence with its sources.

    Without a period: the shortest of a week, a month, a quarter, half a year, 1, 2, 3, 5, 10 and 20 years
    that ends with the newest article and holds at least half of all dated ones.
    """
    from foedus.cli.terminal import show_pages
    from foedus.export import pick_format
    from foedus.facade import Ledger, make_period, make_settings, write_shape
    from foedus.views.brief import write_brief
    from foedus.views.shapes import Pages

    if output is not None:
        pick_format(Pages, path=output)
    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    asked = desk.make_asked(actor, dyad, make_period(first, last, week), min_confidence)
    with desk.open_store(as_of) as store:
        pages = write_brief(store, desk.names, asked)
    if output is None:
        show_pages(pages)
    else:
        write_shape(pages, output)
