"""What a language file holds, before anyone reads a meaning into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.errors import DataFileError


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The words of one language.

    Two languages are equal only if they are the same object; `load_language` gives the same object for
    the same code, so a language can be a key of a cache.

    Attributes:
        code: ISO 639-1.
        sections: By name (``calendar``, ``page``, ``speech``, …), each shaped as its user defines it.
    """

    code: str
    sections: Mapping[str, Mapping[str, Any]]

    def section(self, name: str) -> Mapping[str, Any]:
        """One section of the language.

        Raises:
            DataFileError: The language file has no such section.
        """
        try:
            return self.sections[name]
        except KeyError:
            known = ", ".join(sorted(self.sections)) or "none"
            message = f"language {self.code!r} has no section {name!r} (it has: {known}); add it to its file"
            raise DataFileError(message) from None
