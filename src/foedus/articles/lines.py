"""A text as lines with what can be told from each line alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.articles.words import STEM_CHARS, PageWords, fold_line
from foedus.model.span import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\w+(?:['’ʼ-]\w+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Every repeat is bounded: lines may be megabytes long and made to be hard to match.
_SENTENCE_END = re.compile(r"[.!?…。！？؟।۔։]{1,4}[\"'”’»›)\]]{0,3}(?=\s|$)|[。！？]")
_LAST_END = re.compile(r"[.!?…。！？؟।۔։][\"'”’»›)\]*¹²³]{0,4}(?:\[\d{1,3}\])?$")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s{0,2}(?:»|>|›|→)?$")
_TAIL_CHARS = 16
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,60}")
_DIVIDER = re.compile(r"\s[|•·»›/]\s|[|•]|\t")
_RIGHTS = re.compile(r"©|\(c\)\s?\d{4}|\bcopyright\b")  # in lower case
_IDEOGRAPH_WEIGHT = 2.5
# Things that scrapers run together: "in 2024.The minister", "Go to the archiveJoint drills", "The Agency29/11/2023".
_LOWER = "a-zß-öø-ÿа-яёіїєўґ"
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄЎҐ"
_GLUED_SENTENCES = re.compile(rf"(?<=[{_LOWER}][{_LOWER}][.!?…:»”)])(?=[„«“]?[{_UPPER}][{_LOWER}])")
_GLUED_WORDS = re.compile(
    rf"(?<=[{_LOWER}][{_LOWER}][{_LOWER}])(?=[{_UPPER}][{_LOWER}])"
    r"|(?<=[^\W\d_]{2})(?=\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d{1,2}\s[^\W\d_]{3,10}\.?,?\s(?:19|20)\d\d(?!\d))"
)
# Names of the pictures of icon fonts, which stand in the text of pages ("access_time", "folder_open").
_ICON = re.compile(r"[a-z]{3,12}_[a-z]{3,12}")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_WIDE_SPACE = re.compile(r"[ \t\xa0]{3,}")
_GLUED_FIGURES = re.compile(rf"(?<=\d)(?=[{_UPPER}][{_LOWER}]{{2}})")
_GLUED_WORD_CHARS = 40
_MAX_SEAMED_CHARS = 400_000
_LONG_LINE_CHARS = 200
# More boundaries than one in so many letters: a page whose markup was taken out without a space.
_GLUED_EVERY_CHARS = 120
# A store's own label before the first words of a page.
_LABELLED_DATE = re.compile(
    r"(?:date|published|posted)\s*:?\s+\d{4}-\d{2}(?:-\d{2})?\s+(?=\S)", re.IGNORECASE
)
_MIN_WRAPPED_LINES = 6
# Shares of all lines that stand apart, and that break off in a sentence, for a text to be double-spaced.
_SPACED_SHARE, _BROKEN_SHARE, _MIN_BROKEN_CHARS = 0.9, 0.08, 25
_MAX_FURNITURE_CHARS = 800
_MAX_LINK_CHARS = 60
_MAX_OPENING_CHARS = 300
_MAX_MEASURED_CHARS = 20_000
_LINES_ABOVE, _LINES_BELOW = 60, 30
_MAX_LISTED_CHARS = 60
_MAX_NAME_LOOKUPS = 200
_MIN_RUN_ON_CHARS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, white space at its ends left off.

    Attributes:
        span: Where it stands.
        text: Its words.
        folded: Lower case, without counters and punctuation at the ends.
        size: Letters and digits in it, ideographs counted as the letters of a word.
        words: Number of words; ideographs are not words.
        common: Share (0–1) of words that are function words of some language.
        capital: Share (0–1) of words longer than three letters that begin with a capital, the first aside.
        sentences: Number of sentence ends in it.
        ends: Whether it ends as a sentence does.
        cut_off: Whether it ends in an ellipsis, as teasers do.
        addresses: Number of web and mail addresses.
        dividers: Number of bars, bullets and tabs that set items apart.
        gap: Whether an empty line stands before it.
        chrome: Whether it is a whole line of page furniture.
        ends_article: Whether it opens what follows an article (comments, related links).
        furniture: Whether its opening or a phrase in it marks it as no part of an article.
    """

    span: Span
    text: str
    folded: str
    size: float
    words: int
    common: float
    capital: float
    sentences: int
    ends: bool
    cut_off: bool
    addresses: int
    dividers: int
    gap: bool
    chrome: bool
    ends_article: bool
    furniture: bool


