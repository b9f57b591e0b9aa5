"""The rule book: claim types with cues and examples, actors with names; data first (``data/``).

The door: `load_codebook` and the shapes it gives, `render_codebook` for people.
"""

from foedus.codebook.load import load_codebook
from foedus.codebook.spec import Codebook

__all__ = ["Codebook", "load_codebook"]
