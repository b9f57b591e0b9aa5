"""Who may read and judge: people with tokens, from a file."""

import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import ConfigError

#: Characters a token must have at least.
MIN_TOKEN_CHARS = 16
_MAX_SESSIONS = 1_000


@dataclass(slots=True)
class Readers:
    """People by their tokens.

    Attributes:
        tokens: Name by token; empty when nobody may judge.
        is_open: Whether reading needs no token.
    """

    tokens: dict[str, str] = field(default_factory=dict)
    is_open: bool = True
    _sessions: dict[str, str] = field(default_factory=dict)

    def find(self, token: str) -> str | None:
        """Whose token it is; None if it is nobody's."""
        found = None
        for known, name in self.tokens.items():  # all of them, so that time tells nothing
            if hmac.compare_digest(known.encode(), token.encode("utf-8", "surrogatepass")):
                found = name
        return found

    def sign_in(self, token: str) -> str | None:
        """A new session of the person with this token; None if it is nobody's."""
        name = self.find(token)
        if name is None:
            return None
        session = secrets.token_urlsafe(32)
        self._sessions[session] = name
        while len(self._sessions) > _MAX_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        return session

    def sign_out(self, session: str) -> None:
        """End a session."""
        self._sessions.pop(session, None)

    def find_session(self, session: str) -> str | None:
        """Whose session it is; None if it has ended."""
        return self._sessions.get(session)


def load_readers(path: str | Path | None, *, is_open: bool) -> Readers:
    """The people of a token file; nobody without one.

    Args:
        path: A text file, a person a line: a name, white space, a token. Lines that begin with ``#`` are left out.
        is_open: Whether reading needs no token.

    Raises:
        ConfigError: The file cannot be read, or a line is no name and token.
    """
    if path is None:
        return Readers(is_open=is_open)
    advice = (
        "write a line for each person: a name, a space, a token "
        "(python -c 'import secrets; print(secrets.token_urlsafe())')"
    )
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigError(f'cannot read the token file "{path}": {reason}; {advice}') from error
    tokens: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, token = line.strip().rpartition(" ")
        name, token = name.strip(), token.strip()
        if not name or len(token) < MIN_TOKEN_CHARS:
            raise ConfigError(
                f'line {number} of the token file "{path}" is no name and token of at least {MIN_TOKEN_CHARS} '
                f"characters; {advice}"
            )
        if token in tokens:
            raise ConfigError(f'line {number} of the token file "{path}" has the token of another line')
        tokens[token] = name
    if not tokens:
        raise ConfigError(f'the token file "{path}" is empty; {advice}')
    return Readers(tokens, is_open)
