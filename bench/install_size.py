"""Size of the base install: ``python bench/install_size.py``.

Adds up the files of Foedus and of everything it requires, without extras, as they lie in this environment.
Byte code that Python writes beside them is left out.
"""

import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MEGABYTE = 1_000_000
_SHOWN = 12
_SOURCE = Path(__file__).resolve().parent.parent / "src" / "foedus"


def main() -> int:
    """Print the largest parts and the sum."""
    sizes = measure("foedus")
    sizes["foedus"] = sum(
        path.stat().st_size
        for path in _SOURCE.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    )
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    for name, size in ranked[:_SHOWN]:
        sys.stdout.write(f"{size / MEGABYTE:8.1f} MB  {name}\n")
    rest = sum(size for _, size in ranked[_SHOWN:])
    sys.stdout.write(f"{rest / MEGABYTE:8.1f} MB  {max(0, len(ranked) - _SHOWN)} others\n")
    sys.stdout.write(f"{sum(sizes.values()) / MEGABYTE:8.1f} MB  in all\n")
    return 0


def measure(start: str) -> dict[str, int]:
    """Bytes of a distribution and of all it requires, by name; what is not installed is told and left out."""
    sizes: dict[str, int] = {}
    waiting = [start]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in sizes:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            sys.stderr.write(f"{name} is required and not installed\n")
            continue
        sizes[name] = sum(_size_of(path) for path in _list_files(found))
        for line in found.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return sizes


def _list_files(found: Distribution) -> list[Path]:
    paths = (Path(str(file.locate())) for file in found.files or ())
    return [path for path in paths if path.suffix != ".pyc"]


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


if __name__ == "__main__":
    raise SystemExit(main())
