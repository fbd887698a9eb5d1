"""`make bench`: every module here that has `measure()`, or those named on the command line; one table."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from .timing import table


def modules() -> list[str]:
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if "def measure(" in file.read_text(encoding="utf-8"))
    return [name for name in found if name != "__main__"]


def main(names: list[str]) -> None:
    for name in names or modules():
        for race in import_module(f"benchmarks.{name}").measure():
            print(table(race), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
