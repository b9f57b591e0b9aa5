"""Ledgers of claims made up for measuring: `made_claims`, each in a document of its own with its words as text."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from foedus.engine.match import match_ledger
from foedus.ledger import Facts, open_ledger
from foedus.model.document import Document
from foedus.model.span import Span
from made_claims import make_claims

_FACTS_AT_ONCE = 5_000


def make_ledger(
    path: Path, count: int, seed: int = 1, *, root: str = "/made", version: str = "-", is_matched: bool = True
) -> None:
    """Write a ledger of `count` claims to `path`, and match it if told so; it looks as if built from `root`."""
    facts = iter_facts(count, seed, root)
    with open_ledger(path) as ledger:
        while part := list(islice(facts, _FACTS_AT_ONCE)):
            ledger.write_facts(part, version=version)
        problem = match_ledger(ledger) if is_matched else None
        if problem is not None:
            raise SystemExit(f"the ledger cannot be matched: {problem.message}")


def iter_facts(count: int, seed: int, root: str) -> Iterator[Facts]:
    """What each of `count` documents says: one article of one claim, its text its own words and nothing else."""
    claims, articles, _ = make_claims(count, seed)
    for number, (claim, article) in enumerate(zip(claims, articles, strict=True)):
        text = f"{claim.quote}. {_make_words(number)}"
        whole = Span(0, len(text))
        yield Facts(
            article.document,
            root,
            sha256(text.encode()).hexdigest(),
            Document(article.document, "text/plain", article.document, text),
            (replace(article, spans=(whole,)),),
            (replace(claim, evidence=Span(0, len(claim.quote))),),
        )


def _make_words(number: int) -> str:
    """Forty words that no other document has, so that none is a copy of another."""
    return " ".join(f"w{number}x{place}" for place in range(40))
