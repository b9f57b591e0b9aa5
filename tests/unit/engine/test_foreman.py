import sys
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path

import pytest

from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.engine.local import Lost
from foedus.engine.steps import code_input
from foedus.errors import ConfigError
from foedus.ledger import Facts

pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
from foedus.engine import foreman
from foedus.engine.foreman import Foreman, PartOrder
from foedus.engine.parts import find_folder_id, read_part

KIT = KitOrder(None, 1024 * 1024)


@pytest.fixture
def order(tmp_path):
    folder = tmp_path / "parts"
    return PartOrder(KIT, load_kit(KIT).version, folder, find_folder_id(folder), 1, 60)


@pytest.fixture
def items(tmp_path):
    def write(*texts):
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(text)
        return [
            Input(f"{number}.txt", str(tmp_path), tmp_path / f"{number}.txt") for number in range(len(texts))
        ]

    return write


def test_a_part_holds_what_the_steps_say(order, items):
    todo = items("Chile and Peru signed a treaty on border security in Lima on 1 May 2020.", "")
    todo.append(Input("gone.txt", "/in", Path("/in/gone.txt")))
    crew = Foreman(order)
    try:
        (part,) = crew.make_parts(todo)
    finally:
        crew.stop()
    facts = read_part(part.path)
    kit = load_kit(KIT)
    assert facts[:2] == tuple(code_input(item, item.path.read_bytes(), kit) for item in todo[:2])
    assert len(facts[0].claims) > 0
    assert [one.problems[0].code for one in facts[1:]] == ["empty", "no-access"]


def test_a_process_that_cannot_live_is_told(order, items, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ConfigError, match='died 3 times, on 1 inputs from "0.txt"'):
        Foreman(order).make_parts(items("x"))


def test_a_machine_that_does_not_see_the_folder_is_told(order, tmp_path):
    other = replace(order, folder=tmp_path / "other")
    with pytest.raises(ConfigError, match="does not see"):
        foreman._prepare(other)
    find_folder_id(other.folder)
    with pytest.raises(ConfigError, match="does not see"):
        foreman._prepare(other)


def test_a_machine_with_another_version_is_told(order):
    with pytest.raises(ConfigError, match="install the same"):
        foreman._prepare(replace(order, version="foedus 0.0.1"))


@pytest.fixture
def make_parts(order, items, monkeypatch, make_document):
    """Make a part with toy workers: each answer is what one round gives for a name."""

    def make_parts(answers, *texts, line=None):
        rounds = iter(answers)

        def run(found, _work, **_options):
            told = next(rounds)
            for item in found:
                result = told[item.name]
                document = make_document(item.name, item.path.read_text())
                yield (
                    Lost(item, result)
                    if result is None or result
                    else Facts(item.name, "/in", "0f", document)
                )

        monkeypatch.setattr(foreman, "run", run)
        here, _there = Pipe()
        parts = list(foreman._make_parts(line or here, items(*texts), order, load_kit(KIT)))
        return [
            {one.name: [problem.code for problem in one.problems] for one in read_part(part.path)}
            for part in parts
        ]

    return make_parts


def test_an_input_whose_worker_died_is_tried_once_more(make_parts):
    first = {"0.txt": None, "1.txt": 0, "2.txt": None, "3.txt": 7}
    second = {"0.txt": 0, "2.txt": None}
    (found,) = make_parts([first, second], "a", "b", "c", "d")
    assert found == {"0.txt": [], "1.txt": [], "2.txt": ["worker-died"], "3.txt": ["too-slow"]}


def test_what_is_done_is_written_when_nobody_waits_any_more(make_parts):
    here, there = Pipe()
    there.close()
    assert make_parts([{"0.txt": 0, "1.txt": 0}, {}], "a", "b", line=here) == [{"0.txt": []}]


def test_large_texts_are_not_all_held_for_one_part(make_parts, monkeypatch):
    monkeypatch.setattr(foreman, "_MOST_CHARS", 5)
    told = dict.fromkeys(["0.txt", "1.txt", "2.txt"], 0)
    assert make_parts([told, {}], "abc", "de", "f") == [{"0.txt": [], "1.txt": []}, {"2.txt": []}]
