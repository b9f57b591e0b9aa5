"""Reading pages to articles against bare trafilatura: ``python bench/reading.py [--repeats N]``."""

from collections.abc import Sequence

import trafilatura

from foedus.articles import split_articles
from foedus.errors import InputError
from foedus.read import read_document
from inputs import load_pages
from timing import Race, format_races, parse_repeats, race


def measure(repeats: int) -> Race:
    """Read the same pages both ways."""
    pages = load_pages()

    def read() -> None:
        for name, data in pages:
            try:
                split_articles(read_document(name, data))
            except InputError:
                continue

    def extract() -> None:
        for _, data in pages:
            trafilatura.extract(data)

    return race(
        f"reading {len(pages)} pages to articles with head and date",
        read,
        ("trafilatura.extract", extract),
        repeats=repeats,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    print(format_races([measure(parse_repeats(arguments, __doc__))]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
