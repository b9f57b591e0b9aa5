"""Word pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coder.pieces import Pieces, load_pieces

SMALL = Pieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "patrol": 3, "##s": 4, "joint": 5, "-": 6})


def test_the_longest_pieces_from_left_to_right():
    assert SMALL.split("patrols") == (3, 4)


def test_case_and_accents_do_not_count():
    assert SMALL.split("Pátrol") == (3,)


def test_signs_stand_alone():
    assert SMALL.split("joint-patrols") == (5, 6, 3, 4)


@pytest.mark.parametrize("word", ["xyz", "p" * 101])
def test_what_does_not_fit_is_unknown(word):
    assert SMALL.split(word) == (0,)


def test_words_keep_their_places_between_the_marks():
    assert SMALL.encode(["joint", "\u200b", "patrols"]) == ([1, 5, 3, 4, 2], [-1, 0, 2, 2, -1])


def test_the_vocabulary_that_ships():
    assert load_pieces().encode(["treaty"]) == ([101, 5036, 102], [-1, 0, -1])


@given(st.text(max_size=60))
def test_any_word_has_pieces_of_the_vocabulary(word):
    assert all(0 <= number < 30522 for number in load_pieces().split(word))
