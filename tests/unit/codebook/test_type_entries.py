import pytest

from foedus.codebook.source import DataFile, parse_data_file
from foedus.codebook.spec import Cue, CuePart, TypeSpec
from foedus.codebook.type_entries import parse_type, without_examples
from foedus.model.claim import ClaimType, Plover, Stage, Status

PASSAGE = """
- text: The two navies drilled off Mombasa.
  style: wire
  region: africa
  claims:
  - {type: exercise, cue: drilled, evidence: The two navies drilled off Mombasa, status: happened}
"""
COUNTER = """
- text: He exercised his right of reply.
  style: wire
  region: africa
  claims: []
"""
HEAD = """
type: exercise
title: Exercises
definition: Drills.
source: made up
plover: COOPERATE
plover_by: {planned: AGREE}
symmetric: true
roles: All are both.
look_alikes:
  training: courses
cues:
  en:
    verb: [drill, hold: {plover: MOBILIZE}]
    phrase: [war game]
"""


def whole(head: str = HEAD) -> str:
    return f"{head}examples:{PASSAGE * 3}counter_examples:{COUNTER * 3}"


def parse(text: str, *, examples: bool = True) -> tuple[DataFile, TypeSpec | None]:
    file = parse_data_file("exercise.yaml", text.encode())
    return file, parse_type(file, (), examples=examples)


def test_whole_type() -> None:
    file, spec = parse(whole())
    assert file.faults == []
    assert spec is not None
    assert spec.type is ClaimType.EXERCISE
    assert spec.cues == {
        "en": (
            Cue("drill", CuePart.VERB),
            Cue("hold", CuePart.VERB, None, Plover.MOBILIZE),
            Cue("war game", CuePart.PHRASE),
        )
    }
    assert spec.look_alikes == {ClaimType.TRAINING: "courses"}
    assert spec.symmetric
    assert [passage.id for passage in spec.examples] == [f"exercise-example-{n}" for n in (1, 2, 3)]
    assert [passage.id for passage in spec.counter_examples] == [
        f"exercise-counter-example-{n}" for n in (1, 2, 3)
    ]
    assert {passage.look_alike for passage in spec.counter_examples} == {ClaimType.EXERCISE}


def test_examples_are_left_out_unless_asked_for() -> None:
    file, spec = parse(whole().replace("cue: drilled", "cue: sailed"), examples=False)
    assert file.faults == []
    assert spec is not None
    assert spec.examples == spec.counter_examples == ()


def test_plover_by_stage_then_status_then_type() -> None:
    head = HEAD.replace("type: exercise", "type: agreement").replace(
        "{planned: AGREE}", "{signed: SUPPORT, planned: AGREE}"
    )
    _, spec = parse(head, examples=False)
    assert spec is not None
    assert spec.plover_for(Stage.SIGNED, Status.PLANNED) is Plover.SUPPORT
    assert spec.plover_for(Stage.RATIFIED, Status.PLANNED) is Plover.AGREE
    assert spec.plover_for(None, Status.HAPPENED) is Plover.COOPERATE


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("type: exercise", "type: drills", "is none of"),
        ("plover: COOPERATE", "plover: HELP", "is none of"),
        ("{planned: AGREE}", "{soon: AGREE}", '"soon" is none of'),
        ("{planned: AGREE}", "{signed: AGREE}", '"signed" is none of'),
        ("{planned: AGREE}", "{planned: HELP}", "is none of"),
        ("title: Exercises", "title: ", "`title` is missing"),
        ("training: courses", "courses: training", "is none of"),
        ("[drill,", "[Drill,", "lower case"),
        ("[drill,", "[air drill,", "belongs under `phrase`"),
        ("[drill,", "[drill, drill,", "stands twice"),
        ("[drill,", "[on,", "put words such as `on`"),
        ("[drill,", "[drill: {stage: signed},", "does not fit `exercise`"),
        ("[drill,", "[drill: {tense: past},", "unknown key"),
        ("    phrase: [war game]", "    phrase: war game", "expected a list of cues"),
        ("    phrase:", "    phrases:", "unknown key"),
        ("symmetric: true", "symmetrical: true", "unknown key"),
    ],
)
def test_fault_in_a_type(old: str, new: str, message: str) -> None:
    assert old in HEAD
    file, _ = parse(whole(HEAD.replace(old, new)))
    assert [fault for fault in file.faults if message in fault.message]


@pytest.mark.parametrize("count", [0, 2])
def test_too_few_examples_are_a_fault(count: int) -> None:
    file, _ = parse(f"{HEAD}examples:{PASSAGE * count}\ncounter_examples:{COUNTER * 3}")
    assert [fault.message for fault in file.faults] == [f"{count} passages; at least 3"]


def test_example_without_a_claim_of_the_type_is_a_fault() -> None:
    file, _ = parse(f"{HEAD}examples:{PASSAGE * 3}{COUNTER}counter_examples:{COUNTER * 3}")
    assert [str(fault.place) for fault in file.faults] == ["examples[3]"]


def test_type_that_is_no_mapping_is_a_fault() -> None:
    file, spec = parse("- a\n")
    assert spec is None
    assert len(file.faults) == 1


def test_without_examples_cuts_only_what_comes_last() -> None:
    assert without_examples(b"type: a\nexamples:\n- x\ncounter_examples:\n- y\n") == b"type: a\n"
    moved = b"type: a\nexamples:\n- x\ntitle: b\n"
    assert without_examples(moved) == moved
    assert without_examples(b"type: a\n") == b"type: a\n"
