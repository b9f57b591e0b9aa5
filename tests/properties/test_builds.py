"""A ledger says the same however it was built. The articles below were written for this test."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.pool import Pool

from foedus.config import Settings
from foedus.engine import build, building, engines, open_matched, work
from foedus.errors import LedgerError, Unavailable
from foedus.export import pick_format
from foedus.ledger import open_ledger, store
from foedus.views.interchange import KINDS
from foedus.views.shapes import Records

HEAD = "{title}\nFoedus Test Wire, {day}\n\n"
TREATY = (
    "Chile and Peru signed a treaty on border security in Lima on Monday, the Chilean Defence Ministry said. "
    "The treaty provides for joint patrols from 2019. Peru's defence minister called it a milestone."
)
ARTICLES = {
    "1-treaty.txt": ("Chile and Peru sign border security treaty", "12 March 2018", TREATY),
    "2-exercise.txt": (
        "Kenya and Uganda hold exercise Amber Plain",
        "3 July 2019",
        "Kenya and Uganda held the military exercise Amber Plain in Nakuru from 24 to 28 June 2019. "
        "More than 1,200 troops took part. Tanzania plans to join the exercise next year, an official said.",
    ),
    "deep/3-arms.txt": (
        "Indonesia to buy patrol aircraft from South Korea",
        "20 November 2020",
        "Indonesia will buy six patrol aircraft from South Korea for about USD 240 million, the two "
        "governments announced on Friday. Deliveries are to begin in 2023. Malaysia criticised the purchase.",
    ),
    "4-reprint.txt": ("Chile, Peru sign treaty", "13 March 2018", TREATY),
    "5-talks.txt": (
        "Defence ministers of Morocco and Spain meet",
        "8 May 2021",
        "The defence ministers of Morocco and Spain met in Rabat on 7 May 2021 and discussed joint naval "
        "training. Spain rejected a proposal to open its base to other fleets.",
    ),
}
OTHERS = {"6-empty.txt": b"", "7-binary.bin": bytes(range(256)) * 8}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("articles")
    for name, (title, day, body) in ARTICLES.items():
        path = made / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD.format(title=title, day=day) + body + "\n")
    for name, data in OTHERS.items():
        (made / name).write_bytes(data)
    (made / "8-copy.txt").write_bytes((made / "5-talks.txt").read_bytes())
    return made


def run(path, *paths, jobs=1, progress=None):
    return build(paths, Settings(ledger=path, jobs=jobs), progress=progress)


def export(path):
    """All exports and the problems of a ledger, as one text."""
    chosen = pick_format(Records)
    parts = []

    class Out(list):
        write = list.append

    with open_matched(path) as ledger:
        for find_records in KINDS.values():
            out = Out()
            chosen.write(find_records(ledger), out)
            parts.append("".join(out))
        parts.append("\n".join(map(repr, ledger.problems())))
    return tuple(parts)


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "l.db"
    run(path, folder)
    return export(path)


def test_there_is_something_to_compare(expected):
    articles, claims, events, _, problems = (part.count("\n") for part in expected)
    assert articles == 6
    assert claims >= 6
    assert events >= 4
    assert problems == 2
    assert "duplicate" in expected[4]
    assert '"reprint_of": {"document": "1-treaty.txt", "article": 0}' in expected[0]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_jobs_do_not_matter(folder, tmp_path, expected, jobs):
    run(tmp_path / "l.db", folder, jobs=jobs)
    assert export(tmp_path / "l.db") == expected


PLAIN = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PLAIN
@given(chance=st.randoms(use_true_random=False))
def test_the_order_in_which_inputs_are_done_does_not_matter(folder, tmp_path_factory, expected, chance):
    path = tmp_path_factory.mktemp("order") / "l.db"
    plain = engines.run

    def shuffled(items, *rest, **named):
        results = list(plain(items, *rest, **named))
        chance.shuffle(results)
        yield from results

    engines.run = shuffled
    try:
        run(path, folder)
    finally:
        engines.run = plain
    assert export(path) == expected


@PLAIN
@given(
    order=st.permutations([*ARTICLES, *OTHERS, "8-copy.txt"]),
    cuts=st.sets(st.integers(1, 7), max_size=3),
)
def test_one_build_or_several_as_files_come_in_does_not_matter(
    folder, tmp_path_factory, expected, order, cuts
):
    made = tmp_path_factory.mktemp("parts")
    path, grown = made / "l.db", made / "grown"
    for start, end in pairwise([0, *sorted(cuts), len(order)]):
        for name in order[start:end]:
            target = grown / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((folder / name).read_bytes())
        run(path, grown)
    assert export(path) == expected


def test_what_stood_in_the_ledger_before_does_not_matter(folder, tmp_path, expected):
    grown = tmp_path / "grown"
    shutil.copytree(folder, grown)
    (grown / "1-treaty.txt").write_text("Kenya and Peru signed a secret pact on 1 May 1999.")
    run(tmp_path / "l.db", grown)
    assert export(tmp_path / "l.db") != expected
    shutil.copy(folder / "1-treaty.txt", grown / "1-treaty.txt")
    run(tmp_path / "l.db", grown)
    assert export(tmp_path / "l.db") == expected


@pytest.mark.parametrize("after", range(1, 9))
def test_a_build_that_is_stopped_anywhere_is_resumed(folder, tmp_path, expected, after):
    def stop(done, _total, _name):
        if done == after:
            raise KeyboardInterrupt

    assert run(tmp_path / "l.db", folder, progress=stop).interrupted
    with open_ledger(tmp_path / "l.db") as ledger:
        assert len(ledger.known()) == after
    report = run(tmp_path / "l.db", folder)
    assert (report.new, report.interrupted) == (8 - after, False)
    assert export(tmp_path / "l.db") == expected


KILLED = """
import os, signal, sys
from pathlib import Path
from foedus.config import Settings
from foedus.engine import build, building

