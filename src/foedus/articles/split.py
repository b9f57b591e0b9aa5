"""A document to articles."""

from collections.abc import Sequence
from datetime import date

from foedus.articles.author import find_author
from foedus.articles.body import choose_lines, find_body, to_spans
from foedus.articles.conventions import guess_day_first
from foedus.articles.head import find_title
from foedus.articles.head_dates import FIRST_YEAR
from foedus.articles.parts import Part, find_heading_number, find_parts
from foedus.articles.published import Evidence, find_published
from foedus.articles.publisher import find_publisher
from foedus.articles.roles import Role, find_bullet
from foedus.articles.sheet import Sheet, lay_out
from foedus.model.article import Article
from foedus.model.document import Document, PageData
from foedus.model.span import Span
from foedus.model.when import When

# How many lines above the prose a headline, and a date, may stand; how many lines of a head stand above it.
_TITLE_REACH, _DATE_REACH, _ABOVE_TITLE = 14, 28, 6
_BELOW_LINES = 6
_MASTHEAD_LINES = 4
# Dates before it on a web page are of what it tells about.
_FIRST_WEB_YEAR = 1993


def split_articles(document: Document) -> tuple[Article, ...]:
    """The articles of a document: main text as spans, headline, publisher, author, language, date.

    Args:
        document: An input as read.

    Returns:
        In reading order, numbered from 0, their spans in order and not overlapping; empty when the document
        holds nothing but white space. A document that holds any word gives at least one article.

    Several articles: a page with a second full story under its first ("Similar articles"), and digests of
    dated or numbered sections. Teasers, lists of links and readers' comments are no articles.
    """
    sheet = lay_out(document)
    if sheet is None:
        return ()
    parts = find_parts(sheet)
    around = _date_digest(sheet, parts)
    return tuple(_make_article(sheet, part, number, around) for number, part in enumerate(parts))


def _make_article(sheet: Sheet, part: Part, number: int, around: When | None) -> Article:
    page, address = sheet.document.page, sheet.address
    if number > 0 or part.section:
        # What the page says of itself, it says of its first story or of the digest as a whole.
        page, address = PageData(publisher=page.publisher), None
    body = find_body(sheet, part.kept)
    prose = body[0] if body else part.kept[0]
    reach = range(max(part.first, prose - _TITLE_REACH), prose)
    title, title_span = _find_title(sheet, part, reach, body, page, address)
    head = [at for at in reach if at != title and (title is None or at >= title - _ABOVE_TITLE)]
    below = _below(part, body)
    publisher = find_publisher(
        sheet.lines,
        sheet.marked,
        prose if title is None else title,
        known=page.publisher,
        address=sheet.address,
        outlets=sheet.words.outlets,
    )
    evidence = _gather(sheet, part, page, address, title, body, publisher)
    return Article(
        document=sheet.document.name,
        number=number,
        title=page.title if title_span is None else " ".join(title_span.cut(sheet.document.text).split()),
        title_span=title_span,
        publisher=publisher,
        author=find_author(
            sheet.lines, sheet.marked, head, body, below, known=page.author, words=sheet.words
        ),
        language=sheet.language,
        published=find_published(evidence, around=around if part.section else None),
        spans=to_spans(sheet, choose_lines(sheet, part, title, body)),
    )


def _below(part: Part, body: Sequence[int]) -> range:
    """The few lines under the text."""
    first = (body or part.kept)[-1] + 1
    return range(first, min(first + _BELOW_LINES, part.last))


def _find_title(
    sheet: Sheet, part: Part, reach: range, body: Sequence[int], page: PageData, address: str | None
) -> tuple[int | None, Span | None]:
    """The line that is the headline, and the headline in it."""
    numbering = find_heading_number(sheet, part)
    if numbering is not None:
        span = sheet.lines[part.first].span
        return part.first, Span(span.start + numbering, span.end)
    title = find_title(
        sheet.lines,
        sheet.marked,
        reach,
        body,
        known=page.title,
        address=address,
        captions=sheet.words.captions,
    )
    if title is None:
        return None, None
    span = sheet.lines[title].span
    return title, Span(span.start + find_bullet(sheet.lines[title].text), span.end)


def _gather(
    sheet: Sheet,
    part: Part,
    page: PageData,
    address: str | None,
    title: int | None,
    body: Sequence[int],
    publisher: str | None,
) -> Evidence:
    """All that tells when the article of a part appeared."""
    prose = body[0] if body else part.kept[0]
    below = _below(part, body) if body else range(0)
    sources = [sheet.lines[at].text for at in below if sheet.marked[at].role is Role.ADDRESS]
    masthead = [line.text for line in sheet.lines[part.first : min(part.first + _MASTHEAD_LINES, prose)]]
    return Evidence(
        text=sheet.document.text,
        lines=sheet.lines,
        marked=sheet.marked,
        above=range(max(part.first, prose - _DATE_REACH), prose),
        body=body,
        below=below,
        title=title,
        page=page,
        address=address,
        day_first=guess_day_first(
            language=sheet.language,
            tag=sheet.document.page.language,
            addresses=[sheet.address, *sources],
            names=[publisher, *masthead],
        ),
        names=sheet.names,
        first_year=_FIRST_WEB_YEAR if sheet.document.media_type == "text/html" else FIRST_YEAR,
        alone=part.first == 0 and part.last == len(sheet.lines),
        today=sheet.words.today,
        fetched=None if (fetched := sheet.document.page.fetched) is None else date.fromisoformat(fetched),
    )


def _date_digest(sheet: Sheet, parts: Sequence[Part]) -> When | None:
    """The date of a digest as a whole, from its head above the first section; None for other documents."""
    first = next((part.first for part in parts if part.section), 0)
    if first == 0:
        return None
    page = sheet.document.page
    head = Part(0, first + 1, [first])
    return find_published(_gather(sheet, head, page, sheet.address, None, [], page.publisher))
