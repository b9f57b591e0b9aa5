"""When an article appeared: candidates from data, head lines, address and dateline, weighed against the text."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from foedus.articles.head_dates import (
    FIRST_YEAR,
    HeadDate,
    MonthNames,
    find_address_date,
    find_head_dates,
    to_last_day,
)
from foedus.articles.lines import Line
from foedus.articles.roles import Marked, Role
from foedus.model.document import PageData
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When


class Place(IntEnum):
    """Where a date was found, most telling first."""

    DATA = 0
    HEAD = 1
    ADDRESS = 2
    MARKED = 3
    DATELINE = 4
    CAPTION = 5
    TAIL = 6
    FILE = 7
    FAR = 8
    CHANGED = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be the publication's."""

    item: HeadDate
    words: str
    place: Place
    distance: int = 0

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are written."""
        return self.item.year is not None and self.item.day is not None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known around an article.

    Attributes:
        text: The document's text.
        lines: Its lines.
        marked: Their roles.
        above: Numbers of the lines of the head, down to the first line of prose.
        body: Numbers of the lines of prose.
        below: Numbers of the few lines under them.
        title: Number of the headline, or None.
        page: What the page says of itself.
        address: Its address, or None.
        day_first: Whether the publisher writes the day before the month; None when not known.
        names: Month names of its language.
        first_year: No publication of this kind is older.
        alone: Whether the article has the document for itself.
        fetched: Day on which the page was fetched, anywhere on Earth: nothing on it is younger than the day
            after; None when nobody knows.
        today: Words for the day of writing, lower case.
    """

    text: str
    lines: Sequence[Line]
    marked: Sequence[Marked]
    above: Sequence[int]
    body: Sequence[int]
    below: Sequence[int]
    title: int | None
    page: PageData
    address: str | None
    day_first: bool | None
    names: MonthNames
    first_year: int = FIRST_YEAR
    alone: bool = True
    fetched: date | None = None
    today: AbstractSet[str] = frozenset()


_DATELINE_CHARS = 110
_DATELINE = re.compile(r"^[^a-z]?(?:\([^)]{2,60}\)\s*)?[A-ZÀ-ÞА-ЯІЎЄ][^.!?:;]{1,60}?[,(]?\s*$")
_AFTER_DATELINE = re.compile(r"\s*[.,)]?\s*(?:[-–—:./(]|$)")
_COMPACT = re.compile(r"^\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6})?\s*$")
_TIMESTAMP = re.compile(r"^\s*(?P<seconds>1\d{9})(?:\d{3})?\s*$")
_LONG_WEEK, _SHORT_WEEK = 8, 5
_CHANGED_FIELDS = ("modified", "updated", "revision", "last-modified")
# Marks that sites also put on other dates of the page.
_MARKED_FIELDS = ("time", "class")
# When a file was made says less than any date on its pages.
_FILE_FIELDS = ("pdf creationdate", "document created")
_SECONDS = re.compile(r"\d{1,2}:\d\d:\d\d")
_CLOCK_LINES = 4
_EPOCH = date(1970, 1, 1)
_SECONDS_A_DAY = 86_400


def find_published(evidence: Evidence, *, around: When | None = None) -> When | None:
    """The publication date, as an interval with basis and words.

    Args:
        evidence: What is known around the article.
        around: Date of the digest that the article is a section of: gives a missing year, and is the date
            of a section that has none of its own.

    Returns:
        None when nothing tells it. A numeric date that can be read two ways gives the interval that holds
        both; a week or month gives all its days.
    """
    candidates = [
        possible
        for candidate in _iter_candidates(evidence)
        if (possible := _bound_by_fetch(candidate, evidence.fetched)) is not None
    ]
    full = [candidate for candidate in candidates if candidate.is_full]
    if full:
        best = _pick_full(full, candidates, has_title=evidence.title is not None)
        return _doubt(_to_when(best, evidence, candidates), evidence)
    partial = [
        candidate
        for candidate in candidates
        if candidate.item.year is None and candidate.place in (Place.HEAD, Place.DATELINE, Place.DATA)
    ]
    known = [candidate for candidate in candidates if candidate.item.year is not None]
    for candidate in sorted(partial, key=_rank):
        completed = (
            _complete_near(candidate, around) if around is not None else _complete(candidate, known, evidence)
        )
        if completed is not None:
            return completed
    if known:
        return _to_when(min(known, key=_rank), evidence, candidates)
    return around or _infer_year(evidence)


