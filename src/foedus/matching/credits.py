"""Credit lines: where a text says that it repeats another outlet."""

from collections.abc import Mapping
from functools import cache

from foedus.matching.data_files import load_data
from foedus.matching.words import fold_words
from foedus.model.article import Article

_WITHIN_WORDS = 6  # "as reported by the news agency Example": the outlet stands this near


def is_credited(outlet: str | None, article: Article, text: str) -> bool:
    """Whether `article` says that it repeats `outlet`.

    It does so in its author line or with the words of ``data/credits.yaml`` before the outlet's name, in any
    language. An outlet without a name is credited by nobody.
    """
    name = fold_words(outlet or "")
    if not name:
        return False
    if _holds(fold_words(article.author or ""), name):
        return True
    words = fold_words(text)
    return any(_follows_credit(words, at) for at in _places(words, name))


def _follows_credit(words: list[str], at: int) -> bool:
    before = words[max(0, at - _WITHIN_WORDS) : at]
    return any(_holds(before, phrase) for phrases in _load_credits().values() for phrase in phrases)


def _places(words: list[str], name: list[str]) -> list[int]:
    size = len(name)
    return [
        at for at in range(len(words) - size + 1) if words[at] == name[0] and words[at : at + size] == name
    ]


def _holds(words: list[str], part: list[str]) -> bool:
    return bool(_places(words, part))


@cache
def _load_credits() -> Mapping[str, list[list[str]]]:
    table = load_data("credits.yaml")
    return {language: [fold_words(phrase) for phrase in phrases] for language, phrases in table.items()}
