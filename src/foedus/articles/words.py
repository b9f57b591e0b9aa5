"""Words that tell furniture from prose, merged over all languages: pages mix them freely."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from foedus.articles.ages import AgeWords, make_age_words
from foedus.lang import LANGUAGES, load_language

_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_COUNTER = re.compile(r"[(\[]?\d[\d.,]*[)\]]?")
_MAX_FOLDED_CHARS = 300
_WORD = re.compile(r"\w+")
_MIN_LABEL_CHARS = 5
STEM_CHARS = 5
"""How many letters of a word tell which word it is, whatever its ending."""


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Word data of pages; patterns expect lower case unless they say otherwise.

    Attributes:
        chrome: Whole lines that no article holds, folded.
        ends: Whole lines after which an article is over, folded.
        end_openings: Openings of lines after which an article is over.
        openings: Openings of lines that no article holds, though it may go on after them ("Read also:").
        phrases: Phrases that make a line furniture wherever they stand in it ("uses cookies").
        phrase_stems: Beginnings of words of which a line with such a phrase has one; spares most searches.
        comments: Stems of the words over readers' comments.
        says: Lines over a reader's comment ("Anna says:"), folded.
        bylines: What stands before the name of an author, agency or source, at the start of a line, any case.
        modified: Openings of lines that date a change of the page.
        published: Openings of lines that date the page itself, of one word or more that no sentence begins with.
        labels: Words that stand beside a date in a head line.
        digests: Words with which a digest says that it is one.
        outlets: Words in the names of news outlets.
        function_words: Commonest function words of many languages.
        by_language: The same by ISO 639-1 code.
        open_words: Those that no sentence ends with ("of the").
        ages: How pages say how old they are ("3 hours ago").
        today: Words for the day of writing.
        releases: Openings of the line that names who issued a press release.
        body_stems: Beginnings of words that names of public bodies have.
        agency_nouns: Words for a news agency.
        first_on: What stands before the name of the site that a copy was taken from.
        captions: Phrases that only the line under a picture has ("shakes hands with").
    """

    chrome: frozenset[str]
    ends: frozenset[str]
    end_openings: re.Pattern[str]
    openings: re.Pattern[str]
    phrases: re.Pattern[str]
    phrase_stems: frozenset[str]
    comments: re.Pattern[str]
    says: re.Pattern[str]
    bylines: re.Pattern[str]
    modified: re.Pattern[str]
    published: re.Pattern[str]
    labels: re.Pattern[str]
    digests: re.Pattern[str]
    outlets: frozenset[str]
    function_words: frozenset[str]
    by_language: Mapping[str, frozenset[str]]
    open_words: frozenset[str]
    ages: AgeWords
    today: frozenset[str]
    captions: re.Pattern[str]
    releases: re.Pattern[str]
    body_stems: re.Pattern[str]
    agency_nouns: frozenset[str]
    first_on: re.Pattern[str]


def fold_line(line: str) -> str:
    """A line as the word lists have it: lower case, no counters, invisible marks or punctuation at the ends.

    Only the first 300 code points count: no list has longer lines.
    """
    folded = line[:_MAX_FOLDED_CHARS]
    if not folded.isascii():
        folded = _INVISIBLE.sub("", folded)
    folded = _COUNTER.sub(" ", folded.casefold())
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return " ".join(folded[start:end].split())


@cache
def load_page_words() -> PageWords:
    """Word data of every language there is; loaded once."""
    function_words: dict[str, str] = load_data("function_words.yaml")
    open_words = frozenset(function_words.pop("open").split())
    by_language = {code: frozenset(line.split()) for code, line in function_words.items()}
    sections: list[Mapping[str, Any]] = [load_language(code).section("page") for code in LANGUAGES]
    sections += load_data("page_words.yaml").values()
    outlets = [word for code in LANGUAGES for word in load_language(code).section("names").get("outlets", ())]

    def gather(*keys: str) -> list[str]:
        return [entry for section in sections for key in keys for entry in section.get(key, ())]

    return PageWords(
        chrome=frozenset(map(fold_line, gather("chrome"))),
        ends=frozenset(map(fold_line, gather("ends"))),
        end_openings=_to_pattern(gather("end_openings"), r"^(?:{})\b"),
        openings=_to_pattern(gather("openings"), r"^(?:{})"),
        phrases=_to_pattern(gather("phrases", "first_on"), r"(?:{})"),
        phrase_stems=frozenset(_to_stem(phrase) for phrase in gather("phrases", "first_on")),
        comments=_to_pattern(gather("comments"), r"(?:{})"),
        says=_to_pattern(gather("says"), r"^\S.{{0,60}} (?:{})$"),
        bylines=_to_pattern(gather("bylines", "sources"), r"^(?:{})(?:\s*[:–—-]\s*|\s+)", re.IGNORECASE),
        modified=_to_pattern(gather("modified"), r"^(?:{})\b"),
        published=_to_pattern(
            [label for label in gather("published") if len(label) >= _MIN_LABEL_CHARS], r"^(?:{})\b"
        ),
        labels=_to_pattern(gather("published", "modified", "bylines"), r"\b(?:{})\b"),
        digests=_to_pattern(gather("digests"), r"\b(?:{})"),
        outlets=frozenset(word.casefold() for word in outlets),
        function_words=frozenset(word for words in by_language.values() for word in words),
        by_language=MappingProxyType(by_language),
        open_words=open_words,
        ages=make_age_words([section["ages"] for section in sections if "ages" in section]),
        today=frozenset(word.casefold() for word in gather("today")),
        releases=_to_pattern(gather("releases"), r"^(?:{})\s{{0,3}}[:|–—-]\s{{0,3}}"),
        body_stems=_to_pattern(gather("body_stems"), r"(?<!\w)(?:{})"),
        agency_nouns=frozenset(word.casefold() for word in gather("agency_nouns")),
        first_on=_to_pattern(gather("first_on"), r"\b(?:{})\s"),
        captions=_to_pattern(gather("captions"), r"\b(?:{})\b"),
    )


def _to_stem(phrase: str) -> str:
    """The beginning of the longest word of a phrase, as far as `STEM_CHARS`."""
    longest: str = max(_WORD.findall(phrase.casefold()), key=len)
    return longest[:STEM_CHARS]


def load_data(name: str) -> dict[str, Any]:
    """A YAML file of this package's own data."""
    source = files("foedus.articles").joinpath("data", name).read_text("utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=_SafeLoader)  # noqa: S506 - a safe loader either way
    return data


def _to_pattern(entries: Iterable[str], frame: str, flags: int = 0) -> re.Pattern[str]:
    # Longest first, so that "updated on" is taken before "updated".
    alternatives = sorted({entry.casefold() for entry in entries}, key=lambda entry: (-len(entry), entry))
    return re.compile(frame.format("|".join(map(re.escape, alternatives)) or r"(?!)"), flags)
