"""What the models say: which candidates are claims, of which type, how sure; status, stage and roles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp, log

from foedus.coder.cues import Candidate, lemma_of, part_of
from foedus.coder.encoder import NONE, TYPES, load_encoder
from foedus.coder.features import (
    iter_carried_features,
    iter_role_features,
    iter_stage_features,
    iter_status_features,
    iter_type_features,
)
from foedus.coder.linear import load_model
from foedus.coder.mixing import FLOOR, mix
from foedus.coder.scene import Line
from foedus.coder.units import Unit
from foedus.lang import Language
from foedus.model.actor import Role
from foedus.model.claim import AGREEMENT_STAGES, TRANSFER_STAGES, ClaimType, Stage, Status

SCALE, SHIFT = 0.777, 0.318
"""From the models' log-odds to those of being right: fitted on gold and own articles by `eval/calibrate.py`."""

UNLISTED = log(0.5)
"""A word that no cue list has is a candidate where the encoder gives `NONE` at most this log-probability."""

SURELY_NONE = log(0.99)
"""A word to which the encoder gives `NONE` with a higher log-probability is no candidate: the linear model
hardly ever made it one."""

_ENOUGH = 2
"""So many actors that somebody tells of do a deed without him."""

CARRIED = 4
"""So many of the codes named before a sentence are looked at as its silent actors."""

ONE_SIDED = 5.0
"""A change that makes one side two is made from one in so many on. In the examples several actors stand on one side
alone once in thirty times, and the models know a part of that."""

Modality = Mapping[str, frozenset[str]]


@cache
def load_modality(language: Language) -> Modality:
    """Words by status, from a language's `modality` section."""
    return {
        name: frozenset(str(word) for word in words) for name, words in language.section("modality").items()
    }