building._BATCH_INPUTS = 1

def stop(done, total, name):
    if done == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

build([sys.argv[1]], Settings(ledger=Path(sys.argv[2]), jobs=int(sys.argv[3])), progress=stop)
"""


@pytest.mark.parametrize(("jobs", "after"), [(1, 3), (2, 5)])
def test_a_build_that_is_killed_keeps_what_was_done_and_leaves_no_worker(
    folder, tmp_path, expected, jobs, after
):
    path = tmp_path / "l.db"
    words = [sys.executable, "-c", KILLED, str(folder), str(path), str(jobs), str(after)]
    with subprocess.Popen(words, start_new_session=True) as process:
        assert process.wait(120) == -signal.SIGKILL
        for _ in range(100):
            if not is_alive(process.pid):
                break
            time.sleep(0.1)
        assert not is_alive(process.pid)
    with open_ledger(path) as ledger:
        assert len(ledger.known()) == after
        assert not ledger.is_matched()
    run(path, folder)
    assert export(path) == expected


def check(path):
    """Whether the ledger is matched; it must be sound."""
    with open_ledger(path, write=False) as ledger:
        found = ledger.check()
    assert found.flaws == ()
    return found.is_matched


def test_a_built_ledger_is_sound(folder, tmp_path):
    run(tmp_path / "l.db", folder)
    assert check(tmp_path / "l.db")


@contextmanager
def room_for(pages):
    """Let no ledger grow beyond so many pages of 4 KiB, as a full disk would."""

    def limit(raw, _record):
        raw.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)


@pytest.mark.parametrize("short", [1, 2, 3, 4])
def test_a_full_disk_stops_a_build_and_nothing_is_lost(folder, tmp_path, expected, monkeypatch, short):
    monkeypatch.setattr(building, "_BATCH_INPUTS", 1)
    run(tmp_path / "undisturbed.db", folder)
    needed = (tmp_path / "undisturbed.db").stat().st_size // 4096
    path = tmp_path / "l.db"
    open_ledger(path).close()
    assert needed - short >= path.stat().st_size // 4096
    with room_for(needed - short), pytest.raises(LedgerError, match="full; make room"):
        run(path, folder)
    check(path)
    with open_ledger(path) as ledger:
        assert all(problem.code != "not-storable" for problem in ledger.problems())
    run(path, folder)
    assert export(path) == expected
    assert check(path)


def test_a_disk_that_is_really_full_stops_a_build_and_nothing_is_lost(folder, tmp_path, expected):
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=420k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("small disks cannot be mounted here")
    try:
        with pytest.raises(LedgerError, match="full|I/O"):
            run(disk / "l.db", folder)
        subprocess.run(["mount", "-o", "remount,size=16m", str(disk)], check=True)
        run(disk / "l.db", folder)
        assert export(disk / "l.db") == expected
        assert check(disk / "l.db")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_clock_that_jumps_back_does_not_matter(folder, tmp_path, expected, monkeypatch):
    from foedus.ledger import store

    years = count(2040, -3)

    class Clock:
        @staticmethod
        def now(zone):
            return datetime(next(years), 1, 1, tzinfo=zone)

    monkeypatch.setattr(store, "datetime", Clock)
    for name in ("2-exercise.txt", ""):
        run(tmp_path / "l.db", folder / name)
    assert next(years) <= 2028
    assert export(tmp_path / "l.db") == expected
    assert check(tmp_path / "l.db")


def build_now(path, folder, barrier, batch):
    building._BATCH_INPUTS = batch
    barrier.wait(60)
    run(path, folder)


@pytest.mark.skipif(sys.platform != "linux", reason="forks, to start both at one moment")
@pytest.mark.parametrize(
    ("kind", "batches"),
    [("sqlite", (1, 1)), ("sqlite", (1, 64)), ("sqlite", (2, 3)), ("postgresql", (1, 1))],
)
def test_two_builds_at_once_make_one_right_ledger(folder, make_ledger_address, expected, kind, batches):
    work.warm_up(building_order())
    fork = multiprocessing.get_context("fork")
    barrier, path = fork.Barrier(2), make_ledger_address(kind)
    both = [fork.Process(target=build_now, args=(path, folder, barrier, batch)) for batch in batches]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    check(path)
    assert export(path) == expected
    assert check(path)


def building_order():
    from foedus.engine.kit import KitOrder

    return KitOrder(None, Settings().max_bytes)


BUILT_ELSEWHERE = """
import locale, sys, time
from pathlib import Path
from foedus.config import Settings
from foedus.engine import build

