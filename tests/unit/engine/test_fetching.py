import pytest

from foedus.config import Settings
from foedus.engine.fetching import find_copies, load_list, to_policy
from foedus.errors import ConfigError


def test_a_list_is_loaded(tmp_path):
    path = tmp_path / "list.txt"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\nhttps://a.example/\r\n\r\nhttps://a.example/\xff\n")
    assert load_list(path) == ("https://a.example/", "https://a.example/\\xff")


def test_a_list_that_is_missing_or_empty_stops_the_build(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the list"):
        load_list(tmp_path / "list.txt")
    (tmp_path / "list.txt").write_text("# nothing\n")
    with pytest.raises(ConfigError, match="holds no address"):
        load_list(tmp_path / "list.txt")


def test_copies_lie_beside_the_ledger(tmp_path):
    assert find_copies(tmp_path / "l.db") == tmp_path / "l.db.raw"


def test_foedus_names_itself_unless_told_otherwise():
    assert to_policy(Settings()).product == "foedus"
    assert to_policy(Settings(user_agent="desk/1 (desk@a.example)")).product == "desk"
