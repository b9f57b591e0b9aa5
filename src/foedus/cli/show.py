"""`foedus show`: claims, events, actors, dyads, single events and documents in the terminal."""

from typing import Annotated

import typer

from foedus.cli.options import (
    ActorOption,
    AsOfOption,
    CodebookOption,
    DyadOption,
    FromOption,
    LedgerOption,
    MinConfidenceOption,
    ToOption,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Show what a ledger holds, with the words it rests on.",
    epilog="Example: foedus show dyad Russia Belarus",
)

_TypeOption = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="Only this claim type (exercise).")
]
_StatusOption = Annotated[str | None, typer.Option(metavar="STATUS", help="Only this status (planned).")]
_LimitOption = Annotated[int, typer.Option(metavar="N", help="At most so many rows; 0 is all.")]
_DocumentOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only from this document.")]
_CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="A code (BLR) or a name (Belarus).")]


@app.command("claims", epilog="Example: foedus show claims --type exercise --actor Belarus --from 2017-01-01")
def show_claims(
    actor: ActorOption = None,
    dyad: DyadOption = None,
    type: _TypeOption = None,
    status: _StatusOption = None,
    first: FromOption = None,
    last: ToOption = None,
    document: _DocumentOption = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    limit: _LimitOption = 100,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """Claims by document, each with time, status, source, confidence, and the quoted words."""
    from foedus.cli.terminal import show_table
    from foedus.facade import Ledger, make_settings
    from foedus.views.chronology import tabulate_claims

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    wanted = desk.make_wanted(actor, dyad, type, status, first, last, document)
    with desk.open_store(as_of, min_confidence) as store:
        table = tabulate_claims(store, wanted, limit=limit or None)
    show_table(table)


@app.command("events", epilog="Example: foedus show events --dyad RUS BLR --as-of 2012-01-01")
def show_events(
    actor: ActorOption = None,
    dyad: DyadOption = None,
    type: _TypeOption = None,
    status: _StatusOption = None,
    first: FromOption = None,
    last: ToOption = None,
    document: _DocumentOption = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    limit: _LimitOption = 100,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """Events by time, each with status, number of independent sources, and the words of its surest claim."""
    from foedus.cli.terminal import show_table
    from foedus.facade import Ledger, make_settings
    from foedus.views.chronology import tabulate_events

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    wanted = desk.make_wanted(actor, dyad, type, status, first, last, document)
    with desk.open_store(as_of, min_confidence) as store:
        table = tabulate_events(store, wanted, limit=limit or None)
    show_table(table)


@app.command("actor", epilog="Example: foedus show actor Belarus")
def show_actor(
    code: _CodeArgument,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """A dossier: with whom, what, and all events of one actor."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings
    from foedus.views.dossier import describe_actor

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    picked = desk.names.pick_code(code)
    with desk.open_store(as_of, min_confidence) as store:
        pages = describe_actor(store, desk.names, picked)
    show_pages(pages)


@app.command("dyad", epilog="Example: foedus show dyad RUS BLR")
def show_dyad(
    one: _CodeArgument,
    other: _CodeArgument,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """A dossier of all events between two actors."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings
    from foedus.views.dossier import describe_dyad

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    dyad = (desk.names.pick_code(one), desk.names.pick_code(other))
    with desk.open_store(as_of, min_confidence) as store:
        pages = describe_dyad(store, desk.names, dyad)
    show_pages(pages)


@app.command("event", epilog="Example: foedus show event e-3f9a")
def show_event(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or as much of its start as tells it apart.")
    ],
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """One event: its values, its claims with their words, independent sources, what sources disagree on."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings
    from foedus.views.event_page import describe_event

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    with desk.open_store(as_of, min_confidence) as store:
        pages = describe_event(store, desk.names, id)
    show_pages(pages)


@app.command("claim", epilog="Example: foedus show claim c-3f9a")
def show_claim(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or as much of its start as tells it apart.")
    ],
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """One claim: its values with the words behind each, who says it, its event, what people judged of it."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings
    from foedus.views.claim_page import describe_claim

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    with desk.open_store(as_of, min_confidence) as store:
        pages = describe_claim(store, desk.names, id)
    show_pages(pages)


@app.command("state", epilog="Example: foedus show state Norway --as-of 2012-01-01")
def show_state(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code or a name; without one all actors.")
    ] = None,
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """How things stood on a day: agreements in force, memberships, deployments."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings, parse_day
    from foedus.views.state import describe_state

    desk = Ledger(make_settings(ledger=ledger, codebook=codebook))
    picked = desk.names.pick_code(code) if code is not None else None
    day = parse_day(as_of) if as_of is not None else None
    with desk.open_store(as_of, min_confidence) as store:
        pages = describe_state(store, desk.names, picked, day)
    show_pages(pages)


@app.command("conflicts", epilog="Example: foedus show conflicts --as-of 2012-01-01")
def show_conflicts(
    as_of: AsOfOption = None,
    min_confidence: MinConfidenceOption = None,
    ledger: LedgerOption = None,
) -> None:
    """What sources disagree on, and what people have settled of it, with their reasons."""
    from foedus.cli.terminal import show_table
    from foedus.facade import Ledger, make_settings
    from foedus.views.conflict_table import tabulate_conflicts

    with Ledger(make_settings(ledger=ledger)).open_store(as_of, min_confidence) as store:
        table = tabulate_conflicts(store)
    show_table(table)


@app.command("document", epilog="Example: foedus show document 2017/zapad.html")
def show_document(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as exports have it.")],
    ledger: LedgerOption = None,
) -> None:
    """One document: its articles, and their text with every claim marked."""
    from foedus.cli.terminal import show_pages
    from foedus.facade import Ledger, make_settings
    from foedus.views.document_page import describe_document

    with Ledger(make_settings(ledger=ledger)).open_store() as store:
        pages = describe_document(store, name)
    show_pages(pages)
