"""`foedus check` and `foedus repair`: whether a ledger is sound, and making it good again."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.options import LedgerOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.model.checkup import Checkup, Flaw

CHECK_EXAMPLE = "Example: foedus check --ledger monitor.db"
REPAIR_EXAMPLE = "Example: foedus repair --ledger monitor.db"

_JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")]

#: What to do about flaws, by part.
_ADVICE = {
    "file": "file: put a copy in its place, or build a new ledger; `foedus repair` makes broken indexes anew",
    "facts": "facts: `foedus repair`, then `foedus build` reads those documents again",
    "judgements": "judgements: take the file of `foedus judgements export` or a copy, and judge anew what is missing",
    "derived": "derived: `foedus repair` makes it anew",
    "copies": "copies: `foedus build --urls` fetches those pages again",
}


def check(ledger: LedgerOption = None, json: _JsonOption = False) -> None:
    """Verify a ledger: the file, every quotation against its text, every reference, the listing; change nothing.

    Names each thing that is wrong. Ends with status 1 if anything is.
    """
    from foedus.facade import Ledger, make_settings

    settings = make_settings(ledger=ledger)
    checkup = Ledger(settings).check()
    if json:
        _tell_json({"ledger": str(settings.ledger), **_to_object(checkup)})
    else:
        _tell_flaws(checkup.flaws)
        typer.echo(f"{settings.ledger}: {tell_checkup(checkup)}")
        for part in dict.fromkeys(flaw.part.value for flaw in checkup.flaws):
            typer.echo(_ADVICE[part], err=True)
    if not checkup.is_sound:
        raise typer.Exit(1)


def repair(ledger: LedgerOption = None, json: _JsonOption = False) -> None:
    """Rebuild what is derived (events, conflicts, reprints, listing) from facts and judgements.

    Keeps a copy of a ledger file first; of a ledger on a server none. No fact is changed or dropped: documents of which
    the ledger holds something wrong are read again by the next build. Ends with status 1 if anything is still wrong.
    """
    from foedus.export import clean_line
    from foedus.facade import Ledger, make_settings

    settings = make_settings(ledger=ledger)
    done = Ledger(settings).repair()
    if json:
        _tell_json(
            {
                "ledger": str(settings.ledger),
                "backup": done.backup,
                "again": list(done.again),
                "before": _to_object(done.before),
                "after": _to_object(done.after),
            }
        )
    else:
        if done.backup is not None:
            typer.echo(f"Kept as it was: {done.backup}")
        for name in done.again:
            typer.echo(clean_line(f"The next build reads again: {name}"))
        _tell_flaws(done.after.flaws)
        count = len(done.before.flaws)
        typer.echo(
            f"{settings.ledger}: {count:,} flaw{'' if count == 1 else 's'} before; {tell_checkup(done.after)}"
        )
    if not done.after.is_sound:
        raise typer.Exit(1)


def tell_checkup(checkup: "Checkup") -> str:
    """A checkup in one line."""
    parts = (
        (checkup.documents, "document"),
        (checkup.articles, "article"),
        (checkup.claims, "claim"),
        (checkup.events, "event"),
        (checkup.conflicts, "conflict"),
        (checkup.judgements, "judgement"),
    )
    numbers = ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in parts)
    count = len(checkup.flaws)
    outcome = "sound" if not count else f"{count:,} flaw{'' if count == 1 else 's'}"
    due = "" if checkup.is_matched else "; not matched yet, the next build or question does it"
    return f"{numbers}: {outcome}{due}"


def _tell_flaws(flaws: "Iterable[Flaw]") -> None:
    from foedus.export import clean_line

    for flaw in flaws:
        typer.echo(clean_line(f"{flaw.part.value}: {flaw.item}: {flaw.message}"))


def _to_object(checkup: "Checkup") -> dict[str, Any]:
    from dataclasses import asdict

    return {"is_sound": checkup.is_sound, **asdict(checkup)}


def _tell_json(value: dict[str, Any]) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False))
