import json
from datetime import date

import pytest

import foedus
from foedus.errors import ConfigError, LedgerError
from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.event import Conflict, Event, Reprint, Slot
from foedus.model.run import BuildReport
from foedus.model.span import Span


@pytest.fixture(scope="module")
def path(tmp_path_factory, make_article, make_claim, make_document):
    made = tmp_path_factory.mktemp("ledger") / "l.db"
    with open_ledger(made) as opened:
        claims = {}
        for name, day in (("a.txt", 1), ("b.txt", 2)):
            article = make_article(name, published=date(2020, 1, day), spans=(Span(0, 10),))
            claims[name] = make_claim(name, when=date(2019, 12, 30 + day - 1), subject="Accord")
            facts = Facts(name, "/in", name, make_document(name), (article,), (claims[name],))
            opened.write_facts([facts], version="1")
        first, second = claims.values()
        event = Event(
            "e-1", first.type, (first.id, second.id), first.actors, "Accord", first.when, first.status, first.stage, 1
        )  # fmt: skip
        conflict = Conflict("x-1", "e-1", Slot.WHEN, ((first.id,), (second.id,)), "Two days.")
        opened.write_derived(Derived((Reprint("b.txt", 0, "a.txt", 0),), (event,), (conflict,)))
    return made


@pytest.fixture
def ledger(path):
    return foedus.open(path)


def test_a_ledger_answers_with_model_values(ledger):
    assert ledger.documents() == ("a.txt", "b.txt")
    assert ledger.document("a.txt").name == "a.txt"
    assert [article.document for article in ledger.articles()] == ["a.txt", "b.txt"]
    assert [article.document for article in ledger.articles(document="b.txt")] == ["b.txt"]
    assert [claim.document for claim in ledger.claims()] == ["a.txt", "b.txt"]
    assert [event.id for event in ledger.events()] == ["e-1"]
    assert ledger.event("e-1").subject == "Accord"
    assert [conflict.note for conflict in ledger.conflicts()] == ["Two days."]
    assert [reprint.document for reprint in ledger.reprints()] == ["b.txt"]
    assert ledger.problems() == ()
    assert ledger.report is None


def test_questions_take_names_words_and_days(ledger):
    assert len(ledger.claims(actor="Norway", dyad=("swe", "NOR"), type="agreement", status="happened")) == 2
    assert len(ledger.claims(first="2019-12-31", last=date(2019, 12, 31))) == 1
    assert ledger.events(actor="Finland") == ledger.events(type="exercise") == ()
    assert len(ledger.events(dyad=("NOR", "SWE"), document="b.txt")) == 1


def test_as_of_a_day_nothing_later_is_known(ledger):
    assert [claim.document for claim in ledger.claims(as_of="2020-01-01")] == ["a.txt"]
    (event,) = ledger.events(as_of="2020-01-01")
    assert (len(event.claims), event.sources) == (1, 1)
    assert ledger.conflicts(as_of="2020-01-01") == ()
    assert ledger.claims(min_confidence=0.95) == ledger.events(min_confidence=0.95) == ()


def test_a_brief_is_text_and_a_file(ledger, tmp_path):
    text = ledger.brief(
        dyad=("Norway", "Sweden"), first="2019-12-01", last="2020-01-31", path=tmp_path / "b.html"
    )
    assert text.startswith("# Defence relations of Norway and Sweden, December 2019 to January 2020\n")
    assert (tmp_path / "b.html").read_text().startswith("<!doctype html>")
    assert "30 December 2019 to 5 January 2020" in ledger.brief(week="2020-01-01")


def test_records_are_exported(ledger, tmp_path):
    ledger.export("events", tmp_path / "e.jsonl")
    assert json.loads((tmp_path / "e.jsonl").read_text())["id"] == "e-1"
    ledger.export("claims", tmp_path / "c.csv", min_confidence=0.95)
    assert (tmp_path / "c.csv").read_text().count("\n") == 1
    ledger.export("claims", tmp_path / "any.txt", format="jsonl")
    assert (tmp_path / "any.txt").read_text().count("\n") == 2


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda ledger: ledger.claims(actor="Norwya"), "Norway"),
        (lambda ledger: ledger.claims(type="party"), "agreement"),
        (lambda ledger: ledger.claims(first="soon"), "2012-10-23"),
        (lambda ledger: ledger.claims(min_confidence=-0.1), "0 to 1"),
        (lambda ledger: ledger.brief(min_confidence=7), "0 to 1"),
        (lambda ledger: ledger.brief(first="2020-01-01"), "both"),
        (lambda ledger: ledger.export("people", "x.csv"), "articles, claims"),
        (lambda ledger: ledger.export("claims", "x.html"), "jsonl or csv"),
    ],
)
def test_a_wrong_argument_is_named(ledger, ask, message):
    with pytest.raises(ConfigError, match=message):
        ask(ledger)


def test_a_missing_ledger_is_told_at_once(tmp_path):
    with pytest.raises(LedgerError, match="foedus build"):
        foedus.open(tmp_path / "none.db")


def test_settings_come_from_the_environment(path, monkeypatch):
    monkeypatch.setenv("FOEDUS_LEDGER", str(path))
    assert foedus.open().documents() == ("a.txt", "b.txt")
    assert repr(foedus.open()) == f"<foedus.Ledger {str(path)!r}>"


def test_building_gives_the_ledger_and_its_report(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    ledger = foedus.build(tmp_path / "in", ledger=tmp_path / "l.db", jobs=1)
    assert (ledger.report.new, ledger.report.problems) == (1, 1)
    assert [problem.code for problem in ledger.problems()] == ["empty"]


def test_ctrl_c_during_a_build_stops_the_caller(tmp_path, monkeypatch):
    from foedus import facade

    report = BuildReport(0, 0, 0, 0, new=0, changed=0, gone=0, seconds=0, interrupted=True)
    monkeypatch.setattr(facade, "run_build", lambda *_, **__: report)
    with pytest.raises(KeyboardInterrupt):
        foedus.build(tmp_path, ledger=tmp_path / "l.db")


def test_there_is_nothing_else_in_the_package():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = foedus.nonsense
