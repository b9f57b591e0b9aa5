"""Where the steps run: on this machine, or on a cluster. What comes out is the same."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from foedus.config import Settings
from foedus.engine.find import Input, find_beside
from foedus.engine.local import Lost, run
from foedus.errors import ConfigError
from foedus.ledger import Facts

if TYPE_CHECKING:
    from foedus.engine.kit import KitOrder

#: Names that `make_engine` knows; the first is the usual one.
ENGINES = ("local", "ray")


class Engine(Protocol):
    """Does what a worker does with each input, wherever it has workers."""

    @property
    def jobs(self) -> int:
        """Processes that code at once on one machine."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders that the engine itself writes; nothing in them is an input."""

    def run(self, todo: Sequence[Input], order: "KitOrder") -> Iterator[Facts | Lost]:
        """The facts of each input once, in the order in which they are ready; nobody may depend on it.

        Args:
            todo: Inputs, by name.
            order: What to read and code them with.

        Raises:
            FoedusError: Something is wrong that no input would survive.
        """


def make_engine(
    name: str, settings: Settings, *, address: str | None = None, parts: str | Path | None = None
) -> Engine:
    """The engine of that name.

    Args:
        name: One of `ENGINES`.
        settings: Jobs, time allowed, and the ledger that parts are kept beside.
        address: Of a Ray cluster; None starts Ray on this machine.
        parts: Folder that all machines of the cluster share; None is the ledger's name with ``.parts``.

    Raises:
        ConfigError: There is no such engine, or it knows no address or parts.
        MissingExtra: What it needs is not installed.
    """
    if name == "ray":
        from foedus.engine.ray_data import RayEngine  # an extra

        folder = Path(parts).absolute() if parts is not None else find_beside(settings.ledger, ".parts")
        return RayEngine(folder, address=address, jobs=settings.jobs or 1, timeout_s=settings.item_timeout_s)
    if name != ENGINES[0]:
        raise ConfigError(f'no engine "{name}"; there are {" and ".join(ENGINES)}')
    if address is not None or parts is not None:
        raise ConfigError("--address and --parts go with --engine ray")
    return LocalEngine(settings)


class LocalEngine:
    """Works on this machine: in this process, or in several that are watched.

    Attributes:
        jobs: Processes.
        folders: None; it writes nothing.
    """

    folders: tuple[Path, ...] = ()

    def __init__(self, settings: Settings) -> None:
        self.jobs = settings.jobs or _count_cores()
        self._timeout_s = settings.item_timeout_s

    def run(self, todo: Sequence[Input], order: "KitOrder") -> Iterator[Facts | Lost]:
        """As `Engine.run`."""
        from functools import partial

        from foedus.engine.kit import load_kit
        from foedus.engine.members import load_members
        from foedus.engine.work import make_work, warm_up

        if self.jobs > 1 and len(todo) > 1:
            warm_up(order)
        items = load_members(todo, load_kit(order).limits)
        yield from run(items, partial(make_work, order), jobs=self.jobs, timeout_s=self._timeout_s)


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
