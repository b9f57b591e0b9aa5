"""Names of states, organisations and groups, found in a text by the actor tables of the codebook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.codebook import ActorName, Codebook, NameKind
from foedus.lang import Language

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Name:
    """An actor's name in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        code: The actor.
        kind: How the name stands for it.
        ambiguous: Whether the words are as often something else.
    """

    start: int
    end: int
    code: str
    kind: NameKind
    ambiguous: bool


class Gazetteer:
    """All names of the codebook's actors, by their first word.

    Args:
        codebook: Where the actors come from.
        language: Its `names` section lists what is no state (``South China Sea``) and words of news outlets.
    """

    def __init__(self, codebook: Codebook, language: Language) -> None:
        section = language.section("names")
        self._outlets = frozenset(str(word) for word in section["outlets"])
        self._by_first: dict[str, list[tuple[tuple[str, ...], ActorName | None]]] = {}
        self._by_first_upper: dict[str, list[tuple[tuple[str, ...], ActorName | None]]] = {}
        for actor in codebook.actors.values():
            for name in actor.names:
                self._add(name.text, name)
        for words in section["not_states"]:
            self._add(str(words), None)
        for table in (self._by_first, self._by_first_upper):
            for entries in table.values():
                entries.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[1].code if entry[1] else ""))

    def find(self, text: str) -> tuple[Name, ...]:
        """Names in text order, the longest at each place, not overlapping.

        Case counts, but in a text written in capitals throughout every name may stand in capitals.
        """
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        letters = [c for c in text if c.isalpha()]
        shouting = len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
        table: Mapping[str, list[tuple[tuple[str, ...], ActorName | None]]] = (
            self._by_first_upper if shouting else self._by_first
        )
        found: list[Name] = []
        index = 0
        while index < len(words):
            match = self._match(table, words, index)
            if match is None:
                index += 1
                continue
            length, entry = match
            after = words[index + length][0] if index + length < len(words) else ""
            if entry is not None and after not in self._outlets:
                found.append(
                    Name(
                        words[index][1], words[index + length - 1][2], entry.code, entry.kind, entry.ambiguous
                    )
                )
            index += length
        return tuple(found)

    def _add(self, text: str, name: ActorName | None) -> None:
        words = tuple(_WORD.findall(text.replace("\u2019", "'")))
        if not words:
            return
        self._by_first.setdefault(words[0], []).append((words, name))
        upper = tuple(word.upper() for word in words)
        self._by_first_upper.setdefault(upper[0], []).append((upper, name))

    def _match(
        self,
        table: Mapping[str, list[tuple[tuple[str, ...], ActorName | None]]],
        words: Sequence[tuple[str, int, int]],
        index: int,
    ) -> tuple[int, ActorName | None] | None:
        for entry_words, name in table.get(words[index][0], ()):
            length = len(entry_words)
            if length > 1 and tuple(word for word, _, _ in words[index : index + length]) != entry_words:
                continue
            if not _is_tight(entry_words, words, index):
                continue
            return length, name
        return None


def _is_tight(entry: tuple[str, ...], words: Sequence[tuple[str, int, int]], index: int) -> bool:
    """Whether "U.S." in the text is written without blanks where the name has none."""
    for offset in range(len(entry) - 1):
        gap = words[index + offset + 1][1] - words[index + offset][2]
        if gap and (entry[offset] in ".'-" or entry[offset + 1] in ".'-"):
            return False
    return True
