"""Exercises, agreements and transfers as tables in the shape of the field's own sets.

Exercises follow the columns of MME (multinational military exercises), agreements those of ATOP and DCAD,
transfers those of SIPRI's registers. What a ledger cannot know is left out, not filled in; each row leads to its
event and names the status and the sources that the sets have no column for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.ledger import Entry, Ledger
from foedus.model.actor import Role
from foedus.model.claim import Claim, ClaimType, Stage
from foedus.model.event import Event
from foedus.model.when import When
from foedus.views.actors import ActorNames
from foedus.views.atlas import load_coordinates
from foedus.views.wording import to_amount

_YEAR = re.compile(r"[\s\-–—’'/(]*(?:(?:19|20)\d\d|\b\d\d)(?:/\d\d)?\)?\s*$|^(?:19|20)\d\d\s+")


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of register.

    Attributes:
        kind: Its name in addresses.
        title: For people.
        type: The claim type that it lists.
        after: The sets whose columns it follows, in words.
        columns: Names of its columns, in order.
        fill: Makes the row of an event.
    """

    kind: str
    title: str
    type: ClaimType
    after: str
    columns: tuple[str, ...]
    fill: Callable[[Event, Entry, Sequence[Claim], ActorNames], Mapping[str, Any]]


def list_rows(
    ledger: Ledger, names: ActorNames, register: Register, entries: Sequence[Entry]
) -> tuple[dict[str, Any], ...]:
    """A row for each entry, in their order; keys are the register's columns, None is unknown."""
    events = ledger.events(entry.event for entry in entries)
    claims = ledger.claims(claim for event in events.values() for claim in event.claims[:200])
    rows = []
    for entry in entries:
        event = events.get(entry.event)
        if event is not None:
            own = [claims[id] for id in event.claims if id in claims]
            filled = register.fill(event, entry, own, names)
            rows.append({column: filled.get(column) for column in register.columns})
    return tuple(rows)


def find_series(subject: str | None) -> str | None:
    """The name of a series: that of an exercise without its year (``Union Shield-2011``: ``Union Shield``)."""
    if not subject:
        return None
    return _YEAR.sub("", subject).strip(" -–—") or subject


def _fill_exercise(
    event: Event, entry: Entry, claims: Sequence[Claim], names: ActorNames
) -> Mapping[str, Any]:
    places = list(dict.fromkeys(place for claim in claims for place in claim.place))
    where = next((spot for place in places if (spot := _locate(place, names))), None)
    first, last = _days(event.when)
    troops = [
        quantity
        for claim in claims
        for quantity in claim.quantities
        if quantity.unit is None and quantity.of and not quantity.of.endswith("day")
    ]
    days = (last - first).days + 1 if first and last else None
    return _shared(event, entry, names) | {
        "Ex_Name": event.subject,
        "Series_Name": find_series(event.subject),
        "ccode": _join(_cow(code, names) for code in _codes(event)),
        "country": _join(names.name(code) for code in _codes(event)),
        "year": first.year if first else None,
        "Location": _join(places) or None,
        "lat": where[0] if where else None,
        "lon": where[1] if where else None,
        "StartDate": first.isoformat() if first else None,
        "EndDate": last.isoformat() if last else None,
        "FocusDescription": claims[0].quote if claims else None,
        "AdditionalParticipantInfo": _join(dict.fromkeys(to_amount(one) for one in troops)) or None,
        "participant_count": len(_codes(event)),
        "duration": days,
    }


def _fill_agreement(
    event: Event, entry: Entry, claims: Sequence[Claim], names: ActorNames
) -> Mapping[str, Any]:
    codes = _codes(event)
    stages: dict[Stage, When | None] = {}
    for step in event.stages:
        stages.setdefault(step.stage, step.when)
    signed = _tell_days(stages.get(Stage.SIGNED))
    return _shared(event, entry, names) | {
        "name": event.subject,
        "members": _join(names.name(code) for code in codes),
        "ccode": _join(_cow(code, names) for code in codes),
        "bilateral": {2: 1}.get(len(codes), 0) if codes else None,
        "stage": event.stage.value if event.stage else None,
        "signed": signed,
        "ratified": _tell_days(stages.get(Stage.RATIFIED)),
        "in_force": _tell_days(stages.get(Stage.IN_FORCE)),
        "terminated": _tell_days(stages.get(Stage.TERMINATED)),
        "when": _tell_days(event.when),
        "words": claims[0].quote if claims else None,
    }


