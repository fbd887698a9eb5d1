"""The short drill: work process and workers killed (kill -9) at random moments; then each item is done once and nothing is broken.

The long one, with the server and real plans: `make drill`.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tcm_engine import Engine
from tests.scripts import drill_module

from .sheets import Clock, center_at
from .working import staff

ROUNDS, ITEMS = 4, 40


def test_killed_at_random_moments_everything_is_done_once(engine: Engine, tmp_path: Path) -> None:
    drill = drill_module()
    database = f"sqlite:///{tmp_path / 'tcm.sqlite3'}"
    center = replace(center_at(engine, database, Clock(datetime.now(UTC)), secrets=(drill.SECRET,)), var=tmp_path)
    caller = staff(center)
    command = [sys.executable, "-m", "tests.center.light_process", database, str(tmp_path)]
    keys = [f"item-{number}" for number in range(ITEMS)]
    held = drill.Drill(tmp_path, command, center, caller, keys, random.Random(7))
    held.run(ROUNDS, longest_wait_s=6)
    assert sum(held.kills.values()) == ROUNDS
    assert held.problems() == []
    with center.records.read() as db:
        done = db.exec_driver_sql("SELECT count(*), count(DISTINCT key) FROM job_item WHERE state = 'done'").one()
        files = db.exec_driver_sql("SELECT count(*) FROM stored_file").scalar()
    assert tuple(done) == (ITEMS * len(held.asked), ITEMS)
    assert files == ITEMS
    center.records.close()
