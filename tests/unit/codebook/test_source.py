from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from foedus.codebook.load import DATA
from foedus.codebook.source import (
    MAX_LISTED_FAULTS,
    DataFile,
    Entry,
    Fault,
    parse_data_file,
    raise_faults,
    read_bytes,
    to_day,
    to_place,
)
from foedus.errors import DataFileError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def entry_of(text: str) -> tuple[DataFile, Entry]:
    file = parse_data_file("a.yaml", text.encode())
    entry = file.entry(file.value, ())
    assert entry is not None
    return file, entry


def told(file: DataFile) -> list[str]:
    return [str(fault) for fault in file.faults]


def test_broken_yaml_is_a_fault_with_its_line() -> None:
    file = parse_data_file("a.yaml", b"one: 1\ntwo: [1, 2\nthree: 3\n")
    assert file.value is None
    assert [fault.line for fault in file.faults] == [3]
    assert "no YAML" in file.faults[0].message


@pytest.mark.parametrize("data", [b"when: 2023-02-30\n", b"text: \xff\xfe\xfa\n"])
def test_values_that_cannot_be_read_are_a_fault(data: bytes) -> None:
    file = parse_data_file("a.yaml", data)
    assert file.value is None
    assert len(file.faults) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: [x, 2.5, 2023-05-04, yes, No, null, ~, '5', \"no\"]\n",
        "- one\n- {two: [3, {four: }], five: ''}\n-\n- [[], {}]\n",
        "text: >-\n  folded\n  text\nother: |\n  kept\n  lines\n",
        "Élysée: Ö\n1949-08-24: [BEL]\n1976: [CPV]\n-1: .5\n",
        "key: value # comment\n? long\n: short\n",
        "plain",
        "12",
        "",
        "# only a comment\n",
    ],
)
def test_values_are_those_of_the_library(text: str) -> None:
    file = parse_data_file("a.yaml", text.encode())
    assert file.faults == []
    assert file.value == yaml.safe_load(text)


@pytest.mark.parametrize("path", sorted(DATA.glob("[at]*/*.yaml")), ids=lambda path: path.name)
def test_values_of_the_shipped_files_are_those_of_the_library(path: Path) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert parse_data_file(path.name, path.read_bytes()).value == yaml.load(path.read_bytes(), Loader=loader)


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: *x\n", "a: !!str 1\n", "a: !other b\n", "[a]: b\n"])
def test_anchors_tags_and_keys_that_are_lists_are_faults(text: str) -> None:
    file = parse_data_file("a.yaml", text.encode())
    assert file.value is None
    assert [fault.line for fault in file.faults] == [1]


def test_fault_names_file_line_and_place() -> None:
    file = parse_data_file("a.yaml", b"list:\n- x: 1\n- x: 2\n  y: 3\n")
    file.fault(("list", 1, "y"), "is wrong")
    assert told(file) == ["a.yaml:4: list[1].y: is wrong"]


def test_fault_in_a_key_that_is_missing_has_the_line_of_what_is_around_it() -> None:
    file = parse_data_file("a.yaml", b"one: 1\nlist:\n- x: 1\n")
    file.fault(("list", 0, "z", 5), "is missing")
    assert file.faults[0].line == 3


def test_doubled_key_is_found() -> None:
    file = parse_data_file("a.yaml", b"- {a: 1, b: {c: 1,\n  c: 2}}\n")
    file.find_doubled_keys()
    assert told(file) == ["a.yaml:2: [0].b: key `c` stands twice"]


def test_entries_skips_and_notes_what_is_no_mapping() -> None:
    file = parse_data_file("a.yaml", b"- a: 1\n- two\n- b: 2\n")
    assert [dict(entry.value) for entry in file.entries(file.value, ())] == [{"a": 1}, {"b": 2}]
    assert told(file) == ['a.yaml:2: [1]: expected keys with values, found "two"']


def test_entries_of_nothing_is_empty_and_of_a_text_a_fault() -> None:
    file = parse_data_file("a.yaml", b"x: y\n")
    assert list(file.entries(None, ("z",))) == []
    assert file.faults == []
    assert list(file.entries("y", ("x",))) == []
    assert len(file.faults) == 1


