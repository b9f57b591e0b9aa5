"""Lists of addresses: fetched, kept beside the ledger, and read from there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus import __version__
from foedus.config import Settings
from foedus.engine.find import COPIES, Input, Scope, find_beside, show_path
from foedus.errors import ConfigError
from foedus.fetch import Copies, Fetching, Policy, parse_list
from foedus.model.run import Problem, Step

_MAX_LIST_BYTES = 64 * 1024 * 1024
_MAX_ITEM_CHARS = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a list of addresses.

    Attributes:
        inputs: The newest copy of each address that has one.
        scope: The copies, and what went wrong.
        interrupted: Whether Ctrl-C ended it; what was fetched by then is kept.
    """

    inputs: tuple[Input, ...]
    scope: Scope
    interrupted: bool


def load_list(path: str | Path) -> tuple[str, ...]:
    """The addresses of a list: one a line; blank lines and lines that begin with ``#`` are no addresses.

    Raises:
        ConfigError: The list cannot be read, or holds no address.
    """
    try:
        with Path(path).open("rb") as file:
            urls = parse_list(file.read(_MAX_LIST_BYTES).decode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ConfigError(f'cannot read the list "{path}": {error.strerror}') from error
    if not urls:
        raise ConfigError(f'the list "{path}" holds no address; write one a line')
    return urls


def fetch(
    urls: Sequence[str],
    settings: Settings,
    *,
    offline: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Fetched:
    """Bring the copies of addresses up to date.

    Args:
        urls: Addresses, each once.
        settings: How politely and how far, and the ledger that the copies lie beside.
        offline: Whether to do with the copies that there are.
        progress: Told after each address how many are done, how many there are, and the address.

    Raises:
        LedgerError: The copies cannot be written.
    """
    copies = Copies(find_beside(settings.ledger, COPIES))
    problems: list[Problem] = []
    done: list[str] = []
    interrupted = False
    try:
        outcomes = () if offline else Fetching(to_policy(settings), copies).run(urls)
        for outcome in outcomes:
            done.append(outcome.url)
            if outcome.code is not None:
                item = outcome.url[:_MAX_ITEM_CHARS]
                problems.append(Problem(item, Step.FIND, outcome.code, outcome.message))
            if progress is not None:
                progress(len(done), len(urls), outcome.url)
    except KeyboardInterrupt:
        interrupted = True
    root = show_path(copies.folder)
    if offline:
        done = list(urls)
        problems = [_tell_offline(url) for url in urls if not copies.has(url)]
    inputs = [Input(url, root, copies.path_of(url), is_copy=True) for url in done if copies.has(url)]
    names = tuple(url[:_MAX_ITEM_CHARS] for url in done)
    return Fetched(tuple(inputs), Scope(root, names, tuple(sorted(problems))), interrupted)


def to_policy(settings: Settings) -> Policy:
    """How politely and how far, by the settings."""
    return Policy(
        user_agent=settings.user_agent or f"foedus/{__version__} (reads pages into a ledger of evidence)",
        delay_s=settings.host_delay_s,
        timeout_s=settings.fetch_timeout_s,
        max_bytes=settings.max_bytes,
        private_hosts=frozenset(settings.private_hosts),
        ca_file=settings.ca_file,
        fresh_s=settings.fresh_s,
    )


def _tell_offline(url: str) -> Problem:
    message = f'no copy of "{url[:200]}" is kept; build without --offline'
    item = url[:_MAX_ITEM_CHARS]
    return Problem(item, Step.FIND, "fetch-offline", message)
