"""Judgements that come from the desk: who may make them, and how they are shown."""

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException

from foedus.api.desk import Desk
from foedus.errors import ConfigError
from foedus.model.judgement import Standing


def make_judgement(
    desk: Desk,
    reader: str | None,
    kind: str,
    ids: Sequence[str],
    slot: str | None,
    value: str | None,
    why: str,
) -> tuple[Standing, ...]:
    """Make a judgement, and match the ledger anew.

    Args:
        desk: The desk.
        reader: Who judges; None for somebody without a token.
        kind: ``join``, ``part``, ``reject``, ``correct``, ``grade`` or ``back``.
        ids: Claims and events; of ``back`` judgements; of ``grade`` one publisher.
        slot: Of ``correct``: the slot.
        value: Of ``correct``: the value in words; of ``grade``: the letter.
        why: The reason.

    Raises:
        HTTPException: Nobody is signed in.
        ConfigError: An argument cannot be used.
        LedgerError: There is no such item.
    """
    if reader is None:
        raise HTTPException(
            401,
            "judgements need a token: start the desk with --token-file, then sign in or send "
            "Authorization: Bearer TOKEN",
            {"WWW-Authenticate": 'Bearer realm="foedus"'},
        )
    given = [item for item in ids if item.strip()]
    if not given:
        raise ConfigError(f"{kind} names nothing; give ids of claims or events")
    if not why.strip():
        raise ConfigError("a judgement needs a reason; say why in a line")
    ledger = desk.ledger
    made: tuple[Standing, ...]
    match kind:
        case "join":
            made = (ledger.join(*given, why=why, who=reader),)
        case "part":
            made = (ledger.part(*given, why=why, who=reader),)
        case "reject":
            made = ledger.reject(*given, why=why, who=reader)
        case "correct":
            if not slot or value is None:
                raise ConfigError("correct needs a slot and a value, such as when and 2021-03-10")
            made = (ledger.correct(given[0], slot, value, why=why, who=reader),)
        case "grade":
            if not value:
                raise ConfigError("grade needs a letter from A to F")
            made = (ledger.grade(given[0], value.strip().upper(), why=why, who=reader),)
        case "back":
            made = ledger.take_back(*given, why=why, who=reader)
        case _:
            raise ConfigError(f'no judgement "{kind}"; use join, part, reject, correct, grade or back')
    desk.rematch()
    return made


def to_standing_record(standing: Standing) -> dict[str, Any]:
    """A judgement and how it stands, for the wire."""
    judgement = standing.judgement
    return {
        "id": judgement.id,
        "kind": judgement.kind.value,
        "who": judgement.who,
        "when": judgement.when.isoformat(),
        "why": judgement.why,
        "state": standing.state.value,
        "reason": standing.reason,
        "claims": [list(side) for side in standing.claims],
    }
