"""Gold sets, and the parts that can be left out."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from foedus.coder import code, mixing

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def gold(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("figures", "gold"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("gold")


def test_sets_are_picked_by_name_or_by_folders(gold: ModuleType) -> None:
    assert gold.parse_set("own").texts == EVAL / "own" / "texts"
    mine = gold.parse_set("mine=here/gold:here/texts")
    assert (mine.name, mine.gold, mine.texts) == ("mine", Path("here/gold"), Path("here/texts"))


@pytest.mark.parametrize("words", ["", "theirs", "mine=gold", "=gold:texts", "mine=gold:"])
def test_unknown_set_is_refused(gold: ModuleType, words: str) -> None:
    with pytest.raises(sys.modules["figures"].MeasureError, match="use seeds, re3d, own or NAME=GOLD:TEXTS"):
        gold.parse_set(words)


def test_missing_set_is_told_and_left_out(
    gold: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gold.pick_sets([f"mine={tmp_path / 'gold'}:{tmp_path}"]) == []
    assert "mine: skipped, no " in capsys.readouterr().err


def test_parts_are_really_left_out(gold: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that both are put back after the test.
    monkeypatch.setattr(code, "load_encoder", code.load_encoder)
    monkeypatch.setattr(mixing, "MIX", dict(mixing.MIX))
    gold.PARTS["encoder"]()
    assert code.load_encoder() is None
    gold.PARTS["linear models"]()
    assert set(mixing.MIX.values()) == {(0.0, 1.0)}


def test_tables_have_a_row_a_figure_and_a_row_an_ablation(gold: ModuleType) -> None:
    figures = {"seeds": {"ledger score": 0.5, "slot stage": None}}
    assert "| **ledger score**              | 0.500 |" in gold.format_figures(figures)
    ablations = gold.format_ablations({"nothing": figures, "encoder": figures}).splitlines()
    assert [line.split("|")[1].strip() for line in ablations[2:]] == [
        "seeds, whole",
        "seeds, without encoder",
    ]


def test_headlines_are_figures_of_the_scorer(gold: ModuleType, shared: Path) -> None:
    seeds = gold.parse_set("seeds")
    figures = sys.modules["figures"].run_scorer(gold.SCORER, seeds.gold, seeds.gold, "--bootstrap", "10")
    assert set(gold.HEADLINES) <= set(figures)
    assert figures["ledger score"] == 1
