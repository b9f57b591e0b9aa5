"""Join two differing reports of each exercise in a table of record, and keep editions apart.

    python eval/matching_reference.py EXERCISES.csv [--limit N] [--show N]

For each exercise with a name two claims are made up: one as a full report gives it, one as a later or earlier
notice does: by the name of the series, without or with a coarser date, with some of the participants. The
ledger should join the two, and nothing else. Prints one figure a line, pair F1 last. Some pairs counted as
wrong are one exercise that the table holds twice.

The table is a CSV with the columns ``id, name, series, start, end, participants`` (names joined by ``|``); dates are
days, months or years in ISO form.
"""

import argparse
import csv
import random
from calendar import monthrange
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from foedus.codebook import ActorKind, load_codebook
from foedus.matching import match_claims
from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Status
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

_SEED = 3
_MAX_NAMED = 8  # participants that a report names
_MISSING = {"", "-9"}


def read_exercises(path: Path) -> list[dict[str, str]]:
    """Rows with a name, a start and participants."""
    with path.open(encoding="utf-8", newline="") as table:
        return [
            row
            for row in csv.DictReader(table)
            if row["name"] not in _MISSING and row["start"] and row["participants"] not in _MISSING
        ]


def make_reports(rows: list[dict[str, str]], seed: int = _SEED) -> tuple[list[Claim], list[Article]]:
    """Two claims a row, ``<id>/full`` and ``<id>/brief``, each in an article of its own."""
    chance = random.Random(seed)
    codes = _load_codes()
    claims: list[Claim] = []
    articles: list[Article] = []

    def report(
        name: str, subject: str, when: When | None, actors: list[str], day: date, status: Status
    ) -> None:
        published = When(day, day, Precision.DAY, None, Basis.METADATA)
        articles.append(Article(name, 0, None, None, None, None, "en", published, (Span(0, 1),)))
        claims.append(_make_claim(name, subject, when, actors, status))

    for row in rows:
        first, last = _read_day(row["start"], end=False), _read_day(row["end"] or row["start"], end=True)
        last = max(first, last)
        precision = Precision.DAY if len(row["start"]) == len("2011-05-03") else Precision.MONTH
        held = When(first, last, precision, None, Basis.STATED)
        actors = sorted(
            {codes.get(name.casefold(), f"ORG:{name}") for name in row["participants"].split("|")}
        )
        some = actors if len(actors) < 3 else sorted(chance.sample(actors, max(2, len(actors) // 2)))
        series = row["series"] or row["name"]
        subject = chance.choice([row["name"], series, f"Exercise {row['name']}", f"{series} exercise"])
        when = chance.choice(
            [held, _whole_month(first), None, When(first, first, Precision.DAY, None, Basis.STATED)]
        )
        status = chance.choice([Status.PLANNED, Status.ONGOING, Status.HAPPENED])
        noticed = first + timedelta(days=chance.randrange(-3, 6))
        report(
            f"{row['id']}/full",
            row["name"],
            held,
            actors[:_MAX_NAMED],
            last + timedelta(days=2),
            Status.HAPPENED,
        )
        report(f"{row['id']}/brief", subject, when, some, noticed, status)
    return claims, articles


def _make_claim(name: str, subject: str, when: When | None, actors: list[str], status: Status) -> Claim:
    return Claim(
        id=name,
        document=name,
        article=0,
        type=ClaimType.EXERCISE,
        stage=None,
        plover=Plover.COOPERATE,
        actors=tuple(Actor(code, Role.BOTH) for code in actors),
        agents=(),
        subject=subject,
        place=(),
        when=when,
        status=status,
        attributed_to=None,
        via=(),
        recurrence=None,
        quantities=(),
        evidence=Span(0, 1),
        quote=name,
        confidence=0.9,
    )


def _load_codes() -> dict[str, str]:
    """Folded names of states and organisations to their codes."""
    return {
        name.text.casefold(): actor.code
        for actor in load_codebook().actors.values()
        if actor.kind is not ActorKind.GROUP
        for name in actor.names
    }


def _read_day(words: str, *, end: bool) -> date:
    """The first or the last day of a day, month or year in ISO form."""
    year, month, day = ([int(part) for part in words.split("-")] + [0, 0])[:3]
    month = month or (12 if end else 1)
    return date(year, month, day or (monthrange(year, month)[1] if end else 1))


def _whole_month(day: date) -> When:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return When(day.replace(day=1), last, Precision.MONTH, None, Basis.RESOLVED)


def main() -> None:
    """Match and count pairs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", type=int, default=0, help="how many wrong joins to list")
    chosen = parser.parse_args()
    rows = read_exercises(chosen.table)
    if chosen.limit:
        rows = random.Random(_SEED).sample(rows, min(chosen.limit, len(rows)))
    claims, articles = make_reports(rows)
    by_id = {claim.id: claim for claim in claims}
    events, conflicts = match_claims(claims, articles, ())
    found = right = 0
    for event in events:
        for one, other in combinations(event.claims, 2):
            same = one.rpartition("/")[0] == other.rpartition("/")[0]
            found += 1
            right += same
            if not same and chosen.show > 0:
                chosen.show -= 1
                print("joined:", *(f"{by_id[name].subject!r} {by_id[name].when}" for name in (one, other)))
    print(f"exercises {len(rows)}")
    print(f"conflicts {len(conflicts)}")
    print(f"pair_precision {right / max(1, found):.3f}")
    print(f"pair_recall {right / max(1, len(rows)):.3f}")
    print(f"HEADLINE pair_f1 {2 * right / max(1, found + len(rows)):.3f}")


if __name__ == "__main__":
    main()