_CLOCK_LEAD = timedelta(days=1)


def _bound_by_fetch(candidate: Candidate, fetched: date | None) -> Candidate | None:
    """The candidate, of two readings only that which is no later than the fetch; None when all of it is later.

    A day ahead is allowed, for the clocks of the world.
    """
    item = candidate.item
    if fetched is None or item.year is None:
        return candidate
    limit = fetched + _CLOCK_LEAD
    readings = (
        [replace(item, swapped=None)] if item.swapped is None else [replace(item, swapped=None), _swap(item)]
    )
    possible = [reading for reading in readings if (day := reading.in_year(item.year)) and day <= limit]
    if len(possible) == len(readings):
        return candidate
    return replace(candidate, item=possible[0]) if possible else None


def _complete_near(candidate: Candidate, around: When) -> When | None:
    """A day without a year, on its last return before the digest appeared."""
    limit = around.last or around.first
    if limit is None:
        return None
    for year in (limit.year, limit.year - 1):
        first, last = candidate.item.in_year(year), to_last_day(candidate.item, year)
        if first is not None and last is not None and first <= limit:
            return When(first, last, _precision(candidate.item, first, last), candidate.words, Basis.RESOLVED)
    return None


# Distance from the headline (two a line) within which a date line is the story's own and outweighs data.
_NEAR_TITLE = 6
_MAX_ADDRESS_LAG = timedelta(days=60)


def _pick_full(full: Sequence[Candidate], candidates: Sequence[Candidate], *, has_title: bool) -> Candidate:
    """The most telling full date.

    A date line beside the headline is what the publisher shows, and outweighs the page's data, which often
    keep an import or a draft. Data in universal time can be a day off the publisher's own calendar.
    """
    best = min(full, key=_rank)
    if best.place is Place.HEAD and not has_title and best.item.swapped is None:
        # A date that stands by no headline, and months from that of the address, is of something else.
        for other in full:
            if other.place is Place.ADDRESS and abs(_day(other) - _day(best)) > _MAX_ADDRESS_LAG:
                return other
    if best.place is not Place.DATA:
        return best
    for other in sorted(full, key=_rank):
        if other.place is Place.HEAD and other.distance <= _NEAR_TITLE and other.item.swapped is None:
            return other
    if "T" not in best.words.upper():
        return best
    day = _day(best)
    for other in sorted(candidates, key=_rank):
        if (
            other.place not in (Place.ADDRESS, Place.HEAD, Place.DATELINE, Place.TAIL)
            or other.item.day is None
        ):
            continue
        local = other.item.in_year(other.item.year or day.year)
        if other.item.swapped is None and local is not None and abs((local - day).days) == 1:
            return replace(other, item=replace(other.item, year=local.year))
    return best


def _day(candidate: Candidate) -> date:
    day = candidate.item.in_year(candidate.item.year or 0)
    assert day is not None
    return day


def _rank(candidate: Candidate) -> tuple[int, int]:
    return candidate.place, candidate.distance


def _iter_candidates(evidence: Evidence) -> Iterable[Candidate]:
    page = evidence.page
    if page.published is not None:
        item = parse_field(page.published, evidence.names)
        if item is not None and (item.year is None or item.year >= evidence.first_year):
            yield Candidate(item, page.published, _field_place(page.published_field or ""))
    title = evidence.title
    for number in evidence.above:
        marked = evidence.marked[number]
        if not marked.dates or _is_page_clock(evidence, number):
            continue
        distance = (
            2 * abs(number - title) + (number < title) if title is not None else len(evidence.above) - number
        )
        for item in marked.dates:
            if item.year is not None and item.year < evidence.first_year:
                continue
            is_issue = marked.role is Role.DATE and item.year is not None
            if number == title and not is_issue and (item.year is None or item.day is None):
                # "January 9: Strikes continue" tells the day of the strikes; "Review – July 11, 2014" the issue's.
                continue
            words = item.span.cut(evidence.text)
            if marked.modified:
                place = Place.CHANGED
            elif marked.role in (Role.DATE, Role.BYLINE):
                place = Place.HEAD
            else:
                place = Place.CAPTION
            yield Candidate(item, words, place, distance)
    yield from _iter_under_lead(evidence)
    yield from _iter_ages(evidence)
    if evidence.address is not None:
        item = find_address_date(evidence.address)
        if item is not None:
            yield Candidate(item, item.span.cut(evidence.address), Place.ADDRESS)
    yield from _iter_datelines(evidence)
    yield from _iter_far(evidence)
    for distance, number in enumerate(evidence.below):
        marked = evidence.marked[number]
        if marked.role is Role.DATE and marked.bare:
            for item in marked.dates:
                place = Place.CHANGED if marked.modified else Place.TAIL
                yield Candidate(item, item.span.cut(evidence.text), place, distance)


