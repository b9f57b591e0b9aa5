"""What stands before every page and call: who asks, how often, how much; what every answer carries."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from foedus import __version__
from foedus.api.desk import Desk
from foedus.api.failures import make_problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Calls a second from one address, and how many may come at once.
RATE_PER_S = 50.0
BURST = 300
#: Bytes of a request's body, and of its address.
MAX_BODY_BYTES = 64 * 1024
MAX_ADDRESS_BYTES = 8 * 1024
COOKIE = "foedus"
_MAX_ADDRESSES = 10_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


class Guard:
    """ASGI middleware; sets ``scope["state"]["reader"]`` to the name of who asks, or None."""

    def __init__(self, app: App, desk: Desk, hosts: Iterable[str] | None) -> None:
        """Args:
        app: What is guarded.
        desk: The desk.
        hosts: Names by which the desk may be called; None for any. On the loopback address a page of another
            site could else reach the desk under a name of its own.
        """
        self._app = app
        self._desk = desk
        self._hosts = None if hosts is None else frozenset(hosts)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        reader, trouble = self._look(scope, headers)
        if trouble is not None:
            await trouble(scope, receive, _add_headers(send, None))
            return
        scope.setdefault("state", {})["reader"] = reader
        tag = self._make_tag(scope, headers, reader)
        if tag is not None and tag in headers.get("if-none-match", ""):
            await _add_headers(send, tag)({"type": "http.response.start", "status": 304, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, _limit_body(receive), _add_headers(send, tag))

    def _look(self, scope: Scope, headers: dict[str, str]) -> tuple[str | None, App | None]:
        host = headers.get("host", "").rsplit(":", 1)[0].lower()
        if self._hosts is not None and host not in self._hosts:
            return None, make_problem(
                421, f'this desk is not "{host}"', f"call it {' or '.join(sorted(self._hosts))}"
            )
        wait = self._take(scope["client"][0] if scope.get("client") else "")
        if wait:
            return None, make_problem(
                429, "too many calls", f"wait {wait} seconds", {"Retry-After": str(wait)}
            )
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            return None, make_problem(
                414, "the address is too long", f"keep it below {MAX_ADDRESS_BYTES} bytes"
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return None, make_problem(413, "the body is too large", f"keep it below {MAX_BODY_BYTES} bytes")
        reader, is_known = self._find_reader(headers)
        if not is_known:
            return None, make_problem(401, "this token is nobody's", "use one of the token file", _ASK)
        is_change = scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if is_change and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return None, make_problem(403, "another site sent this", "use the desk's own pages")
        is_free = scope["path"].startswith("/static/") or scope["path"] in ("/sign-in", "/healthz")
        if reader is None and not self._desk.readers.is_open and not is_free:
            if headers.get("accept", "").startswith("text/html"):
                return None, _redirect("/sign-in")
            return None, make_problem(401, "reading needs a token", "send Authorization: Bearer TOKEN", _ASK)
        return reader, None

    def _find_reader(self, headers: dict[str, str]) -> tuple[str | None, bool]:
        """Who asks, and whether the token that was sent, if any, is somebody's."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            reader = self._desk.readers.find(token.strip())
            return reader, reader is not None
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        return (self._desk.readers.find_session(cookie.value) if cookie else None), True

    def _take(self, address: str) -> int:
        """Take a call from the bucket of an address; seconds to wait when it is empty."""
        now = time.monotonic()
        left, then = self._buckets.pop(address, (float(BURST), now))
        left = min(float(BURST), left + (now - then) * RATE_PER_S)
        self._buckets[address] = (max(left - 1, 0.0), now)
        while len(self._buckets) > _MAX_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if left >= 1 else 1 + int((1 - left) / RATE_PER_S)

    def _make_tag(self, scope: Scope, headers: dict[str, str], reader: str | None) -> str | None:
        """The entity tag of an answer that depends on the ledger alone; None for others."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/static/"):
            return None
        parts = (
            self._desk.state(),
            scope["path"],
            scope["query_string"].decode("latin-1"),
            reader or "",
            headers.get("accept", ""),
            __version__,
        )
        return f'"{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:24]}"'


_ASK = {"WWW-Authenticate": 'Bearer realm="foedus"'}


def _redirect(to: str) -> App:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 303, "headers": [(b"location", to.encode())]})
        await send({"type": "http.response.body", "body": b""})

    return answer


def _limit_body(receive: Receive) -> Receive:
    """Cut a body that has no length of its own at the limit."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MAX_BODY_BYTES else message

    return limited


def _add_headers(send: Send, tag: str | None) -> Send:
    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", []), *_HEADERS]
            names = {name.lower() for name, _ in headers}
            if tag is not None and message["status"] in (200, 304) and b"cache-control" not in names:
                headers += [
                    (b"etag", tag.encode()),
                    (b"cache-control", b"private, no-cache"),
                    (b"vary", b"Accept"),
                ]
            elif b"cache-control" not in names:
                headers.append((b"cache-control", b"no-store"))
            message["headers"] = headers
        await send(message)

    return adding
