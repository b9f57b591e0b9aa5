"""Ray clusters of two nodes on this machine, started here; the builds are processes of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from foedus.config import Settings
from foedus.engine import build

pytest.importorskip("ray", reason="needs the extra ray: pip install -r requirements/ray.txt")
import pyarrow as pa
import pyarrow.parquet as pq

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

_STORE_BYTES = 100 * 1024 * 1024
_WAIT_S = 600
_TEXT = (
    "{a} and {b} signed a treaty on border security in Lima on {day} May 2018, the ministry said. "
    "Troops of {a} and {b} will hold a joint exercise in {b} in June 2018. "
    "The defence minister of {a} accused {c} of moving tanks to the border. "
    "{c} denied that it had delivered missiles to {b} in 2017."
)
_STATES = ("Chile", "Peru", "Kenya", "Norway", "Poland", "Turkey", "Japan")


def make_text(number):
    a, b, c = (_STATES[(number + step) % len(_STATES)] for step in (0, 2, 3))
    return _TEXT.format(a=a, b=b, c=c, day=1 + number % 28)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, make_archive, make_page):
    made = tmp_path_factory.mktemp("in")
    for number in range(40):
        (made / f"{number:02}.txt").write_text(make_text(number))
    (made / "nothing.txt").write_text("")
    (made / "odd.bin").write_bytes(b"\x00\x01\x02" * 50)
    archive = make_archive(packed=True)
    for number in range(8):
        archive.add(f"https://a.example/{number}", make_page(number))
    (made / "crawl.warc.gz").write_bytes(bytes(archive))
    rows = {
        "name": [f"row-{number}" for number in range(8)],
        "bytes": [make_text(number + 50).encode() for number in range(8)],
    }
    pq.write_table(pa.table(rows), made / "rows.parquet", row_group_size=3)
    return made


def export(ledger):
    out = ledger.with_suffix(".out")
    words = [sys.executable, "-m", "foedus.cli", "export", "all", "--ledger", str(ledger), "-o", str(out)]
    subprocess.run(words, check=True)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory):
    ledger = tmp_path_factory.mktemp("local") / "l.db"
    build([folder], Settings(ledger=ledger, jobs=1))
    exported = export(ledger)
    assert exported["claims.jsonl"].count(b"\n") > 50
    return exported


@pytest.fixture
def cluster(monkeypatch):
    """A head, which keeps the cluster together, and one node more, a core each."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    options = {"num_cpus": 1, "object_store_memory": _STORE_BYTES, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args=options)
    made.add_node(num_cpus=1, object_store_memory=_STORE_BYTES)
    yield made
    made.shutdown()


def start_build(folder, ledger, *options):
    words = [sys.executable, "-m", "foedus.cli", "build", str(folder), "--ledger", str(ledger)]
    return subprocess.Popen([*words, "--engine", "ray", *options], start_new_session=True)


def find_parts(ledger):
    return sorted(Path(f"{ledger}.parts").glob("*/*/*.parquet"))


def wait_for(found, process, message):
    end = time.monotonic() + _WAIT_S
    while time.monotonic() < end:
        assert process.poll() is None, f"the build ended before {message}"
        if result := found():
            return result
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {message}")


def find_below(pid, word):
    """Processes below one whose command line holds a word."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    below, found = {pid}, []
    for _ in range(6):
        below |= {child for child, parent in parents.items() if parent in below}
    for one in sorted(below):
        with suppress(OSError):
            if word in Path("/proc", str(one), "cmdline").read_bytes().decode(errors="replace"):
                found.append(one)
    return found


def find_foremen(node):
    raylet = node.all_processes["raylet"][0].process.pid
    return find_below(raylet, "foedus.engine.foreman")


def finish(process):
    assert process.wait(_WAIT_S) == 0


def test_a_node_killed_in_the_middle_changes_nothing(cluster, folder, expected, tmp_path):
    ledger = tmp_path / "l.db"
    process = start_build(folder, ledger, "--address", cluster.address)
    node = cluster.worker_nodes.copy().pop()
    wait_for(lambda: find_foremen(node), process, "the node works")
    wait_for(lambda: find_parts(ledger), process, "a part is there")
    had = len(find_parts(ledger))
    cluster.remove_node(node, allow_graceful=False)
    finish(process)
    assert had < len(find_parts(ledger))
    assert export(ledger) == expected


def test_workers_killed_in_the_middle_change_nothing(cluster, folder, expected, tmp_path):
    ledger = tmp_path / "l.db"
    process = start_build(folder, ledger, "--address", cluster.address)
    node = cluster.worker_nodes.copy().pop()
    foremen = wait_for(lambda: find_foremen(node), process, "the node works")
    actors = [
        int(Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[1]) for pid in foremen
    ]
    wait_for(lambda: find_parts(ledger), process, "a part is there")
    for pid in (*actors, *find_foremen(cluster.head_node)):  # an actor on one node, what it has on the other
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    finish(process)
    assert export(ledger) == expected


def test_ctrl_c_keeps_what_is_done_and_parts_are_enough_for_another_ledger(folder, expected, tmp_path):
    ledger = tmp_path / "l.db"
    process = start_build(folder, ledger)
    wait_for(lambda: find_parts(ledger), process, "a part is there")
    process.send_signal(signal.SIGINT)
    assert process.wait(_WAIT_S) == 130
    kept = {path: path.read_bytes() for path in find_parts(ledger)}
    finish(start_build(folder, ledger))
    assert export(ledger) == expected
    assert {path: path.read_bytes() for path in kept} == kept
    ledger.unlink()
    # nothing is left to code: not even a cluster is asked
    finish(start_build(folder, ledger, "--address", "127.0.0.1:1"))
    assert export(ledger) == expected
