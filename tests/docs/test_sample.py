"""The sample: what `docs/sample/README.md` says of it."""

import importlib.util
import re
from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.read import Member, ReadLimits, find_container, iter_members, read_document

ROOT = Path(__file__).parents[2]
SAMPLE = sorted((ROOT / "sample").iterdir())
DAMAGED = "30-broken-download.pdf"


def read_texts(path: Path) -> list[str]:
    """The text of each document in a file."""
    kind = find_container(path)
    if kind is None:
        return [read_document(path.name, path.read_bytes()).text]
    found = iter_members(path, path.name, kind, ReadLimits())
    return [read_document(one.name, one.data).text for one in found if isinstance(one, Member)]


def test_there_are_thirty_four_inputs_of_every_type() -> None:
    assert len(SAMPLE) == 34
    assert {".txt", ".html", ".md", ".eml", ".pdf", ".docx", ".gz", ".xml"} == {
        path.suffix for path in SAMPLE
    }


@pytest.mark.parametrize(
    "path", [path for path in SAMPLE if path.name != DAMAGED], ids=lambda path: path.name
)
def test_every_page_says_that_it_was_written_for_foedus(path: Path) -> None:
    texts = [" ".join(text.split()) for text in read_texts(path)]
    assert texts
    for text in texts:
        assert re.search(r"written for Foedus|Written for Foedus", text)
        assert re.search(r"not a real|no real", text)


def test_damaged_file_is_told() -> None:
    with pytest.raises(InputError):
        read_document(DAMAGED, (ROOT / "sample" / DAMAGED).read_bytes())


def test_every_file_is_explained() -> None:
    table = (ROOT / "docs" / "sample" / "README.md").read_text(encoding="utf-8")
    explained = set(
        re.findall(r"(?<!\d)\d\d(?!\d)", "".join(re.findall(r"^\| (\d[^|]*)\|", table, re.MULTILINE)))
    )
    plain = {"04", "12", "19", "20", "24"}  # ordinary pages
    assert {path.name[:2] for path in SAMPLE} == explained | plain


def test_binary_files_are_made_from_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("reportlab")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # the script sets it; put back after the test
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "sample" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    make.main(tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 5
    # Bytes may differ between versions of the libraries; what is read from them may not.
    for path in made:
        kept = ROOT / "sample" / path.name
        if path.name == DAMAGED:
            assert path.stat().st_size == kept.stat().st_size
        else:
            assert read_texts(path) == read_texts(kept)
