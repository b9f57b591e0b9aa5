"""What the short lines around an article are: dates, by-lines, labels, furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from foedus.articles.ages import Age, find_age
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
        name: Author, agency or source that a by-line, or the end of a standfirst, names, else None.
        bare: Whether a date line has a label or a by-line, or no more than a word or two beside its dates.
        age: How long ago it says that the page appeared, else None.
    """

    role: Role
    dates: tuple[HeadDate, ...] = ()
    modified: bool = False
    name: str | None = None
    bare: bool = False
    age: Age | None = None


_MAX_HEAD_CHARS = 220
_MAX_DATE_WORDS, _MAX_NAME_WORDS, _MAX_BARE_WORDS = 4, 9, 2
_MAX_LABEL_WORDS = 4
_MAX_AGE_CHARS, _MAX_BESIDE_AGE = 70, 4
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
_CLOSING_NAME = re.compile(r"[.!?…]\s{1,3}(?P<byline>[^.!?…]{5,60})$")
_MAX_CLOSING_CHARS = 80
_MIN_PERSON_WORDS, _MAX_PERSON_WORDS = 2, 4
_MAX_SMALL_WORD_CHARS = 3
_MAX_COPY_NOTE_CHARS = 400
_AGENCY_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", re.IGNORECASE)


def mark_lines(lines: Sequence[Line], words: PageWords, names: MonthNames, text: str) -> list[Marked]:
    """The role of each line; long lines are text unless their words say otherwise."""
    return [_mark(line, words, names, text) for line in lines]


def _mark(line: Line, words: PageWords, names: MonthNames, text: str) -> Marked:
    if _ONLY_ADDRESS.match(line.text):
        return Marked(Role.ADDRESS)
    if line.furniture and (source := _find_trailing_source(line, words)) is not None:
        return Marked(Role.FURNITURE, name=source)
    if len(line.text) > _MAX_HEAD_CHARS:
        return Marked(Role.FURNITURE if line.furniture or line.ends_article else Role.TEXT)
    dates = find_head_dates(text, names, within=line.span) if any(map(str.isdigit, line.text)) else ()
    modified = words.modified.match(line.text.casefold()) is not None
    beside = _count_beside(line, dates, words) if dates else None
    if beside is not None:
        name = _find_dated_name(line, dates, words)
        return Marked(Role.DATE, dates, modified, name, bare=_is_bare(line, name, beside, words))
    if dates and _opens_with_published(line, dates, words) and not line.chrome:
        return Marked(Role.DATE, dates, bare=True)
    if line.chrome or line.ends_article or (line.text.startswith(_LINK_MARKS) and not line.ends):
        return Marked(Role.FURNITURE, dates, modified)
    age = _find_age(line, words, text)
    if age is not None:
        return Marked(Role.FURNITURE, dates, modified, age=age)
    name = _find_name(line, words)
    if name is not None:
        return Marked(Role.BYLINE, dates, modified, name)
    if line.furniture or _is_nameless(line, words):
        return Marked(Role.FURNITURE, dates, modified)
    if line.text.endswith(":") and line.words <= _MAX_LABEL_WORDS:
        return Marked(Role.LABEL, dates)
    return Marked(Role.TEXT, dates, modified, _find_closing_name(line, words))


def _find_age(line: Line, words: PageWords, text: str) -> Age | None:
    """The age in a line that holds little else ("World | 3 hours ago"), or None."""
    if len(line.text) > _MAX_AGE_CHARS or line.ends or not any(map(str.isdigit, line.text)):
        return None
    age = find_age(text, line.span, words.ages)
    if age is None or line.words - len(age.span.cut(text).split()) > _MAX_BESIDE_AGE:
        return None
    return age


def _count_beside(line: Line, dates: Sequence[HeadDate], words: PageWords) -> int | None:
    """How many words stand beside the dates of a line, labels and clock times aside; None when it is no date line.

    In a date line little more than dates stands: a label, a clock time, a place or a name.
    """
    if line.sentences > 1 or len(line.text) > 120:
        return None
    rest = list(line.text)
    for item in dates:
        for place in range(item.span.start - line.span.start, item.span.end - line.span.start):
            rest[place] = " "
    beside = "".join(rest)
    left = words.labels.sub(" ", _CLOCK.sub(" ", beside).casefold()) if beside.strip() else ""
    found = _WORD.findall(left)
    if line.ends and line.text.endswith(".") and len(found) > 1:
        return None
    if len(found) <= _MAX_DATE_WORDS or (len(found) <= _MAX_NAME_WORDS and _has_only_names(beside, found)):
        return len(found)
    return None


def _is_bare(line: Line, name: str | None, beside: int, words: PageWords) -> bool:
    """Whether a date line has a name, a label, or hardly a word beside its dates; else it may be a teaser."""
    return (
        name is not None or beside <= _MAX_BARE_WORDS or words.labels.search(line.text.casefold()) is not None
    )


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
    """The name in a by-line, a source line or the head of a press release, or None when the line is none."""
    if len(line.text) > _MAX_NAME_CHARS + 20:
        return None
    return _parse_byline(line.text, words, ends=line.ends) or _find_issuer(line, words)


