"""The lines of one article: headline, standfirst and body, without the head and insets between them."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from foedus.articles.head import is_caption
from foedus.articles.lines import Line
from foedus.articles.parts import Part
from foedus.articles.prose import find_stems
from foedus.articles.published import is_chronology
from foedus.articles.roles import BODY_ROLES, Marked, Role
from foedus.articles.sheet import Sheet
from foedus.model.span import Span

# Sizes in letters: a line is prose whatever its end; a sentence is prose; a line between paragraphs is an aside.
_LONG_SIZE, _SENTENCE_SIZE, _ASIDE_SIZE = 150, 45, 110
_MIN_STANDFIRST_WORDS = 5
_MIN_TAIL_WORDS, _MIN_TAIL_COMMON, _MIN_TAIL_LIKENESS = 4, 0.15, 0.34
_LIKELY_PROSE = 0.3
_SENTENCE_COMMON = 0.25
_LABELLED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}: \S")


def find_body(sheet: Sheet, kept: Sequence[int]) -> list[int]:
    """Numbers of the kept lines from the first that is surely prose to the end of the text; empty if none is."""
    sure = [at for at in kept if _is_sure_prose(sheet, at)]
    if not sure:
        return []
    if sheet.document.main:
        # The format's own main text has its short lines for a reason.
        return [at for at in kept if at >= sure[0]]
    body = [at for at in kept if sure[0] <= at <= sure[-1]]
    vocabulary = find_stems("\n".join(sheet.lines[at].text for at in body))
    for at in kept:
        if at > body[-1]:
            if not _goes_on(sheet, at, body[-1], vocabulary):
                break
            body.append(at)
    return body


def choose_lines(sheet: Sheet, part: Part, title: int | None, body: Sequence[int]) -> list[int]:
    """Numbers of the lines that make the article's text, in order; at least one.

    Args:
        sheet: The document.
        part: The article's stretch.
        title: Number of the headline, or None.
        body: What `find_body` gave.
    """
    if not body:
        return sorted({*part.kept, *(() if title is None else (title,))})
    leading = {
        at
        for at in part.kept
        if at < body[0] and sheet.scores[at] >= _LIKELY_PROSE and not sheet.lines[at].cut_off
    }
    chosen = [] if title is None else [title]
    for number in range(min((body[0], *leading)) if title is None else title + 1, body[0]):
        line, marked = sheet.lines[number], sheet.marked[number]
        if marked.role is not Role.TEXT or _is_dated_caption(line, marked) or _is_labelled(line):
            continue
        if is_caption(line, sheet.words.captions) and not line.ends:
            continue
        if title is not None and line.folded == sheet.lines[title].folded:
            continue
        if number in leading or (line.words >= _MIN_STANDFIRST_WORDS and not line.dividers):
            chosen.append(number)
    prose = [number for number in body if title is None or number > title]
    if sheet.document.main:
        return chosen + [at for at in prose if sheet.marked[at].role in BODY_ROLES]
    if is_chronology(sheet.lines, sheet.marked, prose):
        return chosen + _with_date_lines(sheet, prose)
    return chosen + _without_insets(sheet, prose)


def to_spans(sheet: Sheet, numbers: Sequence[int]) -> tuple[Span, ...]:
    """Spans of these lines, joined where only white space lies between them."""
    spans: list[Span] = []
    for number in numbers:
        span = sheet.lines[number].span
        if spans and not sheet.document.text[spans[-1].end : span.start].strip():
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)


def _is_sure_prose(sheet: Sheet, number: int) -> bool:
    line = sheet.lines[number]
    if sheet.marked[number].role is not Role.TEXT:
        return False
    if line.cut_off:
        # Teasers end so; a paragraph that was cut short is longer.
        return line.size > 2 * _LONG_SIZE
    if line.size > _LONG_SIZE:
        return True
    if not line.ends or line.size < _SENTENCE_SIZE:
        return False
    # A single question is as likely a headline.
    return line.sentences >= 2 or not line.text.endswith(("?", "!"))


def _goes_on(sheet: Sheet, number: int, before: int, vocabulary: AbstractSet[str]) -> bool:
    """Whether a line under the last sure prose still belongs to it: a short sentence, a list, a cut-off end."""
    line = sheet.lines[number]
    if sheet.marked[number].role is not Role.TEXT or number > before + 2:
        return False
    if line.ends and not line.cut_off and line.words >= _MIN_TAIL_WORDS:
        return True
    if sheet.lines[before].text.endswith(":"):
        return True
    if sheet.scores[number] < _LIKELY_PROSE or line.common < _MIN_TAIL_COMMON:
        return False
    if line.sentences:
        return True
    # Headlines of other stories stand there too; they have little in common with this one.
    stems = find_stems(line.text)
    return len(stems & vocabulary) >= _MIN_TAIL_LIKENESS * len(stems)


def _is_dated_caption(line: Line, marked: Marked) -> bool:
    """Whether a line has a full date without being a sentence about it."""
    dated = any(item.year is not None and item.day is not None for item in marked.dates)
    return dated and line.common < _SENTENCE_COMMON


def _is_labelled(line: Line) -> bool:
    """Whether a line is a field of the page's head ("Press release: Ministry of Defence")."""
    return not line.ends and _LABELLED.match(line.text) is not None


def _with_date_lines(sheet: Sheet, body: Sequence[int]) -> list[int]:
    """Body lines of a chronology with the lines that date its entries."""
    return [
        at for at in range(body[0], body[-1] + 1) if at in set(body) or sheet.marked[at].role is Role.DATE
    ]


def _without_insets(sheet: Sheet, body: Sequence[int]) -> list[int]:
    """Body lines without runs of short lines that are of another story."""
    chosen: list[int] = []
    run: list[int] = []
    for number in body:
        if _is_picture_text(sheet, number):
            continue
        if _is_aside(sheet, number):
            run.append(number)
            continue
        chosen += _keep_run(sheet, run, chosen)
        run = []
        chosen.append(number)
    return chosen + _keep_run(sheet, run, chosen)


def _is_aside(sheet: Sheet, number: int) -> bool:
    line, marked = sheet.lines[number], sheet.marked[number]
    if marked.role is not Role.TEXT:
        return True
    return not line.ends and (line.size < _ASIDE_SIZE or _is_dated_caption(line, marked))


def _is_picture_text(sheet: Sheet, number: int) -> bool:
    """Whether a body line is the text under a picture: by its words, or by the credit on the next line."""
    line = sheet.lines[number]
    if line.ends and not line.text.endswith("|"):
        return False
    if is_caption(line, sheet.words.captions):
        return True
    following = number + 1
    return (
        line.text.endswith("|")
        and following < len(sheet.lines)
        and sheet.marked[following].role is Role.FURNITURE
    )


def _keep_run(sheet: Sheet, run: Sequence[int], before: Sequence[int]) -> list[int]:
    """A run of short lines if it is subheadings or a list; nothing if a rubric, a link or a dated caption is in it."""
    if not run:
        return []
    between = range(before[-1] + 1 if before else run[0], run[-1] + 1)
    if any(sheet.marked[at].role in (Role.FURNITURE, Role.ADDRESS) for at in between):
        return []
    if any(_is_dated_caption(sheet.lines[at], sheet.marked[at]) for at in run):
        return []
    return [at for at in run if sheet.marked[at].role in BODY_ROLES]
