"""Time and memory of finding reprints among generated texts: ``python bench/reprints.py [--texts 100000]``.

Every tenth text is a copy of an earlier one with one word in twenty dropped; the others are words drawn as
often as ranks in a language are (Zipf). The texts themselves are held as a ledger would hand them over; their
memory is told apart from what finding reprints adds.
"""

import argparse
import itertools
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from foedus.matching import find_reprints
from foedus.model.article import Article
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

_WORDS, _SYLLABLES = 20_000, ("bcdfglmnprstv", "aeiou")
_FIRST_DAY, _DAYS = date(2020, 1, 1), 1000
_COPY_EVERY, _DROPPED = 10, 0.05


def iter_articles(count: int) -> Iterator[tuple[Article, str]]:
    """`count` articles of 150 to 400 words; the same in every run."""
    chance = random.Random(1)
    vocabulary = [
        "".join(chance.choice(letters) for letters in _SYLLABLES * chance.randint(2, 4))
        for _ in range(_WORDS)
    ]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, _WORDS + 1)))
    recent: list[list[str]] = []
    for number in range(count):
        if number % _COPY_EVERY == _COPY_EVERY - 1:
            words = [word for word in chance.choice(recent) if chance.random() > _DROPPED]
        else:
            words = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(150, 400))
            recent = [*recent[-50:], words]
        text = " ".join(words)
        day = _FIRST_DAY + timedelta(days=number % _DAYS)
        when = When(day, day, Precision.DAY, None, Basis.METADATA)
        yield Article(f"{number:08}", 0, None, None, None, None, "en", when, (Span(0, len(text)),)), text


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=100_000, help="how many texts")
    count = parser.parse_args(arguments).texts
    articles = list(iter_articles(count))
    held = _peak_mb()
    started = time.process_time()
    found = find_reprints(articles)
    print(f"texts {count}")
    print(f"reprints {len(found)}")
    print(f"cpu_s {time.process_time() - started:.1f}")
    print(f"texts_mb {held:.0f}")
    print(f"peak_mb {_peak_mb():.0f}")
    return 0


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
