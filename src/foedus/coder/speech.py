"""Who says it: direct, indirect and free speech, quotes over several sentences, and the outlets in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from foedus.coder.clause import find_subject
from foedus.coder.units import Unit, Words, climb
from foedus.lang import Language
from foedus.syntax import Sentence

_OPEN = "“«„"
_CLOSE = "”»"
_MARKS = frozenset({'"', "“", "”", "«", "»", "„"})
_VIEWS = frozenset({"see", "regard", "view", "consider", "describe"})
_ONLY_QUOTES = frozenset({"continue", "go", "read", "show", "quote", "release", "post"})
_PAPERS = frozenset({"release", "statement", "communique", "communiqué", "readout", "bulletin"})

MIN_CONTENT = 3
"""Fewer words than these are no reported speech ("that said")."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that someone is made to answer for.

    Attributes:
        name: The speaker as named: a person in full, else the words of the noun phrase; None where a state
            speaks as a whole, which the contract attributes to nobody.
        codes: Actors the speaker comes to; may be empty.
        is_outlet: Whether the speaker is a news outlet.
        verb: Token of the reporting verb in this sentence, or None where the speech only goes on.
        subject: Tokens of the speaker's phrase in this sentence (first, last), or None.
        content: Tokens the speaker answers for, or None for the whole sentence.
        via: Outlets that pass it on, nearest first.
        is_named: Whether the speaker is a person or body by name, not a description.
    """

    name: str | None
    codes: tuple[str, ...]
    is_outlet: bool
    verb: int | None
    subject: tuple[int, int] | None
    content: frozenset[int] | None
    via: tuple[str, ...] = ()
    is_named: bool = False

    def carried(self) -> "Speech":
        """The same speaker in a sentence that does not name him."""
        return replace(self, verb=None, subject=None, content=None)

    def covers(self, index: int) -> bool:
        """Whether the speaker answers for a token."""
        if self.content is not None:
            return index in self.content
        if self.subject is not None and self.subject[0] <= index <= self.subject[1]:
            return False
        return index != self.verb


_PROVISIONS = frozenset(
    {"paragraph", "article", "clause", "agreement", "plan", "treaty", "law", "schedule", "deal", "contract", "accord",
     "pact", "protocol", "memorandum", "programme", "program", "timetable", "draft", "terms"}
)  # fmt: skip
"""What is done according to them is what they lay down; they are nobody's words."""


