"""The floors of quality: how they are kept, compared and moved. `run.py` measures against them."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from figures import Figures, MeasureError

MARGIN = 0.005
"""A floor lies at least so far below what was measured: other processors round a little differently."""

_STEP = 1000


class Verdict(StrEnum):
    """What a figure is against its floor."""

    HELD = "held"
    BROKEN = "BROKEN"
    CHANGED = "SET CHANGED"
    NEW = "no floor yet"


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on one set.

    Attributes:
        fingerprint: Of the set's files.
        figures: By name; more is better in each.
    """

    fingerprint: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was taken down, or set on other files, and why."""

    set: str
    figure: str
    before: float
    after: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class SetFloors:
    """Floors of one set, and the files that they hold for."""

    fingerprint: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, and the story of those that were lowered, oldest first."""

    sets: Mapping[str, SetFloors] = field(default_factory=dict)
    lowered: tuple[Lowered, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "Floors":
        """The floors of a file; none where there is no file.

        Raises:
            MeasureError: The file is malformed.
        """
        if not path.exists():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            sets = {
                name: SetFloors(
                    one["fingerprint"], {key: float(value) for key, value in one["floors"].items()}
                )
                for name, one in data["sets"].items()
            }
            return cls(sets, tuple(Lowered(**entry) for entry in data["lowered"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MeasureError(f"{path.name} is malformed: {error!r}") from error

    def write(self, path: Path) -> None:
        """Write the floors, the same bytes for the same floors."""
        data = {
            "sets": {
                name: {"fingerprint": one.fingerprint, "floors": dict(sorted(one.floors.items()))}
                for name, one in sorted(self.sets.items())
            },
            "lowered": [
                {
                    "set": entry.set,
                    "figure": entry.figure,
                    "before": entry.before,
                    "after": entry.after,
                    "reason": entry.reason,
                }
                for entry in self.lowered
            ],
        }
        path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure against its floor; a value is None where there was nothing to measure."""

    set: str
    figure: str
    value: float | None
    floor: float | None
    verdict: Verdict


def judge(results: Mapping[str, Result], floors: Floors) -> Iterator[Row]:
    """One row a figure measured, and one a floor without its figure, which is broken."""
    for name, result in results.items():
        kept = floors.sets.get(name)
        wanted = kept.floors if kept is not None else {}
        for figure in dict.fromkeys((*result.figures, *wanted)):
            value, floor = result.figures.get(figure), wanted.get(figure)
            if value is None and floor is None:
                continue
            if kept is not None and kept.fingerprint != result.fingerprint:
                verdict = Verdict.CHANGED
            elif floor is None:
                verdict = Verdict.NEW
            elif value is None or value < floor:
                verdict = Verdict.BROKEN
            else:
                verdict = Verdict.HELD
            yield Row(name, figure, value, floor, verdict)


def raise_floors(floors: Floors, results: Mapping[str, Result]) -> Floors:
    """Floors lifted to what was measured; sets that changed and figures that sank keep theirs."""
    sets = dict(floors.sets)
    for name, result in results.items():
        kept = sets.get(name, SetFloors(result.fingerprint, {}))
        if kept.fingerprint != result.fingerprint:
            continue
        lifted = {
            figure: max(floor, kept.floors.get(figure, floor))
            for figure, floor in _to_floors(result.figures).items()
        }
        sets[name] = SetFloors(kept.fingerprint, {**kept.floors, **lifted})
    return Floors(sets, floors.lowered)


def lower_floors(floors: Floors, results: Mapping[str, Result], reason: str) -> Floors:
    """Floors taken down to what was measured where they are broken, and set anew for sets that changed.

    Floors that hold stay. Each that sinks, or goes, is noted with the reason.
    """
    sets = dict(floors.sets)
    lowered: list[Lowered] = []
    for name, result in results.items():
        kept = sets.get(name)
        if kept is None:
            continue
        measured = _to_floors(result.figures)
        changed = kept.fingerprint != result.fingerprint
        new: dict[str, float] = dict(measured) if changed else dict(kept.floors)
        for figure, floor in kept.floors.items():
            value = result.figures.get(figure)
            if not changed and value is not None and value >= floor:
                continue
            after = measured.get(figure)
            if after is None:
                new.pop(figure, None)
            else:
                new[figure] = after
            if after is None or after < floor:
                lowered.append(Lowered(name, figure, floor, after, reason))
        sets[name] = SetFloors(result.fingerprint, new)
    return Floors(sets, (*floors.lowered, *lowered))


def find_broken(rows: Sequence[Row]) -> list[Row]:
    """Rows that must not stay so."""
    return [row for row in rows if row.verdict in (Verdict.BROKEN, Verdict.CHANGED)]


def _to_floors(figures: Figures) -> dict[str, float]:
    return {
        figure: max(0.0, math.floor((value - MARGIN) * _STEP) / _STEP)
        for figure, value in figures.items()
        if value is not None and value > 0
    }
