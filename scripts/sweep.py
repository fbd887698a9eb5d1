"""Every plan of the full product: complaints x people x seasons x results of the questionnaire, each held against plain loops.

`python scripts/sweep.py [--minutes N] [--workers N]`, or `make sweep`. What is done stands in `var/sweep/`, by the digest of knowledge and
planner, so that a sweep that was stopped goes on where it was; parts come in a drawn order, so that a part of it is a fair sample.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.planning import sweeping  # noqa: E402 (the root comes first)
from tests.planning.people import ON, people  # noqa: E402

PLANNER = ("planning", "patterns", "kernels", "model")
NICE = 15
"""Whoever else wants the processor comes first."""
SHOWN = 20
"""Faults kept in words of each part."""


Part = tuple[str, str, str]
"""Complaint, person, season."""


def part(complaint: str, who: str, season: str) -> dict:
    """A plan for each result."""
    begun, counts, found = time.process_time(), Counter(), []
    for case in sweeping.every_case(complaint, who, season):
        plan = case.plan()
        wrong = list(sweeping.faults(case, plan))
        counts["plans"] += 1
        counts["pieces"] += len(sweeping.shown_in(plan))
        counts["fillers out of season"] += sweeping.fillers(plan)
        counts["slots said to be empty"] += sum(len(p.unfilled) for p in plan.programmes)
        counts.update(f"fault: {kind}" for kind, _ in wrong)
        found += [f"{kind}: {what} | {case}" for kind, what in wrong]
    return {"part": [complaint, who, season], "seconds": round(time.process_time() - begun, 1), "counts": counts, "faults": found[:SHOWN]}


def digest() -> str:
    """Of the knowledge, the planner and the sweep itself."""
    files = [f for room in PLANNER for f in sorted((ROOT / "tcm_engine" / room).glob("*.py"))]
    files += [
        ROOT / "tests" / "naive_planning.py",
        *(ROOT / "tests" / "planning" / f"{name}.py" for name in ("people", "sweeping", "worlds")),
    ]
    content = b"".join(f.read_bytes() for f in files)
    return sha256(content + sweeping.catalogue().knowledge.digest.encode()).hexdigest()[:16]


def read(file: Path) -> list[dict]:
    """The parts that are done; a line that was cut off does not count."""
    done = []
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            done.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return done


def _step_back() -> None:
    os.nice(max(0, NICE - os.nice(0)))


def run(ahead: list[Part], file: Path, workers: int, until: float) -> None:
    """Take parts until none is left or the time is over; write each down when it is done."""
    file.parent.mkdir(parents=True, exist_ok=True)
    running: set[Future] = set()
    with ProcessPoolExecutor(workers, initializer=_step_back) as pool, file.open("a", encoding="utf-8") as out:
        while ahead or running:
            while ahead and len(running) < workers and time.monotonic() < until:
                running.add(pool.submit(part, *ahead.pop()))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                out.write(json.dumps(future.result(), ensure_ascii=False) + "\n")
                out.flush()


def report(done: list[dict], parts: int) -> bool:
    """Print the counts; whether nothing was found."""
    counts: Counter = sum((Counter(d["counts"]) for d in done), Counter())
    seconds = sum(d["seconds"] for d in done)
    whole = parts * len(sweeping.results())
    sys.stdout.write(f"{len(done)} of {parts} parts, {counts['plans']} of {whole} plans, {seconds:.0f} s of a processor\n")
    if done and len(done) < parts:
        sys.stdout.write(f"the rest takes about {(parts - len(done)) * seconds / len(done) / 60:.0f} minutes of one processor\n")
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"{count:10d}  {name}\n")
    for line in [f for d in done for f in d["faults"]][: 5 * SHOWN]:
        sys.stdout.write(f"{line}\n")
    return not any(name.startswith("fault") for name in counts)


def main() -> int:
    parser = argparse.ArgumentParser(description="Sweep every plan of the full product.")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no part after so many minutes (default: go to the end)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    given = parser.parse_args()
    until = time.monotonic() + 60 * given.minutes
    parts = [(c, who, s) for c in sweeping.catalogue().knowledge.complaints for who in people() if sweeping.may_have(who, c) for s in ON]
    random.Random(1).shuffle(parts)  # noqa: S311 (an order, no secret)
    file = ROOT / "var" / "sweep" / f"{digest()}.jsonl"
    known = {tuple(d["part"]) for d in read(file)}
    run([p for p in parts if p not in known], file, given.workers, until)
    return 0 if report(read(file), len(parts)) else 1


if __name__ == "__main__":
    sys.exit(main())