_AGE_REACH = 4
_UNDER_LEAD_LINES, _MAX_LEAD_SIZE, _UNDER_LEAD_DISTANCE = 8, 600, 20


_MIN_CHRONOLOGY_DAYS = 3


def is_chronology(lines: Sequence[Line], marked: Sequence[Marked], body: Sequence[int]) -> bool:
    """Whether days in order head the paragraphs of a text: they date what is told, not the telling.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        body: Numbers of the lines of prose, in order; the date lines stand between them.
    """
    if not body:
        return False
    inside = set(body)
    heads = [at for at in range(body[0], body[-1]) if marked[at].role is Role.DATE]
    told = [at for at in heads if at + 1 in inside and lines[at + 1].ends and marked[at].dates[0].year]
    days = [
        day
        for at in told
        if (day := marked[at].dates[0].in_year(marked[at].dates[0].year or 0)) and marked[at].dates[0].day
    ]
    in_order = days == sorted(days) or days == sorted(days, reverse=True)
    return len(set(days)) >= _MIN_CHRONOLOGY_DAYS and in_order and 2 * len(days) > len(heads)


def _iter_under_lead(evidence: Evidence) -> Iterable[Candidate]:
    """Dates of the first date line under a standfirst: headline, a sentence or two, date, story."""
    if not evidence.body or is_chronology(evidence.lines, evidence.marked, evidence.body):
        return
    first = evidence.body[0]
    size = evidence.lines[first].size
    for number in range(first + 1, min(first + _UNDER_LEAD_LINES, evidence.body[-1])):
        line, marked = evidence.lines[number], evidence.marked[number]
        if marked.role is Role.DATE and not marked.modified:
            for item in marked.dates:
                if item.year is not None and item.year >= evidence.first_year:
                    distance = _UNDER_LEAD_DISTANCE + number - first
                    yield Candidate(item, item.span.cut(evidence.text), Place.HEAD, distance)
            return
        size += line.size
        if size > _MAX_LEAD_SIZE:
            return


def _iter_ages(evidence: Evidence) -> Iterable[Candidate]:
    """Days told by their distance from the fetch: "3 hours ago" in the head."""
    if evidence.fetched is None:
        return
    for number in evidence.above:
        age = evidence.marked[number].age
        if age is not None and (evidence.title is None or abs(number - evidence.title) <= _AGE_REACH):
            first, last = (evidence.fetched - timedelta(days=days) for days in age.days)
            item = HeadDate(age.span, first.year, first.month, first.day, last=(last.month, last.day))
            if first.year == last.year:
                distance = 2 * abs(number - (evidence.title or 0))
                yield Candidate(item, age.span.cut(evidence.text), Place.HEAD, distance)


def _iter_far(evidence: Evidence) -> Iterable[Candidate]:
    """The one date that all date lines of a page agree on, wherever they stand."""
    if not evidence.alone:
        return
    found = [
        item
        for number, marked in enumerate(evidence.marked)
        if marked.role is Role.DATE and marked.bare and not marked.modified
        if not _is_page_clock(evidence, number)
        for item in marked.dates
        if item.day is not None and item.year is not None and item.year >= evidence.first_year
    ]
    if len({(item.year, item.month, item.day) for item in found}) == 1:
        yield Candidate(found[0], found[0].span.cut(evidence.text), Place.FAR)


