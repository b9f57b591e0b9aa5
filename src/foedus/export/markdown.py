"""Markdown: pages as plain text that reads well as it is. Everything from outside is escaped."""

import re
from collections.abc import Iterator
from typing import TextIO

from foedus.export.clean import clean_line
from foedus.export.format import Format
from foedus.views.shapes import Citation, Excerpt, Pages, Section, Sentence, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$#&])")
_LINE_START = re.compile(r"^([-+=]|\d+[.)](?=\s|$))")


def write(shape: Pages, out: TextIO) -> None:
    """The pages as one text, citations as a numbered list at the end."""
    out.write("\n".join(_iter_lines(shape)) + "\n")


def escape(text: str) -> str:
    """The text as one line that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\1", clean_line(text))
    return _LINE_START.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", line)


def _iter_lines(pages: Pages) -> Iterator[str]:
    yield f"# {escape(pages.title)}"
    yield ""
    for label, value in pages.facts:
        yield f"- **{escape(label)}:** {escape(value)}"
    if pages.facts:
        yield ""
    for section in pages.sections:
        yield from _iter_section(section)
    if pages.citations:
        yield "## Sources"
        yield ""
        for citation in pages.citations:
            yield f"{citation.number}. {_tell_citation(citation)}"
        yield ""


def _iter_section(section: Section) -> Iterator[str]:
    standing = f" — {escape(section.standing)}" if section.standing else ""
    yield f"## {escape(section.heading)}{standing}"
    yield ""
    for paragraph in section.paragraphs:
        yield escape(paragraph)
        yield ""
    if section.table is not None:
        yield from _iter_table(section.table)
    for sentence in section.sentences:
        yield _tell_sentence(sentence)
    if section.sentences:
        yield ""
    for excerpt in section.excerpts:
        yield f"> {_tell_excerpt(excerpt)}"
        yield f"> — {escape(excerpt.source)}"
        yield ""


def _iter_table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(escape(column.heading) for column in table.columns) + " |"
    yield "|" + " --- |" * len(table.columns)
    for row in table.rows:
        yield "| " + " | ".join("" if cell is None else escape(str(cell)) for cell in row) + " |"
    yield ""
    if table.note:
        yield escape(table.note)
        yield ""


def _tell_sentence(sentence: Sentence) -> str:
    numbers = " ".join(f"[{number}]" for number in sentence.citations)
    indent = "  " if sentence.is_doubt else ""
    return f"{indent}- {escape(sentence.text)} {numbers}".rstrip()


def _tell_excerpt(excerpt: Excerpt) -> str:
    parts, end = [], 0
    for start, stop, label in excerpt.marks:
        parts.append(escape_part(excerpt.text[end:start]))
        parts.append(f"**{escape_part(excerpt.text[start:stop]).strip()}** ({escape(label)})")
        end = stop
    parts.append(escape_part(excerpt.text[end:]))
    return " ".join("".join(parts).split())


def escape_part(text: str) -> str:
    """A piece of a line, with the white space at its ends kept as one space."""
    line = escape(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and line else ""
    return f"{before}{line}{after}"


def _tell_citation(citation: Citation) -> str:
    title = f"“{citation.title}”" if citation.title else None
    head = ", ".join(escape(part) for part in (citation.publisher, title, citation.published) if part)
    place = f"{escape(citation.document)}, characters {citation.start}–{citation.end}"
    return f"{head + '. ' if head else ''}{place}: “{escape(citation.quote)}”"


FORMAT = Format(name="markdown", suffix=".md", shape=Pages, write=write)
