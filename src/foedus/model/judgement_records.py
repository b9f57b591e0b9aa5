"""The record of a judgement: what files of judgements hold, and what a ledger keeps.

The only module that knows its keys. Records come from other people's files, so each value is checked.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from foedus.model.actor import Actor, Role
from foedus.model.claim import (
    AGREEMENT_STAGES,
    TRANSFER_STAGES,
    Bound,
    ClaimType,
    Plover,
    Quantity,
    Stage,
    Status,
)
from foedus.model.ids import make_id
from foedus.model.judgement import (
    EVENT_SLOTS,
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
    Value,
    Verdict,
)
from foedus.model.records import Record, to_line, to_quantity_record, to_when_record
from foedus.model.when import Basis, Precision, When

#: Version of the record; a file with a higher one was written by a newer Foedus.
VERSION = 1

JUDGEMENT_KEYS = (
    "id",
    "version",
    "kind",
    "who",
    "when",
    "why",
    "claims",
    "scope",
    "slot",
    "value",
    "publisher",
    "reliability",
    "judgement",
)
CLAIM_NAME_KEYS = ("id", "document", "digest", "type", "subject", "start", "quote")

#: Longest text of one value, in code points; what is longer is no judgement that a person wrote.
MAX_CHARS = 10_000
#: Most claims that one judgement may name.
MAX_CLAIMS = 20_000

_DURATION = re.compile(r"P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
_ACTOR = re.compile(r"[A-Z]{2}[A-Z0-9_]*|ORG:[^\W_][\w-]*")

_STAGES: Mapping[ClaimType, tuple[Stage, ...]] = {
    ClaimType.AGREEMENT: AGREEMENT_STAGES,
    ClaimType.TRANSFER: TRANSFER_STAGES,
}

_Member = TypeVar("_Member", bound=StrEnum)
_Item = TypeVar("_Item")


class RecordError(ValueError):
    """A record cannot be read; says what is wrong with which key."""


class NewerRecordError(RecordError):
    """A record was written by a newer version of Foedus."""


def make_judgement(who: str, when: datetime, why: str, verdict: Verdict) -> Judgement:
    """A judgement with its id.

    Args:
        who: Who decided.
        when: When; fractions of a second are cut.
        why: The reason.
        verdict: What was decided.

    Raises:
        RecordError: A value is not one that a judgement may have.
    """
    when = when.astimezone(UTC).replace(microsecond=0)
    bare = to_judgement_record(Judgement("", who, when, why, verdict))
    return from_judgement_record({**bare, "id": None})


def to_judgement_record(judgement: Judgement) -> Record:
    """A judgement as a record, all keys there, null for what its kind has not."""
    record: Record = dict.fromkeys(JUDGEMENT_KEYS)
    record.update(
        id=judgement.id,
        version=VERSION,
        kind=judgement.kind.value,
        who=judgement.who,
        when=tell_instant(judgement.when),
        why=judgement.why,
    )
    match judgement.verdict:
        case Join(sides) | Part(sides):
            record["claims"] = [[_to_name_record(name) for name in side] for side in sides]
        case Reject(claim):
            record["claims"] = [[_to_name_record(claim)]]
        case Correct(scope, claims, slot, value):
            record["claims"] = [[_to_name_record(name) for name in claims]]
            record.update(scope=scope.value, slot=slot.value, value=to_value_record(value))
        case Grade(publisher, reliability):
            record.update(publisher=publisher, reliability=reliability.value)
        case Back(of):
            record["judgement"] = of
    return record


def from_judgement_record(record: Any) -> Judgement:
    """The judgement of a record; one without id gets the id that follows from the rest.

    Raises:
        NewerRecordError: A newer version wrote it.
        RecordError: It is malformed, or its id does not follow from the rest.
    """
    if not isinstance(record, dict):
        raise RecordError("it is no object with keys")
    version = record.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RecordError(f'"version" is {_show(version)}; it must be {VERSION}')
    if version > VERSION:
        raise NewerRecordError(
            f"a newer version of Foedus wrote it (record version {version}); update Foedus"
        )
    unknown = sorted(set(record) - set(JUDGEMENT_KEYS), key=str)
    if unknown:
        raise RecordError(f"unknown key {_show(unknown[0])}; leave it out")
    kind = _to_member(Kind, record.get("kind"), "kind")
    _check_keys(record, kind)
    judgement = Judgement(
        id="",
        who=_to_text(record.get("who"), "who"),
        when=_to_instant(record.get("when")),
        why=_to_text(record.get("why"), "why"),
        verdict=_to_verdict(kind, record),
    )
    own = _find_id(judgement)
    given = record.get("id")
    if given is not None and given != own:
        raise RecordError(
            f'"id" is {_show(given)}, but the rest gives "{own}"; was it edited? set it to null'
        )
    return Judgement(own, judgement.who, judgement.when, judgement.why, judgement.verdict)


def to_value_record(value: Value) -> Any:
    """A slot's value as claims' records have it."""
    if isinstance(value, When):
        return to_when_record(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_to_item_record(item) for item in value]
    return value


def from_value_record(slot: Correctable, value: Any) -> Value:
    """The value of a slot from its record; null and empty lists empty the slot.

    Raises:
        RecordError: It is no value of this slot.
    """
    return _READERS[slot](value)


def tell_instant(when: datetime) -> str:
    """``2021-03-14T09:26:53Z``."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


