"""Figures, fingerprints and tables of the measuring programs."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    monkeypatch.delitem(sys.modules, "figures", raising=False)
    return importlib.import_module("figures")


def test_figures_of_both_scorers_are_read(figures: ModuleType) -> None:
    output = "records 3\nvalue_f1 0.5\nHEADLINE f1 0.9\nledger score: 0.4210\nslot stage: n/a\nmissed x y [z] words\n"
    assert figures.parse_figures(output) == {
        "records": 3.0,
        "value_f1": 0.5,
        "f1": 0.9,
        "ledger score": 0.421,
        "slot stage": None,
    }


def test_fingerprint_follows_names_and_bytes_and_no_order(figures: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    one, two = folder / "one.txt", tmp_path / "gold.jsonl"
    one.write_text("one")
    two.write_text("two")
    first = figures.make_fingerprint([folder, two])
    assert first == figures.make_fingerprint([two, folder])
    one.write_text("One")
    second = figures.make_fingerprint([folder, two])
    one.rename(folder / "uno.txt")
    assert len({first, second, figures.make_fingerprint([folder, two])}) == 3


def test_fingerprint_is_the_same_in_another_place(figures: ModuleType, tmp_path: Path) -> None:
    prints = set()
    for place in ("here", "there"):
        folder = tmp_path / place / "texts"
        folder.mkdir(parents=True)
        (folder / "one.txt").write_text("one")
        prints.add(figures.make_fingerprint([folder]))
    assert len(prints) == 1


@pytest.mark.parametrize(
    ("value", "words"), [(None, "-"), (0.4567, "0.457"), (0.0, "0.000"), (1.0, "1.000"), (126.0, "126")]
)
def test_figure_is_written(figures: ModuleType, value: float | None, words: str) -> None:
    assert figures.format_figure(value) == words


def test_table_is_markdown_with_equal_widths(figures: ModuleType) -> None:
    lines = figures.format_table(["set", "F1"], [["seeds", "0.5"], ["re3d", "0.25"]]).splitlines()
    assert lines == ["| set   |   F1 |", "| ----- | ---: |", "| seeds |  0.5 |", "| re3d  | 0.25 |"]


def test_program_that_fails_gives_its_last_words(figures: ModuleType, tmp_path: Path) -> None:
    script = tmp_path / "score.py"
    script.write_text('import sys\nprint("f1 0.5")\nsys.exit("no gold")')
    with pytest.raises(figures.MeasureError, match="no gold"):
        figures.run_scorer(script)
    script.write_text('print("f1 0.5")')
    assert figures.run_scorer(script) == {"f1": 0.5}
