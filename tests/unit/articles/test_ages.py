"""How long ago a page appeared."""

import pytest

from foedus.articles.ages import Age, find_age
from foedus.articles.words import load_page_words
from foedus.model.span import Span


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("World | 3 hours ago", "3 hours ago", (1, 0)),
        ("30 hours ago", "30 hours ago", (2, 1)),
        ("5 Minutes ago", "5 Minutes ago", (1, 0)),
        ("2 days ago", "2 days ago", (3, 2)),
        ("1 week ago", "1 week ago", (8, 7)),
        ("vor 2 Tagen", "vor 2 Tagen", (3, 2)),
        ("il y a 3 heures", "il y a 3 heures", (1, 0)),
        ("hace 4 días", "hace 4 días", (5, 4)),
        ("5 дней назад", "5 дней назад", (6, 5)),
        ("2 години тому", "2 години тому", (1, 0)),
    ],
)
def test_ages(text: str, words: str, days: tuple[int, int]) -> None:
    age = find_age(text, Span(0, len(text)), load_page_words().ages)
    assert age == Age(Span(text.index(words), text.index(words) + len(words)), days)


@pytest.mark.parametrize("text", ["years ago", "120 days ago", "3 ships ago", "hours ago", ""])
def test_what_is_no_age(text: str) -> None:
    assert find_age(text, Span(0, len(text)), load_page_words().ages) is None
