import json
import sqlite3
from datetime import UTC, date, datetime

import pytest

from foedus.errors import DataFileError, LedgerError
from foedus.ledger import Derived, Facts, open_ledger
from foedus.ledger.migrate import HEAD
from foedus.model.claim import Bound, Quantity
from foedus.model.document import PageData
from foedus.model.judgement import Grade, Reliability
from foedus.model.judgement_records import make_judgement
from foedus.model.run import BuildReport, Problem, Step
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

QUOTE = "Norland and Sudland signed the Accord."


@pytest.fixture
def facts(make_article, make_claim, make_document):
    """A document with every slot filled, a plain one, and one that could not be read."""
    full = make_claim(
        "é.txt",
        quote=QUOTE,
        agents=("Ola",),
        place=("Oslo",),
        via=("Wire",),
        subject="«Törn»\u2028",
        when=When(None, date(2011, 2, 3), Precision.DAY, "by 3 Feb", Basis.INFERRED),
        quantities=(
            Quantity(90, 120.5, None, "launchers", None, True),
            Quantity(2e6, None, "NOK", None, Bound.MIN, False),
        ),
        spans={"when": (Span(0, 3),), "actors": (Span(4, 6), Span(7, 9))},
        confidence=0.8125,
    )
    page = PageData(title="T", published="2011", published_field="meta")
    document = make_document("é.txt", QUOTE, digest="1" * 64, page=page, main=(Span(0, 4),))
    articles = (
        make_article("é.txt", title_span=Span(0, 4), spans=(Span(0, 9),)),
        make_article("é.txt", 1, spans=(Span(9, 12),)),
    )
    problems = (Problem("é.txt", Step.CODE, "language", "not coded"),)
    bad = Facts("c.pdf", "/in", "e", None, problems=(Problem("c.pdf", Step.READ, "empty", "nothing"),))
    plain = make_document("b.txt", "Nothing here.", digest="2" * 64)
    return [
        Facts("é.txt", "/in", "1" * 64, document, articles, (full,), problems),
        Facts("b.txt", "/in", "2" * 64, plain, (make_article("b.txt", spans=(Span(0, 5),)),)),
        bad,
    ]


@pytest.fixture
def write(facts, tmp_path):
    """Writes a ledger with everything that a dump holds; the order of documents as told."""

    def write(name="l.db", order=1):
        path = tmp_path / name
        with open_ledger(path) as ledger:
            number = ledger.begin_run(version="1", jobs=2)
            for item in facts[::order]:
                ledger.write_facts([item], version="1")
            found = [Problem("x", Step.FIND, "hidden", "a"), Problem("w", Step.FIND, "hidden", "a")]
            ledger.write_found_problems(found[::order], root="/in", items=None)
            ledger.add_judgements(
                [make_judgement("A", datetime(2020, 2, 1, tzinfo=UTC), "why", Grade("P", Reliability.B))]
            )
            ledger.mark_gone(["b.txt"])
            ledger.write_derived(Derived())
            ledger.end_run(number, BuildReport(1, 2, 3, 4, 5, 6, 7, 8.0))
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE runs SET started = '2020-01-01', finished = '2020-01-02'")
        raw.close()
        return path

    return write


def dump(path):
    with open_ledger(path, write=False) as ledger:
        return "".join(ledger.iter_dump())


def load(path, text):
    with open_ledger(path) as ledger:
        ledger.load_dump(text.encode().splitlines(keepends=True), "d.jsonl")


def test_a_ledger_comes_back_as_it_was_dumped_to_the_byte(write, tmp_path):
    path = write()
    text = dump(path)
    load(tmp_path / "n.db", text)
    assert dump(tmp_path / "n.db") == text
    with open_ledger(path) as old, open_ledger(tmp_path / "n.db") as new:
        assert not new.is_matched()
        for ask in (
            lambda ledger: list(ledger.iter_claims()),
            lambda ledger: list(ledger.iter_articles()),
            lambda ledger: ledger.document("é.txt"),
            lambda ledger: ledger.problems(),
            lambda ledger: ledger.judgements(),
            lambda ledger: ledger.known(),
        ):
            assert ask(new) == ask(old)
        new.write_derived(Derived())
        assert {flaw.message for flaw in new.check().flaws} == {"the claim stands in no event"}


def test_a_dump_does_not_depend_on_the_order_in_which_a_ledger_was_built(write):
    assert dump(write()) == dump(write("m.db", -1))


def test_the_lines_of_a_dump(write):
    lines = [json.loads(line) for line in dump(write()).split("\n")[:-1]]
    assert lines[0] == {"record": "foedus", "dump": 1, "schema": HEAD}
    assert [line["record"] for line in lines[1:]] == [
        "run", "document", "document", "document", "problem", "problem", "judgement", "end",
    ]  # fmt: skip
    assert [line["name"] for line in lines[2:5]] == ["b.txt", "c.pdf", "é.txt"]
    assert lines[-1] == {"record": "end", "run": 1, "document": 3, "problem": 2, "judgement": 1}


def test_a_ledger_that_holds_something_is_refused(write):
    path = write()
    text = dump(path)
    with pytest.raises(LedgerError, match="holds something already"):
        load(path, text)
    assert dump(path) == text


