"""`foedus judge`: what people decide about claims, events and sources."""

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import CodebookOption, LedgerOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.facade import Ledger
    from foedus.model.judgement import Standing

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Decide what nothing automatic overrides: join, part, reject, correct, grade; take it back.",
    epilog='Example: foedus judge reject c-3f9a --why "The article says the opposite."',
)

_WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, one line.")]
_WhoOption = Annotated[
    str | None,
    typer.Option("--who", metavar="NAME", help="Who decides. [default: FOEDUS_WHO, or the user's name]"),
]
_IdsArgument = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Ids of claims (c-...) or events (e-...), or the starts of them."),
]


@app.command("join", epilog='Example: foedus judge join e-3f9a e-77b0 --why "One exercise, two names."')
def judge_join(
    ids: _IdsArgument, why: _WhyOption, who: _WhoOption = None, ledger: LedgerOption = None
) -> None:
    """These are one thing: their claims stand in one event.

    An event stands for all claims it has now. At least two, all of one type.
    """
    _tell([_open(ledger).join(*ids, why=why, who=who)])


@app.command("part", epilog='Example: foedus judge part c-3f9a e-77b0 --why "Another edition."')
def judge_part(
    ids: _IdsArgument, why: _WhyOption, who: _WhoOption = None, ledger: LedgerOption = None
) -> None:
    """These are not one thing: no two of them stand in one event.

    A claim named beside its own event is parted from the other claims of it.
    """
    _tell([_open(ledger).part(*ids, why=why, who=who)])


@app.command("reject", epilog='Example: foedus judge reject c-3f9a --why "The article says the opposite."')
def judge_reject(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids of claims (c-...), or the starts of them.")
    ],
    why: _WhyOption,
    who: _WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """These claims are wrong: they are left out of events, exports and briefs."""
    _tell(_open(ledger).reject(*ids, why=why, who=who))


@app.command("correct", epilog='Example: foedus judge correct c-3f9a when 2021-03-10 --why "Typing error."')
def judge_correct(
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id of a claim (c-...) or an event (e-...), or the start of it."),
    ],
    slot: Annotated[str, typer.Argument(metavar="SLOT", help="The slot, as records name it (when).")],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="2021, 2021-03, 2021-03-10, 2021-03-10/2021-03-16 for when; NOR, ISL or RUS:source, SYR:target "
            "for actors; a word for status, stage and plover; A; B for place, agents and via; JSON for "
            "quantities; none to empty it.",
        ),
    ],
    why: _WhyOption,
    who: _WhoOption = None,
    ledger: LedgerOption = None,
    codebook: CodebookOption = None,
) -> None:
    """A slot of a claim or of an event has this value.

    Slots of both: when, status, stage, actors, subject. Of claims besides: place, quantities, recurrence, agents,
    attributed_to, via, plover. The fact stays; what is shown and exported is the corrected value.
    """
    _tell([_open(ledger, codebook).correct(id, slot, value, why=why, who=who)])


@app.command(
    "grade", epilog='Example: foedus judge grade "Fjord Weekly" B --why "Right in most of 40 reports."'
)
def judge_grade(
    publisher: Annotated[
        str, typer.Argument(metavar="PUBLISHER", help="The publisher, as articles have it.")
    ],
    letter: Annotated[
        str,
        typer.Argument(
            metavar="LETTER",
            help="A completely, B usually, C fairly, D not usually reliable, E unreliable, F cannot be judged.",
        ),
    ],
    why: _WhyOption,
    who: _WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """A publisher is so reliable, by the Admiralty letters.

    The digit beside the letter, 1 to 6, is not given by people: it follows from independent support.
    """
    _tell([_open(ledger).grade(publisher, letter.upper(), why=why, who=who)])


@app.command("back", epilog='Example: foedus judge back j-3f9a --why "I misread the page."')
def judge_back(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids of judgements (j-...), or the starts of them.")
    ],
    why: _WhyOption,
    who: _WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Take judgements back: the ledger is as if they never had been made."""
    _tell(_open(ledger).take_back(*ids, why=why, who=who))


@app.command("list", epilog="Example: foedus judge list --ledger mine.db")
def judge_list(ledger: LedgerOption = None) -> None:
    """List all judgements: who, when, why, and whether each is in force, waits, or contradicts another."""
    from foedus.cli.terminal import show_table
    from foedus.views.judged import tabulate_judgements

    show_table(tabulate_judgements(_open(ledger).judgements()))


def _open(ledger: str | None, codebook: str | None = None) -> "Ledger":
    from foedus.facade import Ledger, make_settings

    return Ledger(make_settings(ledger=ledger, codebook=codebook))


def _tell(standings: "Iterable[Standing]") -> None:
    """Say what was judged and how it stands."""
    from foedus.export import clean_line
    from foedus.views.judged import tell_state, tell_verdict

    for standing in standings:
        line = f"{standing.judgement.id}: {tell_verdict(standing.judgement)} ({tell_state(standing)})"
        typer.echo(clean_line(line))
