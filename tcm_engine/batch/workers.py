"""Plans made by several processes.

They are forked when everything is loaded and compiled, and so share it: no time to start, little memory each (docs/decisions). Ctrl-C
reaches the first process alone, which lets the others finish what they have in hand; if it is killed, they end by themselves.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from threading import Thread

from .bench import Bench, NotMade
from .manifest import Made
from .plan_task import PlanTask

MOST_WORKERS = 8
AHEAD = 2
"""Tasks handed out per process: one in hand, one waiting."""
DIED = "the process died"
Job = tuple[PlanTask, str]
"""A task and the name of its file."""

COLLECT_EVERY = 4
"""Documents after which a process looks for garbage everywhere: layouts are large, cyclic and old by then, and nobody else would."""

_done = count(1)
_benches: list[Bench] = []
"""The one bench of a process of the pool; put there when it begins."""


def usual_workers() -> int:
    """One for each processor this process may use, at most eight; none where forking is not safe, since system libraries forbid it."""
    if sys.platform != "linux":
        return 0
    return min(len(os.sched_getaffinity(0)), MOST_WORKERS)


def make_all(bench: Bench, jobs: Iterable[Job], workers: int) -> Generator[Made | NotMade, None, None]:
    """What became of each job, in the order in which they end. Closing the generator lets the jobs in hand end and drops the rest.

    `workers`: number of processes; 0 for none but this one.
    """
    if workers == 0:
        yield from (bench.make(task, file) for task, file in jobs)
        return
    jobs = iter(jobs)
    while True:
        orphans: list[Job] = []
        yield from _until_broken(bench, jobs, workers, orphans)
        if not orphans:
            return
        for job in orphans:
            yield _alone(bench, job)


def _until_broken(bench: Bench, jobs: Iterator[Job], workers: int, orphans: list[Job]) -> Iterator[Made | NotMade]:
    """Work with one pool until no job is left, or until a process dies; then `orphans` receives what was in hand."""
    waiting: dict[Future[Made | NotMade], Job] = {}
    pool = _pool(bench, workers)
    try:
        for job in jobs:
            try:
                waiting[pool.submit(_make, *job)] = job
            except BrokenProcessPool:
                orphans.append(job)
                break
            if len(waiting) >= AHEAD * workers:
                yield from _ended(waiting, orphans)
            if orphans:
                break
        while waiting:
            yield from _ended(waiting, orphans)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ended(waiting: dict[Future[Made | NotMade], Job], orphans: list[Job]) -> Iterator[Made | NotMade]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        job = waiting.pop(future)
        try:
            yield future.result()
        except BrokenProcessPool:
            orphans.append(job)


def _alone(bench: Bench, job: Job) -> Made | NotMade:
    """One job in a process of its own, so that it can harm no other."""
    with _pool(bench, 1) as pool:
        try:
            return pool.submit(_make, *job).result()
        except BrokenProcessPool:
            return NotMade(job[0].row, job[0].person_id, DIED)


def _pool(bench: Bench, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _begin, (bench,))


def _begin(bench: Bench) -> None:
    _benches[:] = [bench]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(task: PlanTask, file: str) -> Made | NotMade:
    made = _benches[0].make(task, file)
    if next(_done) % COLLECT_EVERY == 0:
        gc.collect()
    return made
