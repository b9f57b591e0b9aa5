"""What the measuring programs share: figures of a scorer, the fingerprint of a set, a table for people."""

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Gold sets and public benchmarks; not part of the repository and not always there."""

HEADLINE = "HEADLINE "

Figures = Mapping[str, float | None]


class MeasureError(Exception):
    """A set, a scorer or a base revision cannot be used; the message says what and why."""


def run_scorer(script: Path, *arguments: str | Path) -> dict[str, float | None]:
    """The figures that a scorer prints.

    Raises:
        MeasureError: The scorer refuses its input.
    """
    return parse_figures(run_program(script, *arguments).decode())


def run_program(script: Path, *arguments: str | Path) -> bytes:
    """What a Python program prints.

    Raises:
        MeasureError: It ends with another status than 0; the message is its last words.
    """
    done = subprocess.run([sys.executable, str(script), *map(str, arguments)], capture_output=True)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise MeasureError(lines[-1] if lines else f"{script.name} leaves with status {done.returncode}")
    return done.stdout


def parse_figures(output: str) -> dict[str, float | None]:
    """Figures by name, from lines ``name: 0.5``, ``name 0.5`` or ``HEADLINE name 0.5``; ``n/a`` is None.

    Other lines are left out.
    """
    figures: dict[str, float | None] = {}
    for line in output.splitlines():
        name, _, words = line.removeprefix(HEADLINE).rpartition(" ")
        try:
            figures[name.rstrip(":")] = None if words == "n/a" else float(words)
        except ValueError:
            continue
    return figures


def make_fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files, folders with everything below them; the same in any order."""
    digest = sha256()
    for root in sorted(paths):
        files = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
        for path in files:
            name = path.relative_to(root.parent).as_posix()
            digest.update(f"{name}\n{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def format_figure(value: float | None) -> str:
    """Three places; whole numbers without any; ``-`` for None."""
    if value is None:
        return "-"
    return str(int(value)) if value == int(value) and abs(value) > 1 else f"{value:.3f}"


def format_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, padded so that it also reads well in a terminal; the first column is left-aligned."""
    table = [list(header), *map(list, rows)]
    widths = [max(3, *(len(row[column]) for row in table)) for column in range(len(header))]

    def join(row: Sequence[str]) -> str:
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        return f"| {' | '.join(cells)} |"

    rule = join(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join([join(table[0]), rule, *map(join, table[1:])])
