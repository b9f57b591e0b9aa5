"""Two workers against one: ``python bench/jobs.py [--repeats N]``; what each has of memory for itself, too.

By the clock on the wall, so that it says something only on a machine of two cores that does nothing else. Models are
loaded before, once; workers are forked and share them.
"""

import multiprocessing
import re
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import foedus
from foedus.config import Settings
from foedus.engine.kit import KitOrder
from foedus.engine.work import warm_up
from inputs import make_variants
from timing import Race, format_races, parse_repeats, race

DOCUMENTS = 60

_PRIVATE = re.compile(r"^Private_\w+:\s+(\d+) kB", re.MULTILINE)


def measure(repeats: int) -> list[Race]:
    """Build the same folder with two workers and with one; memory of a worker against that of all models."""
    warm_up(KitOrder(None, Settings().max_bytes))
    own: list[float] = []

    def look(done: int, wanted: int, _name: str) -> None:
        if done == wanted // 2:
            own.extend(map(_measure_private, (one.pid or 0 for one in multiprocessing.active_children())))

    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        folder = Path(place, "texts")
        folder.mkdir()
        for name, text in make_variants(DOCUMENTS):
            (folder / name).write_text(text, encoding="utf-8")
        rounds = count()

        def build(jobs: int) -> None:
            foedus.build(folder, ledger=Path(place, f"{next(rounds)}.db"), jobs=jobs, progress=look)

        speed = race(
            f"building a ledger of {DOCUMENTS} documents with 2 jobs",
            lambda: build(2),
            ("with 1 job", lambda: build(1)),
            repeats=repeats,
            clock=time.perf_counter,
        )
    whole = _measure_resident()
    wall = Race(speed.what, speed.baseline, speed.foedus_taken, speed.baseline_taken, "s by the clock")
    memory = Race("memory of a worker that is its own", "all that a process has", tuple(own), (whole,), "MiB")
    return [wall, memory]


def _measure_private(pid: int) -> float:
    """MiB of a process that it shares with none."""
    return sum(map(int, _PRIVATE.findall(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")))) / 1024


def _measure_resident() -> float:
    return int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    print(format_races(measure(parse_repeats(arguments, __doc__))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
