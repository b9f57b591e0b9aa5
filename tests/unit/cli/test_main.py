"""The commands over one small ledger, as a person meets them."""

import json
import subprocess
import sys

import docx
import pytest
from typer.testing import CliRunner

from foedus.cli.main import app
from foedus.engine import match_ledger  # noqa: F401  (loads the engine before the tests time anything)
from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.event import Event
from foedus.model.run import Problem, Step
from foedus.model.span import Span

TEXT = "Norway and Sweden signed the Accord.\x1b[31m They met in Oslo."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, make_article, make_claim, make_document):
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    with open_ledger(path) as opened:
        claim = make_claim(
            "a.txt", quote="Norway and Sweden signed the Accord", start=0, subject="Accord\x1b[2J [red]"
        )
        article = make_article("a.txt", spans=(Span(0, len(TEXT)),), title="=HYPERLINK()")
        facts = Facts("a.txt", "/in", "d", make_document("a.txt", TEXT), (article,), (claim,))
        bad = Facts(
            "b.pdf",
            "/in",
            "e",
            None,
            problems=(Problem("b.pdf", Step.READ, "encrypted", "needs a password"),),
        )
        opened.write_facts([facts, bad], version="1")
        event = Event(
            "e-1", claim.type, (claim.id,), claim.actors, claim.subject, None, claim.status, claim.stage, 1
        )  # fmt: skip
        opened.write_derived(Derived(events=(event,)))
    return path


@pytest.fixture
def run(ledger, monkeypatch):
    monkeypatch.setenv("FOEDUS_LEDGER", str(ledger))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["build"],
        ["export"],
        ["brief"],
        ["problems"],
        ["codebook"],
        *([what] for what in ("check", "repair", "dump", "load")),
        ["show"],
        *(["show", what] for what in ("claims", "events", "actor", "dyad", "event", "document")),
        ["show", "conflicts"],
        ["judge"],
        *(["judge", what] for what in ("join", "part", "reject", "correct", "grade", "back", "list")),
        ["judgements"],
        *(["judgements", what] for what in ("export", "import")),
    ],
)
def test_every_help_has_an_example(run, command):
    shown = run(*command, "--help")
    assert shown.exit_code == 0
    assert (
        "foedus " + " ".join(command) in " ".join(shown.output.split("Usage:")[1].split()[3:]) or not command
    )


def test_claims_events_and_dossiers_are_shown_with_their_words(run):
    for words in (
        ["claims"],
        ["events"],
        ["actor", "Norway"],
        ["dyad", "NOR", "Sweden"],
        ["event", "e-1"],
        ["document", "a.txt"],
    ):
        shown = run("show", *words)
        assert shown.exit_code == 0, shown.output
        assert "Norway and Sweden signed the Accord" in shown.stdout
        assert "\x1b" not in shown.stdout
        assert "[red]" in shown.stdout or "\\[red\\]" in shown.stdout or words[0] in ("document",)


