import sys

import pytest
from typer.testing import CliRunner

from foedus.cli.build import _Bar, _Lines, tell_report
from foedus.cli.main import app
from foedus.model.run import BuildReport


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (
            BuildReport(1, 1, 1, 1, new=1, changed=0, gone=0, seconds=0.04),
            "1 document, 1 article, 1 claim, 1 problem, 0.0 seconds (1 new, 0 changed, 0 gone)",
        ),
        (
            BuildReport(1200, 1300, 25000, 0, new=10, changed=2, gone=3, seconds=62.25),
            "1,200 documents, 1,300 articles, 25,000 claims, 0 problems, 62.2 seconds "
            "(10 new, 2 changed, 3 gone)",
        ),
    ],
)
def test_a_build_in_one_line(report, line):
    assert tell_report(report) == line


def test_a_build_is_told_and_its_problems_pointed_at(tmp_path):
    (tmp_path / "empty.txt").touch()
    ledger = tmp_path / "l.db"
    for news in ("1 new, 0 changed, 0 gone", "0 new, 0 changed, 0 gone"):
        shown = CliRunner().invoke(app, ["build", str(tmp_path), "--ledger", str(ledger), "--jobs", "1"])
        assert shown.exit_code == 0
        assert shown.stdout.startswith(f"{ledger}: 0 documents, 0 articles, 0 claims, 1 problem, ")
        assert shown.stdout.endswith(f"seconds ({news})\n")
        assert "foedus problems" in shown.stderr


def test_a_build_that_is_stopped_says_so(tmp_path, monkeypatch):
    from foedus import engine

    report = BuildReport(1, 1, 1, 0, new=1, changed=0, gone=0, seconds=1, interrupted=True)
    monkeypatch.setattr(engine, "build", lambda *_, **__: report)
    shown = CliRunner().invoke(app, ["build", str(tmp_path)])
    assert shown.exit_code == 130
    assert shown.stdout.startswith("foedus.db: 1 document,")
    assert "What was done is kept" in shown.stderr


def test_plain_progress_is_a_line_now_and_then(monkeypatch, capsys):
    from foedus.cli import build

    now = [100.0]
    monkeypatch.setattr(build.time, "monotonic", lambda: now[0])
    with _Lines() as lines:
        for done in range(1, 30):
            now[0] += 1
            lines.show(done, 1200, "a.txt")
    assert capsys.readouterr().err == "10 of 1,200 inputs\n20 of 1,200 inputs\n"


def test_the_bar_shows_rate_and_remaining_time(monkeypatch, capsys):
    from foedus.cli import build

    now = [100.0]
    monkeypatch.setattr(build.time, "monotonic", lambda: now[0])
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with _Bar() as bar:
        bar.show(1, 40, "a.txt")
        now[0] += 2
        bar.show(5, 40, "b.txt")
        now[0] += 0.01
        bar.show(6, 40, "c.txt")  # too soon to be drawn
        bar.show(40, 40, "d.txt")
    shown = capsys.readouterr().err
    assert "looking for inputs" in shown
    assert "5/40" in shown
    assert "2.5/s" in shown
    assert "6/40" not in shown
    assert "matching" in shown
