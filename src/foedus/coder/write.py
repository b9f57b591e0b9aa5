"""Writing a claim down: every slot of a deed, with the words behind it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from foedus.codebook import Codebook, TypeSpec
from foedus.coder.clause import find_evidence, find_subject, governor
from foedus.coder.cues import Candidate
from foedus.coder.decide import (
    Deed,
    Modality,
    Part,
    find_parts,
    part_sides,
    pick_stage,
    pick_status,
    settle,
    to_confidence,
    with_speaker,
    without_reporter,
)
from foedus.coder.denial import denies_what_was_told, is_denied
from foedus.coder.details import (
    find_joined_recurrences,
    find_places,
    find_subject_phrase,
    find_time,
)
from foedus.coder.encoder import Slot
from foedus.coder.links import fills
from foedus.coder.names import find_name, is_name_of, is_told_of
from foedus.coder.quantities import Numbers, find_quantities
from foedus.coder.scene import Line
from foedus.coder.units import Unit, Words
from foedus.dates import TimeMention, find_name_years
from foedus.model.actor import Actor
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Stage, Status
from foedus.model.document import Document
from foedus.model.ids import make_id
from foedus.model.span import Span
from foedus.model.when import Basis, When

_SPOKEN = frozenset({ClaimType.APPEAL, ClaimType.ACCUSATION, ClaimType.THREAT, ClaimType.REFUSAL})
_EDITION_NAME = re.compile(r"[A-Z][\w'’]*(?: [A-Z][\w'’]*)*$")
_NAMED = frozenset({ClaimType.AGREEMENT, ClaimType.EXERCISE})
"""Things that have names of their own."""
_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.POSSIBLE})
_STAYING = frozenset({ClaimType.CLASH, ClaimType.CONSULTATION})
BACK = 3
"""So many sentences before a cue's, of its paragraph, are looked through for what fills its slots."""
RULED_AGENT, OTHER_AGENT, LEAST_AGENT = 0.75, 0.1, 0.5
"""Probability that somebody named in a claim's clause, or given a role, is an agent of it, and that another is; from
where on he is taken for one."""
STAYING_LINES = 6
"""A use of force or a meeting that names no place is where the one told so many sentences before was; so with its day,
where they share an actor."""


