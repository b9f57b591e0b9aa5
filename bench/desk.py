"""How long the desk takes to answer, route by route, on a ledger of claims made up for the purpose.

    python bench/desk.py [--claims 20000] [--copies 0] [--requests 200] [--seed 1] [--only events] [--ledger FILE]

Each route is asked for different ids, filters and pages, one request after another, in this process and without
a network. After each the SQL that it asked is asked again on a bare connection: the baseline. Answers that the
desk keeps (the overview, facets, pictures) count as they come, kept or not; a route whose SQL takes next to
nothing has no ratio. Parts of the ledger (`as-of`, `min-confidence`), which are matched anew when first asked,
drawing (SVG, PNG) and downloads are not measured. With `--ledger` the file is kept, and asked again if it is there.
"""

import argparse
import asyncio
import math
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from sqlalchemy import Engine, event

from copies import add_copies
from foedus.api import guard
from foedus.cli.serve import make_desk
from foedus.ledger import Derived, Facts, open_ledger
from foedus.matching import match_claims
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Status
from foedus.model.document import Document
from foedus.model.event import Conflict, Event, Reprint, Slot
from foedus.model.ids import make_id
from foedus.model.span import Span
from foedus.views.registers import REGISTERS
from made_claims import FIRST_DAY, make_claims

