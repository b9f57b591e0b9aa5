"""From an article to its claims."""

from collections.abc import Iterator, Sequence

from foedus.codebook import Codebook
from foedus.coder.clause import find_evidence
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
from foedus.model.span import Span
from foedus.syntax import Sentence, load_analyser

MIN_CLAIM = 0.3
"""A deed is written down when it is a claim, of whatever type, with at least this probability; when a surer one is told
in the same clause, its type must have it (docs/benchmarks.md)."""

SURE_ALONE = 0.5
"""A word that is a claim with a higher probability tells a deed of its own."""

SUREST = 0.98
"""Sums of several words may pass 1; no deed is surer than this."""

LEAST_ALONE = 0.12
"""A word that is one with a lower probability only helps others."""

HELPING_ARCS = 2
"""Words so many arcs apart may tell one deed."""

_CLAUSES = frozenset({"conj", "relcl", "advcl", "ccomp", "parataxis"})
_WHOLE = frozenset({ClaimType.CONSULTATION, ClaimType.CLASH})
"""A meeting and what was talked of there, a blow and whom it hit are one deed, also where each has a clause; but not
where another doer is named for the second ("the army shelled the town, and the rebels fired back")."""


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
    writer = Writer(document, article, codebook, tools.words, load_numbers(tools.language), modality, lines)
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
    """Deeds told in a sentence with a probability of at least `least`, in the order of their cues.

    Several words tell one deed ("carried out a joint exercise"), and the models share its probability out among
    them. So what they say of words that hang on one another is added up, and the surest word is the cue; a word
    that is sure by itself tells a deed of its own. Of two deeds of one type that hang together only the surer
    is taken; of meetings and blows also where there is a clause between them ("met …, where they discussed …").
    What may be told beside a surer deed in one clause must itself be of its type with that probability.
    """
    weighed = sorted(weigh_types(line, modality), key=lambda pair: (pair[1][NONE], pair[0].index))
    told: set[int] = set()
    found: list[Deed] = []
    for candidate, shares in weighed:
        if candidate.index in told or 1.0 - shares[NONE] < LEAST_ALONE:
            continue
        helping = [
            (other, theirs)
            for other, theirs in weighed
            if other is not candidate
            and other.index not in told
            and 1.0 - theirs[NONE] <= SURE_ALONE
            and _hang_together(line, candidate.index, other.index, HELPING_ARCS)
        ]
        sums = {
            claim_type: sum(some.get(claim_type.value, 0.0) for some in (shares, *(s for _, s in helping)))
            for claim_type in ClaimType
        }
        if sum(sums.values()) < least:
            continue
        told.update((candidate.index, *(other.index for other, _ in helping)))
        likeliest = max(ClaimType, key=lambda claim_type: sums[claim_type])
        deed = Deed(candidate, likeliest, min(sums[likeliest], SUREST))
        whole = deed.type in _WHOLE
        if not any(
            other.type is deed.type
            and _hang_together(line, deed.candidate.index, other.candidate.index, whole=whole)
            for other in found
        ):
            found.append(deed)
    return tuple(sorted(_without_doubtful(line, found, least), key=lambda deed: deed.candidate.index))


def _without_doubtful(line: Line, deeds: Sequence[Deed], least: float) -> Iterator[Deed]:
    """Leave out deeds of less likely types whose clause holds that of a surer one, or is held by it."""
    cues = frozenset(deed.candidate.index for deed in deeds)

    def clause(deed: Deed) -> Span:
        index = deed.candidate.index
        return line.place(*find_evidence(line.sentence, index, cues - {index}))

    kept: list[Deed] = []
    for deed in sorted(deeds, key=lambda deed: (-deed.probability, deed.candidate.index)):
        if deed.probability < least:
            own = clause(deed)
            if any(own.holds(other) or other.holds(own) for other in map(clause, kept)):
                continue
        kept.append(deed)
        yield deed


def _hang_together(line: Line, one: int, other: int, arcs: int | None = None, *, whole: bool = False) -> bool:
    """Whether one word hangs on the other, over at most so many arcs, and over none of those that begin clauses.

    Where a deed of the type is told in several clauses (`whole`), only clauses with a doer of their own count.
    """
    sentence = line.sentence
    for low, high in ((one, other), (other, one)):
        way: list[int] = []
        for ancestor in [low, *sentence.iter_ancestors(low)]:
            if ancestor == high:
                is_near = arcs is None or len(way) <= arcs
                return is_near and not any(_begins_clause(sentence, node, whole) for node in way)
            way.append(ancestor)
    return False


def _begins_clause(sentence: Sentence, node: int, whole: bool) -> bool:
    dep = sentence[node].dep
    if whole:
        return dep == "conj" and sentence.child(node, "nsubj", "nsubjpass") is not None
    return dep in _CLAUSES


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
