"""What holds for all files: links lead somewhere, no address of an index, no place on somebody's machine."""

import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\[[^\]]*\])*\]\((?P<target>[^()\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (?P<words>.+)$", re.MULTILINE)
_SKIPPED = {"__pycache__", "node_modules", "out", "build", "dist"}
_FRAGMENT = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:added|changed|fixed|removed)\.md")


@cache
def files() -> tuple[Path, ...]:
    """Files of the repository: those that version control knows or would take; without it, all."""
    listed = (
        subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=False,
        )
        if (ROOT / ".git").exists()
        else None
    )
    if listed is not None and listed.returncode == 0:
        names = [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
        return tuple(sorted({ROOT / name for name in names if (ROOT / name).is_file()}))
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in _SKIPPED and (not path.name.startswith(".") or path.name == ".ci"):
                yield from _walk(path)
        elif path.is_file():
            yield path


def pages() -> tuple[Path, ...]:
    written = (
        path for path in files() if path.suffix == ".md" and path.relative_to(ROOT).parts[0] != "sample"
    )
    return tuple(path for path in written if "tests" not in path.relative_to(ROOT).parts)


def to_anchor(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


def _show(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_usual_pages_are_there() -> None:
    names = {_show(path) for path in pages()}
    assert {"README.md", "CHANGELOG.md", "docs/design.md", "docs/contract.md", "docs/tutorial.md"} <= names


@pytest.mark.parametrize("path", pages(), ids=_show)
def test_links_lead_somewhere(path: Path) -> None:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / target) if target else path
        assert there.exists(), f'{_show(path)}: "{match["target"]}" leads nowhere'
        if anchor:
            words = [
                heading["words"] for heading in _HEADING.finditer(_FENCE.sub("", there.read_text("utf-8")))
            ]
            assert anchor in {to_anchor(word) for word in words}, (
                f'{_show(path)}: no heading "#{anchor}" in {target}'
            )


# Built from pieces, so that this file does not hold what it looks for.
_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "hugging" + "face.co", "hf" + ".co/")
_OPTIONS = ("index" + "-url", "find" + "-links", "trusted" + "-host")
_DOWNLOAD = "/releases/" + "download/"
_ADDRESS = re.compile(
    "|".join(
        [*(re.escape(host) for host in _HOSTS), *(f"--(?:extra-)?{option}" for option in _OPTIONS), _DOWNLOAD]
    )
)
_MACHINE = re.compile(
    r"(?<![\w.~:/<-])/(?:"
    + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]", "Us" + "ers/[A-Za-z]"))
    + r")\b"
)


@pytest.mark.parametrize(
    ("pattern", "what"),
    [(_ADDRESS, "the address of a package index or a download"), (_MACHINE, "a place on somebody's machine")],
    ids=["address", "place"],
)
def test_no_file_holds(pattern: re.Pattern[str], what: str) -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", "ignore")
        match = pattern.search(text)
        if match is not None:
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{_show(path)}:{line}: {match[0]}")
    assert not found, f"{what}: {found}"


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (_MACHINE, "see /wo" + "rk/main", True),
        (_MACHINE, '"/ro' + 'ot"', True),
        (_MACHINE, "team/wo" + "rk, and/or", False),
        (_MACHINE, "a grass-ro" + "ots/ro" + "ot cause", False),
        (_ADDRESS, "https://files.python" + "hosted.org/x.whl", True),
        (_ADDRESS, "--extra-index" + "-url x", True),
        (_ADDRESS, "an index of addresses", False),
    ],
)
def test_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str, is_found: bool) -> None:
    assert bool(pattern.search(text)) is is_found


def test_fragments_of_the_changelog_are_named_by_the_convention() -> None:
    names = {path.name for path in files() if path.parent == ROOT / "changelog.d"}
    assert all(name == "README.md" or _FRAGMENT.fullmatch(name) for name in names)


def test_version_has_an_entry_in_the_changelog() -> None:
    from foedus import __version__

    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_read_me_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"make {target}" in text for target in ("demo", "test"))


def test_passages_are_counted_in_the_model_card() -> None:
    import runpy

    counter = runpy.run_path(str(ROOT / "eval" / "count_passages.py"))
    assert counter["main"](["--check"]) == 0


def test_pages_of_the_codebook_are_what_the_codebook_says() -> None:
    from foedus.codebook import load_codebook, render_codebook

    pages = render_codebook(load_codebook(examples=True))
    folder = ROOT / "docs" / "codebook"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert sorted(kept) == sorted(pages)
    stale = [name for name in pages if kept[name] != pages[name]]
    assert not stale, f"run `make codebook`: {stale}"
