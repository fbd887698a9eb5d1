"""The lease: one process at a time, whatever clocks do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tcm_engine.center import Center
from tcm_engine.center.work import Lease, LeaseLost

from .sheets import Clock


class Steady:
    """A clock that only goes forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def steady() -> Steady:
    return Steady()


def two(center: Center, steady: Steady) -> tuple[Lease, Lease]:
    return Lease(center, 15, steady, "here:1:a"), Lease(center, 15, steady, "there:1:b")


def beat(center: Center, lease: Lease) -> None:
    with center.records.write() as db:
        lease.hold(db)


def test_one_holds_it_and_gives_it_back(center: Center, steady: Steady) -> None:
    one, other = two(center, steady)
    assert (one.take(), other.take(), one.take()) == (True, False, True)
    one.give_back()
    assert other.take()
    with pytest.raises(LeaseLost):
        beat(center, one)


def test_whose_heart_stopped_loses_it_after_the_time_and_not_before(center: Center, steady: Steady) -> None:
    one, other = two(center, steady)
    assert one.take()
    assert not other.take()
    steady.now += 14.9
    assert not other.take()
    steady.now += 0.2
    assert other.take()
    with pytest.raises(LeaseLost):
        beat(center, one)
    beat(center, other)


def test_a_beat_keeps_it(center: Center, steady: Steady) -> None:
    one, other = two(center, steady)
    assert one.take()
    for _ in range(5):
        assert not other.take()
        steady.now += 10
        beat(center, one)
    beat(center, one)


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400)])
def test_a_clock_that_jumps_takes_it_from_nobody_and_holds_up_nobody(center: Center, clock: Clock, steady: Steady, jump: timedelta) -> None:
    one, other = two(center, steady)
    assert one.take()
    assert not other.take()
    clock.now += jump
    assert not other.take()
    beat(center, one)
    assert not other.take()
    clock.now -= jump
    steady.now += 15.1
    assert other.take()


def test_a_process_of_this_machine_that_is_gone_is_not_waited_for(center: Center, steady: Steady) -> None:
    import subprocess
    import sys

    from tcm_engine.center.work.lease import _here

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert Lease(center, 15, steady, f"{_here()}:{gone.pid}:x").take()
    assert Lease(center, 15, steady).take()


def test_a_process_that_is_alive_is_waited_for(center: Center, steady: Steady) -> None:
    assert Lease(center, 15, steady).take()
    assert not Lease(center, 15, steady).take()
