"""The situation brief: what is new in a period by category, and how that stands against the period before.

Every statement is composed from the slots of a claim and cites the words of every independent source of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.errors import ConfigError, TooSlow
from foedus.ledger import Ledger, Wanted
from foedus.model.claim import Claim, Status
from foedus.model.event import Event, Reprint
from foedus.model.when import When
from foedus.views.actors import ActorNames
from foedus.views.cite import Citer
from foedus.views.data_files import load_data
from foedus.views.judged import weigh_ledger
from foedus.views.period import Period, find_latest_period
from foedus.views.sentences import find_voice, tell_claim
from foedus.views.shapes import Column, Pages, Section, Sentence, Table
from foedus.views.sources import ArticleKey, Sources
from foedus.views.standing import (
    Standing,
    Tally,
    compare,
    count_tally,
    find_category,
    find_direction,
    list_categories,
)
from foedus.views.strip import draw_strip

#: Claims below this are left out: they are more likely wrong than right.
MIN_CONFIDENCE = 0.5
#: Events told in each category; the best supported ones.
MAX_EVENTS = 8
_MAX_CITATIONS = 4

_GLANCE = tuple(
    Column(heading)
    for heading in ("category", "standing", "events", "toward", "away", "toward before", "away before")
)
_STATUS_ORDER = {
    Status.HAPPENED: 0,
    Status.ONGOING: 0,
    Status.DENIED: 1,
    Status.PLANNED: 2,
    Status.PROPOSED: 3,
    Status.POSSIBLE: 4,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a brief is about.

    Attributes:
        period: Its days; None is the latest that the ledger covers, see `find_latest_period`.
        actor: Code of an actor that must be in it.
        dyad: Codes of two actors that must both be in it.
        min_confidence: Claims less probable are left out.
        max_events: Events told in each category.
    """

    period: Period | None = None
    actor: str | None = None
    dyad: tuple[str, str] | None = None
    min_confidence: float = MIN_CONFIDENCE
    max_events: int = MAX_EVENTS


@dataclass(frozen=True, slots=True)
class News:
    """What a period brings of one event.

    Attributes:
        event: Id of the event; of a claim that belongs to none, its own.
        leader: The claim that is told, gaps filled from the event.
        time: When it counts.
        claims: One claim for each independent source that tells it, the leader first.
    """

    event: str
    leader: Claim
    time: When
    claims: tuple[Claim, ...]


def write_brief(ledger: Ledger, names: ActorNames, asked: Asked, *, max_articles: int | None = None) -> Pages:
    """The brief that is asked for.

    Args:
        ledger: Where it is.
        names: Names of actors.
        asked: What it is about.
        max_articles: How many articles of its period and the one before may be read; None is all.

    Raises:
        ConfigError: No period is asked for and the ledger has no dated article to choose one by.
        TooSlow: More articles appeared in that time.
    """
    period, why = _pick_period(ledger, asked)
    before = period.before()
    span = Period(before.first, period.last)
    if max_articles is not None and (number := ledger.count_published(span.first, span.last)) > max_articles:
        raise TooSlow(
            f"{number:,} articles appeared in {period.to_words()} and the period before; the desk reads at most "
            f"{max_articles:,} for a brief. Ask for fewer days; `foedus brief` takes as long as it needs"
        )
    claims = _load_claims(ledger, asked, span)
    published = ledger.find_published(span.first, span.last)
    sources = _load_sources(ledger, claims.values(), published)
    links = ledger.events_of(claims)
    events = ledger.events(links.values())
    desk = _Desk(ledger, names, sources, {claim: events[event] for claim, event in links.items()})
    now, past = (desk.find_news(claims.values(), days) for days in (period, before))
    covered, covered_before = (
        desk.count_covering(claims.values(), published, days) for days in (period, before)
    )
    table_rows = []
    sections = []
    for category in list_categories():
        found = [news for news in now if find_category(news.leader.type) == category]
        tally = count_tally((find_direction(news.leader) for news in found), covered)
        earlier = [
            find_direction(news.leader) for news in past if find_category(news.leader.type) == category
        ]
        tally_before = count_tally(earlier, covered_before)
        standing = compare(tally, tally_before)
        sections.append(
            Section(
                heading=category,
                standing=standing.value,
                paragraphs=(_tell_tally(tally, tally_before, standing),),
                sentences=tuple(desk.tell(found, asked.max_events)),
            )
        )
        table_rows.append(
            (
                category,
                standing.value,
                tally.events,
                tally.toward,
                tally.away,
                tally_before.toward,
                tally_before.away,
            )
        )
    glance = Section("At a glance", table=Table("", _GLANCE, tuple(table_rows)))
    about = " and ".join(names.name(code) for code in (asked.dyad or (asked.actor,)) if code)
    told = sum(len(news.claims) for news in now)
    facts = (
        *((("About", about),) if about else ()),
        ("Period", f"{period.to_words()} ({why})"),
        ("Compared with", f"{before.to_words()}, the period before, equally long"),
        (
            "Found",
            f"{_count(len(now), 'event')} by {_count(told, 'independent report')}; reprints count once",
        ),
        ("Read", f"{_count(covered, 'independent article')} in or about the period, {covered_before} before"),
    )
    notes = Section("How to read this", paragraphs=_explain(asked, ledger.count_undated()))
    strip = draw_strip(
        "Claims by time", desk.list_days(claims.values(), span), list_categories(), span, period.first
    )
    title = f"Defence relations{f' of {about}' if about else ''}, {period.to_words()}"
    return Pages(title, facts, (glance, *sections, notes), desk.citer.list(), strip)


