"""`foedus judge` and `foedus judgements`, as a person meets them."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from foedus.cli.main import app
from foedus.engine import match_ledger
from foedus.ledger import Facts, open_ledger
from foedus.model.span import Span


@pytest.fixture
def path(tmp_path, make_article, make_claim, make_document):
    path = tmp_path / "l.db"
    with open_ledger(path) as ledger:
        for letter, day in (("a", 1), ("b", 5)):
            quote = f"Norway and Sweden signed the Northern Patrol Agreement, paper {letter} says."
            name = f"{letter}.txt"
            claim = make_claim(
                name,
                id=f"c-{letter}",
                subject="Northern Patrol Agreement",
                when=date(2019, 5, day),
                quote=quote,
            )
            article = make_article(
                name, publisher=f"Paper {letter}", published=date(2019, 6, day), spans=(Span(0, len(quote)),)
            )
            facts = Facts(name, "/in", f"d{letter}", make_document(name, quote), (article,), (claim,))
            ledger.write_facts([facts], version="1")
        match_ledger(ledger)
    return path


@pytest.fixture
def run(path, monkeypatch):
    monkeypatch.setenv("FOEDUS_LEDGER", str(path))
    monkeypatch.setenv("FOEDUS_WHO", "A. Analyst")
    monkeypatch.setenv("COLUMNS", "240")

    def run(*words, fails=False):
        shown = CliRunner().invoke(app, [str(word) for word in words])
        assert shown.exit_code == (2 if fails else 0), shown.output
        return shown.stderr if fails else shown.stdout

    return run


def test_a_correction_is_shown_told_and_taken_back(run):
    before = run("export", "events")
    assert "open" in run("show", "conflicts")
    told = run("judge", "correct", "c-a", "when", "2019-05-05", "--why", "A misprint \x1b[31m.")
    judgement = told.split(":")[0]
    assert told == f"{judgement}: correct when of claim c-a: 2019-05-05 (in force)\n"
    assert run("export", "conflicts") == ""
    assert f"settled by {judgement}, A. Analyst: A misprint" in run("show", "conflicts")
    event = run("show", "event", json.loads(run("export", "events"))["id"])
    assert "2019-05-05 (judged)" in event
    assert "A misprint" in event
    assert "when corrected (A. Analyst: A misprint" in run("show", "document", "a.txt")
    assert "(corrected by people)" in run("brief", "--from", "2019-05-01", "--to", "2019-05-31")
    assert "\x1b" not in run("judge", "list")
    run("judge", "back", judgement[:8], "--why", "It was not.")
    assert run("export", "events") == before
    assert f"taken back by {judgement}" not in run("judge", "list")


def test_a_rejection_leaves_a_mark_in_the_document_only(run):
    run("judge", "reject", "c-b", "--why", "Not said.", "--who", "B. Other")
    assert "c-b" not in run("export", "claims")
    assert "rejected (B. Other: Not said.)" in run("show", "document", "b.txt")
    assert "settled by" in run("show", "conflicts")


def test_joins_and_partings_and_their_contradiction(run):
    assert len(run("export", "events").splitlines()) == 1
    parted = run("judge", "part", "c-a", "c-b", "--why", "Two.")
    assert len(run("export", "events").splitlines()) == 2
    joined = run("judge", "join", "c-a", "c-b", "--why", "One.")
    assert f"contradicts {parted.split(':')[0]}; none of them counts" in joined
    assert len(run("export", "events").splitlines()) == 1
    run("judge", "back", joined.split(":")[0], "--why", "Two, after all.")
    assert len(run("export", "events").splitlines()) == 2


def test_an_event_is_corrected(run):
    event = json.loads(run("export", "events"))["id"]
    run("judge", "correct", event, "actors", "Norway, Finland:target", "--why", "See the annex.")
    record = json.loads(run("export", "events"))
    assert record["actors"] == [{"code": "NOR", "role": "both"}, {"code": "FIN", "role": "target"}]
    assert "NOR → FIN" in run("show", "event", event)
    assert "Norway, Finland (judged)" in run("show", "event", event)


def test_a_grade_is_shown_where_sources_are_named(run):
    event = json.loads(run("export", "events"))["id"]
    assert "F3" in run("show", "event", event)
    assert "“Paper a”: B (in force)" in run("judge", "grade", "paper a", "b", "--why", "Long known.")
    assert "B3" in run("show", "event", event)
    assert "Graded B, usually reliable." in run("show", "document", "a.txt")
    assert "Paper a (B)" in run("brief", "--from", "2019-05-01", "--to", "2019-05-31")


def test_judgements_go_to_a_file_and_back(run, tmp_path):
    told = run("judge", "reject", "c-a", "--why", "Not said.")
    run("judgements", "export", tmp_path / "j.jsonl")
    run("judge", "back", told.split(":")[0], "--why", "It is.")
    assert run("judgements", "import", tmp_path / "j.jsonl").startswith("0 new; of all 2, 0 wait")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["judge", "reject", "c-x", "--why", "x"], 'no claim "c-x"'),
        (["judge", "reject", "c-a", "--why", " "], "needs a reason"),
        (["judge", "correct", "c-a", "colour", "red", "--why", "x"], "use actors, subject, when"),
        (["judge", "correct", "c-a", "when", "soon", "--why", "x"], "2012-10-23"),
        (["judge", "correct", "c-a", "actors", "Norwya", "--why", "x"], "Norway"),
        (["judge", "grade", "Paper a", "G", "--why", "x"], "use A, B"),
        (["judge", "back", "j-x", "--why", "x"], "judge list"),
        (["judgements", "import", "none.jsonl"], 'cannot read "none.jsonl"'),
        (["judgements", "export", "none/x.jsonl"], "cannot write"),
    ],
)
def test_what_cannot_be_judged_is_one_clear_line(run, words, message):
    shown = run(*words, fails=True)
    assert message in shown
    assert shown.startswith("foedus: ")
    assert shown.count("\n") == 1
    assert "No judgements." in run("judge", "list")


def test_a_reason_is_asked_for(run):
    assert "--why" in run("judge", "reject", "c-a", fails=True)
