"""A document as articles: which lines are whose, and what stands at the head of each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foedus.articles.conventions import guess_day_first
from foedus.articles.head import find_address, find_author, find_publisher, find_title
from foedus.articles.head_dates import FIRST_YEAR, MonthNames, load_month_names
from foedus.articles.language import guess_language, to_language_code
from foedus.articles.lines import Line, split_lines
from foedus.articles.prose import pick_main_lines, score_lines
from foedus.articles.published import Evidence, find_published
from foedus.articles.roles import Marked, Role, is_title_like, mark_lines
from foedus.articles.words import PageWords, load_page_words
from foedus.model.article import Article
from foedus.model.document import Document, PageData
from foedus.model.span import Span
from foedus.model.when import When


def split_articles(document: Document) -> tuple[Article, ...]:
    """The articles of a document: main text as spans, headline, publisher, author, language, date.

    Args:
        document: An input as read.

    Returns:
        In reading order, numbered from 0, their spans not overlapping; empty when the document holds no
        text at all. A document always gives at least one article if any line of it is text.

    Several articles: a page with a second full story under its first ("Similar articles"), and digests of
    dated or numbered sections. Teasers and lists of links are no articles.
    """
    words = load_page_words()
    lines = split_lines(document.text, words, whole=document.media_type not in _LINE_TYPES)
    if not lines:
        return ()
    scores = score_lines(lines)
    end = _find_comments(lines, scores, words)
    sheet = _lay_out(document, lines[:end], scores[:end], words)
    parts = [part for part in _find_parts(sheet) if part.kept]
    if not parts:
        return ()
    around = _date_around(sheet, parts)
    return tuple(_make_article(sheet, part, number, around) for number, part in enumerate(parts))


# Formats whose lines are lines; in the others the reader has made a line of each block.
_LINE_TYPES = ("text/plain", "message/rfc822")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document with everything told of its lines."""

    document: Document
    lines: Sequence[Line]
    scores: Sequence[float]
    marked: Sequence[Marked]
    covered: Sequence[float]
    words: PageWords
    names: MonthNames
    language: str
    address: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of lines ``[first, last)``.

    Attributes:
        first, last: Its lines.
        kept: Numbers of the lines that belong to its article.
        section: Whether it is a section of a digest, which has the digest's date unless it gives its own.
    """

    first: int
    last: int
    kept: Sequence[int]
    section: bool = False


def _find_comments(lines: Sequence[Line], scores: Sequence[float], words: PageWords) -> int:
    """The line at which readers' comments begin, or the number of lines when there are none.

    Comments are prose, often more than the article. Their head counts once a story stands above it that is
    no trifle beside what follows: a list of posts has such a line under each post.
    """
    prose = [line.size if score >= _PROSE else 0.0 for line, score in zip(lines, scores, strict=True)]
    least = max(_CUT_AFTER_SIZE, _MIN_COMMENTED_SHARE * sum(prose))
    above = 0.0
    for number, line in enumerate(lines):
        if above >= least and line.ends_article and line.words <= 8 and words.comments.search(line.folded):
            return number
        above += prose[number]
    return len(lines)


def _lay_out(document: Document, lines: Sequence[Line], scores: Sequence[float], words: PageWords) -> _Sheet:
    covered = _cover(lines, document.main)
    prose = [
        line.text
        for line, score, share in zip(lines, scores, covered, strict=True)
        if score > 1 and share >= 0.5
    ]
    if not prose:
        prose = [line.text for line in lines]
    language = guess_language("\n".join(prose), english=words.english_words, declared=document.page.language)
    declared = to_language_code(document.page.language)
    names = load_month_names(
        tuple(dict.fromkeys(code for code in ("en", language, declared) if code and code != "und"))
    )
    marked = mark_lines(lines, words, names, document.text)
    address = find_address(lines, document.page.address)
    return _Sheet(document, lines, scores, marked, covered, words, names, language, address)


def _cover(lines: Sequence[Line], main: Sequence[Span]) -> list[float]:
    """Share of each line that the format's own main text covers; 1 throughout where the format tells nothing."""
    if not main:
        return [1.0] * len(lines)
    shares = []
    at = 0
    for line in lines:
        while at < len(main) and main[at].end <= line.span.start:
            at += 1
        covered = 0
        for span in main[at:]:
            if span.start >= line.span.end:
                break
            covered += min(span.end, line.span.end) - max(span.start, line.span.start)
        shares.append(covered / len(line.span))
    return shares


