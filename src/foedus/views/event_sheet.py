"""One event opened for the desk: values with the claims behind them, its life, claims side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from foedus.ledger import Entry, Ledger, Sought
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.chronology import tell_actors
from foedus.views.disputes import Dispute, Voice, find_voices, load_disputes
from foedus.views.event_rows import EventRow, load_rows, make_event_rows
from foedus.views.excerpts import cut_excerpt
from foedus.views.shapes import Excerpt
from foedus.views.wording import to_amount, to_short_when

#: Claims shown on the page of one event, and events related to it.
MAX_CLAIMS = 100
_MAX_RELATED = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which claims give a value.

    Attributes:
        value: As shown.
        claims: Numbers of the claims on the page that give it, from 1.
        is_chosen: Whether it is the event's value.
    """

    value: str
    claims: tuple[int, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A slot of an event.

    Attributes:
        slot: The contract's word.
        value: The reconciled value as shown; empty for none.
        readings: How claims give it, the chosen first, then most claims first.
    """

    slot: str
    value: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim among those of its event.

    Attributes:
        number: From 1.
        voice: The claim, and who makes it.
        excerpt: Its words in their place, or None if its document has vanished.
        when: Its time in short.
        independence: ``independent``, ``reprint`` or ``same source``.
        original: Document and number of the article that it repeats, or None.
    """

    number: int
    voice: Voice
    excerpt: Excerpt | None
    when: str
    independence: str
    original: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A stage in the life of an agreement or a transfer."""

    stage: str
    when: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventSheet:
    """An event opened.

    Attributes:
        row: The event told.
        values: Its slots that have a value or a claim that gives one.
        steps: Its life, in order; empty for types without one.
        cards: Its claims, by publication.
        more: Claims beyond `MAX_CLAIMS`.
        disputes: What sources disagree on.
        related: Events with the same actors and type, or the same words.
    """

    row: EventRow
    values: tuple[Value, ...]
    steps: tuple[Step, ...]
    cards: tuple[ClaimCard, ...]
    more: int
    disputes: tuple[Dispute, ...]
    related: tuple[EventRow, ...]


def open_event(ledger: Ledger, names: ActorNames, id_or_start: str) -> EventSheet:
    """The event of this id, or of the only id that begins so.

    Raises:
        LedgerError: No event, or more than one, has such an id.
    """
    event = ledger.event(id_or_start)
    (row,) = load_rows(ledger, names, [event.id])
    shown = event.claims[:MAX_CLAIMS]
    found = ledger.claims(shown)
    claims = [found[id] for id in shown if id in found]
    numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
    conflicts = tuple(ledger.iter_conflicts(event=event.id))
    return EventSheet(
        row,
        _gather_values(event, claims, names),
        tuple(
            Step(
                step.stage.value.replace("_", " "),
                to_short_when(step.when),
                tuple(numbers[id] for id in step.claims if id in numbers),
            )
            for step in event.stages
        ),
        _make_cards(ledger, claims),
        len(event.claims) - len(claims),
        load_disputes(ledger, names, conflicts),
        _find_related(ledger, names, event),
    )


def _gather_values(event: Event, claims: Sequence[Claim], names: ActorNames) -> tuple[Value, ...]:
    tellers: Mapping[str, tuple[str, Callable[[Claim], str]]] = {
        "actors": (tell_actors(event.actors), lambda claim: tell_actors(claim.actors)),
        "when": (to_short_when(event.when), lambda claim: to_short_when(claim.when)),
        "status": (event.status.value, lambda claim: claim.status.value),
        "stage": (_plain(event.stage), lambda claim: _plain(claim.stage)),
        "subject": (event.subject or "", lambda claim: claim.subject or ""),
        "place": ("", lambda claim: ", ".join(claim.place)),
        "quantities": ("", lambda claim: "; ".join(to_amount(one) for one in claim.quantities)),
        "agents": ("", lambda claim: ", ".join(claim.agents)),
        "recurrence": ("", lambda claim: claim.recurrence or ""),
    }
    values = []
    for slot, (chosen, tell) in tellers.items():
        groups: dict[str, list[int]] = {}
        for number, claim in enumerate(claims, start=1):
            if told := tell(claim):
                groups.setdefault(told, []).append(number)
        ranked = sorted(groups, key=lambda told: (told != chosen, -len(groups[told]), told))
        if chosen or ranked:
            readings = tuple(Reading(told, tuple(groups[told]), told == chosen) for told in ranked)
            values.append(Value(slot, chosen, readings))
    return tuple(values)


def _make_cards(ledger: Ledger, claims: Sequence[Claim]) -> tuple[ClaimCard, ...]:
    voices = find_voices(ledger, claims)
    originals = ledger.find_originals([(claim.document, claim.article) for claim in claims])
    documents: dict[str, Document] = {}
    told: set[tuple[str, int]] = set()
    cards = []
    for number, claim in enumerate(claims, start=1):
        own = (claim.document, claim.article)
        original = originals.get(own)
        independence = "reprint" if original else "same source" if own in told else "independent"
        told.add(original or own)
        document = documents.setdefault(claim.document, ledger.document(claim.document))
        excerpt = cut_excerpt(document, claim)
        cards.append(
            ClaimCard(number, voices[claim.id], excerpt, to_short_when(claim.when), independence, original)
        )
    return tuple(cards)


def _find_related(ledger: Ledger, names: ActorNames, event: Event) -> tuple[EventRow, ...]:
    codes = tuple(dict.fromkeys(actor.code for actor in event.actors))[:2]
    found: dict[str, Entry] = {}
    if event.subject and any(word[:1].isupper() for word in event.subject.split()):
        phrase = event.subject.replace('"', " ")
        if any(letter.isalnum() for letter in phrase):
            for entry in ledger.find_events(Sought(words=f'"{phrase}"'), limit=_MAX_RELATED):
                found.setdefault(entry.event, entry)
    if codes:
        sought = Sought(actors=codes, types=(event.type,))
        for entry in ledger.find_events(sought, limit=_MAX_RELATED, newest=True):
            found.setdefault(entry.event, entry)
    found.pop(event.id, None)
    return make_event_rows(ledger, names, list(found.values())[:_MAX_RELATED])


def _plain(word: str | None) -> str:
    return str(word).replace("_", " ") if word else ""
