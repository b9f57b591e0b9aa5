from collections.abc import Callable

import pytest

from foedus.matching.credits import is_credited
from foedus.model.article import Article

MakeArticle = Callable[..., Article]


@pytest.mark.parametrize(
    "text",
    [
        "As reported by the news agency Norpress, the ships left.",
        "The ships left. Source: Norpress",
        "Originally published on Norpress",
        "Корабли ушли, сообщает Norpress.",
    ],
)
def test_credit_lines(make_article: MakeArticle, text: str) -> None:
    assert is_credited("Norpress", make_article(), text)


def test_the_author_line_credits(make_article: MakeArticle) -> None:
    assert is_credited("Norpress", make_article(author="Norpress / AFP"), "The ships left.")


@pytest.mark.parametrize("text", ["Norpress is a news agency.", "Source: Sudpress", ""])
def test_a_name_alone_is_no_credit(make_article: MakeArticle, text: str) -> None:
    assert not is_credited("Norpress", make_article(), text)


@pytest.mark.parametrize("outlet", [None, "", " — "])
def test_an_outlet_without_a_name_is_credited_by_nobody(
    make_article: MakeArticle, outlet: str | None
) -> None:
    assert not is_credited(outlet, make_article(author=""), "Source: ")
