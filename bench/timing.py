"""Times of two programs, taken in turns, so that what else the machine does meets both alike."""

import atexit
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

DEFAULT_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Race:
    """What Foedus and a baseline took for the same work.

    Attributes:
        what: The work.
        baseline: What the baseline is.
        foedus_taken: Of each round, in `unit`.
        baseline_taken: Of each round, in `unit`.
        unit: Of the figures.
    """

    what: str
    baseline: str
    foedus_taken: tuple[float, ...]
    baseline_taken: tuple[float, ...]
    unit: str = "CPU s"

    def ratio(self, pick: Callable[[Iterable[float]], float] = min) -> float:
        """How many times the baseline Foedus takes: `pick` of its rounds over `pick` of the baseline's."""
        return pick(self.foedus_taken) / pick(self.baseline_taken)


def race(
    what: str,
    foedus: Callable[[], object],
    baseline: tuple[str, Callable[[], object]],
    *,
    repeats: int,
    clock: Callable[[], float] = time.process_time,
) -> Race:
    """Run both once to warm up, then in turns.

    Args:
        what: The work, in words.
        foedus: Does it.
        baseline: Its name, and what does the comparable work.
        repeats: Rounds, 1 or more.
        clock: Seconds; CPU time of this process unless given.
    """
    name, other = baseline
    foedus()
    other()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for run, times in zip((foedus, other), taken, strict=True):
            started = clock()
            run()
            times.append(clock() - started)
    return Race(what, name, tuple(taken[0]), tuple(taken[1]))


def children_clock() -> float:
    """CPU seconds of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_python(code: str, *arguments: object) -> str:
    """What a fresh Python prints that runs `code`; an error in it is one here."""
    return run_fresh("-c", code, *arguments)


def run_fresh(*arguments: object) -> str:
    """What a fresh Python prints; it finds byte code as pip leaves it, whatever the environment says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = _load_cache()
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )
    return done.stdout


@cache
def _load_cache() -> str:
    """Where byte code is kept as long as this process lives; the first of all rounds, which warms up, writes it."""
    folder = tempfile.mkdtemp(prefix="foedus-bench-code-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def format_races(races: Iterable[Race]) -> str:
    """A Markdown table, one row a race."""
    lines = [
        "| what | Foedus | baseline | | ratio of minima | ratio of medians | rounds |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.what} | {_show(one.foedus_taken)} {one.unit} | {one.baseline} | "
        f"{_show(one.baseline_taken)} {one.unit} | {one.ratio():.2f} | "
        f"{one.ratio(statistics.median):.2f} | {len(one.foedus_taken)} |"
        for one in races
    ]
    return "\n".join(lines)


def _show(taken: Sequence[float]) -> str:
    least = min(taken)
    return f"{least:.0f}" if least >= 100 else f"{least:.2f}"


def parse_repeats(arguments: Sequence[str] | None, words: str | None) -> int:
    """The one option of every program here."""
    import argparse

    parser = argparse.ArgumentParser(description=(words or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=DEFAULT_REPEATS, help="rounds that are measured")
    repeats: int = parser.parse_args(arguments).repeats
    if repeats < 1:
        parser.error("--repeats wants 1 or more")
    return repeats
