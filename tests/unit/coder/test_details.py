"""Subject, place and time of a deed. The texts were written for Foedus."""

from foedus.codebook import CuePart
from foedus.coder.cues import Candidate
from foedus.coder.details import find_phrase, iter_place_names
from foedus.model.claim import ClaimType


def names(line, tools):
    return [line.words(*span) for span in iter_place_names(line, tools.words)]


def find(line, phrase):
    words = [token.text for token in line.sentence.tokens]
    wanted = phrase.split()
    first = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)
    return first, first + len(wanted) - 1


def test_an_unfamiliar_name_behind_near_is_a_place(read_lines, coder_tools):
    for text in ("Near Al Qarnah, one strike destroyed a bridge.", "Near Bardale, five strikes hit a camp."):
        (line,) = read_lines(text)
        assert names(line, coder_tools) == [text.split(",")[0].removeprefix("Near ")]
        assert not any(unit.kind == "person" for unit in line.units)


def test_a_kind_of_place_belongs_to_its_name(read_lines, coder_tools):
    (line,) = read_lines("Troops of Chad fought rebels in Lac Province near Mount Guéra on Monday.")
    assert {"Lac Province", "Mount Guéra"} <= set(names(line, coder_tools))


def phrase(line, word, cue, claim_type=ClaimType.TRANSFER):
    """The subject's words around a head, for a deed told by the word `cue`."""
    head, index = find(line, word)[0], find(line, cue)[0]
    candidate = Candidate(index, cue, CuePart.VERB, (), {}, {})
    return line.words(*find_phrase(line, head, candidate, claim_type))


def test_a_subject_keeps_words_with_hyphens_whole(read_lines):
    (line,) = read_lines("Peru received nuclear-powered ice-capable ships from Chile on Monday.")
    assert phrase(line, "ships", "received") == "nuclear-powered ice-capable ships"


def test_a_subject_ends_in_no_joint(read_lines):
    (line,) = read_lines("Ghana bought the first batch of an Indian-made radar in 2019.")
    assert phrase(line, "batch", "bought").split()[-1] not in ("of", "an", "-", "the")


def test_a_subject_leaves_out_whose_it_is(read_lines):
    (line,) = read_lines("Togo praised Ghana's only naval base on Monday.")
    assert phrase(line, "base", "praised", ClaimType.APPEAL) == "only naval base"


def test_a_subject_says_what_an_agreement_is_to_do(read_lines):
    (line,) = read_lines("Togo signed an agreement to build a naval base with Ghana.")
    assert phrase(line, "agreement", "signed", ClaimType.AGREEMENT).startswith(
        "agreement to build a naval base"
    )


def test_a_subject_says_what_a_fight_is_against_and_not_who_delivered(read_lines):
    (line,) = read_lines("Kenya and Uganda discussed the fight against cattle raiders in Nairobi on Monday.")
    assert phrase(line, "fight", "discussed", ClaimType.CONSULTATION) == "fight against cattle raiders"
    (line,) = read_lines("Chile received four patrol boats from Korea under a contract of 2019.")
    assert phrase(line, "boats", "received") == "patrol boats"
