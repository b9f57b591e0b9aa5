"""Which stretches of a page are articles: the one, a second story under it, the sections of a digest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from foedus.articles.prose import pick_main_lines
from foedus.articles.roles import BODY_ROLES, Role, is_title_like
from foedus.articles.sheet import Sheet

# Letters and lines of prose that make a further story; letters that make a story at all, or a section.
_MIN_FURTHER_SIZE, _MIN_FURTHER_LINES = 450, 3
_MIN_STORY_SIZE, _MIN_SECTION_SIZE = 200, 60
_MIN_SECTIONS, _MIN_FULL_SHARE = 2, 0.6
# Lines from the top within which a digest says that it is one, and their length.
_DIGEST_REACH, _MAX_DIGEST_CHARS = 12, 120
_HEAD_REACH, _MIN_TITLE_WORDS = 4, 4
_MAX_BESIDE_DATE = 12
_NUMBERED = re.compile(r"^(?:№\s?|#\s?)?(\d{1,2})[.)]\s{1,5}(?=\S)")
_CREDIT = re.compile(r"\([A-ZÀ-ÞА-ЯІЎЄ][^()]{1,40}\)\s{1,3}\S")
# Below this share of the prose, the format's own main text missed the article.
_MIN_MAIN_SHARE = 0.2
# A line that ends an article cuts what follows once so many letters stand above it, unless what follows is
# more than this share of them.
_MIN_CUT_SIZE, _MAX_REST_SHARE = 350, 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of lines ``[first, last)`` that is an article with what stands around it.

    Attributes:
        first: Its first line.
        last: The line after its last.
        kept: Numbers of the lines that hold its text, in order; at least one.
        section: Whether it is a section of a digest.
    """

    first: int
    last: int
    kept: Sequence[int]
    section: bool = False


def find_parts(sheet: Sheet) -> list[Part]:
    """The articles of a document as stretches of its lines, in order; at least one."""
    sections = _find_sections(sheet)
    if sections:
        return _cut_sections(sheet, sections)
    bounds = [0, *_find_starts(sheet), len(sheet.lines)]
    parts = [Part(first, last, _keep_lines(sheet, first, last)) for first, last in pairwise(bounds)]
    sizes = [sheet.prose_size(part.kept) for part in parts]
    largest = max(range(len(parts)), key=lambda at: (sizes[at], -at))
    return [part for at, part in enumerate(parts) if at == largest or sizes[at] >= _MIN_STORY_SIZE]


def find_heading_number(sheet: Sheet, part: Part) -> int | None:
    """How many characters "1. " takes at the beginning of a section's headline; None when it has no number."""
    match = _NUMBERED.match(sheet.lines[part.first].text) if part.section else None
    return match.end() if match else None


# -- Digests ------------------------------------------------------------------------------------------------


def _find_sections(sheet: Sheet) -> list[int]:
    """First lines of the sections of a digest; empty when the document is none.

    A digest says that it is one, and has numbered headlines or lines with nothing but a date, with prose
    under each; or the text under each numbered headline begins with where it was taken from ("(Coast Monitor)").
    An analysis in numbered parts does neither.
    """
    numbered = _find_numbered(sheet)
    if not _says_digest(sheet):
        return numbered if _has_credits(sheet, numbered) else []
    for headings in (numbered, _find_date_lines(sheet)):
        bounds = pairwise([*headings, len(sheet.lines)])
        full = [1 for first, last in bounds if sheet.prose_size(range(first + 1, last)) >= _MIN_SECTION_SIZE]
        if len(full) >= max(_MIN_SECTIONS, _MIN_FULL_SHARE * len(headings)):
            return headings
    return []


def _has_credits(sheet: Sheet, headings: Sequence[int]) -> bool:
    """Whether the text under most of these headlines begins with a name in brackets."""
    under = [sheet.lines[at + 1].text for at in headings if at + 1 < len(sheet.lines)]
    credited = sum(_CREDIT.match(text) is not None for text in under)
    return len(headings) > _MIN_SECTIONS and credited >= _MIN_FULL_SHARE * len(headings)


def _says_digest(sheet: Sheet) -> bool:
    top = [line.folded for line in sheet.lines[:_DIGEST_REACH] if len(line.text) < _MAX_DIGEST_CHARS]
    return any(
        sheet.words.digests.search(line) for line in (*top, (sheet.document.page.title or "").casefold())
    )


def _find_numbered(sheet: Sheet) -> list[int]:
    """Lines "1. Headline", "2. Headline", … counting up from 1."""
    found: list[int] = []
    for number, line in enumerate(sheet.lines):
        match = _NUMBERED.match(line.text)
        if match and int(match[1]) == len(found) + 1 and is_title_like(line, sheet.marked[number]):
            found.append(number)
    return found


def _find_date_lines(sheet: Sheet) -> list[int]:
    """Lines that hold a day and nothing else, with prose close under them."""
    found: list[int] = []
    for number, (line, marked) in enumerate(zip(sheet.lines, sheet.marked, strict=True)):
        if marked.role is not Role.DATE or len(marked.dates) != 1:
            continue
        item = marked.dates[0]
        beside = len(line.text.strip(" .:|–—-")) - len(item.span)
        bare = item.day is not None and item.last is None and beside <= _MAX_BESIDE_DATE
        if bare and _next_prose(sheet, number + 1) is not None:
            found.append(number)
    return found


