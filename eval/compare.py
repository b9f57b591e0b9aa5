"""Claims gained and lost by a change: ``python eval/compare.py [REVISION]`` (``make compare``).

Builds a ledger from ``sample/`` with the package as it stands here and one with the package of REVISION (the
last commit if none is given), both in this environment, and prints what differs: how many claims of each type,
and the claims, told apart by document, article, type and start of their words.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: What tells a claim apart from others when the two sides are compared.
Key = tuple[str, int, str, int]
#: Slots that may differ by chance of the version and say nothing.
_IGNORED = ("id", "confidence", "spans")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comparison; 0 whatever it shows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("revision", nargs="?", default="HEAD", help="commit to compare with")
    parser.add_argument("--articles", type=Path, default=ROOT / "sample", help="folder of articles")
    parser.add_argument("--limit", type=int, default=40, help="claims listed of each kind")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        run(["git", "worktree", "add", "--detach", "--quiet", str(tree), options.revision], cwd=ROOT)
        try:
            before = load_claims(tree / "src", options.articles, Path(folder) / "before")
        finally:
            run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT)
        after = load_claims(ROOT / "src", options.articles, Path(folder) / "after")
    lost = [before[key] for key in before if key not in after]
    gained = [after[key] for key in after if key not in before]
    changed = [
        (before[key], after[key]) for key in before if key in after and differs(before[key], after[key])
    ]
    print_table(before, after, gained, lost)
    for title, claims in (("gained", gained), ("lost", lost)):
        for claim in claims[: options.limit]:
            tell(f"{title}: {claim['type']} {claim['document']}: {claim['evidence']['quote']!r}")
    for old, new in changed[: options.limit]:
        slots = [slot for slot in old if slot not in _IGNORED and old[slot] != new.get(slot)]
        words = "; ".join(f"{slot} {old[slot]!r} -> {new.get(slot)!r}" for slot in slots)
        tell(f"changed: {new['document']}: {new['evidence']['quote']!r}: {words}")
    return 0


def load_claims(source: Path, articles: Path, folder: Path) -> Mapping[Key, dict[str, Any]]:
    """Claims that the package at `source` finds in `articles`, by what tells them apart."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(source)}
    ledger = str(folder / "l.db")
    command = [sys.executable, "-m", "foedus.cli"]
    run([*command, "build", str(articles), "--ledger", ledger], env=environment)
    run(
        [*command, "export", "claims", "-o", str(folder / "claims.jsonl"), "--ledger", ledger],
        env=environment,
    )
    found: dict[Key, dict[str, Any]] = {}
    for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        key = (claim["document"], claim["article"], claim["type"], claim["evidence"]["start"])
        found.setdefault(key, claim)
    return found


def differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two claims on the same words say different things."""
    return any(old[slot] != new.get(slot) for slot in old if slot not in _IGNORED)


def print_table(
    before: Mapping[Key, Any], after: Mapping[Key, Any], gained: Sequence[Any], lost: Sequence[Any]
) -> None:
    """Numbers by type, with a sum."""
    counts = [
        Counter(claim["type"] for claim in side) for side in (before.values(), after.values(), gained, lost)
    ]
    tell("| type | before | after | gained | lost |")
    tell("| --- | --- | --- | --- | --- |")
    for kind in sorted(set().union(*counts)):
        tell(f"| {kind} | " + " | ".join(str(count[kind]) for count in counts) + " |")
    tell("| all | " + " | ".join(str(count.total()) for count in counts) + " |")


def tell(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def run(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    """Run a command that must succeed; what it prints goes to the error stream."""
    subprocess.run(command, cwd=cwd, env=env, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
