"""The head of an article: headline, publisher, author."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from foedus.articles.lines import Line
from foedus.articles.roles import Marked, Role, is_title_like
from foedus.articles.words import fold_line, load_data

_STEM = re.compile(r"[^\W\d_]{4,}|\d{4}")
_STEM_CHARS = 6
_SLUG_PART = re.compile(r"[a-zA-Z]{2,}|\d{4}")
_MIN_SLUG_PARTS = 3
_ADDRESS = re.compile(r"https?://\S+")
# What stands between the names in "(UrduPoint News / Sputnik - 4 May)", "Tehran, Feb 14, IRNA - ", "(Xinhua/NAN)".
_CREDIT_MARKS = re.compile(r"[(),/]|\s[-–—]+\s|--|[-–—]\s|\.\s|:\s")
_OPENING_CHARS, _CLOSING_CHARS = 100, 60
_AFTER_CREDIT = re.compile(r"[^)\n]{0,40}\)?\s?[-–—:./]|[^)\n]{0,40}\)")
_CLOSING_CREDIT = re.compile(
    r"[.!?…”\"'’]\s{0,2}(?:\((?P<inside>[^()]{2,50})\)|[-–—]{1,2}\s?(?P<after>[^()\n.]{2,50}))\.?$"
)
_SEGMENT = re.compile(r"[^|•·\t]+")
_RIGHTS_OF = re.compile(
    r"(?:©|\([cC]\)|[cC]opyright|COPYRIGHT)(?:\s?(?:©|\([cC]\)))?\s{0,3}(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?[,:]?\s{1,3}"
    r"(?:by\s)?(?P<name>[A-ZÀ-ÞА-Я][^.,|©()\d]{1,50}?)\s{0,3}(?=[.,|(]|$|\s(?:[Aa]ll|ALL)\s(?:[Rr]ights|RIGHTS))"
)
_RIGHTS_LINES, _MAX_RIGHTS_CHARS = 60, 240
_CAPTION = re.compile(
    r"\((?:l|r|c|left|right|cent(?:re|er)|(?:source|photo|file|image|picture|credit)\b[^()]{0,60})\)",
    re.IGNORECASE,
)
_NO_HOLDERS = ("all rights", "the author", "copyright", "alle rechte")
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
    candidates = [
        number
        for number in candidates
        if is_title_like(lines[number], marked[number]) and not is_caption(lines[number])
    ]
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
        # The one more keeps a line of a word or two ("Ministry of Defence") from sharing all of its words.
        score = 1.5 * len(stems & vocabulary) / (len(stems) + 1)
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
            score -= 0.9
        if any(item.day is not None and item.year is not None for item in marked[number].dates):
            # A caption's date, unless it is the title of an issue ("Week in review – July 11, 2014").
            score -= 1.0 if place else 0.3
        if line.size > 110:
            score -= 0.5
        if score > best_score:
            best, best_score = number, score
    if best is None and candidates[0] < _TOP_LINES and lines[candidates[0]].words >= _MIN_TOP_WORDS:
        # Nothing of it comes again in the text ("Week in Review"), but it opens the page.
        return candidates[0]
    return best


_TOP_LINES, _MIN_TOP_WORDS = 2, 4
_MIN_TITLE_SCORE = 0.3


def is_caption(line: Line) -> bool:
    """Whether a line tells who is in a picture, or whose it is ("(L)", "(Source: …)", "(file photo)")."""
    return _CAPTION.search(line.text) is not None


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
    agencies: dict[str, str] = {}
    for name in data["agencies"]:
        agencies.setdefault(name.casefold(), name)
    return Publishers(data["domains"], agencies)


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
    return _find_rights_holder(lines, before) or domain


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
        if marked[number].role is Role.DATE:
            for segment in _SEGMENT.findall(lines[number].text):
                if fold_line(segment) in agencies:
                    return agencies[fold_line(segment)]
    if body:
        credit = _find_credit(lines[body[0]].text, agencies)
        if credit is not None:
            return credit
    for number in tail:
        name = marked[number].name
        if name is not None and "://" not in name:
            return name
        if lines[number].folded in agencies:
            return agencies[lines[number].folded]
    return _find_closing_credit(lines[body[-1]].text, agencies) if body else None


def _find_credit(text: str, agencies: Mapping[str, str]) -> str | None:
    """The agency of a dateline.

    Forms: "PORTOVEL, May 3 (Xinhua) -- "; "Tehran, Feb 14, IRNA - "; "MINSK, January 6. /TASS/."; "(AFP) ";
    "MOSCOW (UrduPoint News / Sputnik - 4 May) ".
    """
    opening = text[:_OPENING_CHARS]
    start = 0
    for mark in _CREDIT_MARKS.finditer(opening):
        name = opening[start : mark.start()].strip()
        if name.casefold() in agencies and start and _AFTER_CREDIT.match(opening, mark.start()):
            return agencies[name.casefold()]
        start = mark.end()
    return None


def _find_closing_credit(text: str, agencies: Mapping[str, str]) -> str | None:
    """The agency at the end of a text: "(Xinhua/NAN)", "– AFP"."""
    match = _CLOSING_CREDIT.search(text[-_CLOSING_CHARS:])
    if match is None:
        return None
    names = [name.strip() for name in (match["inside"] or match["after"]).split("/")]
    return agencies.get(names[0].casefold())
