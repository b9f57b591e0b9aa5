"""Running the steps on a Ray cluster, with Ray Data: actors make parts, this process takes them into the ledger.

Needs the extra ``ray``. Inputs, codebook and parts lie where every machine of the cluster finds them under the
same path. Whatever dies, each input gets into the ledger once: a part is whole or not there, and what a part says
is taken in only while the ledger does not know it.
"""

import logging
import os
import pickle
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from foedus.engine.fence import name_fault
from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.engine.local import Lost
from foedus.engine.work import find_digest
from foedus.errors import ConfigError, FoedusError, MissingExtra
from foedus.ledger import Facts

#: It writes home unless told not to, and copies the working folder when started with uv; said before it is loaded.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what matters is raised
try:
    import ray
    import ray.data
    from ray.exceptions import RayError

    from foedus.engine.foreman import Foreman, PartOrder
    from foedus.engine.parts import (
        Part,
        clear_halves,
        cut_parts,
        find_folder_id,
        find_parts,
        list_inputs,
        read_part,
        take_from,
    )
except ImportError as error:
    raise MissingExtra(
        f'--engine ray needs the extra "ray" ({error.name} is missing); pip install "foedus[ray]"'
    ) from error

#: Inputs in a part, at most: some minutes of work for one core, few enough to be done again, and enough that going
#: through an archive up to where they stand costs little beside reading and coding them.
_MOST_INPUTS = 512
#: Parts that are ordered at once; their orders are held by this machine.
_WAVE_PARTS = 4096
_CONNECT_SECONDS = 5.0
_STORE_BYTES = 200 * 1024 * 1024


class RayEngine:
    """A Ray cluster, or Ray on this machine.

    Attributes:
        jobs: Processes of one actor, which takes as many cores.
        folders: Where parts are kept.
    """

    def __init__(self, folder: Path, *, address: str | None, jobs: int, timeout_s: float) -> None:
        self.jobs = jobs
        self.folders = (folder,)
        self._folder = folder
        self._address = address
        self._timeout_s = timeout_s

    def run(self, todo: Sequence[Input], order: KitOrder) -> Iterator[Facts | Lost]:
        """As `Engine.run`; what parts of an earlier build hold is taken from them.

        Raises:
            ConfigError: No cluster answers, or its machines do not see what they should.
        """
        version = load_kit(order).version
        waiting = {item.name: item for item in todo}
        for facts in self._take_parts(waiting, version, order.max_bytes):
            if waiting.pop(facts.name, None) is not None:
                yield facts
        if not waiting:
            return
        folder_id = find_folder_id(self._folder)
        with _connect(self._address):
            part_order = PartOrder(order, version, self._folder, folder_id, self.jobs, self._timeout_s)
            workers = _count_workers(self.jobs)
            # By container and place in it, so that a part reads as little of it as it can.
            items = sorted(waiting.values(), key=lambda item: (item.root, str(item.path), item.place or 0))
            cuts = iter(cut_parts(len(items), workers, _MOST_INPUTS))
            while batches := [items[cut] for cut in islice(cuts, _WAVE_PARTS)]:
                for part in _make_parts(batches, part_order, workers):
                    for facts in read_part(part.path):
                        if waiting.pop(facts.name, None) is not None:
                            yield facts
        yield from (Lost(item, None) for item in waiting.values())

    def _take_parts(self, waiting: dict[str, Input], version: str, max_bytes: int) -> Iterator[Facts]:
        """What parts that are there already say of inputs as they are now."""
        clear_halves(self._folder)
        for part in find_parts(self._folder, version):
            wanted = {
                name: waiting[name].root
                for name, digest in list_inputs(part)
                if name in waiting and digest and digest == find_digest(waiting[name], max_bytes)
            }
            if wanted:
                yield from take_from(part, wanted)


def _count_workers(jobs: int) -> int:
    """How many actors of so many processes the cluster has room for.

    Raises:
        ConfigError: None.
    """
    cores = [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
    workers = sum(count // jobs for count in cores)
    if workers == 0:
        most = max(cores, default=0)
        raise ConfigError(
            f"no machine of the cluster has {jobs} cores, the largest has {most}; give fewer --jobs"
        )
    return workers


class _Coder:
    """A Ray Data actor: orders of inputs into parts."""

    def __init__(self, order: PartOrder) -> None:
        self._foreman = Foreman(order)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"answer": [self._answer(words) for words in batch["inputs"]]}

    def _answer(self, words: bytes) -> bytes:
        try:
            answer: tuple[Part, ...] | FoedusError = self._foreman.make_parts(
                pickle.loads(words)  # noqa: S301 - our own
            )
        except FoedusError as error:
            answer = error
        return pickle.dumps(answer)


def _make_parts(batches: Iterable[Sequence[Input]], order: PartOrder, workers: int) -> Iterator[Part]:
    """The parts that actors make of batches of inputs, each as it is ready.

    Raises:
        FoedusError: What an actor raised.
    """
    rows = [{"inputs": pickle.dumps(tuple(batch))} for batch in batches]
    dataset = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
        _Coder,
        fn_constructor_args=(order,),
        batch_size=1,
        compute=ray.data.ActorPoolStrategy(
            min_size=1, max_size=min(workers, len(rows)), max_tasks_in_flight_per_actor=2
        ),
        num_cpus=order.jobs,
    )
    try:
        for row in dataset.iter_rows():
            answer: tuple[Part, ...] | FoedusError = pickle.loads(row["answer"])  # noqa: S301 - our own
            if isinstance(answer, FoedusError):
                raise answer
            yield from answer
    except RayError as error:
        reason = str(error).strip().splitlines()[-1]
        raise ConfigError(f"the Ray cluster failed ({reason}); build again, what is done is kept") from error


@contextmanager
def _connect(address: str | None) -> Iterator[None]:
    """A connection to a cluster, or Ray on this machine, for as long as it is needed; quiet.

    What the program that builds has connected to before is used, and left as it is.
    """
    if ray.is_initialized():
        yield
        return
    if address is not None:
        _check_address(address)
    own = {"include_dashboard": False, "object_store_memory": _STORE_BYTES} if address is None else {}

    def start() -> None:
        ray.init(address=address or "local", logging_level=logging.ERROR, log_to_driver=False, **own)

    place = "on this machine" if address is None else f'at "{address}"'
    try:
        name_fault(start, lambda words: ConfigError(f"Ray cannot be used {place}: {words}"))
    except ConfigError:
        ray.shutdown()
        raise
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        ray.shutdown()


def _check_address(address: str) -> None:
    """See that something answers, which Ray itself tries for minutes.

    Raises:
        ConfigError: Nothing does.
    """
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        return  # "auto", or a kind of address that Ray knows
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise ConfigError(
            f'no Ray cluster answers at "{address}" ({error}); start one with: ray start --head'
        ) from error
