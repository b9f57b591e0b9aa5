"""Names of actors in texts. The texts were written for Foedus."""

import pytest

from foedus.codebook import NameKind


@pytest.fixture
def codes(coder_tools):
    def find(*paragraphs):
        return [[name.code for name in found] for found in coder_tools.gazetteer.find(paragraphs)]

    return find


def test_states_by_name_adjective_and_capital(codes):
    assert codes("Kenyan troops left Nairobi for Ethiopia.") == [["KEN", "KEN", "ETH"]]


def test_the_kind_of_a_name_is_kept(coder_tools):
    (found,) = coder_tools.gazetteer.find(["Nairobi answered Ethiopia."])
    assert [name.kind for name in found] == [NameKind.CAPITAL, NameKind.NAME]


def test_the_longest_name_wins(codes):
    assert codes("The Democratic Republic of the Congo and South Sudan") == [["COD", "SSD"]]


@pytest.mark.parametrize("text", ["the South China Sea", "the Washington Post reported", "the Indian Ocean"])
def test_phrases_that_only_hold_a_name_mean_no_state(codes, text):
    assert codes(text) == [[]]


def test_case_counts(codes):
    assert codes("she put the china on the table next to the turkey") == [[]]


def test_in_a_headline_in_capitals_every_name_may_stand_in_capitals(codes):
    assert codes("KENYA AND ETHIOPIA SIGN DEFENCE PACT") == [["KEN", "ETH"]]


def test_an_ambiguous_name_needs_a_context(codes):
    alone = codes("The Coalition won the election.")
    with_context = codes("Coalition aircraft struck near the town.", "ISIL fighters fled.")
    assert alone == [[]]
    assert with_context[0] == ["COALITION_ISIL"]


def test_organisations_by_abbreviation_and_full_name(codes):
    assert codes("ECOWAS and the African Union met NATO") == [["ECOWAS", "AU", "NATO"]]
