"""What the short lines around an article are: dates, by-lines, labels, furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from foedus.articles.head_dates import HeadDate, MonthNames, find_head_dates
from foedus.articles.lines import Line
from foedus.articles.words import PageWords, fold_line


class Role(StrEnum):
    """What a line is on its page."""

    TEXT = "text"
    DATE = "date"
    BYLINE = "byline"
    LABEL = "label"
    ADDRESS = "address"
    FURNITURE = "furniture"


BODY_ROLES = (Role.TEXT, Role.LABEL)
"""What a line of an article's text can be."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its role.

    Attributes:
        role: What the line is.
        dates: Dates in it, for lines short enough to be of a head.
        modified: Whether its words say that the date is of a change.
        name: Author, agency or source that a by-line names, else None.
    """

    role: Role
    dates: tuple[HeadDate, ...] = ()
    modified: bool = False
    name: str | None = None


_MAX_HEAD_CHARS = 220
_MAX_DATE_WORDS, _MAX_NAME_WORDS = 4, 9
_MAX_LABEL_WORDS = 4
_MAX_NAMELESS_WORDS = 3
_MAX_NAME_CHARS = 80
_CLOCK = re.compile(
    r"\b\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:uhr|hrs?|час\w*))?|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\b(?:gmt|utc|est|edt|cet|cest|bst|ist|msk|eet|eest|pst|pdt)\b(?:\s?[+-]\s?\d{1,2}(?::\d\d)?)?|T\d\d:\d\d\S*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME_END = re.compile(r"[|•·\t]|\s[–—-]\s|,\s?$|\b(?:on|published|updated|posted)\b", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"\S*(?:https?://|www\.)\S+$")
_AGENCY_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", re.IGNORECASE)


def mark_lines(lines: Sequence[Line], words: PageWords, names: MonthNames, text: str) -> list[Marked]:
    """The role of each line; long lines are text unless their words say otherwise."""
    return [_mark(line, words, names, text) for line in lines]


def _mark(line: Line, words: PageWords, names: MonthNames, text: str) -> Marked:
    if _ONLY_ADDRESS.match(line.text):
        return Marked(Role.ADDRESS)
    if len(line.text) > _MAX_HEAD_CHARS:
        return Marked(Role.FURNITURE if line.furniture or line.ends_article else Role.TEXT)
    dates = find_head_dates(text, names, within=line.span) if any(map(str.isdigit, line.text)) else ()
    modified = words.modified.match(line.text.casefold()) is not None
    if dates and _is_date_line(line, dates, words, text):
        return Marked(Role.DATE, dates, modified, _find_dated_name(line, dates, words))
    if dates and _opens_with_published(line, dates, words) and not line.chrome:
        return Marked(Role.DATE, dates)
    if line.chrome or line.ends_article:
        return Marked(Role.FURNITURE, dates, modified)
    name = _find_name(line, words)
    if name is not None:
        return Marked(Role.BYLINE, dates, modified, name)
    if line.furniture or _is_nameless(line, words):
        return Marked(Role.FURNITURE, dates, modified)
    if line.text.endswith(":") and line.words <= _MAX_LABEL_WORDS:
        return Marked(Role.LABEL, dates)
    return Marked(Role.TEXT, dates, modified)


def _is_date_line(line: Line, dates: Sequence[HeadDate], words: PageWords, text: str) -> bool:
    """Whether little more than dates stands in the line: a label, a clock time, a place or a name."""
    if line.sentences > 1 or len(line.text) > 120:
        return False
    rest = list(line.text)
    for item in dates:
        for place in range(item.span.start - line.span.start, item.span.end - line.span.start):
            rest[place] = " "
    beside = "".join(rest)
    left = words.labels.sub(" ", _CLOCK.sub(" ", beside).casefold()) if beside.strip() else ""
    found = _WORD.findall(left)
    if line.ends and line.text.endswith(".") and len(found) > 1:
        return False
    if len(found) <= _MAX_DATE_WORDS:
        return True
    return len(found) <= _MAX_NAME_WORDS and _has_only_names(beside, found)


def _has_only_names(rest: str, found: Sequence[str]) -> bool:
    """Whether what stands beside a date is names of people and places.

    Args:
        rest: What stands beside it.
        found: Its words in lower case, labels and clock times left out.
    """
    lowered = set(found)
    return all(word[0].isupper() for word in _WORD.findall(rest) if word.casefold() in lowered)


def _opens_with_published(line: Line, dates: Sequence[HeadDate], words: PageWords) -> bool:
    """Whether a line begins by saying when something was published ("PUBLISHED: May 8, 2023 | UPDATED: …")."""
    label = words.published.match(line.text.casefold())
    if label is None or len(line.text) > 120 or line.ends_article:
        return False
    between = line.text[label.end() : dates[0].span.start - line.span.start]
    return len(_WORD.findall(_CLOCK.sub(" ", between))) <= 2


def _find_name(line: Line, words: PageWords) -> str | None:
    """The name in a by-line or source line, or None when the line is none."""
    if len(line.text) > _MAX_NAME_CHARS + 20:
        return None
    return _parse_byline(line.text, words, ends=line.ends)


def _is_nameless(line: Line, words: PageWords) -> bool:
    """Whether a line is a by-line that names nobody ("Agency Reporter")."""
    match = words.bylines.match(line.text) if line.words <= _MAX_NAMELESS_WORDS else None
    return match is not None and words.bylines.match(f"{line.text[match.end() :]}:") is not None


def _find_dated_name(line: Line, dates: Sequence[HeadDate], words: PageWords) -> str | None:
    """The name in a by-line that goes on with a date ("By Anna Berg | 7/25/2011")."""
    before = line.text[: dates[0].span.start - line.span.start]
    return _parse_byline(_NAME_END.split(before, maxsplit=1)[0], words, ends=False)


def _parse_byline(text: str, words: PageWords, *, ends: bool) -> str | None:
    match = words.bylines.match(text)
    if match is None:
        return None
    name = text[match.end() :].strip(" \t:–—-|•,")
    if words.bylines.match(f"{name}:") is not None:
        # "Agency Reporter": a label and no name.
        return None
    if not name or len(name) > _MAX_NAME_CHARS or not (name[0].isupper() or _AGENCY_DOMAIN.fullmatch(name)):
        return None
    # "By joining NATO, ..." and "By Monday, ..." are sentences.
    return None if ends and len(_WORD.findall(name)) > 5 else name


def is_title_like(line: Line, marked: Marked) -> bool:
    """Whether a line could be a headline."""
    return (
        marked.role is Role.TEXT
        and 3 <= line.words <= 30
        and 12 <= line.size <= 170
        and not (line.text.endswith(".") and not line.text.endswith("..."))
        and line.sentences <= 2
        and line.dividers == 0
        and not line.text.endswith((":", ";", ","))
        and fold_line(line.text) != ""
    )
