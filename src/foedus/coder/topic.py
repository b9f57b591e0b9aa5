"""Which paragraphs of an article may hold claims: told by their words, before anything is parsed.

Most of what a scraper brings home is sport, business and weather, and its words are those of war: teams attack, firms
sign agreements, storms strike. A linear model over the words of a paragraph and its neighbours leaves out what is
surely none of ours, which spares parsing it and the false claims that would come of it.
"""

import re
from collections.abc import Iterator, Sequence

from foedus.coder.linear import load_model

ON, OFF = "on", "off"

LEAST_TOPIC = 0.1
"""Paragraphs that are about defence with a lower probability are not read for claims."""

LEAST_WORDS = 8
"""Of fewer words nothing can be told, and they are read: a headline, a line in capitals."""

_WORD = re.compile(r"(?<![\w'])[a-z][a-z]+(?![\w])")


def find_hopeful(texts: Sequence[str]) -> tuple[bool, ...]:
    """Whether each of an article's paragraphs may hold a claim.

    Args:
        texts: The paragraphs, in order.
    """
    model = load_model("topic")
    return tuple(
        len(words) < LEAST_WORDS or model.probabilities(words)[ON] >= LEAST_TOPIC
        for words in iter_topic_features(texts)
    )


def iter_topic_features(texts: Sequence[str]) -> Iterator[list[str]]:
    """For each paragraph the words of it and of its neighbours, each once; names are none, for no state is a topic."""
    words = [set(_WORD.findall(text)) for text in texts]
    for place in range(len(words)):
        yield sorted(set().union(*words[max(place - 1, 0) : place + 2]))