def _field_place(field: str) -> Place:
    lowered = field.lower()
    if any(word in lowered for word in _CHANGED_FIELDS):
        return Place.CHANGED
    if lowered in _MARKED_FIELDS:
        return Place.MARKED
    return Place.FILE if lowered in _FILE_FIELDS else Place.DATA


def _is_page_clock(evidence: Evidence, number: int) -> bool:
    """Whether a date line is the page's clock at the moment it was fetched: at the top, to the second."""
    above_title = evidence.title is None or number < evidence.title
    return number < _CLOCK_LINES and above_title and _SECONDS.search(evidence.lines[number].text) is not None


def _iter_datelines(evidence: Evidence) -> Iterable[Candidate]:
    """``MINSK, January 6. /TASS/.`` and ``Today, 3 September 2018,`` at the beginning of the prose."""
    for number in evidence.body[:2]:
        line = evidence.lines[number]
        window = Span(line.span.start, min(line.span.end, line.span.start + _DATELINE_CHARS))
        for item in find_head_dates(evidence.text, evidence.names, within=window)[:1]:
            before = evidence.text[line.span.start : item.span.start].strip()
            after = evidence.text[item.span.end : item.span.end + 12]
            told_today = before.rstrip(" ,").casefold() in evidence.today
            if told_today or (len(before) > 1 and _DATELINE.match(before) and _AFTER_DATELINE.match(after)):
                yield Candidate(item, item.span.cut(evidence.text), Place.DATELINE)


