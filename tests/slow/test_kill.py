"""Builds that are killed at random moments: 40 in the usual run, 200 with ``--slow``; the draws have a fixed seed.

A server process loads the models once and forks a child for each build. Half of the children are killed (``kill -9``)
when they have used a drawn amount of CPU time, half at a drawn statement to the database, since writing takes little of
the time and is where something could break. After each: the ledger opens and is sound, everything that was reported
written is there whole, what people judged too, and finishing the build gives what an undisturbed one gives, to the
byte. The articles were written for these tests.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from foedus.engine import open_matched
from foedus.errors import LedgerError
from foedus.export import pick_format
from foedus.ledger import open_ledger
from foedus.views.interchange import KINDS
from foedus.views.shapes import Records

SEED = 20_260_102
USUAL_KILLS, SLOW_KILLS, CHUNK = 40, 200, 40

OLD = {
    "1-treaty.txt": "Chile and Peru sign treaty\nFoedus Test Wire, 12 March 2018\n\n"
    "Chile and Peru signed a treaty on border security in Lima on Monday, the Chilean Defence Ministry said.\n",
    "2-exercise.txt": "Exercise Amber Plain\nFoedus Test Wire, 3 July 2019\n\n"
    "Kenya and Uganda held the exercise Amber Plain from 24 to 28 June 2019. More than 1,200 troops took part.\n",
    "3-gone.txt": "Talks in Rabat\nFoedus Test Wire, 8 May 2021\n\n"
    "The defence ministers of Morocco and Spain met in Rabat on 7 May 2021.\n",
}
NEW = {
    "1-treaty.txt": "Chile and Peru sign treaty\nFoedus Test Wire, 13 March 2018\n\n"
    "Chile and Peru signed a treaty on border security in Lima on 13 March 2018, the ministry said.\n",
    "4-treaty.txt": "Treaty signed\nAndes Test Post, 14 March 2018\n\n"
    "Chile and Peru signed the treaty on border security on 12 March 2018. Bolivia criticised the treaty.\n",
    "5-exercise.txt": "Amber Plain ends\nLake Test Herald, 1 July 2019\n\n"
    "Kenya and Uganda held the exercise Amber Plain in June 2019. About 900 troops took part.\n",
    "deep/6-empty.txt": "",
}

SERVER = """
import json, os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from foedus.config import Settings
from foedus.engine import build, building, work
from foedus.engine.kit import KitOrder
from foedus.ledger import Ledger

work.warm_up(KitOrder(None, Settings().max_bytes))
print("ready", flush=True)

def run(order):
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    building._BATCH_INPUTS = order["batch"]
    count = 0

    def step(*_):
        nonlocal count
        count += 1
        if count == order["statement"]:
            os.kill(os.getpid(), 9)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, step)
    write = Ledger.write_facts

    def tell(self, batch, *, version):
        write(self, batch, version=version)
        os.write(out, "".join(f"{facts.name}\\n" for facts in batch).encode())

    Ledger.write_facts = tell
    build([order["folder"]], Settings(ledger=Path(order["ledger"]), jobs=order["jobs"]))
    os.write(out, f"(done) {count}\\n".encode())

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            run(json.loads(line))
            os._exit(0)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass
class Ran:
    """How a build ended: its exit status, what it reported, its CPU seconds and statements where it was not killed."""

    status: int
    told: list[str]
    seconds: float = 0.0
    statements: int = 0


