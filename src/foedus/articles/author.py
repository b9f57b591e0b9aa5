"""Who wrote an article: by-line, credited agency, source line."""

import re
from collections.abc import Sequence

from foedus.articles.lines import Line
from foedus.articles.publisher import load_publishers
from foedus.articles.roles import Marked, Role, tidy_name
from foedus.articles.words import PageWords, fold_line

# What stands between the names in "(UrduPoint News / Sputnik - 4 May)", "Tehran, Feb 14, IRNA - ", "(Xinhua/NAN)".
_CREDIT_MARKS = re.compile(r"[(),/]|\s[-–—]+\s|--|[-–—]\s|\.(?:\s|$)|:\s")
_OPENING_CHARS, _CLOSING_CHARS = 100, 60
_AFTER_CREDIT = re.compile(r"[^)\n]{0,40}\)?\s?[-–—:./]|[^)\n]{0,40}\)")
_CLOSING_CREDIT = re.compile(
    r"[.!?…”\"'’»]\s{0,2}(?:\((?P<inside>[^()]{2,50})\)|[-–—]{1,2}\s?(?P<after>[^()\n.]{2,50})|\s(?P<bare>[^()\n.,;]{2,30}))\.?$"
)
# "ANKARA (IGA) – ": letters between place and dash are an agency's, known or not.
_DATELINE_LETTERS = re.compile(r"^[^\W\d_][^\d(]{1,40}\((?P<name>[^\W\d_]{3,6})\)\s?[-–—]")
_SEGMENT = re.compile(r"[^|•·\t]+")
_SITE_NAME = re.compile(r"[A-Z][\w-]+\.(?:[a-z]{2,3}|info)")
_NAME_MARKS = re.compile(r"\s?[/,&]\s?|\s-\s")
# What systems call whoever typed a page in.
_NOBODY = frozenset(
    ["admin", "administrator", "webmaster", "root", "user", "editor", "superuser", "site admin"]
)
_MAX_AGENCY_WORDS = 5


def find_author(
    lines: Sequence[Line],
    marked: Sequence[Marked],
    head: Sequence[int],
    body: Sequence[int],
    tail: Sequence[int],
    *,
    known: str | None,
    words: PageWords,
) -> str | None:
    """By-line or credited agency: page data, a by-line in the head, an agency, a source line under the text.

    Args:
        lines: Lines of the page.
        marked: Their roles.
        head: Numbers of the lines around the headline, above the prose.
        body: Numbers of the lines of prose.
        tail: Numbers of the few lines under the prose.
        known: Author that the page's data give.
        words: Word data.
    """
    given = tidy_name(known, words) if known is not None else None
    if given is not None and given.casefold() not in _NOBODY:
        return given
    for number in (*head, *body[:1]):
        if marked[number].name is not None:
            return marked[number].name
    for number in head:
        if marked[number].role is Role.TEXT and (name := _to_agency(lines[number].folded)) is not None:
            return name
        if _SITE_NAME.fullmatch(lines[number].text):
            return lines[number].text
        if marked[number].role is Role.DATE:
            for segment in _SEGMENT.findall(lines[number].text):
                if (name := _to_agency(fold_line(segment))) is not None:
                    return name
    credit = _find_credit(lines[body[0]].text) if body else None
    if credit is not None:
        return credit
    for number in tail:
        name = marked[number].name
        if name is not None and "://" not in name:
            return name
        if (name := _to_agency(lines[number].folded) or _find_named_agency(lines[number], words)) is not None:
            return name
    return _find_closing_credit([lines[number].text for number in body])


def _to_agency(folded: str) -> str | None:
    """The agency that a line names, alone or first of several ("afp/bna"), or None."""
    agencies = load_publishers().agencies
    if folded in agencies:
        return agencies[folded]
    names = _NAME_MARKS.split(folded)
    return (
        agencies.get(names[0]) if len(names) > 1 and all(len(name.split()) <= 3 for name in names) else None
    )


def _find_named_agency(line: Line, words: PageWords) -> str | None:
    """A line that is the name of an agency nobody knows: "Coast News Agency", "Kıyı Haber Ajansı"."""
    parts = line.text.split()
    if not 2 <= len(parts) <= _MAX_AGENCY_WORDS or line.ends or not all(part[0].isupper() for part in parts):
        return None
    named = parts[-1].casefold() in words.agency_nouns or parts[0].casefold() in words.agency_nouns
    return line.text if named else None


def _find_credit(text: str) -> str | None:
    """The agency of a dateline.

    Forms: "PORTOVEL, May 3 (Xinhua) -- "; "Tehran, Feb 14, IRNA - "; "MINSK, January 6. /TASS/."; "(AFP) ";
    "MOSCOW (UrduPoint News / Sputnik - 4 May) "; "Moscú, 29 de julio, RIA Novosti."; "ANKARA (IGA) – ".
    """
    agencies = load_publishers().agencies
    opening = text[:_OPENING_CHARS]
    start = 0
    for mark in _CREDIT_MARKS.finditer(opening):
        name = opening[start : mark.start()].strip()
        if name.casefold() in agencies and start and _AFTER_CREDIT.match(opening, mark.start()):
            return agencies[name.casefold()]
        start = mark.end()
    letters = _DATELINE_LETTERS.match(opening)
    return letters["name"] if letters is not None and letters["name"].isupper() else None


def _find_closing_credit(texts: Sequence[str]) -> str | None:
    """The agency at the end of a text: "(Xinhua/NAN)", "– AFP", "… he said. EFE".

    None when paragraphs end with the names of several: such a text is put together from many.
    """
    agencies = load_publishers().agencies
    found: list[str | None] = []
    for text in texts:
        match = _CLOSING_CREDIT.search(text[-_CLOSING_CHARS:])
        if match is None:
            found.append(None)
            continue
        name = (match["inside"] or match["after"] or match["bare"]).split("/")[0].strip()
        # "– Coast Monitor" names a source too, if none that everybody knows.
        is_named = match["after"] is not None and name.istitle()
        found.append(agencies.get(name.casefold(), name if is_named else None))
    last = found[-1] if found and len({name for name in found if name}) == 1 else None
    return last if last in agencies.values() else None