@dataclass(slots=True)
class Writer:
    """Writes the claims of one article, in the order of its text.

    Attributes:
        document: Where the article stands.
        article: The article.
        codebook: Types and actors.
        words: Word lists of its language.
        numbers: Number words of its language.
        modality: Words by status.
        lines: The article's sentences.
    """

    document: Document
    article: Article
    codebook: Codebook
    words: Words
    numbers: Numbers
    modality: Modality
    lines: Sequence[Line]
    _told: tuple[int, Claim] | None = None
    _roles: Mapping[str, str] = field(default_factory=dict)
    _names: dict[ClaimType, list[tuple[frozenset[str], str, Span]]] = field(default_factory=dict)
    _places: dict[ClaimType, tuple[int, tuple[str, ...], tuple[Span, ...]]] = field(default_factory=dict)
    _times: dict[ClaimType, tuple[int, frozenset[str], When, tuple[Span, ...]]] = field(default_factory=dict)

    def write(self, line: Line, deed: Deed, deeds: Sequence[Deed]) -> tuple[Claim, ...]:
        """The claim of a deed, and more where its sentence gives several editions or recurrences: one for each.

        Args:
            line: Its sentence.
            deed: The deed.
            deeds: All deeds of the sentence, this one among them.
        """
        if (told := self._find_denied(line, deed)) is not None:
            return (self._deny(told, line, deed),)
        candidate = deed.candidate
        spec = self.codebook.types[deed.type]
        others = frozenset(other.candidate.index for other in deeds if other is not deed)
        evidence = find_evidence(line.sentence, candidate.index, others)
        status, _ = pick_status(line, candidate, deed.type, self.modality)
        if is_denied(line, candidate, self.words):
            status = Status.DENIED
        stage = pick_stage(line, candidate, deed.type, status, self.modality)
        earlier = self._find_earlier(line)
        found = find_parts(
            line, candidate, deed.type, status, symmetric=spec.symmetric, last=self._roles, earlier=earlier
        )
        parts = (
            with_speaker(line, candidate, settle(found))
            if deed.type in _SPOKEN
            else part_sides(line, settle(without_reporter(line, candidate, found)))
        )
        cue = line.place(candidate.index, candidate.index)
        spans: dict[str, tuple[Span, ...]] = {"status": (cue,)}
        if stage is not None:
            spans["stage"] = (cue,)
        if parts:
            named = {line.place(part.unit.first, part.unit.last) for part in parts if part.unit is not None}
            spans["actors"] = tuple(sorted(named)) or (cue,)
        agents = self._find_agents(line, deed, parts, evidence, spans)
        speaker, via = _find_speaker(line, candidate, deed.type, spans)
        speech = line.speech_of(candidate.index)
        if speaker and speech and speech.is_named and speaker == speech.name and speaker not in agents:
            agents = (*agents, speaker)
            spans["agents"] = (*spans.get("agents", ()), *spans["attributed_to"])
        codes = frozenset(part.code for part in parts)
        subject = self._find_subject(line, deed, evidence, codes, spans)
        place = self._find_place(line, candidate, deed.type, evidence, spans)
        time = find_time(line, candidate, deed.type, status, evidence, others)
        when, recurrence = _tell_time(line, time, status, spans)
        if when is not None:
            when = bound(when, status, self.article.published)
        if recurrence is None:
            when = self._stay_in_time(line, deed.type, codes, when, spans)
        quantities = [
            found
            for found in find_quantities(line, self.numbers)
            if evidence[0] <= found.first and found.last <= evidence[1]
        ]
        if quantities:
            spans["quantities"] = tuple(line.place(found.first, found.last) for found in quantities)
        span = line.place(*evidence)
        claim = Claim(
            id=self._make_id(deed.type, span, cue),
            document=self.document.name,
            article=self.article.number,
            type=deed.type,
            stage=stage,
            plover=pick_plover(spec, candidate, stage, status),
            actors=tuple(Actor(part.code, part.role) for part in parts),
            agents=agents,
            subject=subject,
            place=place,
            when=when,
            status=status,
            attributed_to=speaker,
            via=via,
            recurrence=recurrence,
            quantities=tuple(found.quantity for found in quantities),
            evidence=span,
            quote=span.cut(self.document.text),
            spans=spans,
            confidence=to_confidence(deed.probability),
        )
        if claim.type not in _SPOKEN:
            self._told = (line.number, claim)
        if claim.actors:
            self._roles = {actor.code: actor.role.value for actor in claim.actors}
        joined = find_joined_recurrences(line, time) if time is not None and recurrence else ()
        more = tuple(_recur(claim, line, mention) for mention in joined)
        if deed.type is ClaimType.EXERCISE:
            return (*self._iter_editions(claim, line), *more)
        return (claim, *more)

    def _find_denied(self, line: Line, deed: Deed) -> Claim | None:
        """The deed told just before that a denial is of ("the army has denied this"); None where it is of none.

        What was denied is not denied again, and to reject an offer is to refuse it.
        """
        if deed.type is ClaimType.REFUSAL or self._told is None or line.number - self._told[0] > 1:
            return None
        told = self._told[1]
        is_of_it = told.status is not Status.DENIED and denies_what_was_told(line, deed.candidate, self.words)
        return told if is_of_it else None

    def _deny(self, told: Claim, line: Line, deed: Deed) -> Claim:
        """A deed that was told, denied in another clause or sentence."""
        candidate = deed.candidate
        span = line.place(*find_evidence(line.sentence, candidate.index, frozenset()))
        cue = line.place(candidate.index, candidate.index)
        spans = {slot: places for slot, places in told.spans.items() if slot not in ("agents", "via")}
        spans["status"] = (cue,)
        denier = _find_actor(line, candidate)
        if denier is not None:
            spans["agents"] = spans["attributed_to"] = (line.place(denier.first, denier.last),)
        else:
            spans.pop("attributed_to", None)
        name = denier.agent if denier is not None else None
        return replace(
            told,
            id=self._make_id(told.type, span, cue),
            plover=pick_plover(self.codebook.types[told.type], candidate, told.stage, Status.DENIED),
            agents=(name,) if name else (),
            status=Status.DENIED,
            attributed_to=name,
            via=(),
            evidence=span,
            quote=span.cut(self.document.text),
            spans=spans,
            confidence=to_confidence(deed.probability),
        )

    def _make_id(self, claim_type: ClaimType, evidence: Span, cue: Span) -> str:
        return make_id(
            "c", self.document.name, self.document.digest, self.article.number, claim_type, evidence.start,
            evidence.end, cue.start,
        )  # fmt: skip

    def _find_earlier(self, line: Line) -> tuple[Line, ...]:
        """The few sentences before one in its paragraph."""
        near = self.lines[max(line.number - BACK, 0) : line.number]
        return tuple(other for other in near if other.paragraph is line.paragraph)

    def _find_agents(
        self,
        line: Line,
        deed: Deed,
        parts: Sequence[Part],
        evidence: tuple[int, int],
        spans: dict[str, tuple[Span, ...]],
    ) -> tuple[str, ...]:
        """People and named bodies of a deed, in order, each once.

        An office without a name is nobody, and what an exercise is called is no body.
        """
        acting = {part.unit for part in parts}
        found: dict[str, Span] = {}
        for other in (*self._find_earlier(line), line):
            for unit in other.units:
                if unit.agent is None or unit.agent.lower() in self.words.offices:
                    continue
                if unit.kind == "body" and deed.type is ClaimType.EXERCISE and not self._is_body(other, unit):
                    continue
                is_near = unit.kind != "outlet" and evidence[0] <= unit.head <= evidence[1]
                is_ruled = other is line and (is_near or unit in acting)
                prior = RULED_AGENT if is_ruled else OTHER_AGENT
                share = fills(Slot.AGENT, prior, line, deed.candidate, deed.type, unit.head, of=other)
                if share >= LEAST_AGENT:
                    found.setdefault(unit.agent, other.place(unit.first, unit.last))
        if found:
            spans["agents"] = tuple(found.values())
        return tuple(found)

    def _is_body(self, line: Line, unit: Unit) -> bool:
        """Whether a name has a word for a body in it, or stands for an actor and is no edition of an exercise."""
        words = [token.lemma.lower() for token in line.sentence.tokens[unit.first : unit.last + 1]]
        is_edition = any(character.isdigit() for word in words for character in word)
        return (bool(unit.codes) and not is_edition) or not self.words.bodies.isdisjoint(words)

    def _find_subject(
        self,
        line: Line,
        deed: Deed,
        evidence: tuple[int, int],
        codes: frozenset[str],
        spans: dict[str, tuple[Span, ...]],
    ) -> str | None:
        """What a deed is about; "the drills" and "this pact" are called as they were when they were named."""
        named = self._names.setdefault(deed.type, [])
        found, is_name = None, False
        if deed.type is ClaimType.EXERCISE:
            found = find_name(line, deed.candidate, evidence, self.words)
            is_name = found is not None
        if found is None:
            found = find_subject_phrase(line, deed.candidate, deed.type, self.words)
            is_agreement = deed.type is ClaimType.AGREEMENT
            is_name = is_agreement and found is not None and is_name_of(line, *found, self.words)
        if found is None:
            return None
        name, span = line.words(*found).strip(" ,\"“”'"), line.place(*found)
        if is_name:
            named.append((codes, name, span))
        elif deed.type in _NAMED and is_told_of(line, deed.type, *found, self.words):
            only = len({known for _, known, _ in named}) == 1
            known = (before for before in reversed(named) if only or before[0] & codes or not codes)
            _, name, span = next(known, (codes, name, span))
        spans["subject"] = (span,)
        return name or None

    def _find_place(
        self,
        line: Line,
        candidate: Candidate,
        claim_type: ClaimType,
        evidence: tuple[int, int],
        spans: dict[str, tuple[Span, ...]],
    ) -> tuple[str, ...]:
        found = find_places(line, candidate, claim_type, evidence, self.words)
        if found:
            names = tuple(name for _, _, name in found)
            spans["place"] = tuple(line.place(first, last) for first, last, _ in found)
            self._places[claim_type] = (line.number, names, spans["place"])
            return names
        before = self._places.get(claim_type)
        if before is None or claim_type not in _STAYING or line.number - before[0] > STAYING_LINES:
            return ()
        self._places[claim_type] = (line.number, before[1], before[2])
        spans["place"] = before[2]
        return before[1]

    def _stay_in_time(
        self,
        line: Line,
        claim_type: ClaimType,
        codes: frozenset[str],
        when: When | None,
        spans: dict[str, tuple[Span, ...]],
    ) -> When | None:
        """The time of a deed, `when` if it has one; else that of the one before it with an actor of both."""
        if claim_type not in _STAYING:
            return when
        before = self._times.get(claim_type)
        if when is not None:
            self._times[claim_type] = (line.number, codes, when, spans["when"])
            return when
        if before is None or line.times or not codes & before[1] or line.number - before[0] > STAYING_LINES:
            return None
        self._times[claim_type] = (line.number, *before[1:])
        spans["when"] = before[3]
        return replace(before[2], text=None, basis=Basis.INFERRED)

    def _iter_editions(self, claim: Claim, line: Line) -> Iterator[Claim]:
        """The claim, dated by its name where it has one edition; with several, one more for each."""
        whole = line.place(0, len(line.sentence) - 1)
        editions = list(self._find_editions(whole))
        if len(editions) == 1:
            name, span, when = editions[0]
            if claim.when is None and claim.evidence.holds(span):
                claim = replace(claim, when=when, spans={**claim.spans, "when": (span,)})
            yield claim
            return
        yield claim
        published = self.article.published
        for name, span, when in editions:
            past = (
                published is None
                or published.last is None
                or when.first is None
                or when.first <= published.last
            )
            yield replace(
                claim,
                id=make_id("c", claim.id, span.start),
                subject=name,
                when=when,
                recurrence=None,
                status=Status.HAPPENED if past else Status.PLANNED,
                spans={
                    **{slot: spans for slot, spans in claim.spans.items() if slot != "recurrence"},
                    "when": (span,),
                    "subject": (span,),
                },
            )

    def _find_editions(self, within: Span) -> Iterator[tuple[str, Span, When]]:
        """Editions named in a stretch ("Coastal Watch-2006/2011"): name with year, where the year stands, the year."""
        text = self.document.text
        base = ""
        for mention in find_name_years(text, within=[within]):
            if mention.when is None:
                continue
            match = _EDITION_NAME.search(text[within.start : mention.span.start].rstrip("-–/ "))
            base = match.group() if match else base
            if base:
                yield f"{base}-{mention.span.cut(text)}", mention.span, mention.when


