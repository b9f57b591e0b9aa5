"""A process that makes parts of inputs, with workers of its own: ``python -m foedus.engine.foreman FD``.

Started by whoever hands out the work and holds the other end of the socket that `FD` names. It loads the models
once; its workers are forked and share them. When that end is closed, it writes what is done by then and ends.
"""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socketpair
from subprocess import Popen

from foedus.engine.find import Input
from foedus.engine.kit import Kit, KitOrder, load_kit
from foedus.engine.local import run
from foedus.engine.members import load_members
from foedus.engine.parts import Part, has_folder_id, write_part
from foedus.engine.work import make_work, to_lost_facts, warm_up
from foedus.errors import ConfigError, FoedusError
from foedus.ledger import Facts

#: A foreman that ends is replaced so often before what it had is given up.
_TRIES = 3
#: A part is written when the texts in it have so many characters, so that not many large ones are held at once.
_MOST_CHARS = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PartOrder:
    """How parts are made; small enough to send to another machine.

    Attributes:
        kit: What to read and code with.
        version: What `kit` has to come out as.
        folder: Where parts go; every machine sees it.
        folder_id: What tells that folder from others of the same path.
        jobs: Workers.
        timeout_s: Seconds that one input may take.
    """

    kit: KitOrder
    version: str
    folder: Path
    folder_id: str
    jobs: int
    timeout_s: float


class Foreman:
    """The process, seen from outside; started when first needed, and again when it died."""

    def __init__(self, order: PartOrder) -> None:
        self._order = order
        self._process: Popen[bytes] | None = None
        self._line: Connection | None = None

    def make_parts(self, items: Sequence[Input]) -> tuple[Part, ...]:
        """Read and code inputs, and write what they say: one part, or several where they are large.

        Raises:
            FoedusError: Something is wrong that no input would survive, or the process died again and again.
        """
        for _ in range(_TRIES):
            try:
                line = self._line or self._start()
                line.send(tuple(items))
                answer: tuple[Part, ...] | FoedusError = line.recv()
            except (EOFError, OSError):
                self.stop()
                continue
            if isinstance(answer, FoedusError):
                raise answer
            return answer
        raise ConfigError(
            f"the process that reads and codes died {_TRIES} times, on {len(items)} inputs from "
            f'"{items[0].name}"; it may lack memory: give it fewer --jobs'
        )

    def stop(self) -> None:
        """End the process, whatever it has in hand."""
        if self._process is not None and self._line is not None:
            self._line.close()
            self._process.kill()
            self._process.wait()
        self._line = self._process = None

    def _start(self) -> Connection:
        here, there = socketpair()
        with there:
            words = [sys.executable, "-m", "foedus.engine.foreman", str(there.fileno())]
            self._process = Popen(words, pass_fds=(there.fileno(),))  # noqa: S603 - this very program
        self._line = Connection(here.detach())
        self._line.send(self._order)
        return self._line


def main(line: Connection) -> None:
    """Answer each batch of inputs with the parts that hold what they say; runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the ledger
    with suppress(EOFError, OSError):
        order: PartOrder = line.recv()
        try:
            kit = _prepare(order)
        except FoedusError as error:
            line.recv()
            line.send(error)
            return
        while True:
            items: tuple[Input, ...] = line.recv()
            try:
                line.send(tuple(_make_parts(line, items, order, kit)))
            except FoedusError as error:
                line.send(error)


def _prepare(order: PartOrder) -> Kit:
    """Load what is needed, and see that this machine is like the one that asks.

    Raises:
        ConfigError: It is not.
        DataFileError: The codebook is malformed here.
    """
    if not has_folder_id(order.folder, order.folder_id):
        raise ConfigError(
            f'a machine of the cluster does not see "{order.folder}"; '
            "name a folder that all of them share with --parts"
        )
    kit = load_kit(order.kit)
    if kit.version != order.version:
        raise ConfigError(
            f'a machine of the cluster has "{kit.version}", this one "{order.version}"; install the same'
        )
    warm_up(order.kit)
    return kit


def _make_parts(line: Connection, items: Sequence[Input], order: PartOrder, kit: Kit) -> Iterator[Part]:
    work = partial(make_work, order.kit)
    done: list[Facts] = []
    waiting: list[Input] = list(items)
    # A worker that died may have been killed for no fault of what it had in hand: that is tried once more.
    for is_last in (False, True):
        lost: list[Input] = []
        found = load_members(waiting, kit.limits)
        for result in run(found, work, jobs=order.jobs, timeout_s=order.timeout_s, is_apart=True):
            if isinstance(result, Facts):
                done.append(result)
            elif result.seconds is None and not is_last:
                lost.append(result.item)
            else:
                done.append(to_lost_facts(result, order.kit.max_bytes))
            if line.poll():  # nobody asks for more before the answer: the other end is closed
                lost.clear()
                break
            if sum(len(one.document.text) for one in done if one.document is not None) >= _MOST_CHARS:
                yield write_part(order.folder, done, order.version)
                done.clear()
        waiting = lost
    if done:
        yield write_part(order.folder, done, order.version)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
