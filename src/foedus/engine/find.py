"""From the paths a user gives to the inputs of a build: every file, named, sorted, each met once.

What cannot become an input becomes a problem: nothing in a folder is passed over in silence.
"""

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from foedus.address import LedgerAddress, ServerAddress
from foedus.errors import ConfigError
from foedus.model.run import Problem, Step

if TYPE_CHECKING:
    from foedus.read import Member

#: Ending of the folder of raw copies of fetched pages that belongs to a ledger.
COPIES = ".raw"


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read, or a document inside a container such as a web archive.

    Attributes:
        name: Of a file, relative to `root`, ``/`` between folders; bytes that are not UTF-8 as backslash,
            x and two hex digits. Of a document in a container, the name that it has there.
        root: Absolute path of the folder given, or of the folder of the file given.
        path: Absolute path; such bytes of it are Python's surrogate escapes.
        place: Number of the document in the container at `path`, from 0; None for a file.
        digest: SHA-256 of the document in the container; empty for a file.
        is_copy: Whether it is the raw copy of an address, which is then its name.
        member: The document itself, where it is at hand; it is not held longer than it is worked on.
    """

    name: str
    root: str
    path: Path
    place: int | None = field(default=None, compare=False)
    digest: str = field(default="", compare=False)
    is_copy: bool = field(default=False, compare=False)
    member: "Member | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Scope:
    """What was looked at under one root, and what went wrong there.

    Attributes:
        root: Absolute path of the folder.
        names: The only names that were looked at; None is the whole folder.
        problems: Problems of items that gave no input, or an input with an odd name.
    """

    root: str
    names: tuple[str, ...] | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All inputs of a build, by name, and where they were looked for.

    Attributes:
        inputs: Sorted by name, which tells them apart.
        scopes: Where they were looked for.
        left_out: Number of things inside containers that are no documents and need not be.
    """

    inputs: tuple[Input, ...]
    scopes: tuple[Scope, ...]
    left_out: int = 0


def find_inputs(paths: Sequence[str | Path], *, leave_out: Collection[Path] = ()) -> Found:
    """Find the inputs under files and folders.

    Args:
        paths: Files and folders. A file's name is its own; what is in a folder is named relative to it.
        leave_out: Absolute paths that are no inputs (the ledger and the files beside it).

    Returns:
        Inputs sorted by name, which tells them apart.

    Raises:
        ConfigError: No path is given, a path does not exist, or two different files get the same name.
    """
    if not paths:
        raise ConfigError("no files or folders to build from")
    scopes: list[Scope] = []
    inputs: dict[str, Input] = {}
    for start in dict.fromkeys([_locate(Path(path)) for path in paths]):
        is_folder = start.is_dir()
        walk = _Walk(start if is_folder else start.parent, leave_out)
        if is_folder:
            walk.take_all()
        else:
            walk.take_file(start)
        names = None if is_folder else (walk.name_of(start),)
        scopes.append(Scope(show_path(walk.root), names, tuple(sorted(walk.problems))))
        for item in walk.inputs:
            other = inputs.setdefault(item.name, item)
            if other.path != item.path and not other.path.samefile(item.path):
                raise ConfigError(
                    f'"{show_path(other.path)}" and "{show_path(item.path)}" would both be named '
                    f'"{item.name}"; build the folder above both'
                )
    return Found(tuple(sorted(inputs.values())), tuple(scopes))


def find_beside(ledger: LedgerAddress, ending: str) -> Path:
    """A file or folder that belongs to a ledger: ``foedus.db.raw`` beside ``foedus.db``, for the ending ``.raw``.

    Of a ledger on a server it has the name of the database and lies in the working folder.
    """
    if isinstance(ledger, ServerAddress):
        return Path.cwd() / f"{quote(ledger.name, safe='')}{ending}"
    return ledger.parent.resolve() / f"{ledger.name}{ending}"


def show_path(path: Path) -> str:
    """A path as text; bytes of it that are not UTF-8 as backslash escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Walk:
    """One folder, walked whole or for single files."""

    def __init__(self, root: Path, leave_out: Collection[Path]) -> None:
        self.root = root
        self.inputs: list[Input] = []
        self.problems: list[Problem] = []
        self._leave_out = leave_out

    def take_all(self) -> None:
        """Take everything below the root."""
        waiting = [self.root]
        while waiting:
            for path in self._list(waiting.pop()):
                if path.name.startswith("."):
                    self._note(path, "hidden", "hidden, so not read; give it by name to read it")
                elif not path.is_dir():
                    self.take_file(path)
                elif path.is_symlink():
                    # Never followed: a loop of links, or one to the whole disk, must not become input.
                    target = show_path(path.resolve())
                    self._note(path, "folder-link", f'link to "{target}", not followed; give that by name')
                else:
                    waiting.append(path)

    def take_file(self, path: Path) -> None:
        """Take one file, or note why it cannot be an input."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if path.is_symlink():
                self._note(path, "broken-link", "link that leads nowhere or in a circle; mend or remove it")
            else:
                self._note(path, "no-access", f"cannot be looked at ({error.strerror}); change its rights")
            return
        if not stat.S_ISREG(mode):
            self._note(path, "special", "no ordinary file (a device, pipe or socket); remove it")
            return
        if not _is_utf8(path):
            message = "its name is not UTF-8 and is shown with backslash escapes; rename it to be rid of them"
            self._note(path, "name", message)
        self.inputs.append(Input(self.name_of(path), show_path(self.root), path))

    def name_of(self, path: Path) -> str:
        """The name of what is at `path`."""
        return show_path(path.relative_to(self.root)).replace(os.sep, "/")

    def _list(self, folder: Path) -> Iterator[Path]:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            self._note(folder, "no-access", f"folder cannot be listed ({error.strerror}); change its rights")
            return
        yield from (path for path in paths if path not in self._leave_out)

    def _note(self, path: Path, code: str, message: str) -> None:
        self.problems.append(Problem(self.name_of(path), Step.FIND, code, message))


def _locate(path: Path) -> Path:
    """The absolute path, links in its folders resolved, so that one place has one name."""
    try:
        if path.is_dir():
            return path.resolve()
        if os.path.lexists(path):
            return path.parent.resolve() / path.name
    except OSError as error:
        raise ConfigError(f'cannot look at "{show_path(path)}": {error.strerror}') from error
    raise ConfigError(f'no file or folder "{show_path(path)}"')


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
