import os
import sqlite3
from pathlib import Path

import pytest

from foedus.errors import LedgerError
from foedus.ledger import Facts, open_ledger
from foedus.ledger.migrate import HEAD


def make_ledger(path):
    with open_ledger(path) as ledger:
        ledger.begin_run(version="1", jobs=1)
    return path


def test_a_new_ledger_is_made_in_write_ahead_mode_with_its_schema_noted(tmp_path):
    path = make_ledger(tmp_path / "odd name?#%.db")
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    raw.close()
    assert [p.name for p in tmp_path.iterdir()] == ["odd name?#%.db"]


def test_an_empty_file_becomes_a_ledger(tmp_path):
    path = tmp_path / "l.db"
    path.touch()
    make_ledger(path)
    with open_ledger(path, write=False) as ledger:
        assert ledger.counts().documents == 0


def test_a_missing_ledger_is_not_made_for_a_question(tmp_path):
    with pytest.raises(LedgerError, match="foedus build"):
        open_ledger(tmp_path / "none.db", write=False)
    assert [p.name for p in tmp_path.iterdir()] == []


def write_other_database(path):
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    raw.close()


def write_newer_ledger(path):
    make_ledger(path)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


def write_damaged_ledger(path):
    make_ledger(path)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("Dear diary, this is no database at all."), "not a Foedus ledger"),
        (lambda path: path.write_bytes(b"x"), "not a Foedus ledger"),
        (write_other_database, "not a Foedus ledger"),
        (write_newer_ledger, "newer version"),
        (write_damaged_ledger, "damaged"),
    ],
)
@pytest.mark.parametrize("write", [True, False])
def test_what_is_no_usable_ledger_is_refused_and_left_untouched(tmp_path, make, message, write):
    path = tmp_path / "l.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=message):
        open_ledger(path, write=write)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]


@pytest.mark.parametrize("path", ["{tmp}", "{tmp}/none/l.db", "{tmp}/file/l.db"])
def test_places_where_no_ledger_can_be(tmp_path, path):
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError):
        open_ledger(path.format(tmp=tmp_path))


def test_a_ledger_without_rights_is_refused_for_writing_and_read_all_the_same(tmp_path, monkeypatch):
    path = make_ledger(tmp_path / "l.db")
    allowed = os.access

    def deny(target, mode, **options):
        return False if mode & os.W_OK else allowed(target, mode, **options)

    monkeypatch.setattr(os, "access", deny)  # rights do not bind the superuser that tests may run as
    with pytest.raises(LedgerError, match="cannot write"):
        open_ledger(path)
    with open_ledger(path, write=False) as ledger:
        assert ledger.counts().documents == 0
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]


def test_a_log_left_by_a_build_that_was_cut_off_is_read(tmp_path):
    path = make_ledger(tmp_path / "l.db")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("UPDATE alembic_version SET version_num = '9999'")
    assert Path(f"{path}-wal").stat().st_size > 0
    with pytest.raises(LedgerError, match="newer"):
        open_ledger(path)
    writer.close()


def test_a_ledger_whose_making_was_cut_off_before_its_tables_is_made_anew(tmp_path):
    path = tmp_path / "l.db"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    assert path.stat().st_size > 0
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(path, write=False)
    make_ledger(path)
    with open_ledger(path, write=False) as ledger:
        assert ledger.counts().documents == 0


def test_a_ledger_that_another_process_makes_first_is_used(tmp_path, monkeypatch):
    import foedus.ledger.open as opening

    path = make_ledger(tmp_path / "l.db")
    monkeypatch.setattr(opening, "_find_revision", lambda path: None)  # as it was a moment ago
    with open_ledger(path) as ledger:
        ledger.begin_run(version="2", jobs=1)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT version FROM runs ORDER BY id").fetchall() == [("1",), ("2",)]
    raw.close()


def test_damage_met_on_the_way_is_told_in_words(tmp_path, make_article, make_claim, make_document):
    path = tmp_path / "l.db"
    with open_ledger(path) as ledger:
        claim = make_claim("a.txt")
        facts = Facts("a.txt", "/in", "d", make_document("a.txt"), (make_article("a.txt"),), (claim,))
        ledger.write_facts([facts], version="1")
    raw = sqlite3.connect(path)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claims'").fetchone()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with open_ledger(path) as ledger, pytest.raises(LedgerError, match="foedus check"):
        list(ledger.iter_claims())
