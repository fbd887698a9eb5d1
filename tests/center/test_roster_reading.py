"""Reading rosters: every style of a cell, headers wherever they stand, files that are no rosters."""

from __future__ import annotations

import struct
import zipfile
import zlib
from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tcm_engine.center.campaigns.roster import find_header, guess, read_people, read_tables
from tcm_engine.center.campaigns.roster.cells import Identity, Wrong, read_day, read_id_number, read_name, read_phone, read_sex
from tcm_engine.model import InvalidInput

from .rosters import id_number, messy_roster, wide

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1905, 1, 1), date(2008, 1, 1))


def code_of(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_tables(data)
    (fault,) = refused.value.faults
    assert fault.path == "file"
    return fault.code


def book(*sheets: list[list[object]]) -> bytes:
    file = BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    for rows in sheets:
        page = made.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)
    made.close()
    return file.getvalue()


def reading(data: bytes):
    found = [(table, header) for table in read_tables(data) if (header := find_header(table))]
    return read_people([(table, header, guess(header)) for table, header in found], TODAY, 18)


@given(DAYS)
def test_a_day_is_the_same_in_every_style(day: date) -> None:
    styles = (
        day, f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"), float(f"{day:%Y%m%d}"), f"{day.year}年{day.month}月{day.day}日", f"{day.year}年 {day.month}月 {day.day} 号",
        (day - date(1899, 12, 30)).days, f"{day:%Y-%m-%d} 00:00:00", "．".join(wide(part) for part in f"{day:%Y %m %d}".split()),
    )  # fmt: skip
    known = [style for style in styles if not (isinstance(style, int) and style < 3000)]
    assert {read_day(style, TODAY) for style in known} == {day}


@given(DAYS)
def test_a_day_whose_month_could_be_its_day_is_never_guessed(day: date) -> None:
    read = read_day(f"{day.day:02d}/{day.month:02d}/{day.year}", TODAY)
    if day.day <= 12 and day.day != day.month:
        assert read == Wrong("ambiguous_day")
    else:
        assert read == day


@pytest.mark.parametrize("text", ["79-5-12", "1979-5", "197905", "1979", "1979-02-30", "五月", "1979年", "12.5", "农历五月"])
def test_what_is_no_full_day_is_told(text: str) -> None:
    assert read_day(text, TODAY) == Wrong("unreadable_day")


def test_a_day_to_come_and_one_long_gone_are_told() -> None:
    assert read_day(TODAY + timedelta(1), TODAY) == Wrong("in_the_future")
    assert read_day("1850-01-01", TODAY) == Wrong("too_early", (("minimum", "1900-01-01"),))


