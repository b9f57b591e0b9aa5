"""Match the hand-annotated claims of a gold set and score the events and conflicts that come out.

    python eval/matching_gold.py GOLD_DIR [--out DIR] [--show]

The claims are perfect, so what is measured is matching alone. Writes the exports to DIR (a temporary folder
unless named) and, where a ``score.py`` stands beside GOLD_DIR, prints its figures for events and conflicts.
`--show` lists the events as they were joined. Gold whose words are kept apart has no quotes; then the claims
are matched without them and scored by ids alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from foedus.matching import match_claims
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.records import (
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
    to_line,
)
from foedus.model.records_in import parse_article, parse_claim


def load_gold(folder: Path) -> tuple[list[Claim], list[Article], list[Reprint]]:
    """The claims, articles and reprints of a gold folder as model values."""
    articles, reprints = [], []
    for record in _iter_records(folder / "articles.jsonl"):
        articles.append(parse_article(record))
        if original := record["reprint_of"]:
            reprints.append(
                Reprint(record["document"], record["article"], original["document"], original["article"])
            )
    return [_to_claim(record) for record in _iter_records(folder / "claims.jsonl")], articles, reprints


def load_gold_events(folder: Path) -> list[list[str]]:
    """Claim ids by event; empty where the folder has no events."""
    return [record["claims"] for record in _iter_records(folder / "events.jsonl")]


def measure_b_cubed(wanted: list[list[str]], found: Iterable[Event]) -> tuple[float, float]:
    """B-cubed precision and recall over the claims that either side joins with another."""
    wanted_of = {claim: set(group) for group in wanted for claim in group}
    found_of = {claim: set(event.claims) for event in found for claim in event.claims}
    items = sorted(
        claim for claim in found_of if len(found_of[claim]) > 1 or len(wanted_of.get(claim, ())) > 1
    )
    if not items:
        return 0.0, 0.0
    pairs = [(wanted_of.get(claim, {claim}), found_of[claim]) for claim in items]
    precision = sum(len(one & two) / len(two) for one, two in pairs) / len(items)
    recall = sum(len(one & two) / len(one) for one, two in pairs) / len(items)
    return precision, recall


def _iter_records(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _to_claim(record: dict[str, Any]) -> Claim:
    """A claim of gold, which tells no `spans`, and no quote where its words are kept apart."""
    return parse_claim({"spans": {}, **record, "evidence": {"quote": "", **record["evidence"]}})


def _write(
    out: Path,
    claims: list[Claim],
    articles: list[Article],
    events: Iterable[Event],
    conflicts: Iterable[Conflict],
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    rows = {
        "articles": [to_article_record(article, None) for article in articles],
        "claims": [to_claim_record(claim) for claim in claims],
        "events": [to_event_record(event) for event in events],
        "conflicts": [to_conflict_record(conflict) for conflict in conflicts],
    }
    for name, records in rows.items():
        text = "".join(to_line(record) + "\n" for record in records)
        (out / f"{name}.jsonl").write_text(text, encoding="utf-8")


def _show(claims: list[Claim], events: Iterable[Event], conflicts: Iterable[Conflict]) -> None:
    by_id = {claim.id: claim for claim in claims}
    for event in events:
        if len(event.claims) > 1:
            print(event.type.value, "|", event.subject, "|", event.status.value, event.sources)
            for claim in (by_id[name] for name in event.claims):
                codes = " ".join(actor.code for actor in claim.actors)
                when = f"{claim.when.first}..{claim.when.last}" if claim.when else "-"
                print(f"    {claim.id} [{codes}] {claim.subject!r} {when} {claim.status.value}")
    for conflict in conflicts:
        print("CONFLICT", conflict.slot.value, conflict.sides, conflict.note)


def main() -> None:
    """Match, write, score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    claims, articles, reprints = load_gold(chosen.gold)
    events, conflicts = match_claims(claims, articles, reprints)
    if chosen.show:
        _show(claims, events, conflicts)
    out = chosen.out or Path(tempfile.mkdtemp(prefix="foedus-matching-"))
    _write(out, claims, articles, events, conflicts)
    joined = [event for event in events if len(event.claims) > 1]
    print(f"events of several claims {len(joined)}")
    print(f"largest event {max((len(event.claims) for event in events), default=0)}")
    print(f"conflicts {len(conflicts)}")
    wanted = load_gold_events(chosen.gold)
    if wanted:
        precision, recall = measure_b_cubed(wanted, events)
        print(f"events B-cubed precision {precision:.3f}")
        print(f"events B-cubed recall {recall:.3f}")
        print(f"events B-cubed F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}")
    scorer = chosen.gold.parent / "score.py"
    if scorer.exists() and all(claim.quote for claim in claims):
        done = subprocess.run(
            [sys.executable, str(scorer), str(chosen.gold), str(out)],
            capture_output=True,
            text=True,
            check=True,
        )
        print(
            "".join(line + "\n" for line in done.stdout.splitlines() if "event" in line or "conflict" in line)
        )


if __name__ == "__main__":
    main()
