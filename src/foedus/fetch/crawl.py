"""Fetching a list of addresses: hosts in turn, each at its own pace."""

import email.utils
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from foedus.errors import InputError
from foedus.fetch.address import Address, Resolve, find_machine, parse_address, resolve
from foedus.fetch.copies import Copies
from foedus.fetch.policy import Policy
from foedus.fetch.request import Reply, send
from foedus.fetch.robots import MAX_BYTES, Rules, load_rules

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 500, 502, 503, 504)
_BACK_OFF_S = 10.0
_LATER = ("fetch-failed", "fetch-slow")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address.

    Attributes:
        url: The address, as the list has it.
        code: None when a copy of it is up to date; else the code of what went wrong.
        message: What went wrong and what to do; empty when nothing did.
        is_new: Whether a copy was added.
    """

    url: str
    code: str | None = None
    message: str = ""
    is_new: bool = False


@dataclass(slots=True)
class _Wish:
    """An address still to be fetched."""

    url: str
    address: Address
    tries: int = 0


@dataclass(slots=True)
class _Site:
    """A site with what is wanted from it, and when it may be asked again (monotonic seconds)."""

    waiting: deque[_Wish] = field(default_factory=deque)
    due: float = 0.0


@dataclass(slots=True)
class Fetching:
    """Fetches addresses and keeps copies.

    Attributes:
        policy: How politely and how far.
        copies: Where copies are kept.
        resolve: Finds the IP addresses of a host.
        sleep: Waits so many seconds.
    """

    policy: Policy
    copies: Copies
    resolve: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Rules] = field(default_factory=dict)
    _free: dict[str, float] = field(default_factory=dict)  # from when on a host may be asked again

    def run(self, urls: Sequence[str]) -> Iterator[Outcome]:
        """Fetch addresses, each as its host's turn comes; each gives one outcome.

        One at a time, so that no server gets two requests at once; a host that must be waited for does not
        hold up others. What is fetched is kept before its outcome is told, so that a run that was broken off
        goes on where it was; a copy that is fresh is not asked for.
        """
        sites: dict[str, _Site] = {}
        for url in urls:
            try:
                address = parse_address(url)
            except InputError as error:
                yield Outcome(url, error.code, str(error))
                continue
            age_s = self.copies.find_age_s(url)
            if age_s is not None and age_s < self.policy.fresh_s:
                yield Outcome(url)
                continue
            sites.setdefault(address.host, _Site()).waiting.append(_Wish(url, address))
        while sites:
            host, site = min(sites.items(), key=lambda pair: pair[1].due)
            self.sleep(max(0.0, site.due - time.monotonic()))
            wish = site.waiting.popleft()
            outcome, wait_s = self._try(wish)
            site.due = max(time.monotonic() + wait_s, self._free.get(host, 0.0))
            if outcome is None:
                site.waiting.append(wish)
            else:
                yield outcome
            if not site.waiting:
                del sites[host]

    def _try(self, wish: _Wish) -> tuple[Outcome | None, float]:
        """What became of a try, None when another is due; and how long to let the host rest."""
        wish.tries += 1
        is_last = wish.tries >= self.policy.max_tries
        wait_s = _BACK_OFF_S * wish.tries
        try:
            reply = self._fetch(wish)
            if reply.status in _BUSY and not is_last:
                asked_s = _parse_retry(reply.header("retry-after"))
                wait_s = wait_s if asked_s is None else asked_s
                if wait_s <= self.policy.max_wait_s:
                    return None, wait_s
            return self._keep(wish, reply), 0.0
        except InputError as error:
            if error.code in _LATER and not is_last:
                return None, wait_s
            return Outcome(wish.url, error.code, str(error)), 0.0

    def _keep(self, wish: _Wish, reply: Reply) -> Outcome:
        if reply.status == 304:
            self.copies.confirm(wish.url)
            return Outcome(wish.url)
        if reply.status != 200:
            later = "try again later" if reply.status in _BUSY else "check the address"
            message = f'"{reply.address.url}" answers {reply.status} {reply.reason[:60]}; {later}'
            raise InputError("fetch-status", message)
        self.copies.keep(wish.url, reply, datetime.now(UTC))
        return Outcome(wish.url, is_new=True)

    def _fetch(self, wish: _Wish) -> Reply:
        """The answer to an address, asked for only if it has changed since the newest copy."""
        kept = self.copies.find(wish.url)
        headers = {}
        if kept is not None and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept is not None and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        deadline = time.monotonic() + self.policy.timeout_s
        return self._follow(wish.address, headers, deadline, self.policy.max_bytes, with_rules=True)

    def _follow(
        self, address: Address, headers: dict[str, str], deadline: float, max_bytes: int, *, with_rules: bool
    ) -> Reply:
        """The answer at the end of all redirects; each step is checked like the first."""
        start = address
        for _ in range(self.policy.max_redirects + 1):
            began = time.monotonic()
            machine = find_machine(address, self.policy, self.resolve)
            delay_s = self.policy.delay_s
            if with_rules:
                rules = self._find_rules(address)
                rules.check(address, self.policy)
                delay_s = rules.find_delay(self.policy)
            self.sleep(max(0.0, self._free.get(address.host, 0.0) - time.monotonic()))
            # Neither rules nor politeness take from the time that the server has.
            deadline += time.monotonic() - began
            self._free[address.host] = time.monotonic() + delay_s
            reply = send(address, machine, headers, self.policy, deadline=deadline, max_bytes=max_bytes)
            place = reply.header("location")
            if reply.status not in _REDIRECTS or place is None:
                return reply
            address = address.join(place)
        raise InputError(
            "fetch-redirects",
            f'"{start.url}" leads on more than {self.policy.max_redirects} times; check the address',
        )

    def _find_rules(self, address: Address) -> Rules:
        rules = self._rules.get(address.site)
        if rules is None:
            deadline = time.monotonic() + self.policy.timeout_s
            rules = load_rules(
                address, lambda robots: self._follow(robots, {}, deadline, MAX_BYTES, with_rules=False)
            )
            self._rules[address.site] = rules
        return rules


def _parse_retry(words: str | None) -> float | None:
    """Seconds that a server asks to wait, by number or by date; None when it does not say."""
    if words is None:
        return None
    if words.strip().isdigit():
        return float(words.strip()[:9])
    try:
        when = email.utils.parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when.tzinfo is not None else None
