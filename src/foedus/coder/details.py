"""Subject, place and time of a claim: words that syntax names, weighed by models."""

from collections.abc import Callable, Iterator

from foedus.codebook import CuePart
from foedus.coder.clause import find_subject, governor
from foedus.coder.cues import Candidate
from foedus.coder.encoder import Slot
from foedus.coder.links import (
    belongs,
    fills,
    find_top,
    iter_arc_features,
    iter_place_features,
    iter_time_features,
    pick_head,
)
from foedus.coder.scene import Line
from foedus.coder.units import Words, is_beside
from foedus.dates import TimeMention
from foedus.model.claim import ClaimType, Status
from foedus.syntax import Sentence

MAX_SUBJECT_TOKENS = 14

LEAST_KEPT = 0.5
"""Words below the head of a claim's subject are part of its name from this probability on."""
LEAST_SHARE = 0.3
"""A name or a time belongs to a claim from this probability on: a claim without its day is worth as little as one with
a wrong one."""

_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "off",
        "outside",
        "inside",
        "around",
        "along",
        "across",
        "over",
        "to",
        "from",
        "throughout",
        "within",
        "into",
        "through",
        "between",
        "towards",
        "toward",
    }
)
_PLACELESS = frozenset(
    {ClaimType.APPEAL, ClaimType.ACCUSATION, ClaimType.REFUSAL, ClaimType.RELATIONS, ClaimType.MEMBERSHIP}
)
"""Acts of speech and states of things: the places in their sentences are those of other deeds."""

_NEAR = frozenset({"near", "in", "at", "outside", "off", "around", "inside"})
_MOUNTS = frozenset({"mount", "mt", "mt.", "st", "st."})
_AMONG = frozenset({"between", "among", "with", "by"})
_MOTION = frozenset({"to", "from", "into", "through", "towards", "toward"})
_MOVING = frozenset(
    {ClaimType.DEPLOYMENT, ClaimType.CONSULTATION, ClaimType.BUILDUP, ClaimType.AID, ClaimType.CLASH}
)
_WORDED = frozenset({ClaimType.APPEAL, ClaimType.ACCUSATION, ClaimType.THREAT, ClaimType.REFUSAL})
_ABOUT = frozenset({"on", "for", "about", "in", "to", "with", "of", "at", "against", "into", "over"})
_BELOW = frozenset({"advcl", "xcomp", "acl", "relcl", "pcomp", "prep"})
"""Arcs from a clause up to the deed that it is the purpose or the content of."""
_TOPICAL = frozenset({"on", "about", "upon"})
_CUT = frozenset({"relcl", "appos", "advcl", "parataxis", "ccomp", "cc", "punct", "npadvmod"})
_HYPHENS = frozenset({"-", "‑", "–", "/"})
_CLAUSAL = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "mark", "advmod"})
_JOINTS = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "PART", "SCONJ"})
_BRIDGES_BEFORE = frozenset({"-", "and", ",", "'s", "/", "(", '"', "“"})
_BRIDGES_AFTER = frozenset({"-", "and", "'s", "/", "'", ","})
_PARTICIPLES = frozenset({"VBN", "VBD"})
_KEEP_PREPS = frozenset({"of", "on", "for"})
"""Prepositions that go on with the name of a thing; what others bring is who, where and when."""
_JOINING = frozenset({"and", "but"})
_BETWEEN = _JOINING | {",", "then", "later", "also", "now"}
"""What may stand between two recurrences of one thing."""
_DROPPED = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "any",
        "some",
        "no",
        "all",
        "both",
        "such",
        "another",
        "several",
        "many",
        "more",
        "my",
    }
)


def find_subject_phrase(
    line: Line, candidate: Candidate, claim_type: ClaimType, words: Words
) -> tuple[int, int] | None:
    """First and last token of the words that name the thing itself, or None."""
    ruled = find_ruled_head(line, candidate, claim_type, words)
    head = pick_head(line, candidate, claim_type, ruled)
    return None if head is None else find_phrase(line, head, candidate, claim_type)