def pick_plover(spec: TypeSpec, candidate: Candidate, stage: Stage | None, status: Status) -> Plover:
    """PLOVER root of a claim: by its cue, its stage, its status, else the type's usual one."""
    if status is Status.DENIED and "denied" in spec.plover_by:
        return spec.plover_by["denied"]
    if spec.type in candidate.plovers:
        return candidate.plovers[spec.type]
    if stage is not None and stage.value in spec.plover_by:
        return spec.plover_by[stage.value]
    return spec.plover_by.get(status.value, spec.plover)


def _find_speaker(
    line: Line, candidate: Candidate, claim_type: ClaimType, spans: dict[str, tuple[Span, ...]]
) -> tuple[str | None, tuple[str, ...]]:
    """Who answers for a claim, and through whom the words came.

    For an act of speech that is its subject, whoever tells of it; for all else the one who tells it.
    """
    speech = line.speech_of(candidate.index)
    via: tuple[str, ...] = ()
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


def _tell_time(
    line: Line, mention: TimeMention | None, status: Status, spans: dict[str, tuple[Span, ...]]
) -> tuple[When | None, str | None]:
    """Time and recurrence of a mention, of a deed with this status; their places go into `spans`."""
    if mention is None:
        return None, None
    if mention.when is not None:
        spans["when"] = (mention.span,)
    if mention.recurrence is not None:
        spans["recurrence"] = (mention.span,)
    when = mention.when
    is_done = status in (Status.HAPPENED, Status.DENIED)
    if when is not None and when.first is not None and not is_done and _is_beginning(line, mention):
        when = replace(when, last=None)
    return when, mention.recurrence


