"""What exercises and agreements are called. The texts were written for Foedus."""

import pytest

from foedus.codebook import CuePart
from foedus.coder.cues import Candidate
from foedus.coder.names import find_name, is_name_of, is_told_of
from foedus.model.claim import ClaimType


def find(line, phrase):
    words = [token.text for token in line.sentence.tokens]
    wanted = phrase.split()
    first = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)
    return first, first + len(wanted) - 1


def called(line, cue, words):
    """What the exercise is called that the word `cue` tells of."""
    candidate = Candidate(find(line, cue)[0], cue, CuePart.VERB, (), {}, {})
    span = find_name(line, candidate, (0, len(line.sentence) - 1), words)
    return span and line.words(*span)


def test_an_agreement_has_a_name_where_more_is_said_than_its_kind(read_lines, coder_tools):
    (line,) = read_lines(
        "Ghana ratified the agreement on mutual logistic support before the exercise Volta Shield."
    )
    words = coder_tools.words
    assert is_name_of(line, *find(line, "agreement on mutual logistic support"), words)
    assert not is_name_of(line, *find(line, "agreement"), words)


def test_the_pact_is_one_told_of_and_a_pact_is_not(read_lines, coder_tools):
    (line,) = read_lines("Ghana will sign a pact with Togo once the other pact has lapsed.")
    assert is_told_of(line, ClaimType.AGREEMENT, *find(line, "other pact"), coder_tools.words)
    assert not is_told_of(line, ClaimType.AGREEMENT, *find(line, "pact"), coder_tools.words)


def test_another_drill_is_not_the_one_told_of(read_lines, coder_tools):
    (line,) = read_lines("The next exercise follows in May; Fijian observers watched the five-day exercise.")
    assert not is_told_of(line, ClaimType.EXERCISE, *find(line, "next exercise"), coder_tools.words)
    assert is_told_of(line, ClaimType.EXERCISE, *find(line, "Fijian observers"), coder_tools.words)
    assert is_told_of(line, ClaimType.EXERCISE, *find(line, "day exercise"), coder_tools.words)


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("Troops of Chad and Niger took part in exercise Desert Lance 2019 near Agadez.", "took", "Desert Lance 2019"),
        ("Kenya and Uganda held the joint exercise 'Lake Guard' in Kisumu on Monday.", "held", "Lake Guard"),
        ("Peru and Chile held a naval exercise off Arica with the frigate Almirante Lynch.", "held", None),
        ("Officers from Togo and Benin are watching the drills.", "watching", None),
    ],
)  # fmt: skip
def test_what_an_exercise_is_called_is_told_from_places_ships_and_people(
    read_lines, coder_tools, text, cue, name
):
    (line,) = read_lines(text)
    assert called(line, cue, coder_tools.words) == name