@dataclass(frozen=True, slots=True)
class Deed:
    """A candidate taken for a claim.

    Attributes:
        candidate: The cue.
        type: What it carries.
        probability: Of being a claim of that type.
    """

    candidate: Candidate
    type: ClaimType
    probability: float


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in a claim.

    Attributes:
        code: The actor.
        role: Its likeliest role.
        probability: Of having any.
        unit: What names it; None if it is only carried.
        shares: Probability of each role, and of `NONE`.
    """

    code: str
    role: Role
    probability: float
    unit: Unit | None
    shares: Mapping[str, float] = field(default_factory=dict)


def weigh_types(line: Line, modality: Modality) -> tuple[tuple[Candidate, dict[str, float]], ...]:
    """Candidates of a sentence with the probability of each type, and of `NONE`.

    To the words of the cue lists come those that the encoder takes for cues; those that it is sure are none go.
    """
    encoded = None if line.vectors is None else load_encoder().weigh_types(line.vectors)
    listed = {candidate.index: candidate for candidate in line.candidates}
    found = []
    for token in line.sentence.tokens:
        candidate = listed.get(token.index)
        logs = None if encoded is None else dict(zip(TYPES, encoded[token.index].tolist(), strict=True))
        if logs is not None and logs[NONE] > SURELY_NONE:
            continue
        if candidate is None:
            part = part_of(token)
            if logs is None or part is None or logs[NONE] > UNLISTED:
                continue
            candidate = Candidate(token.index, lemma_of(token), part, (), {}, {})
        shares = load_model("type").probabilities(iter_type_features(line, candidate, modality))
        found.append((candidate, mix(shares, logs, "type")))
    return tuple(found)


def pick_status(
    line: Line, candidate: Candidate, claim_type: ClaimType, modality: Modality
) -> tuple[Status, float]:
    """The likeliest status and its probability."""
    shares = load_model("status").probabilities(
        iter_status_features(line, candidate, claim_type.value, modality)
    )
    logs = (
        None
        if line.vectors is None
        else load_encoder().weigh_statuses(line.vectors[candidate.index], claim_type.value)
    )
    mixed = mix(shares, logs, "status")
    name = max(Status, key=lambda status: mixed.get(status.value, 0.0))
    return name, mixed.get(name.value, 0.0)


def pick_stage(
    line: Line, candidate: Candidate, claim_type: ClaimType, status: Status, modality: Modality
) -> Stage | None:
    """The likeliest stage of an agreement or transfer; None for other types."""
    stages = {ClaimType.AGREEMENT: AGREEMENT_STAGES, ClaimType.TRANSFER: TRANSFER_STAGES}.get(claim_type)
    if stages is None:
        return None
    shares = load_model("stage").probabilities(
        iter_stage_features(line, candidate, claim_type.value, status.value, modality)
    )
    logs = (
        None
        if line.vectors is None
        else load_encoder().weigh_stages(line.vectors[candidate.index], claim_type.value)
    )
    mixed = mix(shares, logs, "stage")
    return max(stages, key=lambda stage: mixed.get(stage.value, 0.0))


def carried_codes(line: Line) -> tuple[str, ...]:
    """Codes that may be silent actors of a sentence: named before it, not in it, the latest first."""
    here = {code for unit in line.units for code in unit.codes}
    spoken = [code for speech in line.speeches for code in speech.codes]
    pool = [*reversed(line.before), *line.pair, *spoken]
    return tuple(dict.fromkeys(code for code in pool if code not in here))[:CARRIED]


def find_parts(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    status: Status,
    *,
    symmetric: bool,
    last: Mapping[str, str],
    earlier: Sequence[Line] = (),
) -> tuple[Part, ...]:
    """Actors of a claim with their roles, in order of mention, each code once.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: The claim's type.
        status: The claim's status.
        symmetric: Whether the type's actors are by default all `both`.
        last: Roles by code of the claim written before this one.
        earlier: Sentences before this one in its paragraph.
    """
    model = load_model("role")
    best: dict[str, Part] = {}
    order: list[str] = []
    for unit in line.units_near(candidate.index):
        for code in unit.codes:
            shares: Mapping[str, float] = model.probabilities(
                iter_role_features(line, candidate, claim_type.value, status.value, unit, code, symmetric)
            )
            if line.vectors is not None:
                logs = load_encoder().weigh_roles(
                    line.vectors[candidate.index], line.vectors[unit.head], claim_type.value
                )
                shares = mix(shares, logs, "role")
            _keep_best(best, order, code, unit, shares)
    named = [part for part in best.values() if part.probability >= 0.5]
    here = len(named)
    # "Israel struck": who does it is said, nobody named before does it too.
    is_done_by_named = any(part.role is Role.SOURCE for part in named)
    for recency, code in enumerate(carried_codes(line)):
        shares = model.probabilities(
            iter_carried_features(
                line,
                candidate,
                claim_type.value,
                code,
                here,
                pair=code in line.pair,
                speaker=any(code in speech.codes for speech in line.speeches),
                recency=recency,
                last_claim=last.get(code),
            )
        )
        shares = mix(shares, _weigh_earlier(line, candidate, claim_type, code, earlier), "carried")
        if not (is_done_by_named and _likeliest(shares) is Role.SOURCE):
            _keep_best(best, order, code, None, shares)
    return tuple(best[code] for code in order if best[code].probability >= 0.5)


def _weigh_earlier(
    line: Line, candidate: Candidate, claim_type: ClaimType, code: str, earlier: Sequence[Line]
) -> dict[str, float] | None:
    """What the encoder says of an actor by its latest mention in the paragraph; None where there is none."""
    for other in reversed(earlier):
        for unit in reversed(other.units):
            if code in unit.codes and line.vectors is not None and other.vectors is not None:
                return load_encoder().weigh_roles(
                    line.vectors[candidate.index], other.vectors[unit.head], claim_type.value
                )
    return None


def _keep_best(
    best: dict[str, Part], order: list[str], code: str, unit: Unit | None, shares: Mapping[str, float]
) -> None:
    taken = 1.0 - shares.get(NONE, 0.0)
    role = _likeliest(shares)
    if code not in best:
        order.append(code)
    elif taken <= best[code].probability:
        return
    best[code] = Part(code, role, taken, unit, shares)


def _likeliest(shares: Mapping[str, float]) -> Role:
    return max(Role, key=lambda role: shares.get(role.value, 0.0))


def settle(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Roles that fit together: a lone `both` beside a `source` or `target` takes the side that is missing."""
    roles = {part.role for part in parts}
    both = [part for part in parts if part.role is Role.BOTH]
    if len(parts) >= 2 and len(both) == 1 and len(roles) == 2:
        other = next(role for role in roles if role is not Role.BOTH)
        missing = Role.SOURCE if other is Role.TARGET else Role.TARGET
        return tuple(replace(part, role=missing) if part.role is Role.BOTH else part for part in parts)
    return tuple(parts)


