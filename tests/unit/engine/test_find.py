import os
from pathlib import Path

import pytest

from foedus.address import ServerAddress
from foedus.engine.find import COPIES, find_beside, find_inputs
from foedus.errors import ConfigError


def write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def find(*paths, **options):
    found = find_inputs(paths, **options)
    problems = {problem.item: problem.code for scope in found.scopes for problem in scope.problems}
    return [item.name for item in found.inputs], problems


def test_a_folder_is_walked_whole_and_sorted_by_name(tmp_path):
    write(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "B.txt")
    assert find(tmp_path) == (["B.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt"], {})
    found = find_inputs([tmp_path])
    assert {item.root for item in found.inputs} == {str(tmp_path)}
    assert found.inputs[2].path == tmp_path / "a" / "b" / "c.txt"
    assert [(scope.root, scope.names) for scope in found.scopes] == [(str(tmp_path), None)]


def test_a_file_is_named_by_itself_and_its_folder_is_not_walked(tmp_path):
    write(tmp_path, "in/a.txt", "in/b.txt")
    assert find(tmp_path / "in" / "a.txt") == (["a.txt"], {})
    assert find_inputs([tmp_path / "in" / "a.txt"]).scopes[0].names == ("a.txt",)


def test_the_way_a_path_is_written_does_not_matter(tmp_path, monkeypatch):
    write(tmp_path, "in/a.txt")
    (tmp_path / "link").symlink_to("in")
    monkeypatch.chdir(tmp_path / "in")
    ways = [".", "../in", str(tmp_path / "in"), tmp_path / "link", "../link/../in/"]
    assert {find_inputs([way]).inputs[0].root for way in ways} == {str(tmp_path / "in")}
    assert find(*ways) == (["a.txt"], {})
    assert find("a.txt", "../in/a.txt", "../link/a.txt") == (["a.txt"], {})


def test_hidden_items_are_told_and_read_only_when_named(tmp_path):
    write(tmp_path, ".git/config", ".hidden.txt", "a.txt")
    assert find(tmp_path) == (["a.txt"], {".git": "hidden", ".hidden.txt": "hidden"})
    assert find(tmp_path / ".hidden.txt") == ([".hidden.txt"], {})


def test_links_are_followed_to_files_and_never_to_folders(tmp_path):
    write(tmp_path, "in/a.txt", "out/b.txt")
    folder = tmp_path / "in"
    (folder / "file").symlink_to("../out/b.txt")
    (folder / "folder").symlink_to("../out")
    (folder / "loop").symlink_to(".")
    (folder / "circle").symlink_to("circle")
    (folder / "broken").symlink_to("nowhere")
    problems = {
        "folder": "folder-link",
        "loop": "folder-link",
        "circle": "broken-link",
        "broken": "broken-link",
    }
    assert find(folder) == (["a.txt", "file"], problems)
    assert find(folder / "broken") == ([], {"broken": "broken-link"})


def test_what_is_no_ordinary_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert find(tmp_path) == ([], {"pipe": "special"})


def test_a_folder_without_rights_is_told(tmp_path, monkeypatch):
    write(tmp_path, "closed/a.txt", "b.txt")
    listing = Path.iterdir

    def deny(self):
        if self.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listing(self)

    monkeypatch.setattr(Path, "iterdir", deny)  # rights do not bind the superuser that tests may run as
    assert find(tmp_path) == (["b.txt"], {"closed": "no-access"})


def test_a_file_that_cannot_be_looked_at_is_told(tmp_path, monkeypatch):
    write(tmp_path, "a.txt")
    looking = Path.stat

    def deny(self, **options):
        if self.name == "a.txt" and options.get("follow_symlinks", True):
            raise PermissionError(13, "Permission denied")
        return looking(self, **options)

    folder = find_inputs([tmp_path]).inputs[0].path.parent
    monkeypatch.setattr(Path, "stat", deny)
    monkeypatch.setattr(Path, "is_dir", lambda self: self == folder)
    assert find(tmp_path) == ([], {"a.txt": "no-access"})


def test_a_name_that_is_not_utf8_is_shown_with_escapes_and_told(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("x")
    assert find(tmp_path) == (["caf\\xe9.txt"], {"caf\\xe9.txt": "name"})
    assert find_inputs([tmp_path]).inputs[0].path.read_text() == "x"


def test_what_is_left_out_is_neither_input_nor_problem(tmp_path):
    write(tmp_path, "a.txt", "foedus.db")
    assert find(tmp_path, leave_out=[tmp_path / "foedus.db"]) == (["a.txt"], {})


@pytest.mark.parametrize("missing", ["none", "in/none.txt", "in/a.txt/deeper"])
def test_a_missing_path_stops_before_anything_is_read(tmp_path, missing):
    write(tmp_path, "in/a.txt")
    with pytest.raises(ConfigError, match=r"no file or folder .*(none|deeper)"):
        find_inputs([tmp_path / "in", tmp_path / missing])


def test_no_path_at_all_is_refused():
    with pytest.raises(ConfigError, match="no files"):
        find_inputs([])


def test_two_files_that_would_have_one_name_are_refused(tmp_path):
    write(tmp_path, "one/a.txt", "two/a.txt")
    with pytest.raises(ConfigError, match=r'named "a\.txt"; build the folder above both'):
        find_inputs([tmp_path / "one", tmp_path / "two"])
    assert find(tmp_path)[0] == ["one/a.txt", "two/a.txt"]


def test_one_file_met_by_two_ways_under_one_name_is_one_input(tmp_path):
    write(tmp_path, "in/a.txt")
    assert find(tmp_path / "in", tmp_path / "in" / "a.txt") == (["a.txt"], {})


def test_what_belongs_to_a_ledger_lies_beside_it_or_in_the_working_folder(tmp_path, monkeypatch):
    assert find_beside(tmp_path / "l.db", COPIES) == tmp_path / "l.db.raw"
    monkeypatch.chdir(tmp_path)
    for address in ("postgresql://ann:secret@host/news", "postgresql://news:secret@host"):
        assert find_beside(ServerAddress(address), ".parts") == tmp_path / "news.parts"
