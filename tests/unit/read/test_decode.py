"""Bytes to text. All texts were written for these tests."""

import codecs

import pytest

from foedus.errors import InputError
from foedus.read.decode import decode_bytes

RUSSIAN = "Министры обороны двух стран подписали соглашение о совместной подготовке войск на полигоне."
GERMAN = "Die Minister unterzeichneten in München ein Abkommen über gemeinsame Übungen der Grenztruppen."
FRENCH = "Les ministres ont signé à Kampala un accord sur l’entraînement des troupes frontalières."


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(bom: bytes, encoding: str) -> None:
    assert decode_bytes(bom + RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    assert decode_bytes(GERMAN.encode(encoding)) == GERMAN


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    assert decode_bytes(RUSSIAN.encode(), declared="windows-1251") == RUSSIAN


@pytest.mark.parametrize("label", ["windows-1251", "cp1251", "win-1251", ' "WINDOWS-1251" '])
def test_a_declared_charset(label: str) -> None:
    assert decode_bytes(RUSSIAN.encode("cp1251"), declared=label) == RUSSIAN


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode_bytes("“Übung” – Ende".encode("cp1252"), declared="ISO-8859-1") == "“Übung” – Ende"


@pytest.mark.parametrize(
    "label", ["no-such-charset", "base64", "rot13", "unicode_escape", "x" * 500, "utf\0-8"]
)
def test_absurd_declarations_are_ignored(label: str) -> None:
    assert decode_bytes(FRENCH.encode("cp1252"), declared=label) == FRENCH


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GERMAN, "cp1252")])
def test_an_undeclared_charset_is_detected(text: str, encoding: str) -> None:
    assert decode_bytes((text * 3).encode(encoding)) == text * 3


def test_typographic_bytes_in_plain_english() -> None:
    assert (
        decode_bytes(b"The minister\x92s \x93joint drill\x94 \x96 a first")
        == "The minister’s “joint drill” – a first"
    )


def test_utf_8_with_stray_windows_bytes() -> None:
    data = FRENCH.encode() + b" \x93fin\x94"
    assert decode_bytes(data) == FRENCH + " “fin”"
    data = RUSSIAN.encode() + " и конец".encode("cp1251")
    assert decode_bytes(data) == RUSSIAN + " и конец"


def test_nul_and_surrogates_cannot_be_stored() -> None:
    assert decode_bytes(b"a\0b with some more words") == "a\ufffdb with some more words"
    assert "\ud800" not in decode_bytes(codecs.BOM_UTF16_LE + b"a\0\x00\xd8b\0")


def test_line_ends_and_invisible_marks_stay() -> None:
    text = "one\r\ntwo\u200b\u202ethree\x0bfour"
    assert decode_bytes(text.encode()) == text


def test_binary_content_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        decode_bytes(bytes(range(256)) * 20)
    assert caught.value.code == "binary"