#: Keys that only some kinds have.
_OWN_KEYS: Mapping[Kind, frozenset[str]] = {
    Kind.JOIN: frozenset({"claims"}),
    Kind.PART: frozenset({"claims"}),
    Kind.REJECT: frozenset({"claims"}),
    Kind.CORRECT: frozenset({"claims", "scope", "slot", "value"}),
    Kind.GRADE: frozenset({"publisher", "reliability"}),
    Kind.BACK: frozenset({"judgement"}),
}


def _find_id(judgement: Judgement) -> str:
    record = to_judgement_record(judgement)
    del record["id"]
    return make_id("j", to_line(record))


def _check_keys(record: Mapping[str, Any], kind: Kind) -> None:
    for key in JUDGEMENT_KEYS[6:]:
        if record.get(key) is not None and key not in _OWN_KEYS[kind]:
            raise RecordError(f'a "{kind}" has no "{key}"; set it to null')


def _to_verdict(kind: Kind, record: Mapping[str, Any]) -> Verdict:
    if kind is Kind.GRADE:
        reliability = _to_member(Reliability, record.get("reliability"), "reliability")
        return Grade(_to_text(record.get("publisher"), "publisher"), reliability)
    if kind is Kind.BACK:
        return Back(_to_text(record.get("judgement"), "judgement"))
    sides = _to_sides(record.get("claims"))
    if kind in (Kind.JOIN, Kind.PART):
        if len(sides) < 2:
            raise RecordError(f'"claims" of a "{kind}" needs at least two sides')
        if len({name.type for side in sides for name in side}) > 1:
            raise RecordError(
                f'"claims" of a "{kind}" are of several types; an event holds claims of one type'
            )
        return Join(sides) if kind is Kind.JOIN else Part(sides)
    if len(sides) > 1:
        raise RecordError(f'"claims" of a "{kind}" has one side')
    if kind is Kind.REJECT:
        if len(sides[0]) > 1:
            raise RecordError('"claims" of a "reject" names one claim; write one judgement a claim')
        return Reject(sides[0][0])
    scope = _to_member(Scope, record.get("scope"), "scope")
    slot = _to_member(Correctable, record.get("slot"), "slot")
    if scope is Scope.EVENT and slot not in EVENT_SLOTS:
        raise RecordError(
            f'an event has no slot "{slot}"; correct a claim, or one of {", ".join(EVENT_SLOTS)}'
        )
    if scope is Scope.CLAIM and len(sides[0]) > 1:
        raise RecordError('"claims" names one claim when "scope" is "claim"')
    value = from_value_record(slot, record.get("value"))
    if isinstance(value, Stage):
        _check_stage(value, sides[0])
    return Correct(scope, sides[0], slot, value)