def edit(kind, **values):
    """Change the last line of a kind."""

    def edit(lines):
        at = max(number for number, line in enumerate(lines) if json.loads(line)["record"] == kind)
        record = json.loads(lines[at])
        for name, value in values.items():
            owner = record
            *path, last = name.split("__")
            for key in path:
                owner = owner[int(key) if key.isdigit() else key]
            if value is KeyError:
                del owner[last]
            else:
                owner[last] = value
        lines[at] = json.dumps(record) + "\n"
        return at + 1

    return edit


def put(at, line):
    def put(lines):
        lines[at] = line
        return at + 1 if at >= 0 else len(lines)

    return put


def cut(count):
    def cut(lines):
        del lines[count:]
        return len(lines)

    return cut


BAD = {
    "no JSON": (put(2, "{\n"), "no JSON"),
    "cut off in a line": (put(-1, '{"record": "en'), "no JSON"),
    "no object": (put(2, "[1]\n"), "no object"),
    "deep": (put(2, "[" * 100_000 + "\n"), "no JSON"),
    "no number": (put(2, '{"record": "run", "id": NaN}\n'), "no number"),
    "an unknown kind": (put(2, '{"record": "party"}\n'), "no kind"),
    "another beginning": (put(0, '{"record": "run"}\n'), "foedus dump"),
    "a newer version": (edit("foedus", dump=2), "newer version"),
    "a newer schema": (edit("foedus", schema="9999"), "newer version"),
    "an older version than the first": (edit("foedus", dump=0), "no version"),
    "cut off between lines": (cut(4), "before its end"),
    "a line too few": (lambda lines: [lines.pop(3), len(lines)][1], "there are 2"),
    "a line twice": (lambda lines: [lines.insert(3, lines[2]), 4][1], "UNIQUE"),
    "something after the end": (lambda lines: [lines.append(lines[1]), len(lines)][1], "after the end"),
    "an unknown key": (edit("document", colour=1), "colour"),
    "a missing key": (edit("document", digest=KeyError), "digest"),
    "a part that is no list": (edit("document", claims={}), "claims"),
    "a part that is missing": (edit("document", articles=KeyError), "articles"),
    "a text that is a number": (edit("document", text=7), '"text" cannot be 7'),
    "a text that is missing": (edit("document", text=None), "some are null"),
    "no name": (edit("document", name=None), '"name" is null'),
    "a word for yes": (edit("document", gone="no"), '"gone" cannot be'),
    "strange page data": (edit("document", page={"colour": "red"}), '"page" cannot be'),
    "places that are words": (edit("document", main=[["a", "b"]]), '"main" cannot be'),
    "a day that is none": (edit("document", articles__0__published_first="soon"), "no day"),
    "a claim of no type": (edit("document", claims__0__type="party"), "party"),
    "a claim of no article": (edit("document", claims__0__article=7), "FOREIGN KEY"),
    "an odd actor": (edit("document", claims__0__actors=[["NOR"]]), '"actors" cannot be'),
    "an actor of no role": (edit("document", claims__0__actors=[["NOR", "boss"]]), "boss"),
    "an odd quantity": (edit("document", claims__0__quantities=[[1, 2]]), '"quantities" cannot be'),
    "half a place": (edit("document", claims__0__evidence_start=0.5), '"evidence_start" cannot be'),
    "a place beyond all": (edit("document", claims__0__evidence_start=2**70), "cannot be stored"),
    "no probability": (edit("document", claims__0__confidence=True), '"confidence" cannot be'),
    "text that cannot be stored": (edit("document", claims__0__subject="\ud800"), "cannot be stored"),
    "a problem of no step": (edit("problem", step="dance"), "dance"),
    "a forged judgement": (edit("judgement", judgement__who="B"), "was it edited"),
    "a judgement without id": (edit("judgement", judgement__id=None), "lacks keys"),
    "a run without number": (edit("run", id="one"), '"id" cannot be'),
}


@pytest.mark.parametrize(("spoil", "message"), BAD.values(), ids=BAD)
def test_a_malformed_line_is_named_and_nothing_is_loaded(write, tmp_path, spoil, message):
    lines = [f"{line}\n" for line in dump(write()).split("\n")[:-1]]
    number = spoil(lines)
    with pytest.raises(DataFileError, match=message) as caught:
        load(tmp_path / "n.db", "".join(lines))
    assert str(caught.value).startswith(f"d.jsonl:{number}: ")
    assert str(caught.value).endswith("nothing was loaded")
    with open_ledger(tmp_path / "n.db") as ledger:
        assert ledger.known() == {}
        assert ledger.judgements() == ledger.problems() == ()
        assert ledger.is_matched()


def test_an_empty_file_is_no_dump(tmp_path):
    with pytest.raises(DataFileError, match="before its end"):
        load(tmp_path / "n.db", "")


def test_what_cannot_be_read_cannot_be_dumped(write):
    path = write()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE claims SET actors = '['")
    raw.close()
    with pytest.raises(LedgerError, match="foedus check"):
        dump(path)
