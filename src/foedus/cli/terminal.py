"""Tables and pages in the terminal. What comes from outside is cleaned first and never read as markup."""

import io
import os
import sys
from typing import TYPE_CHECKING

from foedus.export import Format, clean, clean_line, pick_format
from foedus.views.shapes import Excerpt, Pages, Records, Section, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Width of tables that go into a file or a pipe.
_PIPE_COLUMNS = 140

#: Width below which a column of words cannot be read.
_MIN_COLUMNS = 12

_STYLES = {"better": "green", "worse": "red", "mixed": "yellow"}


def show_table(table: Table) -> None:
    """Print a table."""
    _print_table(_make_console(), table)


def show_pages(pages: Pages) -> None:
    """Print pages: set for a person on a terminal, as Markdown elsewhere."""
    if sys.stdout.isatty():
        _print_pages(_make_console(), pages)
    else:
        write_raw(pages, pick_format(Pages))


def write_raw(shape: Pages | Records, chosen: Format) -> None:
    """Write a shape to standard output, the same bytes as into a file."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        chosen.write(shape, out)
    finally:
        out.detach()  # flushes, and leaves standard output open


def _make_console() -> "Console":
    from rich.console import Console

    is_pipe = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, markup=False, width=_PIPE_COLUMNS if is_pipe else None)


def _print_table(console: "Console", table: Table) -> None:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(
        title=Text(clean_line(table.title)) if table.title else None,
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        expand=any(column.weight for column in table.columns),
    )
    for column in table.columns:
        shown.add_column(
            Text(column.heading),
            ratio=column.weight or None,
            overflow="fold",
            no_wrap=not (column.weight or column.max_chars),
            min_width=_MIN_COLUMNS if column.weight else None,
            max_width=column.max_chars,
        )
    for row in table.rows:
        shown.add_row(*(Text("" if cell is None else clean(str(cell))) for cell in row))
    if table.rows:
        console.print(shown)
    if table.note:
        console.print(Text(clean_line(table.note)))


def _print_pages(console: "Console", pages: Pages) -> None:
    from rich.text import Text

    console.print(Text(clean_line(pages.title), style="bold"))
    for label, value in pages.facts:
        console.print(Text(f"{clean_line(label)}: ", style="dim") + Text(clean_line(value), style="default"))
    for section in pages.sections:
        _print_section(console, section)
    if pages.citations:
        console.print(Text("\nSources", style="bold"))
    for citation in pages.citations:
        head = ", ".join(
            clean_line(part) for part in (citation.publisher, citation.title, citation.published) if part
        )
        place = f"{clean_line(citation.document)}, characters {citation.start}–{citation.end}"
        console.print(
            Text(f"[{citation.number}] {head}: “{clean_line(citation.quote)}” ") + Text(place, style="dim")
        )


def _print_section(console: "Console", section: Section) -> None:
    from rich.padding import Padding
    from rich.text import Text

    heading = Text(f"\n{clean_line(section.heading)}", style="bold")
    if section.standing:
        heading += Text(f"  {section.standing}", style=_STYLES.get(section.standing, "dim"))
    console.print(heading)
    for paragraph in section.paragraphs:
        console.print(Text(clean_line(paragraph), style="dim"))
    if section.table is not None:
        _print_table(console, section.table)
    for sentence in section.sentences:
        numbers = " ".join(f"[{number}]" for number in sentence.citations)
        line = Text(f"• {clean_line(sentence.text)} ") + Text(numbers, style="dim")
        console.print(Padding(line, (0, 0, 0, 4 if sentence.is_doubt else 0)))
    for excerpt in section.excerpts:
        console.print(_mark_excerpt(excerpt))
        console.print(Text(f"— {clean_line(excerpt.source)}\n", style="dim"))


def _mark_excerpt(excerpt: Excerpt) -> "Text":
    from rich.text import Text

    text, end = Text(), 0
    for start, stop, label in excerpt.marks:
        text.append(clean(excerpt.text[end:start]))
        text.append(clean(excerpt.text[start:stop]), style="bold reverse")
        text.append(f"[{clean_line(label)}]", style="dim")
        end = stop
    text.append(clean(excerpt.text[end:]))
    return text
