"""Running the steps on this machine: in this process, or in several that are watched.

Results come in the order in which they are ready; nobody may depend on it. A worker that dies or takes too
long costs the item it had in hand and nothing else.
"""

import gc
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess

from foedus.engine.fence import TimeUp, limit_time
from foedus.engine.find import Input
from foedus.errors import FoedusError
from foedus.ledger import Facts

#: From an input to its facts.
Work = Callable[[Input], Facts]
#: Makes the work in the process that does it; what it holds must be picklable.
MakeWork = Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Lost:
    """An input that gave nothing.

    Attributes:
        item: The input.
        seconds: The time it was allowed and used up; None when its worker died.
    """

    item: Input
    seconds: float | None


def run(
    items: Iterable[Input], make_work: MakeWork, *, jobs: int, timeout_s: float, is_apart: bool = False
) -> Iterator[Facts | Lost]:
    """The facts of all items, each as it is ready.

    Args:
        items: Inputs, read lazily.
        make_work: Makes the function that is run on each.
        jobs: Processes; 1 is this one, which cannot be stopped while it is inside a library.
        timeout_s: Seconds that one item may take.
        is_apart: Whether one job, too, is a process of its own, that may die.

    Raises:
        FoedusError: What `make_work` or the work raised.
    """
    if jobs == 1 and not is_apart:
        yield from _run_here(items, make_work(), timeout_s)
    else:
        with _Crew(make_work, timeout_s) as crew:
            yield from crew.run(iter(items), jobs)


def _run_here(items: Iterable[Input], work: Work, timeout_s: float) -> Iterator[Facts | Lost]:
    for item in items:
        try:
            with limit_time(timeout_s):
                facts = work(item)
        except TimeUp:
            yield Lost(item, timeout_s)
        else:
            yield facts


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    item: Input
    deadline: float


class _Crew:
    """Worker processes, each with one item in hand."""

    def __init__(self, make_work: MakeWork, timeout_s: float) -> None:
        self._make_work = make_work
        self._timeout_s = timeout_s
        self._busy: list[_Worker] = []
        # Forked workers share the memory of the models loaded before. Elsewhere than on Linux forking is
        # not safe; there a script that builds needs ``if __name__ == "__main__":``.
        self._is_forked = sys.platform == "linux"
        self._context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if self._is_forked else multiprocessing.get_context("spawn")
        )

    def __enter__(self) -> "_Crew":
        if self._is_forked:
            # The collector writes to every object that it looks at, and a worker would copy what is shared.
            gc.collect()
            gc.freeze()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in tuple(self._busy):
            self._dismiss(worker)
        if self._is_forked:
            gc.unfreeze()

    def run(self, items: Iterator[Input], jobs: int) -> Iterator[Facts | Lost]:
        """The facts of all items, `jobs` at a time."""
        for item in islice(items, jobs):
            self._hire(item)
        while self._busy:
            for worker in self._wait():
                done = worker.item
                try:
                    result: Facts | Lost | FoedusError = worker.line.recv()
                except (EOFError, OSError):
                    result = Lost(done, None)
                    self._dismiss(worker)
                if isinstance(result, FoedusError):
                    raise result
                yield result
                self._go_on(worker, next(items, None))
            for worker in [w for w in self._busy if w.deadline < time.monotonic()]:
                self._dismiss(worker)
                yield Lost(worker.item, self._timeout_s)
                self._go_on(worker, next(items, None))

    def _go_on(self, worker: _Worker, item: Input | None) -> None:
        """Hand the next item to a worker, or to a new one if that is gone; dismiss it if nothing is left."""
        if item is None:
            self._dismiss(worker)
        elif worker not in self._busy:
            self._hire(item)
        else:
            worker.item, worker.deadline = item, time.monotonic() + self._timeout_s
            with suppress(OSError):  # a worker that died is found out when its answer is awaited
                worker.line.send(item)

    def _hire(self, item: Input) -> None:
        here, there = self._context.Pipe()
        # Only a forked worker has the lines of the others, and its own other end, open too.
        others = (*(worker.line for worker in self._busy), here) if self._is_forked else ()
        process = self._context.Process(target=_serve, args=(self._make_work, there, others), daemon=True)
        process.start()
        there.close()
        here.send(item)
        self._busy.append(_Worker(process, here, item, time.monotonic() + self._timeout_s))

    def _wait(self) -> list[_Worker]:
        """Workers that have an answer or died; may be empty when one has used up its time."""
        soonest = min(worker.deadline for worker in self._busy)
        ready = wait([worker.line for worker in self._busy], max(0.0, soonest - time.monotonic()) + 0.01)
        return [worker for worker in self._busy if worker.line in ready]

    def _dismiss(self, worker: _Worker) -> None:
        if worker in self._busy:
            self._busy.remove(worker)
            worker.process.kill()
            worker.process.join()
            worker.line.close()


def _serve(make_work: MakeWork, line: Connection, others: tuple[Connection, ...]) -> None:
    """Answer items with their facts until the line is closed; runs in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the ledger
    for other in others:
        other.close()  # or the worker would not notice when that process dies
    work = make_work()
    with suppress(EOFError, OSError):
        while True:
            item = line.recv()
            try:
                line.send(work(item))
            except FoedusError as error:
                line.send(error)