def part_sides(line: Line, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts of a deed that has two sides: where all would be on one, the likeliest change is made.

    One actor goes over to the other side, or is left out of those to whom something is done. Who stands side by side
    in the text stays so.
    """
    roles = {part.role for part in parts}
    if len(parts) < 2 or len(roles) > 1 or roles == {Role.BOTH}:
        return tuple(parts)
    (role,) = roles
    other = Role.SOURCE if role is Role.TARGET else Role.TARGET
    changes: list[tuple[float, int, Role | None]] = []
    for place, part in enumerate(parts):
        if any(_are_joined(line, part, another) for another in parts if another is not part):
            continue
        now = max(part.shares.get(role.value, 0.0), FLOOR)
        changes.append((part.shares.get(other.value, 0.0) / now, place, other))
        if role is Role.TARGET:
            changes.append((part.shares.get(NONE, 0.0) / now, place, None))
    share, place, new = max(changes, key=lambda change: change[:2], default=(0.0, 0, None))
    if share * ONE_SIDED < 1.0:
        return tuple(parts)
    changed = () if new is None else (replace(parts[place], role=new),)
    return (*parts[:place], *changed, *parts[place + 1 :])


def _are_joined(line: Line, one: Part, other: Part) -> bool:
    """Whether "and" or a comma joins the words for two actors."""
    if one.unit is None or other.unit is None:
        return False
    if one.unit is other.unit:
        return True
    low, high = sorted((one.unit, other.unit), key=lambda unit: unit.first)
    return low.head in _iter_conjuncts(line, high.head)


def _iter_conjuncts(line: Line, index: int) -> Iterator[int]:
    """The words that a word is a later conjunct of."""
    while line.sentence[index].dep == "conj" and line.sentence[index].head != index:
        index = line.sentence[index].head
        yield index


def with_speaker(line: Line, candidate: Candidate, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts of an act of speech: who speaks is its source, in his own words too ("I condemn", "a horrific act")."""
    speech = line.speech_of(candidate.index)
    spoken = speech.codes if speech is not None else ()
    own = {code for unit in line.units if unit.kind == "speaker" for code in unit.codes}
    turned = tuple(
        replace(part, role=Role.SOURCE) if part.role is Role.TARGET and part.code in own else part
        for part in parts
    )
    if any(part.role is not Role.TARGET for part in turned):
        return turned
    codes = {part.code for part in turned}
    return (*(Part(code, Role.SOURCE, 0.5, None) for code in spoken if code not in codes), *turned)


def without_reporter(line: Line, candidate: Candidate, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts of a deed that somebody tells of: he takes no part in it where others are said to do his.

    Forms: "Kenya and Uganda signed a treaty, the Indian minister said"; but "the minister said that troops will leave".
    """
    speech = line.speech_of(candidate.index)
    if speech is None or speech.subject is None or speech.verb in (None, candidate.index):
        return tuple(parts)
    first, last = speech.subject

    def tells(unit: Unit | None) -> bool:
        return unit is not None and first <= unit.first and unit.last <= last

    told = {code for unit in line.units if not tells(unit) for code in unit.codes}
    does = [part for part in parts if part.unit is not None and speech.covers(part.unit.head)]
    if len(does) < _ENOUGH:
        return tuple(parts)
    return tuple(part for part in parts if not tells(part.unit) or part.code in told)


def to_confidence(probability: float) -> float:
    """The calibrated probability, three digits, that a claim is right whose cue is one with `probability`."""
    bounded = min(max(probability, FLOOR), 1.0 - FLOOR)
    return round(1.0 / (1.0 + exp(-(SCALE * log(bounded / (1.0 - bounded)) + SHIFT))), 3)
