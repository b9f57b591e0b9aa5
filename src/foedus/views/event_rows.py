"""Events as lines of a list: one sentence each, with what it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foedus.ledger import Entry, Ledger
from foedus.model.actor import Actor, Role
from foedus.model.claim import Claim
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.sentences import find_voice, tell_claim
from foedus.views.standing import find_category, find_direction, list_categories
from foedus.views.wording import tell_published, to_short_when


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of an event, by name.

    Attributes:
        code: Its code.
        name: Its usual English name.
        role: ``source``, ``target`` or ``both``.
    """

    code: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, told.

    Attributes:
        id: Its id.
        entry: It as the listing has it.
        event: It as matching made it.
        category: Number of its category, from 1, in the order of a brief.
        when: Its time in short; empty when it has none.
        reported: When it was last published, in short; None when unknown.
        headline: One sentence, with its full stop.
        parties: Its actors, those that it is done to last.
        direction: 1 toward cooperation, -1 away from it, 0 neither.
        claim: The surest claim, or None.
        voice: Who says so; None without a claim.
        publisher: Who published the article of the surest claim, or None.
    """

    id: str
    entry: Entry
    event: Event
    category: int
    when: str
    reported: str | None
    headline: str
    parties: tuple[Party, ...]
    direction: int
    claim: Claim | None
    voice: str | None
    publisher: str | None


def make_event_rows(ledger: Ledger, names: ActorNames, entries: Sequence[Entry]) -> tuple[EventRow, ...]:
    """A row for each entry, in their order; entries whose event has vanished since are left out."""
    events = ledger.events(entry.event for entry in entries)
    leads = ledger.claims(entry.lead for entry in entries if entry.lead)
    articles = ledger.articles_of([(claim.document, claim.article) for claim in leads.values()])
    rows = []
    for entry in entries:
        event = events.get(entry.event)
        if event is None:
            continue
        claim = leads.get(entry.lead or "")
        article = articles.get((claim.document, claim.article)) if claim else None
        voice = find_voice(claim, article) if claim else None
        rows.append(
            EventRow(
                event.id,
                entry,
                event,
                number_category(event),
                to_short_when(event.when),
                entry.published.isoformat() if entry.published else None,
                _tell(event, claim, names, voice, entry.published),
                tuple(
                    Party(actor.code, names.name(actor.code), actor.role)
                    for actor in _order_sides(event.actors)
                ),
                find_direction(claim) if claim else 0,
                claim,
                f"{voice}, {tell_published(article)}" if voice and tell_published(article) else voice,
                article.publisher if article else None,
            )
        )
    return tuple(rows)


def _order_sides(actors: Sequence[Actor]) -> list[Actor]:
    return sorted(actors, key=lambda actor: actor.role is Role.TARGET)


def number_category(event: Event) -> int:
    """Number of an event's category, from 1."""
    return list_categories().index(find_category(event.type)) + 1


def load_rows(ledger: Ledger, names: ActorNames, ids: Iterable[str]) -> tuple[EventRow, ...]:
    """Rows of the events of these ids, in the order given."""
    wanted = list(dict.fromkeys(ids))
    found = ledger.find_entries(wanted)
    return make_event_rows(ledger, names, [found[id] for id in wanted if id in found])


def _tell(
    event: Event, claim: Claim | None, names: ActorNames, voice: str | None, published: date | None
) -> str:
    if claim is None or voice is None:
        subject = f": {event.subject}" if event.subject else ""
        return f"{event.type.value.replace('_', ' ').capitalize()}{subject}."
    told = replace(
        claim,
        actors=event.actors or claim.actors,
        subject=event.subject or claim.subject,
        when=event.when or claim.when,
        status=event.status,
        stage=event.stage or claim.stage,
    )
    return tell_claim(told, names, voices=(voice,), published=published)
