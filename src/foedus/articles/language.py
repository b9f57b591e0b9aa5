"""The language of a text."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from types import MappingProxyType

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

UNKNOWN = "und"

# English and the languages that reporting about its subjects meets most; few enough to load fast.
_LANGUAGES = [
    "ALBANIAN",
    "ARABIC",
    "ARMENIAN",
    "AZERBAIJANI",
    "BELARUSIAN",
    "BOKMAL",
    "BULGARIAN",
    "CHINESE",
    "CROATIAN",
    "CZECH",
    "DANISH",
    "DUTCH",
    "ENGLISH",
    "ESTONIAN",
    "FINNISH",
    "FRENCH",
    "GEORGIAN",
    "GERMAN",
    "GREEK",
    "HEBREW",
    "HINDI",
    "HUNGARIAN",
    "INDONESIAN",
    "ITALIAN",
    "JAPANESE",
    "KAZAKH",
    "KOREAN",
    "LATVIAN",
    "LITHUANIAN",
    "MACEDONIAN",
    "PERSIAN",
    "POLISH",
    "PORTUGUESE",
    "ROMANIAN",
    "RUSSIAN",
    "SERBIAN",
    "SLOVAK",
    "SPANISH",
    "SWEDISH",
    "TURKISH",
    "UKRAINIAN",
    "URDU",
    "VIETNAMESE",
]
_MAX_CHARS = 600
# Below this nothing reliable can be told.
_MIN_LETTERS = 24
# A language whose function words are this share of the words, and so much more than any other's, needs no
# model: a hundred times faster, and right where it answers.
_MIN_WORDS, _MIN_COMMON_SHARE, _MIN_LEAD = 40, 0.2, 1.6
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS: Mapping[str, AbstractSet[str]] = MappingProxyType({})


def guess_language(
    text: str, *, function_words: Mapping[str, AbstractSet[str]] = _NO_WORDS, declared: str | None = None
) -> str:
    """The language most of a text is written in.

    Args:
        text: Main text; at most 600 code points of it are looked at, from its beginning and its middle.
        function_words: Commonest function words by language, lower case; what they do not settle, a model does.
        declared: Language tag that the page gives itself; believed only where the text is too short to tell.

    Returns:
        ISO 639-1 code, or ``und`` when it cannot be told.
    """
    sample = text
    if len(text) > _MAX_CHARS:
        half = _MAX_CHARS // 2
        middle = len(text) // 2
        sample = text[:half] + " " + text[middle : middle + half]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return to_language_code(declared) or UNKNOWN
    plain = _pick_by_words(_WORD.findall(sample.lower()), function_words)
    if plain is not None:
        return plain
    language = _load_detector().detect_language_of(sample)
    return UNKNOWN if language is None else language.iso_code_639_1.name.lower()


def _pick_by_words(words: Sequence[str], function_words: Mapping[str, AbstractSet[str]]) -> str | None:
    """The one language that is plain from its function words, or None."""
    if len(words) < _MIN_WORDS or not function_words:
        return None
    counts = sorted(
        ((sum(word in common for word in words), code) for code, common in function_words.items()),
        reverse=True,
    )
    (best, code), (second, _) = counts[0], counts[1] if len(counts) > 1 else (0, "")
    return code if best >= _MIN_COMMON_SHARE * len(words) and best >= _MIN_LEAD * second else None


def to_language_code(tag: str | None) -> str | None:
    """The ISO 639-1 part of a language tag (``en-GB`` → ``en``), or None."""
    if tag is None:
        return None
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


@cache
def _load_detector() -> LanguageDetector:
    # Low accuracy means trigrams alone: as good on a paragraph, and 40 times smaller and faster to load.
    languages = [getattr(Language, name) for name in _LANGUAGES]
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
