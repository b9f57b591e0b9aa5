"""All that a ledger holds on one actor, or between two, opened for the desk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.ledger import Ledger, Sought
from foedus.model.claim import AGREEMENT_STAGES, ClaimType, Stage
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
from foedus.views.standing import find_category, list_categories

#: Events read for the lists of a dossier; the latest ones. Counts are of all.
MAX_EVENTS = 400
_MAX_SENTENCES = 8
_MAX_LISTED = 40
_MAX_DISPUTES = 10

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
    rows = make_event_rows(ledger, names, entries)
    years = ledger.count_types_by(sought, by="year")
    sentences, citations = _tell_best(ledger, rows)
    network = find_ties(ledger, names, question, of=codes[0]) if len(codes) == 1 else Network((), False, 0, 0)
    disputed = ledger.find_conflicts(actor=codes[0], limit=_MAX_DISPUTES if len(codes) == 1 else 200)
    held = {row.id for row in rows}
    if len(codes) > 1:
        disputed = tuple(one for one in disputed if one.event in held)[:_MAX_DISPUTES]
    return Dossier(
        codes=codes,
        names=tuple(names.name(code) for code in codes),
        identifiers=_identify(names, codes),
        question=question,
        events=network.events if len(codes) == 1 else ledger.count_events(sought),
        span=ledger.find_span(sought),
        read=len(rows),
        sentences=sentences,
        citations=citations,
        categories=_count_categories(years),
        as_of=day,
        agreements=_list_agreements(rows, day),
        forces=_of_types(rows, ClaimType.DEPLOYMENT, ClaimType.JOINT_FORCE, ClaimType.BUILDUP),
        series=_list_series(rows),
        arms=_of_types(rows, ClaimType.TRANSFER, ClaimType.INDUSTRY),
        network=network,
        speakers=_list_speakers(rows),
        disputes=load_disputes(ledger, names, disputed),
        years=years,
        latest=rows[:20],
    )


def _tell_best(ledger: Ledger, rows: Sequence[EventRow]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """The events with the most independent sources, by time, each citing its surest claim."""
    told = [row for row in rows if row.claim is not None and row.entry.confidence >= 0.5]
    ranked = sorted(
        told, key=lambda row: (-row.entry.sources, -row.entry.claims, -row.entry.confidence, row.id)
    )
    shown = {row.id for row in ranked[:_MAX_SENTENCES]}
    claims = [row.claim for row in told if row.claim is not None and row.id in shown]
    articles = ledger.articles_of([(claim.document, claim.article) for claim in claims])
    citer = Citer()
    sentences = [
        Sentence(
            row.headline,
            (citer.cite(row.claim, articles.get((row.claim.document, row.claim.article))),),
            row.id,
        )
        for row in reversed(told)
        if row.id in shown and row.claim is not None
    ]
    return tuple(sentences), citer.list()


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


def _list_agreements(rows: Sequence[EventRow], day: date) -> tuple[Standing, ...]:
    found = []
    for row in rows:
        if row.event.type is not ClaimType.AGREEMENT:
            continue
        reached = _stage_as_of(row.event, day)
        if reached is not None and reached[0] in _BINDING:
            stage, when = reached
            since = when.first if when else None
            found.append(Standing(row, stage.value.replace("_", " "), since.isoformat() if since else None))
    return tuple(found[:_MAX_LISTED])


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


def _of_types(rows: Sequence[EventRow], *types: ClaimType) -> tuple[EventRow, ...]:
    return tuple(row for row in rows if row.event.type in types)[:_MAX_LISTED]


def _list_series(rows: Sequence[EventRow]) -> tuple[Series, ...]:
    groups: dict[str, list[EventRow]] = {}
    for row in rows:
        if row.event.type is ClaimType.EXERCISE:
            groups.setdefault(find_series(row.event.subject) or "without a name", []).append(row)
    ranked = sorted(groups, key=lambda name: (name == "without a name", -len(groups[name]), name))
    return tuple(Series(name, tuple(groups[name][:_MAX_LISTED])) for name in ranked[:_MAX_LISTED])


def _list_speakers(rows: Sequence[EventRow]) -> tuple[Speaker, ...]:
    groups: dict[str | None, list[EventRow]] = {}
    for row in rows:
        groups.setdefault(row.publisher, []).append(row)
    ranked = sorted(groups, key=lambda name: (-len(groups[name]), name or ""))
    return tuple(_make_speaker(name, groups[name]) for name in ranked[:12])


def _make_speaker(publisher: str | None, rows: Sequence[EventRow]) -> Speaker:
    counts: Mapping[int, int] = Counter(row.category for row in rows)
    directions = Counter(row.direction for row in rows)
    ranked = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Speaker(publisher, len(rows), directions[1], directions[-1], ranked)
