"""The dispatcher of the public benchmarks, on records written for the test."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"
TEXT = (
    "The defence ministers of Norway and Finland met in Oslo on 4 March 2024 and agreed on joint training of border "
    "guards, the Norwegian ministry said. The first course is planned for September."
)
PAGE = f"""<!doctype html><html lang=en><head><title>Border guards</title>
<meta property="article:published_time" content="2024-03-05T08:00:00Z"></head>
<body><nav><a href=/>Home</a></nav>
<article><h1>Border guards to train together</h1><p>{TEXT}</p></article></body></html>"""


@pytest.fixture
def predict(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    for name in ("figures", "predict"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("predict")


def call(predict: ModuleType, folder: Path, name: str, records: list[Any], *options: str) -> list[Any]:
    source, target = folder / "input.jsonl", folder / "output.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert predict.main([name, str(source), str(target), *options]) == 0
    return [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n") if line]


def test_reprints_are_put_together(predict: ModuleType, tmp_path: Path) -> None:
    records = [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, {"id": "c", "text": "Rain in Oslo."}]
    found = {one["id"]: one["cluster"] for one in call(predict, tmp_path, "reprints", records)}
    assert found["a"] == found["b"] is not None
    assert found["c"] is None


def test_times_are_dated(predict: ModuleType, tmp_path: Path) -> None:
    record = {"id": "a", "dct": "2024-03-05", "title": "", "text": TEXT}
    (found,) = call(predict, tmp_path, "timex", [record])
    values = {TEXT[one["start"] : one["end"]]: one["value"] for one in found["timexes"]}
    assert values["4 March 2024"] == "2024-03-04"


@pytest.mark.parametrize("beside", [True, False])
def test_pages_are_found_beside_the_input_or_in_the_folder(
    predict: ModuleType, tmp_path: Path, beside: bool
) -> None:
    folder = tmp_path if beside else tmp_path / "elsewhere"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "1.html").write_text(PAGE, encoding="utf-8")
    options = [] if beside else ["--folder", str(folder)]
    records = [{"id": "1", "file": "pages/1.html"}]
    (dated,) = call(predict, tmp_path, "pubdate", records, *options)
    assert dated == {"id": "1", "date": "2024-03-05"}
    (cut,) = call(predict, tmp_path, "boilerplate", records, *options)
    assert TEXT in cut["text"]
    assert "Home" not in cut["text"]


def test_mentions_of_one_event_are_put_together(predict: ModuleType, tmp_path: Path) -> None:
    words = ["Norway", "and", "Finland", "signed", "a", "border", "agreement", "on", "Monday"]
    records = [
        {
            "id": name,
            "sentences": [words],
            "mentions": [{"mention": f"{name}1", "sentence": 0, "tokens": [3], "text": "signed"}],
        }
        for name in ("a", "b")
    ]
    one, other = call(predict, tmp_path, "events", records)
    assert one["event"] == other["event"]
    assert one["mentions"][0]["cluster"] == other["mentions"][0]["cluster"]


@pytest.mark.parametrize(
    ("claim", "evidence", "label"),
    [
        ("More than 40 frigates took part.", "41 frigates took part.", "SUPPORTS"),
        ("More than 41 frigates took part.", "41 frigates took part.", "REFUTES"),
        ("At least 41 frigates took part.", "41 frigates took part.", "SUPPORTS"),
        ("Less than 30 frigates took part.", "About 31 frigates took part.", "SUPPORTS"),
        ("The pact was signed before 3 May 2019.", "The pact was signed on 2 May 2019.", "SUPPORTS"),
        ("The pact was signed after 3 May 2019.", "The pact was signed on 2 May 2019.", "REFUTES"),
        ("The pact was signed.", "The pact was not signed.", "REFUTES"),
        ("Exports of radars increased.", "Exports of radars decreased.", "REFUTES"),
        ("The pact was signed in Oslo.", "Rain fell on the northern plain.", "NOT ENOUGH INFO"),
        ("", "", "NOT ENOUGH INFO"),
    ],
)
def test_a_sentence_is_held_against_another(
    predict: ModuleType, tmp_path: Path, claim: str, evidence: str, label: str
) -> None:
    record = {"id": "a", "claim": claim, "evidence": evidence}
    assert call(predict, tmp_path, "contradiction", [record]) == [{"id": "a", "label": label}]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("poems", '{"id": "a"}', '"poems" is not done'),
        ("reprints", "{", "input.jsonl:1: not JSON"),
        ("reprints", "[1]", 'input.jsonl:1: not an object with an "id"'),
        ("pubdate", '{"id": "a", "file": "none.html"}', "none.html"),
    ],
)
def test_what_cannot_be_used_is_told(
    predict: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    message: str,
) -> None:
    source = tmp_path / "input.jsonl"
    source.write_text(text)
    assert predict.main([name, str(source), str(tmp_path / "output.jsonl")]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_line_separators_inside_a_text_end_no_record(predict: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "input.jsonl"
    source.write_text('{"id": "a", "text": "one\u2028two"}\n', encoding="utf-8")
    assert predict.load_records(source) == [{"id": "a", "text": "one\u2028two"}]


def test_every_benchmark_has_its_adapter(predict: ModuleType) -> None:
    assert all((EVAL / f"{benchmark.name}.py").is_file() for benchmark in predict.BENCHMARKS)
