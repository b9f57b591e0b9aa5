"""Claim types: from the values of a type file to `TypeSpec`, faults noted."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from foedus.codebook.passages import STAGES, parse_passages
from foedus.codebook.source import DataFile, Entry
from foedus.codebook.spec import Cue, CuePart, Passage, TypeSpec
from foedus.model.claim import ClaimType, Plover, Stage, Status

_LEMMA = re.compile(r"[^\sA-Z]+(?: [^\sA-Z]+)*")
_EXAMPLES = re.compile(rb"^(?:counter_)?examples:", re.MULTILINE)
_OTHER_KEY = re.compile(rb"^(?!(?:counter_)?examples:)\w", re.MULTILINE)
MIN_EXAMPLES = 3  # STYLE.md, section 4: of each kind, in each language


def without_examples(data: bytes) -> bytes:
    """A type file up to its examples, which are most of it; the whole when something else follows them."""
    start = _EXAMPLES.search(data)
    if start is None or _OTHER_KEY.search(data, start.start()):
        return data
    return data[: start.start()]


def parse_type(file: DataFile, codes: Collection[str], *, examples: bool) -> TypeSpec | None:
    """The type a file defines; None and faults where it cannot be read.

    Args:
        file: Where faults are noted.
        codes: Codes of the actors known by name.
        examples: Whether to parse the passages too; they are most of the file.
    """
    entry = file.entry(file.value, ())
    if entry is None:
        return None
    for key in ("type", "title", "definition", "source", "plover", "roles", "cues"):
        entry.need(key)
    claim_type = entry.word("type", ClaimType)
    plover = entry.word("plover", Plover)
    cues = _cues(entry, claim_type)
    shown = examples_of(file, claim_type, codes) if examples else ((), ())
    for key in ("examples", "counter_examples"):
        entry.raw(key)
    spec = None
    if claim_type is not None and plover is not None:
        spec = TypeSpec(
            type=claim_type,
            title=entry.text("title") or claim_type.value,
            definition=entry.text("definition") or "",
            source=entry.text("source") or "",
            plover=plover,
            plover_by=_plover_by(entry, claim_type),
            symmetric=entry.flag("symmetric"),
            roles=entry.text("roles") or "",
            cues=cues,
            look_alikes=_look_alikes(entry),
            examples=shown[0],
            counter_examples=shown[1],
        )
        entry.close()
    return spec


def examples_of(
    file: DataFile, claim_type: ClaimType | None, codes: Collection[str]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Examples and counter-examples of a type file."""
    prefix = claim_type.value if claim_type else file.name
    good = parse_passages(
        file, file.value.get("examples"), ("examples",), prefix=f"{prefix}-example", codes=codes
    )
    bad = parse_passages(
        file,
        file.value.get("counter_examples"),
        ("counter_examples",),
        prefix=f"{prefix}-counter-example",
        codes=codes,
        look_alike=claim_type,
    )
    for passage in good:
        if all(claim.type is not claim_type for claim in passage.claims):
            number = int(passage.id.rpartition("-")[2]) - 1
            file.fault(("examples", number), f"an example of `{claim_type}` must hold such a claim")
    for key in ("examples", "counter_examples"):
        value = file.value.get(key)
        count = len(value) if isinstance(value, list) else 0
        if count < MIN_EXAMPLES:
            file.fault((key,), f"{count} passages; at least {MIN_EXAMPLES}")
    return good, bad


def _cues(entry: Entry, claim_type: ClaimType | None) -> Mapping[str, tuple[Cue, ...]]:
    """Cues by language, in the order of the file."""
    by_language = entry.raw("cues")
    if by_language is None:
        return {}
    languages = entry.file.entry(by_language, (*entry.keys, "cues"))
    found: dict[str, tuple[Cue, ...]] = {}
    for language in languages.value if languages else ():
        parts = entry.file.entry(by_language[language], (*entry.keys, "cues", language))
        cues: list[Cue] = []
        if parts is not None:
            for part in CuePart:
                cues.extend(_cues_of_part(parts, part, claim_type))
            parts.close()
        found[language] = tuple(cues)
    return found


def _cues_of_part(parts: Entry, part: CuePart, claim_type: ClaimType | None) -> list[Cue]:
    items = parts.raw(part.value)
    if items is None:
        return []
    if not isinstance(items, list):
        parts.fault(part.value, "expected a list of cues")
        return []
    cues: dict[str, Cue] = {}
    for number, item in enumerate(items):
        keys = (*parts.keys, part.value, number)
        cue = _parse_cue(parts.file, item, keys, part, claim_type)
        if cue is None:
            continue
        if cue.lemma in cues:
            parts.file.fault(keys, f'"{cue.lemma}" stands twice')
        cues[cue.lemma] = cue
    return list(cues.values())


def _parse_cue(
    file: DataFile, item: Any, keys: tuple[str | int, ...], part: CuePart, claim_type: ClaimType | None
) -> Cue | None:
    """Forms: ``sign``; ``sign: {stage: signed, plover: SUPPORT}``."""
    details: Any = {}
    if isinstance(item, Mapping) and len(item) == 1:
        ((item, details),) = item.items()
    if not isinstance(item, str):
        file.fault(keys, f"expected a lemma, found {item!r}; put words such as `on` and `no` in quotes")
        return None
    if not _LEMMA.fullmatch(item):
        file.fault(keys, f'"{item}": a lemma is in lower case, with single blanks between words')
    if part is not CuePart.PHRASE and " " in item:
        file.fault(keys, f'"{item}" has a blank: it belongs under `phrase`')
    if details == {}:
        return Cue(item, part)
    entry = file.entry(details, keys)
    if entry is None:
        return None
    stage, plover = entry.word("stage", Stage), entry.word("plover", Plover)
    entry.close()
    if stage is not None and claim_type is not None and stage not in STAGES.get(claim_type, ()):
        file.fault(keys, f'stage "{stage}" does not fit `{claim_type}`')
    return Cue(item, part, stage, plover)


def _plover_by(entry: Entry, claim_type: ClaimType) -> Mapping[str, Plover]:
    found = entry.words("plover_by", Plover)
    known = [*STAGES.get(claim_type, ()), *Status]
    for word in found:
        if word not in known:
            entry.fault("plover_by", f'"{word}" is none of: {", ".join(known)}')
    return found


def _look_alikes(entry: Entry) -> Mapping[ClaimType, str]:
    value = entry.raw("look_alikes")
    if value is None:
        return {}
    texts = entry.file.entry(value, (*entry.keys, "look_alikes"))
    found = {}
    for name in texts.value if texts else ():
        text = texts.text(name) if texts else None
        try:
            found[ClaimType(name)] = text or ""
        except ValueError:
            entry.fault("look_alikes", f'"{name}" is none of: {", ".join(ClaimType)}')
    return found
