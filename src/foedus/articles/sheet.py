"""A document laid out: its lines with everything that can be told of each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.articles.head import find_address
from foedus.articles.head_dates import MonthNames, load_month_names
from foedus.articles.language import UNKNOWN, guess_language, to_language_code
from foedus.articles.lines import Line, split_lines
from foedus.articles.prose import PROSE_SCORE, score_lines
from foedus.articles.roles import Marked, Role, mark_lines
from foedus.articles.words import PageWords, load_page_words
from foedus.model.document import Document
from foedus.model.span import Span

# Formats whose lines are lines; in the others the reader has made a line of each block.
_LINE_TYPES = ("text/plain", "message/rfc822")
# Letters of prose above the comments, and their share of all prose, for a line to be the comments' head.
_MIN_COMMENTED_SIZE, _MIN_COMMENTED_SHARE = 350, 0.15
_MAX_COMMENTS_WORDS = 8
_SURELY_PROSE = 1.0
_STAMP = re.compile(r"\b(?:19|20)\d\d\b\D{1,12}\d{1,2}[:.h]\d\d")
_MAX_STAMP_CHARS = 80
_MIN_BELIEVED_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document's lines down to readers' comments; `lines` and the lists beside it have one entry a line.

    Attributes:
        document: The document.
        lines: Its lines, at least one.
        scores: How much each looks like prose; see `prose`.
        marked: What each is on the page.
        covered: Share (0–1) of each that the format's own main text covers.
        words: Word data.
        names: Month names of its languages.
        language: Language of its prose.
        address: Address of the page, or None.
    """

    document: Document
    lines: Sequence[Line]
    scores: Sequence[float]
    marked: Sequence[Marked]
    covered: Sequence[float]
    words: PageWords
    names: MonthNames
    language: str
    address: str | None

    def is_prose(self, number: int) -> bool:
        """Whether a line is running text."""
        return (
            self.scores[number] >= PROSE_SCORE
            and self.marked[number].role is Role.TEXT
            and not self.lines[number].cut_off
        )

    def size(self, numbers: Iterable[int]) -> float:
        """Letters in these lines."""
        return sum(self.lines[number].size for number in numbers)

    def prose_size(self, numbers: Iterable[int]) -> float:
        """Letters in those of these lines that are running text."""
        return sum(self.lines[number].size for number in numbers if self.is_prose(number))


def lay_out(document: Document) -> Sheet | None:
    """Lay a document out; None when it has no line that holds anything."""
    words = load_page_words()
    lines: Sequence[Line] = split_lines(
        document.text,
        words,
        whole=document.media_type not in _LINE_TYPES,
        around=_find_surroundings(document),
    )
    if not lines:
        return None
    scores: Sequence[float] = score_lines(lines)
    end = _find_comments(lines, scores, words)
    lines, scores = lines[:end], scores[:end]
    covered = _cover(lines, document.main)
    prose = [
        line.text
        for line, score, share in zip(lines, scores, covered, strict=True)
        if score > _SURELY_PROSE and share >= 0.5
    ]
    language = guess_language(
        "\n".join(prose or [line.text for line in lines]),
        function_words=words.by_language,
        declared=document.page.language,
    )
    codes = ("en", language, to_language_code(document.page.language))
    names = load_month_names(tuple(dict.fromkeys(code for code in codes if code and code != UNKNOWN)))
    marked = mark_lines(lines, words, names, document.text)
    address = find_address(lines, document.page.address)
    return Sheet(document, lines, scores, marked, covered, words, names, language, address)


def _find_surroundings(document: Document) -> Span | None:
    """The stretch of the format's own main text, if it is enough of the page to be believed."""
    if sum(map(len, document.main)) < _MIN_BELIEVED_SHARE * len(document.text) or not document.main:
        return None
    return Span(document.main[0].start, document.main[-1].end)


def _find_comments(lines: Sequence[Line], scores: Sequence[float], words: PageWords) -> int:
    """The line at which readers' comments begin, or the number of lines when there are none.

    Comments are prose, often more than the article. Their head counts once a story stands above it that is
    no trifle beside what follows: a list of posts has such a line under each post.
    """
    prose = [line.size if score >= PROSE_SCORE else 0.0 for line, score in zip(lines, scores, strict=True)]
    least = max(_MIN_COMMENTED_SIZE, _MIN_COMMENTED_SHARE * sum(prose))
    above = 0.0
    for number, line in enumerate(lines):
        if (
            above >= least
            and line.words <= _MAX_COMMENTS_WORDS
            and (
                (line.ends_article and words.comments.search(line.folded))
                or _opens_comment(lines[number : number + 2], words)
            )
        ):
            return number
        above += prose[number]
    return len(lines)


def _opens_comment(lines: Sequence[Line], words: PageWords) -> bool:
    """Whether a reader's comment begins here: "Anna says:", and when to the minute."""
    if len(lines) < 2 or not lines[0].text.endswith(":"):
        return False
    when = lines[1].text[:_MAX_STAMP_CHARS]
    return words.says.match(lines[0].folded) is not None and _STAMP.search(when) is not None


def _cover(lines: Sequence[Line], main: Sequence[Span]) -> list[float]:
    """Share of each line that `main` covers; 1 throughout where the format does not tell."""
    if not main:
        return [1.0] * len(lines)
    shares = []
    at = 0
    for line in lines:
        while at < len(main) and main[at].end <= line.span.start:
            at += 1
        covered = 0
        for number in range(at, len(main)):
            if main[number].start >= line.span.end:
                break
            covered += min(main[number].end, line.span.end) - max(main[number].start, line.span.start)
        shares.append(covered / len(line.span))
    return shares
