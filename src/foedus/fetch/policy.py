"""How politely and how far pages are fetched."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Policy:
    """Bounds of fetching.

    Attributes:
        user_agent: What Foedus calls itself to servers; its first word up to a slash is the name that the rules
            in ``robots.txt`` are looked up by.
        delay_s: Seconds between two requests to one host, at least.
        timeout_s: Seconds one address may take, redirects and waiting for bytes included.
        max_bytes: Size of what is sent, in bytes; more is not read.
        private_hosts: Names of hosts that may have addresses which are not public.
        ca_file: File of certificates (PEM) that are trusted besides the system's, or None.
        fresh_s: A copy that was brought up to date less than so many seconds ago is not asked for again.
        max_redirects: Redirects that are followed.
        max_tries: Requests for one address when the server is busy or fails.
        max_wait_s: The longest wait that a server may ask for; one that asks for more is left alone.
    """

    user_agent: str
    delay_s: float = 2.0
    timeout_s: float = 60.0
    max_bytes: int = 64 * 1024 * 1024
    private_hosts: frozenset[str] = frozenset()
    ca_file: Path | None = None
    fresh_s: float = 0.0
    max_redirects: int = 5
    max_tries: int = 3
    max_wait_s: float = 120.0

    @property
    def product(self) -> str:
        """The name that ``robots.txt`` may speak of."""
        return self.user_agent.split("/")[0].strip() or self.user_agent