def find_ruled_head(line: Line, candidate: Candidate, claim_type: ClaimType, words: Words) -> int | None:
    """Token whose phrase names the thing a cue is about, by syntax alone."""
    sentence = line.sentence
    cue = candidate.index
    token = sentence[cue]
    if claim_type is ClaimType.CONSULTATION and (topic := _talked_of(sentence, cue, words)) is not None:
        return topic
    if candidate.part is CuePart.NOUN:
        if token.lemma.lower() in words.processes:
            return _of_object(sentence, cue) or cue
        if token.lemma.lower() in words.wishes:
            return _wished(line, cue) or cue
        return cue
    if candidate.part is CuePart.ADJECTIVE and token.pos == "ADJ":
        if token.dep == "amod" and sentence[token.head].pos in ("NOUN", "PROPN"):
            return token.head
        subject = sentence.child(cue, "nsubj")
        if subject is None and token.dep in ("acomp", "attr"):
            subject = sentence.child(token.head, "nsubj")
        if claim_type is ClaimType.RELATIONS and subject is not None and sentence[subject].pos != "PRON":
            return subject
        return _wished(line, cue) or (
            subject if subject is not None and sentence[subject].pos != "PRON" else None
        )
    if claim_type is ClaimType.CLASH:
        # "one strike destroyed a bridge": the strike is the deed
        striker = find_subject(sentence, cue)
        struck = {other.index for other in line.candidates if ClaimType.CLASH in other.types}
        if striker is not None and striker in struck and sentence[striker].pos == "NOUN":
            return striker
    target = sentence.child(cue, "dobj", "nsubjpass", "oprd", "attr")
    actors = {unit.head for unit in line.units if unit.kind not in ("body", "adjective")}
    if target is not None and target in actors:
        # "thanked Chad for its help", "supplied Chad with jets", "troops left Chad": the actor is not the thing
        doer = find_subject(sentence, cue)
        moved = doer if doer is not None and sentence[doer].pos == "NOUN" and claim_type in _MOVING else None
        return _wished(line, cue) or moved or (target if claim_type in _WORDED else None)
    if target is not None and sentence[target].pos != "PRON":
        if sentence[target].lemma.lower() in words.processes:
            return _of_object(sentence, target) or target
        return target
    if (
        token.dep in ("acl", "relcl")
        and token.tag in ("VBN", "VBD")
        and sentence[token.head].pos in ("NOUN", "PROPN")
    ):
        return token.head
    wished = _wished(line, cue)
    if wished is not None:
        return wished
    complement = sentence.child(cue, "ccomp")
    if complement is not None:
        inner = sentence.child(complement, "dobj", "nsubjpass", "attr")
        return inner if inner is not None and sentence[inner].pos != "PRON" else complement
    subject = find_subject(sentence, cue)
    return subject if subject is not None and sentence[subject].pos == "NOUN" else None


def _talked_of(sentence: Sentence, cue: int, words: Words) -> int | None:
    """What a meeting was about, where a clause below its cue says so: "met to discuss patrols"."""
    for token in sentence.tokens:
        if token.lemma.lower() not in words.talks or token.index == cue:
            continue
        node = token.index
        while sentence[node].dep in _BELOW and sentence[node].head != node:
            node = sentence[node].head
            if node == cue:
                topics = [
                    sentence.child(prep, "pobj")
                    for prep in sentence.having(token.index, "prep")
                    if sentence[prep].lemma.lower() in _TOPICAL
                ]
                return next(
                    (topic for topic in (sentence.child(token.index, "dobj"), *topics) if topic is not None),
                    None,
                )
    return None


def _wished(line: Line, word: int) -> int | None:
    """What a wish, call, thanks or commitment is for: the object of its preposition or of its infinitive."""
    sentence = line.sentence
    timed = {index for first, last, _ in line.times for index in range(first, last + 1)}
    for prep in sentence.having(word, "prep", "agent"):
        if sentence[prep].lemma not in _ABOUT:
            continue
        done = sentence.child(prep, "pcomp")
        if done is not None:
            return done
        thing = sentence.child(prep, "pobj")
        if thing is None or thing in timed or sentence[thing].pos not in ("NOUN", "PROPN"):
            continue
        if sentence[thing].entity not in ("GPE", "PERSON", "DATE"):
            return thing
    done = sentence.child(word, "xcomp", "acl")
    if done is not None:
        inner = sentence.child(done, "dobj", "nsubjpass", "attr")
        return inner if inner is not None and sentence[inner].pos != "PRON" else done
    return None


def _of_object(sentence: Sentence, noun: int) -> int | None:
    for prep in sentence.having(noun, "prep"):
        if sentence[prep].lemma == "of":
            return sentence.child(prep, "pobj")
    compound = list(sentence.having(noun, "compound"))
    return (
        compound[-1]
        if compound
        and sentence[noun].lemma.lower() in ("delivery", "deliveries", "supply", "sale", "purchase")
        else None
    )


