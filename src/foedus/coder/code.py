"""From an article to its claims."""

from collections.abc import Iterator, Sequence

from foedus.codebook import Codebook
from foedus.coder.decide import Deed, Modality, load_modality, weigh_types
from foedus.coder.encoder import NONE, load_encoder
from foedus.coder.quantities import load_numbers
from foedus.coder.scene import Line, Tools, read_scene
from foedus.coder.write import Writer
from foedus.errors import InputError
from foedus.lang import LANGUAGES, load_language
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType
from foedus.model.document import Document
from foedus.syntax import load_analyser

MIN_CLAIM = 0.35
"""A candidate is written down when it is a claim with at least this probability (`eval/passages.py`)."""


def code_article(document: Document, article: Article, codebook: Codebook) -> tuple[Claim, ...]:
    """Claims of an article, in order of their evidence.

    Args:
        document: Where the article stands.
        article: The article.
        codebook: Types and actors.

    Returns:
        Claims; every `spans` offset points into the document's decoded text.

    Raises:
        InputError: Code ``language``: Foedus cannot code the article's language.
    """
    tools = _load_tools(codebook, article.language)
    if tools is None:
        message = (
            f"article {article.number} is in language {article.language!r}, which cannot be coded yet; "
            f"only {', '.join(LANGUAGES)} can: its text and date are kept, no claims are written"
        )
        raise InputError("language", message)
    lines = read_scene(document, article, tools)
    modality = load_modality(tools.language)
    writer = Writer(document, article, codebook, tools.words, load_numbers(tools.language), modality)
    claims: dict[str, Claim] = {}
    for line in lines:
        deeds = pick_deeds(line, modality)
        for deed in deeds:
            for claim in writer.write(line, deed, deeds):
                claims.setdefault(claim.id, claim)
    return tuple(_without_echoes(tuple(claims.values()), lines))


_tools: dict[tuple[str, str], Tools] = {}


def _load_tools(codebook: Codebook, language: str) -> Tools | None:
    """Tools for a codebook and a language, built once a process."""
    key = (codebook.fingerprint, language)
    if key not in _tools:
        analyser = load_analyser(language)
        if analyser is None or language not in LANGUAGES:
            return None
        _tools[key] = Tools(codebook, load_language(language), analyser, load_encoder())
    return _tools[key]


def pick_deeds(line: Line, modality: Modality, least: float = MIN_CLAIM) -> tuple[Deed, ...]:
    """Candidates of a sentence that are claims with a probability of at least `least`.

    Of two that tell one deed only the surer is taken.
    """
    found: list[Deed] = []
    for candidate, shares in weigh_types(line, modality):
        if 1.0 - shares[NONE] < least:
            continue
        claim_type = max(ClaimType, key=lambda t: shares.get(t.value, 0.0))
        found.append(Deed(candidate, claim_type, 1.0 - shares[NONE]))
    kept: list[Deed] = []
    for deed in sorted(found, key=lambda d: (-d.probability, d.candidate.index)):
        if not any(_is_same_deed(line, deed, other) for other in kept):
            kept.append(deed)
    kept.sort(key=lambda deed: deed.candidate.index)
    return tuple(kept)


def _is_same_deed(line: Line, one: Deed, other: Deed) -> bool:
    """Whether two cues of one type tell one deed: one hangs on the other without a clause between them."""
    if one.type is not other.type:
        return False
    sentence = line.sentence
    a, b = one.candidate.index, other.candidate.index
    for low, high in ((a, b), (b, a)):
        way: list[int] = []
        for ancestor in [low, *sentence.iter_ancestors(low)]:
            if ancestor == high:
                return not any(
                    sentence[node].dep in ("conj", "relcl", "advcl", "ccomp", "parataxis") for node in way
                )
            way.append(ancestor)
    return False


def _without_echoes(claims: Sequence[Claim], lines: Sequence[Line]) -> Iterator[Claim]:
    """Leave out claims of the headline that the body makes too (contract, section 2)."""
    titles = [line.place(0, len(line.sentence) - 1) for line in lines if line.paragraph.is_title]
    body = [claim for claim in claims if not any(title.holds(claim.evidence) for title in titles)]
    for claim in claims:
        if claim in body:
            yield claim
            continue
        codes = {actor.code for actor in claim.actors}
        if any(
            other.type is claim.type and (codes & {a.code for a in other.actors} or not codes)
            for other in body
        ):
            continue
        yield claim
