"""Addresses of pages: which may be fetched, and from which machine."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from foedus.errors import InputError
from foedus.fetch.policy import Policy

#: From a host name and a port to its IP addresses, as words.
Resolve = Callable[[str, int], Iterable[str]]

_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{}|]")
_MAX_CHARS = 2000
_KEPT = "%/:?&=;,@+$!*'()[]~"


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web.

    Attributes:
        scheme: ``http`` or ``https``.
        host: Name or IP address, lower case, in ASCII.
        port: Port number.
        target: Path and query, as sent to the server.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def site(self) -> str:
        """Scheme, host and port: what rules and delays are kept for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address in one normal form, without a fragment."""
        return self.site + self.target

    def join(self, words: str) -> "Address":
        """The address that a redirect from this one leads to.

        Raises:
            InputError: ``fetch-address``.
        """
        try:
            return parse_address(urljoin(self.url, words.strip()))
        except ValueError as error:
            raise _refuse(words, "is no address") from error


def parse_list(text: str) -> tuple[str, ...]:
    """The addresses of a list: one a line, blank lines and lines that begin with ``#`` aside, each once."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def parse_address(words: str) -> Address:
    """Take an address apart.

    Raises:
        InputError: ``fetch-address``: it is no address of the web, or holds a name and password.
    """
    if len(words) > _MAX_CHARS:
        raise _refuse(words, f"is longer than {_MAX_CHARS} characters")
    try:
        parts = urlsplit(words)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refuse(words, "is no address") from error
    if parts.scheme not in _PORTS:
        raise _refuse(words, "does not begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise _refuse(words, "holds a user name or password")
    if not host or _UNSAFE.search(host):
        raise _refuse(words, "names no host")
    target = urlunsplit(("", "", quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT), ""))
    return Address(parts.scheme, _to_ascii(host, words), port or _PORTS[parts.scheme], target)


def _to_ascii(host: str, words: str) -> str:
    host = host.rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _refuse(words, "names no host that can be written in ASCII") from error


def _refuse(words: str, why: str) -> InputError:
    return InputError("fetch-address", f'"{words[:200]}" {why}; mend the list')


def resolve(host: str, port: int) -> Iterable[str]:
    """The IP addresses of a host, as the system tells them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def find_machine(address: Address, policy: Policy, resolve: Resolve) -> str:
    """The IP address to connect to: asked for once, checked, and then used as it is.

    Raises:
        InputError: ``fetch-host`` (no such host), ``fetch-private`` (an address of it is not public).
    """
    try:
        machines = list(dict.fromkeys(resolve(address.host, address.port)))
    except (OSError, UnicodeError) as error:
        raise _tell_no_host(address) from error
    if not machines:
        raise _tell_no_host(address)
    if address.host not in policy.private_hosts:
        for machine in machines:
            if not is_public(machine):
                raise InputError(
                    "fetch-private",
                    f'"{address.host}" leads to {machine}, which is not public; '
                    "name the host in FOEDUS_PRIVATE_HOSTS if it is meant",
                )
    return machines[0]


def _tell_no_host(address: Address) -> InputError:
    return InputError("fetch-host", f'no host "{address.host}" can be found; check the address, or try later')


def is_public(machine: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps an older one."""
    try:
        found = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        for inner in (
            found.ipv4_mapped,
            found.sixtofour,
            found.teredo and found.teredo[1],
            _find_nat64(found),
        ):
            if inner is not None:
                return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _find_nat64(machine: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older address inside one of the NAT64 prefix. Source: RFC 6052, section 2.1."""
    if machine in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(machine) & 0xFFFFFFFF)
    return None
