"""A YAML data file, its values, and the faults found in it with their lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from foedus.errors import DataFileError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TYPES: Any = yaml.SafeLoader("")
_NOT_TEXT = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
_NO_KEY = object()
_Word = TypeVar("_Word", bound=StrEnum)

Keys = tuple[str | int, ...]

MAX_LISTED_FAULTS = 20


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a data file.

    Attributes:
        file: Path as it was given.
        line: Line the faulty value begins on, from 1.
        place: Where in the file, in words (``[11].claims[0].when``); empty for the file as a whole.
        message: What is wrong and what is expected.
    """

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{self.file}:{self.line}: {place}{self.message}"


@dataclass(slots=True)
class DataFile:
    """One YAML file as read.

    Attributes:
        name: Path as shown in messages.
        data: The bytes.
        value: What they say; None when they are no YAML or empty.
        faults: Found so far, in the order found.
    """

    name: str
    data: bytes
    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    _root: yaml.Node | None = None

    def fault(self, keys: Keys, message: str) -> None:
        """Note that the value under `keys` is wrong."""
        self.faults.append(Fault(self.name, self._line(keys), to_place(keys), message))

    def entry(self, value: Any, keys: Keys) -> "Entry | None":
        """The mapping under `keys`; None and a fault when it is something else."""
        if isinstance(value, Mapping):
            return Entry(self, keys, value)
        self.fault(keys, f"expected keys with values, found {_shown(value)}")
        return None

    def entries(self, value: Any, keys: Keys) -> "Iterator[Entry]":
        """The mappings of the list under `keys`, None as empty; a fault for every other thing."""
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(keys, f"expected a list, found {_shown(value)}")
            return
        for number, item in enumerate(value):
            entry = self.entry(item, (*keys, number))
            if entry is not None:
                yield entry

    def find_doubled_keys(self) -> None:
        """Note every key that stands twice in one mapping; YAML itself keeps the last one silently."""
        root = self._compose()
        if root is not None:
            _find_doubled(self, root, ())

    def _compose(self) -> yaml.Node | None:
        if self._root is None:
            loader = _Loader(self.data)
            try:
                self._root = loader.get_single_node()
            finally:
                loader.dispose()
        return self._root

    def _line(self, keys: Keys) -> int:
        """Line of the value under `keys`, or of the nearest thing around it that exists."""
        try:
            node = self._compose()
        except yaml.YAMLError:
            return 1
        line = 1
        for key in keys:
            line, node = _step(node, key, line)
        return line


