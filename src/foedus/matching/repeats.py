"""Which of two texts repeats the other, and which is the earliest of many.

Two texts are measured by the long stretches they share (`foedus.matching.overlap`). A copy belongs to the text that it
shares most words with; from there up the line of copies to the earliest text that it still repeats.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from foedus.matching.credits import is_credited
from foedus.matching.overlap import measure_overlap
from foedus.matching.sources import ArticleKey
from foedus.matching.words import HashedText, hash_text
from foedus.model.article import Article
from foedus.model.copy import Repeat
from foedus.model.event import Reprint
from foedus.model.when import When

_HELD_TEXTS = 256
_HELD_HASHED_TEXTS = 4_096

# Measured with `python eval/reprints_hard.py`: reprints edited down to 30 % shared triples have a share of
# 0.43 and more, different reports of one event 0.22 and less.
_SHARE = 0.40
_SHARE_CREDITED = 0.25
_SHARE_WITHOUT_LEAD = 0.75
_LEAD = 0.35
_MIN_WORDS = 12
_OTHER_NUMBERS = 2  # a light edit may mend one number

_Rank = tuple[date, date, str, int]


class Texts:
    """Articles and their texts, read when they are compared.

    Attributes:
        load: An article that there is, with its main text.
        hash: The words of its text.
    """

    def __init__(
        self, load: Callable[[ArticleKey], tuple[Article, str]], articles: Mapping[ArticleKey, Article]
    ) -> None:
        """Read texts with `load`; articles that are among `articles` already, from there."""
        self._articles = articles
        self._ranks: dict[ArticleKey, _Rank] = {}
        self.load = lru_cache(maxsize=_HELD_TEXTS)(load)
        self.hash = lru_cache(maxsize=_HELD_HASHED_TEXTS)(self._hash)

    def rank(self, key: ArticleKey) -> _Rank:
        """Earlier ones are less: by publication, unknown ends last, then by name."""
        if key not in self._ranks:
            article = self._articles.get(key) or self.load(key)[0]
            when = article.published
            first = when.first if when and when.first else date.max
            last = when.last if when and when.last else date.max
            self._ranks[key] = (first, last, article.document, article.number)
        return self._ranks[key]

    def _hash(self, key: ArticleKey) -> HashedText:
        return hash_text(self.load(key)[1])


def find_repeat(texts: Texts, one: ArticleKey, other: ArticleKey) -> Repeat | None:
    """That one of two articles repeats the other; None if neither does."""
    first, second = sorted((one, other), key=texts.rank)
    words = _count_shared_words(texts, first, second)
    if not words:
        return None
    if _is_before(texts, second, first):
        first, second = second, first
    return Repeat(*second, *first, words)


def find_reprints_in(texts: Texts, repeats: Iterable[Repeat]) -> tuple[Reprint, ...]:
    """For each copy the earliest text that it repeats, sorted.

    Args:
        texts: The articles.
        repeats: Of each article that is in any, all it is in.
    """
    partners: dict[ArticleKey, list[tuple[int, _Rank, ArticleKey]]] = defaultdict(list)
    for repeat in repeats:
        original = (repeat.original_document, repeat.original_article)
        partners[repeat.document, repeat.article].append((-repeat.words, texts.rank(original), original))
    nearest = {copy: min(found)[2] for copy, found in partners.items()}
    _break_rings(texts, nearest)
    return tuple(
        sorted(Reprint(*copy, *original) for copy, original in _find_originals(texts, nearest).items())
    )


def _break_rings(texts: Texts, nearest: dict[ArticleKey, ArticleKey]) -> None:
    """Free the text that ranks first in every ring of copies. Credit lines can make rings, dates cannot."""
    done: set[ArticleKey] = set()
    for start in [*nearest]:
        path: dict[ArticleKey, int] = {}  # to its place on the path
        step = start
        while step in nearest and step not in done and step not in path:
            path[step] = len(path)
            step = nearest[step]
        if step in path:
            del nearest[min([*path][path[step] :], key=texts.rank)]
        done.update(path)


def _find_originals(texts: Texts, nearest: Mapping[ArticleKey, ArticleKey]) -> dict[ArticleKey, ArticleKey]:
    """For each copy the earliest text up the line of copies that it still repeats, at least its nearest."""
    originals: dict[ArticleKey, ArticleKey] = {}
    for copy in nearest:
        line = []
        step = copy
        while step in nearest and step not in originals:
            line.append(step)
            step = nearest[step]
        for later in reversed(line):
            top = originals.get(nearest[later], nearest[later])
            repeats = top == nearest[later] or _count_shared_words(texts, later, top)
            originals[later] = top if repeats else nearest[later]
    return originals


def _count_shared_words(texts: Texts, first: ArticleKey, second: ArticleKey) -> int:
    """How many words the two share if one repeats the other, else 0."""
    overlap = measure_overlap(texts.hash(first), texts.hash(second))
    if overlap.words < _MIN_WORDS or overlap.share < _SHARE_CREDITED:
        return 0
    if overlap.share < _SHARE and not (_credits(texts, first, second) or _credits(texts, second, first)):
        return 0
    if overlap.share < _SHARE_WITHOUT_LEAD and overlap.lead < _LEAD:
        return 0
    if overlap.other_numbers >= _OTHER_NUMBERS and 2 * overlap.other_numbers > overlap.numbers:
        return 0  # a bulletin of another day
    return overlap.words


def _credits(texts: Texts, one: ArticleKey, other: ArticleKey) -> bool:
    return is_credited(texts.load(other)[0].publisher, *texts.load(one))


def _is_before(texts: Texts, one: ArticleKey, other: ArticleKey) -> bool:
    """Whether `one` is the older copy though it ranks after `other`, which credits it."""
    if _is_earlier(texts.load(other)[0].published, texts.load(one)[0].published):
        return False
    return _credits(texts, other, one) and not _credits(texts, one, other)


def _is_earlier(one: When | None, other: When | None) -> bool:
    return bool(one and other and one.last and other.first and one.last < other.first)
