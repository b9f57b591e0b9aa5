"""Raw copies of what was fetched: a web archive for each address, so that it can be read again without network."""

import io
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from foedus.errors import LedgerError
from foedus.fetch.request import Reply

_NAME_DIGITS = 32
# The body is kept with its chunks joined, and with the packing that it came in.
_DROPPED_HEADERS = ("transfer-encoding", "content-length", "connection", "keep-alive")


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest copy of an address.

    Attributes:
        fetched: When.
        etag: The server's mark of this version, or None.
        modified: When it was changed, in the server's words, or None.
    """

    fetched: str
    etag: str | None
    modified: str | None


class Copies:
    """A folder of raw copies: for each address a web archive with a request and its response.

    What an address gave before stays beside it under its date.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, url: str) -> Path:
        """Where the newest copy of an address is."""
        name = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:_NAME_DIGITS]
        return self.folder / name[:2] / f"{name}.warc.gz"

    def has(self, url: str) -> bool:
        """Whether there is a copy of an address."""
        return self.path_of(url).is_file()

    def find_age_s(self, url: str) -> float | None:
        """Seconds since the copy of an address was brought up to date; None when there is none."""
        try:
            return time.time() - self.path_of(url).stat().st_mtime
        except OSError:
            return None

    def confirm(self, url: str) -> None:
        """Take note that the newest copy of an address is still what the server has."""
        with suppress(OSError):
            os.utime(self.path_of(url))

    def find(self, url: str) -> Kept | None:
        """The newest copy of an address; None when there is none that can be read."""
        try:
            with self.path_of(url).open("rb") as file:
                for record in ArchiveIterator(file):
                    if record.rec_type == "response" and record.http_headers is not None:
                        return Kept(
                            record.rec_headers.get_header("WARC-Date") or "",
                            record.http_headers.get_header("ETag"),
                            record.http_headers.get_header("Last-Modified"),
                        )
        except (OSError, ArchiveLoadFailed, StatusAndHeadersParserException, EOFError):
            return None
        return None

    def keep(self, url: str, reply: Reply, now: datetime) -> None:
        """Keep a copy as the newest one; it is there whole or not at all.

        Args:
            url: The address as it was asked for.
            reply: The answer, of the address it came from in the end.
            now: When it came.

        Raises:
            LedgerError: The folder cannot be written.
        """
        path = self.path_of(url)
        unfinished = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                _write_pair(WARCWriter(file, gzip=True), reply, now)
                file.flush()
                os.fsync(file.fileno())
            before = self.find(url)
            if before is not None:
                path.replace(
                    path.with_name(f"{path.name.partition('.')[0]}.{_to_digits(before.fetched)}.warc.gz")
                )
            unfinished.replace(path)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise LedgerError(f'cannot keep what was fetched in "{path}": {error.strerror}') from error


def _write_pair(writer: Any, reply: Reply, now: datetime) -> None:
    url = reply.address.url
    date = {"WARC-Date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "WARC-IP-Address": reply.machine}
    headers = [(key, value) for key, value in reply.headers if key.lower() not in _DROPPED_HEADERS]
    headers.append(("Content-Length", str(len(reply.body))))
    answer = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(reply.body),
        http_headers=StatusAndHeaders(f"{reply.status} {reply.reason}", headers, protocol="HTTP/1.1"),
        warc_headers_dict=dict(date),
    )
    question = writer.create_warc_record(
        url,
        "request",
        http_headers=_to_request(reply.address.target, reply.asked),
        warc_headers_dict=dict(date),
    )
    try:
        writer.write_request_response_pair(question, answer)
    finally:
        for record in (question, answer):
            record.raw_stream.close()  # warcio leaves a temporary file open


def _to_request(target: str, asked: Mapping[str, str]) -> StatusAndHeaders:
    return StatusAndHeaders(f"GET {target} HTTP/1.1", list(asked.items()), is_http_request=True)


def _to_digits(moment: str) -> str:
    return "".join(char for char in moment if char.isdigit())[:14]
