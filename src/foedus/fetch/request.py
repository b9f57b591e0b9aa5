"""One request to one checked machine."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from pathlib import Path

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from foedus.errors import ConfigError, InputError
from foedus.fetch.address import Address
from foedus.fetch.policy import Policy

_BLOCK = 65_536
# A server that is silent for so long is gone.
_SILENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Attributes:
        address: Which address was asked.
        machine: IP address of the server.
        asked: Headers that were sent.
        status: HTTP status.
        reason: Words of the status.
        headers: Names and values, in order.
        body: As sent: its packing still on, its chunks joined.
    """

    address: Address
    machine: str
    asked: Mapping[str, str]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def send(
    address: Address,
    machine: str,
    headers: Mapping[str, str],
    policy: Policy,
    *,
    deadline: float,
    max_bytes: int,
) -> Reply:
    """Ask for an address, without following redirects and without any proxy.

    Args:
        address: What to ask for.
        machine: IP address to connect to; the host's name is only told to the server, and its certificate is
            checked against it.
        headers: Sent besides Host, User-Agent and Accept-Encoding.
        policy: Names the user agent.
        deadline: Monotonic time at which it has taken too long.
        max_bytes: Size of the body in bytes.

    Raises:
        InputError: ``fetch-failed`` (no connection, broken off), ``fetch-certificate``, ``fetch-slow``,
            ``fetch-large``.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise _tell_slow(address)
    host = address.site.partition("://")[2]
    asked = {"Host": host, "User-Agent": policy.user_agent, "Accept-Encoding": "gzip", **headers}
    connection = _make_connection(address, machine, policy, min(_SILENCE_S, left))
    # A server may send one byte now and then for ever; no timeout of a socket sees that.
    guard = threading.Timer(left, _hang_up, (connection,))
    guard.daemon = True
    guard.start()
    try:
        connection.request("GET", address.target, headers=asked, preload_content=False, decode_content=False)
        response = connection.getresponse()
        body = _read_body(response, address, max_bytes)
        if time.monotonic() >= deadline:  # hung up: what came looks whole to the library
            raise _tell_slow(address)
        reply_headers = tuple((str(key), str(value)) for key, value in response.headers.items())
        return Reply(address, machine, asked, response.status, response.reason or "", reply_headers, body)
    except ssl.SSLCertVerificationError as error:
        raise InputError(
            "fetch-certificate",
            f'the certificate of "{address.host}" is not trusted ({error.verify_message}); if you trust who issued it, '
            "name a file with the issuer's certificate in FOEDUS_CA_FILE",
        ) from error
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if time.monotonic() >= deadline:
            raise _tell_slow(address) from error
        kind = type(error).__name__
        raise InputError(
            "fetch-failed", f'"{address.url}" could not be fetched ({kind}); try again later'
        ) from error
    finally:
        guard.cancel()
        connection.close()


@cache
def make_trust(ca_file: Path | None) -> ssl.SSLContext:
    """Whom to believe: the authorities of the system and those of a file.

    Args:
        ca_file: Certificates in PEM, or None.

    Raises:
        ConfigError: The file cannot be read, or holds no certificate.
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:
            raise ConfigError(
                f'FOEDUS_CA_FILE is "{ca_file}", which holds no certificates ({error}); name a file in PEM form'
            ) from error
    return context


def _make_connection(address: Address, machine: str, policy: Policy, timeout_s: float) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(machine, address.port, timeout=timeout_s)
    return HTTPSConnection(
        machine,
        address.port,
        timeout=timeout_s,
        ssl_context=make_trust(policy.ca_file),
        server_hostname=address.host,
    )


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read_body(response: HTTPResponse, address: Address, max_bytes: int) -> bytes:
    body = bytearray()
    while block := response.read1(_BLOCK, decode_content=False):
        body += block
        if len(body) > max_bytes:
            raise InputError(
                "fetch-large",
                f'"{address.url}" sends more than {max_bytes:,} bytes; raise FOEDUS_MAX_BYTES',
            )
    return bytes(body)


def _tell_slow(address: Address) -> InputError:
    return InputError(
        "fetch-slow", f'"{address.url}" took too long; try again, or raise FOEDUS_FETCH_TIMEOUT_S'
    )
