"""Main text and dates of web pages beside the peers', in one run: ``python eval/pages.py [boilerplate] [pubdate]``.

*boilerplate*: the main text from a page's HTML (``f1``), from the same page flattened to plain text
(``flat_f1``), and trafilatura's (``trafilatura_f1``). *pubdate*: the day from the HTML (``f1``), Foedus without
htmldate's guess where it trusts none (``alone_f1``), and htmldate's (``htmldate_f1``). ``lead`` is how far
Foedus's F1 lies above the peer's.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import htmldate
import trafilatura
from lxml.html import HtmlElement

import boilerplate
import pubdate
from figures import Figures, MeasureError, parse_figures, run_program
from foedus.errors import InputError
from foedus.read import read_document
from predict import BENCHMARK_FOLDER, load_records

# What a browser does not show, and what it sets on lines of its own (HTML standard, section 15, rendering).
_HIDDEN = frozenset(["script", "style", "noscript", "template", "head", "svg", "textarea"])
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "iframe",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACE = re.compile(r"\s+")

Predict = Callable[[dict[str, Any], bytes], dict[str, Any]]


def flatten(page: HtmlElement) -> str:
    """A page as scrapers leave it: tags dropped, every line kept, menus and footers with the rest."""
    pieces: list[str] = []
    # By hand and not by calls: pages nest deeper than Python's stack.
    waiting: list[HtmlElement | str] = [page]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if not isinstance(item.tag, str) or item.tag in _HIDDEN:
            continue
        mark = "\n" if item.tag in _BLOCKS else ""
        pieces += [mark, _SPACE.sub(" ", item.text or "")]
        waiting.append(mark)
        for child in reversed(item):
            waiting += [_SPACE.sub(" ", child.tail or ""), child]
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def measure_boilerplate(folder: Path = BENCHMARK_FOLDER) -> Figures:
    """Figures of Foedus on HTML and on flattened pages, and of trafilatura."""
    html = _score("boilerplate", lambda record, data: _to_text(record, read_or_none(record, data)), folder)
    flat = _score("boilerplate", _predict_flat, folder)
    peer = _score(
        "boilerplate", lambda record, data: {"id": record["id"], "text": trafilatura.extract(data)}, folder
    )
    return {
        **html,
        "flat_f1": flat["f1"],
        "trafilatura_f1": peer["f1"],
        "lead": _difference(html["f1"], peer["f1"]),
    }


def measure_pubdate(folder: Path = BENCHMARK_FOLDER) -> Figures:
    """Figures of Foedus with and without htmldate's guess, and of htmldate."""
    home = folder / "pubdate"

    def ask(guess: bool) -> Predict:
        return lambda record, _: next(iter(pubdate.predict([record], home, guess=guess)))

    ours, alone = _score("pubdate", ask(True), folder), _score("pubdate", ask(False), folder)
    peer = _score("pubdate", _ask_htmldate, folder)
    return {
        **ours,
        "alone_f1": alone["f1"],
        "htmldate_f1": peer["f1"],
        "lead": _difference(ours["f1"], peer["f1"]),
    }


MEASURES: dict[str, Callable[[], Figures]] = {
    "boilerplate": measure_boilerplate,
    "pubdate": measure_pubdate,
}


def read_or_none(record: dict[str, Any], data: bytes) -> Any:
    """A page as read, or None where nothing can be read of it."""
    try:
        return read_document(record["file"], data)
    except InputError:
        return None


def _to_text(record: dict[str, Any], document: Any) -> dict[str, Any]:
    return {"id": record["id"], "text": "" if document is None else boilerplate.to_main_text(document)}


def _predict_flat(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    page = trafilatura.load_html(data)
    text = "" if page is None else flatten(page)
    return _to_text(record, read_or_none({"file": f"{record['id']}.txt"}, text.encode()))


def _ask_htmldate(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    day = htmldate.find_date(data, extensive_search=True, original_date=True)
    return {"id": record["id"], "date": day}


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _score(name: str, predict: Predict, folder: Path) -> Figures:
    """What the benchmark's scorer says of predictions for its development part, answers taken out before."""
    home = folder / name
    labelled = home / "dev.jsonl"
    if not labelled.is_file():
        raise MeasureError(f"no {labelled}: the public benchmarks are not part of the repository")
    with tempfile.TemporaryDirectory(prefix="foedus-eval-") as place:
        asked, said = Path(place, "input.jsonl"), Path(place, "predictions.jsonl")
        asked.write_bytes(run_program(folder / "inputs.py", name, labelled))
        with said.open("w", encoding="utf-8") as file:
            for record, data in _iter_pages(asked, home):
                file.write(json.dumps(predict(record, data), ensure_ascii=False) + "\n")
        return parse_figures(run_program(home / "score.py", labelled, said).decode())


def _iter_pages(asked: Path, home: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for record in load_records(asked):
        data = (home / record["file"]).read_bytes()
        yield record, gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print, a figure a line; exit status 2 where a set cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"all unless named: {', '.join(MEASURES)}")
    chosen = parser.parse_args(arguments).sets or list(MEASURES)
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    try:
        for name in chosen:
            for figure, value in MEASURES[name]().items():
                print(f"{name} {figure} {'n/a' if value is None else f'{value:.4f}'}")
    except MeasureError as error:
        print(f"pages.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
