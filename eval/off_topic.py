"""What the coder makes of articles about other things: held-out off-topic passages of the codebook.

    python eval/off_topic.py

Each claim that it writes of a passage without claims is a false one. The first row is the coder that reads all.
"""

from collections.abc import Iterable

from foedus.codebook import Passage, load_codebook
from foedus.coder.code import pick_deeds
from foedus.coder.decide import load_modality
from foedus.coder.scene import Line, read_scene
from reading import load_tools, make_article
from train import OFF_TOPIC


def main() -> int:
    """Print the table."""
    passages = [p for p in load_codebook(examples=True).passages if p.held_out and p.id.startswith(OFF_TOPIC)]
    others = [passage for passage in passages if not passage.claims]
    mixed = [passage for passage in passages if passage.claims]
    print(
        "reads       articles  words read  false claims an article  articles with one | claims in others, found"
    )
    total = 0
    for whole in (True, False):
        read = [read_lines(passage, whole=whole) for passage in others]
        false = [count_deeds(lines) for lines in read]
        words = sum(len(line.sentence) for lines in read for line in lines)
        total = total or words
        found = sum(has_found(passage, read_lines(passage, whole=whole)) for passage in mixed)
        print(
            f"{'everything' if whole else 'as it ships':11} {len(others):8}  {words / total:10.2f}  "
            f"{sum(false) / len(others):23.2f}  {sum(map(bool, false)) / len(others):17.2f} | {found} of {len(mixed)}"
        )
    return 0


def read_lines(passage: Passage, *, whole: bool) -> tuple[Line, ...]:
    """The sentences of a passage that are looked at."""
    document, article = make_article(passage.id, passage.text)
    return read_scene(document, article, load_tools(), whole=whole)


def count_deeds(lines: Iterable[Line]) -> int:
    """How many claims the coder would write."""
    modality = load_modality(load_tools().language)
    return sum(len(pick_deeds(line, modality)) for line in lines)


def has_found(passage: Passage, lines: Iterable[Line]) -> bool:
    """Whether a claim was found in the words of one that is there."""
    modality = load_modality(load_tools().language)
    return any(
        claim.evidence_span.overlaps(line.place(deed.candidate.index, deed.candidate.index))
        for line in lines
        for deed in pick_deeds(line, modality)
        for claim in passage.claims
    )


if __name__ == "__main__":
    raise SystemExit(main())
