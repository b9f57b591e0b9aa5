"""How far the confidence of events can be believed, and how much a further source should count.

    python eval/event_confidence.py [SET...]

An event is right where the gold's scorer matches one of its claims. For each part d that a further independent
source may count (`DEPENDENCE` of ``foedus.matching.confidence``) prints the calibration error (ten bins) and the
log loss, over all events and over those of several sources; d is picked by the log loss of the latter.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import foedus
from calibrate import Column, load_outcomes, measure_error
from figures import MeasureError, format_table
from foedus.matching.confidence import find_confidence
from foedus.matching.sources import find_originals, group_sources
from gold import GoldSet, export_apart, pick_sets
from matching_gold import load_gold

_PARTS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST = 0.005

Outcome = tuple[tuple[float, ...], bool, int]
"""Confidence with each part, whether it is right, number of sources."""


def iter_outcomes(one: GoldSet, folder: Path) -> Iterator[Outcome]:
    """The outcome of each event that has a claim in the gold's documents."""
    exports = folder / one.name
    # The scorer says which claims are right in the order of the export, gold's documents alone.
    _, right = load_outcomes(one, exports)
    gold_claims, gold_articles, _ = load_gold(one.gold)
    documents = {item.document for item in (*gold_claims, *gold_articles)}
    ledger = foedus.open(folder / f"{one.name}.db")
    claims = {claim.id: claim for claim in ledger.claims()}
    scored = [claim.id for claim in claims.values() if claim.document in documents]
    is_right = dict(zip(scored, right.tolist(), strict=True))
    articles = {(article.document, article.number): article for article in ledger.articles()}
    originals = find_originals(ledger.reprints())
    for event in ledger.events():
        known = [claim for claim in event.claims if claim in is_right]
        if known:
            members = [claims[claim] for claim in event.claims]
            sources = group_sources(members, articles, originals)
            said = tuple(find_confidence(members, sources, originals, dependence=part) for part in _PARTS)
            yield said, any(is_right[claim] for claim in known), event.sources


def format_parts(outcomes: Sequence[Outcome]) -> str:
    """One row a part."""
    several = [outcome for outcome in outcomes if outcome[2] > 1]
    rows = []
    for place, part in enumerate(_PARTS):
        row = [f"{part:.2f}"]
        for chosen in (outcomes, several):
            said = np.array([outcome[0][place] for outcome in chosen])
            right = np.array([float(outcome[1]) for outcome in chosen])
            row += [f"{measure_error(said, right):.3f}", f"{_measure_loss(said, right):.3f}"]
        rows.append(row)
    right = sum(outcome[1] for outcome in several)
    told = f"\n{len(outcomes)} events, {len(several)} of several sources, of which {right} right"
    return format_table(("part", "error", "log loss", "error, several", "log loss, several"), rows) + told


def _measure_loss(said: Column, right: Column) -> float:
    kept = np.clip(said, _LEAST, 1 - _LEAST)
    return float(-np.mean(right * np.log(kept) + (1 - right) * np.log(1 - kept)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 2 where a set cannot be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help="as in gold.py")
    chosen = parser.parse_args(arguments)
    try:
        sets = pick_sets(chosen.sets)
        if not sets:
            return 0
        with tempfile.TemporaryDirectory(prefix="foedus-events-") as name:
            export_apart(sets, Path(name), jobs=1)
            outcomes = [outcome for one in sets for outcome in iter_outcomes(one, Path(name))]
    except MeasureError as error:
        print(f"event_confidence.py: {error}", file=sys.stderr)
        return 2
    print(format_parts(outcomes))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