_FACTS_AT_ONCE = 5_000
_PUBLISHERS = tuple(
    f"{town} {kind}" for kind in ("Post", "Wire", "Times") for town in ("Elm", "Fir", "Oak", "Ash")
)
_PLACES = (
    "Minsk",
    "Lima",
    "Oslo",
    "Cairo",
    "Hanoi",
    "Tbilisi",
    "Nowhere",
    "Accra",
    "Riga",
    "Quito",
    "Doha",
    "Perth",
)
_WORDS = ("frigates", "radars", "joint-staff", "storm", "shield", "pilot-school", "hospital", "arctic wolf")
_FILLER = "Nobody else said anything of note that day, and the weather was fine. " * 20
_NEXT_TO_NOTHING_MS = 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """What requests can ask for: ids and names that the ledger has."""

    events: Sequence[str]
    claims: Sequence[str]
    conflicts: Sequence[str]
    documents: Sequence[str]
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the requests to a route took, in milliseconds, one figure each.

    Attributes:
        route: The route.
        wall: On the clock.
        cpu: Of the processor.
        sql: Of the processor, for the same SQL on a bare connection.
        refused: How many requests were refused, as too much or too slow; they count in the times.
    """

    route: str
    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    sql: tuple[float, ...]
    refused: int


#: Makes the address of a request.
Make = Callable[[random.Random, Known], str]


def _plain(route: str) -> Make:
    return lambda chance, known: route


def _filtered(
    route: str, names: Sequence[str] = ("q", "actor", "dyad", "type", "status", "period", "publisher")
) -> Make:
    """Up to three filters of the chronology, now and then a later page."""

    def make(chance: random.Random, known: Known) -> str:
        fields: list[tuple[str, str]] = []
        for name in chance.sample(names, k=chance.randrange(min(4, len(names) + 1))):
            fields += _FILTERS[name](chance, known)
        if route in _PAGED and chance.random() < 0.2:
            fields.append(("after", chance.choice(known.events)))
        return f"{route}?{urlencode(fields)}"

    return make


def _period(chance: random.Random, known: Known) -> list[tuple[str, str]]:
    first = FIRST_DAY + timedelta(days=chance.randrange(365 * 23))
    last = first + timedelta(days=chance.choice((7, 30, 365)))
    return [("from", first.isoformat()), ("to", last.isoformat())]


_FILTERS: Mapping[str, Callable[[random.Random, Known], list[tuple[str, str]]]] = {
    "q": lambda chance, known: [("q", chance.choice(_WORDS))],
    "actor": lambda chance, known: [("actor", chance.choice(chance.choice(known.pairs)))],
    "dyad": lambda chance, known: [("actor", code) for code in chance.choice(known.pairs)],
    "type": lambda chance, known: [("type", chance.choice([*ClaimType]).value)],
    "status": lambda chance, known: [("status", chance.choice([*Status]).value)],
    "period": _period,
    "publisher": lambda chance, known: [("publisher", chance.choice(_PUBLISHERS))],
    "document": lambda chance, known: [("document", chance.choice(known.documents))],
    "cursor": lambda chance, known: [("after", chance.choice(known.claims))],
    "cursor of documents": lambda chance, known: [("after", chance.choice(known.documents))],
    "cursor of articles": lambda chance, known: [("after", f"0/{chance.choice(known.documents)}")],
    "cursor of conflicts": lambda chance, known: [("after", chance.choice(known.conflicts))],
}


def _brief(route: str) -> Make:
    """Half a month or a year of an actor, of two or of all."""

    def make(chance: random.Random, known: Known) -> str:
        codes = chance.choice(known.pairs)[: chance.randrange(3)]
        return f"{route}?{urlencode([*(('actor', code) for code in codes), *_period(chance, known)])}"

    return make


def _register(prefix: str) -> Make:
    def make(chance: random.Random, known: Known) -> str:
        kind = chance.choice([register.kind for register in REGISTERS])
        return _filtered(f"{prefix}/{kind}", ("actor", "dyad", "status", "period"))(chance, known)

    return make


def _one(prefix: str, kind: str) -> Make:
    """An item by its id or name."""
    return lambda chance, known: f"{prefix}/{quote(chance.choice(getattr(known, kind)))}"


_PAGED = ("/events", "/api/v1/events")
_ACTOR: Make = lambda chance, known: f"/actors/{chance.choice(chance.choice(known.pairs))}"  # noqa: E731

#: Every page and every route of the API, as the application names them.
ROUTES: Mapping[str, Make] = {
    "/": _plain("/"),
    "/events": _filtered("/events"),
    "/events/{id}": _one("/events", "events"),
    "/documents": _filtered("/documents", ("cursor of documents",)),
    "/documents/{name:path}": _one("/documents", "documents"),
    "/actors": _plain("/actors"),
    "/actors/{actor}": _ACTOR,
    "/dyads/{one}/{other}": lambda chance, known: f"/dyads/{'/'.join(chance.choice(known.pairs))}",
    "/network": _filtered("/network"),
    "/map": _filtered("/map"),
    "/conflicts": _filtered("/conflicts", ("actor", "cursor of conflicts")),
    "/brief": _brief("/brief"),
    "/registers/{kind}": _register("/registers"),
    "/problems": _plain("/problems"),
    "/judgements": _plain("/judgements"),
    "/api": _plain("/api"),
    "/pictures/{name}.{ending}": lambda chance, known: _filtered(
        f"/pictures/{chance.choice(('months', 'timeline', 'heat', 'network', 'map'))}.json"
    )(chance, known),
    "/api/v1/ledger": _plain("/api/v1/ledger"),
    "/api/v1/events": _filtered("/api/v1/events"),
    "/api/v1/events/{id}": _one("/api/v1/events", "events"),
    "/api/v1/facets": _filtered("/api/v1/facets"),
    "/api/v1/claims": _filtered("/api/v1/claims", ("actor", "type", "status", "document", "cursor")),
    "/api/v1/claims/{id}": _one("/api/v1/claims", "claims"),
    "/api/v1/conflicts": _filtered("/api/v1/conflicts", ("actor", "cursor of conflicts")),
    "/api/v1/conflicts/{id}": _one("/api/v1/conflicts", "conflicts"),
    "/api/v1/articles": _filtered("/api/v1/articles", ("document", "cursor of articles")),
    "/api/v1/documents": _filtered("/api/v1/documents", ("cursor of documents",)),
    "/api/v1/documents/{name:path}": _one("/api/v1/documents", "documents"),
    "/api/v1/reprints": _plain("/api/v1/reprints"),
    "/api/v1/problems": _plain("/api/v1/problems"),
    "/api/v1/actors": _plain("/api/v1/actors"),
    "/api/v1/actors/{actor}": lambda chance, known: f"/api/v1{_ACTOR(chance, known)}",
    "/api/v1/network": _filtered("/api/v1/network"),
    "/api/v1/places": _filtered("/api/v1/places"),
    "/api/v1/registers/{kind}": _register("/api/v1/registers"),
    "/api/v1/brief": _brief("/api/v1/brief"),
    "/api/v1/judgements": _plain("/api/v1/judgements"),
}

#: Routes that ask the ledger nothing or only lead to another.
LEFT_OUT = ("/go", "/sign-in", "/healthz", "/pictures/vega.js", "/pictures/world.json")


def write_ledger(path: Path, count: int, seed: int) -> None:
    """A matched ledger of `count` claims, each in an article of its own; every tenth article repeats the one before."""
    claims, articles, _ = make_claims(count, seed)
    chance = random.Random(seed)
    made = [_fill(claim, article, chance) for claim, article in zip(claims, articles, strict=True)]
    with open_ledger(path) as ledger:
        for start in range(0, len(made), _FACTS_AT_ONCE):
            ledger.write_facts(
                [_to_facts(*pair) for pair in made[start : start + _FACTS_AT_ONCE]], version="-"
            )
        events, conflicts = match_claims([claim for claim, _ in made], [article for _, article in made], ())
        copies = tuple(
            Reprint(made[at][1].document, 0, made[at - 1][1].document, 0) for at in range(9, len(made), 10)
        )
        ledger.write_derived(Derived(copies, events, (*conflicts, *_make_conflicts(events))))


def _make_conflicts(events: Sequence[Event]) -> Iterator[Conflict]:
    """Every fourth event of several claims has sources that disagree; matching finds none in claims like these."""
    for one in [one for one in events if len(one.claims) > 1][::4]:
        first, *others = one.claims
        yield Conflict(make_id("x", one.id), one.id, Slot.WHEN, ((first,), tuple(others)), "They differ.")


def _fill(claim: Claim, article: Article, chance: random.Random) -> tuple[Claim, Article]:
    """The claim with a place and the article with a title and a publisher."""
    places = () if chance.random() < 0.5 else (chance.choice(_PLACES),)
    end = len(claim.quote)
    return (
        replace(claim, place=places, evidence=Span(0, end)),
        replace(
            article,
            title=claim.subject,
            publisher=chance.choice(_PUBLISHERS),
            spans=(Span(0, end + 1 + len(_FILLER)),),
        ),
    )


def _to_facts(claim: Claim, article: Article) -> Facts:
    text = f"{claim.quote}\n{_FILLER}"
    document = Document(article.document, "text/plain", article.document, text)
    return Facts(article.document, "/", article.document, document, (article,), (claim,))


def find_known(path: Path, chance: random.Random, count: int = 500) -> Known:
    """Some of the ids and names of a ledger, at random; pairs of actors as often as claims name them."""
    with sqlite3.connect(path) as bare:

        def pick(query: str) -> list[Any]:
            found = [row[0] for row in bare.execute(query)]
            return chance.sample(found, k=min(count, len(found)))

        known = Known(
            pick("SELECT id FROM events ORDER BY id"),
            pick("SELECT id FROM claims ORDER BY id"),
            pick("SELECT id FROM conflicts ORDER BY id"),
            pick("SELECT name FROM documents ORDER BY name"),
            [],
        )
        marks = ",".join("?" * len(known.claims))
        query = f"SELECT min(code), max(code) FROM claim_actors WHERE claim_id IN ({marks}) GROUP BY claim_id"
        pairs = [(one, other) for one, other in bare.execute(query, known.claims) if one != other]
    return replace(known, pairs=pairs)


async def measure(path: Path, routes: Mapping[str, Make], requests: int, seed: int) -> list[Taken]:
    """Ask each route so many times.

    Raises:
        RuntimeError: An answer is no page.
    """
    chance = random.Random(seed)
    known = find_known(path, chance)
    app = make_desk(ledger=str(path), host="127.0.0.1", token_file=None)
    transport = httpx.ASGITransport(app=app)
    found = []
    with _without_rate(), _noting_sql() as asked, sqlite3.connect(path) as bare:
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", timeout=None
        ) as client:
            for route, make in routes.items():
                print(f"{route} …", file=sys.stderr)
                taken = [await _ask(client, bare, make(chance, known), asked) for _ in range(requests)]
                wall, cpu, sql, refused = zip(*taken, strict=True)
                found.append(Taken(route, wall, cpu, sql, sum(refused)))
    app.state.desk.close()
    return found


@contextmanager
def _without_rate() -> Iterator[None]:
    """Who measures asks more often than people may."""
    before = guard.RATE_PER_S, guard.BURST
    guard.RATE_PER_S, guard.BURST = 1e9, 10**9
    try:
        yield
    finally:
        guard.RATE_PER_S, guard.BURST = before


@contextmanager
def _noting_sql() -> Iterator[list[tuple[str, Any]]]:
    """Statements that the ledger is asked, with their values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def _ask(
    client: httpx.AsyncClient, bare: sqlite3.Connection, address: str, asked: list[tuple[str, Any]]
) -> tuple[float, float, float, bool]:
    asked.clear()
    started, cpu = time.perf_counter(), time.process_time()
    answer = await client.get(address, follow_redirects=False)
    wall_s, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    if answer.status_code not in (200, 503):
        raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:300]}")
    cpu = time.process_time()
    for statement, parameters in asked:
        bare.execute(statement, parameters).fetchall()
    sql_s = time.process_time() - cpu
    return 1000 * wall_s, 1000 * cpu_s, 1000 * sql_s, answer.status_code == 503


