"""The head of an article: headline, publisher, author."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from foedus.articles.lines import Line
from foedus.articles.roles import Marked, Role, is_title_like
from foedus.articles.words import load_data

_STEM = re.compile(r"[^\W\d_]{4,}|\d{4}")
_STEM_CHARS = 6
_SLUG_PART = re.compile(r"[a-zA-Z]{2,}|\d{4}")
_MIN_SLUG_PARTS = 3
_ADDRESS = re.compile(r"https?://\S+")
_DATELINE_CREDIT = re.compile(
    r"^.{0,60}?[(/](?P<name>[^()/]{2,40})[)/]\s*(?:[-–—:.]|$)|^\((?P<first>[^()]{2,60})\)", re.DOTALL
)
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


def find_title(
    lines: Sequence[Line],
    marked: Sequence[Marked],
    candidates: Sequence[int],
    body: Sequence[int],
    *,
    known: str | None,
    address: str | None,
) -> int | None:
    """The number of the line that is the headline, or None when no line looks like one.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        candidates: Numbers of the lines that may hold it, in order.
        body: Numbers of the lines of the article's prose.
        known: Title that the page's data give.
        address: Address of the page, whose path often repeats the headline.
    """
    candidates = [number for number in candidates if is_title_like(lines[number], marked[number])]
    if not candidates:
        return None
    vocabulary = {stem for number in body for stem in _stems(lines[number].text)}
    slug = _slug_parts(address)
    known_stems = _stems(known or "")
    folded = [line.folded for line in lines]
    best, best_score = None, _MIN_TITLE_SCORE
    for place, number in enumerate(candidates):
        line = lines[number]
        stems = _stems(line.text)
        score = 1.5 * len(stems & vocabulary) / len(stems) if stems else 0.0
        score -= 0.2 * (len(candidates) - 1 - place)
        if known_stems and stems:
            score += 3.0 * len(stems & known_stems) / len(stems | known_stems)
        if slug:
            score += 2.5 * _share_in_slug(line.text, slug)
            if len(slug) >= 5 and _share_in_slug(line.text, slug) < 0.25:
                score -= 0.7
        if folded.count(line.folded) > 1:
            score += 0.7
        if line.capital > 0.7 or line.text.isupper():
            score += 0.4
        if line.text.endswith("?"):
            score += 0.3
        if line.words < 4:
            score -= 0.5
        if any(item.day is not None and item.year is not None for item in marked[number].dates):
            # A caption's date, unless it is the title of an issue ("Week in review – July 11, 2014").
            score -= 1.0 if place else 0.3
        if line.size > 110:
            score -= 0.5
        if score > best_score:
            best, best_score = number, score
    return best


_MIN_TITLE_SCORE = 0.35


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS].lower() for word in _STEM.findall(text)}


def _slug_parts(address: str | None) -> list[str]:
    """Words of the part of an address that repeats a headline; empty when there is none."""
    if not address:
        return []
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    parts = max((_SLUG_PART.findall(part.lower()) for part in path.split("/")), key=len, default=[])
    return parts if len(parts) >= _MIN_SLUG_PARTS else []


def _share_in_slug(text: str, slug: Sequence[str]) -> float:
    words = set(re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", "")))
    return sum(part in words for part in slug) / len(slug)


@dataclass(frozen=True, slots=True, eq=False)
class Publishers:
    """Known publishers by domain, and agencies by name."""

    domains: dict[str, str]
    agencies: dict[str, str]


@cache
def load_publishers() -> Publishers:
    """The table of publishers; loaded once."""
    data = load_data("publishers.yaml")
    return Publishers(data["domains"], {name.casefold(): name for name in data["agencies"]})


def find_address(lines: Sequence[Line], known: str | None) -> str | None:
    """Address of the page: what it says of itself, else an address alone on one of its first lines."""
    if known is not None:
        return known
    for line in lines[:6]:
        if _ADDRESS.fullmatch(line.text):
            return line.text
    return None


def find_publisher(
    lines: Sequence[Line],
    marked: Sequence[Marked],
    before: int,
    *,
    known: str | None,
    address: str | None,
    outlets: frozenset[str],
) -> str | None:
    """Who publishes the page: its own word, a known domain, a masthead, else the domain.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        before: Number of the line at which the first article begins; a masthead stands above it.
        known: Name that the page's data give.
        address: Address of the page.
        outlets: Words that end the name of a news outlet, lower case.
    """
    if known is not None:
        return known
    domain = to_domain(address)
    named = _named_domain(domain)
    if named is not None:
        return named
    for number in range(min(before, 8)):
        line = lines[number]
        is_name = line.text.isupper() or line.capital > 0.9
        if (
            marked[number].role is Role.TEXT
            and 2 <= line.words <= 7
            and is_name
            and set(line.folded.split()) & outlets
        ):
            return _to_title_case(line.text) if line.text.isupper() else line.text
    return domain


def to_domain(address: str | None) -> str | None:
    """Host of an address without ``www.``, lower case, or None."""
    if address is None:
        return None
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _named_domain(domain: str | None) -> str | None:
    known = load_publishers().domains
    while domain:
        if domain in known:
            return known[domain]
        domain = domain.partition(".")[2]
    return None


def _to_title_case(text: str) -> str:
    words = text.split()
    return " ".join(
        word.lower() if place and word.lower() in _SMALL_WORDS else word.capitalize()
        for place, word in enumerate(words)
    )


def find_author(
    lines: Sequence[Line],
    marked: Sequence[Marked],
    head: Sequence[int],
    body: Sequence[int],
    tail: Sequence[int],
    *,
    known: str | None,
) -> str | None:
    """By-line or credited agency: page data, a by-line in the head, an agency, a source line under the text.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        head: Numbers of the lines around the headline, above the prose.
        body: Numbers of the lines of prose.
        tail: Numbers of the few lines under the prose.
        known: Author that the page's data give.
    """
    if known is not None:
        return known
    agencies = load_publishers().agencies
    for number in head:
        if marked[number].name is not None:
            return marked[number].name
    for number in head:
        if marked[number].role is Role.TEXT and lines[number].folded in agencies:
            return agencies[lines[number].folded]
        if re.fullmatch(r"[A-Z][\w-]+\.(?:[a-z]{2,3}|info)", lines[number].text):
            return lines[number].text
    if body:
        credit = _DATELINE_CREDIT.match(lines[body[0]].text[:140])
        if credit is not None:
            name = (credit["name"] or credit["first"] or "").strip()
            if name.casefold() in agencies:
                return agencies[name.casefold()]
    for number in tail:
        name = marked[number].name
        if name is not None and "://" not in name:
            return name
        if lines[number].folded in agencies:
            return agencies[lines[number].folded]
    return None
