"""The headline of an article, and the lines that look like one."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from foedus.articles.lines import Line
from foedus.articles.roles import Marked, Role, find_bullet, has_title_form, is_title_like

_STEM = re.compile(r"[^\W\d_]{4,}|\d{4}")
_STEM_CHARS = 6
_SLUG_PART = re.compile(r"[a-zA-Z]{2,}|\d{4}")
_MIN_SLUG_PARTS = 3
_ADDRESS = re.compile(r"https?://\S+")
_CAPTION = re.compile(
    r"\((?:l|r|c|left|right|cent(?:re|er)|links|rechts|(?:à )?(?:gauche|droite)|izquierda|derecha"
    r"|слева|справа|ліворуч|праворуч|(?:source|photo|file|image|picture|credit)\b[^()]{0,60})\)",
    re.IGNORECASE,
)


def find_title(
    lines: Sequence[Line],
    marked: Sequence[Marked],
    candidates: Sequence[int],
    body: Sequence[int],
    *,
    known: str | None,
    address: str | None,
    captions: re.Pattern[str],
) -> int | None:
    """The number of the line that is the headline, or None when no line looks like one.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        candidates: Numbers of the lines that may hold it, in order.
        body: Numbers of the lines of the article's prose.
        known: Title that the page's data give.
        address: Address of the page, whose path often repeats the headline.
        captions: Phrases of lines under pictures, lower case.
    """
    slug, known_stems = _slug_parts(address), _stems(known or "")
    named = _slug_words(address)
    candidates = [
        number
        for number in candidates
        if (
            is_title_like(lines[number], marked[number])
            or _is_named_title(lines[number], marked[number], known_stems, named)
        )
        and not is_caption(lines[number], captions)
    ]
    if not candidates:
        return None
    vocabulary = {stem for number in body for stem in _stems(lines[number].text)}
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
        if find_bullet(line.text):
            score -= 1.0
        if folded.count(line.folded) > 1:
            score += 0.7
        if line.capital > 0.7 or line.text.isupper():
            score += 0.4
        if line.text.endswith("?"):
            score += 0.3
        if _is_named_title(line, marked[number], known_stems, named):
            score += 1.0
        elif line.words < 4:
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


def _is_named_title(line: Line, marked: Marked, known: set[str], named: Sequence[str]) -> bool:
    """Whether a line too short for a headline, or with the date of an issue in it, is one by the page's own word.

    Forms: "Arms competition" at ``/523988/arms-competition``; "Defence Agenda 10 - 16 July 2023" at
    ``/defence-agenda-10-16-july-2023``.
    """
    if marked.role not in (Role.TEXT, Role.DATE) or line.words < 2 or not has_title_form(line):
        return False
    stems = _stems(line.text)
    if known and len(stems & known) >= max(2, _NAMED_SHARE * len(stems | known)):
        return True
    words = re.findall(r"[^\W_]+", line.text.lower().replace("’", "").replace("'", ""))
    return (
        len(named) >= 2
        and len(words) >= 2
        and len(set(words) & set(named)) >= _NAMED_SHARE * len(set(words) | set(named))
    )


_NAMED_SHARE = 0.75


def _slug_words(address: str | None) -> list[str]:
    """Words of the last part of an address's path, without a file's ending and counters."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return []
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    return [word for word in re.findall(r"[^\W_]+", last) if not (word.isdigit() and len(word) > 4)]


def is_caption(line: Line, captions: re.Pattern[str]) -> bool:
    """Whether a line tells who is in a picture, or whose it is ("(L)", "(Source: …)", "… shakes hands with …").

    Args:
        line: The line.
        captions: Phrases of such lines, lower case; they count where no sentence ends.
    """
    if _CAPTION.search(line.text) is not None:
        return True
    if line.ends or line.words < _MIN_CAPTION_WORDS or len(line.text) > _MAX_CAPTION_CHARS:
        return False
    return captions.search(line.text.casefold()) is not None


_MIN_CAPTION_WORDS, _MAX_CAPTION_CHARS = 5, 300


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


def find_address(lines: Sequence[Line], known: str | None) -> str | None:
    """Address of the page: what it says of itself, else an address alone on one of its first lines."""
    if known is not None:
        return known
    for line in lines[:6]:
        if _ADDRESS.fullmatch(line.text):
            return line.text
    return None
