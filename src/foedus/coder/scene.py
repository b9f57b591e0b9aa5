"""A scene: one article parsed, with everything that is known about each of its sentences before claims are sought."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from foedus.codebook import ActorKind, Codebook, NameKind
from foedus.coder.cues import Candidate, CueTable
from foedus.coder.encoder import Encoder, Vectors
from foedus.coder.gazetteer import Gazetteer, Name
from foedus.coder.speech import Speech, Speeches
from foedus.coder.text import Paragraph, iter_paragraphs
from foedus.coder.topic import find_hopeful
from foedus.coder.units import Memory, Unit, Words, find_units
from foedus.dates import TimeMention, find_times
from foedus.lang import Language
from foedus.model.article import Article
from foedus.model.document import Document
from foedus.model.span import Span
from foedus.syntax import Analyser, Sentence

HEAD_CHARS = 600
"""So much before and after an article's beginning is looked through for what kind of page it is."""

NEAR_UNITS = 24
"""So many names beside a cue are looked at: no deed has more actors, and time grows with their number."""

_INTERVIEW = re.compile(r"\b(?:interview(?:ed)?|Q ?& ?A|spoke with|talked to)\b", re.IGNORECASE)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_HOST = re.compile(r"https?://([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what stands in it.

    Attributes:
        sentence: Tokens and tree.
        paragraph: The paragraph it stands in; offsets of the sentence are into its text.
        number: Position among the article's sentences, from 0.
        units: Words that stand for actors, people, bodies.
        candidates: Words that may carry a claim.
        times: Time expressions, as (first token, last token, mention).
        speeches: Who says it or parts of it, the one a quote would go on with first; empty for the article's
            own voice.
        before: Codes named before this sentence, the latest last.
        pair: Codes behind "both countries" here; may be empty.
        vectors: Words in context, one row a token; None where the sentence cannot hold a claim.
    """

    sentence: Sentence
    paragraph: Paragraph
    number: int
    units: tuple[Unit, ...]
    candidates: tuple[Candidate, ...]
    times: tuple[tuple[int, int, TimeMention], ...]
    speeches: tuple[Speech, ...]
    before: tuple[str, ...]
    pair: tuple[str, ...]
    vectors: Vectors | None

    @property
    def speech(self) -> Speech | None:
        """The main speech, or None."""
        return self.speeches[0] if self.speeches else None

    def speech_of(self, index: int) -> Speech | None:
        """Who answers for a token: the innermost speech that covers it, or None for the article's own voice."""
        covering = [speech for speech in self.speeches if speech.covers(index)]
        return min(
            covering,
            key=lambda s: len(s.content) if s.content is not None else len(self.sentence),
            default=None,
        )

    def units_near(self, index: int) -> tuple[Unit, ...]:
        """The units nearest to a token, in text order; all of them in any sentence but a bare list of names."""
        if len(self.units) <= NEAR_UNITS:
            return self.units
        nearest = sorted(self.units, key=lambda unit: (abs(unit.head - index), unit.head))[:NEAR_UNITS]
        return tuple(sorted(nearest, key=lambda unit: (unit.first, unit.last, unit.kind)))

    def place(self, first: int, last: int) -> Span:
        """Where tokens `first` to `last`, both included, stand in the decoded text."""
        return self.paragraph.place(self.sentence[first].start, self.sentence[last].end)

    def words(self, first: int, last: int) -> str:
        """Tokens `first` to `last` as written, tidied."""
        return self.paragraph.text[self.sentence[first].start : self.sentence[last].end]


class Tools:
    """What is needed to read articles of one language: built once, used for all.

    Args:
        codebook: Types and actors.
        language: Words.
        analyser: Syntax.
        encoder: Words in context; None leaves every decision to the linear models.
    """

    def __init__(
        self, codebook: Codebook, language: Language, analyser: Analyser, encoder: Encoder | None
    ) -> None:
        self.encoder = encoder
        self.codebook = codebook
        self.language = language
        self.analyser = analyser
        self.gazetteer = Gazetteer(codebook, language)
        self.cues = CueTable(codebook, language.code)
        self.words = Words(language)

    @cached_property
    def state_by_alpha2(self) -> Mapping[str, str]:
        """State codes by lower-case ISO 3166-1 alpha-2, as country domains use them."""
        found = {
            actor.alpha2.lower(): actor.code
            for actor in self.codebook.actors.values()
            if actor.kind is ActorKind.STATE and actor.alpha2
        }
        return {**found, "uk": "GBR"}

    def find_home(self, document: Document) -> str | None:
        """State whose government or army publishes the page, by its address; None when the address does not say."""
        address = document.page.address or ""
        hosts = _HOST.findall(address + " " + document.text[:HEAD_CHARS])
        for host in hosts:
            labels = host.lower().rstrip(".").split(".")
            if labels[-1] in ("gov", "mil"):
                return "USA"
            if len(labels) > 2 and labels[-2] in (
                "gov",
                "gob",
                "gouv",
                "gub",
                "mil",
                "mod",
                "govt",
                "go",
                "gc",
                "admin",
            ):
                return self.state_by_alpha2.get(labels[-1])
        return None


def read_scene(
    document: Document, article: Article, tools: Tools, *, whole: bool = False
) -> tuple[Line, ...]:
    """The sentences of an article in order, title included.

    Args:
        document: Where the article stands.
        article: The article.
        tools: Codebook, words and analyser for its language.
        whole: Whether paragraphs on other topics, which hold no claims, are read too.
    """
    paragraphs = list(iter_paragraphs(document.text, article.spans, article.title_span))
    names: Sequence[Sequence[Name]] = tools.gazetteer.find([paragraph.text for paragraph in paragraphs])
    if not whole:
        groups = [any(name.code.startswith("ORG:") for name in found) for found in names]
        hopeful = find_hopeful([p.text for p in paragraphs], groups, tools.language)
        paragraphs = [paragraph for paragraph, reads in zip(paragraphs, hopeful, strict=True) if reads]
        names = [found for found, reads in zip(names, hopeful, strict=True) if reads]
    if not paragraphs:
        return ()
    times = find_times(
        document.text, published=article.published, language=tools.language, within=article.spans
    )
    memory = Memory(home=tools.find_home(document), main=_most_named(names))
    speeches = Speeches(tools.language, tools.words)
    lines: list[Line] = []
    head = document.text[max(0, article.spans[0].start - HEAD_CHARS) : article.spans[0].start + HEAD_CHARS]
    interviewed = not any(paragraph.text.endswith("?") for paragraph in paragraphs[1:])
    for paragraph, found, sentences in zip(
        paragraphs, names, tools.analyser.analyse(p.text for p in paragraphs), strict=True
    ):
        parts = []
        for number, sentence in enumerate(sentences, start=len(lines)):
            before = tuple(memory.recent)
            units = find_units(sentence, found, number, memory, tools.words)
            parts.append((sentence, units, before, memory.plural()))
        if not interviewed and _INTERVIEW.search(head):
            person = next(
                (u for _, us, _, _ in parts for u in us if u.kind == "person" and u.last > u.first), None
            )
            if person is not None and paragraph.text[-1:] != "?" and not _BY.search(paragraph.text):
                speeches.interview(person)
                interviewed = True
        said = speeches.follow(sentences, [units for _, units, _, _ in parts])
        vectors = _encode(sentences, tools) if any(units or before for _, units, before, _ in parts) else ()
        for index, ((sentence, units, before, pair), heard) in enumerate(zip(parts, said, strict=True)):
            lines.append(
                Line(
                    sentence=sentence,
                    paragraph=paragraph,
                    number=len(lines),
                    units=_resolve_speakers(units, heard, memory),
                    candidates=tools.cues.find(sentence),
                    times=_times_in(sentence, paragraph, times),
                    speeches=heard,
                    before=before,
                    pair=pair,
                    vectors=vectors[index] if vectors else None,
                )
            )
    return tuple(lines)


def _encode(sentences: Sequence[Sentence], tools: Tools) -> tuple[Vectors, ...]:
    """Vectors of a paragraph's words; nothing where no encoder is wanted."""
    if tools.encoder is None:
        return ()
    return tools.encoder.encode([[token.text for token in sentence.tokens] for sentence in sentences])


def _most_named(names: Sequence[Sequence[Name]]) -> str | None:
    counts: dict[str, int] = {}
    for found in names:
        for name in found:
            if len(name.code) == 3 and name.kind is not NameKind.PLACE:
                counts[name.code] = counts.get(name.code, 0) + 1
    return max(counts, key=lambda code: counts[code]) if counts else None


def _resolve_speakers(units: tuple[Unit, ...], heard: tuple[Speech, ...], memory: Memory) -> tuple[Unit, ...]:
    """Give "we" the codes of whoever speaks; else the state that publishes the page, else the one named most."""
    ours = memory.home or memory.main
    codes = next((speech.codes for speech in heard if speech.codes), (ours,) if ours else ())
    return tuple(
        Unit(unit.head, unit.first, unit.last, unit.kind, codes) if unit.kind == "speaker" else unit
        for unit in units
    )


def _times_in(
    sentence: Sentence, paragraph: Paragraph, times: Sequence[TimeMention]
) -> tuple[tuple[int, int, TimeMention], ...]:
    whole = paragraph.place(sentence.start, sentence.end)
    found = []
    for mention in times:
        if not whole.overlaps(mention.span):
            continue
        tokens = [
            token.index
            for token in sentence.tokens
            if paragraph.place(token.start, token.end).overlaps(mention.span)
        ]
        if tokens:
            found.append((tokens[0], tokens[-1], mention))
    return tuple(found)
