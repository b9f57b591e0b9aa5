"""Claims gained, lost and changed since a revision: ``python eval/compare.py [REVISION]``.

Codes the articles of ``sample`` and ``eval/own/texts``, as they are now, with the sources of REVISION (HEAD
unless named) and with those of the working tree, and prints what differs: a table by type, then claim by
claim. ``make compare`` calls it.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import ROOT, MeasureError, format_table

TEXTS = (ROOT / "sample", ROOT / "eval" / "own" / "texts")

SLOTS = (
    "type", "stage", "status", "plover", "actors", "agents", "subject", "place", "when", "attributed_to",
    "via", "recurrence", "quantities", "evidence",
)  # fmt: skip
"""Slots whose change is shown; a change of confidence alone is none."""

_SAME = 0.5
_QUOTE_CHARS = 100
_EXPORT = """
import sys
from pathlib import Path
import foedus
source, ledger, out, *texts = sys.argv[1:]
if not Path(foedus.__file__).is_relative_to(source):
    raise SystemExit(f"{foedus.__file__} was imported, not what is in {source}")
foedus.build(*texts, ledger=ledger).export("claims", out)
"""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim before and after; one of the two is None where it was gained or lost."""

    before: Record | None
    after: Record | None

    @property
    def document(self) -> str:
        """The document it stands in."""
        return str((self.before or self.after or {})["document"])

    @property
    def changes(self) -> tuple[str, ...]:
        """Slots that differ; empty for a claim that was gained, lost or stayed."""
        if self.before is None or self.after is None:
            return ()
        before, after = self.before, self.after
        return tuple(slot for slot in SLOTS if before.get(slot) != after.get(slot))

    @property
    def differs(self) -> bool:
        """Whether there is something to show."""
        return self.before is None or self.after is None or bool(self.changes)


def pair_claims(before: Iterable[Record], after: Iterable[Record]) -> list[Pair]:
    """Every claim of both sides once, those about the same words together, in the order of the texts.

    Of claims whose evidence overlaps by half or more those of one type are paired first, then the most alike.
    """
    old, new = list(before), list(after)
    alike = [
        (place, target)
        for place, one in enumerate(old)
        for target, other in enumerate(new)
        if _overlap(one, other) >= _SAME
    ]
    alike.sort(key=lambda both: _likeness(old[both[0]], new[both[1]]), reverse=True)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for place, target in alike:
        if place not in partner and target not in taken:
            partner[place] = target
            taken.add(target)
    pairs = [Pair(one, new[partner[place]] if place in partner else None) for place, one in enumerate(old)]
    pairs += [Pair(None, other) for target, other in enumerate(new) if target not in taken]
    return sorted(pairs, key=_place)


def _overlap(one: Record, other: Record) -> float:
    """Dice coefficient of the evidence; 0 in different documents."""
    if one["document"] != other["document"]:
        return 0.0
    spans = [(claim["evidence"]["start"], claim["evidence"]["end"]) for claim in (one, other)]
    shared = min(end for _, end in spans) - max(start for start, _ in spans)
    return max(0.0, 2 * shared / sum(end - start for start, end in spans))


def _likeness(one: Record, other: Record) -> tuple[bool, float, int]:
    same = sum(one.get(slot) == other.get(slot) for slot in SLOTS)
    return (one["type"] == other["type"], _overlap(one, other), same)


def _place(pair: Pair) -> tuple[str, int, int, bool]:
    claim = pair.after or pair.before or {}
    evidence = claim["evidence"]
    return (claim["document"], evidence["start"], evidence["end"], pair.before is None)


def format_counts(pairs: Sequence[Pair]) -> str:
    """One row a type, and the sum; a claim whose type changed is changed under its new type."""
    types = sorted({claim["type"] for pair in pairs for claim in (pair.before, pair.after) if claim})
    rows = [[name, *_count(pairs, name)] for name in types]
    return format_table(
        ("type", "before", "after", "gained", "lost", "changed"), [*rows, ["all", *_count(pairs, None)]]
    )


