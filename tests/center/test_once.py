"""One key, one record: repeated, raced, reused and forgotten."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tcm_engine import Engine
from tcm_engine.center import ANYONE, Caller, Center, KeyReused, NotFound, Once, assess, forget, get_assessment, make_plan

from .sheets import TODAY, Clock, sheet
from .test_self_test import rows


def once(key: str, body: str = "body") -> Once:
    return Once(key, hashlib.sha256(body.encode()).digest())


def test_the_same_request_makes_one_record(center: Center, engine: Engine) -> None:
    first = assess(center, ANYONE, sheet(engine), once=once("k"))
    assert assess(center, ANYONE, sheet(engine), once=once("k")) == first
    plans = [make_plan(center, ANYONE, first.id, on=TODAY, lang="en", once=once("k")) for _ in range(2)]
    assert plans[0].id == plans[1].id
    assert rows(center) == {"assessment": 1, "plan": 1, "idempotency_key": 2}


def test_another_request_with_the_key_is_refused(center: Center, engine: Engine) -> None:
    assess(center, ANYONE, sheet(engine), once=once("k"))
    with pytest.raises(KeyReused):
        assess(center, ANYONE, sheet(engine), once=once("k", "other"))


def test_callers_do_not_share_keys(center: Center, engine: Engine) -> None:
    one, two = (assess(center, Caller(scope=scope), sheet(engine), once=once("k")) for scope in ("a", "b"))
    assert one.id != two.id


def test_of_many_that_race_one_makes_the_record(center: Center, engine: Engine) -> None:
    start = Barrier(8)

    def race(_: int) -> str:
        start.wait()
        return assess(center, ANYONE, sheet(engine), once=once("race")).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(race, range(8)))) == 1
    assert rows(center) == {"assessment": 1, "idempotency_key": 1}


def test_a_key_is_forgotten_with_its_record(center: Center, engine: Engine) -> None:
    first = assess(center, ANYONE, sheet(engine), once=once("k"))
    forget(center, ANYONE, first.id)
    assert assess(center, ANYONE, sheet(engine), once=once("k")).id != first.id


def test_a_key_is_forgotten_with_the_visit(center: Center, engine: Engine, clock: Clock) -> None:
    first = assess(center, ANYONE, sheet(engine), once=once("k"))
    clock.forward(hours=2)
    second = assess(center, ANYONE, sheet(engine), once=once("k"))
    assert second.id != first.id
    with pytest.raises(NotFound):
        get_assessment(center, ANYONE, first.id)