def test_well_formed_values() -> None:
    file, entry = entry_of(
        "t: some text\nl: [a, b]\nw: red\nm: {x: blue}\nf: true\nn: 1.5\ni: 7\nd: 2023-05-04\n"
        "k: {p: [q], r: }\n"
    )
    assert entry.text("t") == "some text"
    assert entry.texts("l") == ("a", "b")
    assert entry.texts("t") == ("some text",)
    assert entry.word("w", Colour) is Colour.RED
    assert entry.words("m", Colour) == {"x": Colour.BLUE}
    assert entry.flag("f") is True
    assert entry.number("n") == 1.5
    assert entry.whole("i") == 7
    assert entry.day("d") == date(2023, 5, 4)
    assert entry.text_lists("k") == {"p": ("q",), "r": ()}
    entry.close()
    assert file.faults == []


def test_missing_keys_give_nothing_and_no_fault() -> None:
    file, entry = entry_of("x: 1\n")
    assert entry.text("a") is entry.word("b", Colour) is entry.number("c") is entry.day("d") is None
    assert entry.whole("e") is None
    assert entry.texts("f") == ()
    assert entry.words("g", Colour) == entry.text_lists("h") == {}
    assert entry.flag("i") is False
    assert file.faults == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("x: no\n", lambda entry: entry.text("x")),
        ("x: ' blank'\n", lambda entry: entry.text("x")),
        ("x: {a: 1}\n", lambda entry: entry.texts("x")),
        ("x: [a, a]\n", lambda entry: entry.texts("x")),
        ("x: [1]\n", lambda entry: entry.texts("x")),
        ("x: green\n", lambda entry: entry.word("x", Colour)),
        ("x: [red]\n", lambda entry: entry.words("x", Colour)),
        ("x: {a: green}\n", lambda entry: entry.words("x", Colour)),
        ("x: 'true'\n", lambda entry: entry.flag("x")),
        ("x: true\n", lambda entry: entry.number("x")),
        ("x: .inf\n", lambda entry: entry.number("x")),
        ("x: 1.5\n", lambda entry: entry.whole("x")),
        ("x: 2023\n", lambda entry: entry.day("x")),
        ("x: [a]\n", lambda entry: entry.text_lists("x")),
        ("x: ''\n", lambda entry: entry.need("x")),
    ],
)
def test_malformed_value_is_one_fault(text: str, read: object) -> None:
    file, entry = entry_of(text)
    assert callable(read)
    assert not read(entry) or text == "x: [a, a]\n"
    assert len(file.faults) == 1


def test_unknown_key_is_a_fault_that_names_the_known_ones() -> None:
    file, entry = entry_of("a: 1\nbb: 2\n")
    entry.raw("a")
    entry.close()
    assert told(file) == ["a.yaml:2: bb: unknown key `bb`; known are: a"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-05-04", date(2023, 5, 4)),
        (date(2023, 5, 4), date(2023, 5, 4)),
        ("2023-05", None),
        ("20230504", None),
        ("2023-02-30", None),
        (2023, None),
        (None, None),
    ],
)
def test_to_day(value: object, day: date | None) -> None:
    assert to_day(value) == day


def test_to_place() -> None:
    assert to_place((11, "claims", 0, "when")) == "[11].claims[0].when"
    assert to_place(("states", "FRA")) == "states.FRA"
    assert to_place(()) == ""


def test_no_faults_raise_nothing() -> None:
    raise_faults([])


def test_faults_are_listed_up_to_a_number() -> None:
    faults = [Fault("a.yaml", line, "", "bad") for line in range(1, MAX_LISTED_FAULTS + 3)]
    with pytest.raises(DataFileError) as caught:
        raise_faults(faults)
    lines = str(caught.value).splitlines()
    assert lines[0] == "a.yaml:1: bad"
    assert len(lines) == MAX_LISTED_FAULTS + 1
    assert lines[-1].startswith("and 2 more")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="gone"):
        read_bytes(tmp_path / "gone.yaml")
