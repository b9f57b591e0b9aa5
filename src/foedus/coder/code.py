"""From an article to its claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.codebook import Codebook, TypeSpec
from foedus.coder.clause import find_evidence, find_subject, governor
from foedus.coder.cues import Candidate
from foedus.coder.decide import (
    Modality,
    Part,
    find_parts,
    load_modality,
    pick_stage,
    pick_status,
    settle,
    weigh_types,
    with_speaker,
)
from foedus.coder.details import find_agents, find_places, find_subject_phrase, find_time
from foedus.coder.encoder import NONE, load_encoder
from foedus.coder.quantities import find_quantities
from foedus.coder.scene import Line, Tools, read_scene
from foedus.coder.units import Unit, Words
from foedus.errors import InputError
from foedus.lang import LANGUAGES, load_language
from foedus.model.actor import Actor
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.document import Document
from foedus.model.ids import make_id
from foedus.model.span import Span
from foedus.model.when import When
from foedus.syntax import load_analyser

MIN_CLAIM = 0.35
"""A candidate is written down when it is a claim with at least this probability (measured: docs/benchmarks.md)."""

_SPOKEN = frozenset({ClaimType.APPEAL, ClaimType.ACCUSATION, ClaimType.THREAT, ClaimType.REFUSAL})


@dataclass(frozen=True, slots=True)
class _Deed:
    """A candidate taken for a claim."""

    candidate: Candidate
    type: ClaimType
    probability: float


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
    claims: list[Claim] = []
    seen: set[str] = set()
    last: Mapping[str, str] = {}
    for line in lines:
        deeds = pick_deeds(line, modality)
        for deed in deeds:
            claim = _write(document, article, codebook, line, deed, deeds, modality, tools.words, last)
            if claim.id in seen:
                continue
            seen.add(claim.id)
            claims.append(claim)
            if claim.actors:
                last = {actor.code: actor.role.value for actor in claim.actors}
    return tuple(_without_echoes(claims, lines))


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


def pick_deeds(line: Line, modality: Modality, least: float = MIN_CLAIM) -> tuple[_Deed, ...]:
    """Candidates of a sentence that are claims with a probability of at least `least`.

    Of two that tell one deed only the surer is taken.
    """
    found: list[_Deed] = []
    for candidate, shares in weigh_types(line, modality):
        if 1.0 - shares[NONE] < least:
            continue
        claim_type = max(ClaimType, key=lambda t: shares.get(t.value, 0.0))
        found.append(_Deed(candidate, claim_type, 1.0 - shares[NONE]))
    kept: list[_Deed] = []
    for deed in sorted(found, key=lambda d: (-d.probability, d.candidate.index)):
        if not any(_is_same_deed(line, deed, other) for other in kept):
            kept.append(deed)
    kept.sort(key=lambda deed: deed.candidate.index)
    return tuple(kept)


def _is_same_deed(line: Line, one: _Deed, other: _Deed) -> bool:
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


def _write(
    document: Document,
    article: Article,
    codebook: Codebook,
    line: Line,
    deed: _Deed,
    deeds: Sequence[_Deed],
    modality: Modality,
    words: Words,
    last: Mapping[str, str],
) -> Claim:
    candidate = deed.candidate
    spec = codebook.types[deed.type]
    others = frozenset(other.candidate.index for other in deeds if other is not deed)
    first, final = find_evidence(line.sentence, candidate.index, others)
    status, _ = pick_status(line, candidate, deed.type, modality)
    stage = pick_stage(line, candidate, deed.type, status, modality)
    parts = settle(find_parts(line, candidate, deed.type, status, symmetric=spec.symmetric, last=last))
    if deed.type in _SPOKEN:
        parts = with_speaker(line, candidate, parts)
    spans: dict[str, tuple[Span, ...]] = {"status": (line.place(candidate.index, candidate.index),)}
    if stage is not None:
        spans["stage"] = spans["status"]
    if parts:
        named = {line.place(part.unit.first, part.unit.last) for part in parts if part.unit is not None}
        spans["actors"] = tuple(sorted(named)) or spans["status"]
    agents = _find_agents(line, parts, (first, final), spans)
    speaker, via = _find_speaker(line, candidate, deed.type, spans)
    speech = line.speech_of(candidate.index)
    if speech is not None and speech.is_named and speaker == speech.name and speaker not in agents:
        agents = (*agents, speaker)
        spans["agents"] = (*spans.get("agents", ()), *spans["attributed_to"])
    subject = _find_subject(line, candidate, deed.type, (first, final), spans)
    places = find_places(line, candidate, deed.type, (first, final), words.places)
    if places:
        spans["place"] = tuple(line.place(a, b) for a, b, _ in places)
    when, recurrence = _find_when(line, candidate, (first, final), others, spans)
    quantities = [found for found in find_quantities(line) if first <= found.first and found.last <= final]
    if quantities:
        spans["quantities"] = tuple(line.place(found.first, found.last) for found in quantities)
    evidence = line.place(first, final)
    quote = evidence.cut(document.text)
    claim_id = make_id(
        "c", document.name, document.digest, article.number, deed.type, evidence.start, evidence.end,
        spans["status"][0].start,
    )  # fmt: skip
    return Claim(
        id=claim_id,
        document=document.name,
        article=article.number,
        type=deed.type,
        stage=stage,
        plover=pick_plover(spec, candidate, stage, status),
        actors=tuple(Actor(part.code, part.role) for part in parts),
        agents=agents,
        subject=subject,
        place=tuple(name for _, _, name in places),
        when=when,
        status=status,
        attributed_to=speaker,
        via=via,
        recurrence=recurrence,
        quantities=tuple(found.quantity for found in quantities),
        evidence=evidence,
        quote=quote,
        spans=spans,
        confidence=round(deed.probability, 2),
    )


def pick_plover(spec: TypeSpec, candidate: Candidate, stage: Stage | None, status: Status) -> Plover:
    """PLOVER root of a claim: by its cue, its stage, its status, else the type's usual one."""
    if status is Status.DENIED and "denied" in spec.plover_by:
        return spec.plover_by["denied"]
    if spec.type in candidate.plovers:
        return candidate.plovers[spec.type]
    if stage is not None and stage.value in spec.plover_by:
        return spec.plover_by[stage.value]
    return spec.plover_by.get(status.value, spec.plover)