def split_lines(
    text: str, words: PageWords, *, whole: bool = False, around: Span | None = None
) -> list[Line]:
    """Lines of a text that hold anything but white space, in order.

    Lines that are pieces of one sentence (hard-wrapped text; text in which every link stands on a line of
    its own) come as one line, whose `text` then has line breaks in it. With `whole`, lines are known to be
    blocks and stay as they are. With `around`, lines far above and below that stretch are left out.
    """
    pieces = list(_iter_pieces(text))
    if around is not None:
        inside = [number for number, piece in enumerate(pieces) if piece.span.overlaps(around)]
        if inside:
            pieces = pieces[max(0, inside[0] - _LINES_ABOVE) : inside[-1] + 1 + _LINES_BELOW]
    if whole:
        return [_make_line(piece.text, piece.span, piece.gap, words) for piece in pieces]
    pieces = _without_double_spacing(pieces)
    width = _wrap_width(pieces)
    lines: list[Line] = []
    first = 0
    for at in range(1, len(pieces) + 1):
        if at < len(pieces) and _runs_on(pieces[at - 1], pieces[at], width, words):
            continue
        span = Span(pieces[first].span.start, pieces[at - 1].span.end)
        lines.append(_make_line(span.cut(text), span, pieces[first].gap, words))
        first = at
    return lines


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line as it stands in the text."""

    span: Span
    text: str
    gap: bool


def _iter_pieces(text: str) -> Iterator[_Piece]:
    last_end = -1
    lookups = _MAX_NAME_LOOKUPS
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        gap = last_end < 0 or _has_gap(text, last_end, start)
        seams = _find_seams(stripped, text if lookups else "")
        lookups -= bool(seams and lookups)
        for first, last in pairwise([0, *seams, len(stripped)]):
            piece = stripped[first:last].strip()
            if piece:
                at = start + stripped.index(piece[0], first)
                yield _Piece(Span(at, at + len(piece)), piece, gap)
                gap = False
        last_end = start + len(stripped)


def _find_seams(line: str, text: str) -> list[int]:
    """Places in a line where two lines of the page were run together; names are looked for in `text`."""
    seams: set[int] = set()
    label = _LABELLED_DATE.match(line)
    if label is not None:
        seams.add(label.end())
    if len(line) > _MAX_SEAMED_CHARS:
        return sorted(seams)
    if len(line) > _LONG_LINE_CHARS:
        seams.update(match.start() for match in _GLUED_SENTENCES.finditer(line))
        seams.update(match.end() for match in _WIDE_SPACE.finditer(line))
        words = [match.start() for match in _GLUED_WORDS.finditer(line)]
        if len(words) * _GLUED_EVERY_CHARS >= len(line):
            seams.update(words)
            seams.update(match.start() for match in _GLUED_FIGURES.finditer(line))
    elif line[-1] not in ".!?":
        for match in _GLUED_WORDS.finditer(line):
            at = match.start()
            # A name with a capital inside ("UkrOboronProm") comes again, and a word or two beside it are no line.
            first = max(line.rfind(" ", 0, at) + 1, at - _GLUED_WORD_CHARS)
            last = line.find(" ", at)
            glued = line[first : last if last >= 0 else len(line)][:_GLUED_WORD_CHARS]
            dated = line[at].isdigit()
            alone = first == 0 or last < 0
            if (dated or not alone) and text.count(glued) <= 1:
                seams.add(at)
    return sorted(seams)


def _has_gap(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return between.count("\n") > 1 or between.count("\r") > 1


def _without_double_spacing(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without their gaps where every line has one and many are pieces of sentences: gaps tell nothing."""
    if len(pieces) < _MIN_WRAPPED_LINES or sum(piece.gap for piece in pieces) < _SPACED_SHARE * len(pieces):
        return pieces
    broken = sum(
        following.text[0].islower() and piece.text[-1].isalpha() and len(piece.text) >= _MIN_BROKEN_CHARS
        for piece, following in pairwise(pieces)
    )
    if broken < _BROKEN_SHARE * len(pieces):
        return pieces
    return [replace(piece, gap=False) for piece in pieces]


def _wrap_width(pieces: list[_Piece]) -> int | None:
    """The width at which the text was wrapped by hand, or None when its lines are paragraphs."""
    lengths = sorted(len(piece.text) for piece in pieces)
    if len(lengths) < _MIN_WRAPPED_LINES:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    full = sum(0.75 * width <= length <= width for length in lengths)
    return width if 40 <= width <= 100 and lengths[-1] <= 140 and full >= 0.45 * len(lengths) else None