# -- Parts ----------------------------------------------------------------------------------------------------

_MIN_ARTICLE_SIZE = 450
_MIN_ARTICLE_LINES = 3
# A story, a digest's section, and how many sections make a digest.
_MIN_STORY_SIZE = 200
_MIN_SECTION_SIZE = 60
_MIN_SECTIONS = 2
_DIGEST_REACH = 12
_NUMBERED = re.compile(r"^(?:№\s*|#\s*)?(\d{1,2})[.)]\s+\S")
_HEAD_REACH = 4
_PROSE = 0.8


def _find_parts(sheet: _Sheet) -> list[_Part]:
    """The stretches that are articles; at least one, unless nothing at all can be kept."""
    sections = _find_sections(sheet)
    if sections:
        return _cut_sections(sheet, sections)
    parts = _cut(sheet, _find_starts(sheet))
    if len(parts) == 1:
        return parts
    sizes = [_prose_size(sheet, part.kept) for part in parts]
    largest = max(range(len(parts)), key=lambda at: (sizes[at], -at))
    return [part for at, part in enumerate(parts) if at == largest or sizes[at] >= _MIN_STORY_SIZE]


def _cut(sheet: _Sheet, starts: Sequence[int]) -> list[_Part]:
    bounds = [0, *starts, len(sheet.lines)]
    return [
        _Part(first, last, _keep_lines(sheet, first, last))
        for first, last in pairwise(bounds)
        if first < last
    ]


def _cut_sections(sheet: _Sheet, starts: Sequence[int]) -> list[_Part]:
    """The sections of a digest, each with all its prose, and what stands before them if it is prose too."""
    parts = []
    if starts[0] > 0:
        intro = _Part(0, starts[0], _keep_lines(sheet, 0, starts[0]))
        if _prose_size(sheet, intro.kept) >= _MIN_STORY_SIZE:
            parts.append(intro)
    for first, last in pairwise([*starts, len(sheet.lines)]):
        kept = [
            number for number in range(first, last) if sheet.marked[number].role in (*_BODY_ROLES, Role.DATE)
        ]
        ends = (number for number in range(first, last) if sheet.lines[number].ends_article)
        stop = next((end for end in ends if _prose_size(sheet, range(first, end)) >= _MIN_SECTION_SIZE), last)
        parts.append(_Part(first, stop, [number for number in kept if number < stop], section=True))
    return parts


def _find_sections(sheet: _Sheet) -> list[int]:
    """First lines of the sections of a digest, or nothing when the document is none.

    A digest says that it is one (its title, or being a mail), and has numbered headlines or lines with
    nothing but a date, with prose under each.
    """
    top = range(min(_DIGEST_REACH, len(sheet.lines)))
    says = any(
        len(sheet.lines[at].text) < 120 and sheet.words.digests.search(sheet.lines[at].folded) for at in top
    )
    title = (sheet.document.page.title or "").casefold()
    if not says and not sheet.words.digests.search(title):
        return []
    for headings in (_find_numbered(sheet), _find_date_lines(sheet)):
        bounds = pairwise([*headings, len(sheet.lines)])
        full = [
            first for first, last in bounds if _prose_size(sheet, range(first + 1, last)) >= _MIN_SECTION_SIZE
        ]
        if len(full) >= _MIN_SECTIONS and len(full) >= 0.7 * len(headings):
            return headings
    return []


def _find_numbered(sheet: _Sheet) -> list[int]:
    """Lines "1. Headline", "2. Headline", … counting up from 1."""
    found: list[int] = []
    for number, line in enumerate(sheet.lines):
        match = _NUMBERED.match(line.text)
        if match and int(match[1]) == len(found) + 1 and is_title_like(line, sheet.marked[number]):
            found.append(number)
    return found


def _find_date_lines(sheet: _Sheet) -> list[int]:
    """Lines that hold a date and nothing else."""
    found: list[int] = []
    for number, (line, marked) in enumerate(zip(sheet.lines, sheet.marked, strict=True)):
        if marked.role is Role.DATE and len(marked.dates) == 1 and marked.dates[0].last is None:
            bare = len(line.text.strip(" .:|–—-")) - len(marked.dates[0].span)
            if bare <= 12 and marked.dates[0].day is not None and _next_prose(sheet, number + 1) is not None:
                found.append(number)
    return found