def _cut_sections(sheet: Sheet, starts: Sequence[int]) -> list[Part]:
    """The sections, each with all its text, and what stands before them if it is a story too."""
    parts = []
    above = _sum_prose(sheet)
    if starts[0] > 0:
        intro = Part(0, starts[0], _keep_lines(sheet, 0, starts[0]))
        if sheet.prose_size(intro.kept) >= _MIN_STORY_SIZE:
            parts.append(intro)
    for first, last in pairwise([*starts, len(sheet.lines)]):
        ends = (number for number in range(first, last) if sheet.lines[number].ends_article)
        stop = next((end for end in ends if above[end] - above[first] >= _MIN_SECTION_SIZE), last)
        kept = [at for at in range(first, stop) if sheet.marked[at].role in (*BODY_ROLES, Role.DATE)]
        if sheet.prose_size(kept) >= _MIN_SECTION_SIZE:
            parts.append(Part(first, stop, kept, section=True))
    return parts


def _sum_prose(sheet: Sheet) -> list[float]:
    """Letters of prose above each line and, last, in all: what stretches hold without adding them up again."""
    return list(accumulate((sheet.prose_size((number,)) for number in range(len(sheet.lines))), initial=0.0))


# -- Further stories ----------------------------------------------------------------------------------------


def _find_starts(sheet: Sheet) -> list[int]:
    """Lines at which a further article begins: a headline with its date, above enough prose of its own.

    The first article needs no such mark and is not among them. Teasers have a headline and a date, but
    hardly any prose.
    """
    heads = list(_iter_heads(sheet))
    above = _sum_prose(sheet)
    starts: list[int] = []
    for place, (head, body) in enumerate(heads):
        if above[head] - above[starts[-1] if starts else 0] < _MIN_STORY_SIZE:
            continue
        following = heads[place + 1][0] if place + 1 < len(heads) else len(sheet.lines)
        prose = [number for number in range(body, following) if sheet.is_prose(number)]
        if sheet.size(prose) >= _MIN_FURTHER_SIZE and len(prose) >= _MIN_FURTHER_LINES:
            starts.append(head)
    return starts


def _iter_heads(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Pairs of the first line of a head and the first line of the prose under it."""
    last = -1
    for number, marked in enumerate(sheet.marked):
        if marked.role is not Role.DATE or marked.modified or number <= last:
            continue
        if not any(item.day is not None and item.year is not None for item in marked.dates):
            continue
        title = _pick_head_title(sheet, number)
        body = _next_prose(sheet, max(title, number) + 1) if title is not None else None
        if title is not None and body is not None:
            last = body
            yield min(title, number), body


def _pick_head_title(sheet: Sheet, number: int) -> int | None:
    """A headline close above a date line, else close below it."""
    reach: list[int] = [*range(number - 1, number - _HEAD_REACH, -1), *range(number + 1, number + 3)]
    for near in reach:
        if not 0 <= near < len(sheet.lines):
            continue
        line = sheet.lines[near]
        if near < number and sheet.is_prose(near) and line.ends:
            # Prose of the story above; a standfirst may stand between headline and date.
            if near == number - 1:
                continue
            break
        # Three words are as likely the name of a reader, unless they are a subject: "Lake patrols: costs".
        is_long = line.words >= _MIN_TITLE_WORDS or (near == number - 1 and ":" in line.text)
        if is_title_like(line, sheet.marked[near]) and is_long and not line.ends_article:
            return near
    return None


def _next_prose(sheet: Sheet, number: int) -> int | None:
    reach = range(number, min(number + _HEAD_REACH, len(sheet.lines)))
    return next((near for near in reach if sheet.is_prose(near) and sheet.lines[near].sentences), None)


# -- Lines of one stretch -----------------------------------------------------------------------------------


def _keep_lines(sheet: Sheet, first: int, last: int) -> list[int]:
    """Numbers of the lines of prose and what stands between them, furniture left out; at least one."""
    region = [first + number for number in pick_main_lines(sheet.lines[first:last], sheet.scores[first:last])]
    kept = region
    if sheet.document.main:
        covered = [number for number in range(first, last) if sheet.covered[number] > 0.5]
        if covered and sheet.size(covered) >= _MIN_MAIN_SHARE * sheet.size(region):
            kept = covered
    kept = _cut_after_end(sheet, kept or list(range(first, last)))
    unfurnished = [at for at in kept if sheet.marked[at].role not in (Role.FURNITURE, Role.ADDRESS)]
    return unfurnished or kept


def _cut_after_end(sheet: Sheet, kept: list[int]) -> list[int]:
    """Cut what follows a line that ends an article, unless too much follows."""
    total = sheet.prose_size(kept)
    above = 0.0
    for place, (number, following) in enumerate(pairwise(kept)):
        if sheet.is_prose(number):
            above += sheet.lines[number].size
        ends = any(sheet.lines[between].ends_article for between in range(number + 1, following + 1))
        if ends and above >= _MIN_CUT_SIZE and total - above <= _MAX_REST_SHARE * above:
            return kept[: place + 1]
    return kept