def find_phrase(line: Line, head: int, candidate: Candidate, claim_type: ClaimType) -> tuple[int, int]:
    """First and last token of a noun with what names it.

    An agreement's name has what it is to do in it ("agreement to build a base"), also past who is party to it.
    """
    sentence = line.sentence
    is_agreement = claim_type is ClaimType.AGREEMENT

    def keeps(_: int, ruled: bool, features: Iterator[str]) -> bool:
        return (is_agreement and ruled) or belongs("extent", features) >= LEAST_KEPT

    kept = find_kept(line, head, candidate, claim_type, keeps)
    first, last = head, head
    while first - 1 in kept or (first - 2 in kept and sentence[first - 1].text in _BRIDGES_BEFORE):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and sentence[last + 1].text in _BRIDGES_AFTER):
        last += 1
    if is_agreement:
        last = max(last, max(kept))
    first, last = _widen_to_hyphens(sentence, first, last)
    if last - first + 1 > MAX_SUBJECT_TOKENS:
        last = max(head, first + MAX_SUBJECT_TOKENS - 1)
        while last > head and sentence[last].pos == "ADJ":
            last -= 1
    first = _skip_possessor(line, first, head)
    while (
        first < head
        and not _is_joined_to_next(sentence, first)
        and (
            sentence[first].text.lower() in _DROPPED
            or sentence[first].text in (",", '"', "“", "'s", "’s", "and", "(", "-")
            or sentence[first].dep in ("nummod", "quantmod")
            or sentence[first].lemma in ("than", "least", "more", "up")
        )
    ):
        first += 1
    return first, _last_word(sentence, first, last, head)


def _is_joined_to_next(sentence: Sentence, index: int) -> bool:
    """Whether a hyphen joins a token to the next word: "94-metre"."""
    hyphen = sentence[index + 1]
    return hyphen.text in _HYPHENS and hyphen.start == sentence[index].end


def find_kept(
    line: Line,
    head: int,
    candidate: Candidate,
    claim_type: ClaimType,
    keeps: Callable[[int, bool, Iterator[str]], bool],
) -> set[int]:
    """Tokens under a noun, itself among them, that say what it is; who did it, where and when stay out.

    Args:
        line: The sentence.
        head: The noun.
        candidate: The cue.
        claim_type: The claim's type.
        keeps: Whether a token that hangs on one that is kept is kept too: by its number, by whether syntax alone would
            keep it, and by its features.
    """
    timed = {index for first, last, _ in line.times for index in range(first, last + 1)}
    kept = {head}
    stack = [head]
    while stack:
        current = stack.pop()
        for child in line.sentence.children[current]:
            if child in timed or (child == candidate.index and candidate.part is CuePart.VERB):
                continue
            ruled = _keeps_by_rule(line.sentence, head, child)
            features = iter_arc_features(line, candidate, claim_type, head, child, ruled=ruled)
            if keeps(child, ruled, features):
                kept.add(child)
                stack.append(child)
    return kept


def _keeps_by_rule(sentence: Sentence, head: int, child: int) -> bool:
    """Whether a token below a noun says what that is, by syntax alone."""
    kid = sentence[child]
    above = sentence[kid.head]
    if kid.dep in _CUT and kid.text not in _HYPHENS and not _is_hyphened(sentence, child):
        return False
    if kid.dep == "acl" and kid.tag in _PARTICIPLES:
        return False
    if kid.dep == "conj" and (kid.pos == "VERB" or kid.head != head):
        return False
    if kid.dep == "prep" and kid.lemma not in _KEEP_PREPS:
        return False
    infinitive = kid.tag == "TO" and kid.head != head
    if kid.dep in _CLAUSAL and above.pos in ("VERB", "AUX") and not infinitive:
        return False
    return not (kid.dep == "poss" and kid.pos == "PRON")


