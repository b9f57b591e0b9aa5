"""What a container gives, one thing at a time."""

from dataclasses import dataclass, field

from foedus.model.document import PageData


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a container.

    Attributes:
        name: Its own name, made of its address and what it holds, so that it is unique and the same wherever the
            container lies and whatever else is in it.
        data: Its bytes, their packing for the way taken off.
        given: What the container says of it: address, day it was fetched.
        charset: The charset its server named, untrusted; None when it named none.
    """

    name: str
    data: bytes
    given: PageData = field(default_factory=PageData)
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a container that should have been a document and is none.

    Attributes:
        code: As of an `InputError`.
        message: What it is, why, and what to do.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a container that is no document and need not be one.

    Attributes:
        kind: In a word or two: ``image/png``, ``status 404``, ``teaser``.
    """

    kind: str
