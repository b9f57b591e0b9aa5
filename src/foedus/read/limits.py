"""How much a reader may take in. Work is bounded by counts and sizes, so that reading stays reproducible."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Upper bounds for one document; going over one is an `InputError`, never a silent cut.

    No bound is a clock: the same bytes give the same result on any machine. A wall-clock guard around a
    whole item belongs to whoever runs the step.

    Attributes:
        max_bytes: Size of the input, packed and unpacked, in bytes.
        max_ratio: Unpacked over packed size above which a gzip or zip of more than `min_bomb_bytes` is a bomb.
        min_bomb_bytes: Unpacked size in bytes below which any ratio is allowed.
        max_layers: Gzip layers around the content.
        max_depth: Nesting of elements in marked-up text.
        max_elements: Elements in marked-up text.
        max_markup_bytes: Size of marked-up text (HTML, Markdown, XML inside DOCX), in bytes.
        max_brackets: Opening square brackets in one paragraph of Markdown: each is tried as a link to its end.
        max_pages: Pages of a PDF.
        max_chars: Code points of the decoded text.
        max_lines: Lines of the decoded text.
        max_parts: Parts of an e-mail, nested ones included.
    """

    max_bytes: int = 64 * _MIB
    max_ratio: int = 200
    min_bomb_bytes: int = 8 * _MIB
    max_layers: int = 2
    max_depth: int = 1000
    max_elements: int = 400_000
    max_markup_bytes: int = 24 * _MIB
    max_brackets: int = 2_000
    max_pages: int = 3000
    max_chars: int = 64 * _MIB
    max_lines: int = 200_000
    max_parts: int = 200


DEFAULT_LIMITS = ReadLimits()