def _runs_on(piece: _Piece, following: _Piece, width: int | None, words: PageWords) -> bool:
    """Whether `following` goes on with the sentence that `piece` left open."""
    if following.gap or _ADDRESS.match(following.text) or _ADDRESS.fullmatch(piece.text):
        return False
    if piece.span.end == following.span.start:
        # Run together by a scraper: two lines by definition.
        return False
    if width is not None and len(piece.text) >= 0.7 * width:
        # Where the next word had room, the line was ended on purpose: a headline over its text.
        has_room = len(piece.text) + 1 + len(following.text.split(None, 1)[0]) <= width
        return not (has_room and _NUMBERED.match(piece.text) and following.text[0].isupper())
    if _ICON.match(following.text) or (_NUMBERED.match(piece.text) and following.text[0] == "("):
        return False
    last, first = piece.text[-1], following.text[0]
    if first in ",.;:)]»”’?!" and following.text[:3] != "...":
        return True
    if not any(map(str.isalnum, piece.text)):
        # A mark alone on its line stood between two pieces of one sentence, or between two items of a menu.
        return first.islower()
    if last in ".!?…:;|>»" or len(piece.text) + len(following.text) < _MIN_RUN_ON_CHARS:
        return False
    if last == "," or first.islower() or first == "(":
        return True
    last_word = piece.text.rsplit(None, 1)[-1].lower()
    return len(last_word) > 1 and last_word in words.open_words


def _make_line(text: str, span: Span, gap: bool, words: PageWords) -> Line:
    folded = fold_line(text)
    # Of a line of megabytes the beginning tells enough.
    measured = text if len(text) <= _MAX_MEASURED_CHARS else text[:_MAX_MEASURED_CHARS]
    scale = len(text) / len(measured)
    found = _WORD.findall(measured)
    lowered = [word.lower() for word in found]
    long_words = [word for word in found[1:] if len(word) > 3]
    ideographs = 0 if measured.isascii() else len(_IDEOGRAPH.findall(measured))
    has_marks = not text.isalnum()
    short = len(folded) <= _MAX_LISTED_CHARS
    opening = text[:_MAX_OPENING_CHARS].casefold() if len(text) < _MAX_OPENING_CHARS else ""
    return Line(
        span=span,
        text=text,
        folded=folded,
        size=scale * (sum(map(len, found)) + ideographs * (_IDEOGRAPH_WEIGHT - 1)),
        words=len(found),
        common=sum(word in words.function_words for word in lowered) / len(found) if found else 0.0,
        capital=sum(word[0].isupper() for word in long_words) / len(long_words) if long_words else 0.0,
        sentences=len(_SENTENCE_END.findall(measured)) if has_marks else 0,
        ends=has_marks and _LAST_END.search(text[-_TAIL_CHARS:]) is not None,
        cut_off=has_marks and _CUT_OFF.search(text[-_TAIL_CHARS:]) is not None,
        addresses=len(_ADDRESS.findall(measured)) if "@" in text or "/" in text or "www." in text else 0,
        dividers=len(_DIVIDER.findall(measured)) if has_marks else 0,
        gap=gap,
        chrome=short and (folded in words.chrome or not folded),
        ends_article=(short and folded in words.ends) or words.end_openings.match(opening) is not None,
        furniture=words.openings.match(opening) is not None
        or _has_phrase(text, lowered, ideographs > 0, words),
    )


def _has_phrase(text: str, lowered: list[str], has_ideographs: bool, words: PageWords) -> bool:
    """Whether a line holds a phrase or a sign that only furniture has."""
    if len(text) >= _MAX_FURNITURE_CHARS:
        return False
    folded = text.casefold()
    if ("©" in folded or "(c)" in folded or "copyright" in folded) and _RIGHTS.search(folded) is not None:
        return True
    # Ideographs come without spaces, so that their phrases begin in the middle of a "word".
    if not has_ideographs and words.phrase_stems.isdisjoint(word[:STEM_CHARS] for word in lowered):
        return False
    match = words.phrases.search(folded)
    # A paragraph that only ends in a link ("… Read on") is a paragraph still.
    return match is not None and not (
        len(text) >= _LONG_LINE_CHARS
        and match.start() >= len(folded) - _MAX_LINK_CHARS
        and folded.count(". ") > 0
    )