def _count(pairs: Sequence[Pair], type_name: str | None) -> list[str]:
    def is_wanted(claim: Record | None) -> bool:
        return claim is not None and type_name in (None, claim["type"])

    before = sum(is_wanted(pair.before) for pair in pairs)
    after = sum(is_wanted(pair.after) for pair in pairs)
    gained = sum(pair.before is None and is_wanted(pair.after) for pair in pairs)
    lost = sum(pair.after is None and is_wanted(pair.before) for pair in pairs)
    changed = sum(bool(pair.changes) and is_wanted(pair.after) for pair in pairs)
    return [str(number) for number in (before, after, gained, lost, changed)]


def iter_lines(pairs: Iterable[Pair]) -> Iterator[str]:
    """One line a claim gained (``+``), lost (``-``) or changed (``~``)."""
    for pair in pairs:
        if not pair.differs:
            continue
        claim = pair.after or pair.before or {}
        sign = "+" if pair.before is None else "-" if pair.after is None else "~"
        quote = " ".join(claim["evidence"]["quote"].split())
        short = quote if len(quote) <= _QUOTE_CHARS else f"{quote[: _QUOTE_CHARS - 1]}…"
        old, new = pair.before or {}, pair.after or {}
        told = "; ".join(
            f"{slot}: {_show(slot, old.get(slot))} → {_show(slot, new.get(slot))}" for slot in pair.changes
        )
        words = [claim["type"], claim["status"], _show("actors", claim["actors"])]
        yield f"{sign} {pair.document} {' '.join(words)} “{short}”{f' ({told})' if told else ''}"


def _show(slot: str, value: Any) -> str:
    if not value:
        return "-"
    if slot == "actors":
        return ",".join(f"{actor['code']}:{actor['role']}" for actor in value)
    if slot == "when":
        return f"{value['first'] or ''}..{value['last'] or ''}"
    if slot == "evidence":
        return f"{value['start']}–{value['end']}"
    if slot == "quantities":
        return ",".join(f"{one['value']:g} {one['of'] or one['unit'] or ''}".strip() for one in value)
    return ",".join(value) if isinstance(value, list) else str(value)


def unpack_sources(revision: str, folder: Path) -> Path:
    """The sources of a revision, unpacked into a folder; gives where the package lies.

    Raises:
        MeasureError: There is no such revision, or it has no ``src``.
    """
    done = subprocess.run(["git", "-C", str(ROOT), "archive", revision, "--", "src"], capture_output=True)
    if done.returncode:
        raise MeasureError(done.stderr.decode(errors="replace").strip())
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def code_texts(source: Path, texts: Sequence[Path], folder: Path) -> list[Record]:
    """Claims of the texts, coded by the package in `source` in a process of its own.

    Raises:
        MeasureError: It cannot build or export.
    """
    out = folder / "claims.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", _EXPORT, *map(str, (source, folder / "ledger.db", out, *texts))],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(source)},
        cwd=folder,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it says nothing"]
        raise MeasureError(f"the sources in {source} cannot code the texts: {lines[-1]}")
    return [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the claims; exit status 2 where a revision cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("revision", nargs="?", default="HEAD", help="what to compare with; HEAD unless named")
    parser.add_argument("--texts", type=Path, nargs="+", default=TEXTS, help="files and folders to code")
    parser.add_argument("--counts", action="store_true", help="only the table")
    chosen = parser.parse_args(arguments)
    texts = [path.resolve() for path in chosen.texts if path.exists()]
    try:
        if not texts:
            raise MeasureError("none of the texts is there")
        with tempfile.TemporaryDirectory(prefix="foedus-compare-") as name:
            claims = []
            for side in ("before", "after"):
                folder = Path(name).resolve() / side
                folder.mkdir()
                source = unpack_sources(chosen.revision, folder) if side == "before" else ROOT / "src"
                claims.append(code_texts(source, texts, folder))
    except MeasureError as error:
        print(f"compare.py: {error}", file=sys.stderr)
        return 2
    pairs = pair_claims(*claims)
    print(f"Claims of the working tree against {chosen.revision}:\n\n{format_counts(pairs)}")
    if not chosen.counts:
        print("".join(f"\n{line}" for line in iter_lines(pairs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
