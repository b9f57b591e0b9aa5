"""Subjects: the names and noun phrases by which claims call their thing, made comparable.

A subject is either a name (``Union Shield-2011``) or a phrase (``joint training centres``). Of a name the
edition is told apart, of a phrase the words that say which thing is meant from those that only say what kind.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz

from foedus.codebook import ActorKind, NameKind, load_codebook
from foedus.errors import DataFileError
from foedus.matching.data_files import load_data
from foedus.matching.words import fold_words
from foedus.model.claim import ClaimType

_TOKEN = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_BRACKETS = re.compile(r"\([^()]*\)")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LIST = re.compile(r"[-–— ](?:19|20)\d\d(?:/(?:19|20)?\d\d)+\b")  # Union Shield-2006/2011
# West-2009, plan for 2012-2015
_YEARS = re.compile(r"\b(?P<edition>(?:19|20)\d\d(?:[-–—](?:19|20)?\d\d)?)\b")
# Foal Eagle 94-2, Readex 1-80; Cobra Gold 21, also before "exercise"
_NUMBERED = re.compile(r"(?<=\w)[-–—'’ ](?P<edition>\d{1,2}[-/]\d{1,2})(?= [a-z]|$)")
_SHORT_YEAR = re.compile(r"(?<=\w)[-–—'’ ](?P<edition>\d\d)(?= [a-z]|$)")
_ORDINAL = re.compile(r"^(?:the )?(?P<edition>\d{1,3})(?:st|nd|rd|th) ", re.IGNORECASE)
SERIES = "series"
"""Stands for an edition where a claim is about the series as such."""

_MAX_CHARS = 300
_MOST = 0.67  # of two telling words to three, two are not most
_FUZZY = 88  # of 100; respelt names such as Shchyt and Shchit stay above, other names below


class Likeness(StrEnum):
    """How two subjects stand to each other."""

    SAME_NAME = "same_name"  # one name, same or no edition
    OTHER_EDITION = "other_edition"  # one name, editions that differ
    PART_OF_NAME = "part_of_name"  # IRIS-T, IRIS-T SLM; exercise Dosti
    OTHER_NAME = "other_name"  # two names
    SAME_PHRASE = "same_phrase"  # the same telling words
    LIKE_PHRASE = "like_phrase"  # most telling words
    TOUCHING = "touching"  # some telling words
    GENERAL = "general"  # one only says what kind of thing
    BOTH_GENERAL = "both_general"
    DIFFERENT = "different"  # telling words, none in common
    NAME_AND_PHRASE = "name_and_phrase"  # a name, and a phrase with telling words of its own
    UNKNOWN = "unknown"  # one has no subject


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A subject, read; one object a text and type, so that it is told apart by identity.

    Attributes:
        text: As the claim gives it.
        words: Folded content words, in order.
        telling: Those that say which thing of its kind is meant.
        name: Words of the name without edition and kind, or empty for a phrase.
        edition: ``2011``, ``21`` or ``14``, or None.
        initials: First letters of the words, for abbreviations; at least two.
        abbreviation: The only word beside those of its kind, where it is written in capitals, folded; or None.
        head: The last word before the first function word, as in "the *agreement* on transit"; or None.
        kind: The head, if it says what kind of thing it is; or None.
        is_other: Whether a word sets it off from another of its kind: "the previous agreement".
    """

    text: str
    words: tuple[str, ...]
    telling: frozenset[str]
    name: frozenset[str]
    edition: str | None
    initials: str
    abbreviation: str | None
    head: str | None
    kind: str | None
    is_other: bool


@lru_cache(maxsize=1 << 17)
def read_subject(text: str, claim_type: ClaimType) -> Subject:
    """Read a subject as a name or a phrase, by the words that the claim's type makes general."""
    vocabulary = _load_vocabulary()
    whole = text[:_MAX_CHARS].strip(" \t\n\"'“”«»„")
    bare, edition = _part_edition(whole, claim_type)
    kind = vocabulary.kind[claim_type]
    tokens = _drop_actors(_TOKEN.findall(bare), _load_state_names())
    is_name = _is_name(tokens, kind)
    if not is_name:
        tokens = _drop_actors(tokens, _load_capitals())
    words = tuple(word for word in map(_fold, tokens) if word and word not in vocabulary.function_words)
    telling = frozenset(word for word in words if word not in kind and word not in vocabulary.weak)
    if not is_name and claim_type in vocabulary.aspects:
        telling &= vocabulary.aspects[claim_type]
    name: frozenset[str] = frozenset()
    if is_name:
        bare_name = frozenset(word for word in words if word not in kind)
        name = bare_name if bare_name & telling else frozenset(words)
    spelt = [token for token in _TOKEN.findall(_BRACKETS.sub(" ", bare)) if _counts(token)]
    initials = "".join(token[0].casefold() for token in spelt) if len(spelt) > 1 else ""
    head = _pick_head(tokens)
    return Subject(
        text=text,
        words=words,
        telling=telling,
        name=name,
        edition=edition,
        initials=initials,
        abbreviation=_pick_abbreviation(tokens, kind),
        head=head,
        kind=head if head in kind else None,
        is_other=not vocabulary.contrast.isdisjoint(words),
    )