@dataclass(slots=True)
class Speeches:
    """Follows speech through an article, paragraph by paragraph."""

    language: Language
    words: Words
    _current: Speech | None = None
    _open: bool = False
    _announced: bool = False
    _answers: Speech | None = None
    _paper: "_Speaker | None" = None
    _verbs: frozenset[str] = field(init=False)
    _loaded: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        section = self.language.section("speech")
        self._verbs = frozenset(str(word) for word in section["verbs"])
        self._loaded = frozenset(str(word) for word in section["loaded_verbs"])

    def interview(self, person: Unit) -> None:
        """From here on what no one else says is the answer of this person."""
        self._answers = Speech(person.agent, person.codes, False, None, None, None, is_named=True)

    def follow(
        self, sentences: Sequence[Sentence], units: Sequence[Sequence[Unit]]
    ) -> tuple[tuple[Speech, ...], ...]:
        """Who says each sentence of the next paragraph, or parts of it; empty for the article's own voice.

        A quote over several sentences is its speaker's whether he is named at its beginning or its end; "X said:" at
        the end of a sentence holds for all that follows until someone else is named.
        """
        own = [self._find_here(sentence, found) for sentence, found in zip(sentences, units, strict=True)]
        said = list(own)
        answered = self._answers if sentences and _text_end(sentences[-1]) != "?" else None
        for first, last, begins_quoted in list(self._iter_runs(sentences)):
            named = [own[index][0] for index in range(last, first - 1, -1) if own[index]]
            speaker = named[0] if named else None
            if speaker is None and (begins_quoted or self._announced) and self._current is not None:
                speaker = self._current
            if speaker is None:
                speaker = answered
            for index in range(first, last + 1):
                if not said[index] and speaker is not None:
                    said[index] = (speaker.carried(),)
            if own[last] and _announces(sentences[last], own[last][0]):
                self._announced = True
            elif (
                self._announced and speaker is not None and self._current is not None and not speaker.is_named
            ):
                continue  # "this report shows …", in what somebody is announced to have said
            elif named:
                self._announced = False
            if speaker is not None:
                self._current = speaker
            elif not self._announced:
                self._current = None
        return tuple(said)

    def _iter_runs(self, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, bool]]:
        """Sentences that one quote holds together: first, last, and whether the run begins inside or with a quote."""
        straight = False
        first = 0
        starts_with_mark = bool(sentences) and sentences[0][0].text in _MARKS
        inside = self._open and starts_with_mark
        begins = inside or starts_with_mark
        for index, sentence in enumerate(sentences):
            if index == first:
                begins = inside or sentence[0].text in _MARKS
            for token in sentence.tokens:
                for character in token.text:
                    if character in _OPEN:
                        inside = True
                    elif character in _CLOSE:
                        inside = False
                    elif character == '"':
                        straight = not straight
                        inside = straight
            if not inside or index == len(sentences) - 1:
                yield first, index, begins
                first = index + 1
        self._open = inside

    def _find_here(self, sentence: Sentence, units: Sequence[Unit]) -> tuple[Speech, ...]:
        """Speeches of a sentence, the one that a quote would go on with first."""
        verbs = self._find_verbs(sentence, units)
        source = self._find_according(sentence, units)
        if source is None:
            return verbs
        if source.is_outlet and verbs and source.name:
            return tuple(replace(speech, via=(source.name,)) for speech in verbs)
        return (*verbs, source)

    def _find_according(self, sentence: Sentence, units: Sequence[Unit]) -> Speech | None:
        """A source named beside the clause: "according to X", "as reported by X", "citing X"."""
        for token in sentence.tokens:
            lower = token.text.lower()
            start: int | None = None
            if (
                lower == "according"
                and token.index + 2 < len(sentence)
                and sentence[token.index + 1].text == "to"
            ):
                start = token.index + 2
            elif lower in ("citing", "quoting"):
                start = token.index + 1
            elif (
                lower == "reported"
                and token.index + 1 < len(sentence)
                and sentence[token.index + 1].text == "by"
            ):
                start = token.index + 2
            if start is None or start >= len(sentence):
                continue
            head = None if sentence[start].text in _MARKS else self._phrase_head(sentence, start)
            if head is None or sentence[head].lemma.lower() in _PROVISIONS:
                continue
            speaker = self._speaker(sentence, head, units)
            if speaker is None:
                continue
            end = speaker.span[1]
            over = sentence.subtree(sentence[token.index].head if token.dep != "ROOT" else token.index)
            content = frozenset(over) - frozenset(range(token.index, end + 1))
            return _to_speech(speaker, None, (token.index, end), content)
        return None

    def _phrase_head(self, sentence: Sentence, start: int) -> int | None:
        for index in range(start, min(len(sentence), start + 8)):
            if sentence[index].pos in ("NOUN", "PROPN", "PRON") or sentence[index].text[:1].isupper():
                head = index
                while sentence[head].dep in ("compound", "amod", "poss", "nmod") and head < sentence[
                    head
                ].head < min(len(sentence), start + 14):
                    head = sentence[head].head
                return head
        return None

    def _find_verbs(self, sentence: Sentence, units: Sequence[Unit]) -> tuple[Speech, ...]:
        """Speeches by reporting verbs; verbs of plain saying before verbs of accusing, asking and the like."""
        plain: list[Speech] = []
        loaded: list[Speech] = []
        for token in sentence.tokens:
            if token.pos not in ("VERB", "AUX"):
                continue
            is_plain = token.lemma in self._verbs
            if not is_plain and token.lemma not in self._loaded:
                continue
            subject = find_subject(sentence, token.index)
            if subject is None or sentence[token.index].dep in ("acl", "relcl"):
                continue
            content = self._content(sentence, token.index, subject) if is_plain else None
            if content is None and token.lemma in self._loaded:
                content = _complement(sentence, token.index)
            if content is None or (content and len(content) < MIN_CONTENT):
                continue
            speaker = self._speaker(sentence, subject, units)
            if speaker is not None:
                speech = _to_speech(speaker, token.index, speaker.span, content)
                (plain if is_plain else loaded).append(speech)
        return (*plain, *loaded)

    def _content(self, sentence: Sentence, verb: int, subject: int) -> frozenset[int] | None:
        """Tokens a verb of saying reports, or None when it reports nothing."""
        if sentence[verb].lemma in _VIEWS:
            # "experts see Belarus as …": what they see is theirs
            active = sentence[subject].dep == "nsubj"
            if active and any(
                sentence[child].lemma == "as" for child in sentence.having(verb, "prep", "advcl")
            ):
                return frozenset(range(len(sentence))) - frozenset(sentence.subtree(subject))
            return None
        if _text_end(sentence) == ":" and any(
            sentence[thing].lemma in _PAPERS for thing in sentence.having(verb, "dobj")
        ):
            return frozenset()
        parts = sentence.having(verb, "ccomp", "parataxis")
        if sentence[verb].lemma in _ONLY_QUOTES and not any(t.text in _MARKS for t in sentence.tokens):
            return None
        if parts:
            return frozenset(index for part in parts for index in sentence.subtree(part))
        token = sentence[verb]
        if token.dep in ("parataxis", "ccomp", "advcl") or any(t.text in _MARKS for t in sentence.tokens):
            inside = self._quoted_tokens(sentence)
            if inside and verb not in inside:
                return frozenset(inside)
            if token.dep == "parataxis":
                return frozenset(range(len(sentence))) - frozenset(sentence.subtree(verb))
        if token.lemma in ("say", "state", "declare", "add") and (
            sentence[len(sentence) - 1].text == ":" or len(sentence) - 1 == verb
        ):
            return frozenset()
        return None

    def _quoted_tokens(self, sentence: Sentence) -> set[int]:
        inside: set[int] = set()
        opened = False
        for token in sentence.tokens:
            if token.text in ('"', "“", "«", "„") and not (token.text == '"' and opened):
                opened = True
                continue
            if token.text in ("”", "»", '"', '""'):
                if not opened and not inside:
                    inside.update(range(token.index))
                opened = False
                continue
            if opened:
                inside.add(token.index)
        return inside

    def _speaker(self, sentence: Sentence, head: int, units: Sequence[Unit]) -> "_Speaker | None":
        """Whom a phrase names as speaker; None for a pronoun that stands for nobody known."""
        token = sentence[head]
        below = [index for index in sentence.subtree(head) if not _is_set_apart(sentence, index, head)]
        span = (below[0], below[-1]) if below else (head, head)
        inside = [unit for unit in units if span[0] <= unit.head <= span[1]]
        person = next((u for u in inside if u.kind == "person" and u.first <= head <= u.last), None) or next(
            (u for u in inside if u.agent and u.kind in ("person", "pronoun", "office")), None
        )
        if person is not None and person.agent:
            return _Speaker(person.agent, person.codes, False, True, span)
        if token.pos == "PRON":
            return None
        outlet = next((u for u in inside if u.kind == "outlet" and u.agent), None)
        if outlet is not None and outlet.agent:
            return _Speaker(outlet.agent, (), True, False, span)
        body = next((u for u in inside if u.kind == "body" and u.agent), None)
        if token.lemma.lower() in _PAPERS:
            # a release speaks for the body that gave it out, and so does "the release" later on
            if body is not None and body.agent:
                self._paper = _Speaker(body.agent, body.codes, False, True, span)
            if self._paper is not None:
                return self._paper._replace(span=span)
        codes = tuple(
            dict.fromkeys(
                code
                for u in inside
                for code in u.codes
                if climb(sentence, u.head, self.words.representatives) == head or u.head == head
            )
        )
        is_outlet = token.text in self.words.outlets or token.lemma.lower() in self.words.outlet_nouns
        if body is not None and body.agent and body.first <= head <= body.last:
            return _Speaker(body.agent, body.codes or codes, is_outlet, not is_outlet, span)
        whole = next((u for u in inside if u.first <= head <= u.last), None)
        if whole is not None and whole.codes and not whole.agent:
            return _Speaker(None, codes or whole.codes, False, False, span)
        return _Speaker(_plain(sentence, head, below), codes, is_outlet, False, span)


