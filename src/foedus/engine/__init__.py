"""The order of the steps, and how they are run. `foedus.engine.steps` is the first file to read."""

from foedus.engine.building import Progress, build
from foedus.engine.checking import check
from foedus.engine.dumping import dump, load
from foedus.engine.engines import Engine, make_engine
from foedus.engine.judging import judge
from foedus.engine.match import match_ledger, select_part
from foedus.engine.open import open_matched
from foedus.engine.repairing import repair

__all__ = [
    "Engine",
    "Progress",
    "build",
    "check",
    "dump",
    "judge",
    "load",
    "make_engine",
    "match_ledger",
    "open_matched",
    "repair",
    "select_part",
]