def _pick_abbreviation(tokens: Sequence[str], kind: frozenset[str]) -> str | None:
    left = [token for token in tokens if _counts(token) and _fold(token) not in kind]
    if len(left) == 1 and left[0].isupper() and left[0].isalpha() and 2 <= len(left[0]) <= 8:
        return left[0].casefold()
    return None


def _pick_head(tokens: Sequence[str]) -> str | None:
    head = None
    for token in tokens:
        if head and token.casefold() in _load_vocabulary().function_words:
            break
        head = _fold(token)
    return head


def is_cool(text: str) -> bool:
    """Whether the words of a text tell of bad relations."""
    return not _load_vocabulary().cool.isdisjoint(map(_fold, _TOKEN.findall(text)))


def compare_subjects(one: Subject | None, other: Subject | None) -> Likeness:
    """How two subjects of claims of one type stand to each other; the order does not matter."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one.text > other.text:
        one, other = other, one
    return _compare(one, other)


@lru_cache(maxsize=1 << 18)
def _compare(one: Subject, other: Subject) -> Likeness:
    if _is_abbreviation(one, other) or _is_abbreviation(other, one):
        return Likeness.SAME_NAME
    if one.name and other.name:
        if _is_same_name(one.name, other.name):
            return (
                Likeness.OTHER_EDITION if is_other_edition(one.edition, other.edition) else Likeness.SAME_NAME
            )
        if _is_part(one.name, other.name) or _is_part(other.name, one.name):
            return Likeness.PART_OF_NAME
        return Likeness.TOUCHING if _share(one.telling, other.telling) >= 0.5 else Likeness.OTHER_NAME
    if (one.name or other.name) and _is_within(one, other):
        return Likeness.PART_OF_NAME
    if not one.telling or not other.telling:
        return Likeness.GENERAL if one.telling or other.telling else Likeness.BOTH_GENERAL
    likeness = _compare_phrases(one, other)
    if likeness is Likeness.DIFFERENT and bool(one.name) != bool(other.name):
        return Likeness.NAME_AND_PHRASE
    return likeness


def _compare_phrases(one: Subject, other: Subject) -> Likeness:
    mine, yours = one.telling, other.telling
    if mine == yours:
        return Likeness.SAME_PHRASE
    share = _share(mine, yours)
    contained = mine <= yours or yours <= mine
    if share > _MOST or (contained and (min(len(mine), len(yours)) > 1 or one.head == other.head)):
        return Likeness.LIKE_PHRASE
    return Likeness.TOUCHING if share else Likeness.DIFFERENT


def is_other_edition(one: str | None, other: str | None) -> bool:
    """Whether two editions are told and differ. ``21`` and ``2021`` may be one."""
    if one is None or other is None or one == other:
        return False
    if len(one) == len(other):
        return True
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return not (short in long or len(short) < 2 or len(long) == 4)


def is_other_holding(one: str | None, other: str | None) -> bool:
    """Whether two editions that articles tell differ, or one claim is about the series and one about an edition.

    Editions are written as `foedus.matching.editions` does: a year, a number or both, ``2011``, ``#12``,
    ``1994#2``, and ``~2011`` for a year that only the time tells. What is called 93 may be held late in 1992.
    """
    if one is None or other is None or one == other:
        return False
    if SERIES in (one, other):
        return True
    (year, _, number), (other_year, _, other_number) = one.partition("#"), other.partition("#")
    if number and other_number and number != other_number:
        return True
    if not (year and other_year):
        return False
    slack = 1 if year.startswith("~") != other_year.startswith("~") else 0
    return abs(int(year.lstrip("~")) - int(other_year.lstrip("~"))) > slack


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _is_same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    if one == other:
        return True
    longest = max(len(word) for word in one | other)
    if longest < 5:
        return False
    return fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= _FUZZY


def _is_part(short: frozenset[str], long: frozenset[str]) -> bool:
    """Whether each word stands in the longer name, also with a variant's sign: Polonez, Polonez-M."""
    return all(word in long or any(other.startswith(f"{word}-") for other in long) for word in short)


def _is_within(one: Subject, other: Subject) -> bool:
    name, phrase = (one.name, other) if one.name else (other.name, one)
    return name <= frozenset(phrase.words)


def _is_abbreviation(short: Subject, long: Subject) -> bool:
    return short.abbreviation is not None and short.abbreviation == long.initials


def _counts(token: str) -> bool:
    return token.casefold() not in _load_vocabulary().function_words


def _part_edition(text: str, claim_type: ClaimType) -> tuple[str, str | None]:
    """The text without its edition, and the edition; a list of editions (``2006/2011``) is none.

    Short numbers count editions of exercises; of arms they are names: F-16, Mi-17.
    """
    if found := _LIST.search(text):
        return _cut(text, found), None
    if found := _YEARS.search(text):
        return _cut(text, found), found["edition"]
    if claim_type is not ClaimType.EXERCISE:
        return text, None
    for pattern in (_NUMBERED, _SHORT_YEAR, _ORDINAL):
        if found := pattern.search(text):
            return _cut(text, found), found["edition"]
    words = text.split()
    if len(words) > 1 and len(words[-1]) > 1 and _ROMAN.fullmatch(words[-1]):
        return " ".join(words[:-1]), str(_from_roman(words[-1]))
    return text, None


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" -–—'’")


