"""Score Foedus, from pages to ledger, against annotated articles.

    python eval/gold.py                      seeds, re3d and own, one column each
    python eval/gold.py seeds --ablate       one row for each part that is left out
    python eval/gold.py mine=GOLD:TEXTS      a set of your own: a folder of records, and its documents

Builds each set's documents into a ledger in a temporary folder, exports it, and has the gold's scorer
compare. The sets seeds and re3d, and the scorer, lie in ``../shared``; own is ``eval/own``.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from figures import ROOT, SHARED, Figures, MeasureError, format_figure, format_table, run_scorer

SCORER = SHARED / "gold" / "score.py"
KINDS = ("articles", "claims", "events", "conflicts")
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated documents.

    Attributes:
        name: What it is called.
        gold: Folder of its records.
        texts: Folder of its documents; all of them are built, also those without records.
    """

    name: str
    gold: Path
    texts: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything its figures depend on besides the program."""
        return (*sorted(self.gold.glob("*.jsonl")), self.texts)

    def find_lack(self) -> str | None:
        """What is missing to score it, or None."""
        needed = (SCORER, self.gold / "claims.jsonl", self.texts)
        return next((f"no {path}" for path in needed if not path.exists()), None)


SETS = (
    GoldSet("seeds", SHARED / "gold" / "seeds", SHARED / "corpora" / "seeds"),
    GoldSet("re3d", SHARED / "gold" / "re3d", SHARED / "corpora" / "re3d"),
    GoldSet("own", ROOT / "eval" / "own", ROOT / "eval" / "own" / "texts"),
)

SLOTS = (
    "actors", "when", "status", "stage", "subject", "agents", "attributed_to", "quantities", "recurrence",
    "place",
)  # fmt: skip

HEADLINES: Mapping[str, str] = {
    "articles segmentation F1": "articles found, F1",
    "articles published accuracy": "publication date right",
    "articles main-text character F1": "main text, character F1",
    "detection precision": "claims, precision",
    "detection recall": "claims, recall",
    "detection F1": "claims, F1",
    "detection F1 whatever the type": "claims, F1 whatever the type",
    **{f"slot {slot}": f"slot {slot}" for slot in SLOTS},
    "events B-cubed F1": "events, B-cubed F1",
    "conflicts F1": "conflicts, F1",
    "confidence ECE": "confidence, calibration error",
    "confidence Brier skill": "confidence, Brier skill",
    "confidence AUC": "confidence, AUC",
    "ledger score": "**ledger score**",
    "bootstrap standard deviation": "its standard deviation",
}
"""Figures of the scorer that are shown, with the words for them."""

SHORT: Mapping[str, str] = {
    "detection F1": "claims F1",
    "detection F1 whatever the type": "any type",
    "slot actors": "actors",
    "slot status": "status",
    "slot stage": "stage",
    "confidence AUC": "AUC",
    "ledger score": "ledger score",
}
"""Those shown of each ablation."""


def _leave_out_encoder() -> None:
    from foedus.coder import code

    module: Any = code
    module.load_encoder = lambda: None


def _leave_out_linear() -> None:
    from foedus.coder.mixing import MIX

    MIX.update(dict.fromkeys(MIX, (0.0, 1.0)))


def _leave_out_type_models() -> None:
    """Every cue of the codebook's lists is a claim of the first type that has it."""
    from foedus.coder import code
    from foedus.coder.decide import Deed

    module: Any = code
    module.pick_deeds = lambda line, modality: tuple(
        Deed(candidate, candidate.types[0], 0.5) for candidate in line.candidates if candidate.types
    )


def _leave_out_pooling() -> None:
    from foedus.coder import code

    module: Any = code
    module.HELPING_ARCS = -1


def _leave_out_coreference() -> None:
    from foedus.coder import decide, units

    modules: tuple[Any, Any] = (units, decide)
    modules[0]._iter_anaphora = lambda *_: iter(())
    modules[1].carried_codes = lambda _: ()


def _leave_out_status() -> None:
    from foedus.coder import write
    from foedus.model.claim import Status

    module: Any = write
    module.pick_status = lambda *_: (Status.HAPPENED, 1.0)


def _leave_out_nothing() -> None:
    pass


NOTHING = "nothing"

PARTS: Mapping[str, Callable[[], None]] = {
    NOTHING: _leave_out_nothing,
    "encoder": _leave_out_encoder,
    "linear models": _leave_out_linear,
    "models of type": _leave_out_type_models,
    "adding up of words": _leave_out_pooling,
    "coreference": _leave_out_coreference,
    "models of status": _leave_out_status,
}
"""Parts that can be left out. Without the linear models they still give the roles of silent actors."""


