import io

import pytest

from foedus.engine import dump, load, match_ledger
from foedus.errors import ConfigError, DataFileError, LedgerError
from foedus.ledger import Facts, open_ledger
from foedus.model.span import Span


@pytest.fixture
def path(tmp_path, make_article, make_claim, make_document):
    made = tmp_path / "l.db"
    with open_ledger(made) as ledger:
        for letter in "ab":
            name, claim = f"{letter}.txt", make_claim(f"{letter}.txt")
            article = make_article(name, spans=(Span(0, len(claim.quote)),))
            document = make_document(name, claim.quote, digest=letter * 64)
            ledger.write_facts(
                [Facts(name, "/in", document.digest, document, (article,), (claim,))], version="1"
            )
        match_ledger(ledger)
    return made


def to_text(path):
    out = io.StringIO()
    dump(path, out)
    return out.getvalue()


@pytest.fixture
def file(path, tmp_path):
    made = tmp_path / "d.jsonl"
    made.write_text(to_text(path), encoding="utf-8", newline="")
    return made


def test_a_loaded_ledger_is_matched_sound_and_dumps_the_same_bytes(path, file, ledger_address):
    counts = load(file, ledger_address)
    assert (counts.documents, counts.claims) == (2, 2)
    assert to_text(ledger_address).encode() == file.read_bytes()
    with open_ledger(path) as old, open_ledger(ledger_address) as new:
        assert new.is_matched()
        assert new.check().is_sound
        assert list(new.iter_events()) == list(old.iter_events())
        assert new.check().events > 0


def test_runs_of_a_loaded_ledger_go_on_behind_those_that_it_had(path, tmp_path, ledger_address):
    with open_ledger(path) as ledger:
        assert [ledger.begin_run(version="1", jobs=1) for _ in range(2)] == [1, 2]
    made = tmp_path / "runs.jsonl"
    made.write_text(to_text(path), encoding="utf-8", newline="")
    load(made, ledger_address)
    with open_ledger(ledger_address) as ledger:
        assert ledger.begin_run(version="1", jobs=1) == 3


def test_a_dump_that_is_malformed_leaves_no_new_ledger_behind(file, tmp_path):
    file.write_bytes(file.read_bytes()[:-10])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DataFileError, match=f"{file}:4: "):
        load(file, tmp_path / "n.db")
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_ledger_that_was_there_stays(file, tmp_path):
    (tmp_path / "n.db").touch()
    file.write_bytes(b"{}\n")
    with pytest.raises(DataFileError):
        load(file, tmp_path / "n.db")
    assert (tmp_path / "n.db").exists()
    file.write_text(to_text(tmp_path / "l.db"), encoding="utf-8", newline="")
    assert load(file, tmp_path / "n.db").claims == 2


def test_a_ledger_that_holds_something_is_refused_and_left(path, file):
    before = to_text(path)
    with pytest.raises(LedgerError, match="holds something already"):
        load(file, path)
    assert to_text(path) == before


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot read"):
        load(tmp_path / "none", tmp_path / "n.db")
    assert [*tmp_path.iterdir()] == []
    with pytest.raises(LedgerError, match="no ledger"):
        to_text(tmp_path / "n.db")
