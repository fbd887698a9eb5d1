"""Writers that commit together: each all or nothing, none answered before the commit, no one's failure another's."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, event

from tcm_engine.records import Records, Vault


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    found = Records(f"sqlite:///{tmp_path / 'a.sqlite3'}", Vault(["s" * 40]))
    with found.write() as db:
        db.exec_driver_sql("CREATE TABLE number (n INTEGER PRIMARY KEY)")
    yield found
    found.close()


def insert(*numbers: int):
    def work(db: Connection) -> int:
        for number in numbers:
            db.exec_driver_sql("INSERT INTO number VALUES (?)", (number,))
        return sum(numbers)

    return work


def stored(records: Records) -> list[int]:
    with records.read() as db:
        return [row[0] for row in db.exec_driver_sql("SELECT n FROM number ORDER BY n")]


def test_each_gets_its_own_answer_and_all_is_stored(records: Records) -> None:
    commits = []
    event.listen(records.engine, "commit", commits.append)
    start = Barrier(8)

    def run(worker: int) -> list[int]:
        start.wait()
        return [records.store(insert(worker * 100 + n)) for n in range(25)]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(run, range(8))) == [[w * 100 + n for n in range(25)] for w in range(8)]
    assert stored(records) == sorted(w * 100 + n for w in range(8) for n in range(25))
    assert len(commits) < 200


def test_a_failure_undoes_its_own_writing_alone(records: Records) -> None:
    records.store(insert(50))
    start = Barrier(6)

    def run(worker: int) -> str:
        start.wait()
        try:
            records.store(insert(worker, 50) if worker % 2 else insert(worker))
        except Exception as error:
            return type(error).__name__
        return "stored"

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(run, range(6))) == ["stored", "IntegrityError"] * 3
    assert stored(records) == [0, 2, 4, 50]


def test_after_a_failure_the_next_is_stored(records: Records) -> None:
    with pytest.raises(ZeroDivisionError):
        records.store(lambda db: 1 // 0)
    assert records.store(insert(7)) == 7
    assert stored(records) == [7]


def test_what_was_answered_is_committed(records: Records) -> None:
    records.store(insert(1))
    with records.read() as other:
        assert other.exec_driver_sql("SELECT count(*) FROM number").scalar() == 1
