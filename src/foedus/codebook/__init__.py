"""The rule book: claim types with cues and examples, actors with names; data first (``data/``).

The door: `load_codebook` and the shapes it gives, `render_codebook` for people.
"""

from foedus.codebook.load import load_codebook
from foedus.codebook.render import render_codebook
from foedus.codebook.spec import (
    ActorKind,
    ActorName,
    ActorSpec,
    Codebook,
    CuePart,
    ExpectedClaim,
    NameKind,
    Passage,
    TypeSpec,
)

__all__ = [
    "ActorKind",
    "ActorName",
    "ActorSpec",
    "Codebook",
    "CuePart",
    "ExpectedClaim",
    "NameKind",
    "Passage",
    "TypeSpec",
    "load_codebook",
    "render_codebook",
]
