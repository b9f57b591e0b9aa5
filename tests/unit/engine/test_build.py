import os
import shutil
import signal
import sqlite3
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from foedus.config import Settings
from foedus.engine import build, kit, match_ledger, open_matched, select_part, steps
from foedus.errors import ConfigError, InputError, LedgerError, Unavailable
from foedus.ledger import Derived, Ledger, Selection, open_ledger
from foedus.model.article import Article
from foedus.model.event import Event
from foedus.model.ids import make_id
from foedus.model.span import Span


@pytest.fixture
def coded(monkeypatch, make_claim, make_article, make_document):
    """Toy stages: a file holds a day and lines, each line is a claim; gives the names that were coded."""
    seen = []

    def read(name, data, *, limits):
        if data.startswith(b"locked"):
            raise InputError("encrypted", "needs a password")
        return make_document(name, data.decode(), digest=make_id("d", data))

    def split(document):
        return (make_article(document.name, 0, spans=(Span(0, len(document.text)),)),)

    def code(document, article, codebook):
        seen.append(document.name)
        start, claims = 0, []
        for line in document.text.splitlines(keepends=True):
            words = line.strip()
            if words == "die":
                os._exit(9)
            if words == "hang":
                time.sleep(60)
            if words == "stop":
                os.kill(os.getpid(), signal.SIGINT)
            if words == "fault":
                raise ValueError("odd")
            slots = {"subject": "\ud800"} if words == "odd" else {}
            claims.append(
                make_claim(
                    document.name,
                    quote=words,
                    start=start,
                    id=make_id("c", document.name, start),
                    confidence=0.9 if words != "unsure" else 0.2,
                    **slots,
                )
            )
            start += len(line)
        return tuple(claims)

    def match(articles, claims, *_):
        groups = {}
        for claim in claims:
            groups.setdefault(claim.quote, []).append(claim)
        return Derived(
            events=tuple(
                Event(
                    make_id("e", *(c.id for c in group)),
                    group[0].type,
                    tuple(c.id for c in group),
                    group[0].actors,
                    quote,
                    None,
                    group[0].status,
                    group[0].stage,
                    len(group),
                )
                for quote, group in groups.items()
            )
        )

    monkeypatch.setattr(steps, "read_document", read)
    monkeypatch.setattr(steps, "split_articles", split)
    monkeypatch.setattr(steps, "code_article", code)
    monkeypatch.setattr(steps, "match_facts", match)
    return seen


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def run(tmp_path):
    def run(*paths, ledger=None, **options):
        settings = Settings(ledger=ledger or tmp_path / "l.db", jobs=options.pop("jobs", 1))
        progress = options.pop("progress", None)
        return build(paths, replace(settings, **options), progress=progress)

    return run


@pytest.fixture
def ask(tmp_path):
    def ask():
        return open_ledger(tmp_path / "l.db")

    return ask


def codes(ledger):
    return [(problem.item, problem.code) for problem in ledger.problems()]


