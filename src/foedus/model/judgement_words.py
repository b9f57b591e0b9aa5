"""Values of slots as people type them: ``2021-03``, ``planned``, ``NOR, RUS:target``, ``none``."""

import json
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from foedus.model.actor import Role
from foedus.model.judgement import Correctable, Value
from foedus.model.judgement_records import RecordError, from_value_record, to_value_record
from foedus.model.when import Basis, Precision, When

#: Empties a slot.
NONE = "none"

_LISTS = (Correctable.PLACE, Correctable.AGENTS, Correctable.VIA)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OPEN = ".."


def parse_value(slot: Correctable, words: str, *, to_code: Callable[[str], str]) -> Value:
    """The value of a slot from the words for it.

    Args:
        slot: The slot.
        words: As typed. ``none`` empties the slot.
        to_code: Actor's name to its code.

    Raises:
        RecordError: The words are no value of this slot.

    Forms: a time is ``2021``, ``2021-03``, ``2021-03-10``, two of them as ``2021-03-10/2021-03-16``, with ``..``
    for an open end; actors are ``NOR, ISL`` (both), with a role ``RUS:source, SYR:target``; places, agents and
    outlets stand apart by semicolons; quantities are the JSON of a claim's record.
    """
    words = words.strip()
    if not words:
        raise RecordError(f'the value of "{slot}" is empty; use "{NONE}" to say that there is none')
    if words.lower() == NONE:
        return from_value_record(slot, None)
    if slot is Correctable.WHEN:
        return from_value_record(slot, to_value_record(_parse_when(words)))
    if slot is Correctable.ACTORS:
        return from_value_record(slot, [_read_actor(part, to_code) for part in _split(words, ",")])
    if slot in _LISTS:
        return from_value_record(slot, _split(words, ";"))
    if slot is Correctable.QUANTITIES:
        try:
            return from_value_record(slot, json.loads(words))
        except (json.JSONDecodeError, RecursionError) as error:
            raise RecordError(
                f'"{words}" is no list of quantities; write it as in a record: [{{"value": 90, "of": "troops"}}]'
            ) from error
    return from_value_record(slot, " ".join(words.split()))


def _split(words: str, sign: str) -> list[str]:
    return [" ".join(part.split()) for part in words.split(sign) if part.strip()]


def _read_actor(words: str, to_code: Callable[[str], str]) -> dict[str, str]:
    name, colon, last = words.rpartition(":")
    if colon and last.strip() in set(Role):
        return {"code": to_code(name.strip()), "role": last.strip()}
    return {"code": to_code(words), "role": Role.BOTH.value}


def _parse_when(words: str) -> When:
    first, slash, last = (part.strip() for part in words.partition("/"))
    if not slash:
        return When(*_parse_days(words), None, Basis.INFERRED)
    if first == last == _OPEN:
        raise RecordError(f'"{words}" has neither a first nor a last day')
    starts = None if first == _OPEN else _parse_days(first)
    ends = None if last == _OPEN else _parse_days(last)
    precision = max((side[2] for side in (starts, ends) if side), key=[*Precision].index)
    if precision is Precision.YEAR and starts and ends:
        precision = Precision.YEARS
    return When(starts[0] if starts else None, ends[1] if ends else None, precision, None, Basis.INFERRED)


def _parse_days(words: str) -> tuple[date, date, Precision]:
    """First and last day of a year, a month or a day."""
    match = _DAY.fullmatch(words)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # it is not optional
        if month is None:
            return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH
        return date(year, month, day), date(year, month, day), Precision.DAY
    except ValueError as error:
        raise RecordError(
            f'"{words}" is no time; write it as 2012, 2012-10, 2012-10-23 or 2012-10-23/2012-10-25'
        ) from error
