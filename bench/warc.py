"""Reading a web archive of about 1 GB to articles: ``python bench/warc.py [--megabytes N] [--plain] [--jobs N ...]``.

The archive is made of plain pages that show the sample's texts, words changed about, with scripts and styles as pages
have them, and of pictures; it is kept in ``out``. Only finding, reading and splitting into articles is run, each
time in a fresh process. Memory is the peak of the process that holds the archive, and of the largest worker.
"""

import argparse
import io
import random
from collections.abc import Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inputs import ROOT, make_page, make_variants
from timing import run_python

OUT = ROOT / "out"
MEGABYTE = 1_000_000
PAGE_BYTES, PICTURE_BYTES = 60_000, 90_000

_RUN = r"""
import re, resource, sys, time
from functools import partial
from pathlib import Path
from foedus.articles import split_articles
from foedus.engine.find import find_inputs
from foedus.engine.local import run
from foedus.engine.members import load_members, open_containers
from foedus.ledger import Facts
from foedus.read import ReadLimits, read_document

def work(item):
    document = read_document(item.name, item.member.data, given=item.member.given, charset=item.member.charset)
    return Facts(item.name, item.root, item.digest, None, tuple(split_articles(document)))

started = time.monotonic()
found = open_containers(find_inputs([sys.argv[1]]), ReadLimits())
indexed = time.monotonic()
pages = articles = 0
for facts in run(load_members(found.inputs, ReadLimits()), lambda: work, jobs=int(sys.argv[2]), timeout_s=300):
    pages += 1
    articles += len(facts.articles)
ended = time.monotonic()
peak = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 if int(sys.argv[2]) > 1 else 0
print(pages, articles, found.left_out, indexed - started, ended - indexed, peak, worker)
"""


def make_archive(path: Path, size_bytes: int) -> None:
    """Write a packed WARC whose records hold about `size_bytes` before packing, unless it is there."""
    if path.exists():
        return
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        chance = random.Random(1)
        for number, (name, text) in enumerate(make_variants(size_bytes // (PAGE_BYTES + PICTURE_BYTES))):
            url = f"https://bench.example/{number}/{name}"
            _add(writer, url, "text/html; charset=utf-8", _make_heavy(make_page(name, text), chance))
            _add(writer, url + ".jpg", "image/jpeg", chance.randbytes(PICTURE_BYTES))
    unfinished.replace(path)


def _make_heavy(page: bytes, chance: random.Random) -> bytes:
    """A page with a style sheet and scripts in its head, as large as pages are."""
    lines = [
        f"var a{chance.randrange(10**9)}={{b:{chance.randrange(10**9)},c:'{chance.randrange(10**9):x}'}};"
    ]
    while sum(map(len, lines[-1:])) * len(lines) < PAGE_BYTES - len(page):
        lines.append(
            f"var a{chance.randrange(10**9)}={{b:{chance.randrange(10**9)},c:'{chance.randrange(10**9):x}'}};"
        )
    script = "\n".join(lines).encode()
    return page.replace(b"</head>", b"<script>" + script + b"</script></head>", 1)


def _add(writer: WARCWriter, url: str, media_type: str, body: bytes) -> None:
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": "2025-06-01T00:00:00Z"},
    )
    writer.write_record(record)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, one row a number of workers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--plain", action="store_true", help="an archive that is not packed")
    asked = parser.parse_args(arguments)
    path = OUT / f"bench-{asked.megabytes}.warc{'' if asked.plain else '.gz'}"
    make_archive(path, asked.megabytes * MEGABYTE)
    print(f"{path.name}: {path.stat().st_size / MEGABYTE:.0f} MB\n")
    print(
        "| workers | pages | left out | seconds to list | seconds to read | pages/s | peak MiB | worker MiB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for jobs in asked.jobs:
        values = [float(word) for word in run_python(_RUN, path, jobs).split()]
        pages, _, left_out, listing, reading, peak, worker = values
        print(
            f"| {jobs} | {pages:,.0f} | {left_out:,.0f} | {listing:.0f} | {reading:.0f} "
            f"| {pages / reading:.0f} | {peak:.0f} | {worker:.0f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
