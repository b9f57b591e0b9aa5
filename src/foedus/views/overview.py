"""What a ledger holds, at a glance."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foedus.ledger import Counts, Entry, Ledger, Sought, Source
from foedus.model.claim import ClaimType
from foedus.model.run import Problem
from foedus.views.actors import ActorNames
from foedus.views.disputes import Dispute, load_disputes
from foedus.views.event_rows import EventRow, make_event_rows
from foedus.views.standing import find_category, list_categories

_MAX_NEWEST = 10
_MAX_DYADS = 12
_MAX_SOURCES = 12
_MAX_PROBLEMS = 6
_MAX_DISPUTES = 4


@dataclass(frozen=True, slots=True)
class DyadCount:
    """Two actors and how many events they share."""

    one: str
    other: str
    one_name: str
    other_name: str
    events: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A ledger at a glance.

    Attributes:
        counts: Documents, articles, claims, problems.
        events: Number of events.
        conflicts: Number of conflicts.
        reprints: Number of articles that repeat earlier ones.
        span: First and last day that events tell of, or None.
        languages: Language codes with their number of articles, most first.
        months: ``(month, category number, events)``.
        dyads: The busiest pairs.
        sources: Publishers, most articles first.
        newest: Events last reported.
        disputes: Some conflicts.
        problems: Some problems.
        is_matched: Whether events fit the claims; False while a build runs, or after one that was cut off.
    """

    counts: Counts
    events: int
    conflicts: int
    reprints: int
    span: tuple[date, date] | None
    languages: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int, int], ...]
    dyads: tuple[DyadCount, ...]
    sources: tuple[Source, ...]
    newest: tuple[EventRow, ...]
    disputes: tuple[Dispute, ...]
    problems: tuple[Problem, ...]
    is_matched: bool


def describe_ledger(ledger: Ledger, names: ActorNames) -> Overview:
    """The ledger at a glance."""
    events, conflicts, reprints = ledger.count_derived()
    newest: tuple[Entry, ...] = ledger.find_newest(_MAX_NEWEST)
    return Overview(
        ledger.counts(),
        events,
        conflicts,
        reprints,
        ledger.find_span(Sought()),
        ledger.count_languages(),
        sum_by_category(ledger.count_types_by(Sought(), by="month")),
        tuple(
            name_dyad(term.term, term.events or 0, names)
            for term in ledger.list_terms("dyad", limit=_MAX_DYADS)
        ),
        ledger.count_sources(_MAX_SOURCES),
        make_event_rows(ledger, names, newest),
        load_disputes(ledger, names, ledger.find_conflicts(limit=_MAX_DISPUTES)),
        ledger.problems()[:_MAX_PROBLEMS],
        ledger.is_matched(),
    )


def sum_by_category(counts: tuple[tuple[str, str, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """Counts by step and type as counts by step and category number, sorted."""
    numbers: Mapping[str, int] = {
        kind.value: list_categories().index(find_category(kind)) + 1 for kind in ClaimType
    }
    sums: Counter[tuple[str, int]] = Counter()
    for step, kind, number in counts:
        sums[step, numbers[kind]] += number
    return tuple((step, category, number) for (step, category), number in sorted(sums.items()))


def name_dyad(term: str, events: int, names: ActorNames) -> DyadCount:
    """A pair of codes, by name."""
    one, _, other = term.partition(" ")
    return DyadCount(one, other, names.name(one), names.name(other), events)
