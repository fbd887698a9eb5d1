"""What lies on the disk: nothing that a person said, and everything that was promised as stored."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tcm_engine import Engine
from tcm_engine.center import ANYONE, Once, assess, get_assessment, make_plan, start_draft
from tcm_engine.model import Listed
from tcm_engine.records import CannotOpen

from .sheets import TODAY, Clock, center_at, sheet

CANARY = "金丝雀7q"


def test_nothing_a_person_said_can_be_found_in_the_files(engine: Engine, tmp_path: Path) -> None:
    center = center_at(engine, f"sqlite:///{tmp_path / 'a.sqlite3'}", Clock())
    filled = sheet(engine, CANARY)
    filled = replace(filled, person=replace(filled.person, profile=replace(filled.person.profile, conditions=Listed((), (CANARY,)))))
    kept = assess(center, ANYONE, filled, once=Once(CANARY, CANARY.encode()))
    plan = make_plan(center, ANYONE, kept.id, on=TODAY, lang="zh-Hans")
    draft = start_draft(center, ANYONE, {"name": CANARY})
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert (tmp_path / "a.sqlite3-wal").stat().st_size > 0
    secrets = [CANARY, "warfarin", "安神丸", "1979-05-12", "short_breath", "qi_deficiency", kept.id, plan.id, draft.token]
    assert [word for word in secrets if word.encode() in written] == []
    assert b"gbt_46939_2025" in written, "the search above does look at what was written"


def test_another_secret_reads_nothing(engine: Engine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    kept = assess(center_at(engine, url, Clock()), ANYONE, sheet(engine))
    with pytest.raises(LookupError):
        get_assessment(center_at(engine, url, Clock(), secrets=("x" * 40,)), ANYONE, kept.id)
    renewed = center_at(engine, url, Clock(), secrets=("x" * 40, "0123456789" * 4))
    assert get_assessment(renewed, ANYONE, kept.id) == kept


def test_a_value_copied_to_another_row_does_not_open(engine: Engine, tmp_path: Path) -> None:
    center = center_at(engine, f"sqlite:///{tmp_path / 'a.sqlite3'}", Clock())
    one, two = (assess(center, ANYONE, sheet(engine, name)) for name in ("甲", "乙"))
    with center.records.write() as db:
        db.exec_driver_sql("UPDATE assessment SET person = (SELECT person FROM assessment WHERE id = 1) WHERE id = 2")
    assert get_assessment(center, ANYONE, one.id).person.name == "甲"
    with pytest.raises(CannotOpen):
        get_assessment(center, ANYONE, two.id)


def test_what_was_answered_for_survives_a_kill(engine: Engine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    program = (
        "import sys; from tcm_engine import Engine; from tests.center.sheets import *; from tcm_engine.center import ANYONE, assess\n"
        "engine = Engine.load(); center = center_at(engine, sys.argv[1], Clock())\n"
        "while True: print(assess(center, ANYONE, sheet(engine)).id, flush=True)"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert writer.stdout is not None
    ids = [writer.stdout.readline().strip() for _ in range(20)]
    os.kill(writer.pid, signal.SIGKILL)
    ids += writer.stdout.read().split("\n")[:-1]
    writer.wait()
    center = center_at(engine, url, Clock())
    assert all(get_assessment(center, ANYONE, id_) for id_ in ids)
