"""All of speed and memory as one table: ``python bench/run.py [--repeats N]``, or ``make bench``.

Each row sets Foedus against a named baseline in the same run. Times are CPU seconds, the least of all rounds, so that
what else the machine does counts little, but for two jobs against one, which go by the clock; memory is the peak of a
process. Longer ones by themselves: ``growing.py --claims 100000``, ``exporting.py --claims 1000000``,
``memory.py --documents 100 1000 10000``.
"""

import sys
from collections.abc import Callable, Mapping, Sequence

import building
import coding
import exporting
import growing
import install_size
import jobs
import memory
import reading
import starting
from timing import Race, format_races, parse_repeats

#: In the order of the table; building anew for memory is slow, and the same each time.
PARTS: Mapping[str, Callable[[int], Race | list[Race]]] = {
    "reading": reading.measure,
    "coding": coding.measure,
    "building": building.measure,
    "starting": starting.measure,
    "growing": growing.measure,
    "exporting": exporting.measure,
    "jobs": jobs.measure,
    "memory": lambda repeats: memory.measure(1),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the size of an installation."""
    repeats = parse_repeats(arguments, __doc__)
    races: list[Race] = []
    for name, measure in PARTS.items():
        print(f"{name} …", file=sys.stderr)
        found = measure(repeats)
        races += [found] if isinstance(found, Race) else found
    print(format_races(races))
    size = sum(install_size.measure().values()) / install_size.MEGABYTE
    print(f"\nbase install: {size:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
