"""From the folder of data files to a `Codebook`.

A codebook folder has ``types/*.yaml`` (one file a claim type), ``actors/*.yaml`` and ``examples/*.yaml``. A
user's folder of the same form is laid over the one that ships with Foedus, entry by entry: keys of the upper
entry win, lists are added to, and ``replace: true`` in an entry starts it from nothing.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from foedus.codebook.actor_entries import SECTIONS, ActorTables, parse_actors
from foedus.codebook.passages import parse_passages
from foedus.codebook.source import DataFile, parse_data_file, raise_faults, read_bytes
from foedus.codebook.spec import ActorSpec, Codebook, ExpectedClaim, Passage, TypeSpec
from foedus.codebook.type_entries import parse_type, without_examples
from foedus.errors import DataFileError
from foedus.model.claim import ClaimType

DATA = Path(__file__).parent / "data"
FOLDERS = ("types", "actors", "examples")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A data file as read: kind (one of `FOLDERS`), name for messages, name in the fingerprint, bytes."""

    kind: str
    name: str
    short_name: str
    data: bytes


def load_codebook(folder: Path | None = None, *, examples: bool = False) -> Codebook:
    """The codebook that ships with Foedus, with a user's folder laid over it.

    Args:
        folder: A codebook folder; it may hold any part of one. None for the codebook as it ships.
        examples: Whether to read the passages too: thousands, about a second the first time.

    Returns:
        The codebook, checked. Types stand in the order of the contract, actors in that of their files, the
        user's own last. The same files give the same object for as long as the process lives.

    Raises:
        DataFileError: A file is missing, cannot be read or is malformed; one line a fault, with file, line
            and place.
    """
    files = _read_folder(DATA, "codebook/data", examples=examples)
    if folder is not None:
        if not any((folder / name).is_dir() for name in FOLDERS):
            listed = ", ".join(FOLDERS)
            raise DataFileError(f'"{folder}" is no codebook folder: it has none of the folders {listed}')
        files += _read_folder(folder, "", examples=examples)
    return _build(files, examples)


def load_actors() -> ActorTables:
    """The actors that ship with Foedus, with phrases and places, faults overlooked: for the lint."""
    files = [
        parse_data_file(str(path), read_bytes(path)) for path in sorted((DATA / "actors").glob("*.yaml"))
    ]
    return _actors([file for file in files if file.value is not None])


def fingerprint(files: Iterable[SourceFile]) -> str:
    """SHA-256, in hex, of types and actors; examples teach the coder and are not read when it runs."""
    digest = hashlib.sha256()
    for file in files:
        if file.kind != "examples":
            digest.update(f"{file.kind}/{file.short_name}\n{len(file.data)}\n".encode())
            digest.update(file.data)
    return digest.hexdigest()


def lay_over(base: Any, over: Any) -> Any:
    """Two values of data files as one: `over` wins, mappings join, lists add those of `base` at the end.

    Items of a list are the same when they are equal, or when both are ``name`` or ``name: {…}`` of one name,
    as cues are.
    """
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        if over.get("replace") is True:
            return {key: value for key, value in over.items() if key != "replace"}
        joined = {key: lay_over(base[key], over[key]) if key in base else over[key] for key in over}
        return {**joined, **{key: value for key, value in base.items() if key not in over}}
    if isinstance(base, list) and isinstance(over, list):
        taken = [_item_name(item) for item in over]
        return [*over, *(item for item in base if _item_name(item) not in taken)]
    return over


def _read_folder(folder: Path, shown: str, *, examples: bool) -> tuple[SourceFile, ...]:
    files = []
    for kind in FOLDERS:
        if kind == "examples" and not examples:
            continue
        for path in sorted((folder / kind).glob("*.yaml")):
            name = f"{shown}/{kind}/{path.name}" if shown else str(path)
            files.append(SourceFile(kind, name, path.name, read_bytes(path)))
    return tuple(files)