def _check_stage(stage: Stage, names: tuple[ClaimName, ...]) -> None:
    for kind in {name.type for name in names}:
        if stage not in _STAGES.get(kind, ()):
            known = ", ".join(_STAGES.get(kind, ())) or "none, only agreements and transfers have"
            raise RecordError(f'"{kind}" has no stage "{stage}"; its stages are: {known}')


def _to_sides(value: Any) -> tuple[tuple[ClaimName, ...], ...]:
    if not isinstance(value, list) or not value or not all(isinstance(side, list) and side for side in value):
        raise RecordError('"claims" must be a list of sides, each a list of at least one claim')
    if sum(len(side) for side in value) > MAX_CLAIMS:
        raise RecordError(f'"claims" names more than {MAX_CLAIMS:,} claims')
    return tuple(tuple(_to_claim_name(name) for name in side) for side in value)


def _to_claim_name(value: Any) -> ClaimName:
    if not isinstance(value, dict) or set(value) != set(CLAIM_NAME_KEYS):
        raise RecordError(f'a claim in "claims" must have the keys {", ".join(CLAIM_NAME_KEYS)}')
    start, digest, subject = value["start"], value["digest"], value["subject"]
    if not isinstance(start, int) or isinstance(start, bool) or start < 0:
        raise RecordError(f'"start" is {_show(start)}; it must be 0 or a larger whole number')
    return ClaimName(
        id=_to_text(value["id"], "id of a claim"),
        document=_to_text(value["document"], "document"),
        digest=None if digest is None else _to_text(digest, "digest"),
        type=_to_member(ClaimType, value["type"], "type"),
        subject=None if subject is None else _to_text(subject, "subject", is_quoted=True),
        start=start,
        quote=_to_text(value["quote"], "quote", is_quoted=True),
    )


def _to_name_record(name: ClaimName) -> Record:
    return {
        "id": name.id,
        "document": name.document,
        "digest": name.digest,
        "type": name.type.value,
        "subject": name.subject,
        "start": name.start,
        "quote": name.quote,
    }


def _to_text(value: Any, key: str, *, is_quoted: bool = False) -> str:
    """A text; what was quoted from a document may hold line ends, what a person wrote is one line."""
    if not isinstance(value, str) or not value.strip():
        raise RecordError(f'"{key}" is {_show(value)}; it must be a text that is not empty')
    if len(value) > MAX_CHARS:
        raise RecordError(f'"{key}" is longer than {MAX_CHARS:,} characters')
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise RecordError(f'"{key}" holds half a character (a lone surrogate)')
    if not is_quoted and key in ("who", "why", "publisher") and value != " ".join(value.split()):
        raise RecordError(f'"{key}" must be one line without white space around it')
    return value


def _to_instant(value: Any) -> datetime:
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (TypeError, ValueError) as error:
        raise RecordError(f'"when" is {_show(value)}; write it as 2021-03-14T09:26:53Z') from error


def _to_member(kind: type[_Member], value: Any, key: str) -> _Member:
    try:
        return kind(value)
    except ValueError as error:
        raise RecordError(f'"{key}" is {_show(value)}; use {", ".join(kind)}') from error


def _to_item_record(item: Actor | str | Quantity) -> Any:
    if isinstance(item, Actor):
        return {"code": item.code, "role": item.role.value}
    return to_quantity_record(item) if isinstance(item, Quantity) else item


