"""`make bench`: every module here that has `measure()`, or those named (`make bench ONLY="request files"`); one table in the end."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from .timing import table


def modules() -> list[str]:
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if "def measure(" in file.read_text(encoding="utf-8"))
    return [name for name in found if name != "__main__"]


def main(names: list[str]) -> None:
    """Run them, say on stderr how far it is, print the races."""
    tables = []
    for name in names:
        start = perf_counter()
        tables += [table(race) for race in import_module(f"benchmarks.{name}").measure()]
        print(f"{name}: {perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    heading = f"{'median':>58} {'ratio':>12} {'noise':>6}  goal ({os.cpu_count()} cores)"
    print(heading, *tables, sep="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, in turns, against baselines that are here to read.")
    parser.add_argument("names", nargs="*", choices=[*modules(), []], metavar="MODULE", help=f"of: {', '.join(modules())}; all unless told")
    main(parser.parse_args().names or modules())
