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
from datetime import date
from pathlib import Path
from typing import Any

from foedus.matching import match_claims
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.records import (
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
    to_line,
)
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When


def load_gold(folder: Path) -> tuple[list[Claim], list[Article], list[Reprint]]:
    """The claims, articles and reprints of a gold folder as model values."""
    articles, reprints = [], []
    for record in _iter_records(folder / "articles.jsonl"):
        articles.append(_to_article(record))
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


def _to_when(record: dict[str, Any] | None) -> When | None:
    if record is None:
        return None
    first, last = (date.fromisoformat(record[end]) if record[end] else None for end in ("first", "last"))
    return When(first, last, Precision(record["precision"]), record.get("text"), Basis(record["basis"]))


def _to_article(record: dict[str, Any]) -> Article:
    return Article(
        document=record["document"],
        number=record["article"],
        title=record["title"],
        title_span=None,
        publisher=record["publisher"],
        author=record["author"],
        language=record["language"],
        published=_to_when(record["published"]),
        spans=tuple(Span(start, end) for start, end in record["text"]),
    )


def _to_quantity(record: dict[str, Any]) -> Quantity:
    bound = Bound(record["bound"]) if record["bound"] else None
    return Quantity(
        record["value"], record["max"], record["unit"], record["of"], bound, record["approximate"]
    )


def _to_claim(record: dict[str, Any]) -> Claim:
    evidence = record["evidence"]
    return Claim(
        id=record["id"],
        document=record["document"],
        article=record["article"],
        type=ClaimType(record["type"]),
        stage=Stage(record["stage"]) if record["stage"] else None,
        plover=Plover(record["plover"]),
        actors=tuple(Actor(actor["code"], Role(actor["role"])) for actor in record["actors"]),
        agents=tuple(record["agents"]),
        subject=record["subject"],
        place=tuple(record["place"]),
        when=_to_when(record["when"]),
        status=Status(record["status"]),
        attributed_to=record["attributed_to"],
        via=tuple(record["via"]),
        recurrence=record["recurrence"],
        quantities=tuple(_to_quantity(quantity) for quantity in record["quantities"]),
        evidence=Span(evidence["start"], evidence["end"]),
        quote=evidence.get("quote", ""),
        confidence=record["confidence"],
    )


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