def _fill_transfer(
    event: Event, entry: Entry, claims: Sequence[Claim], names: ActorNames
) -> Mapping[str, Any]:
    suppliers = [actor.code for actor in event.actors if actor.role is not Role.TARGET]
    recipients = [actor.code for actor in event.actors if actor.role is Role.TARGET]
    ordered = [claim for claim in claims if claim.stage in (Stage.ORDERED, Stage.NEGOTIATED)]
    delivered = [claim for claim in claims if claim.stage is Stage.DELIVERED]
    money = [one for claim in claims for one in claim.quantities if one.unit and len(one.unit) == 3]
    return _shared(event, entry, names) | {
        "supplier": _join(names.name(code) for code in suppliers) or None,
        "recipient": _join(names.name(code) for code in recipients) or None,
        "number_ordered": _count(ordered),
        "designation": event.subject,
        "description": claims[0].quote if claims else None,
        "year_of_order": _years(ordered),
        "years_of_delivery": _years(delivered),
        "number_delivered": _count(delivered),
        "stage": event.stage.value if event.stage else None,
        "comments": _join(dict.fromkeys(to_amount(one) for one in money)) or None,
    }


def _shared(event: Event, entry: Entry, names: ActorNames) -> dict[str, Any]:
    return {
        "event": event.id,
        "iso3": _join(_codes(event)),
        "status": event.status.value,
        "precision": event.when.precision.value if event.when else None,
        "sources": event.sources,
        "confidence": round(entry.confidence, 2),
        "disputed": int(entry.conflicts > 0),
    }


def _codes(event: Event) -> list[str]:
    return list(dict.fromkeys(actor.code for actor in event.actors))


def _cow(code: str, names: ActorNames) -> str:
    spec = names.find_spec(code)
    return str(spec.cow) if spec and spec.cow is not None else code


def _locate(place: str, names: ActorNames) -> tuple[float, float] | None:
    known = load_coordinates()
    return known.get(place) or known.get(names.find_code(place) or "")


def _days(when: When | None) -> tuple[date | None, date | None]:
    return (when.first, when.last) if when else (None, None)


def _tell_days(when: When | None) -> str | None:
    """``2012-10-23``, or ``2012-01-01/2012-12-31`` where only the interval is known; ``..`` for an open end."""
    if when is None:
        return None
    if when.first == when.last and when.first:
        return when.first.isoformat()
    return f"{when.first or '..'}/{when.last or '..'}"


def _years(claims: Sequence[Claim]) -> str | None:
    years = sorted(
        {day.year for claim in claims if claim.when for day in (claim.when.first, claim.when.last) if day}
    )
    if not years:
        return None
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _count(claims: Sequence[Claim]) -> float | int | None:
    counts = [one.value for claim in claims for one in claim.quantities if one.unit is None]
    if not counts:
        return None
    largest = max(counts)
    return int(largest) if largest == int(largest) else largest


def _join(words: Any) -> str:
    return "; ".join(words)


_ENDING = ("iso3", "status", "precision", "sources", "confidence", "disputed")

REGISTERS = (
    Register(
        "exercises",
        "Exercises",
        ClaimType.EXERCISE,
        "the columns of MME, Multinational Military Exercises; its yes-or-no columns (CPX, Air, Land, …) are left out",
        (
            "event",
            "Ex_Name",
            "Series_Name",
            "ccode",
            "country",
            "year",
            "Location",
            "lat",
            "lon",
            "StartDate",
            "EndDate",
            "FocusDescription",
            "AdditionalParticipantInfo",
            "participant_count",
            "duration",
            *_ENDING,
        ),
        _fill_exercise,
    ),
    Register(
        "agreements",
        "Agreements",
        ClaimType.AGREEMENT,
        "ATOP and DCAD: members, when signed, ratified, in force, ended; obligations and issue areas are not coded",
        (
            "event",
            "name",
            "members",
            "ccode",
            "bilateral",
            "stage",
            "signed",
            "ratified",
            "in_force",
            "terminated",
            "when",
            "words",
            *_ENDING,
        ),
        _fill_agreement,
    ),
    Register(
        "transfers",
        "Transfers",
        ClaimType.TRANSFER,
        "the arms-transfers registers of SIPRI; trend-indicator values are not computed",
        (
            "event",
            "supplier",
            "recipient",
            "number_ordered",
            "designation",
            "description",
            "year_of_order",
            "years_of_delivery",
            "number_delivered",
            "stage",
            "comments",
            *_ENDING,
        ),
        _fill_transfer,
    ),
)