def parse_field(value: str, names: MonthNames) -> HeadDate | None:
    """The date in a field of page data.

    Forms: ``2023-12-13T09:00:00Z``; ``20231213``; ``1702458000``; ``Wed, 13 Dec 2023 09:00:00 GMT``; any form of
    `find_head_dates`.
    """
    stamp = _TIMESTAMP.match(value)
    if stamp is not None:
        day = _EPOCH + timedelta(days=int(stamp["seconds"]) // _SECONDS_A_DAY)
        return HeadDate(Span(*stamp.span()), day.year, day.month, day.day)
    compact = _COMPACT.match(value)
    if compact is not None:
        value = f"{compact['year']}-{compact['month']}-{compact['day']}"
    found = find_head_dates(value, names)
    return next((item for item in found if item.year is not None), found[0] if found else None)


def _to_when(candidate: Candidate, evidence: Evidence, others: Sequence[Candidate]) -> When | None:
    item = candidate.item
    assert item.year is not None
    basis = Basis.STATED if candidate.place is Place.DATELINE else Basis.METADATA
    if item.swapped is not None:
        chosen = _pick_reading(candidate, evidence, others)
        if chosen is None:
            readings = [
                day for day in (item.in_year(item.year), _swap(item).in_year(item.year)) if day is not None
            ]
            return When(min(readings), max(readings), Precision.YEARS, candidate.words, basis)
        item = chosen
    first, last = item.in_year(item.year or 0), to_last_day(item, item.year or 0)
    if first is None or last is None or last < first:
        return None
    return When(first, last, _precision(item, first, last), candidate.words, basis)


def _precision(item: HeadDate, first: date, last: date) -> Precision:
    if item.day is None:
        return Precision.MONTH
    days = (last - first).days + 1
    return Precision.WEEK if _SHORT_WEEK <= days <= _LONG_WEEK else Precision.DAY


def _swap(item: HeadDate) -> HeadDate:
    assert item.swapped is not None
    month, day = item.swapped
    return replace(item, month=month, day=day, swapped=None)


def _pick_reading(candidate: Candidate, evidence: Evidence, others: Sequence[Candidate]) -> HeadDate | None:
    """One of the two readings of ``02/11/2007``, or None when nothing decides."""
    day_first = replace(candidate.item, swapped=None)
    month_first = _swap(candidate.item)
    same_mark = _find_plain_order(evidence.text, candidate.words)
    if same_mark is not None:
        return day_first if same_mark else month_first
    known = {
        (other.item.year, other.item.month, other.item.day) for other in others if other.item.swapped is None
    }
    fits = [item for item in (day_first, month_first) if (item.year, item.month, item.day) in known]
    if not fits:
        months = {(year, month) for year, month, _ in known}
        fits = [item for item in (day_first, month_first) if (item.year, item.month) in months]
    if len(fits) == 1:
        return fits[0]
    if evidence.day_first is not None:
        return day_first if evidence.day_first else month_first
    near = [item for item in (day_first, month_first) if _follows_text(item, evidence)]
    return near[0] if len(near) == 1 else None


def _find_plain_order(text: str, words: str) -> bool | None:
    """Whether other dates with the same mark put the day first; None when none of them tells."""
    mark = next((char for char in words if char in "/-"), None)
    if mark is None:
        return None
    pattern = re.compile(rf"(?<![\d{mark}])(\d{{1,2}}){mark}(\d{{1,2}}){mark}(?:19|20)?\d\d(?![\d{mark}])")
    orders = set()
    for match in pattern.finditer(text):
        first, second = int(match[1]), int(match[2])
        if 12 < first <= 31 and 1 <= second <= 12:
            orders.add(True)
        elif 12 < second <= 31 and 1 <= first <= 12:
            orders.add(False)
    return orders.pop() if len(orders) == 1 else None


_NEWS_DAYS = 40


def _follows_text(item: HeadDate, evidence: Evidence) -> bool:
    """Whether days that the prose names without a year lie shortly before this reading."""
    day = item.in_year(item.year or 0)
    if day is None:
        return False
    return any(
        timedelta(0) <= day - told <= timedelta(days=_NEWS_DAYS)
        for told in (mention.in_year(day.year) for mention in _find_told_days(evidence))
        if told is not None
    )


_LEAD_LINES = 3


def _find_told_days(evidence: Evidence) -> list[HeadDate]:
    """Days without a year in the first lines of prose."""
    found: list[HeadDate] = []
    for number in evidence.body[:_LEAD_LINES]:
        for item in find_head_dates(evidence.text, evidence.names, within=evidence.lines[number].span):
            if item.year is None and item.day is not None:
                found.append(item)
    return found


# -- Years that are not written -----------------------------------------------------------------------------


def _complete(candidate: Candidate, known: Sequence[Candidate], evidence: Evidence) -> When | None:
    """A day without a year, put in the year that the page or the text gives; None when neither does."""
    year = _year_from(candidate, known)
    if year is None:
        year = _find_told_year(evidence)
    if year is None:
        return None
    first, last = candidate.item.in_year(year), to_last_day(candidate.item, year)
    if first is None or last is None:
        return None
    if candidate.item.weekday is not None and first.weekday() != candidate.item.weekday:
        return None
    if last < first:
        last = to_last_day(candidate.item, year + 1) or first
    return When(first, last, _precision(candidate.item, first, last), candidate.words, Basis.RESOLVED)


def _year_from(candidate: Candidate, known: Sequence[Candidate]) -> int | None:
    for other in sorted(known, key=_rank):
        year = other.item.year
        # A stamp of January over a dateline of December is of the next year.
        if year is not None and other.item.month == 1 and candidate.item.month == 12:
            return year - 1
        if year is not None:
            return year
    return None


_YEAR = re.compile(
    r"(?<![\d.,/])(?P<first>(?:19[5-9]|20[0-4])\d)(?:\s?[-–/]\s?(?P<last>(?:19|20)?\d\d))?(?![\d%]|[.,]\d)"
)
_AHEAD = re.compile(
    r"\b(?:by|until|till|through|before|to|up to|beyond|after|до|к|после)\s+"
    r"(?:the\s)?(?:end\sof\s|early\s|late\s|mid-?)?$",
    re.IGNORECASE,
)


def _find_told_year(evidence: Evidence) -> int | None:
    """The year that the prose lives in: the latest it names, if it names it in passing.

    A text that writes a day with its year ("August 16, 2022") sets that year off from its own, so such a
    year tells nothing about it.
    """
    bare: set[int] = set()
    dated: set[int] = set()
    for number in evidence.body:
        line = evidence.lines[number]
        spans = _dated_years(line, evidence)
        for match in _YEAR.finditer(evidence.text, line.span.start, line.span.end):
            if _AHEAD.search(evidence.text[max(line.span.start, match.start() - 24) : match.start()]):
                continue
            years = bare if not any(span.start <= match.start() < span.end for span in spans) else dated
            years.add(int(match["first"]))
            if match["last"] and evidence.text[match.start() + 4 : match.end()].strip().startswith("/"):
                # "Union-2006/2011": editions, not a span ahead.
                last = match["last"]
                years.add(int(last) if len(last) == 4 else int(match["first"][:2] + last))
    if not bare or (dated and max(dated) >= max(bare)):
        return None
    return max(bare)


def _dated_years(line: Line, evidence: Evidence) -> list[Span]:
    spans: list[Span] = []
    for start in range(line.span.start, line.span.end, 400):
        window = Span(start, min(line.span.end, start + 400))
        spans += [
            item.span for item in find_head_dates(evidence.text, evidence.names, within=window) if item.year
        ]
    return spans


_RELATIVE_YEAR = re.compile(r"\b(?P<which>last|this|next) year\b", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"\bin (?P<year>(?:19|20)\d\d)\b(?!\s?[-–/])")
_YEARS_ON = {"last": 1, "this": 0, "next": -1}
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_TOLD_CHARS, _MIN_SAME_WORDS, _MAX_TOLD = 70, 4, 60


def _infer_year(evidence: Evidence) -> When | None:
    """The year of a text that tells one thing twice, once as of "last year" and once as "in 2022"."""
    relative: list[tuple[int, set[str]]] = []
    named: list[tuple[int, set[str]]] = []
    for number in evidence.body:
        text = evidence.lines[number].text
        for match in _RELATIVE_YEAR.finditer(text):
            relative.append((_YEARS_ON[match["which"].lower()], _words_before(text, match.start())))
        for match in _NAMED_YEAR.finditer(text):
            named.append((int(match["year"]), _words_before(text, match.start())))
    years = {
        year + on
        for on, words in relative[:_MAX_TOLD]
        for year, other in named[:_MAX_TOLD]
        if len(words & other) >= _MIN_SAME_WORDS
    }
    if len(years) != 1:
        return None
    year = years.pop()
    return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, None, Basis.INFERRED)


