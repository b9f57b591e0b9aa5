"""Numbers and what they count. The texts were written for Foedus."""

import pytest

from foedus.coder.quantities import find_quantities, load_numbers
from foedus.lang import load_language
from foedus.model.claim import Bound


def only(read_lines, text):
    (line,) = read_lines(text)
    (found,) = find_quantities(line, load_numbers(load_language("en")))
    return found.quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Norway gave $1.2bn for air defence.", 1.2e9, "USD"),
        ("Norway gave some USD 20 million for air defence.", 20e6, "USD"),
        ("Norway gave 3.5 million euros for air defence.", 3.5e6, "EUR"),
        ("They stopped 7.5 kilometers from the border.", 7.5, "km"),
        ("The fund grew by 12 percent.", 12, "%"),
    ],
)
def test_money_and_measures(read_lines, text, value, unit):
    quantity = only(read_lines, text)
    assert (quantity.value, quantity.unit) == (value, unit)


def test_a_count_says_what_it_counts(read_lines):
    quantity = only(read_lines, "Kenya sent 1,200 soldiers.")
    assert (quantity.value, quantity.of) == (1200, "soldiers")


def test_number_words(read_lines):
    assert only(read_lines, "Kenya sent twelve helicopters.").value == 12


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Several thousand troops crossed.", 1000, 9999),
        ("Dozens of vehicles crossed.", 24, 99),
        ("Hundreds of soldiers crossed.", 100, 999),
    ],
)
def test_vague_words_are_ranges(read_lines, text, low, high):
    quantity = only(read_lines, text)
    assert (quantity.value, quantity.max, quantity.approximate) == (low, high, True)


@pytest.mark.parametrize(
    ("words", "bound"), [("at least", Bound.MIN), ("more than", Bound.MIN), ("up to", Bound.MAX)]
)
def test_bounds(read_lines, words, bound):
    quantity = only(read_lines, f"Kenya sent {words} 300 soldiers.")
    assert (quantity.bound, quantity.approximate) == (bound, False)


def test_about_is_approximate(read_lines):
    assert only(read_lines, "Kenya sent about 300 soldiers.").approximate


@pytest.mark.parametrize(
    "text",
    [
        "The two countries met.",
        "Under Article 5 they will help.",
        "It was signed on 4 May 2019.",
        "The Su-30 flew past.",
        "They trained for three weeks.",
        "One of the ships left.",
    ],
)
def test_what_is_no_quantity(read_lines, text):
    (line,) = read_lines(text)
    assert find_quantities(line, load_numbers(load_language("en"))) == ()


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Australia delivered two Cape-class boats.", "Cape-class boats"),
        ("Uganda sent a 1,500-strong contingent.", "contingent"),
    ],
)
def test_what_hyphens_join_is_one_word(read_lines, text, of):
    assert only(read_lines, text).of == of


def test_a_number_that_a_hyphen_joins_to_a_measure_counts_nothing(read_lines):
    assert only(read_lines, "Italy will build two 3,200-ton frigates.").value == 2


@pytest.mark.parametrize("digits", [30, 400])
def test_a_row_of_digits_is_no_quantity(read_lines, digits):
    (line,) = read_lines(f"Kenya sent {'7' * digits} soldiers.")
    assert find_quantities(line, load_numbers(load_language("en"))) == ()
