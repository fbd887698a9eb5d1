"""A campaign from assessments to one ZIP of plans: seconds and memory a plan, and the whole against its documents made alone.

    python -m benchmarks.campaign [--people 40] [--workers 2]

The whole is what a centre does: the job is asked for, the work process with its lease hands out, keeps each document sealed with its
row, and packs the ZIP. Alone is the same pure function, document after document in one warm process that keeps nothing between two of
them (every part laid out anew). Cold is the same with a process of its own each, knowledge and faces loaded first, measured three times.
Processor seconds are those of all processes; they say more than the clock where others use the machine too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

import psutil

from reports import render
from scripts.drill import FIRST_DAY, synthetic
from tcm_engine.center import Caller, Center
from tcm_engine.center.work import Lease, Order, Pool, Runner, job_progress, request_job
from workbench import kinds, print_plan

COLD = 3
CENTRE = 10_000
"""People a year."""
EVERY_S = 0.1
MB = 1e6


@dataclass
class Meter:
    """Clock, processor seconds and most memory of this process and all below it, from `with` to its end."""

    seconds: float = 0.0
    processor: float = 0.0
    memory: int = 0
    """Bytes, of all processes together; what two share counts once (proportional set size)."""
    _used: dict[int, float] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Meter:
        self._look()
        self._before = dict(self._used)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        self._start = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._start
        self._ended.set()
        self._thread.join()
        self.processor = sum(used - self._before.get(pid, 0.0) for pid, used in self._used.items())

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._look()
            sleep(EVERY_S)
        self._look()

    def _look(self) -> None:
        top, memory = psutil.Process(), 0
        for process in [top, *top.children(recursive=True)]:
            try:
                times = process.cpu_times()
                self._used[process.pid] = times.user + times.system
                memory += process.memory_full_info().pss
            except psutil.Error:
                continue
        self.memory = max(self.memory, memory)


def whole(center: Center, caller: Caller, keys: list[str], workers: int) -> Meter:
    """From asking to the ZIP, with the start of the workers."""
    with Meter() as meter:
        content = {"on": FIRST_DAY.isoformat(), "lang": "zh-Hans"}
        with center.records.write() as db:
            public = request_job(db, center, caller, "archive", content, keys)
        Runner(center, kinds(), partial(Pool, "", workers), Lease(center)).run(once=True)
    found = job_progress(center, caller, public)
    if found.done != len(keys):
        raise RuntimeError(f"{found.done} of {len(keys)} plans are in the ZIP; {found.state} {found.error}")
    return meter


def tasks(center: Center, caller: Caller, keys: list[str]) -> list[bytes]:
    """What each document is made of, for another day than the whole's, so that no plan is there already."""
    prepare = kinds()["plan_pdfs"].prepare
    if prepare is None:
        raise TypeError("plans are prepared")
    on = (FIRST_DAY + timedelta(days=1)).isoformat()
    order = Order(0, "", caller, {"on": on, "lang": "zh-Hans"}, len(keys))
    return [prepare(center, order, key).content for key in keys]


def alone(contents: list[bytes]) -> Meter:
    """One after the other, warm, nothing kept."""
    print_plan(contents[0])
    with Meter() as meter:
        for content in contents:
            render._KEPT.clear()
            print_plan(content)
    return meter


def cold(contents: list[bytes]) -> Meter:
    """A process each."""
    with Meter() as meter:
        for content in contents[:COLD]:
            process = multiprocessing.get_context("spawn").Process(target=print_plan, args=(content,))
            process.start()
            process.join()
    return meter


def said(name: str, meter: Meter, plans: int) -> str:
    seconds, processor = meter.seconds / plans, meter.processor / plans
    return f"{name:32} a plan {seconds:8.2f} s, {processor:6.2f} s of a processor; {meter.memory / MB:6.0f} MB at most"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.campaign", description="A campaign from assessments to one ZIP of plans.")
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        center, caller, keys = synthetic(Path(place), given.people)
        contents = tasks(center, caller, keys)
        report(whole(center, caller, keys, given.workers), alone(contents), cold(contents), given.people)
        center.records.close()


def report(all_of_it: Meter, by_one: Meter, by_process: Meter, people: int, out: Callable[[str], object] = print) -> None:
    out(said("the whole, with its ZIP", all_of_it, people))
    out(said("each alone, warm, nothing kept", by_one, people))
    out(said("each alone, a process each", by_process, min(COLD, people)))
    ratio = all_of_it.seconds / by_one.seconds, all_of_it.processor / by_one.processor
    cold_s = by_process.processor / min(COLD, people) * people
    out(f"whole / sum of its documents alone: {ratio[0]:.2f} by the clock, {ratio[1]:.2f} by processor")
    out(f"whole / sum of its documents cold:  {all_of_it.processor / cold_s:.2f} by processor")
    hours = all_of_it.seconds / people * CENTRE / 3600
    out(f"{CENTRE} people at this pace: {hours:.1f} h (the start of the workers counted {CENTRE // people} times)")


if __name__ == "__main__":
    main()
