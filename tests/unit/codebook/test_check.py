from pathlib import Path

import pytest

from foedus.codebook.check import check_file, find_shared_names, main
from foedus.codebook.source import parse_data_file
from foedus.codebook.spec import ActorKind, ActorName, ActorSpec, NameKind

GOOD = """- text: Kenya and Ethiopia met.
  style: wire
  region: africa
  held_out: true
  claims:
  - {type: consultation, cue: met, evidence: Kenya and Ethiopia met, status: happened, actors: {ORG:X: both}}
"""


def actor(code: str, *names: ActorName) -> ActorSpec:
    return ActorSpec(code, ActorKind.STATE, code, names)


def faults(text: str) -> list[str]:
    return [str(fault) for fault in check_file(parse_data_file("a.yaml", text.encode()), {"KEN"})[0]]


def test_good_file_has_no_faults() -> None:
    assert faults(GOOD) == []


def test_passage_written_twice_is_found() -> None:
    assert faults(GOOD + GOOD) == ["a.yaml:1: a-2: the same text as a-1"]


def test_doubled_key_is_found() -> None:
    assert faults(GOOD.replace("  style: wire\n", "  style: wire\n  style: blog\n")) == [
        "a.yaml:3: [0]: key `style` stands twice"
    ]


def test_empty_and_broken_files_are_found() -> None:
    assert faults("") == ["a.yaml:1: is empty"]
    assert len(faults("[")) == 1


def test_type_and_actor_files_are_known_by_their_form() -> None:
    assert any("`title` is missing" in fault for fault in faults("type: exercise\n"))
    assert any("`name` is missing" in fault for fault in faults("states: {FRA: {cow: 220}}\n"))


def test_faults_come_by_line() -> None:
    found = check_file(
        parse_data_file("a.yaml", b"- {text: A.}\n- {text: B., claims: [], style: wire}\n"), ()
    )[0]
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert {fault.line for fault in found} == {1, 2}


def test_shared_names() -> None:
    congo = ActorName("Congo", NameKind.NAME, "COD")
    other = ActorName("Congo", NameKind.NAME, "COG")
    unsure = ActorName("Congo", NameKind.NAME, "COG", ambiguous=True)
    prefix = ActorName("Congo", NameKind.PREFIX, "COG")
    assert find_shared_names({"COD": actor("COD", congo), "COG": actor("COG", other)}) == {
        "Congo": ("COD", "COG")
    }
    assert find_shared_names({"COD": actor("COD", congo), "COG": actor("COG", unsure, prefix)}) == {}


def test_main_reports_counts_and_no_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert main([str(path)]) == 0
    told = capsys.readouterr().out
    assert "     1 passages held out\n" in told
    assert "     1 claims of consultation\n" in told
    assert "ORG:X, which has no entry" in told
    assert told.endswith("     0 faults in 1 files\n")


def test_main_leaves_with_one_for_faults_and_two_for_a_missing_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(GOOD.replace("cue: met", "cue: left"), encoding="utf-8")
    assert main([str(path)]) == 1
    assert "bad.yaml:6: [0].claims[0].cue" in capsys.readouterr().out
    assert main([str(tmp_path / "gone.yaml")]) == 2
    assert "gone.yaml" in capsys.readouterr().err
