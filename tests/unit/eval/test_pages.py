"""Pages flattened to plain text."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from lxml import html

EVAL = Path(__file__).resolve().parents[3] / "eval"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVAL))
    return importlib.import_module("pages")


def test_every_line_of_a_page_is_kept_and_no_tag(pages: ModuleType) -> None:
    page = html.document_fromstring(
        "<html><head><title>Not shown</title></head><body><ul><li>Home<li>News</ul>Loose"
        "<script>let a;</script><p>The <b>two</b>\n armies<br>met.</p>tail<!-- no --></body></html>"
    )
    assert pages.flatten(page) == "Home\nNews\nLoose\nThe two armies\nmet.\ntail"


def test_deep_nesting_is_no_trouble(pages: ModuleType) -> None:
    page = html.Element("body")
    inner = page
    for _ in range(20_000):
        inner = html.etree.SubElement(inner, "div")
    inner.text = "deep"
    assert pages.flatten(page) == "deep"
