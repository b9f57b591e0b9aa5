"""Paragraphs and their way back to the decoded text. The texts were written for Foedus."""

from hypothesis import given
from hypothesis import strategies as st

from foedus.coder.text import MAX_PARAGRAPH_CHARS, iter_paragraphs
from foedus.model.span import Span


def paragraphs(text, spans=None, title=None):
    return list(iter_paragraphs(text, spans or [Span(0, len(text))], title))


def test_a_blank_line_parts_paragraphs():
    assert [p.text for p in paragraphs("Peru and Chile met.\n\nThey signed.")] == [
        "Peru and Chile met.",
        "They signed.",
    ]


def test_lines_broken_at_a_width_are_joined():
    text = (
        "The ministers of the two countries said on Monday that the joint\n"
        "patrols would go on until the end of the year, whatever the weather."
    )
    assert len(paragraphs(text)) == 1


def test_wide_lines_are_joined_in_the_midst_of_a_sentence_only():
    begun = "The ministers of the two countries told reporters in Lima on Monday that the joint patrols of Defence"
    ended = (
        "The ministers of the two countries told reporters in Lima on Monday that the joint patrols go on."
    )
    begun, ended = f"Bad weather: {begun}", f"Bad weather: {ended}"
    assert 110 < len(begun) < 140
    assert len(paragraphs(f"{begun}\nMinister Ruiz would go on.")) == 1
    assert len(paragraphs(f"{ended} All.\nMinister Ruiz would go on.")) == 2
    assert len(paragraphs(f"{begun} {begun}\nMinister Ruiz would go on.")) == 2


def test_short_lines_stay_apart():
    assert len(paragraphs("Exercise begins\nNew base opens\nTalks held in Lima")) == 3


def test_tidying_drops_invisible_marks_and_doubled_blanks():
    text = "Chad\u00ad  and\u200b Niger\u2019s  army"
    (paragraph,) = paragraphs(text)
    assert paragraph.text == "Chad and Niger's army"


def test_places_lead_back_to_the_words():
    text = "Chad\u00ad  and\u200b Niger\u2019s  army"
    (paragraph,) = paragraphs(text)
    start = paragraph.text.index("Niger")
    assert paragraph.place(start, start + 5).cut(text) == "Niger"


def test_the_headline_is_marked():
    text = "Peru buys boats\nLIMA: Peru has bought boats."
    first, second = paragraphs(text, title=Span(0, 15))
    assert first.is_title and not second.is_title


def test_only_the_main_text_is_read():
    text = "Menu Home Contact\nPeru has bought boats."
    assert [p.text for p in paragraphs(text, [Span(18, len(text))])] == ["Peru has bought boats."]


def test_a_long_paragraph_is_cut():
    text = "The fleet left port at dawn. " * 400
    pieces = paragraphs(text)
    assert len(pieces) > 1
    assert all(len(piece.text) <= MAX_PARAGRAPH_CHARS for piece in pieces)


@given(st.text(max_size=300))
def test_every_place_is_inside_the_text_and_not_empty(text):
    for paragraph in paragraphs(text):
        for start in range(len(paragraph.text)):
            span = paragraph.place(start, start + 1)
            assert 0 <= span.start < span.end <= len(text)
