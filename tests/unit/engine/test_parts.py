import os
import time
from dataclasses import replace

import pytest

from foedus.errors import ConfigError, LedgerError
from foedus.ledger import Facts

pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
from foedus.engine.parts import (
    clear_halves,
    cut_parts,
    find_folder_id,
    find_parts,
    has_folder_id,
    list_inputs,
    read_part,
    take_from,
    write_part,
)

VERSION = "foedus 1.2.3 codebook 0123456789abcdef"


@pytest.fixture
def make_facts(make_claim, make_article, make_document):
    def make_facts(name, digest="0f", text="Norland and Sudland signed the Accord."):
        claims = (make_claim(name), make_claim(name, start=1))
        return Facts(name, "/in", digest, make_document(name, text), (make_article(name),), claims)

    return make_facts


def test_a_part_says_what_was_written(tmp_path, make_facts):
    facts = (make_facts("a"), Facts("b", "/in", "", None), make_facts("c"))
    part = write_part(tmp_path, facts, VERSION)
    assert read_part(part.path) == facts
    assert list(find_parts(tmp_path, VERSION)) == [part]
    assert part.inputs == 3
    assert list_inputs(part) == (("a", "0f"), ("b", ""), ("c", "0f"))


def test_the_same_facts_in_any_order_are_the_same_bytes_in_the_same_place(tmp_path, make_facts):
    facts = [make_facts(name) for name in "abc"]
    first = write_part(tmp_path, facts, VERSION)
    data = first.path.read_bytes()
    again = write_part(tmp_path, reversed(facts), VERSION)
    assert again == first
    assert again.path.read_bytes() == data
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first.path]


def test_other_bytes_or_another_version_are_another_part(tmp_path, make_facts):
    paths = {
        write_part(tmp_path, [make_facts("a")], VERSION).path,
        write_part(tmp_path, [make_facts("a", "1e")], VERSION).path,
        write_part(tmp_path, [make_facts("a")], f"{VERSION} max_bytes=9").path,
    }
    assert len(paths) == 3
    assert len(list(find_parts(tmp_path, VERSION))) == 2


def test_what_cannot_be_stored_becomes_a_problem(tmp_path, make_facts):
    odd = make_facts("a")
    odd = replace(odd, claims=(replace(odd.claims[0], subject="\ud800"),))
    part = write_part(tmp_path, [odd, make_facts("b")], VERSION)
    first, second = read_part(part.path)
    assert (first.document, first.claims, first.digest) == (None, (), "0f")
    assert [problem.code for problem in first.problems] == ["not-storable"]
    assert second == make_facts("b")


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-20], lambda data: data[:60] + b"???" + data[63:], lambda _: b""]
)
def test_a_spoiled_part_is_noticed_and_gives_nothing(tmp_path, make_facts, spoil):
    part = write_part(tmp_path, [make_facts("a", text="word " * 400)], VERSION)
    part.path.write_bytes(spoil(part.path.read_bytes()))
    with pytest.raises(LedgerError, match="delete it and build again"):
        read_part(part.path)
    assert list(take_from(part, {"a": "/in"})) == []


def test_a_folder_without_parts_gives_none(tmp_path):
    assert list(find_parts(tmp_path / "none", VERSION)) == []


def test_what_is_taken_is_in_the_folder_where_it_is_now(tmp_path, make_facts):
    part = write_part(tmp_path, [make_facts("a"), make_facts("b")], VERSION)
    (facts,) = take_from(part, {"b": "/elsewhere", "c": "/in"})
    assert (facts.name, facts.root) == ("b", "/elsewhere")
    assert facts.claims == make_facts("b").claims


def test_a_folder_keeps_its_id_and_others_have_another(tmp_path):
    first = find_folder_id(tmp_path / "a")
    assert find_folder_id(tmp_path / "a") == first
    assert find_folder_id(tmp_path / "b") != first
    assert [has_folder_id(tmp_path / name, first) for name in "abc"] == [True, False, False]
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="name another folder with --parts"):
        find_folder_id(tmp_path / "file")


def test_only_old_halves_are_cleared(tmp_path, make_facts):
    folder = write_part(tmp_path, [make_facts("a")], VERSION).path.parent
    old, young = folder / "a.x-1.half", folder / "b.x-2.half"
    old.touch()
    young.touch()
    day_ago = time.time() - 25 * 3600
    os.utime(old, (day_ago, day_ago))
    clear_halves(tmp_path)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, make_facts):
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot write"):
        write_part(tmp_path / "file", [make_facts("a")], VERSION)


@pytest.mark.parametrize(
    ("count", "workers", "most", "sizes"),
    [
        (0, 2, 8, []),
        (1, 2, 8, [1]),
        (10, 1, 8, [3, 3, 3, 1]),
        (100, 2, 8, [8] * 12 + [4]),
        (3, 9, 8, [1, 1, 1]),
    ],
)
def test_parts_are_cut_for_all_workers(count, workers, most, sizes):
    cuts = cut_parts(count, workers, most)
    assert [len(range(count)[cut]) for cut in cuts] == sizes
    assert [number for cut in cuts for number in range(count)[cut]] == list(range(count))
