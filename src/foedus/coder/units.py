"""Units: the words of a sentence that stand for actors, people and bodies, with the codes they come to.

An article is gone through from its beginning; an `Memory` keeps who has been named, so that "Shoigu", "the
minister", "both countries", "the alliance", "we" and "it" find whom they stand for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from foedus.codebook import NameKind
from foedus.coder.gazetteer import Name
from foedus.lang import Language
from foedus.syntax import Sentence, Token

MAX_PLURAL = 3
"""At most so many codes stand behind "the sides"."""

_NP_PARTS = frozenset({"amod", "compound", "poss", "nmod", "appos", "nummod", "det", "quantmod", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that stand for one or several actors.

    Attributes:
        head: Index of the token that the tree is followed from.
        first: Index of the first token of the name.
        last: Index of the last token.
        kind: ``name``, ``adjective``, ``capital``, …, ``person``, ``body``, ``plural``, ``speaker``, ``pronoun``,
            ``office``, ``carried``.
        codes: Actors it comes to; empty for a person or body of no known state.
        agent: Name in full of a person or body, or None.
    """

    head: int
    first: int
    last: int
    kind: str
    codes: tuple[str, ...]
    agent: str | None = None


@dataclass(slots=True)
class _Person:
    name: str
    codes: tuple[str, ...]
    offices: frozenset[str]
    number: int


@dataclass(slots=True)
class Memory:
    """Who has been named in the article so far.

    Attributes:
        recent: State and organisation codes, the latest last, each once.
        people: By last name.
        pairs: Sets of codes that a sentence named together, the latest last.
        home: State that publishes the page, or None where its address does not say.
        main: State that the article names most, or None.
    """

    recent: list[str] = field(default_factory=list)
    people: dict[str, _Person] = field(default_factory=dict)
    pairs: list[tuple[str, ...]] = field(default_factory=list)
    home: str | None = None
    main: str | None = None
    organisations: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    subject: tuple[str, ...] = ()
    last_person: _Person | None = None
    bodies: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def note(self, codes: Sequence[str]) -> None:
        """Remember codes just named."""
        for code in codes:
            if code in self.recent:
                self.recent.remove(code)
            self.recent.append(code)

    def plural(self) -> tuple[str, ...]:
        """Codes behind "both countries": the latest set named together, else the two latest states."""
        for pair in reversed(self.pairs):
            if 2 <= len(pair) <= MAX_PLURAL:
                return pair
        states = [code for code in self.recent if _is_state(code)]
        return tuple(states[-2:]) if len(states) >= 2 else ()


def _is_state(code: str) -> bool:
    return len(code) == 3 and code.isalpha()


class Words:
    """Word lists of a language: its sections `names`, `speech` and `phrases`."""

    def __init__(self, language: Language) -> None:
        names = language.section("names")
        self.offices = frozenset(str(word) for word in names["offices"])
        self.bodies = frozenset(str(word) for word in names["bodies"])
        self.representatives = frozenset(str(word) for word in names["representatives"])
        self.not_bodies = frozenset(str(word) for word in names["not_bodies"])
        self.outlet_nouns = frozenset(str(word) for word in names["outlet_nouns"])
        self.places = frozenset(str(word) for word in names["places"])
        self.particles = frozenset(str(word) for word in names["particles"])
        self.plural = frozenset(str(word) for word in names["plural_anaphora"])
        self.outlets = frozenset(str(word) for word in names["outlets"])
        phrases = language.section("phrases")
        self.processes = frozenset(str(word) for word in phrases["processes"])
        self.talks = frozenset(str(word) for word in phrases["talks"])
        self.portions = frozenset(str(word) for word in phrases["portions"])
        self.others = frozenset(str(word) for word in phrases["others"])
        self.drills = frozenset(str(word) for word in phrases["drills"])
        self.plain = frozenset(str(word) for word in phrases["plain"])
        self.wishes = frozenset(str(word) for word in phrases["wishes"])
        self.soil = frozenset(str(word) for word in phrases["soil"])
        self.coins = frozenset(name.rpartition(" ")[2] for name in language.section("numbers")["currencies"])
        speech = language.section("speech")
        self.first_person = frozenset(str(word) for word in speech["pronouns_first"])
        self.denials = frozenset(str(word) for word in speech["denials"])
        self.denied_before = frozenset(str(word) for word in speech["denied_before"])


_SHORT_BODIES = frozenset(
    {"ministry", "army", "navy", "council", "embassy", "department", "committee", "commission"}
)
"""Nouns that stand for the body of that name before they stand for its state."""