def _words_before(text: str, place: int) -> set[str]:
    """Content words of the clause that ends at a place."""
    start = max(0, place - _TOLD_CHARS)
    return {word.lower() for word in _CONTENT_WORD.findall(text[start:place])}


# -- Stamps that the text contradicts -------------------------------------------------------------------------


_MAX_LAG = timedelta(days=75)
_PLAN_YEARS = re.compile(
    r"\b(?:for|in|over|during|на|в)\s+(?:the\s+years?\s+)?(?P<first>(?:19|20)\d\d)\s?(?:-|–|—|to|until)\s?(?P<last>(?:19|20)\d\d)\b"
)


def _doubt(when: When | None, evidence: Evidence) -> When | None:
    """`when`, or an earlier time if the story cannot be as young as its stamp.

    The case: the lead tells of a day ("on October 23rd") months before the stamp and of a plan for years
    that had passed by then ("for 2012-2015" under a stamp of 2016). Pages keep such stamps from a move to a
    new system. The story is then of the days after that day, in the plan's first year.
    """
    if when is None or when.first is None or when.precision is not Precision.DAY:
        return when
    told = _find_told_days(evidence)
    if not told or any(_lag(item, when.first) <= _MAX_LAG for item in told):
        return when
    prose = [evidence.lines[number].text for number in evidence.body]
    plans = [match for text in prose for match in _PLAN_YEARS.finditer(text)]
    passed = [int(match["first"]) for match in plans if int(match["last"]) < when.first.year]
    if not passed or len(passed) < len(plans):
        return when
    first = told[0].in_year(min(passed))
    if first is None or first >= when.first:
        return when
    month_end = to_last_day(HeadDate(told[0].span, None, first.month, None), first.year)
    return When(first, month_end, Precision.MONTH, None, Basis.INFERRED)


def _lag(item: HeadDate, stamp: date) -> timedelta:
    """Time from the last such day up to the stamp; a few days ahead of it counts as none."""
    lags = []
    for year in (stamp.year + 1, stamp.year, stamp.year - 1, stamp.year - 4):
        day = item.in_year(year)
        if day is not None and day - stamp <= timedelta(days=30):
            lags.append(max(timedelta(0), stamp - day))
    return min(lags, default=timedelta(0))
