"""Syntax: one sentence shape for every analyser. Analysers are imported only here, and only when used."""

from typing import Protocol

from foedus.syntax.sentence import Sentence, Token

__all__ = ["Analyser", "Sentence", "Token", "load_analyser"]

from collections.abc import Iterable, Iterator


class Analyser(Protocol):
    """What every analyser can do."""

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language it reads."""
        ...

    def analyse(self, texts: Iterable[str]) -> Iterator[tuple[Sentence, ...]]:
        """Sentences of each text, in order; offsets are code points of that text."""
        ...


def load_analyser(language: str) -> Analyser | None:
    """The analyser for a language, or None where Foedus has none."""
    if language == "en":
        from foedus.syntax.english import EnglishAnalyser

        return EnglishAnalyser()
    return None
