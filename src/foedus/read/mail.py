"""E-mail (``.eml``): subject and the part that people read."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from foedus.errors import InputError
from foedus.model.document import PageData
from foedus.model.span import Span
from foedus.read.decode import decode_bytes
from foedus.read.html import read_html_text
from foedus.read.limits import ReadLimits
from foedus.read.reader import Content, Reader

MEDIA_TYPE = "message/rfc822"

_HEADER_LINE = rb"[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50}"
_HEADER = re.compile(rb"\A(?:From [^\r\n]{1,300}\r?\n)?((?:" + _HEADER_LINE + rb"){2,200}?)\r?\n")
_NAME = re.compile(rb"^([A-Za-z][A-Za-z0-9-]+):", re.MULTILINE)
_HEADER_BYTES = 64_000
# Headers that only mail has; the others are ordinary words at the beginning of a line.
_SURE = frozenset((b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"x-mailer"))
_USUAL = frozenset((b"from", b"to", b"subject", b"date", b"reply-to", b"content-type"))
_MIN_USUAL = 3
# The headers of a mail that another one holds, as mail programs write them into its text.
_FORWARDED_LINE = re.compile(
    r"^[*>\s]{0,6}(From|Date|Sent|Subject|To|Cc)[*]?:[*]?[ \t]{1,4}([^\r\n]{1,500})$", re.MULTILINE
)
_FORWARDED = re.compile(
    r"^[*>\s]{0,6}From[*]?:[*]?[ \t][^\r\n]{1,500}\r?\n"
    r"(?:[*>\s]{0,6}(?:Date|Sent|Subject|To|Cc)[*]?:[*]?[ \t][^\r\n]{1,500}(?:\r?\n|\Z)){2,4}",
    re.MULTILINE,
)
_FORWARDED_CHARS = 4000
# A text part so many times longer than what the HTML part shows: the HTML is a stub.
_MIN_STUB_RATIO = 3
_SPACE = re.compile(r"\s+")
_MAX_HEADER_CHARS = 2000


def suits_mail(data: bytes, name: str) -> bool:
    """Whether `data` opens with the headers of a mail."""
    match = _HEADER.match(data[:_HEADER_BYTES])
    if match is None:
        return False
    names = {header.lower() for header in _NAME.findall(match.group(1))}
    return (bool(names & _SURE) and bool(names & _USUAL)) or len(names & _USUAL) >= _MIN_USUAL


def read_mail(data: bytes, limits: ReadLimits) -> Content:
    """Read a mail: the subject on the first line, then its HTML part, else its text part. Attachments are left out.

    A text part that says far more than the HTML part is taken instead. A digest of whole mails gives each of them
    with its subject and date on lines of their own. Of a mail that was sent on, title, sender and date are those
    of the mail in it.

    Raises:
        InputError: ``empty`` (no readable part), ``encrypted``, ``too-large`` (too many parts), ``damaged``.
    """
    try:
        message = message_from_bytes(data)
        parts = _list_parts(message, limits)
        page = _to_page_data(message)
        letters = [part for part in parts if part is not message and _is_letter(part)]
        content = _read_letters(letters, limits) if len(letters) > 1 else _read_body(parts, limits)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # The standard parser meets malformed headers with whatever they run into.
        raise InputError(
            "damaged", f"mail cannot be taken apart ({type(error).__name__}): save it again"
        ) from error
    if len(letters) <= 1:
        page = _find_forwarded(content.text, page)
    if page.title is None:
        return Content(content.text, page, content.main)
    head = page.title + "\n\n"
    main = tuple(span.shift(len(head)) for span in content.main)
    if main:
        main = (Span(0, len(page.title)), *main)
    return Content(head + content.text, page, main)


def _list_parts(message: Message, limits: ReadLimits) -> list[Message]:
    parts: list[Message] = []
    for part in message.walk():
        parts.append(part)
        if len(parts) > limits.max_parts:
            raise InputError(
                "too-large", f"mail of more than {limits.max_parts} parts: save the ones that matter"
            )
    return parts


def _is_letter(part: Message) -> bool:
    """Whether a part is a mail of its own, with a subject."""
    return part.get("Subject") is not None and part.get("From") is not None


def _read_letters(letters: list[Message], limits: ReadLimits) -> Content:
    """The mails of a digest one after the other."""
    texts: list[str] = []
    for letter in letters:
        try:
            body = _read_body(list(letter.walk()), limits).text
        except InputError as error:
            if error.code != "empty":
                raise
            continue
        texts.append(f"{_header(letter, 'Subject')}\n{_header(letter, 'Date') or ''}\n\n{body}")
    if not texts:
        raise InputError("empty", "digest without a mail that has text: nothing to read")
    return Content("\n\n".join(texts))


def _read_body(parts: list[Message], limits: ReadLimits) -> Content:
    if any(part.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime") for part in parts):
        raise InputError("encrypted", "mail is encrypted: save its text")
    plain = _find_text(parts, "text/plain")
    html = _find_text(parts, "text/html")
    if html is not None:
        try:
            content = read_html_text(html, limits)
        except InputError as error:
            if error.code != "empty":
                raise
        else:
            if plain is None or len(plain) <= _MIN_STUB_RATIO * len(content.text):
                return content
    if plain is None:
        raise InputError("empty", "mail has no text or HTML part: nothing to read")
    return Content(plain.strip("\r\n"))


def _find_text(parts: list[Message], media_type: str) -> str | None:
    """The first part of a type that is no attachment and not blank, decoded."""
    for part in parts:
        if part.get_content_type() != media_type or part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            return decode_bytes(payload, declared=part.get_content_charset())
    return None


def _find_forwarded(text: str, page: PageData) -> PageData:
    """What a mail says of itself, or of the mail in it when it was sent on.

    Args:
        text: Its body.
        page: What its own headers say.
    """
    block = _FORWARDED.search(text[:_FORWARDED_CHARS])
    if block is None:
        return page
    found = {name.casefold(): value.strip() for name, value in _FORWARDED_LINE.findall(block.group())}
    sender = parseaddr(found.get("from", ""))
    return replace(
        page,
        title=found.get("subject") or page.title,
        publisher=sender[0] or sender[1].rpartition("@")[2].lower() or page.publisher,
        published=found.get("date") or found.get("sent") or page.published,
        published_field="forwarded Date" if found.get("date") or found.get("sent") else page.published_field,
    )


def _to_page_data(message: Message) -> PageData:
    name, address = parseaddr(_header(message, "From") or "")
    domain = address.rpartition("@")[2].lower() or None
    published = _header(message, "Date")
    return PageData(
        title=_header(message, "Subject"),
        publisher=name or domain,
        published=published,
        published_field="mail Date" if published else None,
        language=_header(message, "Content-Language"),
    )


def _header(message: Message, name: str) -> str | None:
    """A header's words, encoded parts decoded; None when it is missing or empty."""
    raw = message.get(name)
    if raw is None:
        return None
    # The standard decoder's time grows with the square of a header's length.
    value = str(raw)[:_MAX_HEADER_CHARS]
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        parts = [(value, None)]
    words = "".join(
        decode_bytes(part, declared=charset) if isinstance(part, bytes) else part for part, charset in parts
    )
    cleaned = words.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return _SPACE.sub(" ", cleaned).strip()[:500] or None


READER = Reader(MEDIA_TYPE, suits_mail, read_mail)