def score_sets(
    sets: Sequence[GoldSet], *, without: str = NOTHING, jobs: int | None = None
) -> dict[str, Figures]:
    """The scorer's figures of each set.

    Args:
        sets: Sets that lack nothing.
        without: One of `PARTS`.
        jobs: Worker processes of a build; None is one a core.

    Raises:
        MeasureError: The scorer refuses the gold or the exports.
    """
    with tempfile.TemporaryDirectory(prefix="foedus-gold-") as name:
        folder = Path(name)
        export_apart(sets, folder, without=without, jobs=jobs)
        return {
            one.name: run_scorer(
                SCORER, one.gold, folder / one.name, "--texts", one.texts, "--bootstrap", str(RESAMPLES)
            )
            for one in sets
        }


def export_apart(
    sets: Sequence[GoldSet], folder: Path, *, without: str = NOTHING, jobs: int | None = None
) -> None:
    """`export_sets` in a process of its own, since what is left out stays left out."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(export_sets, sets, folder, without, jobs).result()


def export_sets(sets: Sequence[GoldSet], folder: Path, without: str, jobs: int | None) -> None:
    """Build the documents of each set and export the ledger's records into a folder of the set's name.

    Problems of the build are told.

    Raises:
        MeasureError: The build fails, or finds no claim in a whole set.
    """
    import foedus
    from foedus.errors import FoedusError

    PARTS[without]()
    for one in sets:
        out = folder / one.name
        out.mkdir()
        try:
            ledger = foedus.build(one.texts, ledger=folder / f"{one.name}.db", jobs=jobs)
        except FoedusError as error:
            raise MeasureError(f"{one.name}: {error}") from error
        problems = ledger.problems()
        for problem in problems:
            print(f"{one.name}: {problem.item}: {problem.message}", file=sys.stderr)
        if not ledger.claims():
            told = f"; the first problem is: {problems[0].message}" if problems else ""
            raise MeasureError(f"{one.name}: no claim was found{told}")
        for kind in KINDS:
            ledger.export(kind, out / f"{kind}.jsonl")


def parse_set(words: str) -> GoldSet:
    """A set by its name, or ``NAME=GOLD:TEXTS``.

    Raises:
        MeasureError: There is no such set.
    """
    for one in SETS:
        if one.name == words:
            return one
    name, _, folders = words.partition("=")
    gold, _, texts = folders.partition(":")
    if not (name and gold and texts):
        raise MeasureError(f'no set "{words}"; use {", ".join(one.name for one in SETS)} or NAME=GOLD:TEXTS')
    return GoldSet(name, Path(gold), Path(texts))


def pick_sets(words: Sequence[str]) -> list[GoldSet]:
    """The sets of these names, all where there are none; those that lack something are told and left out."""
    chosen = [parse_set(word) for word in words] or list(SETS)
    there = []
    for one in chosen:
        lack = one.find_lack()
        if lack is None:
            there.append(one)
        else:
            print(f"{one.name}: skipped, {lack}", file=sys.stderr)
    return there


def format_figures(figures: Mapping[str, Figures]) -> str:
    """One row a figure, one column a set."""
    rows = [
        [words, *(format_figure(of.get(name)) for of in figures.values())]
        for name, words in HEADLINES.items()
    ]
    return format_table(["figure", *figures], rows)


def format_ablations(figures: Mapping[str, Mapping[str, Figures]]) -> str:
    """One row a set and part left out, one column a figure."""
    rows = [
        [
            f"{name}, {'whole' if part == NOTHING else f'without {part}'}",
            *(format_figure(of[name].get(key)) for key in SHORT),
        ]
        for name in next(iter(figures.values()))
        for part, of in figures.items()
    ]
    return format_table(["set", *SHORT.values()], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 2 where a set cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help="seeds, re3d, own or NAME=GOLD:TEXTS")
    parser.add_argument("--ablate", action="store_true", help="leave out one part of the coder after another")
    parser.add_argument("--jobs", type=int, help="worker processes of a build; one a core unless given")
    chosen = parser.parse_args(arguments)
    try:
        sets = pick_sets(chosen.sets)
        if not sets:
            return 0
        if chosen.ablate:
            print(
                format_ablations({part: score_sets(sets, without=part, jobs=chosen.jobs) for part in PARTS})
            )
        else:
            print(format_figures(score_sets(sets, jobs=chosen.jobs)))
    except MeasureError as error:
        print(f"gold.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
