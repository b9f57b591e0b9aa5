"""Named features of a candidate, of an actor beside it, and of the way it is said; what the models are trained on."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.coder.clause import find_subject, governor, top_of_chain
from foedus.coder.cues import Candidate, lemma_of
from foedus.coder.scene import Line
from foedus.coder.units import Unit, climb
from foedus.syntax import Sentence

_ARGUMENTS = (
    "dobj",
    "attr",
    "oprd",
    "nsubj",
    "nsubjpass",
    "agent",
    "acomp",
    "xcomp",
    "ccomp",
    "dative",
    "advcl",
    "prt",
    "neg",
    "poss",
    "compound",
    "amod",
    "nmod",
)
_NP_INSIDE = frozenset({"amod", "compound", "poss", "nmod", "appos", "conj", "nummod", "det"})
MAX_PATH = 4


def iter_type_features(
    line: Line, candidate: Candidate, modality: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Features that tell which type, if any, a candidate carries.

    Args:
        line: Its sentence.
        candidate: The candidate.
        modality: Words by status, from the language's `modality` section.
    """
    sentence = line.sentence
    token = sentence[candidate.index]
    lemma, pos = candidate.lemma, candidate.part.value
    yield f"lemma={lemma}"
    yield f"lemma|pos={lemma}|{pos}"
    yield f"pos={pos}"
    yield f"dep={token.dep}"
    yield f"tag={token.tag}"
    for claim_type in candidate.types:
        yield f"cue={claim_type.value}"
        yield f"cue|pos={claim_type.value}|{pos}"
        yield f"cue|dep={claim_type.value}|{token.dep}"
    if len(candidate.types) == 1:
        yield f"only={candidate.types[0].value}|{pos}"
    # the words it governs and hangs on
    head = sentence[token.head]
    if token.head != candidate.index:
        yield f"head={lemma_of(head)}"
        yield f"head|dep={token.dep}|{lemma_of(head)}"
        yield f"headpos={head.pos}"
        if token.dep == "pobj" and head.head != head.index:
            above = sentence[head.head]
            yield f"above={head.lemma}|{lemma_of(above)}"
            yield f"above|lemma={lemma}|{lemma_of(above)}"
    for child in sentence.children[candidate.index]:
        kid = sentence[child]
        if kid.dep in _ARGUMENTS:
            yield f"{kid.dep}={lemma_of(kid)}"
            yield f"{kid.dep}"
            yield f"lemma|{kid.dep}={lemma}|{lemma_of(kid)}"
        if kid.dep in ("prep", "agent"):
            yield f"prep={kid.lemma}"
            yield f"lemma|prep={lemma}|{kid.lemma}"
            for grand in sentence.children[child]:
                if sentence[grand].dep in ("pobj", "pcomp"):
                    yield f"prep={kid.lemma}|{lemma_of(sentence[grand])}"
    for unit in line.units_near(candidate.index):
        path = find_path(sentence, candidate.index, unit)
        yield f"unit={unit_class(unit)}|{path}"
        yield f"unitpath={path}"
        for claim_type in candidate.types:
            yield f"unit|cue={claim_type.value}|{path}"
    # other cues around
    ancestors = list(sentence.iter_ancestors(candidate.index))
    by_index = {other.index: other for other in line.candidates}
    above_cue = next((by_index[a] for a in ancestors if a in by_index), None)
    if above_cue is not None:
        yield f"under={above_cue.lemma}"
        for claim_type in above_cue.types:
            yield f"undercue={claim_type.value}"
            for own in candidate.types:
                yield f"undercue|cue={claim_type.value}|{own.value}"
    else:
        yield "top"
    below = set(sentence.subtree(candidate.index))
    for other in line.candidates:
        if other.index != candidate.index and other.index in below:
            for claim_type in other.types:
                yield f"over={claim_type.value}"
                for own in candidate.types:
                    yield f"over|cue={claim_type.value}|{own.value}"
    # words of the clause and of the sentence
    for index in below:
        if sentence[index].pos in ("NOUN", "PROPN", "VERB", "ADJ", "ADV") and index != candidate.index:
            word = lemma_of(sentence[index])
            yield f"below={word}"
    for other_token in sentence.tokens:
        if other_token.pos in ("NOUN", "VERB", "ADJ", "PROPN") and other_token.index != candidate.index:
            yield f"word={lemma_of(other_token)}"
    verb = governor(sentence, candidate.index)
    if verb != candidate.index:
        yield f"verb={lemma_of(sentence[verb])}"
        yield f"verb|lemma={lemma_of(sentence[verb])}|{lemma}"
    subject = find_subject(sentence, verb)
    if subject is not None:
        yield f"subject={lemma_of(sentence[subject])}"
    left = sentence[candidate.index - 1].text.lower() if candidate.index else "<s>"
    right = sentence[candidate.index + 1].text.lower() if candidate.index + 1 < len(sentence) else "</s>"
    yield f"left={left}"
    yield f"right={right}"
    yield f"leftlemma={left}|{lemma}"
    yield f"rightlemma={lemma}|{right}"
    codes = {code for unit in line.units for code in unit.codes}
    yield f"actors={min(len(codes), 4)}"
    if any(len(code) != 3 for code in codes):
        yield "organisation"
    if any(code.startswith("ORG:") for code in codes):
        yield "group"
    yield f"carried={min(len(line.before), 3)}"
    if line.paragraph.is_title:
        yield "title"
    if line.speeches:
        yield "speech"
        yield f"covered={line.speech_of(candidate.index) is not None}"
        if any(speech.verb == candidate.index for speech in line.speeches):
            yield "speechverb"
    for status, words in modality.items():
        if lemma_of(sentence[verb]) in words:
            yield f"modal={status}"
    yield f"length={min(len(sentence) // 10, 5)}"