class Server:
    """Forks builds from a process that has loaded the models."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._ask() == "ready"

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(60)

    def run(
        self,
        ledger: Path,
        folder: Path,
        *,
        jobs: int = 1,
        batch: int = 1,
        statement: int = 0,
        seconds: float | None = None,
    ) -> Ran:
        """Build; the child dies at a statement, or when it has used so many seconds of CPU."""
        log = ledger.with_name("log")
        log.unlink(missing_ok=True)
        order = {
            "ledger": str(ledger),
            "folder": str(folder),
            "log": str(log),
            "jobs": jobs,
            "batch": batch,
            "statement": statement,
        }
        assert self._process.stdin is not None
        print(json.dumps(order), file=self._process.stdin, flush=True)
        child = int(self._ask())
        used = _kill_after(child, seconds) if seconds is not None else 0.0
        status = int(self._ask())
        told = log.read_text().splitlines() if log.exists() else []
        statements = int(told.pop().split()[1]) if told and told[-1].startswith("(done)") else 0
        return Ran(status, told, used, statements)

    def _ask(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _kill_after(child: int, seconds: float) -> float:
    """Kill a process when it has used so much CPU time; gives what it had used when last seen."""
    clock, used = (~child << 3) | 2, 0.0  # Linux: the clock of another process
    try:
        while (used := time.clock_gettime(clock)) < seconds:
            time.sleep(max(0.0002, min(0.05, seconds - used)))
        os.kill(child, signal.SIGKILL)
    except OSError:  # it was done before
        pass
    return used


@dataclass
class Case:
    """What is built: a ledger to begin with, the folder, and what an undisturbed build makes of them."""

    begun: Path | None
    folder: Path
    before: dict[str, str]
    after: dict[str, str]
    exports: tuple[str, ...]
    seconds: float
    statements: int


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture(scope="module")
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """A ledger that is brought up to date with new, changed and vanished articles, and one that is begun."""
    made = tmp_path_factory.mktemp("cases")
    old, new = made / "old", made / "new"
    for folder, texts in ((old, OLD), (new, {**OLD, **NEW})):
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    (new / "3-gone.txt").unlink()
    begun = made / "begun.db"
    shutil.move(old, made / "articles")
    assert server.run(begun, made / "articles").status == 0
    shutil.rmtree(made / "articles")
    shutil.move(new, made / "articles")
    _judge(begun)
    return [_make_case(server, made, begun), _make_case(server, made, None)]


def _judge(path: Path) -> None:
    from foedus.engine import judge
    from foedus.engine.judging import decide_reject

    with open_ledger(path) as ledger:
        wrong = next(claim for claim in ledger.iter_claims() if claim.document == "2-exercise.txt")
    judge(path, lambda store: [decide_reject(store, wrong.id)], who="A", why="b")


def _make_case(server: Server, made: Path, begun: Path | None) -> Case:
    folder, path = made / "articles", made / f"whole{begun is None}.db"
    before = {}
    if begun is not None:
        shutil.copy(begun, path)
        before = read_dump(path)
    ran = server.run(path, folder, seconds=1e9)
    assert ran.status == 0
    assert len(ran.told) == (4 if begun else 5)
    assert check(path) is True
    return Case(begun, folder, before, read_dump(path), export(path), ran.seconds, ran.statements)


def check(path: Path) -> bool:
    """Whether the ledger is matched; it must be sound."""
    with open_ledger(path, write=False) as ledger:
        found = ledger.check()
    assert found.flaws == ()
    return found.is_matched


def export(path: Path) -> tuple[str, ...]:
    """All exports and the problems of a ledger."""
    chosen, parts = pick_format(Records), []

    class Out(list[str]):
        write = list.append

    with open_matched(path) as ledger:
        for find_records in KINDS.values():
            out = Out()
            chosen.write(find_records(ledger), out)  # type: ignore[arg-type]
            parts.append("".join(out))
        parts.append("\n".join(map(repr, ledger.problems())))
    return tuple(parts)


def read_dump(path: Path) -> dict[str, str]:
    """The lines of a dump by what they are of, runs left out."""
    with open_ledger(path, write=False) as ledger:
        lines = list(ledger.iter_dump())
    found = {}
    for line in lines[1:-1]:
        record = json.loads(line)
        if record["record"] != "run":
            found[record.get("name") or record["record"]] = line
    return found


def _is_gone(line: str) -> Any:
    return json.loads(line)["gone"]


def verify(case: Case, path: Path, ran: Ran) -> None:
    """What must hold of a ledger whose build was killed."""
    if not path.exists() or (case.begun is None and not ran.told and not _has_tables(path)):
        assert case.begun is None
        assert ran.told == []
        return
    check(path)
    found = read_dump(path)
    for name, line in found.items():
        if name in ran.told:
            assert line == case.after[name]
        else:
            wanted = [side[name] for side in (case.before, case.after) if name in side]
            assert line in wanted, name
    assert set(ran.told) <= set(found)
    assert set(case.before) <= set(found)


def _has_tables(path: Path) -> bool:
    try:
        open_ledger(path, write=False).close()
    except LedgerError as error:
        assert "no ledger at" in str(error)
        return False
    return True


def run_kills(first: int, count: int, server: Server, cases: list[Case], folder: Path) -> dict[str, int]:
    """Kill so many builds; each is drawn from the seed and its own number alone."""
    tally = {"by time": 0, "by statement": 0, "again": 0, "nothing written": 0}
    for number in range(first, first + count):
        chance = random.Random(SEED * 1_000_003 + number)
        case = cases[0] if chance.random() < 0.7 else cases[1]
        path = folder / f"{number}" / "l.db"
        by_time = number % 2 == 0
        batch = chance.choice((1, 1, 2, 64))
        jobs = 2 if number % 10 == 1 else 1
        share = chance.random()
        try:
            while True:  # the moments are shares of what another build took: this one may be done before
                shutil.rmtree(path.parent, ignore_errors=True)
                path.parent.mkdir()
                if case.begun is not None:
                    shutil.copy(case.begun, path)
                if by_time:
                    ran = server.run(path, case.folder, batch=batch, seconds=share * case.seconds)
                else:
                    statement = 1 + int(share * case.statements)
                    ran = server.run(path, case.folder, batch=batch, jobs=jobs, statement=statement)
                verify(case, path, ran)
                if ran.status:
                    break
                share *= 0.7
                tally["again"] += 1
            assert ran.status == -signal.SIGKILL
            tally["by time" if by_time else "by statement"] += 1
            tally["nothing written"] += not ran.told
            assert server.run(path, case.folder).status == 0
            assert check(path) is True
            assert export(path) == case.exports
            assert read_dump(path) == case.after
        except (AssertionError, LedgerError) as error:
            error.add_note(f"kill {number}, by {'time' if by_time else 'statement'}: {path}")
            raise
        shutil.rmtree(path.parent)
    return tally


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[dict[str, int]], None]:
    """Prints what was done, seen with ``-rP`` or ``-s``."""
    return lambda tally: print(request.node.name, tally)


def test_builds_that_are_killed_lose_nothing(
    server: Server, cases: list[Case], tmp_path: Path, report: Callable[[dict[str, int]], None]
) -> None:
    assert "consultation" not in cases[0].exports[1] or _is_gone(cases[0].after["3-gone.txt"])
    assert all(part.count("\n") for part in cases[0].exports[:3])
    assert "judgement" in cases[0].after
    tally = run_kills(0, USUAL_KILLS, server, cases, tmp_path)
    report(tally)
    assert tally["by time"] == tally["by statement"] == USUAL_KILLS / 2
    assert tally["nothing written"] <= USUAL_KILLS * 0.7


@pytest.mark.slow
@pytest.mark.parametrize("first", range(USUAL_KILLS, SLOW_KILLS, CHUNK))
def test_many_builds_that_are_killed_lose_nothing(
    first: int, server: Server, cases: list[Case], tmp_path: Path, report: Callable[[dict[str, int]], None]
) -> None:
    report(run_kills(first, CHUNK, server, cases, tmp_path))
