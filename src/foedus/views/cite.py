"""Citations: numbered as they are first used, one for each stretch of words."""

from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.views.shapes import Citation
from foedus.views.wording import tell_published


class Citer:
    """Gives numbers to the words that statements rest on."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    def cite(self, claim: Claim, article: Article | None) -> int:
        """The number of the words that carry `claim`; the same words always have the same."""
        key = (claim.document, claim.evidence.start, claim.evidence.end)
        if key not in self._citations:
            self._citations[key] = Citation(
                number=len(self._citations) + 1,
                publisher=article.publisher if article else None,
                title=article.title if article else None,
                published=tell_published(article),
                document=claim.document,
                article=claim.article,
                start=claim.evidence.start,
                end=claim.evidence.end,
                quote=claim.quote,
            )
        return self._citations[key].number

    def list(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(self._citations.values())