def _find_issuer(line: Line, words: PageWords) -> str | None:
    """The body that a line names as issuing what follows ("Press release: Ministry of Defence"), or None.

    A headline may begin so as well; it has words that a name has not.
    """
    match = words.releases.match(line.text.casefold())
    name = line.text[match.end() :].strip(" \t:–—-|") if match is not None else ""
    parts = name.split()
    if not 1 <= len(parts) <= _MAX_NAME_WORDS or line.ends:
        return None
    is_name = all(part[0].isupper() or len(part) <= _MAX_SMALL_WORD_CHARS for part in parts)
    return name if is_name and words.body_stems.search(name.casefold()) is not None else None


def _find_closing_name(line: Line, words: PageWords) -> str | None:
    """The name at the end of a standfirst ("… on the border. By Anna Berg"), or None."""
    match = _CLOSING_NAME.search(line.text[-_MAX_CLOSING_CHARS:])
    if match is None:
        return None
    name = _parse_byline(match["byline"], words, ends=False)
    if name is None or not _MIN_PERSON_WORDS <= len(name.split()) <= _MAX_PERSON_WORDS:
        return None
    return name if all(part[0].isupper() for part in name.split()) else None


def _is_nameless(line: Line, words: PageWords) -> bool:
    """Whether a line is a by-line that names nobody ("Agency Reporter")."""
    match = words.bylines.match(line.text) if line.words <= _MAX_NAMELESS_WORDS else None
    return match is not None and words.bylines.match(f"{line.text[match.end() :]}:") is not None


def _find_dated_name(line: Line, dates: Sequence[HeadDate], words: PageWords) -> str | None:
    """The name in a by-line that goes on with a date ("By Anna Berg | 7/25/2011")."""
    before = line.text[: dates[0].span.start - line.span.start]
    label = words.bylines.match(before)
    if label is None:
        return None
    name = _NAME_END.split(before[label.end() :], maxsplit=1)[0]
    return _parse_byline(f"{label.group()}{name}", words, ends=False)


def _find_trailing_source(line: Line, words: PageWords) -> str | None:
    """Where a copy says that it comes from ("The post … appeared first on Coast Monitor."), or None."""
    match = words.first_on.search(line.text.casefold()) if len(line.text) <= _MAX_COPY_NOTE_CHARS else None
    name = line.text[match.end() :].strip(" \t:.") if match is not None else ""
    return name if name and len(name) <= _MAX_NAME_CHARS else None


def _parse_byline(text: str, words: PageWords, *, ends: bool) -> str | None:
    match = words.bylines.match(text)
    if match is None:
        return None
    name = _strip_name(text[match.end() :])
    if words.bylines.match(f"{name}:") is not None:
        # "Agency Reporter": a label and no name.
        return None
    if not name or len(name) > _MAX_NAME_CHARS or not (name[0].isupper() or _AGENCY_DOMAIN.fullmatch(name)):
        return None
    # "By joining NATO, ..." and "By Monday, ..." are sentences.
    return None if ends and len(_WORD.findall(name)) > 5 else tidy_name(name, words)


def tidy_name(name: str, words: PageWords) -> str | None:
    """A name as a person would write it: without a label before it and notes after it, once; None if none is left.

    Forms: "By Anna Berg"; "Anna Berg*"; "Anna Berg Anna Berg"; "Anna Berg, Anna Berg".
    """
    label = words.bylines.match(name)
    # "Von", "De" and "Di" before a name are by-lines in some languages, and parts of names in all.
    is_label = label is not None and (":" in label.group() or "by" in label.group().lower().split())
    rest = _strip_name(name[label.end() :] if label is not None and is_label else name)
    if not rest:
        return None
    parts = rest.split()
    half = len(parts) // 2
    if half >= 2 and len(parts) == 2 * half and parts[:half] == parts[half:]:
        return " ".join(parts[:half])
    names = dict.fromkeys(part.strip() for part in rest.split(","))
    return rest if len(names) == rest.count(",") + 1 else ", ".join(names)


def _strip_name(name: str) -> str:
    return name.strip(" \t:–—-|•,*†¹²³")


_BULLET = re.compile(r"[•·▪►▶‣∙*–—-]\s{1,5}(?=\S)")
# A teaser of another page; a question of a parliament with its number.
_LINK_MARKS = (">>", "»", "→", "►►", "▶▶")
_NUMBERED_END = re.compile(r"[.?!]\s?[\[(]\d{1,7}[\])]$")


def is_title_like(line: Line, marked: Marked) -> bool:
    """Whether a line could be a headline."""
    return marked.role is Role.TEXT and line.words >= 3 and has_title_form(line)


def has_title_form(line: Line) -> bool:
    """Whether a line has the length and the marks of a headline, whatever it is."""
    return (
        line.words <= 30
        and 12 <= line.size <= 170
        and not (line.text.endswith(".") and not line.text.endswith("..."))
        and line.sentences <= 2
        and line.dividers - (_BULLET.match(line.text) is not None and line.text[0] in "•·") == 0
        and not line.text.endswith((":", ";", ","))
        and not line.text.startswith(_LINK_MARKS)
        and _NUMBERED_END.search(line.text[-12:]) is None
        and fold_line(line.text) != ""
    )


def find_bullet(text: str) -> int:
    """How many characters the bullet before a line's words takes; 0 when there is none."""
    match = _BULLET.match(text)
    return match.end() if match else 0
