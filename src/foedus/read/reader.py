"""What an input format is to the rest of the package."""

from collections.abc import Callable
from dataclasses import dataclass, field

from foedus.model.document import PageData
from foedus.model.span import Span
from foedus.read.limits import ReadLimits


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of the bytes.

    Attributes:
        text: The decoded text; see `Document.text`.
        page: What the format says of itself.
        main: Main text as the format tells it, in order, not overlapping; empty when it does not.
    """

    text: str
    page: PageData = field(default_factory=PageData)
    main: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One input format.

    Attributes:
        media_type: The content's media type.
        suits: Whether these bytes are of this format. Takes the bytes and the input's name; the name may
            only decide between formats whose bytes look alike (plain text and Markdown).
        read: Bytes and limits to content; raises `InputError` for what cannot be read.
    """

    media_type: str
    suits: Callable[[bytes, str], bool]
    read: Callable[[bytes, ReadLimits], Content]