def parse_data_file(name: str, data: bytes) -> DataFile:
    """The values of a YAML file; a file that is no YAML has a fault and no value.

    Args:
        name: Path as it shall be shown in messages.
        data: The bytes of the file, UTF-8.
    """
    file = DataFile(name, data)
    try:
        file.value = _read_values(data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"column {mark.column + 1}" if mark else ""
        file.faults.append(Fault(name, mark.line + 1 if mark else 1, place, f"no YAML: {error.problem}"))
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: a scalar that looks like a date and is none (2023-02-30), or bad UTF-8
        file.faults.append(Fault(name, 1, "", f"cannot be read: {' '.join(str(error).split())}"))
    return file


def read_bytes(path: Path) -> bytes:
    """The bytes of a data file.

    Raises:
        DataFileError: The file cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataFileError(f'"{path}" cannot be read: {error.strerror}') from error


def raise_faults(faults: Sequence[Fault]) -> None:
    """Stop at faults.

    Raises:
        DataFileError: There is at least one; its message lists them, one a line.
    """
    if not faults:
        return
    lines = [str(fault) for fault in faults[:MAX_LISTED_FAULTS]]
    if len(faults) > MAX_LISTED_FAULTS:
        more = len(faults) - MAX_LISTED_FAULTS
        lines.append(f"and {more} more; `python -m foedus.codebook.check` lists all")
    raise DataFileError("\n".join(lines))


class Entry:
    """A mapping of a data file, read key by key; every wrong or unknown key becomes a fault.

    Readers give None (or an empty tuple) for a key that is missing, and the same with a fault for one that is
    malformed. `close` notes the keys that nobody asked for.
    """

    __slots__ = ("_asked", "file", "keys", "value")

    def __init__(self, file: DataFile, keys: Keys, value: Mapping[Any, Any]) -> None:
        self.file = file
        self.keys = keys
        self.value = value
        self._asked: set[str] = set()

    def fault(self, key: str | None, message: str) -> None:
        """Note a fault in the value of `key`, or in the entry as a whole."""
        self.file.fault(self.keys if key is None else (*self.keys, key), message)

    def raw(self, key: str) -> Any:
        """The value as YAML has it, or None."""
        self._asked.add(key)
        return self.value.get(key)

    def need(self, key: str) -> bool:
        """Whether the key is there and not empty; a fault if not."""
        if self.value.get(key) in (None, "", [], {}):
            self.fault(None, f"`{key}` is missing")
            self._asked.add(key)
            return False
        return True

    def text(self, key: str) -> str | None:
        """A text without blanks at its ends."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(key, f"expected text, found {_shown(value)}; put it in quotes")
            return None
        if not value.strip() or value != value.strip():
            self.fault(key, f"text is empty or has blanks at its ends: {_shown(value)}")
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none twice; a single text counts as a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            self.fault(key, f"expected a list of texts, found {_shown(value)}")
            return ()
        found: dict[str, None] = {}
        for number, item in enumerate(items):
            if not isinstance(item, str) or not item.strip() or item != item.strip():
                self.file.fault((*self.keys, key, number), f"expected text, found {_shown(item)}")
            elif item in found:
                self.file.fault((*self.keys, key, number), f'"{item}" stands twice')
            else:
                found[item] = None
        return tuple(found)

    def text_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A mapping of texts to lists of texts; nothing after a text is an empty list."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.fault(key, f"expected keys with lists, found {_shown(value)}")
            return {}
        lists = Entry(self.file, (*self.keys, key), value)
        return {str(name): lists.texts(name) for name in value}

    def word(self, key: str, words: type[_Word]) -> _Word | None:
        """A word of a fixed vocabulary."""
        value = self.raw(key)
        return None if value is None else self._to_word(value, (key,), words)

    def words(self, key: str, words: type[_Word]) -> dict[str, _Word]:
        """A mapping of texts to words of a fixed vocabulary."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.fault(key, f"expected keys with values, found {_shown(value)}")
            return {}
        found = {}
        for name, item in value.items():
            word = self._to_word(item, (key, str(name)), words)
            if word is not None:
                found[str(name)] = word
        return found

    def flag(self, key: str) -> bool:
        """True or false; a missing key is false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(key, f"expected true or false, found {_shown(value)}")
        return False

    def number(self, key: str) -> float | None:
        """A finite number."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < float("inf"):
            self.fault(key, f"expected a number, found {_shown(value)}")
            return None
        return value

    def whole(self, key: str) -> int | None:
        """A whole number."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"expected a whole number, found {_shown(value)}")
            return None
        return value

    def day(self, key: str) -> date | None:
        """A day, ``2023-05-04``."""
        value = self.raw(key)
        if value is None:
            return None
        day = to_day(value)
        if day is None:
            self.fault(key, f"expected a day such as 2023-05-04, found {_shown(value)}")
        return day

    def close(self) -> None:
        """Note every key that was never asked for."""
        for key in self.value:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.file.fault((*self.keys, key), f"unknown key `{key}`; known are: {known}")

    def _to_word(self, value: Any, keys: Keys, words: type[_Word]) -> _Word | None:
        try:
            return words(value)
        except ValueError:
            self.file.fault((*self.keys, *keys), f"{_shown(value)} is none of: {', '.join(words)}")
            return None


def to_day(value: Any) -> date | None:
    """A day from what YAML made of it; None when it is none."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != len("2023-05-04"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def to_place(keys: Keys) -> str:
    """Keys as one reads them aloud: ``[11].claims[0].when``, lists counted from 0."""
    place = ""
    for key in keys:
        place += f"[{key}]" if isinstance(key, int) else f".{key}" if place else key
    return place


def _read_values(data: bytes) -> Any:
    """What the YAML of `data` says; as `yaml.safe_load`, but faster and without anchors and tags.

    Values are built from the parser's events: most scalars of a data file begin with a letter and are text,
    and only the others are asked for their type.

    Raises:
        yaml.YAMLError: No YAML, or YAML with anchors, aliases or tags.
        ValueError: A scalar that looks like a date and is none.
    """
    document: list[Any] = []
    # The open lists and mappings, outermost first, each with the key that waits for its value.
    open_values: list[Any] = [document]
    open_keys: list[Any] = [_NO_KEY]
    event: Any
    value: Any
    for event in yaml.parse(data, Loader=_Loader):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.implicit[0] and not (value[:1].isalpha() and value.lower() not in _NOT_TEXT):
                value = _to_typed(value)
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            open_values.pop()
            open_keys.pop()
            continue
        elif kind is yaml.AliasEvent:
            raise _unwanted("aliases", event)
        else:
            continue
        if event.anchor is not None or event.tag not in (None, "!"):
            raise _unwanted("tags and anchors", event)
        holder, key = open_values[-1], open_keys[-1]
        if type(holder) is list:
            holder.append(value)
        elif key is not _NO_KEY:
            holder[key] = value
            open_keys[-1] = _NO_KEY
        elif kind is yaml.ScalarEvent:
            open_keys[-1] = value
            continue
        else:
            raise _unwanted("keys that are lists or mappings", event)
        if kind is not yaml.ScalarEvent:
            open_values.append(value)
            open_keys.append(_NO_KEY)
    return document[0] if document else None


def _unwanted(what: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=f"{what} are not used in data files", problem_mark=event.start_mark)


def _to_typed(text: str) -> Any:
    """A plain scalar as YAML 1.1 types it: number, day, truth value, nothing or text."""
    return _TYPES.construct_object(
        yaml.ScalarNode(_TYPES.resolve(yaml.ScalarNode, text, (True, False)), text)
    )


def _shown(value: Any) -> str:
    """A value short enough for a message."""
    if value is None:
        return "nothing"
    shown = f'"{value}"' if isinstance(value, str) else f"{type(value).__name__} {value}"
    return shown if len(shown) <= 80 else shown[:77] + "…"


def _step(node: yaml.Node | None, key: str | int, line: int) -> tuple[int, yaml.Node | None]:
    """One key further into the tree: its line and node, or the line so far and None."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return item.start_mark.line + 1, item
    return line, None


def _find_doubled(file: DataFile, node: yaml.Node, keys: Keys) -> None:
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _find_doubled(file, item, (*keys, number))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            if name.value in seen:
                line = name.start_mark.line + 1
                file.faults.append(Fault(file.name, line, to_place(keys), f"key `{name.value}` stands twice"))
            seen.add(name.value)
            _find_doubled(file, value, (*keys, str(name.value)))
