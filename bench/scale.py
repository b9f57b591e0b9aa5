"""What a document costs, as `docs/scale.md` reckons with it: ``python bench/scale.py [--pages N]``.

Two kinds of documents: web pages of all kinds, most of which claim nothing (the public set *boilerplate*), and
articles on defence relations (the corpora), where those lie beside the repository; else the sample for both. Times
are CPU seconds of one process that has its models loaded. Needs the extra ``ray``.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from foedus.config import Settings
from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.engine.match import match_ledger
from foedus.engine.parts import read_part, write_part
from foedus.engine.steps import code_input
from foedus.engine.work import warm_up
from foedus.ledger import Facts, open_ledger
from inputs import load_pages, load_texts

_Result = TypeVar("_Result")

_PART_INPUTS = 512
_KNOWN_INPUTS = 100_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What documents of one kind cost, all together.

    Attributes:
        kind: In a few words.
        documents: Number of them.
        claims: In them.
        raw_bytes: As they come.
        code_s: To read and code.
        take_s: To take from parts into a ledger.
        match_s: To match, in a ledger of these alone.
        part_bytes: Of the parts.
        fact_bytes: By which the ledger grows before it is matched.
        ledger_bytes: By which it has grown when it is matched.
    """

    kind: str
    documents: int
    claims: int
    raw_bytes: int
    code_s: float
    take_s: float
    match_s: float
    part_bytes: int
    fact_bytes: int
    ledger_bytes: int


def measure(kind: str, documents: Sequence[tuple[str, bytes]]) -> Cost:
    """Read and code documents, write them as parts, take those into a ledger, match it."""
    kit = load_kit(KitOrder(None, Settings().max_bytes))

    def code() -> list[Facts]:
        return [code_input(Input(name, "/in", Path()), data, kit) for name, data in documents]

    with TemporaryDirectory(prefix="foedus-bench-") as place:
        facts, code_s = _time(code)
        cuts = range(0, len(facts), _PART_INPUTS)
        parts = [write_part(Path(place), facts[cut : cut + _PART_INPUTS], kit.version) for cut in cuts]
        path = Path(place, "l.db")
        open_ledger(path).close()
        empty_bytes = path.stat().st_size
        with open_ledger(path) as ledger:

            def take() -> None:
                for part in parts:
                    ledger.write_facts(read_part(part.path), version=kit.version)

            _, take_s = _time(take)
        fact_bytes = path.stat().st_size - empty_bytes
        with open_ledger(path) as ledger:
            _, match_s = _time(lambda: match_ledger(ledger))
        return Cost(
            kind=kind,
            documents=len(facts),
            claims=sum(len(one.claims) for one in facts),
            raw_bytes=sum(len(data) for _, data in documents),
            code_s=code_s,
            take_s=take_s,
            match_s=match_s,
            part_bytes=sum(part.path.stat().st_size for part in parts),
            fact_bytes=fact_bytes,
            ledger_bytes=path.stat().st_size - empty_bytes,
        )


def measure_known() -> float:
    """Bytes of memory that one input of a build takes in the process that keeps the ledger."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    names = [
        f"https://www.example.org/news/{number}#20200101000000-{number:012x}"
        for number in range(_KNOWN_INPUTS)
    ]
    path = Path("/archives/crawl-00001.warc.gz")
    held = {
        name: Input(name, "/archives", path, number, f"{number:064x}") for number, name in enumerate(names)
    }
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(held)


def _time(work: Callable[[], _Result]) -> tuple[_Result, float]:
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def format_costs(costs: Sequence[Cost]) -> str:
    """A table of Markdown, a column a kind, figures a document unless said otherwise."""
    rows: tuple[tuple[str, Callable[[Cost], str]], ...] = (
        ("documents", lambda cost: f"{cost.documents:,}"),
        ("bytes as they come", lambda cost: f"{cost.raw_bytes / cost.documents:,.0f}"),
        ("claims", lambda cost: f"{cost.claims / cost.documents:.2f}"),
        ("read and code, CPU s", lambda cost: f"{cost.code_s / cost.documents:.3f}"),
        ("take in from parts, CPU ms", lambda cost: f"{1000 * cost.take_s / cost.documents:.2f}"),
        ("parts, bytes", lambda cost: f"{cost.part_bytes / cost.documents:,.0f}"),
        ("ledger before matching, bytes", lambda cost: f"{cost.fact_bytes / cost.documents:,.0f}"),
        ("ledger when matched, bytes", lambda cost: f"{cost.ledger_bytes / cost.documents:,.0f}"),
        (
            "ledger when matched, bytes a claim",
            lambda cost: f"{cost.ledger_bytes / max(1, cost.claims):,.0f}",
        ),
        ("match, CPU ms a claim", lambda cost: f"{1000 * cost.match_s / max(1, cost.claims):.2f}"),
    )
    lines = [
        f"| a document | {' | '.join(cost.kind for cost in costs)} |",
        f"| --- |{' ---: |' * len(costs)}",
        *(f"| {what} | {' | '.join(show(cost) for cost in costs)} |" for what, show in rows),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=120, help="web pages to measure")
    asked = parser.parse_args(arguments)
    warm_up(KitOrder(None, Settings().max_bytes))
    texts = [(name, text.encode()) for name, text in load_texts()]
    costs = [measure("web page", load_pages(asked.pages)), measure("article on defence", texts)]
    print(format_costs(costs))
    print(f"\nmemory that an input takes while a build knows it: {measure_known():,.0f} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
