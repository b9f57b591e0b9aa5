"""What goes into a ledger in one piece: an input and everything that comes from it."""

from dataclasses import dataclass

from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.run import Problem


@dataclass(frozen=True, slots=True)
class Facts:
    """One input as a version of Foedus understands it.

    Attributes:
        name: Name of the input.
        root: Absolute path of the folder that `name` is relative to.
        digest: SHA-256 of its bytes, lower-case hex; or words that say why the bytes gave nothing (their number,
            the time allowed); empty when the failure may pass, so that the next build tries again.
        document: The input as read, or None when it could not be read; `problems` then says why.
        articles: In reading order.
        claims: By article, in reading order.
        problems: What a person should know about it.
    """

    name: str
    root: str
    digest: str
    document: Document | None
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """An input that the ledger already holds.

    Attributes:
        name: Name of the input.
        root: Absolute path of the folder it was found in.
        digest: As in `Facts`.
        version: The version of Foedus and its codebook that made them.
        gone: Whether the last build over its folder did not find it.
    """

    name: str
    root: str
    digest: str
    version: str
    gone: bool
