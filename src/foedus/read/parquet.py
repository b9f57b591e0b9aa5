"""Parquet files of raw documents: one member for each row."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from foedus.model.document import PageData
from foedus.read.limits import ReadLimits
from foedus.read.member import Fault, Member

MARK = b"PAR1"
#: Columns that each row must have, and those that it may have, as text.
NEEDED = ("name", "bytes")
OPTIONAL = ("address", "fetched", "charset")
_ROWS_AT_ONCE = 16
_MAX_HEADER_ITEMS = 1_000_000


def is_parquet(head: bytes) -> bool:
    """Whether a file that begins with these bytes is Parquet."""
    return head.startswith(MARK)


def iter_rows(path: Path, limits: ReadLimits) -> Iterator[Member | Fault]:
    """The documents in a Parquet file, row by row; a few rows are held at a time.

    Args:
        path: The file. `NEEDED`: the name of the document, its bytes. `OPTIONAL`: the address it comes from, the
            day it was fetched (a date, or text that begins like ``2024-01-31``), the charset its server named.
        limits: Bounds on each document.

    Returns:
        Members, named as the row says. Faults for a file that is damaged, or no table of documents, for rows
        without name or bytes, and for those that are too large.

    Raises:
        OSError: The file cannot be read.
    """
    try:
        import pyarrow as pa  # an extra
        import pyarrow.parquet as pq
    except ImportError:
        yield Fault("missing-extra", 'a Parquet file; to read it: pip install "foedus[ray]"')
        return
    with path.open("rb") as stream:
        try:
            file = pq.ParquetFile(
                stream, pre_buffer=False, buffer_size=65_536, thrift_container_size_limit=_MAX_HEADER_ITEMS
            )
            missing = [name for name in NEEDED if name not in file.schema_arrow.names]
            if missing:
                yield Fault("damaged", f"a Parquet file without a column {' and '.join(missing)}; name it so")
                return
            columns = [name for name in (*NEEDED, *OPTIONAL) if name in file.schema_arrow.names]
            number = 0
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    yield _take(row, number, limits)
                    number += 1
        except (pa.ArrowException, OSError, UnicodeError, MemoryError) as error:
            reason = str(error).partition("\n")[0][:120]
            yield Fault("damaged", f"a Parquet file that cannot be read ({reason}); write it again")


def _take(row: dict[str, Any], number: int, limits: ReadLimits) -> Member | Fault:
    name, data = row["name"], row["bytes"]
    if isinstance(data, str):
        data = data.encode()
    if not isinstance(name, str) or not name.strip() or not isinstance(data, bytes):
        return Fault("damaged", f"row {number:,} has no name that is text, or no bytes; write it again")
    if len(data) > limits.max_bytes:
        message = f'"{name[:120]}" has {len(data):,} bytes, more than the {limits.max_bytes:,} allowed'
        return Fault("too-large", f"{message}; raise FOEDUS_MAX_BYTES")
    given = PageData(address=_find_text(row, "address"), fetched=_find_day(row.get("fetched")))
    return Member(name, data, given, _find_text(row, "charset"))


def _find_text(row: dict[str, Any], column: str) -> str | None:
    value = row.get(column)
    return value if isinstance(value, str) and value else None


def _find_day(value: Any) -> str | None:
    """A day, a moment, or words that begin with a day of ISO form; None for others."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None
