"""Plain text: decoded as it is, never rewritten."""

from foedus.errors import InputError
from foedus.read.decode import decode_bytes
from foedus.read.limits import ReadLimits
from foedus.read.reader import Content, Reader

MEDIA_TYPE = "text/plain"


def suits_text(data: bytes, name: str) -> bool:
    """Always: plain text is what is left when no other format suits; decoding tells binary content apart."""
    return True


def read_text(data: bytes, limits: ReadLimits) -> Content:
    """Decode plain text.

    Raises:
        InputError: ``binary``, ``empty`` (white space only).
    """
    text = decode_bytes(data)
    if not text.strip():
        raise InputError("empty", "holds no text: nothing to read")
    return Content(text)


READER = Reader(MEDIA_TYPE, suits_text, read_text)