def find_units(
    sentence: Sentence, names: Sequence[Name], offset: int, memory: Memory, words: Words
) -> tuple[Unit, ...]:
    """Units of a sentence in text order; `memory` takes in what they name.

    Args:
        sentence: The sentence.
        names: Names of the paragraph, offsets as in the sentence's text.
        offset: Number of the sentence in the article.
        memory: Who has been named before.
        words: Word lists.
    """
    taken: dict[int, Unit] = {}
    named = list(_iter_named(sentence, names, words))
    for unit in named:
        for index in range(unit.first, unit.last + 1):
            taken[index] = unit
    units: list[Unit] = []
    swallowed: set[int] = set()
    for unit in _iter_people(sentence, taken, offset, memory, words):
        units.append(unit)
        swallowed.update(range(unit.first, unit.last + 1))
    for unit in _iter_bodies(sentence, taken, swallowed, memory, words):
        units.append(unit)
    people_tokens = {
        index for unit in units if unit.kind == "person" for index in range(unit.first, unit.last + 1)
    }
    for unit in named:
        if not (set(range(unit.first, unit.last + 1)) <= people_tokens):
            units.append(unit)
    covered = {index: unit for unit in units for index in range(unit.first, unit.last + 1)}
    codes_here = [
        code for unit in sorted(named, key=lambda u: u.first) if unit.kind != "place" for code in unit.codes
    ]
    for unit in _iter_anaphora(sentence, covered, codes_here, memory, words):
        units.append(unit)
    units.sort(key=lambda unit: (unit.first, unit.last, unit.kind))
    _remember(sentence, units, memory)
    return tuple(units)


def climb(sentence: Sentence, index: int, representatives: frozenset[str]) -> int:
    """Head of the noun phrase a token stands in, through modifiers, apposition and "of" after a body's noun."""
    current = index
    for _ in range(12):
        token = sentence[current]
        if token.head == current:
            return current
        if token.dep in _NP_PARTS:
            current = token.head
            continue
        if token.dep == "conj" and sentence[token.head].pos in ("NOUN", "PROPN", "ADJ", "PRON"):
            current = token.head
            continue
        if token.dep == "pobj":
            prep = sentence[token.head]
            if (
                prep.lemma == "of"
                and prep.dep == "prep"
                and sentence[prep.head].lemma.lower() in representatives
            ):
                current = prep.head
                continue
        return current
    return current


def _is_coin(token: Token, words: Words) -> bool:
    """Whether a word is a currency: a state before it takes part in nothing, as in "two billion U.S. dollars"."""
    return token.pos in ("NOUN", "PROPN") and token.lemma.lower() in words.coins


def _iter_named(sentence: Sentence, names: Sequence[Name], words: Words) -> Iterator[Unit]:
    start, end = sentence.start, sentence.end
    for name in names:
        if name.end <= start or name.start >= end:
            continue
        covered = [t.index for t in sentence.tokens if t.start < name.end and t.end > name.start]
        if not covered:
            continue
        first, last = covered[0], covered[-1]
        if last + 1 < len(sentence) and _is_coin(sentence[last + 1], words):
            continue
        if name.kind in (NameKind.NAME, NameKind.CAPITAL, NameKind.PLACE) and _is_personal(
            sentence, first, last
        ):
            continue
        agent = _join(sentence, first, last) if name.kind is NameKind.BODY else None
        yield Unit(_top(sentence, first, last), first, last, name.kind.value, (name.code,), agent)


