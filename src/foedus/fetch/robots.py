"""The rules that a site gives to programs in its ``robots.txt``."""

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from foedus.errors import InputError
from foedus.fetch.address import Address
from foedus.fetch.policy import Policy
from foedus.fetch.request import Reply

_PATH = "/robots.txt"
# Source: RFC 9309, section 2.5, wants at least this much of it read.
MAX_BYTES = 500 * 1024
# No rule makes us wait longer between two pages.
_MAX_DELAY_S = 60.0

#: From an address to what its server answers, redirects followed.
Ask = Callable[[Address], Reply]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site allows.

    Attributes:
        parsed: Its rules; None when it has none.
        is_closed: Whether nothing may be fetched, since the rules could not be had.
    """

    parsed: Protego | None
    is_closed: bool = False

    def check(self, address: Address, policy: Policy) -> None:
        """Whether an address may be fetched.

        Raises:
            InputError: ``fetch-robots``: it may not.
        """
        if self.is_closed:
            raise InputError(
                "fetch-robots",
                f'the rules of "{address.site}" (robots.txt) could not be had, so nothing of it is fetched; try later',
            )
        if self.parsed is not None and not self.parsed.can_fetch(address.url, policy.product):
            raise InputError(
                "fetch-robots",
                f'"{address.site}" asks programs not to fetch "{address.url}" (robots.txt); save the page yourself',
            )

    def find_delay(self, policy: Policy) -> float:
        """Seconds to wait between two requests."""
        asked = self.parsed.crawl_delay(policy.product) if self.parsed is not None else None
        return max(policy.delay_s, min(asked or 0.0, _MAX_DELAY_S))


def load_rules(address: Address, ask: Ask) -> Rules:
    """The rules of the site of an address.

    A site without the file allows everything; one that fails or cannot be reached allows nothing.
    Source: RFC 9309, section 2.3.1.

    Raises:
        InputError: ``fetch-certificate``.
    """
    try:
        reply = ask(Address(address.scheme, address.host, address.port, _PATH))
    except InputError as error:
        if error.code == "fetch-certificate":
            raise  # nothing of this site can be had, and the reason is known
        return Rules(None, is_closed=True)
    if reply.status >= 500 or reply.status == 429:
        return Rules(None, is_closed=True)
    if reply.status != 200:
        return Rules(None)
    return Rules(Protego.parse(reply.body.decode("utf-8", "replace")))
