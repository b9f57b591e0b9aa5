"""Bytes to text: byte-order mark, UTF-8, declared charset, mixed, detected."""

import codecs
import re

from charset_normalizer import from_bytes

from foedus.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers do with these labels. Source: WHATWG Encoding Standard, "Names and labels".
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "x-cp1251": "cp1251",
    "win-1251": "cp1251",
    "unicode": "utf-16-le",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
}
# Codecs that do not turn bytes into text, or that nobody serves and that decode anything.
_REFUSED = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf_7"}
)
_SINGLE_BYTE_ESCAPE = re.compile(r"[\udc80-\udcff]+")
_MULTIBYTE = re.compile(r"[\u0080-\ud7ff\ue000-\U0010ffff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NON_ASCII = re.compile(rb"[\x80-\xff]+")
# C0 controls that no text has; tab, line feed, form feed, carriage return and escape sequences aside.
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B})
_ASCII = bytes(range(0x80))
# Quotes, dashes, ellipsis, signs and guillemets: the same characters in every Windows code page.
_TYPOGRAPHIC = bytes(
    [0x82, 0x84, 0x85, *range(0x91, 0x98), 0x99, 0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xB1, 0xB7, 0xBB]
)
_SAMPLE_BYTES = 12_000
_MAX_CONTROL_SHARE = 0.02
_REPLACEMENT = "\ufffd"


def decode_bytes(data: bytes, *, declared: str | None = None) -> str:
    """Turn bytes into text, one way for the whole input.

    In this order: byte-order mark; UTF-16 without a mark (every other byte is zero); UTF-8 when all of it
    is; UTF-8 with stray bytes of a Windows code page when most of it is; the declared charset when it
    fits; the charset that looks likeliest. Bytes without meaning become U+FFFD, and so do NUL and lone
    surrogates: stores and parsers cannot hold them.

    Args:
        data: The content without its packing.
        declared: Charset label from a header, meta element or XML declaration, untrusted.

    Raises:
        InputError: ``binary`` when the bytes are no text in any charset.
    """
    return _make_storable(_decode(data, declared))


def has_bom(data: bytes) -> bool:
    """Whether `data` begins with a byte-order mark of a Unicode encoding."""
    return any(data.startswith(bom) for bom, _ in _BOMS)


def _decode(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    wide = _guess_wide(data)
    if wide is not None:
        return data.decode(wide, "replace")
    if is_binary(data):
        raise InputError("binary", "content is not text in any known charset: convert it or leave it out")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mixed = _decode_mixed(data)
    if mixed is not None:
        return mixed
    named = _find_codec(declared)
    if named is not None and _fits(data, named):
        return data.decode(named, "replace")
    return data.decode(_guess_encoding(data), "replace")


def is_binary(data: bytes) -> bool:
    """Whether `data` holds more control bytes than text in any charset does."""
    sample = data[:_SAMPLE_BYTES] + data[-_SAMPLE_BYTES:]
    if not sample:
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(4, _MAX_CONTROL_SHARE * len(sample))


def _guess_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of mostly Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or 0 not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _decode_mixed(data: bytes) -> str | None:
    """UTF-8 with stray single bytes, or None when the stray bytes are not the exception."""
    text = data.decode("utf-8", "surrogateescape")
    strays = sum(len(run) for run in _SINGLE_BYTE_ESCAPE.findall(text))
    if strays > len(_MULTIBYTE.findall(text)):
        return None
    code_page = "cp1251" if len(_CYRILLIC.findall(text)) > strays else "cp1252"
    return _SINGLE_BYTE_ESCAPE.sub(
        lambda run: run.group().encode("utf-8", "surrogateescape").decode(code_page, "replace"), text
    )


def _find_codec(label: str | None) -> str | None:
    if label is None:
        return None
    name = label.strip().strip("\"'").lower()
    name = _LABELS.get(name, name)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding or codec.name.replace("-", "_") in _REFUSED:
        return None
    return name


def _fits(data: bytes, encoding: str) -> bool:
    """Whether the declared charset decodes nearly all of it without holes or C1 controls."""
    try:
        text = data.decode(encoding, "replace")
    except (UnicodeError, ValueError):
        return False
    bad = text.count(_REPLACEMENT) + sum(1 for char in text if "\x7f" <= char <= "\x9f")
    return bad <= max(2, len(text) // 500)


def _guess_encoding(data: bytes) -> str:
    """The likeliest charset of bytes that are not UTF-8; Windows-1252 when nothing is likely."""
    if not data.translate(None, _ASCII + _TYPOGRAPHIC):
        return "cp1252"
    sample = data
    if len(data) > _SAMPLE_BYTES:
        first = _NON_ASCII.search(data)
        start = max(0, first.start() - _SAMPLE_BYTES // 4) if first else 0
        sample = data[start : start + _SAMPLE_BYTES]
    best = from_bytes(sample).best()
    return "cp1252" if best is None else _LABELS.get(best.encoding, best.encoding)


def _make_storable(text: str) -> str:
    text = text.replace("\0", _REPLACEMENT)
    return _SURROGATE.sub(_REPLACEMENT, text)
