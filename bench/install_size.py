"""Size of the base install: ``python bench/install_size.py``.

Adds up the files of Foedus and of everything it requires, without extras, as they lie in this environment.
Byte code that Python writes beside them is left out, and so is what the wheel leaves out.
"""

import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MEGABYTE = 1_000_000
_SHOWN = 12
_ROOT = Path(__file__).resolve().parent.parent
_SOURCE = _ROOT / "src" / "foedus"


def main() -> int:
    """Print the largest parts and the sum."""
    sizes = measure()
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    for name, size in ranked[:_SHOWN]:
        sys.stdout.write(f"{size / MEGABYTE:8.1f} MB  {name}\n")
    rest = sum(size for _, size in ranked[_SHOWN:])
    sys.stdout.write(f"{rest / MEGABYTE:8.1f} MB  {max(0, len(ranked) - _SHOWN)} others\n")
    sys.stdout.write(f"{sum(sizes.values()) / MEGABYTE:8.1f} MB  in all\n")
    return 0


def measure() -> dict[str, int]:
    """Bytes of Foedus and of all it requires, by name; what is not installed is told and left out."""
    # Not the installed metadata of Foedus: an editable install may be older than the file.
    settings = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    waiting: list[str] = list(settings["project"]["dependencies"])
    left_out = [_ROOT / name for name in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]]
    files = (
        path
        for path in _SOURCE.rglob("*")
        if path.parent.name != "__pycache__" and not any(path.is_relative_to(folder) for folder in left_out)
    )
    sizes = {"foedus": sum(_size_of(path) for path in files)}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in sizes or not _is_wanted(requirement):
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            sys.stderr.write(f"{name} is required and not installed\n")
            continue
        sizes[name] = sum(_size_of(path) for path in _list_files(found))
        waiting.extend(found.requires or ())
    return sizes


def _is_wanted(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _list_files(found: Distribution) -> list[Path]:
    paths = (Path(str(file.locate())) for file in found.files or ())
    return [path for path in paths if path.suffix != ".pyc"]


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


if __name__ == "__main__":
    raise SystemExit(main())
