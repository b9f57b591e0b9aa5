"""The data files of this package: read when first needed, kept."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from foedus.errors import DataFileError

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_data(name: str) -> dict[str, Any]:
    """The content of ``matching/data/<name>``.

    Raises:
        DataFileError: The file is missing, no YAML, or not a mapping.
    """
    try:
        text = files("foedus.matching").joinpath("data", name).read_text(encoding="utf-8")
        content = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader either way
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"matching/data/{name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise DataFileError(f"matching/data/{name} is not a mapping; restore the file")
    return content
