import sys
from pathlib import Path

import pytest

from foedus.config import Settings
from foedus.engine import make_engine
from foedus.engine.engines import ENGINES, LocalEngine
from foedus.errors import ConfigError, MissingExtra


def test_the_usual_engine_is_this_machine():
    engine = make_engine(ENGINES[0], Settings(jobs=3))
    assert isinstance(engine, LocalEngine)
    assert (engine.jobs, engine.folders) == (3, ())
    assert make_engine("local", Settings()).jobs >= 1


def test_another_name_is_refused():
    with pytest.raises(ConfigError, match='no engine "spark"; there are local and ray'):
        make_engine("spark", Settings())


@pytest.mark.parametrize("options", [{"address": "a:1"}, {"parts": "p"}])
def test_options_of_a_cluster_go_with_a_cluster(options):
    with pytest.raises(ConfigError, match="go with --engine ray"):
        make_engine("local", Settings(), **options)


@pytest.mark.parametrize("missing", ["ray", "pyarrow"])
def test_without_the_extra_it_is_told_how_to_get_it(monkeypatch, missing):
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, missing, None)
    for name in ("ray_data", "foreman", "parts"):
        monkeypatch.delitem(sys.modules, f"foedus.engine.{name}", raising=False)
    with pytest.raises(MissingExtra, match=r'pip install "foedus\[ray\]"'):
        make_engine("ray", Settings())


def test_parts_lie_beside_the_ledger_or_where_they_are_told(tmp_path, monkeypatch):
    pytest.importorskip("ray", reason="needs the extra ray: pip install -r requirements/ray.txt")
    monkeypatch.chdir(tmp_path)
    engine = make_engine("ray", Settings(ledger=Path("l.db")))
    assert engine.folders == (tmp_path.resolve() / "l.db.parts",)
    assert engine.jobs == 1
    assert make_engine("ray", Settings(), parts="p").folders == (tmp_path / "p",)
