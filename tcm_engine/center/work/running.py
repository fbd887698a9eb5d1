"""The work process: takes jobs in order, hands out what they need made, and alone writes what comes back, each thing once.

Everything that says how far a job is stands in rows. Killed at any moment, this process or another goes on from them; what was in hand is
made again, what was written is not.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from tcm_engine.center import Caller, Center, NotAllowed
from tcm_engine.records import CannotOpen, job, staff, stored_file

from .files import full_disk_halts, is_there, make_room, remove_stored, store_bytes, sweep_files
from .kinds import Halted, Kind, Kinds, Made, Order, Packer, Refused, Task
from .lease import Lease, LeaseLost
from .pool import DIED, Failed, Pool, PoolLost

MOST_ATTEMPTS = 3
_PAGE = 200
"""Items read at once."""
_LOOK_S = 1.0
"""At most so long between two looks at whether to stop."""
POLL_S = 1.0
IDLE_S = 60.0
"""Without work for so long, the worker processes are sent home."""
_MOST_OF_A_FILE = 8 * 2**20
log = structlog.get_logger()

Tell = Callable[[Order, str, job.Counts, int], None]
"""Told the order, its kind, its counts and how much is packed, whenever they change."""


@dataclass(eq=False, slots=True)
class _Item:
    row: job.ItemRow
    task: Task


@dataclass(slots=True)
class Runner:
    """One work process."""

    center: Center
    kinds: Kinds
    open_pool: Callable[[], Pool]
    lease: Lease
    stopped: threading.Event = field(default_factory=threading.Event)
    """Set: end what is in hand, and no more."""
    tell: Tell = lambda _order, _kind, _counts, _packed: None
    _pool: Pool | None = None

    def run(self, once: bool = False) -> None:
        """Until `stopped`; with `once` until no job waits. Another process may hold the lease: then this one waits for it."""
        try:
            while not self.stopped.is_set():
                if self._take() and self._work(once):
                    return
                self.stopped.wait(POLL_S)
        finally:
            self._close_pool()

    def _take(self) -> bool:
        try:
            return self.lease.take()
        except SQLAlchemyError as error:
            log.warning("work waits for the database", kind=type(error).__name__)
            return False

    def _work(self, once: bool) -> bool:
        """With the lease held, until it is lost or this process is to stop; whether all is done."""
        self.lease.start_heart()
        idle, swept = 0.0, False
        try:
            while not self.stopped.is_set():
                row = self._next()
                if row is not None:
                    idle, swept = 0.0, False
                    self._run_or_wait(row)
                    continue
                if not swept:
                    sweep_files(self.center)
                    swept = True
                if once:
                    return True
                self.stopped.wait(POLL_S)
                idle += POLL_S
                if idle >= IDLE_S:
                    self._close_pool()
        except LeaseLost:
            log.warning("another process does the work now")
        except SQLAlchemyError as error:
            log.warning("work waits for the database", kind=type(error).__name__)
        finally:
            self.lease.give_back()
        return False

    def _next(self) -> job.JobRow | None:
        with self.center.records.read() as db:
            return job.next_job(db)

    def _run_or_wait(self, row: job.JobRow) -> None:
        try:
            self._run(row)
        except PoolLost:
            log.warning("worker processes are gone; new ones are begun")
            self._close_pool()
            self.stopped.wait(POLL_S)

    def _run(self, row: job.JobRow) -> None:
        with self.center.records.write() as db:
            self.lease.hold(db)
            if not job.begin_job(db, row.id, self.center.clock()):
                return None
        kind = self.kinds.get(row.kind)
        if kind is None:
            return self._end(row, job.FAILED, "unknown_kind")
        try:
            order = self._order(row)
            whole = self._pack(row, order, kind, kind.pack) if kind.pack else self._make(row, order, kind)
        except Halted as halted:
            return self._end(row, job.STOPPED, halted.code)
        if whole:
            self._end(row, job.DONE, "")
        elif self._stop_asked(row):
            self._end(row, job.STOPPED, "")
        return None

    def _order(self, row: job.JobRow) -> Order:
        """Raises Halted where what was asked for cannot be opened."""
        vault = self.center.records.vault
        try:
            content = job.content_of(vault, row)
        except CannotOpen:
            raise Halted("does_not_open") from None
        with self.center.records.read() as db:
            asked = staff.find(db, vault, row.organisation, row.account) if row.account is not None else None
        # Who may do nothing any more has nothing done on their behalf that asks for a right.
        role = asked.role if asked and asked.disabled_at is None else None
        scope = f"account:{row.account}" if row.account is not None else "token:work"
        return Order(
            row.id, row.public_id, Caller(row.organisation, scope, role, row.account, asked.branch if asked else None), content, row.total
        )

    def _end(self, row: job.JobRow, state: str, error: str) -> None:
        with self.center.records.write() as db:
            self.lease.hold(db)
            count = job.counts(db, row.organisation, row.id)
            if state == job.DONE and count.failed == count.total:
                state = job.FAILED
            job.end_job(db, row.id, state, error, self.center.clock())

    def _stop_asked(self, row: job.JobRow) -> bool:
        with self.center.records.read() as db:
            return job.stop_is_asked(db, row.id)

    # --- items made one by one, anywhere ----------------------------------------------------------------------------------

    def _make(self, row: job.JobRow, order: Order, kind: Kind) -> bool:
        """Whether nothing waits any more; False where it was to stop."""
        waiting = self._waiting(row)
        in_hand: dict[Any, _Item] = {}
        again: deque[_Item] = deque()
        more, stop = True, False
        while True:
            stop = stop or self.stopped.is_set() or self._stop_asked(row)
            pool = self._open()
            while more and not stop and not again and len(in_hand) < pool.room:
                more = self._hand_out(waiting, row, order, kind, in_hand)
            if again and not in_hand and not stop:
                item = again.popleft()
                in_hand[pool.submit(_work_of(kind), item.task.content)] = item
            if not in_hand:
                if stop or (not more and not again):
                    self._say(row, order, kind)
                    return not stop
                continue
            for future, came in pool.ended(in_hand, _LOOK_S):
                item = in_hand.pop(future)
                if isinstance(came, Failed):
                    if self._fail(item, came):
                        again.append(item)
                else:
                    self._keep(order, kind, item, came)
                self._say(row, order, kind)

    def _waiting(self, row: job.JobRow) -> Iterator[job.ItemRow]:
        after = 0
        while True:
            with self.center.records.read() as db:
                page = job.items_to_do(db, row.organisation, row.id, after, _PAGE)
            if not page:
                return
            yield from page
            after = page[-1].id

    def _hand_out(self, waiting: Iterator[job.ItemRow], row: job.JobRow, order: Order, kind: Kind, in_hand: dict[Any, _Item]) -> bool:
        """One more item, if there is one."""
        item = next(waiting, None)
        if item is None:
            return False
        make_room(self.center, _MOST_OF_A_FILE)
        try:
            task = _prepared(self.center, kind, order, item.key)
            if not self._adopt(order, kind, item, task):
                in_hand[self._open().submit(_work_of(kind), task.content)] = _Item(item, task)
        except Refused as refused:
            self._give_up(item, refused.code)
            self._say(row, order, kind)
        return True

    def _adopt(self, order: Order, kind: Kind, item: job.ItemRow, task: Task) -> bool:
        """Whether a file that was made of the same is there: then it is not made again."""
        if not task.made_of:
            return False
        with self.center.records.write() as db:
            found = stored_file.find_made(db, self.center.records.vault, order.caller.organisation, task.made_of)
            if found is None or not is_there(self.center, found):
                return False
            self.lease.hold(db)
            if job.finish_item(db, item.id, job.DONE, self.center.clock(), file=found.id):
                kind.store(db, self.center, order, item.key, task, None)
        return True

    def _keep(self, order: Order, kind: Kind, item: _Item, made: Made) -> None:
        """Write what came of an item, unless it may not be written any more: then nothing of it is left on disk either."""
        new = store_bytes(self.center, order.caller.organisation, made.file)
        try:
            self._write(order, kind, item, made, new)
        except Refused as refused:
            remove_stored(self.center, [new.path])
            self._give_up(item.row, refused.code)

    def _write(self, order: Order, kind: Kind, item: _Item, made: Made, new: stored_file.NewFile) -> None:
        now = self.center.clock()
        with full_disk_halts(), self.center.records.write() as db:
            self.lease.hold(db)
            name = made.made_of or item.task.made_of
            until = now + kind.keep if kind.keep else None
            vault = self.center.records.vault
            file = stored_file.add_file(db, vault, order.caller.organisation, new, kind.file_kind, now, made_of=name, expires_at=until)
            if not job.finish_item(db, item.row.id, job.DONE, now, file=file):
                raise Refused("item_gone")
            kind.store(db, self.center, order, item.row.key, item.task, made)

    def _fail(self, item: _Item, failed: Failed) -> bool:
        """Whether it is tried once more, alone; after MOST_ATTEMPTS the item fails and the others go on."""
        log.warning("an item was not made", code=failed.code, where=failed.where, died=failed is DIED)
        with self.center.records.write() as db:
            self.lease.hold(db)
            attempts = job.count_attempt(db, item.row.id)
        if attempts < MOST_ATTEMPTS:
            return True
        self._give_up(item.row, failed.code)
        return False

    def _give_up(self, item: job.ItemRow, code: str) -> None:
        with self.center.records.write() as db:
            self.lease.hold(db)
            job.finish_item(db, item.id, job.FAILED, self.center.clock(), error=code)

    # --- items packed into files, here ------------------------------------------------------------------------------------

    def _pack(self, row: job.JobRow, order: Order, kind: Kind, pack: Packer) -> bool:
        keys = {item.key: item for item in self._waiting(row)}

        def say(count: int) -> None:
            if self.stopped.is_set():
                raise _Interrupted
            with self.center.records.write() as db:
                self.lease.hold(db)
                job.say_packed(db, row.id, count)
                if job.stop_is_asked(db, row.id):
                    raise _Interrupted
            self._say(row, order, kind, count)

        try:
            with full_disk_halts():
                for packed in pack(self.center, order, tuple(keys), say):
                    now = self.center.clock()
                    with self.center.records.write() as db:
                        self.lease.hold(db)
                        vault, until = self.center.records.vault, now + kind.keep if kind.keep else None
                        file = stored_file.add_file(
                            db, vault, order.caller.organisation, packed.file, kind.file_kind, now, expires_at=until
                        )
                        for key in packed.keys:
                            job.finish_item(db, keys[key].id, job.DONE, now, file=file)
                        for key, code in packed.refused.items():
                            job.finish_item(db, keys[key].id, job.FAILED, now, error=code)
        except _Interrupted:
            return False
        return True

    def _say(self, row: job.JobRow, order: Order, kind: Kind, packed: int = 0) -> None:
        with self.center.records.read() as db:
            count = job.counts(db, row.organisation, row.id)
        self.tell(order, kind.name, count, packed)

    def _open(self) -> Pool:
        if self._pool is None:
            self._pool = self.open_pool()
        return self._pool

    def _close_pool(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None


class _Interrupted(Exception):
    """A pack that is to stop: begun anew when it goes on."""


def _prepared(center: Center, kind: Kind, order: Order, key: str) -> Task:
    """Raises Refused, Halted, SQLAlchemyError. Whatever else goes wrong with one item concerns that item alone."""
    if kind.prepare is None:
        return Task(key.encode())
    try:
        return kind.prepare(center, order, key)
    except (Refused, Halted, SQLAlchemyError):
        raise
    except NotAllowed:
        raise Refused("not_allowed") from None
    except CannotOpen:
        raise Refused("does_not_open") from None
    except Exception as error:  # its words may be a person's own
        log.warning("an item could not be prepared", kind=type(error).__name__)
        raise Refused("not_made") from None


def _work_of(kind: Kind) -> Callable[[bytes], Made]:
    if kind.work is None:
        raise TypeError(f"kind {kind.name} neither makes nor packs")
    return kind.work
