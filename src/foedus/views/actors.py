"""Actors as people name them, and back to their codes."""

from difflib import get_close_matches

from foedus.codebook import ActorSpec, Codebook
from foedus.errors import ConfigError
from foedus.views.data_files import load_data


class ActorNames:
    """Names of actors by code, and codes by any of their names."""

    def __init__(self, codebook: Codebook) -> None:
        self._actors = codebook.actors
        self._codes: dict[str, str] | None = None

    def name(self, code: str) -> str:
        """The usual English name, ``Belarus``; of a group that no table holds, its code as words."""
        spec = self._actors.get(code)
        return spec.name if spec else code.removeprefix("ORG:").replace("_", " ")

    def name_in_text(self, code: str) -> str:
        """The name with the article it takes in a sentence: ``the United States``."""
        name = self.name(code)
        data = load_data("sentences")
        takes_the = name in data["with_the_names"] or not set(data["with_the_words"]).isdisjoint(name.split())
        return f"the {name}" if takes_the and not name.lower().startswith("the ") else name

    def find_code(self, words: str) -> str | None:
        """The code that `words` are a name of; None if they are none."""
        return self._codes_by_name().get(_fold(words))

    def find_spec(self, code: str) -> ActorSpec | None:
        """What the codebook holds of an actor; None of one that no table holds."""
        return self._actors.get(code)

    def pick_code(self, words: str) -> str:
        """The code that `words` stand for: a code itself or any name of an actor, in any case.

        Raises:
            ConfigError: No actor has such a code or name; near ones are named.
        """
        wanted = words.strip()
        code = wanted.upper()
        if code in self._actors or code.startswith("ORG:"):
            return code
        codes = self._codes_by_name()
        found = codes.get(_fold(wanted))
        if found is not None:
            return found
        near = get_close_matches(_fold(wanted), list(codes), n=3, cutoff=0.7)
        hints = dict.fromkeys(f"{codes[name]} ({self.name(codes[name])})" for name in near)
        advice = f"did you mean {' or '.join(hints)}?" if hints else "give a code such as BLR or a name"
        raise ConfigError(f'no actor "{wanted}"; {advice}')

    def _codes_by_name(self) -> dict[str, str]:
        if self._codes is None:
            self._codes = self._gather_codes()
        return self._codes

    def _gather_codes(self) -> dict[str, str]:
        codes: dict[str, str] = {}
        for code in sorted(self._actors):
            for name in self._actors[code].names:
                codes.setdefault(_fold(name.text), code)
        # An actor's own usual name counts before what another one is called besides.
        codes.update({_fold(self._actors[code].name): code for code in sorted(self._actors)})
        return codes


def _fold(name: str) -> str:
    return name.strip().casefold().removeprefix("the ")
