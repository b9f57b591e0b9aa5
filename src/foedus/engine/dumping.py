"""A ledger to a file of text that this version and later ones take back, and a ledger from one."""

from pathlib import Path
from typing import IO

from foedus.address import LedgerAddress, parse_ledger
from foedus.engine.match import EVERYTHING, match_ledger
from foedus.errors import ConfigError
from foedus.ledger import MAX_LINE_BYTES, Counts, open_ledger


def dump(path: str | LedgerAddress, out: IO[str]) -> None:
    """Write all that cannot be made anew of a ledger as JSON Lines: documents with what they say, judgements, runs.

    Args:
        path: The ledger; it must be there.
        out: Takes the text.

    Raises:
        LedgerError: There is no usable ledger at `path`, or something in it cannot be read.
    """
    with open_ledger(path, write=False) as ledger:
        for line in ledger.iter_dump():
            out.write(line)


def load(file: str | Path, path: str | LedgerAddress) -> Counts:
    """Make a ledger of a dump, and match it.

    Args:
        file: The dump.
        path: A ledger file that is missing or empty, or an empty database.

    Returns:
        How much the ledger holds.

    Raises:
        ConfigError: The dump cannot be read.
        DataFileError: The dump is malformed or by a newer version; names the line. Nothing was loaded.
        LedgerError: There is something in the ledger already, or it cannot be written.
    """
    address = parse_ledger(path)
    try:
        with Path(file).open("rb") as source:
            new = address if isinstance(address, Path) and not address.exists() else None
            try:
                with open_ledger(address) as ledger:
                    ledger.load_dump(iter(lambda: source.readline(MAX_LINE_BYTES + 1), b""), str(file))
            except BaseException:
                if new is not None:
                    for ending in ("", "-wal", "-shm"):
                        new.with_name(f"{new.name}{ending}").unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ConfigError(f'cannot read "{file}": {error.strerror or error}') from error
    with open_ledger(address) as ledger:
        problem = match_ledger(ledger)
        if problem is not None:
            ledger.write_found_problems([problem], root=EVERYTHING, items=None)
        return ledger.counts()
