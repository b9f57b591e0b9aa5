import os
import stat

import pytest

from foedus.errors import ConfigError
from foedus.export import FORMATS, pick_format, write_whole
from foedus.views.shapes import Pages, Records


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with pytest.raises(KeyError), write_whole(path) as file:
        file.write("new")
        raise KeyError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
    with write_whole(path) as file:
        file.write("new\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == b"new\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_file_of_bytes_takes_them_as_they_are(tmp_path):
    with write_whole(tmp_path / "a", is_binary=True) as file:
        file.write(b"\r\n\xff")
    assert (tmp_path / "a").read_bytes() == b"\r\n\xff"


def test_a_new_file_has_the_rights_of_new_files(tmp_path):
    before = os.umask(0o027)
    try:
        with write_whole(tmp_path / "a") as file:
            file.write("x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["", "none/a.md"])
def test_places_that_cannot_be_written_are_named(tmp_path, name):
    with pytest.raises(ConfigError, match=r"folder|No such file"), write_whole(tmp_path / name):
        pass


@pytest.mark.parametrize(
    ("shape", "asked", "found"),
    [
        (Records, {}, "jsonl"),
        (Records, {"name": "csv"}, "csv"),
        (Records, {"path": "a/b.CSV"}, "csv"),
        (Records, {"path": "b.csv", "name": "jsonl"}, "jsonl"),
        (Pages, {}, "markdown"),
        (Pages, {"path": "b.html"}, "html"),
        (Pages, {"path": "b.docx"}, "docx"),
    ],
)
def test_a_format_is_picked_by_name_or_ending(shape, asked, found):
    assert pick_format(shape, **asked).name == found


@pytest.mark.parametrize(
    ("shape", "asked"), [(Records, {"path": "a.html"}), (Pages, {"name": "csv"}), (Pages, {"path": "a"})]
)
def test_what_does_not_fit_is_refused_with_what_does(shape, asked):
    fitting = [known.name for known in FORMATS if known.shape is shape]
    with pytest.raises(ConfigError, match=" or ".join(fitting)):
        pick_format(shape, **asked)
