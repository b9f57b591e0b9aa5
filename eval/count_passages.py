"""Count the codebook's passages for the model card: ``python eval/count_passages.py``.

Writes the tables between the marks of ``docs/model-card.md``; with ``--check`` it writes nothing and leaves
with status 1 if they are not what the codebook holds.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from foedus.codebook import Passage, load_codebook
from foedus.model.claim import ClaimType

CARD = Path(__file__).resolve().parent.parent / "docs" / "model-card.md"
BEGIN, END = "<!-- passages: begin -->\n", "<!-- passages: end -->\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or check them; 0 when they are right or written, 1 when they are out of date."""
    is_check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    card = CARD.read_text(encoding="utf-8")
    before, _, rest = card.partition(BEGIN)
    _, _, after = rest.partition(END)
    fresh = before + BEGIN + "\n" + count_tables(load_codebook(examples=True).passages) + "\n" + END + after
    if fresh == card:
        return 0
    if is_check:
        sys.stderr.write(f"{CARD.name} is out of date: run python eval/count_passages.py\n")
        return 1
    CARD.write_text(fresh, encoding="utf-8")
    return 0


def count_tables(passages: Sequence[Passage]) -> str:
    """The passages in tables: in all, by type of their claims, by region, by style."""
    words = sum(len(passage.text.split()) for passage in passages)
    rows = [
        ("passages", _count(passages, lambda _: 1)),
        ("of them without any claim", _count(passages, lambda passage: not passage.claims)),
        ("claims in them", _count(passages, lambda passage: len(passage.claims))),
    ]
    regions = sorted({passage.region for passage in passages})
    styles = sorted({passage.style for passage in passages})
    parts = [
        f"{words:,} words in all.\n",
        _to_table("in all", rows),
        _to_table(
            "claims of type", [(f"`{word}`", _count(passages, _count_type(word))) for word in ClaimType]
        ),
        _to_table(
            "passages about",
            [(word, _count(passages, _is_about(word))) for word in regions],
        ),
        _to_table(
            "passages in the manner of",
            [(word.replace("_", " "), _count(passages, _is_like(word))) for word in styles],
        ),
    ]
    return "\n".join(parts)


def _count_type(word: ClaimType) -> Callable[[Passage], int]:
    return lambda passage: sum(claim.type is word for claim in passage.claims)


def _is_about(region: str) -> Callable[[Passage], int]:
    return lambda passage: passage.region == region


def _is_like(style: str) -> Callable[[Passage], int]:
    return lambda passage: passage.style == style


def _count(passages: Sequence[Passage], measure: Callable[[Passage], int]) -> tuple[int, int]:
    """How many to train on, how many held out."""
    trained, held = 0, 0
    for passage in passages:
        if passage.held_out:
            held += int(measure(passage))
        else:
            trained += int(measure(passage))
    return trained, held


def _to_table(heading: str, rows: Sequence[tuple[str, tuple[int, int]]]) -> str:
    lines = [f"| {heading} | trained on | held out |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {trained:,} | {held:,} |" for name, (trained, held) in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