@lru_cache(maxsize=4)
def _build(files: tuple[SourceFile, ...], examples: bool) -> Codebook:
    parsed: dict[str, list[DataFile]] = {kind: [] for kind in FOLDERS}
    for file in files:
        is_cut = file.kind == "types" and not examples
        data = without_examples(file.data) if is_cut else file.data
        parsed[file.kind].append(parse_data_file(file.name, data))
    every = [data_file for kind in FOLDERS for data_file in parsed[kind]]
    raise_faults([fault for data_file in every for fault in data_file.faults])
    tables = _actors(parsed["actors"])
    actors = tables.actors
    types = _types(parsed["types"], actors, examples=examples)
    passages = tuple(_passages(parsed["examples"], actors))
    raise_faults([fault for data_file in every for fault in data_file.faults])
    missing = [word for word in ClaimType if word not in types]
    if missing:
        raise DataFileError(f"codebook/data/types: no file for the types {', '.join(missing)}")
    types = {
        word: replace(
            spec,
            examples=_with_plovers(spec.examples, types),
            counter_examples=_with_plovers(spec.counter_examples, types),
        )
        for word, spec in types.items()
    }
    own = (passage for spec in types.values() for passage in (*spec.examples, *spec.counter_examples))
    passages = (*own, *_with_plovers(passages, types))
    return Codebook(types, actors, fingerprint(files), tables.not_actors, passages, tables.places)


def _actors(files: Sequence[DataFile]) -> ActorTables:
    """The tables of all files as one; an actor in several files is one entry, laid over."""
    holders: dict[str, dict[str, Any]] = {}
    for file in files:
        for _, entries in _sections(file):
            for code in tuple(entries):
                if code in holders:
                    entries[code] = lay_over(holders[code].pop(code), entries[code])
                holders[code] = entries
    actors: dict[str, ActorSpec] = {}
    not_actors: dict[str, None] = {}
    places: dict[str, str] = {}
    for file in files:
        tables = parse_actors(file)
        actors.update(tables.actors)
        not_actors.update(dict.fromkeys(tables.not_actors))
        places.update(tables.places)
    for file in files:
        for section, entries in _sections(file):
            for code in entries:
                _check_references(file, (section, code), actors)
        _check_places(file, actors)
    return ActorTables(actors, tuple(not_actors), places)


def _sections(file: DataFile) -> Iterator[tuple[str, dict[str, Any]]]:
    """The well-formed sections of an actor file: name, and entries by code."""
    value = file.value if isinstance(file.value, dict) else {}
    for section in SECTIONS:
        entries = value.get(section)
        if isinstance(entries, dict):
            yield section, entries


def _check_references(file: DataFile, keys: tuple[str, str], actors: Mapping[str, ActorSpec]) -> None:
    spec = actors.get(keys[1])
    for key, codes in (
        (("members", [member.code for member in spec.members]), ("home", spec.home)) if spec else ()
    ):
        for code in codes:
            if code not in actors:
                file.fault((*keys, key), f'"{code}" is no actor')


def _check_places(file: DataFile, actors: Collection[str]) -> None:
    listed = file.value.get("places") if isinstance(file.value, dict) else None
    for code in listed if isinstance(listed, dict) else ():
        if code not in actors:
            file.fault(("places", str(code)), f'"{code}" is no actor')


def _types(files: Sequence[DataFile], codes: Collection[str], *, examples: bool) -> dict[ClaimType, TypeSpec]:
    """Types in the order of the contract; several files of one type are laid over."""
    by_word: dict[Any, DataFile] = {}
    for file in files:
        word = file.value.get("type") if isinstance(file.value, dict) else file.name
        if word in by_word:
            file.value = lay_over(by_word[word].value, file.value)
        by_word[word] = file
    parsed = [parse_type(file, codes, examples=examples) for file in by_word.values()]
    types = {spec.type: spec for spec in parsed if spec is not None}
    return {word: types[word] for word in ClaimType if word in types}


def _passages(files: Sequence[DataFile], codes: Collection[str]) -> Iterator[Passage]:
    for file in files:
        prefix = f"{Path(file.name).stem}-passage"
        yield from parse_passages(file, file.value, (), prefix=prefix, codes=codes)


def _with_plovers(passages: Iterable[Passage], types: Mapping[ClaimType, TypeSpec]) -> tuple[Passage, ...]:
    """The passages with the usual root in every claim that names none."""
    return tuple(
        replace(passage, claims=tuple(_with_plover(claim, types.get(claim.type)) for claim in passage.claims))
        for passage in passages
    )


def _with_plover(claim: ExpectedClaim, spec: TypeSpec | None) -> ExpectedClaim:
    if claim.plover is not None or spec is None:
        return claim
    return replace(claim, plover=spec.plover_for(claim.stage, claim.status))


def _item_name(item: Any) -> Any:
    """What tells an item of a list from others."""
    if isinstance(item, Mapping) and len(item) == 1:
        return next(iter(item))
    return item
