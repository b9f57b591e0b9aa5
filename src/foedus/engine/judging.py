"""What people decide: judgements made, taken back, and taken over from files."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from foedus.address import LedgerAddress
from foedus.engine.match import match_ledger
from foedus.engine.open import open_matched
from foedus.errors import ConfigError, DataFileError
from foedus.ledger import Ledger
from foedus.matching import fold_publisher
from foedus.model.judgement import (
    Back,
    ClaimName,
    Correct,
    Correctable,
    Grade,
    Join,
    Judgement,
    Kind,
    Part,
    Reject,
    Reliability,
    Scope,
    Standing,
    Value,
    Verdict,
    name_claim,
)
from foedus.model.judgement_records import RecordError, from_judgement_record, make_judgement
from foedus.views.judged import weigh_ledger

#: A file of judgements is read as a whole; larger ones were not written by people.
MAX_FILE_BYTES = 64 * 1024 * 1024


def judge(
    path: str | LedgerAddress,
    decide: Callable[[Ledger], Sequence[Verdict]],
    *,
    who: str,
    why: str,
    now: datetime | None = None,
) -> tuple[Standing, ...]:
    """Add judgements to a ledger, all or none, and match it anew.

    Args:
        path: Where the ledger lies.
        decide: Gives what is decided, with the ledger at hand to look things up.
        who: Who decides.
        why: The reason.
        now: The time of the decision; None is this moment.

    Returns:
        How each stands in the ledger now, in the order of `decide`.

    Raises:
        ConfigError: The reason, the name or a value cannot be used.
        LedgerError: What is judged does not exist, or the ledger cannot be written. Nothing was added.
    """
    why, who = " ".join(why.split()), " ".join(who.split())
    if not why:
        raise ConfigError("a judgement needs a reason; give it with --why")
    if not who:
        raise ConfigError("a judgement needs a name; give it with --who or set FOEDUS_WHO")
    with open_matched(path) as store:
        try:
            when = now or datetime.now(UTC)
            made = [make_judgement(who, when, why, verdict) for verdict in decide(store)]
        except RecordError as error:
            raise ConfigError(str(error)) from error
        store.add_judgements(made)
        _match_again(store)
        standings = {standing.judgement.id: standing for standing in weigh_ledger(store).standings}
    return tuple(standings[judgement.id] for judgement in made)


def import_judgements(path: str | LedgerAddress, file: str | Path) -> int:
    """Take over the judgements of a file, all or none; those that the ledger has already are left alone.

    Returns:
        How many were new.

    Raises:
        ConfigError: The file cannot be read.
        DataFileError: It is malformed; names the line and what to do. Nothing was added.
        LedgerError: The ledger cannot be used.
    """
    found = load_judgements(file)
    with open_matched(path) as store:
        kinds = {
            judgement.id: judgement.kind
            for judgement in (*store.judgements(), *(judgement for _, judgement in found))
        }
        for line, judgement in found:
            if isinstance(judgement.verdict, Back):
                _check_back(judgement.verdict, kinds, f"{file}:{line}")
        added = store.add_judgements([judgement for _, judgement in found])
        _match_again(store)
    return added


def load_judgements(file: str | Path) -> tuple[tuple[int, Judgement], ...]:
    """The judgements of a file, each with its line, counted from 1; empty lines are passed over.

    Raises:
        ConfigError: The file cannot be read.
        DataFileError: A line is malformed.
    """
    try:
        if (size := Path(file).stat().st_size) > MAX_FILE_BYTES:
            raise ConfigError(f'"{file}" holds {size:,} bytes, more than the {MAX_FILE_BYTES:,} allowed')
        data = Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(f'cannot read "{file}": {error.strerror or error}') from error
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                found.append((number, from_judgement_record(_parse_line(line))))
            except RecordError as error:
                raise DataFileError(f"{file}:{number}: {error}; nothing was imported") from error
    return tuple(found)


def decide_join(store: Ledger, ids: Sequence[str]) -> Join:
    """These claims and events are one thing.

    Raises:
        ConfigError: Fewer than two are named, or they are of several types.
        LedgerError: One does not exist.
    """
    return Join(_check_sides([_find_side(store, item) for item in ids], ids, "joined"))


def decide_part(store: Ledger, ids: Sequence[str]) -> Part:
    """These claims and events are not one thing; a claim of a named event is parted from its other claims.

    Raises:
        ConfigError: Fewer than two are named, they are of several types, or the same.
        LedgerError: One does not exist.
    """
    sides = [_find_side(store, item) for item in ids]
    alone = {side[0].id for side, item in zip(sides, ids, strict=True) if _is_claim(item)}
    sides = [
        side if _is_claim(item) else tuple(name for name in side if name.id not in alone)
        for side, item in zip(sides, ids, strict=True)
    ]
    checked = _check_sides(sides, ids, "parted")
    claims = [name.id for side in checked for name in side]
    if len(set(claims)) < len(claims):
        raise ConfigError("the same claim or event is named twice; name two that are not one thing")
    return Part(checked)


def decide_reject(store: Ledger, item: str) -> Reject:
    """The claim is wrong.

    Raises:
        ConfigError: An event is named.
        LedgerError: It does not exist.
    """
    if not _is_claim(item):
        raise ConfigError(f'"{item}" is no claim; `foedus show event` lists the claims of an event')
    return Reject(_find_side(store, item)[0])


def decide_correct(store: Ledger, item: str, slot: Correctable, value: Value) -> Correct:
    """A slot of a claim or an event has this value.

    Raises:
        LedgerError: It does not exist.
    """
    scope = Scope.CLAIM if _is_claim(item) else Scope.EVENT
    return Correct(scope, _find_side(store, item), slot, value)


def decide_grade(store: Ledger, publisher: str, reliability: Reliability) -> Grade:
    """A publisher is so reliable.

    Raises:
        ConfigError: No article in the ledger is by this publisher; near names are told.
    """
    known = {fold_publisher(name): name for name in reversed(store.publishers())}
    wanted = fold_publisher(publisher)
    if wanted not in known:
        near = get_close_matches(wanted, list(known), n=3)
        advice = (
            f"did you mean {' or '.join(known[name] for name in near)}?"
            if near
            else "names stand in `foedus show document`"
        )
        raise ConfigError(f'no article by the publisher "{publisher}"; {advice}')
    return Grade(" ".join(known[wanted].split()), reliability)


def decide_back(store: Ledger, item: str) -> Back:
    """The judgement does not hold any more.

    Raises:
        LedgerError: It does not exist.
    """
    return Back(store.judgement_id(item))


def _match_again(store: Ledger) -> None:
    if not store.is_matched():
        match_ledger(store)


def _is_claim(item: str) -> bool:
    if item.startswith("c-"):
        return True
    if item.startswith("e-"):
        return False
    raise ConfigError(
        f'"{item}" is no id of a claim (c-...) or event (e-...); `foedus show event` shows both'
    )


def _find_side(store: Ledger, item: str) -> tuple[ClaimName, ...]:
    ids = (store.claim_id(item),) if _is_claim(item) else store.event(item).claims
    digests = store.digests()
    return tuple(name_claim(claim, digests.get(claim.document)) for claim in store.coded_claims(ids).values())


def _check_sides(
    sides: Sequence[tuple[ClaimName, ...]], ids: Sequence[str], done: str
) -> tuple[tuple[ClaimName, ...], ...]:
    if len(set(sides)) < 2:
        raise ConfigError(f"name at least two different claims or events to be {done}")
    for side, item in zip(sides, ids, strict=True):
        if not side:
            raise ConfigError(f'"{item}" has no claim besides those named; there is nothing to be {done}')
    kinds = [(item, side[0].type) for item, side in zip(ids, sides, strict=True)]
    for item, kind in kinds:
        if kind is not kinds[0][1]:
            raise ConfigError(
                f'"{kinds[0][0]}" is of type "{kinds[0][1]}", "{item}" of type "{kind}"; '
                "an event holds claims of one type"
            )
    return tuple(sides)


def _check_back(back: Back, kinds: dict[str, Kind], place: str) -> None:
    if back.judgement not in kinds:
        raise DataFileError(
            f'{place}: it takes back "{back.judgement}", which neither the file nor the ledger has; '
            "export both judgements together; nothing was imported"
        )
    if kinds[back.judgement] is Kind.BACK:
        raise DataFileError(
            f'{place}: "{back.judgement}" takes a judgement back and cannot be taken back itself; '
            "leave the line out; nothing was imported"
        )


def _parse_line(line: bytes) -> Any:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no number")

    try:
        return json.loads(line.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise RecordError(
            f"no JSON object on this line ({error}); was the file cut off or edited?"
        ) from error
