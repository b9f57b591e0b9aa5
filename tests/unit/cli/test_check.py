"""`foedus check`, `repair`, `dump` and `load`, as a person meets them."""

import json
import sqlite3

import pytest
from typer.testing import CliRunner

import foedus
from foedus.cli.main import app
from foedus.engine import match_ledger
from foedus.ledger import Facts, open_ledger
from foedus.model.span import Span


@pytest.fixture
def path(tmp_path, make_article, make_claim, make_document):
    path = tmp_path / "l.db"
    with open_ledger(path) as ledger:
        claim = make_claim("a\x1b[31m.txt")
        article = make_article(claim.document, spans=(Span(0, len(claim.quote)),))
        document = make_document(claim.document, claim.quote, digest="1" * 64)
        ledger.write_facts(
            [Facts(claim.document, "/in", document.digest, document, (article,), (claim,))], version="1"
        )
        match_ledger(ledger)
    return path


@pytest.fixture
def run(path, monkeypatch):
    monkeypatch.setenv("FOEDUS_LEDGER", str(path))

    def run(*words, code=0):
        shown = CliRunner().invoke(app, [str(word) for word in words])
        assert shown.exit_code == code, shown.output
        return shown

    return run


def change(path, statement):
    with sqlite3.connect(path) as raw:
        raw.execute(statement)
    raw.close()


def test_a_sound_ledger(run, path):
    assert run("check").stdout == (
        f"{path}: 1 document, 1 article, 1 claim, 1 event, 0 conflicts, 0 judgements: sound\n"
    )
    told = json.loads(run("check", "--json").stdout)
    assert told["is_sound"] is True
    assert (told["claims"], told["flaws"], told["ledger"]) == (1, [], str(path))


def test_flaws_are_named_advised_on_and_repaired(run, path):
    change(path, "UPDATE events SET sources = 9")
    shown = run("check", code=1)
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("derived: e-")
    assert lines[-1].endswith("1 flaw")
    assert shown.stderr == "derived: `foedus repair` makes it anew\n"
    (flaw,) = json.loads(run("check", "--json", code=1).stdout)["flaws"]
    assert flaw["part"] == "derived"
    assert flaw["item"].startswith("e-")
    shown = run("repair")
    assert "l.db.repair.backup" in shown.stdout
    assert shown.stdout.endswith(
        "1 flaw before; 1 document, 1 article, 1 claim, 1 event, 0 conflicts, 0 judgements: sound\n"
    )
    assert run("check").stdout.endswith(": sound\n")


def test_what_repair_cannot_do_is_told(run, path):
    change(path, "UPDATE claims SET confidence = 2")
    shown = run("repair", code=1)
    assert "The next build reads again: a" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert "facts: c-" in shown.stdout
    told = json.loads(run("repair", "--json", code=1).stdout)
    assert told["again"] == ["a\x1b[31m.txt"]
    assert [told[when]["is_sound"] for when in ("before", "after")] == [False, False]


def test_a_ledger_that_is_not_matched_yet_is_sound(run, path):
    change(path, "UPDATE meta SET value = 'no' WHERE key = 'matched'")
    assert run("check").stdout.endswith("sound; not matched yet, the next build or question does it\n")


def test_a_dump_is_loaded(run, path, tmp_path):
    shown = run("dump")
    run("dump", "-o", tmp_path / "d.jsonl")
    assert (tmp_path / "d.jsonl").read_bytes() == shown.stdout_bytes
    told = run("load", tmp_path / "d.jsonl", "--ledger", tmp_path / "n.db")
    assert told.stdout.startswith(f"{tmp_path / 'n.db'}: 1 document, 1 article, 1 claim, 1 event")
    again = run("load", tmp_path / "d.jsonl", "--ledger", tmp_path / "n.db", code=2)
    assert "holds something already" in again.stderr


def test_the_same_from_python(path, tmp_path):
    ledger = foedus.open(path)
    assert ledger.check().is_sound
    assert ledger.repair().after.is_sound
    ledger.dump(tmp_path / "d.jsonl")
    assert foedus.load(tmp_path / "d.jsonl", ledger=tmp_path / "n.db").claims() == ledger.claims()
