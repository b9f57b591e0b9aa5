"""The lint of codebook data: ``python -m foedus.codebook.check [FILE...]``.

Reads the files given (without any, all that ship with Foedus), prints a line a fault and a count, and leaves
with status 1 if there is a fault. A file that is a list holds passages, one with a key ``type`` a claim type,
all else actors.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from foedus.codebook.actor_entries import parse_actors
from foedus.codebook.load import DATA, load_actors
from foedus.codebook.passages import parse_passages
from foedus.codebook.source import DataFile, Fault, parse_data_file, read_bytes
from foedus.codebook.spec import ActorSpec, NameKind, Passage
from foedus.codebook.type_entries import parse_type
from foedus.errors import DataFileError


def check_file(file: DataFile, codes: Collection[str]) -> tuple[tuple[Fault, ...], tuple[Passage, ...]]:
    """Everything wrong with a data file, by line, and the passages in it that are right."""
    passages: tuple[Passage, ...] = ()
    if file.value is not None:
        file.find_doubled_keys()
        if isinstance(file.value, list):
            passages = parse_passages(file, file.value, (), prefix=Path(file.name).stem, codes=codes)
        elif isinstance(file.value, dict) and "type" in file.value:
            spec = parse_type(file, codes, examples=True)
            passages = (*spec.examples, *spec.counter_examples) if spec else ()
        else:
            parse_actors(file)
    elif not file.faults:
        file.fault((), "is empty")
    file.faults.extend(_find_doubled_texts(file.name, passages))
    return tuple(sorted(file.faults)), passages


def find_shared_names(actors: Mapping[str, ActorSpec]) -> dict[str, tuple[str, ...]]:
    """Names that mean more than one actor without context: name to codes.

    A name may be shared where it is `ambiguous` for all actors but one at most. Combining forms are compared
    with combining forms only.
    """
    owners: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for code, spec in actors.items():
        for name in spec.names:
            if not name.ambiguous:
                owners[name.text, name.kind is NameKind.PREFIX].append(code)
    return {text: tuple(codes) for (text, _), codes in owners.items() if len(codes) > 1}


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named, or all; 0 when nothing is wrong, 1 for faults, 2 when a file cannot be read."""
    names = list(sys.argv[1:] if arguments is None else arguments)
    paths = [Path(name) for name in names] or sorted(DATA.rglob("*.yaml"))
    try:
        tables = load_actors()
        files = [parse_data_file(str(path), read_bytes(path)) for path in paths]
    except DataFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    count, faults = Counter[str](), 0
    for file in files:
        found, passages = check_file(file, tables.actors)
        for fault in found:
            sys.stdout.write(f"{fault}\n")
        faults += len(found)
        count.update(_tally(passages, tables.actors))
    if not names:
        for text, codes in find_shared_names(tables.actors).items():
            sys.stdout.write(f'actors: "{text}" means {" and ".join(codes)}: mark it ambiguous for one\n')
            faults += 1
        count["actors"], count["places"] = len(tables.actors), len(tables.places)
        count["phrases that are no actors"] = len(tables.not_actors)
        count["names of actors"] = sum(len(spec.names) for spec in tables.actors.values())
    for what in sorted(count):
        sys.stdout.write(f"{count[what]:6} {what}\n")
    sys.stdout.write(f"{faults:6} faults in {len(paths)} files\n")
    return 1 if faults else 0


def _tally(passages: Iterable[Passage], codes: Collection[str]) -> Counter[str]:
    count = Counter[str]()
    for passage in passages:
        count["passages"] += 1
        count["passages held out"] += passage.held_out
        count["passages without claims"] += not passage.claims
        for claim in passage.claims:
            count[f"claims of {claim.type}"] += 1
            for actor in claim.actors:
                if actor.code not in codes:
                    count[f"claims with {actor.code}, which has no entry (no fault)"] += 1
    return count


def _find_doubled_texts(name: str, passages: Iterable[Passage]) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for passage in passages:
        if passage.text in seen:
            faults.append(Fault(name, 1, passage.id, f"the same text as {seen[passage.text]}"))
        seen.setdefault(passage.text, passage.id)
    return faults


if __name__ == "__main__":
    sys.exit(main())
