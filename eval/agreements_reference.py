"""Join two differing reports of each of thirty agreements of record, and part different agreements.

    python eval/agreements_reference.py ALLIANCE_MEMBERS.csv COUNTRY_CODES.csv [--count N] [--seed N] [--show]

Of each agreement two articles are written by templates: one as it is signed, with all its parties and the day; one
later, shorter, in other words and order: with the month alone, with some of the parties, or on what came of it. They
are coded and matched like any others. A third of the agreements are those of pairs of states that made more than one.
Two articles are joined where an event holds claims of both that are agreements. Prints one figure a line, pair F1 last.

The first table is a CSV with a row for each member: ``atopid, ccode, entry`` (a day in ISO form) and pledges as 0 or 1:
``defense, offense, neutrality, nonaggression, consultation``; members that come later are not parties to the signing.
The second gives names, ``country_name_en``, to numbers, ``cown``.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from foedus.codebook import ActorKind, load_codebook
from foedus.engine.find import Input
from foedus.engine.kit import Kit, KitOrder, load_kit
from foedus.engine.steps import code_input
from foedus.matching import match_claims
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType

_SEED = 5
_FIRST_YEAR = 1946
_MAX_PARTIES = 8
_MAX_BYTES = 100_000
# What the pledges make of it; the first that fits.
_KINDS = (
    ("defense", "mutual defence treaty"),
    ("offense", "military alliance treaty"),
    ("neutrality", "treaty of neutrality"),
    ("nonaggression", "non-aggression treaty"),
    ("consultation", "agreement on mutual consultations"),
)
_LATER = (
    "Officials said that {others} signed the {kind} in {month}.",
    "The {kind} between {others}, signed on {day}, entered into force on {later}.",
    "Parliament in {one} ratified the {kind} with {rest} on {later}. It had been signed in {month}.",
    "{others} signed a {kind} earlier this month. Both sides spoke of a long road.",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of record: its number, its kind in words, names of its parties, the day it was signed."""

    number: str
    kind: str
    parties: tuple[str, ...]
    day: date


def read_agreements(members: Path, codes: Path) -> list[Agreement]:
    """Those of two to eight parties, all of which the codebook knows, by number."""
    known = {
        name.text.casefold()
        for actor in load_codebook().actors.values()
        if actor.kind is not ActorKind.GROUP
        for name in actor.names
    }
    with codes.open(encoding="utf-8", newline="") as table:
        names = {row["cown"]: row["country_name_en"] for row in csv.DictReader(table) if row["cown"]}
    by_number: dict[str, list[dict[str, str]]] = defaultdict(list)
    with members.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            by_number[row["atopid"]].append(row)
    found = []
    for number, rows in sorted(by_number.items()):
        first = min(row["entry"] for row in rows)
        signers = [row for row in rows if row["entry"] == first]
        parties = tuple(names.get(row["ccode"], "") for row in signers)
        kind = next((words for pledge, words in _KINDS if signers[0][pledge] == "1"), None)
        if kind is None or first < f"{_FIRST_YEAR}" or not 2 <= len(parties) <= _MAX_PARTIES:
            continue
        if all(party.casefold() in known for party in parties):
            found.append(Agreement(number, kind, parties, date.fromisoformat(first)))
    return found


def pick_agreements(found: Sequence[Agreement], count: int, chance: random.Random) -> list[Agreement]:
    """Some of them, a third from parties that made more than one."""
    by_parties: dict[tuple[str, ...], list[Agreement]] = defaultdict(list)
    for agreement in found:
        by_parties[agreement.parties].append(agreement)
    several = [group for group in by_parties.values() if len(group) > 1]
    picked = [agreement for group in chance.sample(several, count // 6) for agreement in group[:2]]
    rest = [agreement for agreement in found if agreement not in picked]
    return [*picked, *chance.sample(rest, count - len(picked))]


def write_reports(agreement: Agreement, chance: random.Random) -> tuple[str, str]:
    """Two articles, as the bytes of two files would have them."""
    parties = list(agreement.parties)
    day = agreement.day
    signed = (
        f"{_name_all(parties)} signed a {agreement.kind} on {_tell(day)}. "
        "The foreign ministers put their names to the text after two rounds of talks."
    )
    some = parties if len(parties) < 4 else chance.sample(parties, len(parties) - 1)
    others = chance.sample(some, len(some))
    later = day + timedelta(days=chance.randrange(20, 80))
    template = chance.choice(_LATER if len(parties) == 2 else _LATER[:2])
    published = day + timedelta(days=chance.randrange(2, 6))
    if "{later}" in template:
        published = later + timedelta(days=2)
    elif "this month" in template and published.month != day.month:
        published = day + timedelta(days=1)
        template = _LATER[0]
    short = template.format(
        kind=agreement.kind,
        others=_name_all(others),
        one=others[0],
        rest=_name_all(others[1:]),
        month=f"{day:%B %Y}",
        day=_tell(day),
        later=_tell(later),
    )
    return (
        _lay_out("Signing of the day", "North Test Wire", day + timedelta(days=1), signed),
        _lay_out("From the capitals", "South Test Wire", published, short),
    )


def code_reports(texts: Mapping[str, str], kit: Kit) -> tuple[list[Claim], list[Article]]:
    """What articles say, by name of document."""
    claims: list[Claim] = []
    articles: list[Article] = []
    for name, text in texts.items():
        facts = code_input(Input(name, "", Path()), text.encode(), kit)
        claims.extend(facts.claims)
        articles.extend(facts.articles)
    return claims, articles


def _lay_out(title: str, wire: str, day: date, body: str) -> str:
    return f"{title}\n{wire}, {_tell(day)}\n\n{body}\n"


def _tell(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _name_all(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def main() -> None:
    """Write, code, match and count pairs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("members", type=Path)
    parser.add_argument("codes", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--show", action="store_true", help="list wrong joins and lost ones")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    picked = pick_agreements(read_agreements(chosen.members, chosen.codes), chosen.count, chance)
    texts = {
        f"{agreement.number}/{place}.txt": text
        for agreement in picked
        for place, text in enumerate(write_reports(agreement, chance))
    }
    claims, articles = code_reports(texts, load_kit(KitOrder(None, _MAX_BYTES)))
    events, conflicts = match_claims(claims, articles, ())
    document_of = {claim.id: claim.document for claim in claims}
    found = {
        pair
        for event in events
        if event.type is ClaimType.AGREEMENT
        for pair in combinations(sorted({document_of[claim] for claim in event.claims}), 2)
    }
    wanted = {(f"{agreement.number}/0.txt", f"{agreement.number}/1.txt") for agreement in picked}
    if chosen.show:
        for pair in sorted(found ^ wanted):
            print("joined:" if pair in found else "lost:")
            for name in pair:
                print(f"  {name}: {texts[name].splitlines()[-1]}")
                for claim in claims:
                    if claim.document == name:
                        codes = " ".join(actor.code for actor in claim.actors)
                        print(
                            f"    {claim.type} {claim.stage} {claim.status} {codes} {claim.subject!r} {claim.when}"
                        )
    right = len(found & wanted)
    print(f"agreements {len(picked)}")
    print(f"conflicts {len(conflicts)}")
    print(f"pair_precision {right / max(1, len(found)):.3f}")
    print(f"pair_recall {right / max(1, len(wanted)):.3f}")
    print(f"HEADLINE pair_f1 {2 * right / max(1, len(found) + len(wanted)):.3f}")


if __name__ == "__main__":
    main()
