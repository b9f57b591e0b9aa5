"""What the programs here read: pages and texts of the folder beside the repository, else of ``sample``."""

import gzip
import html
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample"
CORPORA = ROOT.parent / "shared" / "corpora"
PAGES = ROOT.parent / "shared" / "benchmarks" / "boilerplate" / "pages"

_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")


def load_pages(limit: int = 60) -> list[tuple[str, bytes]]:
    """Names and bytes of HTML pages as served: of the public set *boilerplate*, else of the sample."""
    if PAGES.is_dir():
        paths = [path for path in sorted(PAGES.rglob("*")) if path.is_file()]
    else:
        paths = [path for path in sorted(SAMPLE.iterdir()) if ".html" in path.suffixes]
    chosen = paths[:: max(1, len(paths) // limit)][:limit]
    return [(path.name.removesuffix(".gz"), _load(path)) for path in chosen]


def _load(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def load_texts() -> list[tuple[str, str]]:
    """Names and texts of English articles: of the corpora, else of the sample."""
    folders = [folder for folder in (CORPORA / "seeds", CORPORA / "re3d") if folder.is_dir()]
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))] or list_sample_texts()
    return [(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in paths]


def list_sample_texts() -> list[Path]:
    """The plain texts of the sample that are in English."""
    return [path for path in sorted(SAMPLE.glob("*.txt")) if len(path.suffixes) == 1]


def make_page(title: str, text: str) -> bytes:
    """A plain page that shows a text, a line a paragraph, under a menu and above a footer."""
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return (
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>{html.escape(title)}</title></head>"
        f"<body><nav><a href=/>Home</a> <a href=/about>About</a></nav><article>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def make_variants(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`count` texts: those of the sample again and again, in each copy half of the long words changed about."""
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in list_sample_texts()]
    for number in range(count):
        name, text = texts[number % len(texts)]
        yield f"{number:05}-{name}.txt", _change_words(text, random.Random(seed * 100_003 + number))


def _change_words(text: str, chance: random.Random) -> str:
    pool = _LONG_WORD.findall(text)

    def change(match: re.Match[str]) -> str:
        return chance.choice(pool) if chance.random() < 0.5 else match[0]

    return _LONG_WORD.sub(change, text)