def _is_personal(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name is part of a person's ("Jordan Smith", "Paris Hilton")."""
    if not all(sentence[index].entity == "PERSON" for index in range(first, last + 1)):
        return False
    before = first > 0 and sentence[first - 1].entity == "PERSON" and not sentence[first].begins
    after = (
        last + 1 < len(sentence) and sentence[last + 1].entity == "PERSON" and not sentence[last + 1].begins
    )
    return before or after


def _top(sentence: Sentence, first: int, last: int) -> int:
    """Token of the stretch whose head lies outside it."""
    for index in range(last, first - 1, -1):
        head = sentence[index].head
        if head < first or head > last or head == index:
            return index
    return last


def _iter_people(
    sentence: Sentence, taken: dict[int, Unit], offset: int, memory: Memory, words: Words
) -> Iterator[Unit]:
    for first, last in _iter_person_spans(sentence, memory, words):
        if all(index in taken for index in range(first, last + 1)):
            continue
        tokens = sentence.tokens[first : last + 1]
        surname = tokens[-1].text
        known = memory.people.get(surname)
        title_first, codes, offices = _find_title(sentence, first, last, taken, words)
        if len(tokens) == 1 and known is None and not offices and surname in memory.bodies:
            continue
        name = _join(sentence, first, last)
        if known is not None and len(tokens) == 1:
            name = known.name
            codes = codes or known.codes
            offices = offices | known.offices
        elif known is not None and not codes:
            codes = known.codes
        ours = memory.home or memory.main
        if not codes and offices & _STATE_OFFICES and ours:
            codes = (ours,)
        person = _Person(name, codes, offices, offset)
        memory.people[surname] = person
        memory.last_person = person
        yield Unit(_top(sentence, first, last), title_first, last, "person", codes, name)


_TITLES = frozenset(
    {"president", "minister", "secretary", "premier", "chancellor", "general", "colonel", "admiral", "marshal", "gen",
     "col", "adm", "brigadier", "captain", "capt", "major", "maj", "lieutenant", "lt", "commander", "ambassador",
     "senator", "king", "emir", "sheikh", "mr", "ms", "mrs", "dr"}
)  # fmt: skip
"""Titles that a name follows directly."""

_STATE_OFFICES = frozenset(
    {"president", "minister", "secretary", "premier", "chancellor", "ambassador", "spokesman", "spokeswoman",
     "spokesperson", "commander", "admiral", "general", "marshal", "envoy", "undersecretary"}
)  # fmt: skip


def is_beside(sentence: Sentence, index: int) -> bool:
    """Whether a word stands right behind "near": a name there is a town's, whatever the analyser takes it for."""
    return 0 < index < len(sentence) and sentence[index - 1].text.lower() in ("near", "outside")


def _iter_person_spans(sentence: Sentence, memory: Memory, words: Words) -> Iterator[tuple[int, int]]:
    """Names of people: as the analyser sees them, and surnames that the article has given before."""
    index = 0
    while index < len(sentence):
        token = sentence[index]
        if token.entity != "PERSON":
            if token.text in memory.people and token.entity not in ("GPE", "LOC", "FAC"):
                yield index, index
            elif _is_titled(sentence, index, words) or _is_explained(sentence, index, words):
                first = index
                while (
                    index + 1 < len(sentence)
                    and _is_capital(sentence, index + 1)
                    and sentence[index + 1].pos == "PROPN"
                ):
                    index += 1
                yield first, index
            index += 1
            continue
        first = index
        index += 1
        while index < len(sentence) and sentence[index].entity == "PERSON" and not sentence[index].begins:
            index += 1
        last = index - 1
        while last > first and sentence[last].text in ("'s", "'", "’s", ",", "."):
            last -= 1
        last = _past_particles(sentence, last, words)
        index = max(index, last + 1)
        while first < last and sentence[first].lemma.lower().rstrip(".") in words.offices | _TITLES:
            first += 1
        if is_beside(sentence, first) or is_beside(sentence, first + 1):
            continue
        if first == last and token.text not in memory.people and _is_located(sentence, first, last):
            continue
        if sentence[last].text[:1].isupper() and sentence[last].text not in words.outlets:
            if sentence[last].lemma.lower() in words.offices or sentence[last].text in ("Jan", "Feb"):
                continue
            yield first, last


def _past_particles(sentence: Sentence, last: int, words: Words) -> int:
    """The last token of a name that goes on behind particles where the analyser saw its end: "Anna von | der Au"."""
    place = last if sentence[last].text in words.particles else last + 1
    if place < len(sentence) and sentence[place].text in words.particles:
        while place < len(sentence) and sentence[place].text in words.particles:
            place += 1
        if place < len(sentence) and _is_capital(sentence, place):
            return place
    return last


def _is_titled(sentence: Sentence, index: int, words: Words) -> bool:
    """Whether a name that the analyser did not see begins here: an initial, or capitals right after a title."""
    token = sentence[index]
    if index + 1 < len(sentence) and re.fullmatch(r"[A-Z]\.", token.text):
        return _is_capital(sentence, index + 1) and sentence[index + 1].entity not in ("GPE", "LOC", "DATE")
    if index == 0 or token.pos != "PROPN" or token.entity in ("GPE", "LOC", "FAC", "NORP", "DATE"):
        return False
    before = sentence[index - 1].lemma.lower().rstrip(".")
    lower = token.text.lower()
    titled = before in _TITLES and sentence[index - 1].text[:1].isupper()
    return titled and lower not in words.offices and lower not in words.bodies and token.text[:1].isupper()


def _is_explained(sentence: Sentence, index: int, words: Words) -> bool:
    """Whether a name begins here that "…, the Kenyan defence minister," says is a person's."""
    token = sentence[index]
    if token.pos != "PROPN" or token.entity not in ("", "ORG") or not token.text[:1].isupper():
        return False
    head = token.head if token.dep == "compound" else index
    if not index <= head <= index + 3 or any(
        sentence[i].lemma.lower() in words.bodies for i in range(index, head + 1)
    ):
        return False
    return any(sentence[child].lemma.lower() in words.offices for child in sentence.having(head, "appos"))


def _find_title(
    sentence: Sentence, first: int, last: int, taken: dict[int, Unit], words: Words
) -> tuple[int, tuple[str, ...], frozenset[str]]:
    """Title beside a name: where it begins, the codes in it and its nouns of office."""
    offices: set[str] = set()
    codes: tuple[str, ...] = ()
    begin = first
    index = first - 1
    while index >= 0 and first - index <= 9:
        token = sentence[index]
        lemma = token.lemma.lower().rstrip(".")
        if lemma in words.offices:
            offices.add(lemma)
            begin = index
        elif index in taken:
            if offices and not codes:
                codes = taken[index].codes
                begin = taken[index].first
            elif not offices:
                break
        elif (
            (
                token.pos not in ("NOUN", "PROPN", "ADJ", "PART", "ADP", "CCONJ", "DET")
                and token.text
                not in (
                    "'s",
                    "'",
                    "-",
                    "&",
                    ",",
                )
            )
            or (token.pos == "ADP" and token.lemma not in ("of", "for"))
            or (token.pos == "CCONJ" and index + 1 == begin)
            or (token.text == "," and not (offices and index > 0) and sentence[first - 1].text != ",")
        ):
            break
        index -= 1
    if not codes and last + 2 < len(sentence) and sentence[last + 1].text in (",", "("):
        found, named = _find_apposition(sentence, last + 2, taken, words)
        offices |= named
        codes = found
    if not codes and offices:
        for index in range(last + 1, min(len(sentence), last + 4)):
            if sentence[index].lemma == "of" and index + 1 in taken:
                codes = taken[index + 1].codes
                break
    return begin, codes, frozenset(offices)


def _find_apposition(
    sentence: Sentence, start: int, taken: dict[int, Unit], words: Words
) -> tuple[tuple[str, ...], set[str]]:
    """Code and offices in "…, the Iraqi prime minister, …": only between two commas or brackets."""
    codes: tuple[str, ...] = ()
    offices: set[str] = set()
    for index in range(start, min(len(sentence), start + 12)):
        token = sentence[index]
        if token.text in (",", ")", ";", "."):
            return (codes, offices) if offices else ((), set())
        if token.pos == "VERB":
            break
        if token.lemma.lower() in words.offices:
            offices.add(token.lemma.lower())
        if index in taken and not codes:
            codes = taken[index].codes
    return (), set()


def _iter_bodies(
    sentence: Sentence, taken: dict[int, Unit], swallowed: set[int], memory: Memory, words: Words
) -> Iterator[Unit]:
    index = 0
    while index < len(sentence):
        if index in swallowed or not _is_capital(sentence, index):
            index += 1
            continue
        first = index
        last = index
        index += 1
        while index < len(sentence) and index not in swallowed:
            if _is_capital(sentence, index):
                last = index
                index += 1
            elif (
                sentence[index].text in ("of", "for", "and", "on", "'s", "-", "the", "&")
                and index + 1 < len(sentence)
                and index + 1 not in swallowed
                and (_is_capital(sentence, index + 1) or sentence[index + 1].text in ("the", "of"))
                and sentence[index + 1].entity not in ("DATE", "TIME", "PERSON")
                and not (sentence[index].text == "and" and not _has_body_word(sentence, first, last, words))
            ):
                index += 1
            else:
                break
        first = _after_office(sentence, _after_date(sentence, first, last), last, words)
        first = _after_owner(sentence, first, last, taken)
        lemmas = [sentence[i].lemma.lower() for i in range(first, last + 1)]
        is_body = any(lemma in words.bodies for lemma in lemmas) and last > first
        names_only = all(i in taken for i in range(first, last + 1))
        entity = sentence[last].entity == "ORG" or sentence[first].entity == "ORG"
        if names_only or not (is_body or (entity and first not in taken and last not in taken)):
            continue
        ends = {first, last, _top(sentence, first, last)}
        if any(sentence[index].lemma.lower() in words.not_bodies for index in ends):
            continue
        if not is_body and _is_located(sentence, first, last):
            continue
        if sentence[last].lemma.lower() in words.places and sentence[last].lemma.lower() not in words.bodies:
            continue
        if any(
            sentence[child].lemma in ("a", "an") for child in sentence.children[_top(sentence, first, last)]
        ):
            continue
        text = _join(sentence, first, last)
        if sentence[last].text in words.outlets or text in words.outlets:
            yield Unit(_top(sentence, first, last), first, last, "outlet", (), text)
            continue
        codes = tuple(
            dict.fromkeys(code for i in range(first, last + 1) if i in taken for code in taken[i].codes)
        )
        if not codes and first >= 2 and sentence[first - 1].text in ("'s", "'") and first - 2 in taken:
            codes = taken[first - 2].codes
        if not codes and is_body and last + 2 < len(sentence) and sentence[last + 1].text == "of":
            after = next((taken[i] for i in (last + 2, last + 3) if i in taken), None)
            codes = after.codes if after else ()
        known = memory.bodies.get(text)
        if known and not codes:
            codes = known[1]
        name = known[0] if known else text
        if last + 3 < len(sentence) and sentence[last + 1].text == "(" and sentence[last + 3].text == ")":
            short = sentence[last + 2].text
            if short.isupper():
                memory.bodies.setdefault(short, (text, codes))
        memory.bodies.setdefault(text, (name, codes))
        yield Unit(_top(sentence, first, last), first, last, "body", codes, name)


def _after_office(sentence: Sentence, first: int, last: int, words: Words) -> int:
    """Where the body's own name begins in "Director of the Institute for …"."""
    if sentence[first].lemma.lower() not in words.offices:
        return first
    for index in range(first + 1, last):
        if sentence[index].text == "of":
            begin = index + 1
            while begin < last and sentence[begin].text in ("the", "of"):
                begin += 1
            return begin
    return first


def _after_date(sentence: Sentence, first: int, last: int) -> int:
    """Where a body's name begins behind a month and an article: "on 8 October the Security Council"."""
    while first < last and (sentence[first].entity == "DATE" or sentence[first].text in ("The", "the")):
        first += 1
    return first


def _after_owner(sentence: Sentence, first: int, last: int, taken: Mapping[int, Unit]) -> int:
    """Where a body's own name begins in "Japan's Ground Self-Defense Force"."""
    for index in range(first + 1, last):
        if index - 1 not in taken:
            break
        if sentence[index].text == "'s" and taken[index - 1].first <= first:
            return index + 1
    return first


def _is_located(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a name is governed by a preposition of place, as names of places are."""
    token = sentence[_top(sentence, first, last)]
    return token.dep == "pobj" and sentence[token.head].lemma.lower() in (
        "in", "at", "near", "outside", "off", "around", "through",
    )  # fmt: skip


def _has_body_word(sentence: Sentence, first: int, last: int, words: Words) -> bool:
    return any(sentence[i].lemma.lower() in words.bodies for i in range(first, last + 1))


def _is_capital(sentence: Sentence, index: int) -> bool:
    token = sentence[index]
    if not token.text[:1].isupper():
        return False
    return index > 0 or token.pos == "PROPN" or token.entity != ""


def _join(sentence: Sentence, first: int, last: int) -> str:
    out = ""
    for index in range(first, last + 1):
        token = sentence[index]
        if index > first and token.start > sentence[index - 1].end:
            out += " "
        out += token.text
    return out


def _iter_anaphora(
    sentence: Sentence,
    covered: Mapping[int, Unit],
    codes_here: Sequence[str],
    memory: Memory,
    words: Words,
) -> Iterator[Unit]:
    for token in sentence.tokens:
        index = token.index
        if index in covered:
            continue
        lemma = token.lemma.lower()
        lower = token.text.lower()
        if token.pos == "PRON" or lower in ("our", "their", "its"):
            if lower in words.first_person:
                yield Unit(index, index, index, "speaker", ())
            elif lower in ("he", "she", "his", "her", "him") and memory.last_person is not None:
                person = memory.last_person
                yield Unit(index, index, index, "pronoun", person.codes, person.name)
            elif memory.subject and (lower == "its" or (lower == "it" and _is_deed_doer(sentence, index))):
                yield Unit(index, index, index, "pronoun", memory.subject[:1])
            elif lower in ("they", "them", "their", "both"):
                codes = _plural_here(codes_here, memory)
                if codes:
                    yield Unit(index, index, index, "plural", codes)
            continue
        if token.pos not in ("NOUN", "PROPN"):
            continue
        kids = [sentence[child] for child in sentence.children[index]]
        definite = any(kid.lemma in ("the", "both", "this", "these", "that") for kid in kids)
        below = [covered[child] for child in sentence.subtree(index) if child in covered]
        modified = bool(below)
        plural = token.tag in ("NNS", "NNPS")
        paired = any(
            kid.lemma.lower() in ("two", "both", "three", "all", "respective", "bilateral") for kid in kids
        )
        if (
            plural
            and lemma in words.plural
            and (paired or (definite and lemma in ("side", "party", "ally", "partner", "signatory")))
        ):
            if not modified:
                codes = _plural_here(codes_here, memory)
                if codes:
                    yield Unit(index, index, index, "plural", codes)
        elif definite and not modified and not plural:
            if lemma in _SHORT_BODIES and (known := _last_body(memory, lemma)):
                yield Unit(index, index, index, "office", known[1], known[0])
            elif lemma in ("alliance", "bloc", "organization", "organisation", "union", "coalition"):
                if memory.organisations:
                    yield Unit(index, index, index, "office", (memory.organisations[-1],))
            elif lemma in (
                "country",
                "republic",
                "kingdom",
                "nation",
                "government",
                "ministry",
                "army",
                "military",
                "regime",
            ):
                if memory.subject:
                    yield Unit(index, index, index, "office", memory.subject[:1])
            elif lemma in ("group", "militant", "organisation"):
                if memory.groups:
                    yield Unit(index, index, index, "office", (memory.groups[-1],))
            elif lemma in words.bodies and (body := _last_body(memory, lemma)):
                yield Unit(index, index, index, "office", body[1], body[0])
            elif lemma in words.offices:
                holder = next((p for p in reversed(memory.people.values()) if lemma in p.offices), None)
                if holder is not None:
                    yield Unit(index, index, index, "office", holder.codes, holder.name)
        elif definite and not plural and lemma in words.offices and token.text[:1].isupper():
            # "the Kenyan President": who holds that office there, once he has been named
            states = {code for unit in below if unit.kind == "adjective" for code in unit.codes}
            has_portfolio = any(kid.dep in ("compound", "amod") and kid.index not in covered for kid in kids)
            known_holders = (
                person
                for person in reversed(memory.people.values())
                if lemma in person.offices and states & set(person.codes)
            )
            holder = None if has_portfolio else next(known_holders, None)
            if holder is not None:
                yield Unit(index, index, index, "office", holder.codes, holder.name)


def _last_body(memory: Memory, noun: str) -> tuple[str, tuple[str, ...]] | None:
    """The body named last whose name has the noun in it."""
    return next(
        (body for name, body in reversed(memory.bodies.items()) if noun in name.lower().split()), None
    )


def _is_deed_doer(sentence: Sentence, index: int) -> bool:
    """Whether "it" is the subject of a verb other than "to be", so that it may stand for a state."""
    token = sentence[index]
    return token.dep in ("nsubj", "nsubjpass") and sentence[token.head].lemma != "be"


def _plural_here(codes_here: Sequence[str], memory: Memory) -> tuple[str, ...]:
    unique = tuple(dict.fromkeys(code for code in codes_here if not code.startswith("ORG:")))
    if 2 <= len(unique) <= MAX_PLURAL:
        return unique
    return memory.plural()


def _remember(sentence: Sentence, units: Sequence[Unit], memory: Memory) -> None:
    named: list[str] = []
    for unit in units:
        if unit.kind in ("pronoun", "plural", "office", "speaker", "place"):
            continue
        named.extend(code for code in unit.codes if code not in named)
        if unit.kind in ("name", "capital", "seat", "adjective", "person", "body") and unit.codes:
            token = sentence[climb(sentence, unit.head, frozenset())]
            if token.dep in ("nsubj", "nsubjpass"):
                memory.subject = unit.codes
        for code in unit.codes:
            if _is_state(code):
                continue
            target = memory.groups if code.startswith("ORG:") else memory.organisations
            if code in target:
                target.remove(code)
            target.append(code)
    memory.note(named)
    states = tuple(code for code in named if _is_state(code) or code in memory.organisations)
    if len(states) >= 2:
        memory.pairs.append(states)