def test_questions_can_be_narrowed(run):
    def rows(*words):
        return run("show", "claims", *words).stdout.count("a.txt")

    assert rows() == 1
    assert (
        rows("--actor", "norway", "--dyad", "NOR", "SWE", "--type", "agreement", "--status", "happened") == 1
    )
    assert rows("--actor", "Finland") == rows("--type", "exercise") == rows("--from", "2021-01-01") == 0
    assert rows("--as-of", "2019-12-31") == rows("--min-confidence", "0.95") == 0
    assert rows("--as-of", "2020-01-01", "--min-confidence", "0.9", "--document", "a.txt") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "actor", "Norwegia"], "did you mean NOR (Norway)"),
        (["show", "event", "e-9"], 'no event "e-9"'),
        (["show", "document", "b.txt"], "a.txt"),
        (["show", "claims", "--type", "party"], "use agreement, exercise"),
        (["show", "claims", "--from", "yesterday"], "write it as 2012-10-23"),
        (["show", "claims", "--min-confidence", "2"], "from 0 to 1"),
        (["show", "claims", "--ledger", "none.db"], 'no ledger at "none.db"'),
        (["build", "nowhere"], 'no file or folder "nowhere"'),
        (["build", ".", "--jobs", "0"], "1 or more"),
        (["build", ".", "--codebook", "nowhere"], 'no codebook folder "nowhere"'),
        (["export", "all"], "needs a folder"),
        (["export", "claims", "-o", "a.html"], "jsonl or csv"),
        (["export", "claims", "-o", "none/a.csv"], "cannot write"),
        (["brief", "--from", "2020-01-01"], "both the first and the last"),
        (["brief", "--from", "2020-02-01", "--to", "2020-01-01"], "before it begins"),
        (["brief", "--week", "2020-01-01", "--to", "2020-01-01"], "not both"),
        (["brief", "-o", "a.pdf"], "markdown or html"),
        (["codebook", "party"], 'no page "party"'),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_clear_line(run, words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = run(*words)
    assert shown.exit_code == 2
    assert message in shown.stderr
    assert shown.stderr.startswith("foedus: ")
    assert shown.stderr.count("\n") == 1
    assert shown.stdout == ""
    assert [*tmp_path.iterdir()] == []


def test_words_that_are_no_command_are_refused(run):
    assert run("nonsense").exit_code == 2
    assert run("export", "everything").exit_code == 2


def test_exports_go_to_the_screen_a_file_or_a_folder(run, tmp_path):
    shown = run("export", "claims").stdout_bytes
    run("export", "claims", "-o", tmp_path / "c.jsonl")
    assert (tmp_path / "c.jsonl").read_bytes() == shown
    assert json.loads(shown)["subject"] == "Accord\x1b[2J [red]"
    run("export", "all", "-o", tmp_path / "deep" / "out")
    files = {path.name: path.read_bytes() for path in (tmp_path / "deep" / "out").iterdir()}
    assert sorted(files) == ["articles.jsonl", "claims.jsonl", "conflicts.jsonl", "events.jsonl"]
    assert files["claims.jsonl"] == shown
    assert files["conflicts.jsonl"] == b""
    run("export", "all", "-o", tmp_path / "csv", "--format", "csv")
    assert "'=HYPERLINK()" in (tmp_path / "csv" / "articles.csv").read_text()
    assert run("export", "claims", "--as-of", "2019-12-31").stdout == ""
    assert run("export", "events", "--as-of", "2019-12-31").stdout == ""


def test_a_brief_is_printed_or_written(run, tmp_path):
    shown = run("brief", "--actor", "Norway", "--from", "2020-01-01", "--to", "2020-01-31")
    assert shown.exit_code == 0
    assert "# Defence relations of Norway, January 2020" in shown.stdout
    assert "Norway and Sweden signed" in shown.stdout
    run("brief", "--week", "2020-01-01", "-o", tmp_path / "b.html")
    assert (tmp_path / "b.html").read_text().startswith("<!doctype html>")
    run("brief", "-o", tmp_path / "b.md")
    assert "# Defence relations, 26 December 2019 to 1 January 2020" in (tmp_path / "b.md").read_text()
    run("brief", "-o", tmp_path / "b.docx")
    title = docx.Document(tmp_path / "b.docx").paragraphs[0].text
    assert title == "Defence relations, 26 December 2019 to 1 January 2020"


def test_problems_are_listed(run):
    shown = run("problems")
    assert "b.pdf" in shown.stdout
    assert "needs a password" in shown.stdout


def test_the_codebook_is_shown(run, tmp_path):
    assert "# The codebook" in run("codebook").stdout
    run("codebook", "-o", tmp_path / "book")
    assert len([*(tmp_path / "book").iterdir()]) == 23


def test_the_version_is_told(run):
    from foedus import __version__

    assert run("--version").stdout == f"foedus {__version__}\n"


def test_pages_are_set_for_a_terminal_and_cleaned(ledger, monkeypatch, capsys):
    from foedus.cli.terminal import show_pages
    from foedus.codebook import load_codebook
    from foedus.views.actors import ActorNames
    from foedus.views.brief import Asked, write_brief
    from foedus.views.document_page import describe_document
    from foedus.views.event_page import describe_event

    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    names = ActorNames(load_codebook())
    with open_ledger(ledger, write=False) as store:
        for pages in (
            describe_event(store, names, "e-1"),
            describe_document(store, "a.txt"),
            write_brief(store, names, Asked()),
        ):
            show_pages(pages)
    shown = capsys.readouterr().out
    assert "[31m They" in shown
    assert "\x1b[31m" not in shown
    assert "\x1b[2J" not in shown
    assert "Norway and Sweden signed" in shown


def tell_loaded(code):
    tell = "import sys; print(*sorted(name for name in sys.modules if name in sys.argv[1:]))"
    heavy = ["foedus.facade", "rich", "sqlalchemy", "spacy", "yaml", "numpy"]
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}; {tell}", *heavy], capture_output=True, text=True, check=True
    )
    return shown.stdout.split()


def test_help_and_import_load_nothing_heavy():
    assert tell_loaded("import foedus") == []
    assert tell_loaded("import foedus.cli.main") == []
    assert "foedus.facade" in tell_loaded("import foedus; foedus.build; foedus.open; foedus.Ledger")


def test_a_reader_that_stops_reading_is_no_error(ledger):
    command = f'"{sys.executable}" -m foedus.cli export claims --ledger "{ledger}" | head -c 5'
    shown = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert shown.stdout == '{"id"'
    assert shown.stderr == ""