def _to_speech(
    speaker: "_Speaker", verb: int | None, subject: tuple[int, int], content: frozenset[int]
) -> Speech:
    return Speech(
        speaker.name, speaker.codes, speaker.is_outlet, verb, subject, content, is_named=speaker.is_named
    )


class _Speaker(NamedTuple):
    """Name (None for a state as a whole), codes, whether an outlet, whether named, and tokens of the phrase."""

    name: str | None
    codes: tuple[str, ...]
    is_outlet: bool
    is_named: bool
    span: tuple[int, int]


def _is_set_apart(sentence: Sentence, index: int, head: int) -> bool:
    """Whether a token below a speaker's noun stands in a clause of its own there."""
    return any(
        sentence[node].dep in ("relcl", "acl", "advcl")
        for node in [index, *_until(sentence, index, head)]
        if node != head
    )


def _complement(sentence: Sentence, verb: int) -> frozenset[int] | None:
    """What an accusation, demand or warning is about: its clause; None where it has none."""
    parts = sentence.having(verb, "ccomp", "xcomp")
    for prep in sentence.having(verb, "prep"):
        parts.extend(sentence.having(prep, "pcomp", "pobj"))
    return frozenset(index for part in parts for index in sentence.subtree(part)) or None


def _announces(sentence: Sentence, speech: Speech) -> bool:
    """Whether what follows a sentence is said too: "X said:"; "X said: We have …", unless quotation marks tell."""
    if _text_end(sentence) == ":":
        return True
    if (
        speech.verb is None
        or speech.verb + 1 >= len(sentence)
        or any(t.text in _MARKS for t in sentence.tokens)
    ):
        return False
    return sentence[speech.verb + 1].text == ":"


def _text_end(sentence: Sentence) -> str:
    """Last sign of a sentence, closing quotation marks left out."""
    for token in reversed(sentence.tokens):
        if token.text not in _MARKS and token.text not in ("'", ")"):
            return token.text[-1:]
    return ""


def _until(sentence: Sentence, index: int, head: int) -> list[int]:
    found = []
    for ancestor in sentence.iter_ancestors(index):
        if ancestor == head:
            break
        found.append(ancestor)
    return found


def _plain(sentence: Sentence, head: int, below: Sequence[int]) -> str:
    """The phrase in its words, without article and without what hangs on by a preposition other than "of"."""
    kept = [
        index
        for index in below
        if index <= head or any(sentence[a].lemma == "of" for a in [index, *_until(sentence, index, head)])
    ]
    while kept and (
        (sentence[kept[0]].dep == "det" and sentence[kept[0]].lemma in ("the", "a", "an"))
        or (sentence[kept[0]].dep == "poss" and sentence[kept[0]].pos == "PRON")
    ):
        kept.pop(0)
    if not kept:
        kept = [head]
    out = ""
    for position, index in enumerate(kept):
        if position and sentence[index].start > sentence[index - 1].end:
            out += " "
        out += sentence[index].text
    return out.strip(" ,")
