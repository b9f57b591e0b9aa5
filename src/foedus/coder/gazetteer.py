"""Names of states, organisations and groups, found in an article by the actor tables of the codebook."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from foedus.codebook import ActorName, Codebook, NameKind
from foedus.lang import Language

_WORD = re.compile(r"\w+|[^\w\s]")
_SHOUTED = 0.8
"""Share of capitals among letters from which a text counts as written in capitals throughout."""

_Entry = tuple[tuple[str, ...], tuple[ActorName, ...]]
"""Words of a name, and the actors that bear it; none for a phrase that means no actor."""


@dataclass(frozen=True, slots=True)
class Name:
    """An actor's name in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        code: The actor.
        kind: How the name stands for it.
    """

    start: int
    end: int
    code: str
    kind: NameKind


class Gazetteer:
    """All names of the codebook's actors, by their first word.

    Args:
        codebook: Where the actors come from.
        language: Its `names` section lists words of news outlets.
    """

    def __init__(self, codebook: Codebook, language: Language) -> None:
        self._outlets = frozenset(str(word) for word in language.section("names")["outlets"])
        bearers: dict[tuple[str, ...], list[ActorName]] = {}
        for actor in codebook.actors.values():
            for name in actor.names:
                bearers.setdefault(_words(name.text), []).append(name)
        for place, code in codebook.places.items():
            bearers.setdefault(_words(place), [ActorName(place, NameKind.PLACE, code)])
        for phrase in codebook.not_actors:
            bearers.setdefault(_words(phrase), [])
        entries = [
            (words, tuple(sorted(names, key=lambda n: n.code))) for words, names in bearers.items() if words
        ]
        self._as_written = _by_first(entries)
        self._in_capitals = _by_first(
            [(tuple(word.upper() for word in words), names) for words, names in entries]
        )

    def find(self, paragraphs: Sequence[str]) -> tuple[tuple[Name, ...], ...]:
        """Names of each paragraph of an article, in text order, the longest at each place, not overlapping.

        Case counts, but in a paragraph written in capitals throughout every name may stand in capitals. An ambiguous
        name counts only where the article gives it a context.
        """
        raw = [self._find_raw(text) for text in paragraphs]
        sure = {
            name.code
            for matches in raw
            for _, _, bearers in matches
            for name in bearers
            if len(bearers) == 1 and not name.ambiguous and name.kind is not NameKind.PLACE
        }
        words = {word for text in paragraphs for word in _WORD.findall(text)}
        whole = "\n".join(paragraphs)
        found = []
        for text, matches in zip(paragraphs, raw, strict=True):
            kept = []
            for start, end, bearers in matches:
                name = _pick(bearers, text, whole, words, sure)
                if name is not None and not (name.kind is NameKind.PREFIX and text[end : end + 1] != "-"):
                    kept.append(Name(start, end, name.code, name.kind))
            found.append(tuple(kept))
        return tuple(found)

    def _find_raw(self, text: str) -> list[tuple[int, int, tuple[ActorName, ...]]]:
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        letters = [character for character in text if character.isalpha()]
        shouted = len(letters) > 12 and sum(c.isupper() for c in letters) > _SHOUTED * len(letters)
        table = self._in_capitals if shouted else self._as_written
        found = []
        index = 0
        while index < len(words):
            match = _match(table, words, index)
            if match is None:
                index += 1
                continue
            length, bearers = match
            after = words[index + length][0] if index + length < len(words) else ""
            if bearers and after not in self._outlets:
                found.append((words[index][1], words[index + length - 1][2], bearers))
            index += length
        return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.replace("\u2019", "'")))


def _by_first(entries: Sequence[_Entry]) -> Mapping[str, Sequence[_Entry]]:
    table: dict[str, list[_Entry]] = {}
    for words, bearers in entries:
        table.setdefault(words[0], []).append((words, bearers))
    for group in table.values():
        group.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return table


def _match(
    table: Mapping[str, Sequence[_Entry]], words: Sequence[tuple[str, int, int]], index: int
) -> tuple[int, tuple[ActorName, ...]] | None:
    for entry, bearers in table.get(words[index][0], ()):
        length = len(entry)
        if length > 1 and tuple(word for word, _, _ in words[index : index + length]) != entry:
            continue
        if _is_tight(entry, words, index):
            return length, bearers
    return None


def _is_tight(entry: tuple[str, ...], words: Sequence[tuple[str, int, int]], index: int) -> bool:
    """Whether "U.S." in the text is written without blanks where the name has none."""
    for offset in range(len(entry) - 1):
        gap = words[index + offset + 1][1] - words[index + offset][2]
        if gap and (entry[offset] in ".'-" or entry[offset + 1] in ".'-") and entry[offset + 1] not in ".":
            # "U.S. Africa Command": a blank may follow an abbreviation's last full stop
            if entry[offset] == "." and len(entry[offset + 1]) > 1:
                continue
            return False
    return True


def _pick(
    bearers: Sequence[ActorName], text: str, whole: str, words: Collection[str], sure: Collection[str]
) -> ActorName | None:
    """The actor that bears a name here, or None."""
    possible = [name for name in bearers if not any(_has(text, None, word) for word in name.unless)]
    for name in possible:
        if name.context and any(_has(whole, words, word) for word in name.context):
            return name
    for name in possible:
        if not name.ambiguous:
            return name
    return next((name for name in possible if name.code in sure), None)


def _has(text: str, words: Collection[str] | None, wanted: str) -> bool:
    if words is not None and " " not in wanted and wanted.isalnum():
        return wanted in words
    return re.search(rf"\b{re.escape(wanted)}\b", text) is not None
