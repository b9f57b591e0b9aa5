"""Speed and memory of matching on claims made up for the purpose.

    python bench/matching.py [--claims 100000] [--reports N] [--reprints 20000] [--grow 100] [--seed 1]

Times are those of the processor. Claims are made of invented events between real country codes: each event is
reported by one to twelve articles, or by as many as `--reports` says, with its name and its day now given, now
left out, now misspelt. The baseline is plain grouping by key (type, actors, folded subject), the least that any
matcher must do. Reprints are measured on texts put together from invented words, each second one a shortened
copy; the baseline is folding their words. With `--grow` all claims but so many are put into a ledger file, each
with a text, and matched; then the rest is added and matched in part, copies among the texts included, in
wall-clock time too.
"""

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from foedus.engine.match import match_ledger
from foedus.ledger import Facts, open_ledger
from foedus.matching import find_reprints, match_claims
from foedus.matching.words import fold_words
from foedus.model.article import Article
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.model.span import Span
from made_claims import FIRST_DAY, REPORTS, make_article, make_claims

_FACTS_AT_ONCE = 5_000
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su")


def group_by_key(claims: Sequence[Claim]) -> list[list[str]]:
    """The baseline: claim ids by equal type, actors and subject."""
    groups: dict[object, list[str]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        codes = tuple(sorted(actor.code for actor in claim.actors))
        groups[claim.type, codes, (claim.subject or "").casefold()].append(claim.id)
    return list(groups.values())


def measure_b_cubed(groups: Iterable[Sequence[str]], event_of: Mapping[str, int]) -> float:
    """B-cubed F1 of groups of claims against the events they were made from."""
    sizes = Counter(event_of.values())
    precision = recall = 0.0
    for group in groups:
        for event, count in Counter(event_of[claim] for claim in group).items():
            precision += count * count / len(group)
            recall += count * count / sizes[event]
    return 2 * precision * recall / (precision + recall) / len(event_of)


def make_texts(count: int, seed: int) -> list[tuple[Article, str]]:
    """Texts of about 200 words; each second one a shortened copy of the one before, a week later."""
    chance = random.Random(seed)
    vocabulary = [f"{first}{second}" for first in _SYLLABLES for second in range(300)]
    texts: list[tuple[Article, str]] = []
    sentences: list[str] = []
    for number in range(count):
        if number % 2 == 0:
            sentences = [" ".join(chance.choices(vocabulary, k=chance.randrange(10, 25))) for _ in range(12)]
            kept = sentences
        else:
            kept = [sentence for sentence in sentences if chance.random() < 0.6] or sentences
        article = make_article(f"{number:08}.txt", FIRST_DAY + timedelta(days=number % 5000))
        texts.append((article, ". ".join(kept)))
    return texts


def measure_growth(claims: Sequence[Claim], articles: Sequence[Article], count: int, seed: int) -> None:
    """Print how long it takes to match `count` claims more in a ledger of the others, each with a text of its own."""
    texts = make_texts(len(claims), seed)
    facts = [
        Facts(
            article.document,
            "/",
            article.document,
            Document(article.document, "text/plain", article.document, text),
            (replace(article, spans=(Span(0, len(text)),)),),
            (claim,),
        )
        for claim, article, (_, text) in zip(claims, articles, texts, strict=True)
    ]
    with TemporaryDirectory() as folder, open_ledger(f"{folder}/foedus.db") as ledger:
        for start in range(0, len(facts) - count, _FACTS_AT_ONCE):
            part = facts[start : min(start + _FACTS_AT_ONCE, len(facts) - count)]
            ledger.write_facts(part, version="-")
        started = time.process_time()
        match_ledger(ledger)
        print(f"matching_whole_ledger_cpu_s {time.process_time() - started:.2f}")
        print(f"ledger_mb {Path(folder, 'foedus.db').stat().st_size / 1e6:.0f}")
        ledger.write_facts(facts[-count:], version="-")
        started, cpu = time.perf_counter(), time.process_time()
        match_ledger(ledger)
        print(f"growth_claims {count}")
        print(f"growth_s {time.perf_counter() - started:.2f}")
        print(f"growth_cpu_s {time.process_time() - cpu:.2f}")


def main() -> None:
    """Print one figure a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--reports", type=int, help="articles that tell of each event")
    parser.add_argument("--reprints", type=int, default=20_000)
    parser.add_argument("--grow", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    reports = (chosen.reports,) if chosen.reports else REPORTS
    claims, articles, event_of = make_claims(chosen.claims, chosen.seed, reports)

    started = time.process_time()
    groups = group_by_key(claims)
    baseline_s = time.process_time() - started
    started = time.process_time()
    events, conflicts = match_claims(claims, articles, ())
    matching_s = time.process_time() - started
    print(f"claims {len(claims)}")
    made = {claim.id: event_of[claim.id] for claim in claims}
    print(f"events made {len(set(made.values()))} found {len(events)} groups by key {len(groups)}")
    print(f"b_cubed_f1 {measure_b_cubed([event.claims for event in events], made):.3f}")
    print(f"b_cubed_f1_grouping_by_key {measure_b_cubed(groups, made):.3f}")
    print(f"largest event {max(len(event.claims) for event in events)}")
    print(f"conflicts {len(conflicts)}")
    print(f"matching_cpu_s {matching_s:.2f}")
    print(f"claims_per_cpu_s {len(claims) / matching_s:.0f}")
    print(f"times_grouping_by_key {matching_s / baseline_s:.1f}")

    if chosen.grow:
        measure_growth(claims, articles, chosen.grow, chosen.seed)
    if chosen.reprints:
        texts = make_texts(chosen.reprints, chosen.seed)
        started = time.process_time()
        for _, text in texts:
            fold_words(text)
        baseline_s = time.process_time() - started
        started = time.process_time()
        reprints = find_reprints(texts)
        reprints_s = time.process_time() - started
        print(f"texts {len(texts)} reprints {len(reprints)}")
        print(f"reprints_cpu_s {reprints_s:.2f}")
        print(f"times_folding_words {reprints_s / baseline_s:.1f}")
    print(f"peak_mb {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


if __name__ == "__main__":
    main()