def bound(when: When, status: Status, published: When | None) -> When:
    """A time with the end that the day of publication gives it.

    What is planned "by March" has yet to begin; what happened "since May" had happened by then; what goes on and is
    told with a day that is past began on that day.
    """
    if published is None or published.first is None or published.last is None:
        return when
    first, last = when.first, when.last
    if status in _TO_COME and first is None and last is not None and last >= published.first:
        return replace(when, first=published.first)
    if status is Status.HAPPENED and last is None and first is not None and first <= published.last:
        return replace(when, last=published.last)
    if status is Status.ONGOING and first is not None and last is not None and last < published.first:
        return replace(when, last=None)
    return when


def _recur(claim: Claim, line: Line, mention: TimeMention) -> Claim:
    """The same claim with another recurrence that its sentence gives."""
    spans = {slot: places for slot, places in claim.spans.items() if slot != "when"}
    when, recurrence = _tell_time(line, mention, claim.status, spans)
    return replace(
        claim, id=make_id("c", claim.id, mention.span.start), when=when, recurrence=recurrence, spans=spans
    )


def _is_beginning(line: Line, mention: TimeMention) -> bool:
    """Whether a time is that from which on something is done: "will train as from July", but no "pact from 2015"."""
    first = next(first for first, _, found in line.times if found is mention)
    if first == 0 or line.sentence[first - 1].text.lower() != "from":
        return False
    above = line.sentence[line.sentence[first - 1].head]
    if above.pos == "ADP":
        above = line.sentence[above.head]
    return above.pos in ("VERB", "AUX")
