"""The benchmark adapters of this package, on texts written for the tests."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = str(Path(__file__).resolve().parents[3] / "eval")


@pytest.fixture(scope="module")
def adapters() -> Iterator[tuple[ModuleType, ModuleType]]:
    sys.path.insert(0, EVAL)
    import events
    import reprints

    yield events, reprints
    sys.path.remove(EVAL)


def report(name: str, *sentences: str, deeds: tuple[str, ...]) -> dict[str, Any]:
    """A record of the benchmark `events`; the deeds are its mentions."""
    tokens = [sentence.split() for sentence in sentences]
    mentions = [
        {"mention": f"{name} {word}", "sentence": number, "tokens": [place], "text": word}
        for number, words in enumerate(tokens)
        for place, word in enumerate(words)
        if word in deeds
    ]
    return {"id": name, "sentences": tokens, "mentions": mentions}


def test_reports_and_mentions_of_one_event(adapters: tuple[ModuleType, ModuleType]) -> None:
    records = [
        report(
            "a",
            "A strong quake hit Norland on Monday , 12 May , and killed 40 people .",
            deeds=("quake", "killed"),
        ),
        report(
            "b",
            "The earthquake in Norland on 12 May killed 40 people near Port Aster .",
            deeds=("earthquake",),
        ),
        report(
            "c", "Police in Sudland arrested the singer Eva Holm over unpaid taxes .", deeds=("arrested",)
        ),
    ]
    found = {record["id"]: record for record in adapters[0].predict(records)}
    assert found["a"]["event"] == found["b"]["event"] != found["c"]["event"]
    of = {
        mention["mention"]: mention["cluster"] for record in found.values() for mention in record["mentions"]
    }
    assert of["a quake"] == of["b earthquake"]
    assert len({of["a quake"], of["a killed"], of["c arrested"]}) == 3


def test_every_mention_has_an_answer_and_no_reports_none(adapters: tuple[ModuleType, ModuleType]) -> None:
    assert list(adapters[0].predict([])) == []
    odd = report("a", "— … “ 's .", deeds=("…", "'s"))
    assert [len(record["mentions"]) for record in adapters[0].predict([odd])] == [2]


def test_the_baseline_groups_by_words(adapters: tuple[ModuleType, ModuleType]) -> None:
    records = [report("a", "Ships left .", deeds=("left",)), report("b", "Ships left .", deeds=("left",))]
    clusters = [record["mentions"][0]["cluster"] for record in adapters[0].predict_same_words(records)]
    assert clusters[0] == clusters[1]


def test_clusters_of_reprints(adapters: tuple[ModuleType, ModuleType]) -> None:
    text = (
        "The crews of both navies opened the school in the harbour and went on board of the ships together."
    )
    records = [{"id": name, "text": text} for name in "ab"] + [{"id": "c", "text": "Nothing like it."}]
    assert [record["cluster"] for record in adapters[1].predict(records)] == ["a", "a", None]
