"""The coder: from an article to the claims that a careful analyst would sign."""

from foedus.coder.code import code_article

__all__ = ["code_article"]