def find_time(claim: Claim, sources: Sources) -> When | None:
    """When a claim counts: what happened, by its own time; all else by the day it was published.

    Where that is unknown, the other of the two counts; None where both are unknown.
    """
    article = sources.article_of(claim)
    published = article.published if article else None
    return (claim.when or published) if claim.status is Status.HAPPENED else (published or claim.when)


class _Desk:
    """Sorts claims into news and tells them."""

    def __init__(
        self, ledger: Ledger, names: ActorNames, sources: Sources, events: Mapping[str, Event]
    ) -> None:
        self._weighed = weigh_ledger(ledger)
        self.citer = Citer(self._weighed)
        self._ledger = ledger
        self._names = names
        self._sources = sources
        self._events = events

    def find_news(self, claims: Iterable[Claim], period: Period) -> list[News]:
        """What the period brings, an item an event, by time."""
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            if period.holds(find_time(claim, self._sources)):
                event = self._events.get(claim.id)
                groups.setdefault(event.id if event else claim.id, []).append(claim)
        found = [self._gather(group, key) for key, group in groups.items()]
        return sorted(found, key=lambda news: (_to_order(news.time), news.event))

    def count_covering(
        self, claims: Iterable[Claim], published: Mapping[ArticleKey, When], period: Period
    ) -> int:
        """Independent articles published in the period, or of whose claims at least half belong to it."""
        told: Counter[ArticleKey] = Counter()
        inside: Counter[ArticleKey] = Counter()
        for claim in claims:
            key = (claim.document, claim.article)
            told[key] += 1
            inside[key] += period.holds(find_time(claim, self._sources))
        covering = {key for key, number in told.items() if 2 * inside[key] >= number}
        covering.update(key for key, when in published.items() if period.holds(when))
        return len({self._sources.find_original(key) for key in covering})

    def list_days(self, claims: Iterable[Claim], span: Period) -> Iterable[tuple[date, str]]:
        """Day and category of each claim that falls in `span`."""
        for claim in claims:
            time = find_time(claim, self._sources)
            if span.holds(time):
                yield _to_order(time)[0], find_category(claim.type)

    def tell(self, found: Sequence[News], max_events: int) -> Iterable[Sentence]:
        """The best supported of the news, by time, with what sources disagree on."""
        ranked = sorted(found, key=lambda news: (-len(news.claims), -news.leader.confidence, news.event))
        shown = {news.event for news in ranked[:max_events]}
        for news in found:
            if news.event in shown:
                yield self._tell_one(news)
                yield from self._tell_doubts(news)

    def _gather(self, group: Sequence[Claim], key: str) -> News:
        by_source: dict[tuple[str, int], Claim] = {}
        for claim in sorted(group, key=self._rank):
            by_source.setdefault(self._sources.original_of(claim), claim)
        leader, *others = by_source.values()
        time = find_time(leader, self._sources)
        assert time is not None  # it falls in the period
        return News(key, self._fill(leader), time, (leader, *others))

    def _rank(self, claim: Claim) -> tuple[object, ...]:
        """Best to tell first: what is so, no reprint, with the most slots, the surest, the earliest."""
        is_reprint = self._sources.original_of(claim) != (claim.document, claim.article)
        slots = sum(bool(value) for value in (claim.actors, claim.subject, claim.when, claim.place))
        time = find_time(claim, self._sources)
        return (
            _STATUS_ORDER[claim.status],
            is_reprint,
            -slots,
            -claim.confidence,
            _to_order(time),
            claim.document,
            claim.id,
        )

    def _fill(self, claim: Claim) -> Claim:
        event = self._events.get(claim.id)
        if event is None:
            return claim
        judged: dict[str, Any] = {
            correction.slot.value: correction.value for correction in self._weighed.events.get(event.id, ())
        }
        claim = replace(claim, **judged)
        return replace(
            claim,
            actors=claim.actors or event.actors,
            subject=claim.subject or event.subject,
            when=claim.when or event.when,
        )

    def _tell_one(self, news: News) -> Sentence:
        articles = [self._sources.article_of(claim) for claim in news.claims]
        voices = [find_voice(claim, article) for claim, article in zip(news.claims, articles, strict=True)]
        published = articles[0].published if articles[0] else None
        text = tell_claim(
            news.leader,
            self._names,
            voices=tuple(dict.fromkeys(voices)),
            published=published.last if published else None,
        )
        if news.leader.id in self._weighed.corrected or news.event in self._weighed.events:
            text = f"{text[:-1] if text.endswith('.') else text} (corrected by people)."
        numbers = tuple(self._cite(claim) for claim in news.claims[:_MAX_CITATIONS])
        return Sentence(text, tuple(dict.fromkeys(numbers)), news.event)

    def _tell_doubts(self, news: News) -> Iterable[Sentence]:
        for conflict in self._ledger.iter_conflicts(event=news.event):
            sides = self._ledger.claims(side[0] for side in conflict.sides)
            numbers = dict.fromkeys(self._cite(claim) for claim in sides.values())
            if numbers:
                note = conflict.note.rstrip(".")
                yield Sentence(f"Sources disagree: {note}.", tuple(numbers), news.event, is_doubt=True)

    def _cite(self, claim: Claim) -> int:
        return self.citer.cite(claim, self._sources.article_of(claim))