def test_a_build_reads_codes_matches_and_reports(coded, folder, run, ask):
    (folder / "a.txt").write_text("one\ntwo\n")
    (folder / "b.txt").write_text("one\n")
    (folder / "c.txt").write_text("locked\n")
    told = []
    report = run(folder, progress=lambda *step: told.append(step))
    assert (report.documents, report.articles, report.claims, report.problems) == (2, 2, 3, 1)
    assert (report.new, report.changed, report.gone, report.interrupted) == (3, 0, 0, False)
    assert told == [(1, 3, "a.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]
    with ask() as ledger:
        assert ledger.is_matched()
        assert {event.subject: event.sources for event in ledger.iter_events()} == {"one": 2, "two": 1}
        assert codes(ledger) == [("c.txt", "encrypted")]


def test_built_again_only_what_is_new_or_changed_is_done(coded, folder, run, ask):
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"of {name}\n")
    (folder / "locked.txt").write_text("locked\n")
    run(folder)
    coded.clear()
    assert run(folder).new == 0
    assert coded == []
    (folder / "a.txt").write_text("changed\n")
    (folder / "b.txt").unlink()
    (folder / "d.txt").write_text("new\n")
    report = run(folder)
    assert coded == ["a.txt", "d.txt"]
    assert (report.new, report.changed, report.gone, report.documents) == (1, 1, 1, 3)
    with ask() as ledger:
        assert [claim.quote for claim in ledger.iter_claims()] == ["changed", "of b.txt", "of c.txt", "new"]
        assert [known.name for known in ledger.known().values() if known.gone] == ["b.txt"]
    assert run(folder).gone == 0
    (folder / "b.txt").write_text("of b.txt\n")
    coded.clear()
    assert (run(folder).documents, coded) == (4, [])


def test_a_file_that_is_built_alone_says_nothing_about_its_neighbours(coded, folder, run):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("x\n")
    run(folder)
    (folder / "b.txt").unlink()
    assert run(folder / "a.txt").gone == 0
    assert run(folder).gone == 1


def test_another_version_of_codebook_or_limits_reads_everything_again(coded, folder, run, monkeypatch):
    (folder / "a.txt").write_text("x\n")
    run(folder)
    coded.clear()
    report = run(folder, max_bytes=1000)
    assert (coded, report.new, report.changed) == (["a.txt"], 0, 0)
    coded.clear()
    monkeypatch.setattr(kit, "__version__", "9.9")
    kit.load_kit.cache_clear()
    run(folder, max_bytes=1000)
    assert coded == ["a.txt"]
    kit.load_kit.cache_clear()


def test_what_is_too_large_is_told_without_being_read(coded, folder, run, ask, monkeypatch):
    (folder / "big.txt").write_text("x" * 11)
    (folder / "fits.txt").write_text("x" * 10)
    reading = Path.read_bytes

    def watch(self):
        assert self.name != "big.txt"
        return reading(self)

    monkeypatch.setattr(Path, "read_bytes", watch)
    for new in (2, 0):
        assert run(folder, max_bytes=10).new == new
        with ask() as ledger:
            assert codes(ledger) == [("big.txt", "too-large")]
            assert ledger.is_matched()


def test_what_cannot_be_opened_is_told_and_tried_again(coded, folder, run, ask, monkeypatch):
    (folder / "a.txt").write_text("x\n")
    reading = Path.read_bytes

    def deny(self):
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return reading(self)

    monkeypatch.setattr(Path, "read_bytes", deny)
    run(folder)
    with ask() as ledger:
        assert codes(ledger) == [("a.txt", "no-access")]
    monkeypatch.setattr(Path, "read_bytes", reading)
    report = run(folder)
    assert (report.documents, report.new, report.changed, report.problems) == (1, 0, 1, 0)


def test_a_worker_that_dies_costs_one_input_which_is_tried_again(coded, folder, run, ask):
    for name in ("a.txt", "c.txt"):
        (folder / name).write_text("x\n")
    (folder / "b.txt").write_text("die\n")
    assert run(folder, jobs=2).documents == 2
    with ask() as ledger:
        assert ("b.txt", "worker-died") in codes(ledger)
    (folder / "b.txt").write_text("well\n")
    assert run(folder, jobs=2).documents == 3


def test_what_takes_too_long_is_let_be_until_it_may_take_longer(coded, folder, run, ask):
    (folder / "a.txt").write_text("hang\n")
    assert run(folder, jobs=2, item_timeout_s=0.2).problems == 1
    with ask() as ledger:
        assert codes(ledger) == [("a.txt", "too-slow")]
    started = time.monotonic()
    report = run(folder, jobs=2, item_timeout_s=0.2)
    assert (report.new, report.changed, report.problems) == (0, 0, 1)
    report = run(folder, jobs=2, item_timeout_s=0.3)
    assert (report.new, report.changed, report.problems) == (0, 0, 1)
    (folder / "a.txt").write_text("well\n")
    report = run(folder, jobs=2, item_timeout_s=0.3)
    assert (report.documents, report.changed, report.problems) == (1, 1, 0)
    assert time.monotonic() - started < 30


def test_what_the_ledger_refuses_is_told_and_the_rest_is_kept(coded, folder, run, ask):
    (folder / "a.txt").write_text("x\n")
    (folder / "b.txt").write_text("odd\n")
    (folder / "c.txt").write_text("y\n")
    assert run(folder).documents == 2
    with ask() as ledger:
        assert codes(ledger) == [("b.txt", "not-storable")]


def test_a_ledger_that_cannot_be_written_stops_the_build_and_blames_no_input(
    coded, folder, run, ask, monkeypatch
):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"of {name}\n")

    def refuse(self, batch, *, version):
        raise LedgerError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "write_facts", refuse)
        with pytest.raises(LedgerError, match="the disk is full"):
            run(folder)
    with ask() as ledger:
        assert ledger.known() == {}
    assert run(folder).documents == 2


def test_claims_that_another_build_writes_during_matching_are_matched_too(
    coded, folder, run, ask, tmp_path, monkeypatch
):
    for name in ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"):
        (folder / name).write_text(f"of {name}\n")
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.txt").write_text("of z\n")
    waiting = [other]
    reading = Ledger.iter_coded_claims

    def read(self):
        yield from reading(self)
        if waiting:  # the other build comes and goes after this one has read what it matches
            with monkeypatch.context() as patch:
                patch.setattr("foedus.engine.building.match_ledger", lambda ledger: None)
                run(waiting.pop())

    monkeypatch.setattr(Ledger, "iter_coded_claims", read)
    run(folder)
    assert waiting == []
    with ask() as ledger:
        assert ledger.is_matched()
        claims = {claim.id for claim in ledger.iter_claims()}
        assert {claim for event in ledger.iter_events() for claim in event.claims} == claims
        assert len(claims) == 7


