"""Files of answers: what is read, what is refused as a whole, and that one bad row never costs a good one."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from knowledge_base import load_constitutions
from tcm_engine.assessment import assess
from tcm_engine.batch import FileFault, score_file
from tcm_engine.batch.vocabulary import header
from tcm_engine.views import phrases
from tests.forms import CODES, COMPILED, form_of, random_sheets, sheet_of

DAY = date(2026, 11, 23)
WORDS = {lang: phrases(lang, load_constitutions()) for lang in ("zh-Hans", "en")}
SHORT, LONG, ELDERLY = map(form_of, CODES)
SEXES = ("", "female", "male")


def table(form, count, seed=1):
    """Header and rows of cells, all good."""
    sheets, sex = random_sheets(form, count, seed)
    names = ["person_id", "sex", *form.keys]
    return names, [[f"p{n}", SEXES[of], *(str(v) if v else "" for v in row)] for n, (row, of) in enumerate(zip(sheets, sex, strict=False))]


def write(path, names, rows, delimiter=",", encoding="utf-8", newline="\n"):
    text = newline.join(delimiter.join(row) for row in [names, *rows]) + newline
    path.write_bytes(text.encode(encoding))
    return path


def run(form, source, target=None, lang="zh-Hans", **options):
    target = target or source.with_name("scores.csv")
    done = score_file(form, source, target, phrases=WORDS[lang], on=DAY, **options)
    with done.errors_file.open(encoding="utf-8", newline="") as file:
        errors = list(csv.DictReader(file))
    return done, target.read_bytes(), errors


def scores_of(data):
    return list(csv.DictReader(data.decode().splitlines()))


@pytest.mark.parametrize("code", CODES)
def test_every_cell_agrees_with_the_single_sheet(tmp_path, code):
    form = form_of(code)
    count = 400 if COMPILED else 25
    names, rows = table(form, count)
    done, data, errors = run(form, write(tmp_path / "a.csv", names, rows))
    assert (done.rows, done.failed, errors) == (count, 0, [])
    written = scores_of(data)
    assert list(written[0]) == header()
    sheets, sex = random_sheets(form, count, 1)
    for cells, row, of in zip(written, sheets, sex, strict=False):
        single = assess(form, sheet_of(form, row), sex=SEXES[of] or None, assessed_on=DAY)
        for scale in single.scores:
            at = lambda part, c=scale.constitution, cells=cells: cells[f"{c}_{part}"]  # noqa: E731
            assert at("raw") == ("" if scale.raw is None else str(scale.raw))
            assert (float(at("score")) if at("score") else None) == scale.score
            assert at("verdict") == scale.verdict
        assert (cells["primary"] or None) == single.primary
        assert cells["conclusion"] == WORDS["zh-Hans"].conclusion.say(single.conclusion)
        assert cells["review_reasons"] == ";".join(reason.code for reason in single.review_reasons)


def test_english_words_with_commas_are_quoted(tmp_path):
    names, rows = table(LONG, 60)
    _, data, _ = run(LONG, write(tmp_path / "a.csv", names, rows), lang="en")
    sheets, sex = random_sheets(LONG, 60, 1)
    for cells, row, of in zip(scores_of(data), sheets, sex, strict=False):
        single = assess(LONG, sheet_of(LONG, row), sex=SEXES[of] or None, assessed_on=DAY)
        assert cells["conclusion"] == WORDS["en"].conclusion.say(single.conclusion)


@pytest.mark.parametrize(
    "variant",
    [
        {"encoding": "utf-8-sig"},
        {"encoding": "gbk"},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"newline": "\r\n"},
        {"encoding": "gbk", "delimiter": ";", "newline": "\r\n"},
    ],
)
def test_other_ways_to_write_a_csv(tmp_path, variant):
    names, rows = table(SHORT, 30)
    rows[3][0], rows[4][0] = "张三丰", "体检中心七号"
    _, expected, _ = run(SHORT, write(tmp_path / "plain.csv", names, rows))
    assert run(SHORT, write(tmp_path / "other.csv", names, rows, **variant))[1] == expected
    assert "张三丰" in expected.decode()


@pytest.mark.parametrize("cell", ["３", " 3 ", "3.0", "3.", '"3"', '"3.00"', "+3"])
def test_other_ways_to_write_an_answer(tmp_path, cell):
    names, rows = table(SHORT, 3)
    rows[1][2] = "3"
    _, expected, _ = run(SHORT, write(tmp_path / "plain.csv", names, rows))
    rows[1][2] = cell
    assert run(SHORT, write(tmp_path / "other.csv", names, rows))[1] == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "缺失"),
        ("0", "1至5"),
        ("6", "1至5"),
        ("-1", "1至5"),
        ("12", "1至5"),
        ("99999999999999999999", "整数"),
        ("2.5", "整数"),
        ("often", "整数"),
        ("=1+1", "整数"),
        ("{{7*7}}", "整数"),
        ("<b>3</b>", "整数"),
        ("NaN", "整数"),
        ("TRUE", "整数"),
    ],
)
def test_a_bad_answer_is_named_and_not_repeated(tmp_path, cell, code):
    names, rows = table(SHORT, 5)
    _, good, _ = run(SHORT, write(tmp_path / "good.csv", names, rows))
    rows[2][2] = cell
    done, data, errors = run(SHORT, write(tmp_path / "bad.csv", names, rows))
    assert (done.rows, done.failed) == (5, 1)
    assert [(e["person_id"], e["row"], e["path"]) for e in errors] == [("p2", "3", "$.answers.energy")]
    assert code in errors[0]["message"]
    assert len(cell) < 4 or cell not in (tmp_path / "scores.errors.csv").read_text()
    before, after = good.splitlines(), data.splitlines()
    assert after[3] == b"p2,error" + b"," * 30
    assert [line for n, line in enumerate(after) if n != 3] == [line for n, line in enumerate(before) if n != 3]


def test_every_fault_of_a_row_is_a_line(tmp_path):
    names, rows = table(SHORT, 1)
    rows[0][1] = "unknown"
    rows[0][3], rows[0][4] = "9", "x"
    _, _, errors = run(SHORT, write(tmp_path / "a.csv", names, rows))
    assert {"$.person.sex", f"$.answers.{names[3]}", f"$.answers.{names[4]}"} <= {error["path"] for error in errors}


def test_the_wrong_sex(tmp_path):
    names, rows = table(SHORT, 40)
    person = next(n for n, row in enumerate(rows) if row[1] == "female")
    rows[person][names.index("scrotum_m")] = "2"
    _, _, errors = run(SHORT, write(tmp_path / "a.csv", names, rows))
    assert [(error["person_id"], error["path"]) for error in errors] == [(f"p{person}", "$.answers.scrotum_m")]


@pytest.mark.parametrize("line", ["p9,female,1,2", '"p9,female,1,2,3', 'p9"x,fe"male,,,', "," * 200, '"', "p9"])
def test_a_broken_line_spoils_itself_alone(tmp_path, line):
    names, rows = table(SHORT, 6)
    source = write(tmp_path / "a.csv", names, rows)
    _, good, _ = run(SHORT, source)
    lines = source.read_text().splitlines()
    source.write_text("\n".join([*lines[:3], line, *lines[3:]]) + "\n")
    done, data, errors = run(SHORT, source)
    assert (done.rows, done.failed) == (7, 1)
    assert {error["row"] for error in errors} == {"3"}
    kept = data.splitlines()
    assert kept[:3] + kept[4:] == good.splitlines()
    assert kept[3].split(b",")[1] == b"error"


@pytest.mark.parametrize("cut", [1, 7, 100, 997, 5000, 1 << 20])
def test_the_output_does_not_depend_on_the_pieces(tmp_path, cut):
    names, rows = table(SHORT, 120 if COMPILED else 20)
    rows[5][2], rows[9][1], rows[11][0] = "x", "?", '"say ""yes"", twice"'
    source = write(tmp_path / "a.csv", names, rows)
    done, data, errors = run(SHORT, source)
    again = run(SHORT, source, tmp_path / "again.csv", piece_size=cut)
    assert (again[0].rows, again[1], again[2]) == (done.rows, data, errors)


def test_ids_are_kept_as_they_were_given(tmp_path):
    names, rows = table(SHORT, 6)
    ids = ["007", '=HYPERLINK("x")', "a,b", "𠮷野", "{{7*7}}", "x" * 1000]
    for row, one in zip(rows, ids, strict=False):
        row[0] = '"' + one.replace('"', '""') + '"'
    _, data, _ = run(SHORT, write(tmp_path / "a.csv", names, rows))
    assert [cells["person_id"] for cells in scores_of(data)] == ids


def test_zero_rows(tmp_path):
    names, _ = table(SHORT, 1)
    for name, ending in (("a.csv", "csv"), ("b.csv", "parquet")):
        done = score_file(SHORT, write(tmp_path / name, names, []), tmp_path / f"s.{ending}", phrases=WORDS["en"], on=DAY)
        assert (done.rows, done.failed) == (0, 0)
    assert (tmp_path / "s.csv").read_text().splitlines() == [",".join(header())]
    assert pq.read_table(tmp_path / "s.parquet").num_rows == 0
    assert done.errors_file.read_text() == "person_id,row,path,message\n"


def test_a_file_without_a_last_line_break_and_with_blank_lines(tmp_path):
    names, rows = table(SHORT, 3)
    source = write(tmp_path / "a.csv", names, rows)
    _, expected, _ = run(SHORT, source)
    source.write_text("\n\n".join(source.read_text().splitlines()))
    assert run(SHORT, source)[1] == expected


def spoiled(names, how):
    return {
        "missing_columns": [n for n in names if n != "tired"],
        "unknown_columns": [*names, "shoe_size"],
        "duplicate_columns": [*names, "tired"],
    }[how]


@pytest.mark.parametrize("how", ["missing_columns", "unknown_columns", "duplicate_columns"])
def test_a_column_set_that_does_not_fit(tmp_path, how):
    names, rows = table(SHORT, 2)
    with pytest.raises(FileFault) as caught:
        run(SHORT, write(tmp_path / "a.csv", spoiled(names, how), rows))
    assert caught.value.fault.code == how
    assert ("shoe_size" if how == "unknown_columns" else "tired") in caught.value.fault.params["columns"]
    assert not list(tmp_path.glob("scores*")) and not list(tmp_path.glob(".*"))


def test_a_file_without_a_header_does_not_tell_who_is_in_it(tmp_path):
    _, rows = table(SHORT, 2)
    rows[0][0] = "Zhang San"
    with pytest.raises(FileFault) as caught:
        run(SHORT, write(tmp_path / "a.csv", rows[0], rows[1:]))
    assert "Zhang" not in str(caught.value) + WORDS["en"].fault(caught.value.fault)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", "person_id,sex".encode("utf-16"), "unknown_encoding"),
        ("a.csv", b"\xff\xfe\xfa\x80\xff", "unknown_encoding"),
        ("a.parquet", b"PAR1 is not enough", "not_parquet"),
        ("a.xlsx", b"PK", "file_type"),
    ],
)
def test_files_that_are_no_table(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileFault) as caught:
        run(SHORT, tmp_path / name)
    assert caught.value.fault.code == code
    assert WORDS["zh-Hans"].fault(caught.value.fault) != WORDS["en"].fault(caught.value.fault)


def test_scores_do_not_overwrite_the_answers(tmp_path):
    source = write(tmp_path / "a.csv", *table(SHORT, 2))
    with pytest.raises(FileFault) as caught:
        run(SHORT, source, source)
    assert caught.value.fault.code == "same_file"


def test_profile_columns_and_the_age(tmp_path):
    names, rows = table(ELDERLY, 5)
    extra = ["birth_date", "conditions", "answered_in_s"]
    born = ["1950-02-03", "1990-02-03", "2015-02-03", "1950-02-30", "1950/2/3"]
    rows = [[*row, day, "hypertension;gout", seconds] for row, day, seconds in zip(rows, born, ["200", "12.5", "", "", ""], strict=False)]
    _, data, errors = run(ELDERLY, write(tmp_path / "a.csv", [*names, *extra], rows))
    written = scores_of(data)
    assert [cells["status"] for cells in written] == ["ok", "ok", "error", "error", "ok"]
    assert "answered_too_fast;below_intended_age" in written[1]["review_reasons"]
    assert "below" not in written[0]["review_reasons"] and "below" not in written[4]["review_reasons"]
    assert [error["path"] for error in errors] == ["$.person.birth_date"] * 2


def test_measured_columns_of_the_elderly_form(tmp_path):
    names, rows = table(ELDERLY, 3)
    place = names.index("q28")
    for row, answer in zip(rows, "235", strict=False):
        row[place] = answer
    _, expected, _ = run(ELDERLY, write(tmp_path / "a.csv", names, rows))
    for row, waist in zip(rows, ["85.9", "86", "105.1"], strict=False):
        row[place] = waist
    names[place] = "q28_waist_cm"
    assert run(ELDERLY, write(tmp_path / "b.csv", names, rows))[1] == expected
    both = [[*row, answer] for row, answer in zip(rows, ["2", "4", ""], strict=False)]
    _, _, errors = run(ELDERLY, write(tmp_path / "c.csv", [*names, "q28"], both))
    assert [(error["person_id"], error["path"]) for error in errors] == [("p1", "$.answers.q28_waist_cm")]


def typed(names, rows, kind):
    columns = {"person_id": pa.array([row[0] for row in rows]), "sex": pa.array([row[1] or None for row in rows])}
    for c, name in enumerate(names[2:], start=2):
        cells = [row[c] or None for row in rows]
        columns[name] = pa.array(
            cells if kind == "text" else [None if x is None else int(x) for x in cells],
            {"int": pa.int64(), "byte": pa.uint8(), "float": pa.float64(), "text": pa.string()}[kind],
        )
    return pa.table(columns)


@pytest.mark.parametrize("kind", ["int", "byte", "float", "text"])
@pytest.mark.parametrize("target", ["s.csv", "s.parquet"])
def test_parquet(tmp_path, kind, target):
    names, rows = table(SHORT, 50)
    rows[4][3] = "7"
    _, expected, expected_errors = run(SHORT, write(tmp_path / "a.csv", names, rows))
    pq.write_table(typed(names, rows, kind), tmp_path / "a.parquet")
    done, data, errors = run(SHORT, tmp_path / "a.parquet", tmp_path / target, piece_size=7)
    assert errors == expected_errors and done.failed == 1
    if target == "s.csv":
        assert data == expected
    else:
        read = pq.read_table(tmp_path / target).to_pylist()
        cells = [[str(v).removesuffix(".0") if v is not None else "" for v in row.values()] for row in read]
        assert cells == [list(row.values()) for row in scores_of(expected)]


def test_parquet_with_cells_that_are_no_answers(tmp_path):
    names, rows = table(SHORT, 4)
    for value, row in zip(["often", "３", "2.5", " 4"], rows, strict=False):
        row[2] = value
    pq.write_table(typed(names, rows, "text"), tmp_path / "a.parquet")
    _, _, errors = run(SHORT, tmp_path / "a.parquet")
    assert [(error["person_id"], error["path"]) for error in errors] == [("p0", "$.answers.energy"), ("p2", "$.answers.energy")]


def test_the_same_rows_give_the_same_parquet_bytes(tmp_path):
    source = write(tmp_path / "a.csv", *table(SHORT, 200 if COMPILED else 20))
    outputs = [run(SHORT, source, tmp_path / f"{size}.parquet", piece_size=size)[1] for size in (300, 2000, 1 << 20)]
    assert outputs[0] == outputs[1] == outputs[2]


def test_good_rows_survive_three_hundred_bad_ones(tmp_path):
    count, bad = (30_000, 300) if COMPILED else (60, 6)
    names, rows = table(SHORT, count)
    source = write(tmp_path / "a.csv", names, rows)
    _, good, _ = run(SHORT, source)
    places = np.random.default_rng(2).choice(count, bad, replace=False)
    for n, place in enumerate(places):
        rows[place][2 + n % 10] = ("x", "", "0", "9", "1.5")[n % 5]
    done, data, errors = run(SHORT, write(source, names, rows))
    assert (done.rows, done.failed, {int(e["row"]) - 1 for e in errors}) == (count, bad, set(places.tolist()))
    spoilt = set(places.tolist())
    pairs = zip(good.splitlines()[1:], data.splitlines()[1:], strict=False)
    assert all((before == after) == (n not in spoilt) for n, (before, after) in enumerate(pairs))
    assert isinstance(done.errors_file, Path)
