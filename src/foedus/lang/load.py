"""Language files from the package's own data, each read once, when first asked for."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from foedus.errors import DataFileError
from foedus.lang.spec import Language

LANGUAGES = ("en",)
"""Languages that have a file, by ISO 639-1 code."""

_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_language(code: str) -> Language:
    """Load the words of a language; the same object for the same code.

    Args:
        code: ISO 639-1, one of `LANGUAGES`.

    Raises:
        DataFileError: There is no such language, or its file is malformed.
    """
    if code not in LANGUAGES:
        message = f"no language {code!r}: there is a file for {', '.join(LANGUAGES)}"
        raise DataFileError(message)
    text = files("foedus.lang").joinpath("data", f"{code}.yaml").read_text(encoding="utf-8")
    return parse_language(code, text)


def parse_language(code: str, text: str) -> Language:
    """Read a language from the text of its file.

    Args:
        code: ISO 639-1.
        text: YAML: a mapping of section names to mappings.

    Raises:
        DataFileError: Not YAML, or not of that shape.
    """
    name = f"lang/data/{code}.yaml"
    try:
        content: Any = yaml.load(text, Loader=_SafeLoader)  # noqa: S506 - a safe loader either way
    except yaml.YAMLError as error:
        message = f"{name} is not YAML: {' '.join(str(error).split())}"
        raise DataFileError(message) from error
    if not isinstance(content, dict) or not content:
        message = f"{name}: expected sections at the top level, found {type(content).__name__}"
        raise DataFileError(message)
    for section, body in content.items():
        if not isinstance(section, str) or not isinstance(body, dict):
            message = f"{name}: section {section!r} must be a mapping, found {type(body).__name__}"
            raise DataFileError(message)
    return Language(code, MappingProxyType({key: MappingProxyType(body) for key, body in content.items()}))
