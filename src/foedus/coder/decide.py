"""What the models say: which candidates are claims, of which type, how sure; status, stage and roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foedus.coder.cues import Candidate
from foedus.coder.features import (
    iter_carried_features,
    iter_role_features,
    iter_stage_features,
    iter_status_features,
    iter_type_features,
)
from foedus.coder.linear import load_model
from foedus.coder.scene import Line
from foedus.coder.units import Unit
from foedus.lang import Language
from foedus.model.actor import Role
from foedus.model.claim import AGREEMENT_STAGES, TRANSFER_STAGES, ClaimType, Stage, Status

NONE = "none"
"""Class of what is no claim, and of who has no role."""

CARRIED = 4
"""So many of the codes named before a sentence are looked at as its silent actors."""

Modality = Mapping[str, frozenset[str]]


@cache
def load_modality(language: Language) -> Modality:
    """Words by status, from a language's `modality` section."""
    return {
        name: frozenset(str(word) for word in words) for name, words in language.section("modality").items()
    }


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in a claim: its code, role, how sure, and the unit that names it (None if only carried)."""

    code: str
    role: Role
    probability: float
    unit: Unit | None


def weigh_types(line: Line, candidate: Candidate, modality: Modality) -> dict[str, float]:
    """Probability of each type, and of `NONE`."""
    return load_model("type").probabilities(iter_type_features(line, candidate, modality))


def pick_status(
    line: Line, candidate: Candidate, claim_type: ClaimType, modality: Modality
) -> tuple[Status, float]:
    """The likeliest status and its probability."""
    shares = load_model("status").probabilities(
        iter_status_features(line, candidate, claim_type.value, modality)
    )
    name = max(Status, key=lambda status: shares.get(status.value, 0.0))
    return name, shares.get(name.value, 0.0)


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
    return max(stages, key=lambda stage: shares.get(stage.value, 0.0))


def carried_codes(line: Line) -> tuple[str, ...]:
    """Codes that may be silent actors of a sentence: named before it, not in it, the latest first."""
    here = {code for unit in line.units for code in unit.codes}
    spoken = line.speech.codes if line.speech else ()
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
) -> tuple[Part, ...]:
    """Actors of a claim with their roles, in order of mention, each code once.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: The claim's type.
        status: The claim's status.
        symmetric: Whether the type's actors are by default all `both`.
        last: Roles by code of the claim written before this one.
    """
    model = load_model("role")
    best: dict[str, Part] = {}
    order: list[str] = []
    for unit in line.units:
        for code in unit.codes:
            shares = model.probabilities(
                iter_role_features(line, candidate, claim_type.value, status.value, unit, code, symmetric)
            )
            _keep_best(best, order, code, unit, shares)
    here = sum(1 for part in best.values() if part.probability >= 0.5)
    for recency, code in enumerate(carried_codes(line)):
        shares = model.probabilities(
            iter_carried_features(
                line,
                candidate,
                claim_type.value,
                code,
                here,
                pair=code in line.pair,
                speaker=line.speech is not None and code in line.speech.codes,
                recency=recency,
                last_claim=last.get(code),
            )
        )
        _keep_best(best, order, code, None, shares)
    return tuple(best[code] for code in order if best[code].probability >= 0.5)


def _keep_best(
    best: dict[str, Part], order: list[str], code: str, unit: Unit | None, shares: Mapping[str, float]
) -> None:
    taken = 1.0 - shares.get(NONE, 0.0)
    role = max(Role, key=lambda r: shares.get(r.value, 0.0))
    if code not in best:
        order.append(code)
        best[code] = Part(code, role, taken, unit)
    elif taken > best[code].probability:
        best[code] = Part(code, role, taken, unit)


def settle(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Roles that fit together: a lone `both` beside a `source` or `target` takes the side that is missing."""
    roles = {part.role for part in parts}
    both = [part for part in parts if part.role is Role.BOTH]
    if len(parts) >= 2 and len(both) == 1 and len(roles) == 2:
        other = next(role for role in roles if role is not Role.BOTH)
        missing = Role.SOURCE if other is Role.TARGET else Role.TARGET
        return tuple(
            Part(p.code, missing, p.probability, p.unit) if p.role is Role.BOTH else p for p in parts
        )
    return tuple(parts)
