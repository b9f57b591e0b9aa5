"""The language of a text."""

import re
from collections.abc import Set as AbstractSet
from functools import cache

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
# No other language's prose holds so many of these; asking them first is a hundred times faster.
_MIN_ENGLISH_SHARE, _MIN_ENGLISH_WORDS = 0.27, 40
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str, *, english: AbstractSet[str] = frozenset(), declared: str | None = None) -> str:
    """The language most of a text is written in.

    Args:
        text: Main text; at most 600 code points of it are looked at, from its beginning and its middle.
        english: Commonest function words of English, lower case.
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
    words = _WORD.findall(sample.lower())
    if len(words) >= _MIN_ENGLISH_WORDS and sum(
        word in english for word in words
    ) >= _MIN_ENGLISH_SHARE * len(words):
        return "en"
    language = _load_detector().detect_language_of(sample)
    return UNKNOWN if language is None else language.iso_code_639_1.name.lower()


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
