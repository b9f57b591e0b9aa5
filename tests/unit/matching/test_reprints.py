import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from foedus.matching import find_reprints
from foedus.model.article import Article
from foedus.model.event import Reprint
from foedus.model.when import Basis, Precision, When

MakeArticle = Callable[..., Article]

EVAL = Path(__file__).resolve().parents[3] / "eval"

STORY = (
    "Norland's navy took over two refitted corvettes in the southern port on Sunday, officials said. "
    "The ships sailed eleven days with mixed crews and will watch over the gulf from spring on. "
    "A rear admiral told reporters that all missiles were taken off before the handover. "
    "Engineers are to learn for three years how to keep the old turbines running."
)
OTHER = (
    "Hundreds of herders gathered at the frontier to ask for courts instead of soldiers and patrols. "
    "They say that whoever steals cattle sells them within a day at markets known to everybody. "
    "A memorandum signed last week sets up four shared garrisons, which few of them have heard about. "
    "Elders want an office where families can complain and somebody who writes it down."
)


def test_a_later_copy_points_to_the_earlier(make_article: MakeArticle) -> None:
    articles = [
        (make_article("b.txt", published=date(2024, 3, 2)), STORY),
        (make_article("a.txt", published=date(2024, 3, 5)), "New words on top. " + STORY),
    ]
    assert find_reprints(articles) == (Reprint("a.txt", 0, "b.txt", 0),)


def test_the_order_of_the_input_does_not_matter(make_article: MakeArticle) -> None:
    articles = [
        (make_article(f"{name}.txt", published=date(2024, 3, day)), text)
        for name, day, text in [("a", 5, STORY), ("b", 2, STORY), ("c", 3, OTHER), ("d", 4, STORY[:200])]
    ]
    found = find_reprints(articles)
    assert found == find_reprints(articles[::-1])
    assert {(reprint.document, reprint.original_document) for reprint in found} == {
        ("a.txt", "b.txt"),
        ("d.txt", "b.txt"),
    }


def test_an_unknown_date_is_later_than_a_known_one(make_article: MakeArticle) -> None:
    articles = [(make_article("a.txt", published=None), STORY), (make_article("b.txt"), STORY)]
    assert find_reprints(articles) == (Reprint("a.txt", 0, "b.txt", 0),)


def test_without_dates_the_name_decides(make_article: MakeArticle) -> None:
    articles = [(make_article(f"{name}.txt", published=None), STORY) for name in "ba"]
    assert find_reprints(articles) == (Reprint("b.txt", 0, "a.txt", 0),)


def test_where_dates_overlap_the_credited_one_is_the_original(make_article: MakeArticle) -> None:
    week = When(date(2024, 3, 1), date(2024, 3, 7), Precision.WEEK, None, Basis.METADATA)
    copy = make_article("a.txt", published=week, publisher="Sudpress", author="Norpress")
    original = make_article("b.txt", published=date(2024, 3, 5), publisher="Norpress")
    assert find_reprints([(copy, STORY), (original, STORY)]) == (Reprint("a.txt", 0, "b.txt", 0),)


def test_a_credit_does_not_turn_dates_around(make_article: MakeArticle) -> None:
    early = make_article("a.txt", published=date(2024, 3, 1), publisher="Sudpress", author="Norpress")
    late = make_article("b.txt", published=date(2024, 3, 5), publisher="Norpress")
    assert find_reprints([(early, STORY), (late, STORY)]) == (Reprint("b.txt", 0, "a.txt", 0),)


def test_copies_that_credit_each_other_in_a_ring_end(make_article: MakeArticle) -> None:
    week = When(date(2024, 3, 1), date(2024, 3, 7), Precision.WEEK, None, Basis.METADATA)
    articles = [
        (make_article(f"{own}.txt", published=week, publisher=f"House {own}", author=f"House {other}"), STORY)
        for own, other in [("a", "b"), ("b", "c"), ("c", "a")]
    ]
    originals = {reprint.original_document for reprint in find_reprints(articles)}
    assert len(find_reprints(articles)) == 2
    assert originals == {"a.txt"}


def test_a_credit_line_makes_a_reprint_of_what_shares_less(make_article: MakeArticle) -> None:
    first, second, third, fourth = STORY.split(". ")
    mixed = ". ".join([first, *OTHER.split(". ")[1:3]])
    original = make_article("a.txt", published=date(2024, 3, 1), publisher="Norpress")
    later = make_article("b.txt", published=date(2024, 3, 2), publisher="Sudpress")
    text = f"{STORY} {third}, again and again, for all who care to hear of it. {fourth}"
    assert find_reprints([(original, text), (later, mixed)]) == ()
    assert find_reprints([(original, text), (later, mixed + " Source: Norpress")]) != ()


def test_a_bulletin_written_anew_each_day_is_no_reprint(make_article: MakeArticle) -> None:
    pattern = (
        "On May {} the joint force carried out {} strikes with aircraft and {} with artillery near the port of Aster. "
        "All aircraft returned to their bases. A strike is one or more blows that have a common effect on a target. "
    )
    articles = [
        (make_article("a.txt", published=date(2024, 5, 4)), pattern.format(3, 12, 7)),
        (make_article("b.txt", published=date(2024, 5, 5)), pattern.format(4, 15, 9)),
        (make_article("c.txt", published=date(2024, 5, 6)), "Read here: " + pattern.format(4, 15, 9)),
    ]
    assert find_reprints(articles) == (Reprint("c.txt", 0, "b.txt", 0),)


def test_empty_and_short_texts_are_no_reprints(make_article: MakeArticle) -> None:
    articles = [
        (make_article(f"{number}.txt"), text) for number, text in enumerate(["", "", "a b c", "a b c"])
    ]
    assert find_reprints(articles) == ()
    assert find_reprints([]) == ()


def test_a_text_reprinted_fifty_times_is_one_family(make_article: MakeArticle) -> None:
    articles = [
        (make_article(f"{day:02}.txt", published=date(2024, 3, 1 + day % 28)), f"Copy {day}. {STORY}")
        for day in range(50)
    ]
    found = find_reprints(articles)
    assert len(found) == 49
    assert {reprint.original_document for reprint in found} == {"00.txt"}


@pytest.fixture(scope="module")
def hard_set(request: pytest.FixtureRequest) -> object:
    sys.path.insert(0, str(EVAL))
    request.addfinalizer(lambda: sys.path.remove(str(EVAL)))
    import reprints_hard

    return reprints_hard


def test_edited_copies_are_found_and_reports_of_one_event_are_not_taken_for_copies(hard_set: object) -> None:
    copies = hard_set.make_copies()  # type: ignore[attr-defined]
    figures = hard_set.measure(copies)  # type: ignore[attr-defined]
    assert figures.f1 >= 0.95
    assert figures.same_event_joined == 0


def test_the_hard_set_is_hard(hard_set: object) -> None:
    copies = hard_set.make_copies()  # type: ignore[attr-defined]
    originals = {copy.family: copy.text for copy in copies if copy.edit == "original"}
    shares = [
        hard_set.triple_share(copy.text, originals[copy.family])  # type: ignore[attr-defined]
        for copy in copies
        if copy.edit != "original"
    ]
    assert min(shares) < 0.3
