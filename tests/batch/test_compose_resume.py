"""A batch that was stopped goes on: the same bytes as if it had not been, and nothing made twice."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from collections import Counter
from datetime import date
from threading import Event

import pytest

from tcm_engine.batch import FileFault
from tcm_engine.batch.manifest import Manifest
from tests.batch.composing import DAY, FORK, content, marked, people, run, write

ROWS, PROCESSES, PATIENCE = 60, 2, 600
"""Most waits of a tenth of a second before a test gives up."""


def wait_until(condition):
    for _ in range(PATIENCE):
        if condition():
            return
        Event().wait(0.1)
    raise AssertionError("it did not come about in time")


def free(folder):
    """Whether no process holds the folder any more."""
    with (folder / ".lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def finished(folder):
    """Names of the documents that are there or lie ready."""
    return {file.name for file in (*folder.glob("*.pdf"), *(folder / ".work").glob("[0-9a-f]*"))}


def interrupt(run_it):
    """Run as a process of its own would: Ctrl-C as the terminal sends it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run_it()
    except KeyboardInterrupt:
        os._exit(130)


@pytest.fixture
def uninterrupted(engine, tmp_path):
    source = write(tmp_path / "a.csv", people(ROWS, tired=["3", "3", "3", "3", "6"]))
    run(engine, source, tmp_path / "whole", workers=PROCESSES)
    return source, content(tmp_path / "whole")


@pytest.mark.parametrize("begun", [1, 7, 30])
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_middle_and_run_again(engine, tmp_path, uninterrupted, begun, blow):
    source, whole = uninterrupted
    folder, marks = tmp_path / "out", tmp_path / "marks"
    process = FORK.Process(target=interrupt, args=(lambda: run(engine, source, folder, marks=marks, wait_s=0.05, workers=PROCESSES),))
    process.start()
    wait_until(lambda: len(marked(marks)) >= begun)
    os.kill(process.pid, blow)
    process.join()
    wait_until(lambda: free(folder))
    assert process.exitcode == (-signal.SIGKILL if blow == signal.SIGKILL else 130)
    before, done = marked(marks), len(finished(folder))
    assert len(before) - done <= PROCESSES * (blow == signal.SIGKILL)
    resumed = run(engine, source, folder, marks=marks, workers=PROCESSES)
    assert content(folder) == whole
    times = Counter(marked(marks))
    assert len(times) == resumed.made + resumed.kept == 48
    assert sum(times.values()) - 48 == len(before) - done


def test_killed_again_and_again(engine, tmp_path, uninterrupted):
    source, whole = uninterrupted
    folder, marks = tmp_path / "out", tmp_path / "marks"
    for target in (5, 12, 25, 40):
        process = FORK.Process(target=run, args=(engine, source, folder), kwargs={"marks": marks, "wait_s": 0.03, "workers": PROCESSES})
        process.start()
        wait_until(lambda target=target: len(marked(marks)) >= target)
        process.kill()
        process.join()
    run(engine, source, folder, marks=marks, workers=PROCESSES)
    assert content(folder) == whole
    assert max(Counter(marked(marks)).values()) <= 1 + 4


def test_a_second_run_makes_nothing(engine, tmp_path, uninterrupted):
    source, whole = uninterrupted
    marks = tmp_path / "marks"
    done = run(engine, source, tmp_path / "whole", marks=marks, workers=PROCESSES)
    assert (done.made, done.kept, marked(marks)) == (0, 48, [])
    assert content(tmp_path / "whole") == whole


def small(engine, tmp_path, count=4):
    source = write(tmp_path / "a.csv", people(count))
    run(engine, source, tmp_path / "out")
    return source, tmp_path / "out", content(tmp_path / "out"), tmp_path / "marks"


def entry_of(folder, file):
    manifest = Manifest(folder / "manifest.jsonl", folder, None, DAY)
    manifest.close()
    return next(entry for entry in manifest.made.values() if entry.file == file)


def test_killed_between_the_journal_and_the_name(engine, tmp_path):
    source, folder, whole, marks = small(engine, tmp_path)
    (folder / ".work").mkdir()
    (folder / "p002.pdf").rename(folder / ".work" / entry_of(folder, "p002.pdf").key)
    run(engine, source, folder, marks=marks)
    assert (content(folder), marked(marks)) == (whole, [])


def test_killed_between_the_document_and_the_journal(engine, tmp_path):
    source, folder, whole, marks = small(engine, tmp_path)
    (folder / ".work").mkdir()
    (folder / "p003.pdf").rename(folder / ".work" / entry_of(folder, "p003.pdf").key)
    journal = folder / "manifest.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    run(engine, source, folder, marks=marks)
    assert (content(folder), marked(marks)) == (whole, [])


