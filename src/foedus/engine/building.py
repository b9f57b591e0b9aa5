"""One build: find the inputs, do what is new or changed, keep it, match, report."""

import filecmp
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from foedus.address import LedgerAddress
from foedus.config import Settings
from foedus.engine.engines import Engine, LocalEngine
from foedus.engine.find import COPIES, Found, Input, find_beside, find_inputs
from foedus.engine.local import Lost
from foedus.engine.match import EVERYTHING, match_ledger
from foedus.engine.work import find_digest, tell_slow, to_bare_facts, to_lost_facts
from foedus.errors import ConfigError, NotStorable, Unavailable
from foedus.ledger import Facts, Known, Ledger, open_ledger
from foedus.model.run import BuildReport

#: Told after each input: how many are done, how many there are, the name of the last one.
Progress = Callable[[int, int, str], None]

#: A transaction holds at most so many inputs, and none waits longer than so many seconds to be kept.
_BATCH_INPUTS = 64
_BATCH_SECONDS = 2.0

#: Above so many inputs the ledger is asked for all that it knows, not for them by name.
_MANY_INPUTS = 10_000


def build(
    paths: Sequence[str | Path],
    settings: Settings,
    *,
    urls: Sequence[str] = (),
    offline: bool = False,
    engine: Engine | None = None,
    progress: Progress | None = None,
    fetch_progress: Progress | None = None,
) -> BuildReport:
    """Bring a ledger up to date with files and folders, and with pages that are fetched.

    Inputs whose bytes and version the ledger knows are left alone; changed ones replace what they said
    before; those that vanished from a folder that is built again are marked gone and keep their claims.

    Args:
        paths: Files and folders, folders with everything below them.
        settings: Ledger, codebook, jobs and limits.
        urls: Addresses; they are fetched first, kept beside the ledger, and read from there.
        offline: Whether to do with what was fetched before.
        engine: Where inputs are read and coded; None is this machine. It has no influence on the ledger.
        progress: Called in this process after each input that is read.
        fetch_progress: The same for each address that is fetched.

    Returns:
        The build in numbers; `interrupted` when Ctrl-C ended it, what was done by then is kept.

    Raises:
        ConfigError: A path is missing or ambiguous; nothing was touched.
        DataFileError: The codebook is malformed; nothing was touched.
        LedgerError: The ledger cannot be used (nothing was touched) or written (what was written is whole).
    """
    started = time.monotonic()
    engine = engine or LocalEngine(settings)
    beside = [*_find_own_files(settings.ledger), *engine.folders]
    found = find_inputs(paths, leave_out=beside) if paths or not urls else Found((), ())
    from foedus.engine.kit import KitOrder, load_kit  # all stages; only a build needs them
    from foedus.engine.members import open_containers

    order = KitOrder(settings.codebook, settings.max_bytes)
    kit = load_kit(order)
    version = kit.version
    interrupted = False
    with open_ledger(settings.ledger) as ledger:
        if urls:
            from foedus.engine.fetching import fetch  # the network is for those who ask for it

            fetched = fetch(urls, settings, offline=offline, progress=fetch_progress)
            found = Found((*found.inputs, *fetched.inputs), (*found.scopes, fetched.scope))
            interrupted = fetched.interrupted
        found = open_containers(found, kit.limits)
        known = _load_known(ledger, found)
        _check_names(found, known)
        todo, unchanged = _sort_out(found, known, version, settings)
        number = ledger.begin_run(version=version, jobs=engine.jobs)
        ledger.move({item.name: item.root for item in unchanged})
        gone = _keep_what_was_found(ledger, found, known)
        keeper = _Keeper(ledger, version, known, settings.max_bytes)
        try:
            for result in engine.run(todo, order):
                keeper.take(result)
                if progress is not None:
                    progress(keeper.taken, len(todo), keeper.last)
        except KeyboardInterrupt:
            interrupted = True
        keeper.flush()
        try:
            if not ledger.is_matched():
                problem = match_ledger(ledger)
                ledger.write_found_problems([problem] if problem else [], root=EVERYTHING, items=None)
        except KeyboardInterrupt:
            interrupted = True
        counts = ledger.counts()
        report = BuildReport(
            documents=counts.documents,
            articles=counts.articles,
            claims=counts.claims,
            problems=counts.problems,
            new=keeper.new,
            changed=keeper.changed,
            gone=gone,
            seconds=time.monotonic() - started,
            interrupted=interrupted,
            left_out=found.left_out,
        )
        ledger.end_run(number, report)
    return report


