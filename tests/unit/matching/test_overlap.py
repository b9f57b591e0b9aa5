from foedus.matching.overlap import Overlap, measure_overlap
from foedus.matching.words import hash_text

STORY = (
    "The two navies opened a school for patrol crews in the northern port on Tuesday. "
    "Sixty sailors a year will learn to board ships and to mend small engines there. "
    "Instructors of both services change every eight months, the ministry wrote in a letter. "
    "The first course begins in September and a second campus further south is being looked at."
)


def overlap(one: str, other: str) -> Overlap:
    return measure_overlap(hash_text(one), hash_text(other))


def test_a_text_covers_itself() -> None:
    assert overlap(STORY, STORY).share == 1.0


def test_a_shortened_copy_is_covered_whole() -> None:
    shortened = ". ".join(STORY.split(". ")[:2])
    found = overlap(STORY, shortened)
    assert found.share > 0.95
    assert found.words == len(hash_text(shortened))


def test_it_does_not_matter_which_text_comes_first() -> None:
    other = "Added line. " + STORY.replace("patrol", "coast") + " Another added line of some words."
    assert overlap(STORY, other) == overlap(other, STORY)


def test_small_edits_inside_a_stretch_are_forgiven() -> None:
    edited = STORY.replace("opened", "inaugurated").replace("learn", "be taught").replace("begins", "starts")
    assert overlap(STORY, edited).share > 0.8


def test_reordered_sentences_are_found() -> None:
    turned = ". ".join(reversed(STORY.rstrip(".").split(". ")))
    assert overlap(STORY, turned).share > 0.9


def test_set_phrases_alone_are_no_overlap() -> None:
    one = "The ministry of defence said on Tuesday that the talks in the capital went well for both."
    other = "A spokesman told us that the ministry of defence said on Tuesday nothing about any of it."
    assert overlap(one, other).words == 0


def test_a_common_quotation_does_not_count() -> None:
    quote = "“the sea between us is narrow and our crews must know each other by name and by voice”"
    one = f"A minister opened the school with the words {quote} before the crews sailed out together."
    other = f"Nobody here believes it, least of all the fishermen, although {quote} sounds very fine indeed."
    assert overlap(one, other).share == 0.0


def test_a_statement_that_is_all_quotation_does_count() -> None:
    statement = "“" + STORY + "”"
    assert overlap(statement, statement + " Read more.").share == 1.0


def test_a_common_closing_paragraph_leaves_the_lead_bare() -> None:
    closing = (
        "The ferry has been in service for many years and is the only direct link between the countries."
    )
    one = "Ministers met on Monday to talk about the ferry and who is to pay for its repair. " * 2 + closing
    other = (
        "A storm broke the pier last night so that no lorry could leave the harbour at all. " * 2 + closing
    )
    found = overlap(one, other)
    assert found.share > 0.2
    assert found.lead == 0.0


def test_empty_texts() -> None:
    assert overlap("", "") == Overlap(0, 0.0, 0.0, 0, 0)
    assert overlap("", STORY).share == 0.0


def test_one_word_over_and_over_is_a_formula_and_ends_soon() -> None:
    assert overlap("a " * 5000, "a " * 5000).share == 0.0


def test_numbers_that_agree_and_numbers_that_differ_in_one_place() -> None:
    bulletin = "It wrote that on May {} the joint force flew {} strikes with aircraft and {} with helicopters at sea."
    found = overlap(bulletin.format(3, 12, 7), bulletin.format(4, 15, 7))
    assert (found.numbers, found.other_numbers) == (1, 2)
    assert overlap(bulletin.format(3, 12, 7), bulletin.format(3, 12, 7)).other_numbers == 0
