"""Our own outlines of the body, for showing where a point lies: `charts.yaml`, read once.

Every chart is given in percent of its frame, as the spots of the points are. All limbs are the right one; the landmarks that people
find a point by (wrist and elbow creases, knee cap, ankle bones, navel, spine) lie where the points' register has them:
12 cun from wrist to elbow are y 20 to 80, the knee is y 15 and the ankle y 88 (on the front of the leg, which shows some thigh, 26
and 88), the navel is the middle of the abdomen. `docs/charts-of-points.md` has the whole table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from .svg import XY

Line = tuple[XY, ...]
_FILE = Path(__file__).parent / "charts.yaml"


@dataclass(frozen=True, slots=True)
class Chart:
    width: float
    height: float
    """Frame, in units of the drawing."""
    outlines: tuple[tuple[Line, bool], ...]
    """Outer lines and whether they are closed; filled with the ground."""
    details: tuple[Line, ...]
    """Inner lines: creases, bones, features; drawn thin."""
    part: float
    """Percent of the height that is shown around a point; long limbs and the whole body are shown in part."""


@cache
def charts() -> Mapping[str, Chart]:
    """Code of a chart, as spots name it -> the chart."""
    entries = YAML(typ="safe").load(_FILE.read_text("utf-8"))
    return MappingProxyType({code: _chart(entry) for code, entry in entries.items()})


def _chart(entry: Mapping[str, Any]) -> Chart:
    outlines = [(_line(line), False) for line in entry.get("open", ())] + [(_line(line), True) for line in entry.get("closed", ())]
    width, height = entry["frame"]
    return Chart(
        float(width), float(height), tuple(outlines), tuple(_line(line) for line in entry.get("details", ())), float(entry["part"])
    )


def _line(text: str) -> Line:
    points = (point.split() for point in text.split(","))
    return tuple((float(x), float(y)) for x, y in points)