@pytest.mark.parametrize("harm", [b"", b"another document", None])
def test_a_document_that_was_lost_or_changed_is_made_again(engine, tmp_path, harm):
    source, folder, whole, marks = small(engine, tmp_path)
    (folder / "p001.pdf").unlink() if harm is None else (folder / "p001.pdf").write_bytes(harm)
    assert run(engine, source, folder, marks=marks).made == 1
    assert content(folder) == whole


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b'{"day":"never"}\n[1]\n{"key":1}\nnull\n', b"{" * 5000])
def test_a_manifest_that_cannot_be_read_costs_time_alone(engine, tmp_path, junk):
    source, folder, whole, _ = small(engine, tmp_path)
    (folder / "manifest.jsonl").write_bytes(junk)
    assert run(engine, source, folder).made == 4
    assert content(folder) == whole


def test_a_changed_row_gets_a_new_document_and_no_other(engine, tmp_path):
    source, folder, whole, marks = small(engine, tmp_path)
    rows = people(4)
    rows[2]["allergies"] = "none"
    done = run(engine, write(source, rows), folder, marks=marks)
    assert (done.made, done.kept, len(marked(marks))) == (1, 3, 1)
    changed = {name for name, data in content(folder).items() if whole[name] != data}
    assert {name for name in changed if name.endswith(".pdf")} == {"p002.pdf"}


def test_the_same_content_written_otherwise_is_no_change(engine, tmp_path):
    source, folder, _, marks = small(engine, tmp_path)
    rows = [{**row, "tired": f" {row['tired']}.0", "allergies": "peanut ； egg", "birth_date": "1970/1/31"} for row in people(4)]
    run(engine, write(source, rows), folder, marks=marks)
    assert marked(marks) == []


def test_rows_in_another_order_and_new_people(engine, tmp_path):
    rows, folder = people(6), tmp_path / "out"
    run(engine, write(tmp_path / "a.csv", rows[:4]), folder)
    done = run(engine, write(tmp_path / "a.csv", rows[::-1]), folder)
    assert (done.made, done.kept) == (2, 4)


def test_what_no_row_owns_any_more_is_set_aside_and_strangers_are_left_alone(engine, tmp_path):
    source, folder, whole, _ = small(engine, tmp_path)
    (folder / "mine.pdf").write_bytes(b"of somebody else")
    rows = people(4)
    rows[0]["tired"] = "6"
    done = run(engine, write(source, rows[:3]), folder)
    assert done.outdated == 2
    after = content(folder)
    assert {name for name in after if name.endswith(".pdf")} == {
        "p001.pdf",
        "p002.pdf",
        "mine.pdf",
        "outdated/p000.pdf",
        "outdated/p003.pdf",
    }
    assert after["outdated/p003.pdf"] == whole["p003.pdf"]


def test_two_people_whose_names_change_places(engine, tmp_path):
    """A newcomer whose id looks like an old one gives both other file names; the old document moves without being made again."""
    source, folder, whole, marks = small(engine, tmp_path)
    rows = [*people(4), {**people(5)[4], "person_id": "P000"}]
    done = run(engine, write(source, rows), folder, marks=marks)
    assert (done.made, done.kept, len(marked(marks))) == (1, 4, 1)
    moved = [data for name, data in content(folder).items() if name.startswith("p000~")]
    assert moved == [whole["p000.pdf"]]


def test_a_batch_keeps_its_day_until_told_otherwise(engine, tmp_path):
    source, folder, whole, marks = small(engine, tmp_path)
    done = run(engine, source, folder, marks=marks, today=date(2026, 12, 24))
    assert (done.day, done.made, content(folder)) == (DAY, 0, whole)
    done = run(engine, source, folder, marks=marks, on=date(2026, 12, 24))
    assert (done.day, done.made) == (date(2026, 12, 24), 4)
    assert run(engine, source, folder, marks=marks).day == date(2026, 12, 24)


def test_another_language_or_engine_makes_other_documents(engine, tmp_path, monkeypatch):
    source, folder, _, _ = small(engine, tmp_path)
    assert run(engine, source, folder, lang="en").made == 4
    assert run(engine, source, folder, lang="en").made == 0
    monkeypatch.setattr(engine, "version", engine.version + ".1")
    assert run(engine, source, folder, lang="en").made == 4


def test_one_batch_at_a_time_in_a_folder(engine, tmp_path, monkeypatch):
    source, folder, _, _ = small(engine, tmp_path)
    monkeypatch.setattr("tcm_engine.batch.batch_folder.WAITS", 2)
    with (folder / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(FileFault) as refused:
            run(engine, source, folder)
    assert refused.value.fault.code == "folder_in_use"


def dies_over_some(plan, name, lang, knowledge):
    if name.endswith("-1"):
        os._exit(9)
    return name.encode()


def test_a_plan_that_kills_its_process_costs_no_other(engine, tmp_path):
    source = write(tmp_path / "a.csv", people(12))
    done = run(engine, source, tmp_path / "out", render=dies_over_some, workers=PROCESSES)
    assert (done.made, done.failed) == (11, 1)
    assert threading.active_count() < 10
