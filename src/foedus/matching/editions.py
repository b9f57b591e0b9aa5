"""Editions: which holding of a series a claim about a named exercise is about.

A series (Union Shield) and its editions (Union Shield-2011) are things of their own. An article that reports
one edition speaks of it also where it gives no year, or looks back at earlier ones; an article about the
series as such names several years or how often it is held.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from foedus.matching.evidence import Comparable
from foedus.matching.subjects import SERIES
from foedus.model.claim import ClaimType
from foedus.model.when import Precision, When

_HELD = frozenset({ClaimType.EXERCISE})
_DATED = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH})
_MAX_DAYS = 120  # an exercise over New Year is one edition


def find_editions(comparables: Sequence[Comparable]) -> dict[str, str]:
    """Claim id to edition (``2011``, ``21``) or `SERIES`, for claims about named exercises.

    Args:
        comparables: All claims of one article.
    """
    editions: dict[str, str] = {}
    groups: dict[frozenset[str], list[Comparable]] = defaultdict(list)
    for comparable in comparables:
        if comparable.claim.type in _HELD and comparable.subject and comparable.subject.name:
            groups[comparable.subject.name].append(comparable)
    for group in groups.values():
        editions |= _settle(group)
    return editions


def _settle(group: list[Comparable]) -> dict[str, str]:
    """Editions of the claims that one article makes about one name."""
    own = {comparable.claim.id: _edition(comparable) for comparable in group}
    told = sorted({edition for edition in own.values() if edition})
    recurring = any(comparable.claim.recurrence for comparable in group)
    if not told:
        return dict.fromkeys(own, SERIES) if recurring else {}
    main = _pick_main(group, own, told)
    if main is not None and (recurring or len(told) == 1):
        return dict.fromkeys(own, main)
    if main is None and (recurring or not any(_is_dated(comparable) for comparable in group)):
        return dict.fromkeys(own, SERIES)
    return {name: edition or main or SERIES for name, edition in own.items()}


def _pick_main(group: list[Comparable], own: Mapping[str, str | None], told: list[str]) -> str | None:
    """The edition the article is about: the only one, else the only one that it dates."""
    if len(told) == 1:
        return told[0]
    dated = {own[comparable.claim.id] for comparable in group if _is_dated(comparable)} - {None}
    return dated.pop() if len(dated) == 1 else None


def _is_dated(comparable: Comparable) -> bool:
    when = comparable.claim.when
    return when is not None and when.precision in _DATED and (when.days or _MAX_DAYS + 1) <= _MAX_DAYS


def _edition(comparable: Comparable) -> str | None:
    """The edition a claim gives by name, else by its year."""
    if comparable.subject and comparable.subject.edition:
        return comparable.subject.edition
    return _year(comparable.claim.when)


def _year(when: When | None) -> str | None:
    if when is None or when.first is None or when.last is None:
        return None
    if when.first.year == when.last.year or (when.days or 0) <= _MAX_DAYS:
        return str(when.first.year)
    return None


def find_all_editions(comparables: Iterable[Comparable]) -> dict[str, str]:
    """`find_editions` over the claims of many articles."""
    by_article: dict[tuple[str, int], list[Comparable]] = defaultdict(list)
    for comparable in comparables:
        by_article[comparable.claim.document, comparable.claim.article].append(comparable)
    editions: dict[str, str] = {}
    for group in by_article.values():
        editions |= find_editions(group)
    return editions
