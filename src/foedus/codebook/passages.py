"""Passages with their expected claims: from the values of a data file to `Passage`, faults noted.

The form is that of the `examples` of a type file and of the files under ``data/examples``; the page
``docs/codebook-data.md`` describes it key by key.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from foedus.codebook.source import DataFile, Entry, Keys, to_day
from foedus.codebook.spec import ExpectedClaim, Passage
from foedus.model.actor import Actor, Role
from foedus.model.claim import (
    AGREEMENT_STAGES,
    TRANSFER_STAGES,
    Bound,
    ClaimType,
    Plover,
    Quantity,
    Stage,
    Status,
)
from foedus.model.span import Span

STYLES = (
    "agency",
    "ministry",
    "state_media",
    "blog",
    "think_tank",
    "wire",
    "headline",
    "digest",
    "interview",
)
REGIONS = ("africa", "americas", "asia", "europe", "eurasia", "mideast", "oceania")
STAGES = {ClaimType.AGREEMENT: AGREEMENT_STAGES, ClaimType.TRANSFER: TRANSFER_STAGES}

# CONTRACT.md, section 2 (two sentences) and the scorer beside it (ninety words).
MAX_EVIDENCE_SENTENCES = 2
MAX_EVIDENCE_WORDS = 90

ORG_CODE = re.compile(r"ORG:[A-Z0-9]+(?:_[A-Z0-9]+)*")
_DURATION = re.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?|PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?")
_CUE = re.compile(r"(?P<word>\S+?)(?:#(?P<number>[1-9]))?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|[’']\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+[\"'“‘„«(\[—–-]*(?=[^\W\d_])")
_SHORT = """mr mrs ms dr prof st gen lt col maj capt cmdr cdr cpl sgt adm brig sen rep gov pres hon rev jr sr
no nos vol art sec inc ltd corp co bros dept est etc vs mt ft jan feb mar apr jun jul aug sep sept oct nov dec
mon tue tues wed thu thurs fri sat sun"""
_SHORT_WORDS = frozenset(_SHORT.split())


def parse_passages(
    file: DataFile,
    value: Any,
    keys: Keys,
    *,
    prefix: str,
    codes: Collection[str],
    look_alike: ClaimType | None = None,
) -> tuple[Passage, ...]:
    """The passages of a list; a malformed one is left out and noted in `file`.

    Args:
        file: Where faults are noted.
        value: The list, as YAML has it; None counts as empty.
        keys: Where in the file it stands.
        prefix: Begin of the ids; the place in the list, from 1, is added.
        codes: Codes of the actors known by name; ``ORG:`` codes beside them pass by their form.
        look_alike: The type that counter-examples must not be taken for, where the list implies it.
    """
    passages = []
    for entry in file.entries(value, keys):
        before = len(file.faults)
        passage = _parse_passage(entry, f"{prefix}-{int(entry.keys[-1]) + 1}", codes, look_alike)
        if len(file.faults) == before and passage is not None:
            passages.append(passage)
    return tuple(passages)


def find_evidence(text: str, words: str) -> tuple[Span, ...]:
    """Every stretch of `text` that `words` can mean, in order; empty when there is none.

    Forms: the words themselves; ``A … B`` for all from A to the nearest B after it.
    """
    found = [Span(at, at + len(words)) for at in _find_all(text, words)]
    if found or "…" not in words:
        return tuple(found)
    head, _, tail = (part.strip() for part in words.partition("…"))
    if not head or not tail or "…" in tail:
        return ()
    for at in _find_all(text, head):
        end = text.find(tail, at + len(head))
        if end >= 0:
            found.append(Span(at, end + len(tail)))
    return tuple(found)


def count_sentences(text: str) -> int:
    """How many sentences a stretch holds, rather too few than too many.

    An end counts only before a capital letter, and not after an initial, a dotted word (``U.S.``) or a common
    short form (``Gen.``).
    """
    count = 1
    for match in _SENTENCE_END.finditer(text):
        if not text[match.end()].isupper():
            continue
        words = text[: match.start()].split()
        word = words[-1].lstrip("\"'“‘„«([—–-") if words else ""
        is_short = len(word) <= 1 or "." in word or word.lower() in _SHORT_WORDS
        count += not (match.group().startswith(".") and is_short)
    return count


def _parse_passage(
    entry: Entry, passage_id: str, codes: Collection[str], look_alike: ClaimType | None
) -> Passage | None:
    entry.need("text")
    text = entry.text("text")
    published = entry.day("published")
    style, region = _one_of(entry, "style", STYLES), _one_of(entry, "region", REGIONS)
    held_out = entry.flag("held_out")
    named = entry.word("look_alike", ClaimType)
    if named is not None and look_alike is not None and named is not look_alike:
        entry.fault("look_alike", f"is implied to be `{look_alike}` here")
    wanted = look_alike or named
    claims = entry.raw("claims")
    if claims is None and "claims" not in entry.value:
        entry.fault(None, "`claims` is missing; write `claims: []` for none")
    entry.close()
    if text is None:
        return None
    expected = []
    for item in entry.file.entries(claims, (*entry.keys, "claims")):
        claim = _parse_claim(item, text, published, codes)
        if claim is None:
            continue
        if wanted is not None and claim.type is wanted:
            item.fault("type", f"a counter-example for `{wanted}` must hold no such claim")
        expected.append(claim)
    _find_doubled_claims(entry, expected)
    expected.sort(key=lambda claim: (claim.cue_span, claim.evidence_span, claim.type))
    return Passage(passage_id, text, published, style, region, held_out, tuple(expected), wanted)


def _parse_claim(
    entry: Entry, text: str, published: date | None, codes: Collection[str]
) -> ExpectedClaim | None:
    for key in ("type", "cue", "evidence", "status"):
        entry.need(key)
    claim_type = entry.word("type", ClaimType)
    stage = _stage(entry, claim_type)
    status = entry.word("status", Status)
    plover = entry.word("plover", Plover)
    spans = _cue_and_evidence(entry, text)
    actors = _actors(entry, codes)
    agents, place, via = (_names(entry, key, text) for key in ("agents", "place", "via"))
    attributed_to = entry.text("attributed_to")
    if attributed_to is not None:
        _check_name(entry, ("attributed_to",), attributed_to, text)
    subject = entry.text("subject")
    when = _when(entry, text, published)
    recurrence = entry.text("recurrence")
    if recurrence is not None and not _DURATION.fullmatch(recurrence):
        entry.fault("recurrence", f'"{recurrence}" is no ISO 8601 duration such as P1Y')
    quantities = tuple(
        quantity
        for item in entry.file.entries(entry.raw("quantities"), (*entry.keys, "quantities"))
        if (quantity := _parse_quantity(item)) is not None
    )
    entry.close()
    if claim_type is None or status is None or spans is None:
        return None
    cue_span, evidence_span = spans
    return ExpectedClaim(
        type=claim_type,
        cue=cue_span.cut(text),
        cue_span=cue_span,
        evidence=evidence_span.cut(text),
        evidence_span=evidence_span,
        status=status,
        stage=stage,
        plover=plover,
        actors=actors,
        agents=agents,
        subject=subject,
        place=place,
        when=when,
        attributed_to=attributed_to,
        via=via,
        recurrence=recurrence,
        quantities=quantities,
    )


def _one_of(entry: Entry, key: str, words: tuple[str, ...]) -> str:
    entry.need(key)
    value = entry.raw(key)
    if value is not None and value not in words:
        entry.fault(key, f'"{value}" is none of: {", ".join(words)}')
    return value if isinstance(value, str) else ""


def _stage(entry: Entry, claim_type: ClaimType | None) -> Stage | None:
    stage = entry.word("stage", Stage)
    if claim_type is None or (stage is None and entry.raw("stage") is not None):
        return stage
    allowed = STAGES.get(claim_type, ())
    if stage is None and allowed:
        entry.fault(None, f"`stage` is missing; `{claim_type}` has one of: {', '.join(allowed)}")
    elif stage is not None and stage not in allowed:
        known = f"one of: {', '.join(allowed)}" if allowed else "no stage"
        entry.fault("stage", f'"{stage}" does not fit `{claim_type}`, which has {known}')
    return stage


def _cue_and_evidence(entry: Entry, text: str) -> tuple[Span, Span] | None:
    """Cue and evidence in the text: the first stretch the evidence can mean that holds the cue."""
    cue, evidence = entry.text("cue"), entry.text("evidence")
    if cue is None or evidence is None:
        return None
    match = _CUE.fullmatch(cue)
    if match is None:
        entry.fault("cue", f'"{cue}" is not one word')
        return None
    candidates = find_evidence(text, evidence)
    if not candidates:
        entry.fault("evidence", f'not in the text: "{evidence}"')
        return None
    number = int(match["number"] or 1)
    pattern = re.compile(rf"(?<!\w){re.escape(match['word'])}(?!\w)")
    for span in candidates:
        cues = list(pattern.finditer(text, span.start, span.end))
        if len(cues) >= number:
            _check_length(entry, span.cut(text))
            at = cues[number - 1]
            return Span(at.start(), at.end()), span
    entry.fault("cue", f'"{cue}" does not stand in the evidence: "{candidates[0].cut(text)}"')
    return None


def _check_length(entry: Entry, evidence: str) -> None:
    if (count := count_sentences(evidence)) > MAX_EVIDENCE_SENTENCES:
        entry.fault("evidence", f"{count} sentences; at most {MAX_EVIDENCE_SENTENCES}")
    if (count := len(evidence.split())) > MAX_EVIDENCE_WORDS:
        entry.fault("evidence", f"{count} words; at most {MAX_EVIDENCE_WORDS}")


def _actors(entry: Entry, codes: Collection[str]) -> tuple[Actor, ...]:
    actors = []
    for code, role in entry.words("actors", Role).items():
        if code not in codes and not ORG_CODE.fullmatch(code):
            entry.fault("actors", f'"{code}" is no code of the contract (ISO alpha-3, NATO, …, ORG:NAME)')
        actors.append(Actor(code, role))
    return tuple(actors)


def _names(entry: Entry, key: str, text: str) -> tuple[str, ...]:
    names = entry.texts(key)
    for number, name in enumerate(names):
        _check_name(entry, (key, number), name, text)
    return names


def _check_name(entry: Entry, keys: Keys, name: str, text: str) -> None:
    """Names are written as the text has them: its last word at least must stand there."""
    words = re.findall(r"\w+", name)
    last_word = rf"(?<!\w){re.escape(words[-1])}(?!\w)" if words else r"(?!)"
    if name not in text and not re.search(last_word, text, re.IGNORECASE):
        entry.file.fault((*entry.keys, *keys), f'"{name}" does not stand in the text')


def _when(entry: Entry, text: str, published: date | None) -> tuple[date | None, date | None] | None:
    value = entry.raw("when")
    if value is None:
        return None
    first_words, slash, last_words = value.partition("/") if isinstance(value, str) else (value, "", None)
    first = to_day(first_words) if first_words else None
    last = to_day(last_words) if last_words else None
    if not slash:
        last = first
    well_formed = (first is not None or not first_words) and (last is not None or not last_words)
    if not well_formed or (first is None and last is None):
        forms = "2023-05-04, 2023-05-01/2023-05-31, 2006-01-01/ or /2027-12-31"
        entry.fault("when", f'"{value}" is no day or span of days; write {forms}')
        return None
    if first is not None and last is not None and first > last:
        entry.fault("when", f'"{value}" ends before it begins')
    if published is None and not _YEAR.search(text):
        entry.fault("when", "the text gives no year; add `published` to the passage")
    return first, last


def _parse_quantity(entry: Entry) -> Quantity | None:
    entry.need("value")
    value, ceiling = entry.number("value"), entry.number("max")
    unit, of = entry.text("unit"), entry.text("of")
    bound, approximate = entry.word("bound", Bound), entry.flag("approximate")
    entry.close()
    if value is None:
        return None
    if ceiling is not None and (ceiling <= value or bound is not None):
        entry.fault("max", "a range must rise and has no `bound`")
    if unit is not None and re.fullmatch(r"[A-Z]{3}", unit) and unit not in _currencies():
        entry.fault("unit", f'"{unit}" is no ISO 4217 code')
    return Quantity(value, ceiling, unit, of, bound, approximate)


def _find_doubled_claims(entry: Entry, claims: list[ExpectedClaim]) -> None:
    seen: list[ExpectedClaim] = []
    for claim in claims:
        if claim in seen:
            entry.fault("claims", f'the claim `{claim.type}` of "{claim.cue}" stands twice')
        seen.append(claim)


def _find_all(text: str, words: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(words), text)]


def _currencies() -> Collection[str]:
    from babel import Locale  # read only when a passage names money

    names: Collection[str] = Locale("en").currencies
    return names
