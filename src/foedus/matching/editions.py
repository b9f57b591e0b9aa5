"""Editions: which holding of a series a claim about a named exercise is about.

A series (Union Shield) and its editions (Union Shield-2011) are things of their own. An article that reports
one edition speaks of it also where it gives no year, or looks back at earlier ones; an article about the
series as such names several years or how often it is held.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foedus.matching.evidence import Comparable
from foedus.matching.subjects import SERIES, is_other_holding
from foedus.model.claim import ClaimType
from foedus.model.when import Precision, When

_HELD = frozenset({ClaimType.EXERCISE})
_DATED = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH})
_MAX_NUMBER = 50  # a higher number of two digits is a year: no exercise has been held so often
_NUMBERED = re.compile(r"(\d{1,2})[-/](\d{1,2})")
_MAX_DAYS = 120  # an exercise over New Year is one edition


def find_editions(comparables: Sequence[Comparable]) -> dict[str, str]:
    """Claim id to edition (as `is_other_holding` reads it) or `SERIES`, for claims about named exercises.

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
    own = _read_editions(group)
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


def _read_editions(group: list[Comparable]) -> dict[str, str | None]:
    """The edition each claim gives; a year that only its time tells gives way to one that a name tells."""
    own = {comparable.claim.id: _edition(comparable) for comparable in group}
    named = sorted({edition for edition in own.values() if edition and not edition.startswith("~")})
    for claim, edition in own.items():
        if edition and edition.startswith("~"):
            meant = [other for other in named if not is_other_holding(edition, other)]
            own[claim] = meant[0] if len(meant) == 1 else edition
    return own


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
    """The edition a claim gives: ``2011``, ``#12`` (the twelfth), ``1994#2``; ``~2011`` only by its time."""
    label = comparable.subject.edition if comparable.subject else None
    year = _year(comparable.claim.when)
    if label is None:
        return f"~{year}" if year else None
    number = ""
    if found := _NUMBERED.fullmatch(label):
        one, other = found.groups()
        label, number = (one, f"#{int(other)}") if int(one) > _MAX_NUMBER else (other, f"#{int(one)}")
    if len(label) >= len("2011"):
        return label[:4] + number
    told = _year_of_two_digits(int(label), year, comparable.published) if len(label) == 2 else None
    if told:
        return told + number
    return (f"~{year}" if year else "") + (number or f"#{int(label)}")


def _year_of_two_digits(digits: int, year: str | None, published: date | None) -> str | None:
    """``1994`` for 94; for less than 50 only where time or publication bears it out, since it may be a number."""
    years = (f"19{digits:02}", f"20{digits:02}")
    near = {str(published.year + by) for by in (-1, 0, 1)} if published else set()
    for candidate in years:
        if candidate == year or (year is None and candidate in near):
            return candidate
    return years[0] if digits > _MAX_NUMBER else None


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
        if comparable.claim.type in _HELD:
            by_article[comparable.claim.document, comparable.claim.article].append(comparable)
    editions: dict[str, str] = {}
    for group in by_article.values():
        editions |= find_editions(group)
    return editions
