"""What Foedus requires: locked by hash, under licences that are allowed, each with its reason in a decision."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ("base", "desk", "dev", "ray")
LICENCES = tomllib.loads((ROOT / "requirements" / "licences.toml").read_text("utf-8"))
REASONS = ROOT / "docs" / "decisions" / "0012-dependencies.md"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==\S+(.*(?:\n {4}--hash=\S+.*)*)", re.MULTILINE)
_VERSION = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
_REASON = re.compile(r"^\| `([^`]+)` \| [^|]*\w[^|]*\|$", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def find_pins(name):
    """Name of each requirement in a lock file, and what follows its version."""
    return _PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))


def find_licence(package):
    """What an installed package says of its licence: an SPDX expression, words, or nothing."""
    found = metadata(package)
    told = [found.get("License-Expression"), found.get("License")]
    told += [
        line.rpartition("::")[2].strip()
        for line in found.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    words = next((line.strip() for line in told if line and "\n" not in line.strip()), "")
    return LICENCES["read_as"].get(words, words)


def is_allowed(expression):
    """Whether one of the choices that an SPDX expression leaves is allowed in all its parts."""
    return any(
        all(part.strip() in LICENCES["allowed"] for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


@pytest.mark.parametrize("name", LOCKED)
def test_every_requirement_is_locked_by_hash(name):
    pins = find_pins(name)
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    assert len(pins) == sum(not line.startswith((" ", "#")) and bool(line.strip()) for line in lines)
    assert [package for package, rest in pins if not _HASH.search(rest)] == []


@pytest.mark.parametrize("name", ["base", "desk"])
def test_every_requirement_has_a_licence_that_is_allowed(name):
    missing, refused = [], {}
    for package, _ in find_pins(name):
        try:
            licence = find_licence(package)
        except PackageNotFoundError:
            missing.append(package)
            continue
        if not is_allowed(licence):
            refused[package] = licence
    assert missing == []
    assert refused == {}, "read the licence; add it to requirements/licences.toml, or take another package"


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("BSD-3-Clause AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_when_one_choice_is(expression, allowed):
    assert is_allowed(expression) is allowed


def test_every_licence_that_is_allowed_has_a_reason():
    assert all(reason.strip() for reason in LICENCES["allowed"].values())
    assert all(is_allowed(licence) for licence in LICENCES["read_as"].values())


def test_every_direct_requirement_has_its_reason_in_the_decision():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    direct = [_NAME.match(line)[0] for lines in lists for line in lines]
    assert sorted(_REASON.findall(REASONS.read_text("utf-8"))) == sorted(direct)


def test_all_environments_have_the_same_versions():
    locked = {}
    for name in LOCKED:
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        for package, version in _VERSION.findall(text):
            locked.setdefault(package, {})[name] = version
    assert {p: found for p, found in locked.items() if len(set(found.values())) > 1} == {}
