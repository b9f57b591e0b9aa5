"""All that a ledger holds on one actor, or between two, opened for the desk."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.ledger import Entry, Ledger, Sought
from foedus.model.claim import AGREEMENT_STAGES, Claim, ClaimType, Stage
from foedus.model.event import Event
from foedus.model.when import When
from foedus.views.actors import ActorNames
from foedus.views.asking import Question
from foedus.views.cite import Citer
from foedus.views.disputes import Dispute, load_disputes
from foedus.views.event_rows import EventRow, make_event_rows
from foedus.views.network import Network, find_ties
from foedus.views.registers import find_series
from foedus.views.shapes import Citation, Sentence
from foedus.views.standing import find_category, find_direction, list_categories

#: Events read for the lists of a dossier; the latest ones. Counts are of all.
MAX_EVENTS = 400
_MAX_SENTENCES = 8
_MAX_LISTED = 40
_MAX_DISPUTES = 10
_MAX_LATEST = 8
_MAX_SPEAKERS = 12

_ENDED = {Stage.TERMINATED, Stage.SUSPENDED, Stage.REJECTED}
_BINDING = {Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.AMENDED, Stage.EXTENDED, Stage.PUBLISHED}


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement as of a day.

    Attributes:
        row: The agreement.
        stage: The furthest stage told by that day.
        since: When that stage was reached, ISO, or None.
    """

    row: EventRow
    stage: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """Exercises of one name."""

    name: str
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A publisher and what it tells of.

    Attributes:
        publisher: Its name, or None for articles that name none.
        events: Events for which it carries the surest claim, among those read.
        toward: Of these, steps toward cooperation.
        away: Steps away from it.
        categories: ``(category number, events)``, most first.
    """

    publisher: str | None
    events: int
    toward: int
    away: int
    categories: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a ledger holds on one actor or two.

    Attributes:
        codes: One code or two.
        names: Their names.
        identifiers: ``(label, value)``: ISO and COW codes.
        question: The question for its events.
        events: How many there are.
        span: First and last day they tell of, or None.
        read: How many of them, the latest, were read for the lists.
        sentences: The best supported events, told.
        citations: What the sentences rest on.
        categories: ``(category number, events)``.
        as_of: The day of `agreements`.
        agreements: In force or signed as of that day.
        forces: Deployments, joint forces, mobilisations.
        series: Exercises by series.
        arms: Transfers and industry.
        network: Partners; empty for two actors.
        speakers: Who speaks about it, most events first.
        disputes: What sources disagree on.
        years: ``(year, type, events)``.
        latest: The latest events.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    question: Question
    events: int
    span: tuple[date, date] | None
    read: int
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    categories: tuple[tuple[int, int], ...]
    as_of: date
    agreements: tuple[Standing, ...]
    forces: tuple[EventRow, ...]
    series: tuple[Series, ...]
    arms: tuple[EventRow, ...]
    network: Network
    speakers: tuple[Speaker, ...]
    disputes: tuple[Dispute, ...]
    years: tuple[tuple[str, str, int], ...]
    latest: tuple[EventRow, ...]


def open_dossier(ledger: Ledger, names: ActorNames, codes: tuple[str, ...], *, day: date) -> Dossier:
    """The dossier of one actor or two.

    Args:
        ledger: Where it is.
        names: Names of actors.
        codes: One code or two.
        day: As of which agreements are listed.
    """
    sought = Sought(actors=codes)
    question = Question(sought)
    entries = ledger.find_events(sought, newest=True, limit=MAX_EVENTS)
    years = ledger.count_types_by(sought, by="year")
    desk = _Desk(ledger, names, entries)
    sentences, citations = desk.tell_best()
    network = find_ties(ledger, names, question, of=codes[0]) if len(codes) == 1 else Network((), False, 0, 0)
    disputed = ledger.find_conflicts(actor=codes[0], limit=_MAX_DISPUTES if len(codes) == 1 else 200)
    held = {entry.event for entry in entries}
    if len(codes) > 1:
        disputed = tuple(one for one in disputed if one.event in held)[:_MAX_DISPUTES]
    return Dossier(
        codes=codes,
        names=tuple(names.name(code) for code in codes),
        identifiers=_identify(names, codes),
        question=question,
        events=network.events if len(codes) == 1 else ledger.count_events(sought),
        span=ledger.find_span(sought),
        read=len(entries),
        sentences=sentences,
        citations=citations,
        categories=_count_categories(years),
        as_of=day,
        agreements=desk.list_agreements(day),
        forces=desk.list_types(ClaimType.DEPLOYMENT, ClaimType.JOINT_FORCE, ClaimType.BUILDUP),
        series=desk.list_series(),
        arms=desk.list_types(ClaimType.TRANSFER, ClaimType.INDUSTRY),
        network=network,
        speakers=desk.list_speakers(),
        disputes=load_disputes(ledger, names, disputed),
        years=years,
        latest=desk.tell(entries[:_MAX_LATEST]),
    )


class _Desk:
    """Tells the events that a dossier shows, and looks through the others without telling them."""

    def __init__(self, ledger: Ledger, names: ActorNames, entries: Sequence[Entry]) -> None:
        self._ledger = ledger
        self._names = names
        self._entries = entries
        self._leads = ledger.claims(entry.lead for entry in entries if entry.lead)
        self._articles = ledger.articles_of([_to_key(claim) for claim in self._leads.values()])

    def tell(self, entries: Sequence[Entry]) -> tuple[EventRow, ...]:
        """The rows of some entries, in their order."""
        return make_event_rows(self._ledger, self._names, entries)

    def tell_best(self) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
        """The events with the most independent sources, by time, each citing its surest claim."""
        sure = [entry for entry in self._entries if entry.lead in self._leads and entry.confidence >= 0.5]
        ranked = sorted(
            sure, key=lambda entry: (-entry.sources, -entry.claims, -entry.confidence, entry.event)
        )
        shown = {entry.event for entry in ranked[:_MAX_SENTENCES]}
        citer = Citer()
        sentences = [
            Sentence(row.headline, (citer.cite(row.claim, self._articles.get(_to_key(row.claim))),), row.id)
            for row in self.tell([entry for entry in reversed(sure) if entry.event in shown])
            if row.claim is not None
        ]
        return tuple(sentences), citer.list()

    def list_types(self, *types: ClaimType) -> tuple[EventRow, ...]:
        """Events of some types."""
        return self.tell([entry for entry in self._entries if entry.type in types][:_MAX_LISTED])

    def list_agreements(self, day: date) -> tuple[Standing, ...]:
        """Agreements in force or signed as of a day."""
        events = self._load_events(ClaimType.AGREEMENT)
        reached = {id: step for id, event in events.items() if (step := _stage_as_of(event, day))}
        binding = [
            entry for entry in self._entries if entry.event in reached and reached[entry.event][0] in _BINDING
        ]
        found = []
        for row in self.tell(binding[:_MAX_LISTED]):
            stage, when = reached[row.id]
            since = when.first if when else None
            found.append(Standing(row, stage.value.replace("_", " "), since.isoformat() if since else None))
        return tuple(found)

    def list_series(self) -> tuple[Series, ...]:
        """Exercises by series, the longest series first."""
        events = self._load_events(ClaimType.EXERCISE)
        groups: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.event in events:
                name = find_series(events[entry.event].subject) or "without a name"
                groups.setdefault(name, []).append(entry)
        ranked = sorted(groups, key=lambda name: (name == "without a name", -len(groups[name]), name))
        shown = {name: groups[name][:_MAX_LISTED] for name in ranked[:_MAX_LISTED]}
        rows = {row.id: row for row in self.tell([entry for own in shown.values() for entry in own])}
        return tuple(
            Series(name, tuple(rows[entry.event] for entry in own if entry.event in rows))
            for name, own in shown.items()
        )

    def list_speakers(self) -> tuple[Speaker, ...]:
        """Who carries the surest claims, most events first."""
        groups: dict[str | None, list[tuple[ClaimType, int]]] = {}
        for entry in self._entries:
            claim = self._leads.get(entry.lead or "")
            article = self._articles.get(_to_key(claim)) if claim else None
            told = groups.setdefault(article.publisher if article else None, [])
            told.append((entry.type, find_direction(claim) if claim else 0))
        ranked = sorted(groups, key=lambda name: (-len(groups[name]), name or ""))
        return tuple(_make_speaker(name, groups[name]) for name in ranked[:_MAX_SPEAKERS])

    def _load_events(self, kind: ClaimType) -> dict[str, Event]:
        return self._ledger.events(entry.event for entry in self._entries if entry.type is kind)


def _to_key(claim: Claim) -> tuple[str, int]:
    return claim.document, claim.article


def _identify(names: ActorNames, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for code in codes:
        spec = names.find_spec(code)
        if spec is not None:
            pairs.append((spec.name, " · ".join(_list_codes(code, spec.alpha2, spec.cow))))
    return tuple(pairs)


def _list_codes(code: str, alpha2: str | None, cow: int | None) -> list[str]:
    return [
        f"ISO 3166 {code}{f' / {alpha2}' if alpha2 else ''}" if alpha2 else code,
        *([f"COW {cow}"] if cow is not None else []),
    ]


def _count_categories(years: Sequence[tuple[str, str, int]]) -> tuple[tuple[int, int], ...]:
    counts: Counter[int] = Counter()
    for _, kind, number in years:
        counts[list_categories().index(find_category(ClaimType(kind))) + 1] += number
    return tuple(sorted(counts.items()))


def _stage_as_of(event: Event, day: date) -> tuple[Stage, When | None] | None:
    """The furthest stage that is not told to have come after `day`; an end, once told, stands."""
    steps = [
        (step.stage, step.when)
        for step in event.stages
        if step.when is None or step.when.first is None or step.when.first <= day
    ]
    if not steps:
        return None
    ended = [step for step in steps if step[0] in _ENDED]
    known = [step for step in steps if step[0] in AGREEMENT_STAGES]
    if ended or not known:
        return ended[-1] if ended else steps[-1]
    return max(known, key=lambda step: AGREEMENT_STAGES.index(step[0]) if step[0] in _BINDING else -1)


def _make_speaker(publisher: str | None, told: Sequence[tuple[ClaimType, int]]) -> Speaker:
    """What a publisher tells of: the type and the direction of each event."""
    counts = Counter(list_categories().index(find_category(kind)) + 1 for kind, _ in told)
    directions = Counter(direction for _, direction in told)
    ranked = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Speaker(publisher, len(told), directions[1], directions[-1], ranked)
