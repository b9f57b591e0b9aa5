"""The data of the views: loaded when first asked for, once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from foedus.errors import DataFileError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_data(name: str) -> Mapping[str, Any]:
    """The file ``data/<name>.yaml`` of this package.

    Raises:
        DataFileError: It is missing or no mapping.
    """
    try:
        text = (files("foedus.views") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
        data = yaml.load(text, _Loader)  # noqa: S506  (a safe loader)
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"views/data/{name}.yaml cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise DataFileError(f"views/data/{name}.yaml is no mapping")
    return data
