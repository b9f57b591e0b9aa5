"""Knowledge about languages, as data: one YAML file a language, one section a user of it."""

from foedus.lang.load import LANGUAGES, load_language
from foedus.lang.spec import Language

__all__ = ["LANGUAGES", "Language", "load_language"]
