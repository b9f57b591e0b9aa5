"""What is kept of articles so that copies among them are found, also by those that come later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """The runs of words by which copies of an article are found.

    Attributes:
        owner: A number of 64 bits with a sign that stands for the article; made of its name and number alone.
        document: Name of its document.
        article: Its number in it.
        day: Day of publication as a number; those of which none is known stand after the last day.
        runs: Hashes of runs of words, each once, sorted, 8 bytes each, lowest byte first.
    """

    owner: int
    document: str
    article: int
    day: int
    runs: bytes


@dataclass(frozen=True, slots=True, order=True)
class Repeat:
    """That one article repeats another, and in how many words; the reprint of an article is one of these."""

    document: str
    article: int
    original_document: str
    original_article: int
    words: int
