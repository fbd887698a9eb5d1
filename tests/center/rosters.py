"""Rosters as companies and villages really send them, made from a seed: the same every time, nobody's real data."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安柏澄岱恩帆歌涵嘉康岚萌宁沛琪然舒彤文溪雅泽哲芷言越一二三甲乙丙"
UNITS = ("一车间", "二车间", "质检部", "财务部", "人力资源部", "后勤 保障部", "研发中心（南区）", "销售一部")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
FAULTS = ("no_name", "bad_day", "two_ways", "float_id", "check_digit", "sex_differs", "bad_phone", "bad_sex", "too_young", "bare")
FAULTY_EVERY, DOUBLE_EVERY = 33, 97


@dataclass(frozen=True)
class Made:
    """A file and what a right reading finds in it."""

    data: bytes
    people: int
    faulty: int
    doubles: int


def id_number(region: str, born: date, order: int) -> str:
    body = f"{region}{born:%Y%m%d}{order:03d}"
    return body + CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def messy_roster(count: int, seed: int = 1, faults: bool = True) -> Made:
    """An .xlsx of `count` people: titles above, a header over two rows, five styles of days, repeated headers, totals below."""
    chance = random.Random(seed)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    sheet, day_format = book.add_worksheet("花名册"), book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet("填写说明").write_string(0, 0, "请如实填写，盖章后交回。")
    sheet.merge_range(0, 0, 0, 6, "某某实业有限公司2026年度职工健康管理花名册")
    sheet.write_string(1, 0, "填报单位：某某实业有限公司　　填报日期：2026年11月1日")
    sheet.merge_range(2, 0, 3, 0, "序号")
    sheet.merge_range(2, 1, 2, 4, "基 本 信 息")
    sheet.merge_range(2, 5, 2, 6, "联系与部门")
    lower = ("姓  名", "性别", "出生日期", "身份证号码（必填）", "联系电话", "所在部门")
    for column, word in enumerate(lower, 1):
        sheet.write_string(3, column, word)
    at, wrong, doubles, last = 4, 0, 0, None
    for number in range(1, count + 1):
        if number % 500 == 0:
            for column, word in enumerate(("序号", *lower)):
                sheet.write_string(at, column, word)
            at += 2
        row = _row(chance, number)
        fault = FAULTS[(number // FAULTY_EVERY) % len(FAULTS)] if faults and number % FAULTY_EVERY == 0 else ""
        wrong += bool(fault)
        _write(sheet, at, number, _spoilt(row, fault), chance, day_format)
        at += 1
        if number % DOUBLE_EVERY == 0 and not fault and last != "fault":
            _write(sheet, at, number, row, chance, day_format)
            at, doubles = at + 1, doubles + 1
        last = "fault" if fault else "row"
    sheet.write_string(at + 1, 0, "合计")
    sheet.write_number(at + 1, 1, count)
    sheet.write_string(at + 3, 0, "制表人：某甲　　审核人：某乙")
    book.close()
    return Made(file.getvalue(), count - wrong, wrong, doubles)


def _row(chance: random.Random, number: int) -> dict[str, object]:
    born = date(1950, 1, 1) + timedelta(chance.randrange(365 * 55))
    order = chance.randrange(1, 999)
    name = chance.choice(FAMILY) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    card = id_number(f"{110000 + number:06d}", born, order)
    phone = f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"
    return {"name": name, "sex": "男" if order % 2 else "女", "born": born, "card": card, "phone": phone, "unit": chance.choice(UNITS)}


def _spoilt(row: dict[str, object], fault: str) -> dict[str, object]:
    """The row with one fault of a kind, so that no other cell makes up for it."""
    return (
        row
        | {
            "": {},
            "no_name": {"name": ""},
            "bad_day": {"born": "1979-02-30", "card": ""},
            "two_ways": {"born": "03/04/1980", "card": ""},
            "float_id": {"card": float(str(row["card"])[:17] + "0")},
            "check_digit": {"card": str(row["card"])[:17] + ("0" if str(row["card"])[17] != "0" else "1")},
            "sex_differs": {"sex": "女" if row["sex"] == "男" else "男"},
            "bad_phone": {"phone": "1380013"},
            "bad_sex": {"sex": "不详"},
            "too_young": {"born": date(2020, 1, 1), "card": ""},
            "bare": {"born": "", "card": "", "phone": ""},
        }[fault]
    )  # type: ignore[operator]


def _write(sheet: object, at: int, number: int, row: dict[str, object], chance: random.Random, day_format: object) -> None:
    sheet.write_number(at, 0, number)  # type: ignore[attr-defined]
    name = str(row["name"])
    styled = name if chance.random() < 0.8 else name[:1] + "　" + name[1:] if name else ""
    sex = {"男": ("男", "男性", "M", "1", "Ｍ"), "女": ("女", "女性", "F", "2", " 女 ")}.get(str(row["sex"]), (row["sex"],))
    phone = str(row["phone"])
    cells = [styled, chance.choice(sex), None, row["card"], phone, str(row["unit"])]
    if isinstance(row["card"], str) and row["card"] and chance.random() < 0.1:
        cells[3] = wide(row["card"])
    if len(phone) == 11:
        cells[4] = chance.choice(
            (phone, f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}", wide(phone), int(phone), f"{phone[:3]}-{phone[3:7]}-{phone[7:]}")
        )
    for column, cell in enumerate(cells, 1):
        if isinstance(cell, int | float):
            sheet.write_number(at, column, cell)  # type: ignore[attr-defined]
        elif cell:
            sheet.write_string(at, column, str(cell))  # type: ignore[attr-defined]
    _write_day(sheet, at, row["born"], chance, day_format)


def _write_day(sheet: object, at: int, born: object, chance: random.Random, day_format: object) -> None:
    if not isinstance(born, date):
        sheet.write_string(at, 3, str(born))  # type: ignore[attr-defined]
        return
    style = chance.randrange(7)
    if style == 0:
        sheet.write_datetime(at, 3, born, day_format)  # type: ignore[attr-defined]
    elif style == 1:
        sheet.write_number(at, 3, (born - date(1899, 12, 30)).days)  # type: ignore[attr-defined]
    elif style == 2:
        sheet.write_number(at, 3, int(f"{born:%Y%m%d}"))  # type: ignore[attr-defined]
    else:
        texts = {3: f"{born:%Y-%m-%d}", 4: f"{born.year}/{born.month}/{born.day}", 5: f"{born.year}.{born.month:02d}.{born.day:02d}"}
        sheet.write_string(at, 3, texts.get(style, f"{born.year}年{born.month}月{born.day}日"))  # type: ignore[attr-defined]
