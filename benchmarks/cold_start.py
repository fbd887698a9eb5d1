"""The command line, started cold: a new process each time, from its start to its end.

What is counted is the processor's time, user and system, of the process: a busy machine stretches the wall's seconds, hardly these.
Modules are compiled to bytecode beforehand and kernels come from their cache, as after set-up and a first run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from knowledge_base import load_instrument

from .timing import Goal, Race, race

ROOT = Path(__file__).parents[1]
FORM = "gbt_46939_2025"
TCM = "from cli import main; main(prog_name='tcm')"


def measure() -> list[Race]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = write_one_person(folder / "one.csv")
        contestants = {
            "python -c pass": _started(folder, "pass"),
            "python -c 'import numba'": _started(folder, "import numba"),
            "tcm --help": _started(folder, TCM, "--help"),
            "tcm score, one person": _started(folder, TCM, "score", "--instrument", FORM, str(one), "-o", str(folder / "scores.csv")),
        }
        goals = {
            "tcm --help": Goal("under 0.3 s of processor", under_s=0.3),
            "tcm score, one person": Goal("under 1.5 s of processor", under_s=1.5),
        }
        return [
            race(
                "Cold start, processor seconds",
                contestants,
                base="python -c 'import numba'",
                repeats=7,
                goals=goals,
                clock=_children_seconds,
            )
        ]


def write_one_person(file: Path) -> Path:
    """A sheet of one woman who answers 2 throughout."""
    items = load_instrument(FORM).items
    answers = ["" if item.sex == "male" else "2" for item in items]
    lines = (("person_id", "sex", *(item.key for item in items)), ("p1", "female", *answers))
    file.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    return file


def _started(folder: Path, code: str, *arguments: str) -> Callable[[], None]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def run() -> None:
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, cwd=ROOT, env=environment)

    return run


def _children_seconds() -> float:
    """User and system time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