def _find_starts(sheet: _Sheet) -> list[int]:
    """Line numbers at which a further article begins: a headline with its date above prose of its own.

    The first article needs no such mark and is not among them. Nothing after the comments counts: readers'
    names and times look like heads.
    """
    heads = list(_iter_heads(sheet))
    starts: list[int] = []
    for place, (head, body) in enumerate(heads):
        if _prose_size(sheet, range(starts[-1] if starts else 0, head)) < _MIN_STORY_SIZE:
            continue
        following = heads[place + 1][0] if place + 1 < len(heads) else len(sheet.lines)
        prose = [number for number in range(body, following) if _is_prose(sheet, number)]
        if _size(sheet.lines, prose) >= _MIN_ARTICLE_SIZE and len(prose) >= _MIN_ARTICLE_LINES:
            starts.append(head)
    return starts


def _is_prose(sheet: _Sheet, number: int) -> bool:
    return (
        sheet.scores[number] >= _PROSE
        and sheet.marked[number].role is Role.TEXT
        and not sheet.lines[number].cut_off
    )


def _iter_heads(sheet: _Sheet) -> Iterable[tuple[int, int]]:
    """Pairs of (first line of a head, first line of its prose)."""
    last = -1
    for number, marked in enumerate(sheet.marked):
        if marked.role is not Role.DATE or marked.modified or number <= last:
            continue
        if not any(item.day is not None and item.year is not None for item in marked.dates):
            continue
        title = _pick_head_title(sheet, number)
        if title is None:
            continue
        body = _next_prose(sheet, max(title, number) + 1)
        if body is None:
            continue
        last = body
        yield min(title, number), body


def _pick_head_title(sheet: _Sheet, number: int) -> int | None:
    """A headline close above a date line, else close below it."""
    for near in (*range(number - 1, number - _HEAD_REACH, -1), *range(number + 1, number + 3)):
        if not 0 <= near < len(sheet.lines):
            continue
        if _is_prose(sheet, near) and sheet.lines[near].ends and near < number:
            # Prose of the story above: the headline is not up there.
            if near == number - 1:
                continue
            break
        line = sheet.lines[near]
        if is_title_like(line, sheet.marked[near]) and line.words >= 4 and not line.ends_article:
            return near
    return None


def _next_prose(sheet: _Sheet, number: int) -> int | None:
    for near in range(number, min(number + _HEAD_REACH, len(sheet.lines))):
        if _is_prose(sheet, near) and sheet.lines[near].sentences:
            return near
    return None


# -- Lines of one article -------------------------------------------------------------------------------------

_MIN_MAIN_SHARE = 0.2
_CUT_AFTER_SIZE = 350
_MIN_COMMENTED_SHARE = 0.15
_MAX_REST_SHARE = 0.6


def _keep_lines(sheet: _Sheet, first: int, last: int) -> list[int]:
    """Numbers of the lines of prose and what stands between them, furniture left out."""
    lines = sheet.lines
    region = [first + number for number in pick_main_lines(lines[first:last], sheet.scores[first:last])]
    kept = region
    if sheet.document.main:
        covered = [number for number in range(first, last) if sheet.covered[number] > 0.5]
        if covered and _size(lines, covered) >= _MIN_MAIN_SHARE * _size(lines, region):
            kept = covered
    if not kept:
        kept = [number for number in range(first, last)]
    kept = _cut_after_end(sheet, kept)
    return [
        number for number in kept if sheet.marked[number].role not in (Role.FURNITURE, Role.ADDRESS)
    ] or kept


def _size(lines: Sequence[Line], numbers: Iterable[int]) -> float:
    return sum(lines[number].size for number in numbers)


def _prose_size(sheet: _Sheet, numbers: Iterable[int]) -> float:
    return sum(sheet.lines[number].size for number in numbers if _is_prose(sheet, number))