def iter_status_features(
    line: Line, candidate: Candidate, claim_type: str, modality: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Features that tell whether it is so: tense, modals, negation, the verbs it hangs on."""
    sentence = line.sentence
    token = sentence[candidate.index]
    yield f"type={claim_type}"
    yield f"lemma={candidate.lemma}"
    yield f"pos={candidate.part.value}"
    yield f"type|pos={claim_type}|{candidate.part.value}"
    yield f"tag={token.tag}"
    yield f"tag|type={token.tag}|{claim_type}"
    verb = governor(sentence, candidate.index)
    own_verb = verb == candidate.index
    yield f"own={own_verb}"
    chain = [verb]
    current = verb
    for _ in range(4):
        above = sentence[current]
        if above.head == current or above.dep not in (
            "xcomp",
            "ccomp",
            "advcl",
            "acl",
            "relcl",
            "pcomp",
            "conj",
            "aux",
        ):
            break
        current = above.head
        chain.append(current)
    for depth, index in enumerate(chain[:3]):
        word = sentence[index]
        place = "own" if depth == 0 and own_verb else f"up{depth}"
        yield f"{place}|lemma={lemma_of(word)}"
        yield f"{place}|tag={word.tag}"
        yield f"{place}|dep={word.dep}"
        marks = []
        for child in sentence.children[index]:
            kid = sentence[child]
            if kid.dep in ("aux", "auxpass", "neg", "mark", "advmod", "prt"):
                yield f"{place}|{kid.dep}={kid.lemma.lower()}"
                yield f"any|{kid.dep}={kid.lemma.lower()}"
                if kid.dep in ("aux", "auxpass", "neg"):
                    marks.append(kid.lemma.lower())
        yield f"{place}|form={word.tag}|{'+'.join(marks)}"
        yield f"{place}|form|type={word.tag}|{'+'.join(marks)}|{claim_type}"
        for status, words in modality.items():
            if lemma_of(word) in words:
                yield f"{place}|modal={status}"
                yield f"{place}|modal|tag={status}|{word.tag}"
    for index in sentence.iter_ancestors(candidate.index):
        word = sentence[index]
        if word.pos in ("NOUN", "ADJ", "VERB"):
            yield f"above={lemma_of(word)}"
            for status, words in modality.items():
                if lemma_of(word) in words:
                    yield f"above|modal={status}"
    for child in sentence.children[candidate.index]:
        kid = sentence[child]
        if kid.dep in ("det", "amod", "neg", "advmod", "poss"):
            yield f"kid={kid.dep}|{kid.lemma.lower()}"
            for status, words in modality.items():
                if kid.lemma.lower() in words:
                    yield f"kid|modal={status}"
    near = range(max(0, candidate.index - 6), min(len(sentence), candidate.index + 4))
    for index in near:
        word = sentence[index]
        side = "before" if index < candidate.index else "after"
        yield f"{side}={word.text.lower()}"
        for status, words in modality.items():
            if word.lemma.lower() in words:
                yield f"{side}|modal={status}"
    for word in sentence.tokens:
        for status, words in modality.items():
            if word.lemma.lower() in words:
                yield f"sentence|modal={status}"
        if word.dep in ("aux", "neg"):
            yield f"sentence|{word.dep}={word.lemma.lower()}"
    if line.paragraph.is_title:
        yield "title"
        yield f"title|tag={token.tag}"
    yield f"speech={line.speech_of(candidate.index) is not None}"
    for first, _last, mention in line.times:
        if mention.recurrence:
            yield "recurrence"
        if mention.when is not None:
            yield f"time={mention.when.precision.value}"
        yield f"timeword={sentence[first].lemma.lower()}"
    if top_of_chain(sentence, verb) != verb:
        yield "chained"


def iter_stage_features(
    line: Line, candidate: Candidate, claim_type: str, status: str, modality: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Features that tell the stage of an agreement or a transfer."""
    for wanted, stage in candidate.stages.items():
        if wanted.value == claim_type:
            yield f"stage={stage.value}"
    yield f"status={status}"
    yield f"status|lemma={status}|{candidate.lemma}"
    sentence = line.sentence
    verb = governor(sentence, candidate.index)
    yield f"verb={lemma_of(sentence[verb])}"
    yield f"type|verb={claim_type}|{lemma_of(sentence[verb])}"
    for other in line.candidates:
        if other.index == verb or other.index in sentence.children[candidate.index]:
            for wanted, stage in other.stages.items():
                if wanted.value == claim_type:
                    yield f"nearstage={stage.value}"
    yield from iter_status_features(line, candidate, claim_type, modality)


def iter_role_features(
    line: Line, candidate: Candidate, claim_type: str, status: str, unit: Unit, code: str, symmetric: bool
) -> Iterator[str]:
    """Features that tell what an actor does in a claim: source, target, both or nothing."""
    sentence = line.sentence
    path = find_path(sentence, candidate.index, unit)
    kind = unit_class(unit)
    voice = "passive" if sentence.child(candidate.index, "nsubjpass", "auxpass") is not None else "active"
    part = candidate.part.value
    codes = list(dict.fromkeys(c for u in line.units for c in u.codes))
    covered = not line.speeches or line.speech_of(unit.head) is not None
    heard = line.speech_of(candidate.index)
    speaking = (
        heard is not None and heard.subject is not None and heard.subject[0] <= unit.head <= heard.subject[1]
    )
    yield f"path={path}"
    yield f"type|path={claim_type}|{path}"
    yield f"type|path|voice={claim_type}|{path}|{voice}"
    yield f"lemma|path={candidate.lemma}|{path}"
    yield f"part|path={part}|{path}"
    yield f"kind={kind}"
    yield f"kind|path={kind}|{path}"
    yield f"type|kind={claim_type}|{kind}"
    yield f"speaking={speaking}"
    yield f"type|speaking={claim_type}|{speaking}"
    yield f"covered={covered}"
    yield f"symmetric={symmetric}|{min(len(codes), 4)}"
    yield f"symmetric|path={symmetric}|{path}"
    yield f"status={status}|{claim_type}"
    yield f"type|n={claim_type}|{min(len(codes), 4)}"
    side = "before" if unit.head < candidate.index else "after"
    yield f"side={side}"
    yield f"type|side|voice={claim_type}|{side}|{voice}"
    yield f"type|side|kind={claim_type}|{side}|{kind}"
    distance = abs(unit.head - candidate.index)
    yield f"distance={min(distance // 4, 6)}"
    same = governor(sentence, unit.head) == governor(sentence, candidate.index)
    yield f"same={same}"
    yield f"type|same|side={claim_type}|{same}|{side}"
    order = codes.index(code) if code in codes else 9
    yield f"order={min(order, 3)}|{min(len(codes), 4)}"
    yield f"type|order={claim_type}|{min(order, 3)}|{min(len(codes), 4)}"
    level = "state" if len(code) == 3 else ("group" if code.startswith("ORG:") else "organisation")
    yield f"level={level}"
    yield f"type|level={claim_type}|{level}"
    yield f"type|level|path={claim_type}|{level}|{path}"
    head = sentence[climb(sentence, unit.head, frozenset())]
    yield f"head={lemma_of(head)}"
    yield f"type|head={claim_type}|{lemma_of(head)}"
    if unit.head and sentence[unit.head - 1].pos in ("ADP", "CCONJ", "DET", "PUNCT"):
        yield f"left={sentence[unit.head - 1].text.lower()}"
        yield f"type|left={claim_type}|{sentence[unit.head - 1].text.lower()}"
    times = sum(code in u.codes for u in line.units)
    yield f"repeated={min(times, 3)}"


def iter_carried_features(
    line: Line,
    candidate: Candidate,
    claim_type: str,
    code: str,
    actors_here: int,
    *,
    pair: bool,
    speaker: bool,
    recency: int,
    last_claim: str | None,
) -> Iterator[str]:
    """Features of an actor that the sentence does not name, only what stood before it."""
    sentence = line.sentence
    token = sentence[candidate.index]
    definite = any(
        sentence[child].lemma in ("the", "this", "these", "its", "their", "such")
        for child in sentence.children[candidate.index]
    )
    subject = find_subject(sentence, governor(sentence, candidate.index))
    anaphor = subject is not None and (
        sentence[subject].pos == "PRON"
        or any(sentence[c].lemma in ("the", "this", "these", "both") for c in sentence.children[subject])
    )
    yield "carried"
    yield f"carried|here={min(actors_here, 3)}"
    yield f"carried|type={claim_type}"
    yield f"carried|type|here={claim_type}|{min(actors_here, 3)}"
    yield f"carried|pair={pair}"
    yield f"carried|pair|here={pair}|{min(actors_here, 3)}"
    yield f"carried|pair|here|type={pair}|{min(actors_here, 3)}|{claim_type}"
    yield f"carried|definite={definite}"
    yield f"carried|definite|pair|here={definite}|{pair}|{min(actors_here, 2)}"
    yield f"carried|anaphor={anaphor}"
    yield f"carried|anaphor|pair={anaphor}|{pair}|{min(actors_here, 2)}"
    yield f"carried|recency={recency}"
    yield f"carried|recency|here={recency}|{min(actors_here, 2)}"
    yield f"carried|last={last_claim}"
    yield f"carried|last|here={last_claim}|{min(actors_here, 2)}"
    yield f"carried|last|type={last_claim}|{claim_type}"
    yield f"carried|part={candidate.part.value}|{token.dep}"
    yield f"carried|speaker={speaker}"
    yield f"carried|speaker|type={speaker}|{claim_type}|{min(actors_here, 2)}"
    yield f"carried|level={'state' if len(code) == 3 else 'other'}"


def find_path(sentence: Sentence, cue: int, unit: Unit) -> str:
    """Way through the tree from a cue to a unit, short: arcs inside the unit's noun phrase left out."""
    down = _arcs_to_root(sentence, unit.head)
    up = _arcs_to_root(sentence, cue)
    down_nodes = [node for node, _ in down]
    meeting = next((node for node, _ in up if node in down_nodes), None)
    if meeting is None:
        return "none"
    rising = []
    for node, arc in up:
        if node == meeting:
            break
        rising.append(arc)
    falling = []
    for node, arc in down:
        if node == meeting:
            break
        falling.append(arc)
    falling = list(_join_preps(sentence, unit.head, falling, meeting))
    inner = [arc for arc in falling if arc not in _NP_INSIDE]
    last = falling[-1] if falling else ""
    if not inner and last in _NP_INSIDE:
        inner = [last]
    steps = [f"^{arc}" for arc in rising if arc not in ("aux", "auxpass")] + inner
    if len(steps) > MAX_PATH:
        steps = [*steps[: MAX_PATH // 2], "…", *steps[-MAX_PATH // 2 :]]
    return ">".join(steps) or "self"


def _arcs_to_root(sentence: Sentence, index: int) -> list[tuple[int, str]]:
    """Nodes from a token to the root, each with the arc that leads up from it."""
    found = []
    current = index
    seen: set[int] = set()
    while current not in seen:
        seen.add(current)
        found.append((current, sentence[current].dep))
        current = sentence[current].head
    return found


def _join_preps(sentence: Sentence, index: int, arcs: Sequence[str], meeting: int) -> list[str]:
    """Arcs from the meeting point down, prepositions by their word."""
    nodes = []
    current = index
    for _ in arcs:
        nodes.append(current)
        current = sentence[current].head
    out = []
    for node in reversed(nodes):
        arc = sentence[node].dep
        if arc in ("prep", "agent", "dative") and sentence[node].pos == "ADP":
            out.append(f"{sentence[node].lemma.lower()}")
        elif arc in ("pobj", "pcomp"):
            continue
        else:
            out.append(arc)
    return out


def unit_class(unit: Unit) -> str:
    """Kind of a unit, coarser where it makes no difference to roles."""
    if unit.kind in ("demonym", "adjective", "prefix"):
        return "adjective"
    if unit.kind in ("seat", "body"):
        return "body"
    return unit.kind
