"""What an event is, from its claims: the values that the evidence supports best."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from foedus.matching.confidence import find_confidence
from foedus.matching.evidence import Comparable
from foedus.matching.sources import ArticleKey, group_sources
from foedus.matching.subjects import SERIES
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import AGREEMENT_STAGES, TRANSFER_STAGES, Claim, ClaimType, Stage, Status
from foedus.model.event import Event, StageRecord
from foedus.model.ids import make_event_id
from foedus.model.when import Basis, Precision, When

_ACTOR_SHARE = 0.4  # of the claims must name an actor, so that one list of a whole alliance adds nobody
_LIFE = {stage: place for place, stage in enumerate((*AGREEMENT_STAGES, *TRANSFER_STAGES))}
_BEFORE_LIFE = frozenset({Stage.CITED, Stage.REJECTED})
_CAME_TRUE = (Status.HAPPENED, Status.ONGOING)
_COMING = (Status.PLANNED, Status.PROPOSED, Status.POSSIBLE)
_PRECISION = {precision: place for place, precision in enumerate(Precision)}


def make_event(
    members: Sequence[Comparable],
    articles: Mapping[ArticleKey, Article],
    originals: Mapping[ArticleKey, ArticleKey],
) -> Event:
    """Reconcile claims of one type into one event.

    Args:
        members: At least one claim.
        articles: By document and number; claims of articles that are missing count as undated.
        originals: Copies to their earliest copies.
    """
    ordered = sorted(members, key=_publication_key)
    claims = [member.claim for member in ordered]
    kind = claims[0].type
    stages = _list_stages(ordered) if kind is ClaimType.AGREEMENT else ()
    sources = group_sources(claims, articles, originals)
    return Event(
        id=make_event_id(claim.id for claim in claims),
        type=kind,
        claims=tuple(claim.id for claim in claims),
        actors=_pick_actors(claims),
        subject=_pick_subject(ordered),
        when=_span_stages(stages) if len(stages) > 1 else _pick_when(ordered),
        status=_pick_status(ordered),
        stage=_pick_stage(claims),
        sources=len({*sources.values()}),
        stages=stages,
        confidence=find_confidence(claims, sources, originals),
    )


def _publication_key(member: Comparable) -> tuple[date, str, int, int, int, str]:
    claim = member.claim
    day = member.published or date.max
    return (day, claim.document, claim.article, claim.evidence.start, claim.evidence.end, claim.id)


def _pick_actors(claims: Sequence[Claim]) -> tuple[Actor, ...]:
    """Those that enough claims name, in the role most give them; in the order of how many name them."""
    if len(claims) == 1 and len({actor.code for actor in claims[0].actors}) == len(claims[0].actors):
        return claims[0].actors
    roles: dict[str, Counter[Role]] = defaultdict(Counter)
    naming = 0
    for claim in claims:
        naming += bool(claim.actors)
        for actor in claim.actors:
            roles[actor.code][actor.role] += 1
    # Parties to an agreement are parties, though one of them alone ratifies it.
    shared = claims[0].type is ClaimType.AGREEMENT
    kept = [code for code in roles if roles[code].total() >= _ACTOR_SHARE * naming]
    first = {code: place for place, code in enumerate(roles)}
    kept.sort(key=lambda code: (-roles[code].total(), first[code], code))
    return tuple(Actor(code, _pick_role(roles[code], shared)) for code in kept)


def _pick_role(roles: Counter[Role], shared: bool) -> Role:
    if shared and Role.BOTH in roles:
        return Role.BOTH
    order = (Role.BOTH, Role.SOURCE, Role.TARGET)
    return max(order, key=lambda role: (roles[role], -order.index(role)))


def _pick_subject(members: Sequence[Comparable]) -> str | None:
    """The most complete name, else the most telling phrase that most claims use; the first of equals."""
    subjects = [member.subject for member in members if member.subject]
    if len(subjects) < 2:
        return subjects[0].text if subjects else None
    series = any(member.edition == SERIES for member in members)
    support = Counter(subject.telling for subject in subjects)
    names = Counter(subject.name for subject in subjects if subject.name)

    def merit(place: int) -> tuple[object, ...]:
        subject = subjects[place]
        return (
            names[subject.name] if subject.name else 0,
            min(len(subject.telling), 4) * support[subject.telling] ** 0.5,
            bool(subject.edition) != series,
            len(subject.words),
            -place,
        )

    return subjects[max(range(len(subjects)), key=merit)].text


def _pick_when(members: Sequence[Comparable]) -> When | None:
    """The time that most claims agree with, the most precise of those; open spans only for want of others."""
    times = [member.claim.when for member in members if member.claim.when]
    if len(times) < 2:
        return times[0] if times else None
    if any(member.edition == SERIES for member in members):
        return _span(times)
    recurring = any(member.claim.recurrence for member in members)

    def merit(place: int) -> tuple[int, ...]:
        when = times[place]
        support = sum(when.overlaps(other) for other in times)
        days = when.days or 10**6
        return (days < 10**6 or recurring, support, -_PRECISION[when.precision], -days, -place)

    return times[max(range(len(times)), key=merit)]


def _span(times: Sequence[When]) -> When:
    """From the first day of any to the last day of any; open where one is open."""
    firsts = [when.first for when in times if when.first]
    lasts = [when.last for when in times if when.last]
    first = min(firsts) if len(firsts) == len(times) else None
    last = max(lasts) if len(lasts) == len(times) else None
    if first is None and last is None:
        return times[0]
    same = [when for when in times if (when.first, when.last) == (first, last)]
    return same[0] if same else When(first, last, Precision.YEARS, None, Basis.INFERRED)


def _span_stages(stages: Sequence[StageRecord]) -> When | None:
    times = [record.when for record in stages if record.when]
    return _span(times) if times else None


def _list_stages(members: Sequence[Comparable]) -> tuple[StageRecord, ...]:
    """The stages that are told, in the order of their times where those are apart, else of a life."""
    by_stage: dict[Stage, list[Comparable]] = defaultdict(list)
    for member in members:
        if member.claim.stage and member.claim.stage is not Stage.CITED:
            by_stage[member.claim.stage].append(member)
    records = [
        StageRecord(stage, _pick_when(group), tuple(member.claim.id for member in group))
        for stage, group in sorted(by_stage.items(), key=lambda item: _LIFE[item[0]])
    ]
    # An insertion sort: times are only a partial order, and life order stands where they do not speak.
    ordered: list[StageRecord] = []
    for record in records:
        place = len(ordered)
        while place and _is_earlier(record.when, ordered[place - 1].when):
            place -= 1
        ordered.insert(place, record)
    return tuple(ordered)


def _is_earlier(one: When | None, other: When | None) -> bool:
    return bool(one and other and one.last and other.first and one.last < other.first)


def _pick_stage(claims: Sequence[Claim]) -> Stage | None:
    """The furthest stage that was reached, else the furthest that is spoken of."""
    reached = [claim.stage for claim in claims if claim.stage and claim.status in _CAME_TRUE]
    spoken = [claim.stage for claim in claims if claim.stage]
    return max(reached or spoken, key=_life_place, default=None)


def _life_place(stage: Stage) -> int:
    return -1 if stage in _BEFORE_LIFE else _LIFE[stage]


def _pick_status(members: Sequence[Comparable]) -> Status:
    """The latest that is well supported; what came true once is no plan any more.

    A denial stands if it is the latest word, or if nobody says that the thing came true.
    """
    statuses = [member.claim.status for member in members]
    if len(statuses) == 1:
        return statuses[0]
    true = [place for place, status in enumerate(statuses) if status in _CAME_TRUE]
    denied = [place for place, status in enumerate(statuses) if status is Status.DENIED]
    if true and denied:
        later = _is_later(members[denied[-1]], members[true[-1]])
        if later and 2 * len(denied) >= len(true):
            return Status.DENIED
    if true:
        latest = [statuses[place] for place in true if not _is_later(members[true[-1]], members[place])]
        return Counter(latest).most_common(1)[0][0]
    if denied and 2 * len(denied) >= len(statuses) - len(denied):
        return Status.DENIED
    counts = Counter(status for status in statuses if status in _COMING)
    return max(_COMING, key=lambda status: (counts[status], -_COMING.index(status)))


def _is_later(one: Comparable, other: Comparable) -> bool:
    return bool(one.published and other.published and one.published > other.published)
