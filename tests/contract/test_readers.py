"""One script over all readers: what every input format must do. All texts were written for these tests."""

import gzip
import time
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from foedus.articles import split_articles
from foedus.errors import InputError
from foedus.model.document import Document
from foedus.read import READERS, ReadLimits, read_document

WORDS = "The ministers signed an agreement on joint training."
CODES = {
    "bomb",
    "binary",
    "damaged",
    "empty",
    "encrypted",
    "too-deep",
    "too-large",
    "truncated",
    "unknown-type",
}


def _pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, WORDS)
    canvas.save()
    return out.getvalue()


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


SAMPLES = {
    "application/pdf": _pdf(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _docx(),
    "message/rfc822": f"Message-ID: <1@x>\nFrom: a@b.example\nSubject: Training\n\n{WORDS}\n".encode(),
    "application/feed+json": (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>'
        + WORDS
        + '</p>"}]}'
    ).encode(),
    "text/html": f"<html><head><title>x</title></head><body><p>{WORDS}</p></body></html>".encode(),
    "text/markdown": f"---\ntitle: Training\n---\n\n# Training\n\n{WORDS}\n".encode(),
    "text/plain": WORDS.encode(),
}


def test_every_reader_has_a_sample() -> None:
    assert [reader.media_type for reader in READERS] == list(SAMPLES)


@pytest.mark.parametrize("media_type", SAMPLES)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.html", "x.pdf", "x.docx", "dir/\udcff.eml"])
def test_content_tells_the_type_whatever_the_name(media_type: str, name: str) -> None:
    document = read_document(name, SAMPLES[media_type])
    assert (document.name, document.media_type) == (name, media_type)
    assert WORDS in document.text


@pytest.mark.parametrize("media_type", SAMPLES)
def test_gzip_of_every_format(media_type: str) -> None:
    packed = gzip.compress(SAMPLES[media_type], mtime=0)
    document = read_document("x.gz", packed)
    assert document.media_type == media_type
    assert WORDS in document.text
    assert document.digest != read_document("x", SAMPLES[media_type]).digest
    assert read_document("x", gzip.compress(packed, mtime=0)).text == document.text
    with pytest.raises(InputError) as caught:
        read_document("x", gzip.compress(gzip.compress(packed, mtime=0), mtime=0))
    assert caught.value.code == "bomb"


@pytest.mark.parametrize("media_type", SAMPLES)
def test_reading_is_reproducible(media_type: str) -> None:
    assert read_document("x", SAMPLES[media_type]) == read_document("x", SAMPLES[media_type])


@pytest.mark.parametrize("media_type", SAMPLES)
def test_the_size_limit_holds_for_every_format(media_type: str) -> None:
    data = SAMPLES[media_type]
    with pytest.raises(InputError) as caught:
        read_document("x", data, limits=ReadLimits(max_bytes=len(data) - 1))
    assert caught.value.code == "too-large"
    # The limit holds for what is inside a container, too.
    assert read_document("x", data, limits=ReadLimits(max_bytes=100 * len(data))).text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\0\0", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "unknown-type"),
        (b"{\\rtf1 words}", "unknown-type"),
        (bytes(range(256)) * 30, "binary"),
    ],
)
def test_what_no_reader_takes(data: bytes, code: str) -> None:
    with pytest.raises(InputError, match=r"^odd name: ") as caught:
        read_document("odd name", data)
    assert caught.value.code == code


def _check(data: bytes) -> None:
    """Reading and splitting end in bounded time, in a document that keeps its promises or in an `InputError`."""
    started = time.monotonic()
    try:
        document = read_document("x", data, limits=ReadLimits(max_bytes=2_000_000))
    except InputError as error:
        assert error.code in CODES
        assert str(error).startswith("x: ")
    else:
        _check_document(document)
        for article in split_articles(document):
            assert article.spans
            ends = (
                [0]
                + [place for span in article.spans for place in (span.start, span.end)]
                + [len(document.text)]
            )
            assert ends == sorted(ends)
            assert all(span.start < span.end for span in article.spans)
    assert time.monotonic() - started < 60


def _check_document(document: Document) -> None:
    assert document.text
    assert "\0" not in document.text
    assert document.text.encode("utf-8")
    ends = [0] + [place for span in document.main for place in (span.start, span.end)] + [len(document.text)]
    assert ends == sorted(ends)


_MUTATED = st.builds(
    lambda data, start, size, patch, times: data[:start] + patch * times + data[start + size :],
    st.sampled_from(list(SAMPLES.values())),
    st.integers(0, 3000),
    st.integers(0, 200),
    st.binary(max_size=40)
    | st.sampled_from([b"<div>", b"<!--", b"&#0;", b"\r\n", b"\0", b"<![CDATA[", b"\xff\xfe", b"--b"]),
    st.integers(1, 50),
)
_TAGS = (
    "<html> <body> <p> </p> <div> </div> <table> <tr> <td> <script> </script> <!-- --> <br> <time> "
    "<h1> & &amp; &#55296; "
    "text words. 2019-03-14 \u202e \u200b \0 < > <meta charset=utf-16> <base href=//> <svg> </svg> <a href='x'>"
)
_MARKUP = st.lists(st.sampled_from(_TAGS.split(" ")), max_size=60).map(
    lambda parts: " ".join(parts).encode("utf-8")
)
_TEXT = st.text(
    st.sampled_from("aA.,:\n\r\t 0129/-|©\u2028\u200b\u202e\u00ad\ufeff年月ÄЖ\x0b\x1f\U0001f600"),
    max_size=300,
).map(lambda text: text.encode("utf-8"))


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(_MUTATED | _MARKUP | _TEXT | st.binary(max_size=400))
def test_hostile_input_ends_in_a_document_or_an_input_error(data: bytes) -> None:
    _check(data)


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 1_500_000,
        b"word " * 300_000,
        b"a\n" * 100_000,
        b"<p>" * 100_000,
        b"<html>" + b"<b>x" * 20_000,
        b"<!--" * 100_000,
        b"<html><body>" + b"&amp;" * 200_000,
        b"[" * 200_000,
        b"# a\n" + b"*" * 100_000,
        b"> " * 100_000,
        b"From: a@b.example\nTo: c\nSubject: " + b"=?utf-8?q?x?=" * 20_000 + b"\n\nwords",
        b"Message-ID: <1>\nFrom: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 50_000,
        b"01/02/2003 " * 50_000,
        b"6 Oct " * 100_000,
        ("\u202e\u200b" * 100_000 + "words").encode(),
        b"http://" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_long_monotone_input_is_bounded(data: bytes) -> None:
    _check(data)
