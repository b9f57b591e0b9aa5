"""Parts: files of Parquet that hold facts on their way to a ledger, some inputs each.

A part is named by what is in it, written whole or not at all, and read by nobody but those who know its version.
"""

import json
import os
import re
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from foedus.engine.plain import make_loader, to_arrow_type, to_plain
from foedus.engine.work import to_bare_facts
from foedus.errors import ConfigError, LedgerError
from foedus.ledger import Facts

#: Changes with the columns; a part of another layout is let be.
LAYOUT = 1

_KEY = b"foedus"
_SUFFIX = ".parquet"
_HALF = ".half"
_ID = "folder-id"
_HALF_SECONDS = 24 * 3600.0
_NAME_DIGITS = 32
_FACTS = to_arrow_type(Facts)
_LOAD = make_loader(Facts)


@dataclass(frozen=True, slots=True)
class Part:
    """What a part says of itself.

    Attributes:
        path: Where it lies.
        version: The version of Foedus and its codebook that made the facts in it.
        inputs: Number of inputs in it.
    """

    path: Path
    version: str
    inputs: int


def find_folder_id(folder: Path) -> str:
    """What tells a folder of parts from others of the same path on other machines; made if it is not there.

    Raises:
        ConfigError: It cannot be written.
    """
    path = folder / _ID
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), path.open("x", encoding="ascii") as file:
            file.write(uuid4().hex)
        return path.read_text("ascii")
    except OSError as error:
        raise ConfigError(
            f'cannot write to "{folder}" ({error.strerror}); name another folder with --parts'
        ) from error


def has_folder_id(folder: Path, folder_id: str) -> bool:
    """Whether this machine sees the folder that has that id."""
    try:
        return (folder / _ID).read_text("ascii") == folder_id
    except (OSError, UnicodeError):
        return False


def write_part(folder: Path, facts: Iterable[Facts], version: str) -> Part:
    """Write a part: one row an input, with its document, articles, claims and problems.

    The same facts give the same name and the same bytes, so that writing them again changes nothing.

    Args:
        folder: Where parts are kept; made if it is not there.
        facts: Inputs, each once.
        version: What made them.

    Raises:
        LedgerError: It cannot be written.
    """
    rows = [_to_row(one) for one in sorted(facts, key=lambda one: one.name)]
    manifest = {"layout": LAYOUT, "version": version, "inputs": len(rows)}
    schema = pa.schema(list(_FACTS), metadata={_KEY: json.dumps(manifest, sort_keys=True)})
    table = pa.Table.from_pylist(rows, schema)
    identity = json.dumps([manifest, [(row["name"], row["root"], row["digest"]) for row in rows]])
    name = sha256(identity.encode()).hexdigest()[:_NAME_DIGITS]
    path = _find_version_folder(folder, version) / name[:2] / f"{name}{_SUFFIX}"
    half = path.with_name(f"{name}.{socket.gethostname()}-{os.getpid()}{_HALF}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with half.open("wb") as file:
                pq.write_table(table, file, compression="zstd", write_page_checksum=True)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerError(f'cannot write "{path}": {error.strerror or error}') from error
    return Part(path, version, len(rows))


def read_part(path: Path) -> tuple[Facts, ...]:
    """The facts in a part, by name of their input.

    Raises:
        LedgerError: It cannot be read, or is not as it was written.
    """
    try:
        table = pq.read_table(path, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        raise LedgerError(f'cannot read the part "{path}" ({error}); delete it and build again') from error
    return tuple(_LOAD(row) for row in table.to_pylist())


def find_parts(folder: Path, version: str) -> Iterator[Part]:
    """Parts of this version, by name; those that are damaged or of another layout are passed over."""
    for path in sorted(_find_version_folder(folder, version).glob(f"*/*{_SUFFIX}")):
        with suppress(OSError, pa.ArrowException, ValueError, KeyError, TypeError):
            manifest = json.loads(pq.read_schema(path).metadata[_KEY])
            if (manifest["layout"], manifest["version"]) == (LAYOUT, version):
                yield Part(path, version, int(manifest["inputs"]))


def list_inputs(part: Part) -> tuple[tuple[str, str], ...]:
    """Name and digest of each input in a part; none when it cannot be read."""
    try:
        table = pq.read_table(part.path, columns=["name", "digest"], page_checksum_verification=True)
    except (OSError, pa.ArrowException):
        return ()
    return tuple(zip(table["name"].to_pylist(), table["digest"].to_pylist(), strict=True))


def take_from(part: Part, wanted: dict[str, str]) -> Iterator[Facts]:
    """The facts of those inputs of a part that are wanted.

    Args:
        part: It may have been spoiled since; then nothing comes.
        wanted: Name of an input to the folder that it is found in now.
    """
    with suppress(LedgerError):
        facts = [one for one in read_part(part.path) if one.name in wanted]
        yield from (replace(one, root=wanted[one.name]) for one in facts)


def clear_halves(folder: Path) -> None:
    """Delete what writers that were killed more than a day ago left half written."""
    now = time.time()
    for path in folder.glob(f"*/*/*{_HALF}"):
        with suppress(OSError):
            if now - path.stat().st_mtime > _HALF_SECONDS:
                path.unlink()


def _find_version_folder(folder: Path, version: str) -> Path:
    """Where parts of a version lie: ``foedus-0.1.0-codebook-1a2b3c4d5e6f7a8b``."""
    return folder / re.sub(r"[^0-9A-Za-z.]+", "-", version)


def _to_row(facts: Facts) -> dict[str, object]:
    row: dict[str, object] = to_plain(facts)
    try:
        json.dumps(row, ensure_ascii=False, default=str).encode()
    except UnicodeError as error:  # a lone surrogate
        bare: dict[str, object] = to_plain(to_bare_facts(facts, error))
        return bare
    return row


def cut_parts(count: int, workers: int, most: int) -> Sequence[slice]:
    """Cut `count` inputs into parts of about equal size, several a worker, none larger than `most`."""
    size = max(1, min(most, -(-count // (4 * workers))))
    return [slice(start, start + size) for start in range(0, count, size)]
