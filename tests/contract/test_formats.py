"""What every output format owes, asked of all of them."""

import io
from datetime import date

import pytest

from foedus.export import FORMATS
from foedus.model.records import CLAIM_KEYS, to_claim_record
from foedus.views.shapes import Citation, Column, Excerpt, Pages, Records, Section, Sentence, Strip, Table

TEXT_FORMATS = [known for known in FORMATS if not known.is_binary]
HOSTILE = "\x1b[31m<b>=1+1</b>\u202e {{7*7}} [x](y) | `z`\r\n\x00end"


@pytest.fixture
def make_shape(make_claim):
    def make(shape, text="plain"):
        if shape is Records:
            claim = make_claim(text, subject=text, quote=text, agents=(text,), when=date(2020, 1, 1))
            return Records("claims", CLAIM_KEYS, iter([to_claim_record(claim)] * 2))
        return Pages(
            text,
            ((text, text),),
            (
                Section(
                    text,
                    "better",
                    (text,),
                    (Sentence(text, (1,)),),
                    Table(text, (Column(text),), ((text,), (1,), (None,)), text),
                    (Excerpt(text, ((0, 1, text),), text),),
                ),
            ),
            (Citation(1, text, text, text, text, 0, 1, 2, text),),
            Strip(text, (text,), ((text, (1,)),)),
        )

    return make


def write(chosen, shape):
    out = io.StringIO(newline="")
    chosen.write(shape, out)
    return out.getvalue()


def test_names_and_endings_tell_formats_of_a_shape_apart():
    for part in ("name", "suffix"):
        assert len({(known.shape, getattr(known, part)) for known in FORMATS}) == len(FORMATS)
    assert all(known.suffix.startswith(".") and known.suffix.islower() for known in FORMATS)


@pytest.mark.parametrize("chosen", TEXT_FORMATS, ids=lambda known: known.name)
@pytest.mark.parametrize("text", ["plain", HOSTILE], ids=["plain", "hostile"])
def test_the_same_shape_gives_the_same_text_with_unix_line_ends(chosen, make_shape, text):
    first = write(chosen, make_shape(chosen.shape, text))
    assert first == write(chosen, make_shape(chosen.shape, text))
    assert first.endswith("\n")
    assert "\r" not in first
    assert "\x00" not in first
    assert "\x1b" not in first
    assert "end" in first if text == HOSTILE else "plain" in first


@pytest.mark.parametrize("chosen", TEXT_FORMATS, ids=lambda known: known.name)
def test_an_empty_shape_can_be_written(chosen):
    empty = Records("claims", CLAIM_KEYS, iter(())) if chosen.shape is Records else Pages("t")
    assert "{" not in write(chosen, empty).replace("{ box", "").split("</style>")[-1]


@pytest.mark.parametrize(
    "chosen", [known for known in FORMATS if known.shape is Records], ids=lambda known: known.name
)
def test_records_are_written_as_they_are_read(chosen, make_shape):
    """A million records must not be gathered first."""
    record = next(iter(make_shape(Records).rows))
    lines = []

    class Sink(io.StringIO):
        def write(self, text):
            lines.append(text)
            return len(text)

    seen = []

    def feed():
        for _ in range(3):
            seen.append(sum("\n" in line for line in lines))
            yield record

    chosen.write(Records("claims", CLAIM_KEYS, feed()), Sink())
    assert seen[0] < seen[1] < seen[2]
