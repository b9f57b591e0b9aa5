"""What a page or a call of the desk asks for, read from an address and written back into one.

An address and a question are the same thing, so that every state of a page can be shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from foedus.errors import ConfigError
from foedus.ledger import Sought
from foedus.model.claim import ClaimType, Stage, Status
from foedus.views.actors import ActorNames

_Member = TypeVar("_Member", bound=StrEnum)

#: Events on a page unless told otherwise, and at most.
PAGE_SIZE = 50
MAX_PAGE_SIZE = 500

#: Names of the fields of an address, in the order in which they are written.
FIELDS = (
    "q",
    "actor",
    "type",
    "status",
    "stage",
    "publisher",
    "place",
    "document",
    "from",
    "to",
    "disputed",
    "as-of",
    "min-confidence",
    "order",
    "limit",
    "after",
)
_MAX_CHARS = 500
_MAX_VALUES = 30


@dataclass(frozen=True, slots=True)
class Question:
    """Which events, of which part of the ledger, in which order, from where on.

    Attributes:
        sought: Which events.
        as_of: Only what had been published by this day; None is all.
        min_confidence: Only claims at least this probable, 0–1; None is all.
        newest: Whether the latest come first.
        limit: Events on a page.
        after: Id of the item that the page begins after, or None.
    """

    sought: Sought = field(default_factory=Sought)
    as_of: date | None = None
    min_confidence: float | None = None
    newest: bool = True
    limit: int = PAGE_SIZE
    after: str | None = None

    def to_fields(self) -> list[tuple[str, str]]:
        """Fields of the address, defaults left out."""
        sought = self.sought
        pairs: list[tuple[str, str | None]] = [
            ("q", sought.words),
            *(("actor", code) for code in sought.actors),
            *(("type", kind.value) for kind in sought.types),
            *(("status", status.value) for status in sought.statuses),
            *(("stage", stage.value) for stage in sought.stages),
            ("publisher", sought.publisher),
            ("place", sought.place),
            ("document", sought.document),
            ("from", _tell_day(sought.first)),
            ("to", _tell_day(sought.last)),
            ("disputed", "yes" if sought.disputed else None),
            ("as-of", _tell_day(self.as_of)),
            ("min-confidence", None if self.min_confidence is None else f"{self.min_confidence:g}"),
            ("order", None if self.newest else "oldest"),
            ("limit", None if self.limit == PAGE_SIZE else str(self.limit)),
            ("after", self.after),
        ]
        return [(name, value) for name, value in pairs if value is not None]

    def to_query(self) -> str:
        """The part of an address behind the question mark; empty for the plain question."""
        return urlencode(self.to_fields())

    def start_over(self) -> "Question":
        """The same question from its first page on."""
        return replace(self, after=None)

    def without(self, name: str, value: str) -> "Question":
        """The same question, from its first page on, without one value of one field."""
        kept = [pair for pair in self.start_over().to_fields() if pair != (name, value)]
        return _from_plain(kept)

    def with_value(self, name: str, value: str) -> "Question":
        """The same question, from its first page on, with one more value; a single field is replaced."""
        fields = self.start_over().to_fields()
        if name not in ("actor", "type", "status", "stage"):
            fields = [pair for pair in fields if pair[0] != name]
        return _from_plain([*fields, *([] if (name, value) in fields else [(name, value)])])


def parse_question(fields: Mapping[str, Sequence[str]], names: ActorNames) -> Question:
    """The question of an address.

    Args:
        fields: Values by name of the field; names that are none of `FIELDS` are an error.
        names: To read actors by name.

    Raises:
        ConfigError: A field or a value is none; says which and what would be right.
    """
    for name, values in fields.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            advice = f"did you mean {near[0]}?" if near else f"use {', '.join(FIELDS)}"
            raise ConfigError(f'no filter "{name}"; {advice}')
        if len(values) > _MAX_VALUES or any(len(value) > _MAX_CHARS for value in values):
            raise ConfigError(
                f"{name} is too long; give at most {_MAX_VALUES} values of at most {_MAX_CHARS} characters"
            )
    given = {name: [value.strip() for value in values if value.strip()] for name, values in fields.items()}

    def one(name: str) -> str | None:
        values = given.get(name, [])
        if len(set(values)) > 1:
            raise ConfigError(f"{name} is given {len(values)} times; give it once")
        return values[0] if values else None

    first, last = parse_day("from", one("from")), parse_day("to", one("to"))
    if first is not None and last is not None and first > last:
        raise ConfigError(f'"from" is {first}, after "to", which is {last}; turn them round')
    order = one("order")
    if order not in (None, "newest", "oldest"):
        raise ConfigError(f'no order "{order}"; use newest or oldest')
    sought = Sought(
        actors=tuple(dict.fromkeys(names.pick_code(value) for value in given.get("actor", []))),
        types=tuple(dict.fromkeys(to_member(ClaimType, "type", value) for value in given.get("type", []))),
        statuses=tuple(
            dict.fromkeys(to_member(Status, "status", value) for value in given.get("status", []))
        ),
        stages=tuple(dict.fromkeys(to_member(Stage, "stage", value) for value in given.get("stage", []))),
        publisher=one("publisher"),
        place=one("place"),
        document=one("document"),
        first=first,
        last=last,
        words=one("q"),
        disputed=_parse_yes("disputed", one("disputed")),
    )
    return Question(
        sought,
        as_of=parse_day("as-of", one("as-of")),
        min_confidence=parse_confidence(one("min-confidence")),
        newest=order != "oldest",
        limit=parse_limit(one("limit")),
        after=one("after"),
    )


def parse_day(name: str, words: str | None) -> date | None:
    """A day of a field; a year or a month is its first day, or with ``to`` and ``as-of`` its last.

    Raises:
        ConfigError: The words are no day.
    """
    if words is None:
        return None
    is_end = name in ("to", "as-of")
    parts = words.split("-")
    try:
        if len(parts) == 1 and len(words) == 4:
            return date(int(words), 12, 31) if is_end else date(int(words), 1, 1)
        if len(parts) == 2 and len(parts[0]) == 4:
            year, month = int(parts[0]), int(parts[1])
            if not is_end:
                return date(year, month, 1)
            return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return date.fromisoformat(words)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f'{name}: "{words}" is no day; write it as 2012-10-23, 2012-10 or 2012') from error


def parse_confidence(words: str | None) -> float | None:
    """A probability.

    Raises:
        ConfigError: The words are no number from 0 to 1.
    """
    if words is None:
        return None
    try:
        number = float(words)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ConfigError(
            f'min-confidence: "{words}" is no confidence; give a number from 0 to 1, such as 0.7'
        )
    return number or None


def parse_limit(words: str | None) -> int:
    """How many on a page.

    Raises:
        ConfigError: The words are no number from 1 to `MAX_PAGE_SIZE`.
    """
    if words is None:
        return PAGE_SIZE
    number = int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
    if not 1 <= number <= MAX_PAGE_SIZE:
        raise ConfigError(f'limit: "{words}" is no number of items; give 1 to {MAX_PAGE_SIZE}')
    return number


def to_member(kind: type[_Member], name: str, word: str) -> _Member:
    """A word of a closed list.

    Raises:
        ConfigError: It is none of them; the near ones, or all, are named.
    """
    try:
        return kind(word)
    except ValueError as error:
        near = get_close_matches(word, [*kind], n=2)
        advice = f"did you mean {' or '.join(near)}?" if near else f"use {', '.join(kind)}"
        raise ConfigError(f'no {name} "{word}"; {advice}') from error


def _parse_yes(name: str, word: str | None) -> bool:
    if word not in (None, "yes", "no"):
        raise ConfigError(f'{name}: "{word}" is neither yes nor no')
    return word == "yes"


def _from_plain(pairs: Sequence[tuple[str, str]]) -> Question:
    """A question of values that have been parsed before."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return parse_question(given, _Codes())


class _Codes(ActorNames):
    """Takes every code for what it is."""

    def __init__(self) -> None:
        self._actors = {}

    def pick_code(self, words: str) -> str:
        """The code itself."""
        return words


def _tell_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
