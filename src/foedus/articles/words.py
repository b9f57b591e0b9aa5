"""Words that tell boilerplate from prose, merged over all languages: pages mix them freely."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from foedus.lang import LANGUAGES, load_language

_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_COUNTER = re.compile(r"[(\[]?\d[\d.,]*[)\]]?")
_MAX_FOLDED_CHARS = 300


@dataclass(frozen=True, slots=True)
class PageWords:
    """Word data of pages.

    Attributes:
        chrome: Whole lines that are never of an article, folded.
        endings: Whole lines or line openings after which the article is over.
        openings: Line openings that are never of an article ("Read also:").
        phrases: Phrases that make a line boilerplate wherever they stand in it ("uses cookies").
        function_words: Commonest function words of many languages.
        bylines: What stands before the name of an author, agency or source, at the start of a line.
        modified: Openings of lines that date a change of the page.
        labels: Words that stand beside a date in a head line.
        open_words: Those of them that a sentence cannot end with ("of the").
        comments: Stems of the words over readers' comments.
        outlets: Words in the names of news outlets.
        digests: Words with which a digest says that it is one.
    """

    chrome: frozenset[str]
    ends: frozenset[str]
    end_openings: re.Pattern[str]
    openings: re.Pattern[str]
    phrases: re.Pattern[str]
    function_words: frozenset[str]
    bylines: re.Pattern[str]
    modified: re.Pattern[str]
    labels: re.Pattern[str]
    open_words: frozenset[str]
    comments: re.Pattern[str]
    outlets: frozenset[str]
    digests: re.Pattern[str]


def fold_line(line: str) -> str:
    """A line as the word lists have it: lower case, no counters, invisible marks or punctuation at the ends.

    Only the first 300 code points count: no list has longer lines.
    """
    folded = _COUNTER.sub(" ", _INVISIBLE.sub("", line[:_MAX_FOLDED_CHARS]).casefold())
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return " ".join(folded[start:end].split())


@cache
def load_page_words() -> PageWords:
    """Word data of every language there is; loaded once."""
    folder = files("foedus.articles").joinpath("data")
    words = yaml.load(folder.joinpath("function_words.yaml").read_text("utf-8"), Loader=_SafeLoader)  # noqa: S506
    others = yaml.load(folder.joinpath("page_words.yaml").read_text("utf-8"), Loader=_SafeLoader)  # noqa: S506
    sections: list[Mapping[str, Any]] = [load_language(code).section("page") for code in LANGUAGES]
    sections += others.values()
    gather = lambda key: [entry for section in sections for entry in section.get(key, ())]
    ends = gather("ends")
    outlets = [word for code in LANGUAGES for word in load_language(code).section("names").get("outlets", ())]
    return PageWords(
        chrome=frozenset(map(fold_line, gather("chrome"))),
        ends=frozenset(map(fold_line, ends)),
        end_openings=_to_pattern(gather("end_openings"), r"^(?:{})\b"),
        openings=_to_pattern(gather("openings"), r"^(?:{})"),
        phrases=_to_pattern(gather("phrases"), r"(?:{})"),
        function_words=frozenset(word for line in words.values() for word in line.split()),
        bylines=_to_pattern(
            gather("bylines") + gather("sources"), r"^(?:{})(?:\s*[:–—-]\s*|\s+)", re.IGNORECASE
        ),
        modified=_to_pattern(gather("modified"), r"^(?:{})\b"),
        labels=_to_pattern(gather("published") + gather("modified") + gather("bylines"), r"\b(?:{})\b"),
        comments=_to_pattern(gather("comments"), r"(?:{})"),
        outlets=frozenset(word.casefold() for word in [*outlets, "News"]),
        digests=_to_pattern(gather("digests"), r"\b(?:{})"),
        open_words=frozenset(
            "the of and to a an in for with by from at on der die das des dem den und von im zum zur mit für le la les de des du et à un une el los las del y una por para con il lo gli di della e che i w z na do в на с и по из для от к о у і з та".split()
        ),
    )


def _to_pattern(entries: Iterable[str], frame: str, flags: int = 0) -> re.Pattern[str]:
    alternatives = sorted({entry.casefold() for entry in entries}, key=lambda entry: (-len(entry), entry))
    return re.compile(frame.format("|".join(map(re.escape, alternatives)) or r"(?!)"), flags)
