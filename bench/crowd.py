"""Matching what hundreds report in nearly the same words: ``python bench/crowd.py [--variants 20 40 60]``.

The claims of 126 short texts, each again and again in articles of its own, half of the long words of its subject
exchanged. Times are those of the processor; the baseline is the first row: twice the claims should take twice as long.
The peak of memory is the largest so far.
"""

import argparse
import random
import re
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foedus.articles import split_articles
from foedus.codebook import load_codebook
from foedus.coder.code import code_article
from foedus.matching import match_claims
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.read import read_document
from inputs import make_variants

TEXTS = 126
MAX_CHARS = 600
_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")

Coded = tuple[Article, tuple[Claim, ...]]


def code_texts() -> list[Coded]:
    """Articles of the texts with their claims."""
    codebook = load_codebook()
    documents = [read_document(name, text[:MAX_CHARS].encode()) for name, text in make_variants(TEXTS)]
    return [
        (article, code_article(document, article, codebook))
        for document in documents
        for article in split_articles(document)
        if article.language == "en"
    ]


def iter_variants(coded: Sequence[Coded], count: int) -> Iterator[Coded]:
    """Each article `count` times, under names of its own, with subjects changed about."""
    pool = [
        word for _, claims in coded for claim in claims for word in _LONG_WORD.findall(claim.subject or "")
    ]
    for variant in range(count):
        chance = random.Random(variant)
        for number, (article, claims) in enumerate(coded):
            name = f"{variant:04}-{number:03}.txt"
            changed = tuple(
                replace(
                    claim,
                    id=f"c-{variant:04}-{number:03}-{place}",
                    document=name,
                    subject=claim.subject and _change_words(claim.subject, pool, chance),
                )
                for place, claim in enumerate(claims)
            )
            yield replace(article, document=name), changed


def _change_words(text: str, pool: Sequence[str], chance: random.Random) -> str:
    return _LONG_WORD.sub(lambda match: chance.choice(pool) if chance.random() < 0.5 else match[0], text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row a number of variants."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--variants", type=int, nargs="+", default=(20, 40, 60), help="of each article")
    coded = code_texts()
    least = None
    print(
        "| claims | events | CPU s | of the first row, a claim | peak MiB |\n| ---: | ---: | ---: | ---: | ---: |"
    )
    for count in parser.parse_args(arguments).variants:
        variants = list(iter_variants(coded, count))
        claims = [claim for _, some in variants for claim in some]
        began = time.process_time()
        events, _ = match_claims(claims, [article for article, _ in variants], ())
        taken = time.process_time() - began
        least = least or taken / len(claims)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {len(claims):,} | {len(events):,} | {taken:.1f} | {taken / len(claims) / least:.2f} | {peak:.0f} |"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
