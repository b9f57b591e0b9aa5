"""Claims before and after a change."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("compare", "figures"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("compare")


def claim(start: int, end: int, document: str = "a.txt", **slots: Any) -> dict[str, Any]:
    plain = {
        "document": document,
        "type": "agreement",
        "stage": "signed",
        "status": "happened",
        "plover": "SUPPORT",
        "actors": [{"code": "NOR", "role": "both"}, {"code": "FIN", "role": "both"}],
        "agents": [],
        "subject": None,
        "place": [],
        "when": None,
        "attributed_to": None,
        "via": [],
        "recurrence": None,
        "quantities": [],
        "evidence": {"start": start, "end": end, "quote": "Norway and Finland signed it."},
        "confidence": 0.8,
    }
    return {**plain, **slots}


def test_same_claims_differ_in_nothing(compare: ModuleType) -> None:
    pairs = compare.pair_claims([claim(0, 30), claim(40, 60)], [claim(40, 60), claim(0, 30, confidence=0.1)])
    assert [pair.differs for pair in pairs] == [False, False]
    assert list(compare.iter_lines(pairs)) == []


def test_gained_lost_and_changed(compare: ModuleType) -> None:
    before = [claim(0, 30), claim(40, 60, status="planned"), claim(0, 30, document="b.txt")]
    after = [claim(40, 58), claim(70, 90, type="training"), claim(0, 30, document="b.txt")]
    pairs = compare.pair_claims(before, after)
    kinds = [(pair.before is None, pair.after is None, pair.changes) for pair in pairs]
    assert kinds == [
        (False, True, ()),
        (False, False, ("status", "evidence")),
        (True, False, ()),
        (False, False, ()),
    ]
    assert compare.format_counts(pairs).splitlines()[2:] == [
        "| agreement |      3 |     2 |      0 |    1 |       1 |",
        "| training  |      0 |     1 |      1 |    0 |       0 |",
        "| all       |      3 |     3 |      1 |    1 |       1 |",
    ]
    lines = list(compare.iter_lines(pairs))
    assert [line[0] for line in lines] == ["-", "~", "+"]
    assert "(status: planned → happened; evidence: 40–60 → 40–58)" in lines[1]


def test_claims_of_one_sentence_are_paired_by_type(compare: ModuleType) -> None:
    before = [claim(0, 30, type="training"), claim(0, 30)]
    after = [claim(0, 30), claim(0, 30, type="exercise")]
    pairs = compare.pair_claims(before, after)
    changes = sorted((pair.before["type"], pair.after["type"]) for pair in pairs)
    assert changes == [("agreement", "agreement"), ("training", "exercise")]


@pytest.mark.parametrize(("start", "is_one"), [(10, True), (11, False)])
def test_half_the_words_make_one_claim(compare: ModuleType, start: int, is_one: bool) -> None:
    pairs = compare.pair_claims([claim(0, 20)], [claim(start, start + 20)])
    assert (len(pairs) == 1) is is_one


def test_unknown_revision_ends_in_one_line(compare: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["no-such-revision"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("compare.py: ")
    assert error.count("\n") == 1
