import numpy as np
import pytest

from foedus.matching.words import MAX_WORDS, fold_words, hash_shingles, hash_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Navy’s ship", ["the", "navy's", "ship"]),
        ("Straße, ПОРТ", ["strasse", "порт"]),
        ("", []),
        (" — … ", []),
    ],
)
def test_fold_words(text: str, words: list[str]) -> None:
    assert fold_words(text) == words


def test_words_inside_quotation_marks_are_marked() -> None:
    text = hash_text("He said “we will come” and left")
    assert text.quoted.tolist() == [False, False, True, True, True, False, False]


@pytest.mark.parametrize(
    "text", ['"we will come" said he', "«we will come» said he", "„we will come” said he"]
)
def test_kinds_of_quotation_marks(text: str) -> None:
    assert hash_text(text).quoted.tolist() == [True, True, True, False, False]


def test_a_mark_that_nothing_closes_does_not_swallow_the_text() -> None:
    quoted = hash_text("“" + "word " * 500).quoted
    assert quoted[0]
    assert not quoted[-1]


def test_a_straight_mark_ends_with_its_line() -> None:
    assert hash_text('an inch is 1"\nnext line').quoted.tolist() == [False, False, False, False, False, False]


def test_equal_words_have_equal_hashes_whatever_their_case() -> None:
    one, other = hash_text("Joint DRILL"), hash_text("joint drill")
    assert np.array_equal(one.hashes, other.hashes)


def test_a_huge_text_is_cut() -> None:
    assert len(hash_text("a " * (MAX_WORDS + 10))) == MAX_WORDS


def test_shingles_depend_on_order_and_count() -> None:
    one, other = hash_text("a b c d").hashes, hash_text("b a c d").hashes
    assert len(hash_shingles(one, 3)) == 2
    assert not set(hash_shingles(one, 3).tolist()) & set(hash_shingles(other, 4).tolist())
    assert hash_shingles(one, 3)[1] != hash_shingles(other, 3)[1]
    assert len(hash_shingles(one, 5)) == 0