@given(DAYS, st.integers(100000, 659999), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_an_identity_number_gives_day_and_sex_and_a_wrong_digit_is_noticed(day: date, place: int, order: int, at: int, step: int) -> None:
    number = id_number(str(place), day, order)
    assert read_id_number(wide(number).lower(), TODAY) == Identity(number, day, "male" if order % 2 else "female")
    assert read_id_number(f" {number[:6]} {number[6:14]} {number[14:]} ", TODAY) == read_id_number("'" + number, TODAY)
    wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    assert isinstance(read_id_number(wrong, TODAY), Wrong)
    if number[-1] != "X":
        assert read_id_number(float(number), TODAY) == Wrong("id_digits_lost")
        assert read_id_number(f"{float(number):E}", TODAY) == Wrong("id_digits_lost")


@given(st.text("0123456789", min_size=9, max_size=9), st.sampled_from("3456789"))
def test_a_telephone_is_the_same_however_it_is_written(rest: str, second: str) -> None:
    number = f"1{second}{rest}"
    ways = (
        number,
        int(number),
        float(number),
        f"+86 {number}",
        f"0086{number}",
        f"86{number}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        wide(number),
    )
    assert {read_phone(way) for way in ways} == {number}
    assert read_phone(number[:-1]) == Wrong("phone_unfit")


def test_names_and_sexes_as_they_are_typed() -> None:
    assert read_name("张　三") == "张三" and read_name(" John  Smith ") == "John Smith" and read_name("买买提•艾力") == "买买提·艾力"
    assert read_name('=HYPERLINK("http://x")') == '=HYPERLINK("http://x")'
    assert read_name(12.0) == read_name("123") == Wrong("unfit_name") and read_name(None) == Wrong("missing")
    assert [read_sex(word) for word in ("男", "Ｍ", "1", 1.0, "male")] == ["male"] * 5
    assert [read_sex(word) for word in ("女 ", "f", "2", 2, "女性")] == ["female"] * 5
    assert read_sex("") is None and read_sex("不详") == Wrong("unknown_sex_word")


def test_headers_are_found_below_titles_over_two_rows_and_in_english() -> None:
    two_rows = [
        ["某某公司花名册"],
        ["姓名", "性别", "出生日期", "联系方式", None],
        [None, None, None, "手机号", "微信"],
        ["张一", "男", "1979-05-12", "13800138000", "a"],
    ]
    (person,) = reading(book(two_rows)).people
    assert (person.name, person.phone, person.row) == ("张一", "13800138000", 4)
    english = [["No", "Full name", "Sex", "Date of birth", "Mobile"], [1, "Ann Lee", "F", "1985-01-02", 13800138001]]
    (person,) = reading(book(english)).people
    assert (person.name, person.sex, person.birth_date) == ("Ann Lee", "female", "1985-01-02")


def test_several_sheets_are_read_each_with_its_header_and_an_empty_number_is_nobody() -> None:
    first = [["姓名", "出生日期"], ["张一", "1979-05-12"], [None, None], ["姓名", "出生日期"], ["张二", "1980-05-12"], ["合计", 2]]
    second = [["序号", "员工姓名", "手机"], [1, "李一", "13800138000"], [2, None, None], [3, "李二", "13800138001"]]
    found = reading(book(first, [["说明", "请填写"]], second))
    assert [person.name for person in found.people] == ["张一", "张二", "李一", "李二"] and not found.faults
    assert found.passed_over == {"empty": 2, "header": 1, "total": 1}


def test_text_is_read_in_its_encoding_with_its_delimiter() -> None:
    text = "姓名;性别;出生日期\n张一;男;1979/5/12\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert [person.name for person in reading(text.encode(encoding)).people] == ["张一"]
    assert [person.name for person in reading(text.replace(";", "\t").encode("gbk")).people] == ["张一"]


def test_files_that_are_no_rosters_are_refused_with_one_message() -> None:
    assert code_of(b"") == code_of(b" \n ") == code_of(book([[]])) == "file_empty"
    assert (
        code_of(b"PK\3\4" + b"x" * 100) == code_of(b"%PDF-1.7\0\1\2") == code_of(b"\xd0\xcf\x11\xe0" + b"x" * 1000) == "not_a_spreadsheet"
    )
    assert code_of(b"\xff\xfe\xfd\xfa\x80\x81\xff") in ("unknown_encoding", "not_a_spreadsheet")
    assert code_of(messy_roster(50).data[:-2000]) == "not_a_spreadsheet"


def test_zip_bombs_are_refused_before_they_unpack() -> None:
    big = BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (200 << 20))
    assert code_of(big.getvalue()) == "too_much_inside"
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(2001):
            archive.writestr(f"{number}", b"")
    assert code_of(many.getvalue()) == "too_much_inside"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    real = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = real.compress(b"0" * (200 << 20)) + real.flush()
    name, said = b"xl/workbook.xml", 100
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), said, len(name), 0) + name + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), said, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    assert code_of(local + central + end) == "too_much_inside"


def test_a_sheet_of_one_cell_a_million_rows_down_costs_no_memory() -> None:
    far = BytesIO()
    made = xlsxwriter.Workbook(far, {"in_memory": True})
    page = made.add_worksheet()
    page.write(0, 0, "姓名")
    page.write(1_048_575, 16_383, "x")
    made.close()
    assert code_of(far.getvalue()) in ("too_much_inside", "too_many_rows")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    try:
        tables = read_tables(data)
    except InvalidInput as refused:
        assert [fault.path for fault in refused.faults] == ["file"]
    else:
        assert tables