def _find_agents(
    line: Line, parts: Sequence[Part], evidence: tuple[int, int], spans: dict[str, tuple[Span, ...]]
) -> tuple[str, ...]:
    """People and named bodies that stand in the evidence, or that a role was given to."""
    found = find_agents(line, evidence)
    names = {name for _, name in found}
    found += [(p.unit, p.unit.agent) for p in parts if p.unit and p.unit.agent and p.unit.agent not in names]
    if found:
        spans["agents"] = tuple(line.place(unit.first, unit.last) for unit, _ in found)
    return tuple(dict.fromkeys(name for _, name in found))


def _find_speaker(
    line: Line, candidate: Candidate, claim_type: ClaimType, spans: dict[str, tuple[Span, ...]]
) -> tuple[str | None, tuple[str, ...]]:
    """Who answers for a claim, and through whom the words came.

    For an act of speech that is its subject, whoever tells of it; for all else the one who tells it.
    """
    speech = line.speech_of(candidate.index)
    via = ()
    if speech is not None and speech.is_outlet and speech.name:
        via = (speech.name, *speech.via)
    elif speech is not None:
        via = speech.via
    told = line.place(candidate.index, candidate.index)
    if speech is not None and speech.subject is not None:
        told = line.place(*speech.subject)
    actor = _find_actor(line, candidate) if claim_type in _SPOKEN else None
    if actor is not None:
        spans["attributed_to"] = (line.place(actor.first, actor.last),)
        if via:
            spans["via"] = (told,)
        return actor.agent, via
    if speech is None or speech.name is None:
        return None, ()
    spans["attributed_to"] = (told,)
    if speech.via:
        spans["via"] = (told,)
    return speech.name, speech.via


def _find_actor(line: Line, candidate: Candidate) -> Unit | None:
    """The person or named body that does an act of speech: the subject of its verb; None for a state or nobody."""
    subject = find_subject(line.sentence, governor(line.sentence, candidate.index))
    if subject is None:
        return None
    return next(
        (
            unit
            for unit in line.units
            if unit.agent and unit.first <= subject <= unit.last and unit.kind != "outlet"
        ),
        None,
    )


def _find_subject(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    evidence: tuple[int, int],
    spans: dict[str, tuple[Span, ...]],
) -> str | None:
    found = find_subject_phrase(line, candidate, claim_type, evidence)
    if found is None:
        return None
    spans["subject"] = (line.place(*found),)
    return line.words(*found).strip(" ,\"“”'") or None


def _find_when(
    line: Line,
    candidate: Candidate,
    evidence: tuple[int, int],
    others: frozenset[int],
    spans: dict[str, tuple[Span, ...]],
) -> tuple[When | None, str | None]:
    mention = find_time(line, candidate, evidence, others)
    if mention is None:
        return None, None
    if mention.when is not None:
        spans["when"] = (mention.span,)
    if mention.recurrence is not None:
        spans["recurrence"] = (mention.span,)
    return mention.when, mention.recurrence


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
