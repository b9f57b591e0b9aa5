"""Who publishes a page: its own word, a known domain, a masthead, its rights line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from foedus.articles.lines import Line
from foedus.articles.roles import Marked, Role
from foedus.articles.words import load_data

_RIGHTS_OF = re.compile(
    r"(?:©|\([cC]\)|[cC]opyright|COPYRIGHT)(?:\s?(?:©|\([cC]\)))?\s{0,3}(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?[,:]?\s{1,3}"
    r"(?:by\s)?(?P<name>[A-ZÀ-ÞА-Я][^.,|©()\d]{1,50}?)\s{0,3}(?=[.,|(]|$|\s(?:[Aa]ll|ALL)\s(?:[Rr]ights|RIGHTS))"
)
_RIGHTS_LINES, _MAX_RIGHTS_CHARS = 60, 240
_NO_HOLDERS = ("all rights", "the author", "copyright", "alle rechte")
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
_WORD = re.compile(r"[^\W\d_]+")
_MASTHEAD_LINES = 8
_MIN_SHARED_LETTERS = 4
# Country-code domains that are used as if they had no country.
GENERIC_DOMAINS = frozenset(
    ["ai", "bz", "cc", "co", "fm", "gg", "io", "me", "nu", "so", "to", "tk", "tv", "ws", "ly", "am"]
)
_WITH_ARTICLE = (
    "United ",
    "Netherlands",
    "Philippines",
    "Maldives",
    "Bahamas",
    "Gambia",
    "Solomon ",
    "Marshall ",
)


@dataclass(frozen=True, slots=True, eq=False)
class Publishers:
    """Known publishers and what names in domains stand for.

    Attributes:
        domains: Publisher by domain.
        agencies: Agency by its name in lower case.
        bodies: Body of a state by the name it has in domains (``mfa``).
        state_labels: Names that stand for the state itself in domains (``gov`` in ``mfa.gov.pl``).
    """

    domains: Mapping[str, str]
    agencies: Mapping[str, str]
    bodies: Mapping[str, str]
    state_labels: frozenset[str]


@cache
def load_publishers() -> Publishers:
    """The table of publishers; loaded once."""
    data = load_data("publishers.yaml")
    agencies: dict[str, str] = {}
    for name in data["agencies"]:
        agencies.setdefault(name.casefold(), name)
    bodies = {label: body for body, labels in data["bodies"].items() for label in labels}
    return Publishers(data["domains"], agencies, bodies, frozenset(data["state_labels"]))


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
    for number in range(min(before, _MASTHEAD_LINES)):
        line = lines[number]
        is_name = line.text.isupper() or line.capital > 0.9
        if (
            marked[number].role is Role.TEXT
            and 2 <= line.words <= 7
            and is_name
            and set(line.folded.split()) & outlets
            and (domain is None or _fits_domain(line.folded, domain, outlets))
        ):
            return _to_title_case(line.text) if line.text.isupper() else line.text
    return _find_rights_holder(lines, before) or domain


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
    """The publisher of a domain: by the table, as an agency of that name, as a body of a state."""
    known = load_publishers().domains
    part = domain
    while part:
        if part in known:
            return known[part]
        part = part.partition(".")[2]
    if domain is None:
        return None
    labels = domain.split(".")
    if len(labels) >= 2 and labels[-2] in load_publishers().agencies:
        return load_publishers().agencies[labels[-2]]
    return _name_state_body(labels)


def _name_state_body(labels: Sequence[str]) -> str | None:
    """The body of a state that a host belongs to, or None.

    Args:
        labels: Parts of the host's name, the country's code last.

    Forms: ``mfa.gov.pl``; ``mod.go.ke``; ``parliament.am``; ``gov.ee`` (the government).
    Source: ISO 3166-1 codes as top domains; names of countries from Unicode CLDR through Babel.
    """
    publishers = load_publishers()
    country = _name_country(labels[-1])
    if country is None or len(labels) < 2:
        return None
    is_state = labels[-2] in publishers.state_labels
    if labels[-1] in GENERIC_DOMAINS and not is_state:
        return None
    for label in reversed(labels[:-2] if is_state else labels[-2:-1]):
        if label in publishers.bodies:
            return f"{publishers.bodies[label]} of {country}"
    return f"Government of {country}" if is_state and len(labels) == 2 else None


@cache
def _name_country(code: str) -> str | None:
    """English name of a country by its top domain, with its article; None for other domains."""
    if len(code) != 2:
        return None
    name = Locale.parse("en").territories.get("GB" if code == "uk" else code.upper())
    if name is None:
        return None
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else str(name)


def _fits_domain(name: str, domain: str, outlets: frozenset[str]) -> bool:
    """Whether a masthead could be that of a domain: a word of it, or its first letters, stand in the domain.

    On other sites such a line is a rubric ("In the News") or names the paper that a story was taken from.
    """
    letters = re.sub(r"[^a-z0-9]", "", domain.rpartition(".")[0])
    words = [word for word in _WORD.findall(name) if word not in _SMALL_WORDS]
    labels = domain.split(".")
    for word in words:
        if word not in outlets and (word in labels or (len(word) >= _MIN_SHARED_LETTERS and word in letters)):
            return True
    joined = "".join(words)
    return joined in letters or (len(words) > 1 and "".join(word[0] for word in words) in labels)


def _find_rights_holder(lines: Sequence[Line], after: int) -> str | None:
    """Who owns the page by its last lines: "Copyright © 2012 Coast Monitor. All rights reserved."; no agency."""
    agencies = load_publishers().agencies
    for number in range(len(lines) - 1, max(after, len(lines) - _RIGHTS_LINES), -1):
        text = lines[number].text
        match = _RIGHTS_OF.search(text) if len(text) <= _MAX_RIGHTS_CHARS else None
        if match is not None and match["name"].casefold() not in agencies:
            name = match["name"].strip()
            if not name.casefold().startswith(_NO_HOLDERS):
                return name
    return None


def _to_title_case(text: str) -> str:
    words = text.split()
    return " ".join(
        word.lower() if place and word.lower() in _SMALL_WORDS else word.capitalize()
        for place, word in enumerate(words)
    )
