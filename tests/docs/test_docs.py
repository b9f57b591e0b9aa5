"""The code in the documentation runs and prints what the documentation says.

Fences marked ``console`` hold commands after ``$ ``, continued on lines after ``> ``, and what they print to
standard output; ``python`` fences are run, and a ``text`` fence right after one is what it prints. In what is
printed a line of three dots stands for any lines, and three dots inside a line for any characters; runs of
white space count as one space. Blocks of one page run in order, in a folder that holds a copy of ``sample/``.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: In the order in which a reader meets them; they share one folder, so that the sample is read once.
PAGES = ("README.md", "docs/reference.md", "docs/tutorial.md")
TIMEOUT_S = 300

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """Something to run and the lines it must print.

    Attributes:
        line: Line of the page.
        code: A shell command, or Python.
        is_python: Which of the two.
        expected: Lines of output; None when the page shows none.
    """

    line: int
    code: str
    is_python: bool
    expected: list[str] | None = None


@dataclass
class Reader:
    """Turns a page into steps."""

    steps: list[Step] = field(default_factory=list)

    def read(self, page: str) -> list[Step]:
        end = 0
        for fence in _FENCE.finditer(page):
            line = page.count("\n", 0, fence.start()) + 2
            body = fence["body"]
            if fence["kind"] == "console":
                self._read_console(body, line)
            elif fence["kind"] == "python":
                self.steps.append(Step(line, body, is_python=True))
            elif fence["kind"] == "text" and self._follows_python(page[end : fence.start()]):
                self.steps[-1].expected = body.splitlines()
            end = fence.end()
        return self.steps

    def _follows_python(self, between: str) -> bool:
        return bool(self.steps) and self.steps[-1].is_python and not between.strip()

    def _read_console(self, body: str, line: int) -> None:
        step: Step | None = None
        for number, text in enumerate(body.splitlines(), start=line):
            if text.startswith("$ "):
                step = Step(number, text[2:], is_python=False)
                self.steps.append(step)
            elif text.startswith("> ") and step is not None and step.expected is None:
                step.code += f"\n{text[2:]}"
            elif text == ">" and step is not None and step.expected is None:
                step.code += "\n"
            else:
                assert step is not None, f"line {number}: output without a command"
                step.expected = [*(step.expected or []), text]


def matches(expected: list[str], printed: str) -> bool:
    """Whether `printed` is what the page shows, three dots standing for anything."""
    parts = []
    for line in expected:
        words = " ".join(line.split())
        if words == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        elif words:
            parts.append(r"[^\n]*?".join(re.escape(piece) for piece in words.split("...")) + "\n")
    folded = "".join(f"{words}\n" for line in printed.splitlines() if (words := " ".join(line.split())))
    return re.fullmatch("".join(parts), folded) is not None


def read_steps(page: str) -> list[Step]:
    return Reader().read((ROOT / page).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "sample", folder / "sample")
    return folder


@pytest.fixture
def environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    for name in [name for name in os.environ if name.startswith("FOEDUS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(folder)
    yield dict(os.environ)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_true(page: str, folder: Path, environment: dict[str, str]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for step in read_steps(page):
        if step.is_python:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(step.code, f"{page}:{step.line}", "exec"), names)
            printed = out.getvalue()
        else:
            done = subprocess.run(
                ["sh", "-c", step.code],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=TIMEOUT_S,
                check=False,
            )
            printed = done.stdout
            assert done.returncode == 0, f"{page}:{step.line}: {step.code}\n{printed}{done.stderr}"
        if step.expected is not None:
            assert matches(step.expected, printed), f"{page}:{step.line}: {step.code}\nprints\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_something_to_run(page: str) -> None:
    assert read_steps(page)


def test_commands_go_on_over_lines_and_output_is_told_apart() -> None:
    page = "```console\n$ cat <<END\n> one\n>\n> two\n> END\none\n\ntwo\n$ true\n```\n"
    first, second = Reader().read(page)
    assert (first.code, first.expected) == ("cat <<END\none\n\ntwo\nEND", ["one", "", "two"])
    assert (second.code, second.expected) == ("true", None)


def test_text_after_python_is_its_output_and_other_text_is_not() -> None:
    page = (
        "```text\na drawing\n```\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\nand\n\n```text\n2\n```\n"
    )
    (step,) = Reader().read(page)
    assert step.expected == ["1"]


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (["a b"], "a   b\n", True),
        (["a b"], "a c\n", False),
        (["a ... c"], "a b c\n", True),
        (["a ... c"], "a b\n", False),
        (["a", "...", "z"], "a\nb\nc\nz\n", True),
        (["a", "...", "z"], "a\nz\n", True),
        (["a", "..."], "b\na\n", False),
        (["a"], "a\nb\n", False),
        (["1.5 (x)"], "105 x\n", False),
    ],
)
def test_three_dots_stand_for_anything(expected: list[str], printed: str, same: bool) -> None:
    assert matches(expected, printed) is same
