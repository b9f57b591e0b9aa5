"""Citations: numbered as they are first used, one for each stretch of words."""

from foedus.matching import Weighed
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.views.grading import find_letter
from foedus.views.shapes import Citation
from foedus.views.wording import tell_published


class Citer:
    """Gives numbers to the words that statements rest on.

    Args:
        weighed: Judgements, for the grades of publishers, shown behind their names; None shows none.
    """

    def __init__(self, weighed: Weighed | None = None) -> None:
        self._weighed = weighed or Weighed()
        self._citations: dict[tuple[str, int, int], Citation] = {}

    def cite(self, claim: Claim, article: Article | None) -> int:
        """The number of the words that carry `claim`; the same words always have the same."""
        key = (claim.document, claim.evidence.start, claim.evidence.end)
        if key not in self._citations:
            self._citations[key] = Citation(
                number=len(self._citations) + 1,
                publisher=self._name(article),
                title=article.title if article else None,
                published=tell_published(article),
                document=claim.document,
                article=claim.article,
                start=claim.evidence.start,
                end=claim.evidence.end,
                quote=claim.quote,
            )
        return self._citations[key].number

    def _name(self, article: Article | None) -> str | None:
        """The publisher, with the letter that people gave it: ``Fjord Weekly (B)``."""
        publisher = article.publisher if article else None
        letter = find_letter(self._weighed, publisher)
        return f"{publisher} ({letter})" if letter else publisher

    def list(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(self._citations.values())