time.tzset()
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass  # not every machine has it
build([sys.argv[1]], Settings(ledger=Path(sys.argv[2]), jobs=1))
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_locale_time_zone_and_hash_seed_do_not_matter(folder, tmp_path, expected, surroundings):
    path = tmp_path / "l.db"
    words = [sys.executable, "-c", BUILT_ELSEWHERE, str(folder), str(path)]
    subprocess.run(words, check=True, env={**os.environ, **surroundings})
    assert export(path) == expected


def test_a_dump_of_a_built_ledger_loads_to_the_same(folder, tmp_path, expected):
    from foedus.engine import dump, load

    path, loaded, files = tmp_path / "l.db", tmp_path / "n.db", [tmp_path / "1", tmp_path / "2"]
    run(path, folder)
    for ledger, file in zip((path, loaded), files, strict=True):
        with file.open("w", encoding="utf-8", newline="") as out:
            dump(ledger, out)
        if not loaded.exists():
            load(file, loaded)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert export(loaded) == expected
    assert check(loaded)
    report = run(loaded, folder)
    assert (report.new, report.changed) == (0, 0)


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_ledger_on_a_server_says_the_same(folder, make_ledger_address, expected, jobs):
    address = make_ledger_address("postgresql")
    assert run(address, folder, jobs=jobs).new == 8
    assert export(address) == expected
    assert run(address, folder, jobs=jobs).new == 0
    assert export(address) == expected


@pytest.fixture
def cut_in(monkeypatch):
    """Makes something happen before the given call, counted from 1, of a function of the store."""

    def cut_in(name, call, happen):
        plain = getattr(store, name)
        calls = count(1)

        def disturbed(*arguments):
            if next(calls) == call:
                happen()
            return plain(*arguments)

        monkeypatch.setattr(store, name, disturbed)

    monkeypatch.setattr(building, "_BATCH_INPUTS", 1)
    return cut_in


@pytest.mark.parametrize("call", [1, 4, 8])
def test_a_connection_that_is_cut_while_inputs_are_kept_costs_nothing(
    folder, server, make_ledger_address, expected, cut_in, call
):
    address = make_ledger_address("postgresql")
    cut = []
    cut_in("_insert_parts", call, lambda: cut.append(server.cut(address.name)))
    assert run(address, folder).new == 8
    assert cut == [1]
    assert export(address) == expected


@pytest.mark.parametrize(("name", "call"), [("_insert_parts", 4), ("write_listing", 1)])
def test_a_build_whose_server_is_stopped_loses_nothing_that_was_done(
    folder, server, make_ledger_address, expected, cut_in, name, call
):
    address = make_ledger_address("postgresql")
    done = []
    cut_in(name, call, server.stop)
    try:
        with pytest.raises(Unavailable, match="what was reported as done is kept"):
            run(address, folder, progress=lambda *told: done.append(told[2]))
    finally:
        server.start()
    with open_ledger(address) as ledger:
        assert set(done) == set(ledger.known())
        assert not ledger.is_matched()
    assert run(address, folder).new == 8 - len(done)
    assert export(address) == expected
