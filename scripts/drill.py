"""A drill: a small campaign is worked on while web server, work process and workers are killed (kill -9) at random moments.

    python scripts/drill.py [--rounds 200] [--people 12] [--seed N]     or: make drill

In a folder of its own, with the real server. Every round kills one process; whoever died is begun anew, and when everything is made, plans
for the next day are asked for. In the end nothing may be lost, double or broken: each item done once, one plan an assessment and day, one
document a plan, every file opens and belongs to somebody, the database is whole. Exit status 1 where something is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import psutil
from sqlalchemy import text

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tcm_engine import Engine  # noqa: E402  # the folder above is not installed where this script is run from a copy
from tcm_engine.center import Caller, Center, Sheet, assess, open_center  # noqa: E402
from tcm_engine.center.work import CannotOpen, read_whole, request_job, sweep_files  # noqa: E402
from tcm_engine.model import Listed, Person, Profile  # noqa: E402
from tcm_engine.records import add_account, add_organisation, job, stored_file  # noqa: E402

SECRET = "d" * 40
FIRST_DAY = date(2026, 11, 23)
LONGEST_WAIT_S = 6.0
INSTRUMENT = "gbt_46939_2025"


@dataclass
class Drill:
    """What is killed and what is checked."""

    folder: Path
    command: list[str]
    center: Center
    caller: Caller
    keys: list[str]
    dice: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    server: subprocess.Popen[bytes] | None = None

    def run(self, rounds: int, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        """Kill so many times, then let everything be ended in peace."""
        for number in range(rounds):
            self.begin()
            self.ask()
            time.sleep(self.dice.uniform(0.1, longest_wait_s))
            self.kill()
            say(f"round {number + 1}: {dict(self.kills)}, {self.left()} to do")
        self.begin()
        while self.left():
            self.begin()
            time.sleep(0.5)
        self.end()

    def begin(self) -> None:
        """The server, where it does not run."""
        if self.server is None or self.server.poll() is not None:
            environment = os.environ | {"TCM_VAR_DIR": str(self.folder), "TCM_SECRET_KEY": SECRET, "TCM_WORK_LEASE_SECONDS": "2"}
            self.server = subprocess.Popen(  # noqa: S603  # our own command
                self.command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

    def ask(self) -> None:
        """Something to do, if nothing waits: the plans of the next day."""
        if self.left():
            return
        on = FIRST_DAY + timedelta(days=len(self.asked))
        with self.center.records.write() as db:
            content = {"on": on.isoformat(), "lang": "zh-Hans"}
            self.asked.append(request_job(db, self.center, self.caller, "plan_pdfs", content, self.keys))

    def left(self) -> int:
        with self.center.records.read() as db:
            row = job.next_job(db)
            if row is None:
                return 0
            count = job.counts(db, row.organisation, row.id)
        return max(1, count.total - count.done - count.failed)

    def kill(self) -> None:
        """One of the processes that run, by its kind first, so that each kind is hit."""
        kinds = self.processes()
        kind = self.dice.choice(sorted(kinds))
        victim = self.dice.choice(kinds[kind])
        try:
            victim.kill()
            self.kills[kind] += 1
        except psutil.NoSuchProcess:
            pass
        if self.server and victim.pid == self.server.pid:
            self.server.wait()

    def processes(self) -> dict[str, list[psutil.Process]]:
        found: dict[str, list[psutil.Process]] = {}
        if self.server is None:
            return found
        try:
            top = psutil.Process(self.server.pid)
            for process in [top, *top.children(recursive=True)]:
                line = " ".join(process.cmdline())
                kind = "server" if process.pid == top.pid else "worker" if "spawn_main" in line else "work" if "work" in line else ""
                if kind:
                    found.setdefault(kind, []).append(process)
        except psutil.NoSuchProcess:
            pass
        return found or {"server": [psutil.Process(self.server.pid)]}

    def end(self) -> None:
        if self.server is None:
            return
        ours = [process for group in self.processes().values() for process in group]
        self.server.terminate()
        self.server.wait(60)
        psutil.wait_procs(ours, timeout=60)

    def problems(self) -> list[str]:
        """What is lost, double or broken; empty where all is well."""
        found = []
        sweep_files(self.center, old_s=0)
        with self.center.records.read() as db:
            if self.center.records.kind == "sqlite":
                whole = db.exec_driver_sql("PRAGMA integrity_check").scalar()
                found += [] if whole == "ok" else [f"integrity_check: {whole}"]
                found += [f"foreign key: {row}" for row in db.exec_driver_sql("PRAGMA foreign_key_check")]
            undone = db.execute(text("SELECT state, count(*) FROM job_item WHERE state <> 'done' GROUP BY state")).all()
            found += [f"items not done: {state} {count}" for state, count in undone]
            lost = db.execute(text("SELECT count(*) FROM job_item WHERE state = 'done' AND stored_file_id IS NULL")).scalar_one()
            found += [f"done without a file: {lost}"] if lost else []
            plans = db.execute(text("SELECT assessment_id, count(*) FROM plan GROUP BY assessment_id")).all()
            found += [f"assessment {row}: {count} plans for {len(self.asked)} days" for row, count in plans if count != len(self.asked)]
            files = stored_file.list_files(db, self.caller.organisation)
        if plans and len(files) != len(self.asked) * len(self.keys):
            found.append(f"{len(files)} files for {len(self.asked) * len(self.keys)} plans")
        for row in files:
            try:
                read_whole(self.center, row)
            except CannotOpen as error:
                found.append(f"{row.path}: {error}")
        on_disk = {path for path in (self.center.var / "files").rglob("*") if path.is_file()}
        if len(on_disk) != len(files):
            found.append(f"{len(on_disk)} files on disk, {len(files)} rows")
        return found


def synthetic(folder: Path, people: int) -> tuple[Center, Caller, list[str]]:
    """A centre with so many people assessed, all different in their answers."""
    from reports import typesetting

    engine = Engine.load(typesetting=typesetting())
    center = open_center(engine, f"sqlite:///{folder / 'tcm.sqlite3'}", (SECRET,), var=folder)
    with center.records.write() as db:
        organisation = add_organisation(db, "drill", "Drill", center.clock())
        account = add_account(db, organisation, "manager", "manager", center.clock())
    caller = Caller(organisation, f"account:{account}", "manager", account)
    return center, caller, [assess(center, caller, a_sheet(engine, number)).id for number in range(people)]


def a_sheet(engine: Engine, number: int) -> Sheet:
    """Somebody who is there in the computer alone."""
    dice = random.Random(number)  # noqa: S311  # not a secret
    sex = dice.choice(("female", "male"))
    items = [item for item in engine.instrument(INSTRUMENT).items if item.sex in (None, sex)]
    strong = dice.choice(sorted({item.key[0] for item in items}))
    answers = {item.key: dice.choice((4, 5)) if item.key[0] == strong else dice.choice((1, 1, 2, 2, 3)) for item in items}
    profile = Profile(sex=sex, birth_date=date(dice.randint(1950, 2000), 5, 12), pregnant=False, lactating=False)  # type: ignore[arg-type]
    known = replace(profile, conditions=Listed(), medicines=Listed(), allergies=Listed(), complaints=Listed())
    return Sheet(INSTRUMENT, answers, Person(known, f"测试{number:05d}"), FIRST_DAY)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wait", type=float, default=LONGEST_WAIT_S, help="longest time between two kills, seconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        center, caller, keys = synthetic(folder, given.people)
        command = [sys.executable, "cli.py", "serve", "--port", str(free_port())]
        drill = Drill(folder, command, center, caller, keys, random.Random(given.seed))  # noqa: S311  # not a secret
        drill.run(given.rounds, given.wait)
        problems = drill.problems()
    done = len(drill.asked) * len(keys)
    say(f"{given.rounds} rounds, killed {dict(drill.kills)}; {done} plans with their documents, each once; {len(problems)} problems")
    for problem in problems:
        say(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