def _widen_to_hyphens(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """A stretch that neither begins nor ends inside a word with hyphens."""

    def joined(index: int) -> bool:
        return 0 < index < len(sentence) and sentence[index - 1].end == sentence[index].start

    def hyphen(index: int) -> bool:
        return 0 <= index < len(sentence) and sentence[index].text in _HYPHENS

    while joined(first) and (hyphen(first) or hyphen(first - 1)):
        first -= 1
    while joined(last + 1) and (hyphen(last) or hyphen(last + 1)):
        last += 1
    return first, last


def _is_hyphened(sentence: Sentence, index: int) -> bool:
    """Whether a word is the first part of one with a hyphen ("ice" of "ice-capable")."""
    return index + 1 < len(sentence) and sentence[index + 1].text in _HYPHENS


def _skip_possessor(line: Line, first: int, head: int) -> int:
    """Where a stretch begins without the actor whose it is: that one has a slot of its own."""
    for index in range(first + 1, head - 1):
        if line.sentence[index].tag == "POS":
            owned = any(
                unit.first <= first + 1 and unit.last == index - 1 for unit in line.units if unit.codes
            )
            return index + 1 if owned else first
    return first


def _last_word(sentence: Sentence, first: int, last: int, head: int) -> int:
    """The last token of a stretch that does not end in a joint, nor within brackets that it does not close."""
    opened = [index for index in range(head + 1, last + 1) if sentence[index].text == "("]
    if opened and all(sentence[index].text != ")" for index in range(opened[-1], last + 1)):
        last = opened[-1] - 1
    closed = [index for index in range(head + 1, last + 1) if sentence[index].text == ")"]
    if closed and all(sentence[index].text != "(" for index in range(first, closed[0])):
        last = closed[0] - 1
    while last > head and (sentence[last].pos in _JOINTS or sentence[last].text in (",", '"', "”", "“")):
        last -= 1
    return last


def find_places(
    line: Line, candidate: Candidate, claim_type: ClaimType, evidence: tuple[int, int], words: Words
) -> list[tuple[int, int, str]]:
    """Places of a claim: first and last token and name, in order, each name once.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: Its type.
        evidence: Tokens of the clause.
        words: Word lists of the language.
    """
    found: list[tuple[int, int, str]] = []
    for span, features in iter_place_rows(line, candidate, claim_type, evidence, words):
        name = line.words(*span)
        if _is_party(line, *span, words) or name in (other for _, _, other in found):
            continue
        top = find_top(line.sentence, *span)
        share = fills(Slot.PLACE, belongs("place", features), line, candidate, claim_type, top)
        if share >= LEAST_SHARE:
            found.append((*span, name))
    return found


def _is_party(line: Line, first: int, last: int, words: Words) -> bool:
    """Whether a state, or its capital in its stead, stands as one of several: "exercises between Peru and Chile"."""
    is_state = any(
        unit.kind in ("name", "capital") and unit.codes and unit.first <= first and last <= unit.last
        for unit in line.units
    )
    prep = _governing_prep(line.sentence, first, last, words) if is_state else None
    return prep is not None and line.sentence[prep].lemma.lower() in _AMONG


def iter_place_rows(
    line: Line, candidate: Candidate, claim_type: ClaimType, evidence: tuple[int, int], words: Words
) -> Iterator[tuple[tuple[int, int], Iterator[str]]]:
    """Names that may be places of a claim, each with its features."""
    names = iter_place_names(line, words)
    ruled = {found[:2] for found in find_ruled_places(line, candidate, claim_type, evidence, words)}
    for span in names:
        yield (
            span,
            iter_place_features(
                line, candidate, claim_type, span, evidence, ruled=span in ruled, several=len(names)
            ),
        )


def find_ruled_places(
    line: Line, candidate: Candidate, claim_type: ClaimType, evidence: tuple[int, int], words: Words
) -> list[tuple[int, int, str]]:
    """Places of a claim by syntax alone: first and last token and name, in order.

    A place is a name that a locative preposition governs in the claim's clause; the country set behind a town by a
    comma is left out.

    Args:
        line: The sentence.
        candidate: The cue.
        claim_type: Its type: a way "to" or "from" somewhere is a place only where something moves.
        evidence: Tokens of the clause.
        words: Word lists of the language.
    """
    sentence = line.sentence
    found: list[tuple[int, int, str]] = []
    if claim_type in _PLACELESS:
        return found
    verb = governor(sentence, candidate.index)
    for first, last in iter_place_names(line, words):
        if not (evidence[0] <= first and last <= evidence[1]) and governor(sentence, first) != verb:
            continue
        if found and first >= 2 and sentence[first - 1].text == "," and found[-1][1] == first - 2:
            continue
        prep = _governing_prep(sentence, first, last, words)
        if prep is None:
            if claim_type is ClaimType.CONSULTATION and _is_visited(sentence, first, last):
                found.append((first, last, line.words(first, last)))
            continue
        lemma = sentence[prep].lemma.lower()
        if lemma not in _LOCATIVE or (lemma in _MOTION and claim_type not in _MOVING):
            continue
        name = line.words(first, last)
        if name not in (other for _, _, other in found):
            found.append((first, last, name))
    return found


def iter_place_names(line: Line, words: Words) -> list[tuple[int, int]]:
    """Names that may be places: states and capitals, what the analyser takes for places, capitals after "near"."""
    sentence = line.sentence
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for unit in line.units:
        if unit.kind in ("name", "capital", "place") and unit.codes and len(unit.codes[0]) == 3:
            found.append((unit.first, unit.last))
        if unit.kind not in ("plural", "speaker", "pronoun", "office", "adjective"):
            taken.update(range(unit.first, unit.last + 1))
    timed = {index for first, last, _ in line.times for index in range(first, last + 1)}
    index = 0
    while index < len(sentence):
        if index in taken or index in timed or not _may_be_place(sentence, index, words):
            index += 1
            continue
        first = index
        while (
            index + 1 < len(sentence)
            and index + 1 not in taken
            and index + 1 not in timed
            and (sentence[index + 1].text[:1].isupper() or sentence[index + 1].lemma.lower() in words.places)
            and sentence[index + 1].pos in ("PROPN", "NOUN", "ADJ", "X")
        ):
            index += 1
        found.append((first, index))
        index += 1
    return _join_names(sentence, sorted(found), words)


def _join_names(sentence: Sentence, spans: list[tuple[int, int]], words: Words) -> list[tuple[int, int]]:
    """Names that touch as one, where a word for a kind of place is among them: Mount Sinai, Sonora Province."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        kinds = {sentence[index].lemma.lower() for index in (first, last)}
        if joined:
            kinds |= {sentence[index].lemma.lower() for index in joined[-1]}
        if joined and joined[-1][1] == first - 1 and kinds & (words.places | _MOUNTS):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _may_be_place(sentence: Sentence, index: int, words: Words) -> bool:
    token = sentence[index]
    if not token.text[:1].isupper() or token.entity in ("DATE", "NORP", "TIME", "CARDINAL"):
        return False
    if token.pos == "PROPN" and is_beside(sentence, index):
        return True
    if token.entity == "PERSON":
        return False
    if token.entity in ("GPE", "LOC", "FAC"):
        return True
    before = index - 1
    while before > 0 and sentence[before].pos in ("DET", "ADJ") and sentence[before].text.islower():
        before -= 1
    if before < 0:
        return False
    if sentence[before].lemma == "of" and sentence[sentence[before].head].lemma.lower() in words.soil:
        return token.pos == "PROPN"
    if sentence[before].lemma.lower() not in _NEAR:
        return False
    return token.pos == "PROPN" and token.entity in ("", "ORG")


def _is_visited(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a place is what someone visits."""
    return any(
        sentence[index].dep == "dobj" and sentence[sentence[index].head].lemma in ("visit", "tour")
        for index in range(first, last + 1)
    )


def _governing_prep(sentence: Sentence, first: int, last: int, words: Words) -> int | None:
    current = last
    for index in range(last, first - 1, -1):
        if not first <= sentence[index].head <= last:
            current = index
            break
    for _ in range(6):
        token = sentence[current]
        if token.dep == "pobj":
            prep = token.head
            if sentence[prep].lemma == "of" and sentence[sentence[prep].head].lemma.lower() in words.soil:
                current = sentence[prep].head
                continue
            return prep
        if token.head == current:
            return None
        if token.dep in ("compound", "poss", "amod", "nmod", "conj", "appos"):
            head = token.head
            if (
                token.dep in ("poss", "amod", "compound", "nmod")
                and not (first <= head <= last)
                and sentence[head].lemma.lower() not in words.soil
            ):
                return None
            current = head
            continue
        return None
    return None


def find_time(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    status: Status,
    evidence: tuple[int, int],
    others: frozenset[int],
) -> TimeMention | None:
    """The time expression that most likely is the time of a claim; None when none likely is."""
    best: tuple[float, TimeMention] | None = None
    for (first, last, mention), features in iter_time_rows(
        line, candidate, claim_type, status, evidence, others
    ):
        top = find_top(line.sentence, first, last)
        share = fills(Slot.TIME, belongs("time", features), line, candidate, claim_type, top)
        if share >= LEAST_SHARE and (best is None or share > best[0]):
            best = (share, mention)
    return best[1] if best else None


def _is_time_of_speech(line: Line, cue: int, first: int, last: int) -> bool:
    """Whether a time is that of saying what the cue is in: "they will meet, she said on Tuesday"."""
    speech = line.speech_of(cue)
    if speech is None or speech.verb is None or speech.verb == cue:
        return False
    if speech.content is not None and not speech.content.isdisjoint(range(first, last + 1)):
        return False
    return governor(line.sentence, find_top(line.sentence, first, last)) == speech.verb


def find_joined_recurrences(line: Line, mention: TimeMention) -> tuple[TimeMention, ...]:
    """Other recurrences that "and" or "but" sets beside a recurrence, in order: nothing else stands between them.

    Forms: "every year since 2006 and biennially since 2009"; "annually until 2010, and every third year since then".
    """
    runs: list[list[tuple[int, int, TimeMention]]] = []
    for found in line.times:
        if found[2].recurrence is None:
            continue
        start = runs[-1][-1][1] + 1 if runs else found[0]
        between = [line.sentence[index] for index in range(start, found[0])]
        joined = {token.text.casefold() for token in between}
        if joined <= _BETWEEN and not joined.isdisjoint(_JOINING):
            runs[-1].append(found)
        else:
            runs.append([found])
    together = next((run for run in runs if any(found[2] is mention for found in run)), [])
    others = (found[2] for found in together if found[2] is not mention)
    return tuple(other for other in others if other.recurrence != mention.recurrence)


def iter_time_rows(
    line: Line,
    candidate: Candidate,
    claim_type: ClaimType,
    status: Status,
    evidence: tuple[int, int],
    others: frozenset[int],
) -> Iterator[tuple[tuple[int, int, TimeMention], Iterator[str]]]:
    """Time expressions of a sentence that mean a time, each with its features; not when the claim was uttered.

    An expression comes with its first and last token.
    """
    times = [
        found
        for found in line.times
        if (found[2].when is not None or found[2].recurrence is not None)
        and not _is_time_of_speech(line, candidate.index, *found[:2])
    ]
    ruled = find_ruled_time(line, candidate, claim_type, evidence, others)
    for found in times:
        features = iter_time_features(
            line,
            candidate,
            claim_type,
            status.value,
            found[:2],
            evidence,
            ruled=found[2] is ruled,
            several=len(times),
        )
        yield found, features


def find_ruled_time(
    line: Line, candidate: Candidate, claim_type: ClaimType, evidence: tuple[int, int], others: frozenset[int]
) -> TimeMention | None:
    """The time expression of a cue by syntax alone: nearest through the tree, not nearer to another cue's verb."""
    sentence = line.sentence
    best: tuple[tuple[int, int], TimeMention] | None = None
    for first, last, mention in line.times:
        if mention.when is None and mention.recurrence is None:
            continue
        if claim_type is ClaimType.AGREEMENT and first and sentence[first - 1].lemma == "for":
            continue  # "a plan for 2012-2015": the time of what is agreed, not of agreeing
        cost = _time_cost(sentence, candidate.index, first, last, others)
        if cost is None:
            continue
        inside = 0 if evidence[0] <= first and last <= evidence[1] else 1
        key = (cost + 2 * inside, abs(first - candidate.index))
        if best is None or key < best[0]:
            best = (key, mention)
    return best[1] if best else None


def _time_cost(sentence: Sentence, cue: int, first: int, last: int, others: frozenset[int]) -> int | None:
    """Arcs between a cue and a time; None when another cue's verb stands between them."""
    top = first
    for index in range(first, last + 1):
        head = sentence[index].head
        if head < first or head > last or head == index:
            top = index
            break
    verb_of_time = governor(sentence, top)
    up_from_time = [top, *sentence.iter_ancestors(top)]
    up_from_cue = [cue, *sentence.iter_ancestors(cue)]
    meeting = next((node for node in up_from_time if node in up_from_cue), None)
    if meeting is None:
        return None
    between = up_from_time[: up_from_time.index(meeting) + 1]
    if any(node in others and node != cue for node in between):
        return None
    if any(sentence[node].dep in ("relcl", "ccomp") for node in up_from_time[: up_from_time.index(meeting)]):
        return None
    steps = up_from_time.index(meeting) + up_from_cue.index(meeting)
    if steps > 5 and verb_of_time != governor(sentence, cue):
        return None
    return steps
