import socket
from hashlib import sha256

import pytest

from foedus.engine.find import Input
from foedus.engine.kit import KitOrder, load_kit
from foedus.errors import ConfigError
from foedus.ledger import Facts

pytest.importorskip("ray", reason="needs the extra ray: pip install -r requirements/ray.txt")
from foedus.engine import ray_data
from foedus.engine.parts import write_part
from foedus.engine.ray_data import RayEngine

KIT = KitOrder(None, 1024 * 1024)


@pytest.fixture
def todo(tmp_path):
    for name in "ab":
        (tmp_path / name).write_text(f"text of {name}")
    return [Input(name, str(tmp_path), tmp_path / name) for name in "ab"]


@pytest.fixture
def engine(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    return RayEngine(tmp_path / "parts", address=address, jobs=1, timeout_s=60)


def make_facts(item, root="/in", text=None):
    data = text or item.path.read_bytes()
    return Facts(item.name, root, sha256(data).hexdigest(), None)


def test_an_address_that_does_not_answer_is_told(engine, todo):
    with pytest.raises(ConfigError, match=r'no Ray cluster answers at "127.0.0.1:\d+" .*ray start --head'):
        list(engine.run(todo, KIT))


def test_ray_that_does_not_start_is_told(todo, tmp_path, monkeypatch):
    def fail(**_options):
        raise Exception("The current node timed out during startup.")

    monkeypatch.setattr(ray_data.ray, "init", fail)
    here = RayEngine(tmp_path / "parts", address=None, jobs=1, timeout_s=60)
    with pytest.raises(ConfigError, match="Ray cannot be used on this machine: The current node timed out"):
        list(here.run(todo, KIT))


def test_a_connection_that_is_there_is_used_and_left_as_it_is(monkeypatch):
    def fail(**_options):
        raise AssertionError

    monkeypatch.setattr(ray_data.ray, "is_initialized", lambda: True)
    monkeypatch.setattr(ray_data.ray, "init", fail)
    monkeypatch.setattr(ray_data.ray, "shutdown", fail)
    with ray_data._connect("127.0.0.1:1"):
        pass


def test_a_cluster_without_a_machine_for_so_many_processes_is_told(monkeypatch):
    nodes = [
        {"Alive": True, "Resources": {"CPU": 4.0}},
        {"Alive": True, "Resources": {"CPU": 7.0}},
        {"Alive": False, "Resources": {"CPU": 64.0}},
        {"Alive": True, "Resources": {}},
    ]
    monkeypatch.setattr(ray_data.ray, "nodes", lambda: nodes)
    assert [ray_data._count_workers(jobs) for jobs in (1, 2, 5)] == [11, 5, 1]
    with pytest.raises(ConfigError, match="no machine of the cluster has 8 cores, the largest has 7"):
        ray_data._count_workers(8)


def test_parts_that_are_there_are_taken_without_a_cluster(engine, todo, tmp_path):
    write_part(tmp_path / "parts", [make_facts(item) for item in todo], load_kit(KIT).version)
    write_part(tmp_path / "parts", [make_facts(todo[0])], load_kit(KIT).version)
    found = sorted(engine.run(todo, KIT), key=lambda facts: facts.name)
    assert found == [make_facts(item, item.root) for item in todo]


@pytest.mark.parametrize("spoil", ["bytes", "version", "part"])
def test_parts_of_other_bytes_or_versions_are_not_taken(engine, todo, tmp_path, spoil):
    version = load_kit(KIT).version if spoil != "version" else "foedus 0.0.1"
    facts = [make_facts(item, text=b"other" if spoil == "bytes" else None) for item in todo]
    part = write_part(tmp_path / "parts", facts, version)
    if spoil == "part":
        part.path.write_bytes(part.path.read_bytes()[:-9])
    with pytest.raises(ConfigError, match="no Ray cluster answers"):
        list(engine.run(todo, KIT))


def test_nothing_to_do_needs_no_cluster(engine):
    assert list(engine.run([], KIT)) == []
