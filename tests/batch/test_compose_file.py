"""A file of answers to a folder of plans: every good row gets its document, every bad one is told, nothing is told that should not be."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli import _render_plan
from tcm_engine.batch import FileFault, score_file
from tcm_engine.views import phrases
from tests.batch.composing import CODE, DAY, FORM, MARKER, content, people, run, table, write
from tests.reports.documents import text_of

BAD = "6"


def test_sixty_rows_with_every_kind_of_fault(engine, tmp_path):
    rows = people(60)
    rows[3]["tired"] = BAD
    rows[10]["conditions"] = "x" * 200
    rows[20]["person_id"] = rows[5]["person_id"]
    rows[21]["person_id"] = ""
    rows[30]["birth_date"] = "2019-01-01"
    source, folder = write(tmp_path / "a.csv", rows), tmp_path / "out"
    done = run(engine, source, folder, workers=2)
    assert (done.rows, done.failed, done.made, done.kept) == (60, 5, 55, 0)
    errors = table(folder / "errors.csv")
    assert [(e["row"], e["path"]) for e in errors] == [
        ("4", "$.answers.tired"),
        ("11", "$.person.conditions[0]"),
        ("21", "$.person_id"),
        ("22", "$.person_id"),
        ("31", "$.person.birth_date"),
    ]
    assert all(e["message"] for e in errors)
    index = table(folder / "plans.csv")
    assert [int(entry["row"]) for entry in index] == [n + 1 for n in range(60) if n not in (3, 10, 20, 21, 30)]
    assert all((folder / entry["file"]).is_file() for entry in index)
    assert len(list(folder.glob("*.pdf"))) == 55


def test_scores_are_what_scoring_alone_writes(engine, tmp_path):
    source = write(tmp_path / "a.csv", people(25, tired=["3", BAD]))
    run(engine, source, tmp_path / "out")
    score_file(FORM, source, tmp_path / "alone.csv", phrases=phrases("zh-Hans", engine.knowledge.constitutions), on=DAY)
    assert (tmp_path / "out" / "scores.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()


def test_a_document_is_the_plan_of_its_row(engine, tmp_path):
    rows = people(2, seed=4)
    run(engine, write(tmp_path / "a.csv", rows), tmp_path / "out")
    found = json.loads((tmp_path / "out" / "p001.pdf").read_bytes())
    answers = {key: int(rows[1][key]) for key in FORM.keys if rows[1][key]}
    born = date(1970, 1, 31)
    alone = engine.assess(CODE, answers, sex=rows[1]["sex"] or None, assessed_on=DAY, birth_date=born)
    assert found["plan"]["assessment"]["answers"] == answers
    assert found["plan"]["assessment"]["primary"] == alone.primary
    assert found["plan"]["complaints"] == ["insomnia"]
    assert found["name"] == f"{MARKER}-1"


def test_names_stand_in_the_person_s_own_document_alone(engine, tmp_path):
    rows = people(8)
    rows[2]["tired"] = BAD
    run(engine, write(tmp_path / "a.csv", rows), tmp_path / "out", workers=2)
    holders = {name: data for name, data in content(tmp_path / "out").items() if MARKER.encode() in data}
    assert sorted(holders) == [f"p{n:03}.pdf" for n in range(8) if n != 2]
    for n in (0, 1, 3, 4, 5, 6, 7):
        assert holders[f"p{n:03}.pdf"].count(MARKER.encode()) == 1


def test_the_summary_counts_without_naming_anybody(engine, tmp_path):
    rows = people(40, medicines=["", "no such medicine"])
    rows[3]["tired"] = BAD
    run(engine, write(tmp_path / "a.csv", rows), tmp_path / "out")
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert (summary["rows"], summary["scored"], summary["plans"], summary["failed"]) == (40, 39, 39, 1)
    scores = table(tmp_path / "out" / "scores.csv")
    for code, counted in summary["verdicts"].items():
        assert counted == {v: sum(row[f"{code}_verdict"] == v for row in scores) for v in counted}
    for code, count in summary["primary"].items():
        led = [row["primary"] for row in scores if row["status"] == "ok"]
        assert count == led.count("" if code == "none" else code)
    assert summary["review_reasons"]["unregistered_medicine"] == 19
    assert summary["faults"] == {"out_of_range": 1}
    terms = summary["terms"]
    assert (terms["instrument"], terms["day"], terms["knowledge_version"]) == (CODE, "2026-11-23", engine.knowledge.digest)
    text = (tmp_path / "out" / "summary.txt").read_text("utf-8")
    assert "方案：39" in text
    assert "p001" not in text


def test_a_good_row_is_not_lost_to_a_bad_one_of_the_same_person(engine, tmp_path):
    rows = people(2, person_id=["same"])
    rows[0]["tired"] = BAD
    done = run(engine, write(tmp_path / "a.csv", rows), tmp_path / "out")
    assert (done.made, done.failed) == (1, 1)
    assert table(tmp_path / "out" / "plans.csv") == [{"person_id": "same", "row": "2", "file": "same.pdf"}]


def test_a_file_of_bad_rows_alone(engine, tmp_path):
    done = run(engine, write(tmp_path / "a.csv", people(7, tired=[BAD])), tmp_path / "out", workers=2)
    assert (done.rows, done.failed, done.made) == (7, 7, 0)
    assert len(table(tmp_path / "out" / "errors.csv")) == 7
    assert table(tmp_path / "out" / "plans.csv") == []


def test_hostile_and_look_alike_ids(engine, tmp_path):
    ids = ["../../evil", "a/b", "a:b", "A1", "a1", "=cmd|' /C calc'!A0", "con", "长" * 200, "张三", 'a,b"c']
    source = write(tmp_path / "a.csv", people(len(ids), person_id=ids))
    done = run(engine, source, tmp_path / "deep" / "out", workers=2)
    assert done.made == len(ids)
    index = table(tmp_path / "deep" / "out" / "plans.csv")
    assert [entry["person_id"] for entry in index] == ids
    assert len({entry["file"].casefold() for entry in index}) == len(ids)
    assert sorted(file.name for file in (tmp_path / "deep" / "out").glob("*.pdf")) == sorted(entry["file"] for entry in index)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "deep"]


def test_parquet_with_lists_and_truths_makes_the_same_documents(engine, tmp_path):
    rows = people(6)
    run(engine, write(tmp_path / "a.csv", rows), tmp_path / "text")
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    columns |= {key: [int(v) if v else None for v in columns[key]] for key in FORM.keys}
    columns["allergies"] = [["peanut", "egg"]] * 6
    columns["birth_date"] = [date(1970, 1, 31)] * 6
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    run(engine, tmp_path / "a.parquet", tmp_path / "arrow")
    assert content(tmp_path / "arrow") == content(tmp_path / "text")


def test_real_documents(engine, tmp_path):
    run(engine, write(tmp_path / "a.csv", people(2)), tmp_path / "out", workers=2, render=_render_plan)
    for n in range(2):
        text = text_of((tmp_path / "out" / f"p00{n}.pdf").read_bytes(), tmp_path)
        assert f"{MARKER}-{n}" in text
        assert f"{MARKER}-{1 - n}" not in text


def breaks_over_some(plan, name, lang, knowledge):
    if name.endswith("-1"):
        raise ValueError(f"cannot set {name}")
    return b"document"


def test_a_plan_that_breaks_the_program_costs_no_other_and_tells_nothing(engine, tmp_path):
    source = write(tmp_path / "a.csv", people(4))
    done = run(engine, source, tmp_path / "out", render=breaks_over_some, workers=2)
    assert (done.made, done.failed) == (3, 1)
    assert [(e["person_id"], e["row"], e["path"]) for e in table(tmp_path / "out" / "errors.csv")] == [("p001", "2", "$")]
    breakdowns = json.loads((tmp_path / "out" / "summary.json").read_bytes())["breakdowns"]
    assert [where.split(":")[0] for where in breakdowns] == ["ValueError at test_compose_file.py"]
    assert MARKER not in str(breakdowns)
    assert run(engine, source, tmp_path / "out").made == 1


def full_disk(plan, name, lang, knowledge):
    raise OSError(28, "No space left on device")


def test_what_concerns_every_plan_stops_the_batch(engine, tmp_path):
    source = write(tmp_path / "a.csv", people(4))
    with pytest.raises(OSError, match="No space"):
        run(engine, source, tmp_path / "out", render=full_disk, workers=2)
    assert run(engine, source, tmp_path / "out").made == 4


def test_an_unreadable_file_leaves_no_folder(engine, tmp_path):
    (tmp_path / "a.csv").write_text("person_id,sex,what\n")
    with pytest.raises(FileFault):
        run(engine, tmp_path / "a.csv", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_answers_are_never_overwritten(engine, tmp_path):
    source = write(tmp_path / "scores.csv", people(2))
    before = source.read_bytes()
    with pytest.raises(FileFault):
        run(engine, source, tmp_path)
    assert source.read_bytes() == before


def test_progress_ends_with_every_row(engine, tmp_path):
    seen = []
    rows = people(9)
    rows[4]["tired"] = BAD
    source = write(tmp_path / "a.csv", rows)
    for _ in range(2):
        seen.clear()
        run(engine, source, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
        assert seen == [(n, 9) for n in range(2, 10)]