def _load_known(ledger: Ledger, found: Found) -> Mapping[str, Known]:
    """What the ledger knows of the inputs, and of all that it found before in folders that are built again."""
    if len(found.inputs) > _MANY_INPUTS:
        return ledger.known()
    roots = {scope.root for scope in found.scopes if scope.names is None}
    return ledger.known({item.name for item in found.inputs}, roots=roots)


def _find_own_files(ledger: LedgerAddress) -> list[Path]:
    """What belongs to the ledger and is no input: copies of what was fetched, its file and those beside it."""
    endings = [COPIES]
    if isinstance(ledger, Path):
        endings += ["", "-wal", "-shm", "-journal"]
    return [find_beside(ledger, ending) for ending in endings]


def _sort_out(
    found: Found, known: Mapping[str, Known], version: str, settings: Settings
) -> tuple[list[Input], list[Input]]:
    """Inputs that must be read, and those that the ledger knows as they are."""
    todo: list[Input] = []
    unchanged: list[Input] = []
    for item in found.inputs:
        before = known.get(item.name)
        is_same = False
        if before is not None and before.version == version and before.digest:
            digest = find_digest(item, settings.max_bytes)
            is_same = before.digest in (digest, tell_slow(digest, settings.item_timeout_s))
        (unchanged if is_same else todo).append(item)
    return todo, unchanged


def _check_names(found: Found, known: Mapping[str, Known]) -> None:
    """Refuse an input that would take the name of another one that still exists elsewhere."""
    for item in found.inputs:
        before = known.get(item.name)
        if item.place is not None:
            continue  # named by what it holds
        if before is None or before.gone or before.root == item.root:
            continue
        other = Path(before.root, item.name)
        if other.is_file() and not filecmp.cmp(other, item.path, shallow=False):
            raise ConfigError(
                f'"{item.name}" is already the name of "{other}" in this ledger; '
                "build the folder above both, or use another ledger"
            )


def _keep_what_was_found(ledger: Ledger, found: Found, known: Mapping[str, Known]) -> int:
    """Store what finding the inputs has shown; gives the number of those that vanished."""
    here = {item.name for item in found.inputs}
    roots = {scope.root for scope in found.scopes if scope.names is None}
    gone = [
        name
        for name, before in known.items()
        if before.root in roots and name not in here and not before.gone
    ]
    ledger.mark_gone(gone)
    for scope in found.scopes:
        ledger.write_found_problems(scope.problems, root=scope.root, items=scope.names)
    return len(gone)


class _Keeper:
    """Takes results and keeps them in the ledger, some at a time.

    Attributes:
        taken: Results taken.
        last: Name of the last one.
        new: Inputs the ledger had not met before.
        changed: Inputs whose bytes differ from what the ledger knew.
    """

    def __init__(self, ledger: Ledger, version: str, known: Mapping[str, Known], max_bytes: int) -> None:
        self.taken = self.new = self.changed = 0
        self.last = ""
        self._ledger = ledger
        self._version = version
        self._known = known
        self._max_bytes = max_bytes
        self._waiting: list[Facts] = []
        self._flushed = time.monotonic()

    def take(self, result: Facts | Lost) -> None:
        """Take one result; keep all that wait when they are many or have waited long."""
        facts = result if isinstance(result, Facts) else to_lost_facts(result, self._max_bytes)
        self._waiting.append(facts)
        self.taken += 1
        self.last = facts.name
        before = self._known.get(facts.name)
        self.new += before is None
        self.changed += before is not None and before.digest.split()[:1] != facts.digest.split()[:1]
        if len(self._waiting) >= _BATCH_INPUTS or time.monotonic() - self._flushed > _BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Keep what waits."""
        batch = tuple(self._waiting)
        try:
            self._write(batch)
        except NotStorable:
            for facts in batch:
                self._keep_one(facts)
        self._waiting.clear()
        self._flushed = time.monotonic()

    def _keep_one(self, facts: Facts) -> None:
        """Keep one input; if the ledger refuses what it says, keep that fact."""
        try:
            self._write((facts,))
        except NotStorable as error:
            self._write((to_bare_facts(facts, error),))

    def _write(self, batch: Sequence[Facts]) -> None:
        """Keep a batch; over a new connection where one was cut."""
        try:
            self._ledger.write_facts(batch, version=self._version)
        except Unavailable:
            self._ledger.write_facts(batch, version=self._version)
