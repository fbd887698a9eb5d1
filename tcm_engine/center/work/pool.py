"""Worker processes for pure functions, by Dask: a cluster of this machine, or a scheduler's address.

Workers are given bytes and return bytes; they know no database. What they are given is never written to disk and never logged: a function
that raises is turned into a code here, spilling is off, and the connections of the local cluster are encrypted with keys of its own.
"""

from __future__ import annotations

import logging
import os
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .kinds import Made, Refused

AHEAD = 2
"""Tasks handed out for each worker: one in hand, one waiting."""
MOST_LOCAL = 8
_CONFIG = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.log-format": "%(name)s - %(levelname)s",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


DESERTED_S = 90.0


class PoolLost(RuntimeError):
    """The cluster is gone; a new one is needed."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A pure function that raised: where, never what it said, which may be a person's words."""

    code: str
    where: str = ""


DIED = Failed("worker_died")


def guarded(work: Callable[[bytes], Made], content: bytes) -> Made | Failed:
    """Runs in a worker."""
    try:
        return work(content)
    except Refused as refused:
        return Failed(refused.code)
    except MemoryError:
        return Failed("out_of_memory")
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return Failed("not_made", type(error).__name__ + place)


class Pool:
    """Made when there is something to do: a cluster costs memory."""

    _deserted_since: float | None = None

    def __init__(self, scheduler: str = "", workers: int = 0, scratch: Path | None = None):
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security

        for name in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        dask.config.set(_CONFIG | {"logging": {"distributed": "critical"}})
        if scratch:
            scratch.mkdir(parents=True, exist_ok=True)
            dask.config.set({"temporary-directory": str(scratch)})
        self._cluster = None
        if scheduler:
            self._client = Client(scheduler, set_as_default=False)
            return
        security = Security.temporary()
        self._cluster = LocalCluster(
            n_workers=workers or usual_workers(),
            threads_per_worker=1,
            processes=True,
            memory_limit=0,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            worker_dashboard_address=None,
            protocol="tls://",
            security=security,
            silence_logs=logging.CRITICAL,
        )
        self._client = Client(self._cluster, security=security, set_as_default=False)

    @property
    def room(self) -> int:
        """How many tasks may be handed out at once."""
        return AHEAD * max(1, sum(self._client.ncores().values()))

    def submit(self, work: Callable[[bytes], Made], content: bytes) -> Any:
        return self._client.submit(guarded, work, content, pure=False, retries=0)

    def ended(self, futures: Iterable[Any], timeout_s: float) -> list[tuple[Any, Made | Failed]]:
        """Those of `futures` that ended within the time, with what came of each. Raises PoolLost."""
        from distributed import TimeoutError as DaskTimeout
        from distributed import wait

        given = list(futures)
        try:
            with self._client.as_current():
                done = wait(given, timeout=timeout_s, return_when="FIRST_COMPLETED").done
        except (DaskTimeout, TimeoutError):
            if self._client.status != "running" or self._is_deserted():
                raise PoolLost from None
            return []
        except Exception:
            raise PoolLost from None
        return [(future, self._result(future)) for future in done]

    def _is_deserted(self) -> bool:
        """Whether there has been no worker for DESERTED_S: one that was killed is replaced sooner, or never."""
        if self._client.ncores():
            self._deserted_since = None
            return False
        now = time.monotonic()
        self._deserted_since = self._deserted_since or now
        return now - self._deserted_since > DESERTED_S

    def close(self) -> None:
        for each in (self._client, self._cluster):
            if each is not None:
                with suppress(Exception):  # it is going away; what was in hand is made again
                    each.close(timeout=10)

    def _result(self, future: Any) -> Made | Failed:
        from distributed.scheduler import KilledWorker

        if future.status == "cancelled" or future.status == "lost":
            raise PoolLost
        try:
            found: Made | Failed = future.result(timeout=60)
        except KilledWorker:
            return DIED
        except Exception:
            raise PoolLost from None
        return found


def usual_workers() -> int:
    """One for each processor of this process, at most eight."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_LOCAL)
