"""The lint of codebook data: ``python -m foedus.codebook.check [FILE...]``.

Reads the files given (without any, all that ship with Foedus), prints a line a fault and a count, and leaves with
status 1 if there is a fault. A file that is a list holds passages; one with a key ``type`` is a claim type; all
else is an actor file.
"""

import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from foedus.codebook.passages import ORG_CODE, parse_passages
from foedus.codebook.source import DataFile, Fault, read_data_file
from foedus.codebook.spec import Passage
from foedus.codebook.type_entries import parse_type
from foedus.errors import DataFileError

DATA = Path(__file__).parent / "data"


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
            file.fault((), "neither a list of passages nor a claim type nor actors")
    elif not file.faults:
        file.fault((), "is empty")
    file.faults.extend(_doubled_texts(file.name, passages))
    return tuple(sorted(file.faults)), passages


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named, or all; 0 when nothing is wrong, 1 for faults, 2 for a missing file."""
    names = list(sys.argv[1:] if arguments is None else arguments)
    paths = [Path(name) for name in names] or sorted(DATA.rglob("*.yaml"))
    codes = known_codes()
    count, faults = Counter[str](), 0
    unknown = Counter[str]()
    for path in paths:
        try:
            found, passages = check_file(read_data_file(path), codes)
        except DataFileError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        for fault in found:
            sys.stdout.write(f"{fault}\n")
        faults += len(found)
        count["passages"] += len(passages)
        for passage in passages:
            count["held out"] += passage.held_out
            count["without claims"] += not passage.claims
            for claim in passage.claims:
                count[f"claims of {claim.type}"] += 1
                unknown.update(actor.code for actor in claim.actors if actor.code not in codes)
    for what in sorted(count):
        sys.stdout.write(f"{count[what]:6} {what}\n")
    if unknown:
        listed = ", ".join(f"{code} ({number})" for code, number in sorted(unknown.items()))
        sys.stdout.write(f"codes without an entry in the actor files (no fault): {listed}\n")
    sys.stdout.write(f"{faults:6} faults in {len(paths)} files\n")
    return 1 if faults else 0


def known_codes() -> frozenset[str]:
    """Codes that examples may use."""
    import pycountry

    ended = "SUN YUG CSK DDR SCG XKX".split()
    organisations = (
        "NATO EU UN OSCE CSTO CIS EAEU SCO UNION_STATE AU ECOWAS ASEAN GCC ARAB_LEAGUE AUKUS QUAD G7 IAEA COALITION_ISIL"
    ).split()
    return frozenset([*(country.alpha_3 for country in pycountry.countries), *ended, *organisations])


def _doubled_texts(name: str, passages: Sequence[Passage]) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for passage in passages:
        if passage.text in seen:
            faults.append(Fault(name, 1, passage.id, f"the same text as {seen[passage.text]}"))
        seen.setdefault(passage.text, passage.id)
    return faults


if __name__ == "__main__":
    sys.exit(main())
