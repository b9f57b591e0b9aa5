"""Which paragraphs of an article may hold claims: told by their words, before anything is parsed.

Most of what a scraper brings home is recipes, sport and business, and much of it is told in words of war: teams attack,
firms sign agreements, storms strike. An article without any word of defence is not read for claims at all; in the
others a linear model over the words of a paragraph and its neighbours leaves out what is surely none of ours. That
spares parsing it, and the false claims that would come of it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from foedus.coder.linear import load_model
from foedus.lang import Language

ON, OFF = "on", "off"

LEAST_TOPIC = 0.25
"""Paragraphs that are about defence with a lower probability are not read for claims (docs/benchmarks.md)."""

SHORT = 100
"""An article of fewer words may bear on defence without a word that says so."""

LEAST_WORDS = 8
"""Of a paragraph with fewer words, and neighbours like it, nothing can be told: it is read."""

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"(?<![\w'])[a-z]{2,}(?!\w)")


def find_hopeful(texts: Sequence[str], groups: Sequence[bool], language: Language) -> tuple[bool, ...]:
    """Whether each of an article's paragraphs may hold a claim.

    Args:
        texts: The paragraphs, in order.
        groups: Whether an armed group is named in each; it is read then.
        language: The language they are in.
    """
    if not any(groups) and not _bears_on_defence(texts, language):
        return (False,) * len(texts)
    model = load_model("topic")
    return tuple(
        group
        or len(near) < LEAST_WORDS
        or any(
            model.probabilities(words)[ON] >= LEAST_TOPIC
            for words in (near, own)
            if len(words) >= LEAST_WORDS
        )
        for group, (own, near) in zip(groups, iter_topic_features(texts), strict=True)
    )


def iter_topic_features(texts: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """For each paragraph its words, and those of it and its neighbours, each once; names are none.

    A state is no topic: sport, trade and war are told of all of them.
    """
    words = [set(_SMALL_WORD.findall(text)) for text in texts]
    for place, own in enumerate(words):
        yield sorted(own), sorted(set().union(*words[max(place - 1, 0) : place + 2]))


def _bears_on_defence(texts: Sequence[str], language: Language) -> bool:
    words = [word.lower() for text in texts for word in _WORD.findall(text)]
    sure, likely = _load_words(language)
    said = set(words)
    return len(words) < SHORT or not sure.isdisjoint(said) or len(likely & said) >= 2


@cache
def _load_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Words of defence, and those that are words of other things too."""
    section = language.section("topic")
    return frozenset(section["sure"]), frozenset(section["likely"])