def _cut_after_end(sheet: _Sheet, kept: list[int]) -> list[int]:
    """Cut what follows a line that ends an article, unless more follows it than stood before."""
    if not kept:
        return kept
    total = _prose_size(sheet, kept)
    before = 0.0
    for place, (number, following) in enumerate(pairwise([*kept, kept[-1] + 1])):
        if _is_prose(sheet, number):
            before += sheet.lines[number].size
        ends = any(
            sheet.lines[between].ends_article
            for between in range(number + 1, following + 1)
            if between < len(sheet.lines)
        )
        if ends and before >= _CUT_AFTER_SIZE and total - before <= _MAX_REST_SHARE * before:
            return kept[: place + 1]
    return kept


# -- One article ----------------------------------------------------------------------------------------------

_TITLE_REACH = 14
# Dates before it on a web page are of what it tells about.
_FIRST_WEB_YEAR = 1993
_MIN_STANDFIRST_WORDS = 5
_MIN_LEADING_SCORE = 0.3
_MAX_INSET = 4


def _make_article(sheet: _Sheet, part: _Part, number: int, around: When | None) -> Article:
    page = (
        sheet.document.page
        if number == 0 and not part.section
        else PageData(publisher=sheet.document.page.publisher)
    )
    address = sheet.address if number == 0 and not part.section else None
    body = _find_body(sheet, part.kept)
    first_prose = body[0] if body else part.kept[0]
    reach = range(max(part.first, first_prose - _TITLE_REACH), first_prose)
    numbered = _NUMBERED.match(sheet.lines[part.first].text) if part.section else None
    if numbered is not None:
        title: int | None = part.first
    else:
        title = find_title(sheet.lines, sheet.marked, list(reach), body, known=page.title, address=address)
    title_span = sheet.lines[title].span if title is not None else None
    if title_span is not None and numbered is not None:
        title_span = Span(title_span.start + numbered.end() - 1, title_span.end)
    head = [at for at in reach if at != title and (title is None or at > title or title - at <= 6)]
    below = list(range(part.kept[-1] + 1, min(part.kept[-1] + 7, part.last)))
    publisher = find_publisher(
        sheet.lines,
        sheet.marked,
        title if title is not None else first_prose,
        known=sheet.document.page.publisher,
        address=sheet.address,
        outlets=sheet.words.outlets,
    )
    evidence = _gather(sheet, part, page, address, title, body, below, publisher)
    return Article(
        document=sheet.document.name,
        number=number,
        title=" ".join(title_span.cut(sheet.document.text).split()) if title_span is not None else page.title,
        title_span=title_span,
        publisher=publisher,
        author=find_author(sheet.lines, sheet.marked, head, body, below, known=page.author),
        language=sheet.language,
        published=find_published(evidence, around=around if part.section else None),
        spans=_to_spans(sheet, _choose_lines(sheet, part, title, body)),
    )


def _gather(
    sheet: _Sheet,
    part: _Part,
    page: PageData,
    address: str | None,
    title: int | None,
    body: Sequence[int],
    below: Sequence[int],
    publisher: str | None,
) -> Evidence:
    """All that tells when the article of a part appeared."""
    first_prose = body[0] if body else part.kept[0]
    source_addresses = [sheet.lines[at].text for at in below if sheet.marked[at].role is Role.ADDRESS]
    masthead = [sheet.lines[at].text for at in range(part.first, min(part.first + 4, first_prose))]
    return Evidence(
        text=sheet.document.text,
        lines=sheet.lines,
        marked=sheet.marked,
        above=list(range(max(part.first, first_prose - 2 * _TITLE_REACH), first_prose)),
        body=body,
        below=below,
        title=title,
        page=page,
        address=address,
        day_first=guess_day_first(
            language=sheet.language,
            tag=sheet.document.page.language,
            addresses=[sheet.address, *source_addresses],
            names=[publisher, *masthead],
        ),
        names=sheet.names,
        first_year=_FIRST_WEB_YEAR if sheet.document.media_type == "text/html" else FIRST_YEAR,
        alone=part.first == 0 and part.last == len(sheet.lines),
    )


def _date_around(sheet: _Sheet, parts: Sequence[_Part]) -> When | None:
    """The date of a digest as a whole: of its head, above the first section; None for other documents."""
    first = next((part.first for part in parts if part.section), 0)
    if first == 0:
        return None
    intro = _Part(0, first + 1, [first])
    return find_published(
        _gather(sheet, intro, sheet.document.page, sheet.address, None, [], [], sheet.document.page.publisher)
    )


