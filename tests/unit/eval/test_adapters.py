"""The adapters that put a model of their own on top of the product, on sentences written for the test."""

import importlib
from pathlib import Path
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[3] / "eval"
TEXT = (
    "Norway sent two frigates to Iceland in May 2021. The Norwegian minister said Iceland had asked for help."
)


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(EVAL))
    return importlib.import_module


def cut(text: str, spans: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_relation_is_that_of_the_claim_between_source_and_target(load: Any) -> None:
    marked = "<s>Peru</s> and <t>Chile</t> signed a border treaty."
    (found,) = load("plover").predict([{"id": "a", "marked_sentence": marked}], learned=False)
    assert found == {"id": "a", "root": "SUPPORT"}


def test_fitted_relations_follow_their_labels(load: Any) -> None:
    plover = load("plover")
    records = [
        {"marked_sentence": f"<s>{one}</s> {verb} <t>{other}</t>.", "root": root, "id": f"{one} {verb}"}
        for one, other in (("Peru", "Chile"), ("Kenya", "Ghana"), ("Norway", "Iceland"))
        for verb, root in (("bombed", "ASSAULT"), ("praised", "SUPPORT"))
    ]
    model = plover.fit(records)
    asked = [{"id": "b", "marked_sentence": "<s>Fiji</s> bombed <t>Tonga</t>."}]
    roots, shares = model.weigh(plover.list_cases(asked))
    assert roots[int(shares[0].argmax())] == "ASSAULT"


def test_marks_are_taken_out_of_the_sentence(load: Any) -> None:
    text, spans = load("plover")._read_marks("So <s>Peru</s> met <t>Chile</t>.")
    assert text == "So Peru met Chile."
    assert {name: text[start:end] for name, (start, end) in spans.items()} == {"s": "Peru", "t": "Chile"}


@pytest.mark.parametrize(
    ("sentence", "source", "target"),
    [
        ("Norway attacked Iceland on Monday.", ["NOR"], ["ISL"]),
        ("Iceland was attacked by Norway on Monday.", ["NOR"], ["ISL"]),
        ("NATO condemned Belarus, Poland said.", ["IGO"], ["BLR"]),
        ("Norwegian soldiers attacked villagers.", ["NOR"], ["NOR"]),
    ],
)
def test_doer_and_other_side(load: Any, sentence: str, source: list[str], target: list[str]) -> None:
    (found,) = load("gsr").predict([{"id": "a", "sentence": sentence}], learned=False)
    (event,) = found["events"]
    assert [one["code"] for one in event["source"]] == source
    assert [one["code"] for one in event["target"]] == target


def test_what_failed_lies_below_what_happened(load: Any) -> None:
    records = [
        {
            "id": "a",
            "tokens": ["They", "signed", "the", "treaty", "."],
            "predicates": [{"index": 1, "token": "signed"}],
        },
        {
            "id": "b",
            "tokens": ["They", "did", "not", "sign", "the", "treaty", "."],
            "predicates": [{"index": 3, "token": "sign"}],
        },
    ]
    happened, failed = load("modality").predict(records, learned=False)
    assert failed["predicates"][0]["factuality"] < 0 < happened["predicates"][0]["factuality"]


def test_entities_are_places_times_and_amounts_of_the_text(load: Any) -> None:
    (found,) = load("entities").predict([{"id": "a", "text": TEXT}], learned=False)
    typed = {(TEXT[one["start"] : one["end"]], one["type"]) for one in found["entities"]}
    assert {("Norway", "Location"), ("Iceland", "Location"), ("May 2021", "Temporal")} <= typed


def test_entities_that_cross_are_not_both_taken(load: Any) -> None:
    entities = load("entities")
    assert entities._cross((0, 5), (3, 8))
    assert not entities._cross((0, 8), (3, 8))
    assert entities._share_end((0, 8), (3, 8))
    assert not entities._share_end((0, 8), (1, 7))


def test_who_says_what(load: Any) -> None:
    (found,) = load("quotes").predict([{"id": "a", "text": TEXT}], learned=False)
    (one,) = found["attributions"]
    assert cut(TEXT, one["source"]) == ["The Norwegian minister"]
    assert cut(TEXT, one["cue"]) == ["said"]
    assert cut(TEXT, one["content"]) == ["Iceland had asked for help"]


def test_fitted_attributions_find_the_marked_words(load: Any) -> None:
    quotes = load("quotes")

    def label(text: str, source: str, cue: str, content: str) -> dict[str, Any]:
        spans = {
            name: [[text.index(words), text.index(words) + len(words)]]
            for name, words in (("source", source), ("cue", cue), ("content", content))
        }
        return {"id": text, "text": text, "attributions": [spans]}

    names = ("Peru", "Chile", "Ghana", "Kenya")
    records = [label(f"{one} hopes the talks go well.", one, "hopes", "the talks go well") for one in names]
    model = quotes.fit(records)
    text = "Fiji hopes the army goes home."
    (one,) = quotes._pick(quotes.read_article({"id": "b", "text": text}), model)
    assert cut(text, one["content"]) == ["the army goes home"]
    assert cut(text, one["source"]) == ["Fiji"]


@pytest.mark.parametrize("name", ["entities", "gsr", "modality", "plover", "quotes"])
def test_nothing_asked_nothing_said(load: Any, name: str) -> None:
    assert list(load(name).predict([], learned=False)) == []


def test_blank_texts_have_nothing(load: Any) -> None:
    assert list(load("entities").predict([{"id": "a", "text": " "}], learned=False)) == [
        {"id": "a", "entities": []}
    ]
    assert list(load("quotes").predict([{"id": "a", "text": ""}], learned=False)) == [
        {"id": "a", "attributions": []}
    ]
    assert list(load("gsr").predict([{"id": "a", "sentence": ""}], learned=False)) == [
        {"id": "a", "events": []}
    ]


def test_model_is_fitted_once(load: Any, tmp_path: Path) -> None:
    learned = load("learned")
    train = tmp_path / "plover" / "train.jsonl"
    train.parent.mkdir()
    train.write_text('{"id": "a"}\n')
    calls = []

    def fit(records: list[dict[str, Any]]) -> int:
        calls.append(records)
        return len(records)

    places = {"folder": tmp_path, "cache": tmp_path / "cache"}
    assert learned.load_learned("plover", fit, **places) == 1
    assert learned.load_learned("plover", fit, **places) == 1
    assert calls == [[{"id": "a"}]]
    train.write_text('{"id": "a"}\n{"id": "b"}\n')
    assert learned.load_learned("plover", fit, **places) == 2


def test_missing_training_file_is_told(load: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load("learned").load_learned("plover", len, folder=tmp_path, cache=tmp_path) is None
    assert "predictions are the product's alone" in capsys.readouterr().err


def test_tokens_find_their_place_in_the_analysis(load: Any) -> None:
    reading = load("reading")
    tokens = ["Norway", "did", "n't", "go", "."]
    (sentences,) = reading.load_tools().analyser.analyse([" ".join(tokens)])
    places = reading.align_tokens(tokens, sentences)
    assert [sentences[number][index].text for number, index in places] == tokens