def _from_roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[sign] for sign in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _is_name(tokens: Sequence[str], kind: frozenset[str]) -> bool:
    """Whether the words are written as a name: with capitals or digits, but for words of its kind.

    Names of states make no name of a thing: "Russian military bases".
    """
    vocabulary = _load_vocabulary()
    named = False
    for token in tokens:
        if token.casefold() in vocabulary.function_words:
            continue
        word = _fold(token)
        general = word in kind or word in vocabulary.weak
        if token[0].isupper():
            named = named or not general
        elif not (general or any(map(str.isdigit, token))):
            return False
        elif not general and token[0].isalpha():
            named = True  # "mm-21" has no capital and is a name all the same
    return named


def _fold(token: str) -> str:
    """A word as it is compared: case folded, singular, one spelling, one language."""
    word = token.casefold().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    vocabulary = _load_vocabulary()
    for form in (word, _singular(word)):
        if form in vocabulary.same:
            return vocabulary.same[form]
    word = _singular(word)
    joined = word.replace("-", "")
    return joined if joined in vocabulary.weak else word


def _singular(word: str) -> str:
    """English plural endings taken off, British and American endings made one."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 6 and word.endswith(("isation", "izations")):
        word = word[:-7] + "ization"
    if len(word) > 5 and word.endswith("our"):
        word = word[:-3] + "or"
    return word


def _drop_actors(tokens: list[str], names: "_Names") -> list[str]:
    """The tokens without names of actors: the actors of a claim tell them already."""
    kept = []
    place = 0
    while place < len(tokens):
        for length in range(names.longest, 0, -1):
            if tuple(token.casefold() for token in tokens[place : place + length]) in names.tokens:
                place += length
                break
        else:
            kept.append(tokens[place])
            place += 1
    return kept


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as folded tokens, and the number of tokens of the longest."""

    tokens: frozenset[tuple[str, ...]]
    longest: int


@cache
def _load_state_names() -> _Names:
    """Names, adjectives and demonyms of states and organisations."""
    return _load_names({NameKind.NAME, NameKind.ADJECTIVE, NameKind.DEMONYM})


@cache
def _load_capitals() -> _Names:
    """Capitals and seats of government: "the agreement with Oslo"."""
    return _load_names({NameKind.CAPITAL, NameKind.SEAT})


def _load_names(kinds: Set[NameKind]) -> _Names:
    names = frozenset(
        tuple(token.casefold() for token in _TOKEN.findall(name.text))
        for actor in load_codebook().actors.values()
        if actor.kind is not ActorKind.GROUP
        for name in actor.names
        if name.kind in kinds
    )
    return _Names(names, max(map(len, names)))


def count_parties(quote: str) -> int | None:
    """How many parties words say a thing has, none left out: "bilateral" is 2; None where they do not say."""
    numbers = _load_vocabulary().parties
    found = {numbers[word] for word in fold_words(quote) if word in numbers}
    return found.pop() if len(found) == 1 else None


def is_on_taking_part(quote: str) -> bool:
    """Whether words are on someone's part in a thing: "did not take part", "has never joined"."""
    words = fold_words(quote)
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in _load_vocabulary().taking_part
        for at in range(len(words))
    )


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    function_words: frozenset[str]
    weak: frozenset[str]
    contrast: frozenset[str]
    aspects: Mapping[ClaimType, frozenset[str]]
    cool: frozenset[str]
    parties: Mapping[str, int]
    taking_part: tuple[tuple[str, ...], ...]
    kind: Mapping[ClaimType, frozenset[str]]
    same: Mapping[str, str]


@cache
def _load_vocabulary() -> _Vocabulary:
    table = load_data("words.yaml")
    same: dict[str, str] = {}
    for group in [*table["translations"], *table["same"]]:
        for word in group:
            same.setdefault(_singular(word), same.get(_singular(group[0]), _singular(group[0])))

    def fold_all(words: list[str]) -> frozenset[str]:
        if odd := [word for word in words if not isinstance(word, str)]:
            raise DataFileError(f"matching/data/words.yaml: {odd[0]!r} is no word; put it in quotation marks")
        return frozenset(same.get(_singular(word), _singular(word)) for word in words)

    return _Vocabulary(
        function_words=fold_all(table["function_words"]) | frozenset(table["function_words"]),
        weak=fold_all(table["weak"]),
        contrast=fold_all(table["contrast"]),
        aspects={ClaimType(kind): fold_all(words) for kind, words in table["aspects"].items()},
        cool=fold_all(table["cool"]),
        parties=table["parties"],
        taking_part=tuple(tuple(fold_words(phrase)) for phrase in table["taking_part"]),
        kind={claim_type: fold_all(table["kind"].get(claim_type.value, [])) for claim_type in ClaimType},
        same=same,
    )