def test_an_article_with_a_fault_is_told_and_kept(coded, folder, run, ask):
    (folder / "a.txt").write_text("fault\n")
    report = run(folder)
    assert (report.documents, report.articles, report.claims) == (1, 1, 0)
    with ask() as ledger:
        assert codes(ledger) == [("a.txt", "fault")]


def test_a_failure_of_matching_is_told_and_goes_away_with_its_cause(coded, folder, run, ask, monkeypatch):
    (folder / "a.txt").write_text("x\n")

    def fail(*_):
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(steps, "match_facts", fail)
        report = run(folder)
    assert (report.documents, report.problems) == (1, 1)
    with ask() as ledger:
        assert codes(ledger) == [("(all)", "fault")]
        assert list(ledger.iter_events()) == []
    (folder / "b.txt").write_text("y\n")
    assert run(folder).problems == 0


@pytest.fixture
def ctrl_c():
    """Ctrl-C as in a terminal: a shell starts what runs behind with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_what_is_done_and_the_next_build_does_the_rest(coded, folder, run, ask):
    for name, words in (("a", "one"), ("b", "two"), ("c", "stop"), ("d", "three")):
        (folder / f"{name}.txt").write_text(f"{words}\n")
    report = run(folder)
    assert (report.interrupted, report.documents) == (True, 2)
    with ask() as ledger:
        assert [claim.quote for claim in ledger.iter_claims()] == ["one", "two"]
        assert ledger.is_matched()
        assert len(list(ledger.iter_events())) == 2
    (folder / "c.txt").write_text("well\n")
    coded.clear()
    report = run(folder)
    assert (report.interrupted, report.documents, coded) == (False, 4, ["c.txt", "d.txt"])


def test_the_ledger_in_the_folder_is_no_input(coded, folder, run):
    (folder / "a.txt").write_text("x\n")
    for _ in range(2):
        report = run(folder, ledger=folder / "own.db")
        assert (report.documents, report.problems) == (1, 0)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"missing": True}, ConfigError, "no file or folder"),
        ({"ledger": "{tmp}/none/l.db"}, LedgerError, "no folder"),
        ({"ledger": "{tmp}/in/a.txt"}, LedgerError, "not a Foedus ledger"),
    ],
)
def test_what_cannot_work_stops_before_anything_is_touched(
    coded, folder, run, tmp_path, options, error, message
):
    (folder / "a.txt").write_text("x\n")
    before = sorted(tmp_path.rglob("*"))
    paths = [folder, tmp_path / "none"] if options.pop("missing", False) else [folder]
    options = {key: Path(value.format(tmp=tmp_path)) for key, value in options.items()}
    with pytest.raises(error, match=message):
        run(*paths, **options)
    assert sorted(tmp_path.rglob("*")) == before
    assert (folder / "a.txt").read_text() == "x\n"
    assert coded == []


def test_a_folder_that_moved_is_known_again(coded, folder, run, tmp_path):
    (folder / "a.txt").write_text("x\n")
    run(folder)
    coded.clear()
    folder.rename(tmp_path / "moved")
    report = run(tmp_path / "moved")
    assert (report.documents, report.new, report.gone, coded) == (1, 0, 0, [])
    (tmp_path / "moved" / "a.txt").unlink()
    assert run(tmp_path / "moved").gone == 1


def test_a_name_that_another_file_bears_is_refused(coded, folder, run, tmp_path):
    (folder / "a.txt").write_text("x\n")
    run(folder)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    run(other)  # the same content is the same thing
    (other / "a.txt").write_text("y\n")
    run(other)
    with pytest.raises(ConfigError, match=r'"a\.txt" is already the name of'):
        run(folder)


def test_problems_of_finding_follow_the_folder(coded, folder, run, ask):
    (folder / "a.txt").write_text("x\n")
    (folder / "b.txt").symlink_to("nowhere")
    assert run(folder).problems == 1
    (folder / "b.txt").unlink()
    assert run(folder / "a.txt").problems == 1
    assert run(folder).problems == 0


def test_claims_that_a_build_left_unmatched_are_matched_before_they_are_asked(coded, folder, run, tmp_path):
    (folder / "a.txt").write_text("x\n")
    run(folder)
    with sqlite3.connect(tmp_path / "l.db") as raw:
        raw.execute("UPDATE meta SET value = 'no' WHERE key = 'matched'")
        raw.execute("DELETE FROM events")
    raw.close()
    with open_matched(tmp_path / "l.db") as ledger:
        assert [event.subject for event in ledger.iter_events()] == ["x"]


def test_a_part_is_matched_from_its_own_claims_alone(coded, folder, run, ask, tmp_path):
    (folder / "a.txt").write_text("x\nunsure\n")
    (folder / "b.txt").write_text("x\n")
    run(folder)
    with ask() as ledger:
        assert select_part(ledger, Selection()) is ledger
        assert select_part(ledger, Selection(min_confidence=0.0)) is ledger
    with open_matched(tmp_path / "l.db", Selection(min_confidence=0.5)) as part:
        assert {event.subject: event.sources for event in part.iter_events()} == {"x": 2}
    with ask() as ledger:
        assert {event.subject for event in ledger.iter_events()} == {"x", "unsure"}


def test_a_part_that_cannot_be_matched_is_an_error(coded, folder, run, ask, monkeypatch):
    (folder / "a.txt").write_text("x\nunsure\n")
    run(folder)
    monkeypatch.setattr(steps, "match_facts", lambda *_: 1 / 0)
    with ask() as ledger:
        with pytest.raises(LedgerError, match="ZeroDivisionError"):
            select_part(ledger, Selection(min_confidence=0.5))
        assert len(list(ledger.iter_events())) == 2


def test_matching_gives_texts_of_articles_and_claims_in_order(coded, folder, run, ask, monkeypatch):
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text(f"of {name}\n")
    run(folder)
    given = []
    monkeypatch.setattr(steps, "match_facts", lambda *facts: given.extend(facts) or Derived())
    with ask() as ledger:
        assert match_ledger(ledger) is None
    articles, claims, *_ = given
    assert [(type(article), text) for article, text in articles] == [
        (Article, "of a.txt\n"),
        (Article, "of b.txt\n"),
    ]
    assert [claim.document for claim in claims] == ["a.txt", "b.txt"]


def test_claims_that_come_in_while_the_ledger_is_matched_are_matched_too(
    coded, folder, run, monkeypatch, ledger_address
):
    (folder / "a.txt").write_text("one\n")
    (folder / "b.txt").write_text("two\n")
    match, others = steps.match_facts, [folder / "b.txt"]

    def interrupted(*arguments):
        if others:
            run(others.pop(), ledger=ledger_address)
        return match(*arguments)

    monkeypatch.setattr(steps, "match_facts", interrupted)
    run(folder / "a.txt", ledger=ledger_address)
    with open_ledger(ledger_address) as ledger:
        assert ledger.is_matched()
        assert sorted(event.subject for event in ledger.iter_events()) == ["one", "two"]


@pytest.fixture
def disturb():
    """Counts the statements of this process; makes something happen before the one of a given number, from 1."""
    calls, at, happen = count(1), 0, print

    def look(*_):
        if next(calls) == at:
            happen()

    def disturb(*, step=0, what=print):
        nonlocal calls, at, happen
        gone = next(calls) - 1
        calls, at, happen = count(1), step, what
        return gone

    event.listen(Engine, "before_cursor_execute", look)
    yield disturb
    event.remove(Engine, "before_cursor_execute", look)


def test_a_build_whose_connection_is_cut_anywhere_says_so_and_the_next_one_does_the_rest(
    coded, folder, run, make_ledger_address, server, disturb
):
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"one\nof {number}\n")
    (folder / "5.txt").write_text("locked")

    def dump(address):
        with open_ledger(address) as ledger:
            assert ledger.is_matched()
            return [line for line in ledger.iter_dump() if '"run"' not in line], list(ledger.iter_events())

    plain = make_ledger_address("postgresql")
    disturb()
    run(folder, ledger=plain)
    statements, expected = disturb(), dump(plain)
    assert statements > 40
    said = set()
    for step in range(4, statements, statements // 6):
        address = make_ledger_address("postgresql")
        open_ledger(address).close()
        disturb(step=step, what=lambda name=address.name: server.cut(name))
        try:
            run(folder, ledger=address)
        except Unavailable as error:
            said.add(str(error).partition(":")[0])
        disturb()
        run(folder, ledger=address)
        assert dump(address) == expected
    assert said == {'cannot reach "postgresql'}


def test_a_ledger_that_cannot_be_written_just_now_says_nothing_about_inputs(
    coded, folder, run, ask, monkeypatch
):
    (folder / "a.txt").write_text("one\n")
    write, fails = Ledger.write_facts, [Unavailable("full"), Unavailable("full")]

    def write_facts(self, batch, **options):
        if fails:
            raise fails.pop()
        write(self, batch, **options)

    monkeypatch.setattr(Ledger, "write_facts", write_facts)
    with pytest.raises(Unavailable):
        run(folder)
    fails.append(Unavailable("for a moment"))
    assert run(folder).new == 1
    with ask() as ledger:
        assert codes(ledger) == []
        assert ledger.counts().claims == 1