def format_taken(found: Sequence[Taken]) -> Iterator[str]:
    """A Markdown table, one row a route."""
    yield "| route | median ms | p95 ms | p95 CPU ms | its SQL, p95 CPU ms | ratio | refused |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one in found:
        cpu, sql = pick_p95(one.cpu), pick_p95(one.sql)
        ratio = f"{cpu / sql:.1f}" if sql > _NEXT_TO_NOTHING_MS else "–"
        yield (
            f"| `{one.route}` | {statistics.median(one.wall):.1f} | {pick_p95(one.wall):.1f} | {cpu:.1f} | "
            f"{sql:.1f} | {ratio} | {one.refused or ''} |"
        )


def pick_p95(values: Sequence[float]) -> float:
    """The least value that 95 % do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=200, help="to each route")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="routes that hold these characters")
    parser.add_argument("--ledger", type=Path, help="keep the ledger here")
    parser.add_argument("--copies", type=int, default=0, help="of all claims and what follows from them")
    chosen = parser.parse_args(arguments)
    routes = {route: make for route, make in ROUTES.items() if chosen.only in route}
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.ledger or Path(folder, "foedus.db")
        if not path.exists():
            started = time.process_time()
            write_ledger(path, chosen.claims, chosen.seed)
            add_copies(path, chosen.copies)
            print(f"ledger written and matched in {time.process_time() - started:.0f} CPU s", file=sys.stderr)
        found = asyncio.run(measure(path, routes, chosen.requests, chosen.seed))
    print("\n".join(format_taken(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
