"""Writing files whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from foedus.errors import ConfigError


@contextmanager
def write_whole(path: str | Path, *, is_binary: bool = False) -> Iterator[IO[Any]]:
    """A file that takes its name only when the body is done; until then an older one of that name stays.

    Args:
        path: The file; its folder must be there.
        is_binary: Whether it takes bytes; text otherwise.

    Raises:
        ConfigError: The file cannot be written.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ConfigError(f'"{path}" is a folder; name a file')
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ConfigError(f'cannot write "{path}": {error.strerror}') from error
    try:
        text: dict[str, Any] = {} if is_binary else {"encoding": "utf-8", "newline": ""}
        with os.fdopen(handle, "wb" if is_binary else "w", **text) as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(draft).chmod(0o666 & ~mask)  # as an ordinary new file; drafts are private
        Path(draft).replace(path)
    except OSError as error:
        raise ConfigError(f'cannot write "{path}": {error.strerror}') from error
    finally:
        Path(draft).unlink(missing_ok=True)
