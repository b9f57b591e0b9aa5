"""What views give: tables, pages, records. Text in them is as found, not escaped for any format."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: What a cell of a table may hold; None is an empty cell.
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: In lower case, for people.
        weight: Its share of the room that is left when every column without weight has what it needs.
        max_chars: Where a cell is broken into lines although there is room, or None.
    """

    heading: str
    weight: int = 0
    max_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; each row as long as `columns`.

    Attributes:
        title: What it shows.
        columns: In order.
        rows: In order.
        note: What a reader must know of it (rows left out), or None.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words stand.

    Attributes:
        number: 1, 2, … within its pages.
        publisher: Who published the article, or None.
        title: Headline of the article, or None.
        published: When it was published, in words, or None.
        document: Name of the document.
        article: Number of the article in it.
        start: First character of the words in the document's text, from 0.
        end: One past the last.
        quote: The words.
    """

    number: int
    publisher: str | None
    title: str | None
    published: str | None
    document: str
    article: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement with what it rests on.

    Attributes:
        text: The statement, with its full stop.
        citations: Numbers of citations, at least one.
        event: Id of the event it tells, or None.
        is_doubt: Whether it tells that sources disagree on the statement before it.
    """

    text: str
    citations: tuple[int, ...]
    event: str | None = None
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document with marked words.

    Attributes:
        text: The stretch.
        marks: ``(start, end, label)``: marked words in `text`, in order, not overlapping; the label names
            what they carry.
        source: Where it stands.
    """

    text: str
    marks: tuple[tuple[int, int, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of pages; what it has not is empty.

    Attributes:
        heading: For people.
        standing: One word or two on how things stand, or None.
        paragraphs: Plain text.
        sentences: Statements with citations.
        table: A table, or None.
        excerpts: Words of documents.
    """

    heading: str
    standing: str | None = None
    paragraphs: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    table: Table | None = None
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Counts over time, a row a category: a strip chart.

    Attributes:
        title: What is counted.
        steps: Labels of the steps of time, in order.
        rows: ``(label, counts)``, one count a step.
        split: Number of steps that lie before the period the pages are about.
    """

    title: str
    steps: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    split: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """A text for people.

    Attributes:
        title: Headline.
        facts: ``(label, value)`` lines under it.
        sections: In order.
        citations: By number, from 1.
        strip: A chart, or None.
    """

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Interchange records of one kind.

    Attributes:
        kind: ``articles``, ``claims``, ``events`` or ``conflicts``.
        keys: Keys of every record, in order.
        rows: The records, read lazily, once.
    """

    kind: str
    keys: tuple[str, ...]
    rows: Iterable[dict[str, Any]]