def _pick_period(ledger: Ledger, asked: Asked) -> tuple[Period, str]:
    if asked.period is not None:
        return asked.period, f"{_count(asked.period.days, 'day')}, as asked"
    published = {Period(*days): number for days, number in ledger.count_by_publication().items()}
    latest = find_latest_period(published)
    if latest is None:
        raise ConfigError("no article in the ledger has a date to choose a period by; give --from and --to")
    return latest


def _load_claims(ledger: Ledger, asked: Asked, days: Period) -> dict[str, Claim]:
    """Claims that tell of these days or were published in them, by id, in the ledger's order."""
    ways = (
        Wanted(actor=asked.actor, dyad=asked.dyad, first=days.first, last=days.last),
        Wanted(actor=asked.actor, dyad=asked.dyad, published=(days.first, days.last)),
    )
    found = {claim.id: claim for wanted in ways for claim in ledger.iter_claims(wanted)}
    sure = [claim for claim in found.values() if claim.confidence >= asked.min_confidence]
    return {
        claim.id: claim for claim in sorted(sure, key=lambda claim: (claim.document, claim.article, claim.id))
    }


def _load_sources(ledger: Ledger, claims: Iterable[Claim], published: Iterable[ArticleKey]) -> Sources:
    """The articles that claims stand in, with what these and those published in the days are copies of."""
    articles = ledger.articles_of([(claim.document, claim.article) for claim in claims])
    originals = ledger.find_originals([*dict.fromkeys([*articles, *published])])
    return Sources(articles.values(), (Reprint(*copy, *original) for copy, original in originals.items()))


def _tell_tally(now: Tally, before: Tally, standing: Standing) -> str:
    if now.articles == 0:
        return "No article in the ledger was published in the period or tells of it."
    if now.events == 0:
        return f"Nothing of this kind in the {_count(now.articles, 'independent article')} on the period."
    steps = f"{now.toward} toward cooperation, {now.away} away from it, {now.neither} neither"
    told = f"{_count(now.events, 'event')}: {steps}"
    if before.articles == 0:
        return f"{told}. No article covers the period before, so there is nothing to compare with."
    return f"{told}; in the period before {before.toward} toward and {before.away} away."


def _explain(asked: Asked, undated: int) -> tuple[str, ...]:
    values = {"sure": f"{asked.min_confidence:.0%}", "events": asked.max_events, "undated": undated}
    return tuple(text.format(**values) for text in load_data("brief")["explanation"])


def _to_order(when: When | None) -> tuple[date, date]:
    first = (when.first or when.last) if when else None
    last = (when.last or when.first) if when else None
    return first or date.max, last or date.max


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