def _read_list(value: Any, read: Callable[[Any], _Item]) -> tuple[_Item, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 1_000:
        raise RecordError(f'"value" is {_show(value)}; it must be a list')
    return tuple(read(item) for item in value)


def _read_text(value: Any) -> str | None:
    return None if value is None else _to_text(value, "value")


def _read_texts(value: Any) -> tuple[str, ...]:
    return _read_list(value, lambda item: _to_text(item, "value"))


def _read_duration(value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and _DURATION.fullmatch(value)):
        raise RecordError(f'"value" is {_show(value)}; write it as an ISO 8601 duration such as P1Y')
    return value


def _read_actors(value: Any) -> tuple[Actor, ...]:
    actors = _read_list(value, _read_actor)
    if len({actor.code for actor in actors}) < len(actors):
        raise RecordError('"value" names an actor twice')
    return actors


def _read_actor(item: Any) -> Actor:
    if not isinstance(item, dict) or set(item) != {"code", "role"}:
        raise RecordError('an actor in "value" must have the keys code, role')
    code = item["code"]
    if not isinstance(code, str) or not _ACTOR.fullmatch(code):
        raise RecordError(f'"code" is {_show(code)}; write a code such as BLR, NATO or ORG:ISIL')
    return Actor(code, _to_member(Role, item["role"], "role"))


def _read_quantities(value: Any) -> tuple[Quantity, ...]:
    return _read_list(value, _read_quantity)


def _read_quantity(item: Any) -> Quantity:
    keys = {"value", "max", "unit", "of", "bound", "approximate"}
    if not isinstance(item, dict) or not set(item) <= keys or "value" not in item:
        raise RecordError(
            'a quantity in "value" needs "value" and may have max, unit, of, bound, approximate'
        )
    unit, of, bound, approximate = (item.get(key) for key in ("unit", "of", "bound", "approximate"))
    if approximate not in (None, True, False):
        raise RecordError(f'"approximate" is {_show(approximate)}; use true or false')
    highest = item.get("max")
    return Quantity(
        value=_to_number(item["value"]),
        max=None if highest is None else _to_number(highest),
        unit=None if unit is None else _to_text(unit, "unit"),
        of=None if of is None else _to_text(of, "of"),
        bound=None if bound is None else _to_member(Bound, bound, "bound"),
        approximate=bool(approximate),
    )


def _to_number(value: Any) -> float:
    try:
        if not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value):
            return float(value)
    except OverflowError:
        pass
    raise RecordError(f"{_show(value)} in a quantity is no number that can be counted with")


def _read_when(value: Any) -> When | None:
    """A time; its words are null, since no words of the text say it, and its basis is `inferred`."""
    if value is None:
        return None
    if not isinstance(value, dict) or not {"first", "last", "precision"} <= set(value):
        raise RecordError('"value" of "when" must have the keys first, last, precision, text, basis')
    first, last = _to_day(value["first"]), _to_day(value["last"])
    if first is None and last is None:
        raise RecordError('"value" has neither a first nor a last day')
    if first and last and first > last:
        raise RecordError(f'"value" ends on {last}, before it begins on {first}')
    if value.get("text") is not None or value.get("basis", Basis.INFERRED.value) != Basis.INFERRED.value:
        raise RecordError('a corrected time has "text" null and "basis" inferred')
    return When(first, last, _to_member(Precision, value["precision"], "precision"), None, Basis.INFERRED)


def _to_day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise RecordError(f"{_show(value)} is no day; write it as 2012-10-23") from error


def _show(value: Any) -> str:
    """A value from a file, short, for a message."""
    words = json.dumps(value, ensure_ascii=True, default=str)
    return words if len(words) <= 60 else f"{words[:57]}..."


_READERS: Mapping[Correctable, Callable[[Any], Value]] = {
    Correctable.ACTORS: _read_actors,
    Correctable.SUBJECT: _read_text,
    Correctable.WHEN: _read_when,
    Correctable.STATUS: lambda value: _to_member(Status, value, "value"),
    Correctable.STAGE: lambda value: None if value is None else _to_member(Stage, value, "value"),
    Correctable.PLACE: _read_texts,
    Correctable.QUANTITIES: _read_quantities,
    Correctable.RECURRENCE: _read_duration,
    Correctable.AGENTS: _read_texts,
    Correctable.ATTRIBUTED_TO: _read_text,
    Correctable.VIA: _read_texts,
    Correctable.PLOVER: lambda value: _to_member(Plover, value, "value"),
}