def _find_body(sheet: _Sheet, kept: Sequence[int]) -> list[int]:
    """Numbers of the kept lines from the first that is surely prose to the last."""
    sure = [at for at in kept if _is_sure_prose(sheet, at)]
    if not sure:
        return []
    if sheet.document.main:
        # The format's own main text has its short lines for a reason.
        return [at for at in kept if at >= sure[0]]
    body = [at for at in kept if sure[0] <= at <= sure[-1]]
    for at in kept:
        if at > body[-1]:
            if not _goes_on(sheet, at, body[-1]):
                break
            body.append(at)
    return body


def _goes_on(sheet: _Sheet, number: int, before: int) -> bool:
    """Whether a line under the last sure prose still belongs to it: a short sentence, a list, a cut-off end."""
    line = sheet.lines[number]
    if sheet.marked[number].role is not Role.TEXT or number > before + 2:
        return False
    if line.ends and not line.cut_off and line.words >= 4:
        return True
    if sheet.lines[before].text.endswith(":"):
        return True
    return sheet.scores[number] >= 0.3 and line.common >= 0.15


def _is_sure_prose(sheet: _Sheet, number: int) -> bool:
    line = sheet.lines[number]
    if sheet.marked[number].role is not Role.TEXT:
        return False
    if line.size > 150:
        return True
    if not line.ends or line.cut_off or line.size < 45:
        return False
    return line.sentences >= 2 or not line.text.endswith(("?", "!"))


def _choose_lines(sheet: _Sheet, part: _Part, title: int | None, body: Sequence[int]) -> list[int]:
    """Headline, standfirst and body, without what stands between them as head or inset."""
    if not body:
        return sorted({*([title] if title is not None else []), *part.kept})
    chosen = [] if title is None else [title]
    first_kept = {at for at in part.kept if at < body[0] and sheet.scores[at] >= _MIN_LEADING_SCORE}
    start = min((body[0], *first_kept)) if title is None else title + 1
    for number in range(start, body[0]):
        line, marked = sheet.lines[number], sheet.marked[number]
        if marked.role is not Role.TEXT or _is_dated_caption(marked):
            continue
        if (line.words >= _MIN_STANDFIRST_WORDS and not line.dividers) or number in first_kept:
            chosen.append(number)
    prose = [number for number in body if title is None or number > title]
    chosen += (
        [at for at in prose if sheet.marked[at].role in _BODY_ROLES]
        if sheet.document.main
        else _without_insets(sheet, prose)
    )
    return chosen


_BODY_ROLES = (Role.TEXT, Role.LABEL)


def _is_dated_caption(marked: Marked) -> bool:
    return any(item.year is not None and item.day is not None for item in marked.dates)


def _without_insets(sheet: _Sheet, body: Sequence[int]) -> list[int]:
    """Body lines without insets: short runs between paragraphs with a rubric, a date or a caption among them."""
    chosen: list[int] = []
    run: list[int] = []
    for number in [*body, -1]:
        if number >= 0 and _is_aside(sheet, number):
            run.append(number)
            continue
        if run and not _is_inset(sheet, run, chosen):
            chosen += [at for at in run if sheet.marked[at].role in _BODY_ROLES]
        run = []
        if number >= 0:
            chosen.append(number)
    return chosen


def _is_aside(sheet: _Sheet, number: int) -> bool:
    line, marked = sheet.lines[number], sheet.marked[number]
    return marked.role is not Role.TEXT or (not line.ends and (line.size < 110 or _is_dated_caption(marked)))


def _is_inset(sheet: _Sheet, run: Sequence[int], before: Sequence[int]) -> bool:
    """Whether a run of short lines is of another story rather than subheadings or a list."""
    first = before[-1] + 1 if before else run[0]
    between = range(first, run[-1] + 1)
    if any(sheet.marked[at].role in (Role.FURNITURE, Role.ADDRESS) for at in between):
        return True
    return any(_is_dated_caption(sheet.marked[at]) for at in run)


def _to_spans(sheet: _Sheet, numbers: Sequence[int]) -> tuple[Span, ...]:
    """Spans of these lines, joined where only white space lies between them."""
    spans: list[Span] = []
    for number in numbers:
        span = sheet.lines[number].span
        if spans and not sheet.document.text[spans[-1].end : span.start].strip():
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)
