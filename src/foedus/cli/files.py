"""Folders to write into."""

from pathlib import Path

from foedus.errors import ConfigError


def make_folder(folder: str) -> Path:
    """The folder, made when it is missing.

    Raises:
        ConfigError: It cannot be made.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f'cannot make the folder "{folder}": {error.strerror}') from error
    return path
