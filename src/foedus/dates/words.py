"""The calendar section of a language file, read and compiled once a language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.dates.context import TenseWords
from foedus.dates.grammar import Grammar
from foedus.dates.lexicon import Lexicon
from foedus.dates.readers import READERS
from foedus.errors import DataFileError
from foedus.lang import Language

_LITERAL = re.compile(r"'([^' ]+)'")


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """What a language has for telling time.

    Attributes:
        lexicon: Its words and their kinds.
        grammar: Its patterns.
        tense: Words that tell ahead from behind.
    """

    lexicon: Lexicon
    grammar: Grammar
    tense: TenseWords


@cache
def load_calendar(language: Language) -> Calendar:
    """Compile a language's calendar; the same object for the same language.

    Raises:
        DataFileError: The section is missing or malformed.
    """
    section = language.section("calendar")
    words = {name: _read_class(name, members) for name, members in _mapping(section, "words").items()}
    macros = _mapping(section, "macros")
    forms = {form: _read_patterns(form, patterns) for form, patterns in _mapping(section, "forms").items()}
    for form in forms:
        if form not in READERS:
            message = f"calendar: no reader reads the form {form!r} (there are: {', '.join(sorted(READERS))})"
            raise DataFileError(message)
    signals = {
        name: _read_patterns(name, patterns) for name, patterns in _mapping(section, "signals").items()
    }
    _join_tens(words)
    for pattern in (
        *macros.values(),
        *(one for patterns in (*forms.values(), *signals.values()) for one in patterns),
    ):
        for literal in _LITERAL.findall(pattern):
            words[f"'{literal}'"] = {literal: literal}
    lexicon = Lexicon(
        words,
        ordinal_endings=section.get("ordinal_endings", ()),
        decade_endings=section.get("decade_endings", ()),
    )
    tense = _mapping(section, "tense")
    return Calendar(
        lexicon,
        Grammar(forms, macros, signals, lexicon),
        TenseWords(
            frozenset(tense.get("ahead", ())),
            frozenset(tense.get("behind", ())),
            tuple(tense.get("behind_endings", ())),
            frozenset(tense.get("passive", ())),
        ),
    )


def _mapping(section: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = section.get(name)
    if not isinstance(value, Mapping) or not value:
        message = f"calendar: {name!r} must be a mapping and hold something"
        raise DataFileError(message)
    return value


def _read_class(name: str, members: Any) -> dict[str, Any]:
    if isinstance(members, Mapping):
        pairs = list(members.items())
    elif isinstance(members, Sequence) and not isinstance(members, str):
        pairs = [(word, word) for word in members]
    else:
        pairs = []
    if not pairs or not all(isinstance(word, str) and word for word, _ in pairs):
        message = (
            f"calendar: class {name!r} must hold words; quote those that YAML reads as yes, no or numbers"
        )
        raise DataFileError(message)
    return dict(pairs)


def _read_patterns(form: str, patterns: Any) -> tuple[str, ...]:
    if not isinstance(patterns, Sequence) or isinstance(patterns, str) or not patterns:
        message = f"calendar: form {form!r} must be a list of patterns"
        raise DataFileError(message)
    return tuple(str(pattern) for pattern in patterns)


def _join_tens(words: dict[str, dict[str, Any]]) -> None:
    """Add forty-five and twenty-first, made of the classes tens, cardinal and ordinal."""
    tens = words.get("tens", {})
    for name in ("cardinal", "ordinal"):
        units = {word: value for word, value in words.get(name, {}).items() if 1 <= value <= 9}
        for ten, base in tens.items():
            for word, value in units.items():
                words[name][f"{ten}-{word}"] = base + value
