"""Which column of another system's table is what: told by its heading, in Chinese or English. What is not known is not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcm_engine.center import Center

from .measures import MEASURES

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "客户姓名", "受检者姓名", "name"),
    "sex": ("性别", "sex", "gender"),
    "birth_date": ("出生日期", "出生年月日", "生日", "birth date", "date of birth", "birthday"),
    "id_number": ("身份证号", "身份证号码", "身份证", "证件号码", "公民身份号码", "id number", "identity card"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "phone", "mobile", "telephone"),
    "code": ("编号", "档案号", "档案编号", "健康档案编号", "code", "record number"),
}
DAY = ("日期", "检查日期", "体检日期", "测量日期", "测评日期", "辨识日期", "date", "measured on", "assessed on", "checkup date")
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "height_cm": ("身高", "height"),
    "weight_kg": ("体重", "weight"),
    "waist_cm": ("腰围", "waist", "waist circumference"),
    "systolic_mmhg": ("收缩压", "高压", "systolic", "systolic pressure", "sbp"),
    "diastolic_mmhg": ("舒张压", "低压", "diastolic", "diastolic pressure", "dbp"),
    "pressure": ("血压", "blood pressure", "bp"),
    "heart_rate_per_min": ("心率", "脉搏", "脉率", "heart rate", "pulse"),
    "fasting_glucose_mmol_l": ("空腹血糖", "血糖", "fasting glucose", "fpg", "glu"),
    "glucose_2h_mmol_l": ("餐后2小时血糖", "餐后血糖", "2小时血糖", "2h glucose", "2hpg"),
    "hba1c_percent": ("糖化血红蛋白", "hba1c"),
    "total_cholesterol_mmol_l": ("总胆固醇", "胆固醇", "total cholesterol", "tc", "chol"),
    "triglycerides_mmol_l": ("甘油三酯", "triglycerides", "tg"),
    "ldl_mmol_l": ("低密度脂蛋白胆固醇", "低密度脂蛋白", "ldl-c", "ldl", "ldl cholesterol"),
    "hdl_mmol_l": ("高密度脂蛋白胆固醇", "高密度脂蛋白", "hdl-c", "hdl", "hdl cholesterol"),
    "uric_acid_umol_l": ("尿酸", "血尿酸", "uric acid", "ua"),
}
_UNITS = {
    "cm": "cm", "厘米": "cm", "kg": "kg", "公斤": "kg", "千克": "kg", "mmhg": "mmHg", "毫米汞柱": "mmHg", "mmol/l": "mmol/L", "%": "%",
    "umol/l": "µmol/L", "µmol/l": "µmol/L", "μmol/l": "µmol/L", "次/分": "/min", "次/分钟": "/min", "bpm": "/min", "/min": "/min",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"[(（\[【](.*?)[)）\]】]")
DEEPEST_HEADER = 15
"""Rows in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Columns:
    row: int
    """Place of the heading row, from 0."""
    known: Mapping[int, str]
    """Place of a column -> what it is: a field of the identity, `day`, `pressure`, a measure, or `answer:KEY`."""
    unknown: tuple[str, ...]
    """Headings that nobody knows here; their columns are not taken."""
    other_unit: tuple[str, ...]
    """Headings with a unit that is not ours; not taken, because nothing is converted."""
    instrument: str
    """Whose questions the answers belong to; empty without answers."""
    headings: Mapping[str, str]
    """What it is -> its heading in the file."""


def find_columns(center: Center, rows: Sequence[Sequence[Any]]) -> Columns | None:
    """The row with most known headings, a name or number among them; None where there is none."""
    best: Columns | None = None
    for at, row in enumerate(rows[:DEEPEST_HEADER]):
        found = _columns(center, at, row)
        who = {"name", "id_number", "code"} & set(found.known.values())
        if who and len(found.known) > (len(best.known) if best else 1):
            best = found
    return best


def plain_heading(cell: Any) -> str:
    """Without brackets, width and case."""
    text = unicodedata.normalize("NFKC", str(cell if cell is not None else "")).casefold()
    return " ".join(_IN_BRACKETS.sub("", text).replace("*", " ").split()).strip(" :：")


def cell_text(cell: Any) -> str:
    """A cell as people would type it."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _columns(center: Center, at: int, row: Sequence[Any]) -> Columns:
    names = _names()
    instrument, items = _answers(center, row)
    known: dict[int, str] = {}
    headings: dict[str, str] = {}
    unknown, other_unit = [], []
    for place, cell in enumerate(row):
        heading = plain_heading(cell)
        if not heading:
            continue
        what = items.get(place) or names.get(heading)
        if what and _foreign_unit(what, cell):
            other_unit.append(cell_text(cell))
        elif what and what not in headings:
            known[place], headings[what] = what, cell_text(cell)
        else:
            unknown.append(cell_text(cell)[:40])
    return Columns(at, known, tuple(unknown), tuple(other_unit), instrument, headings)


def _names() -> dict[str, str]:
    groups = {**IDENTITY, "day": DAY, **_MEASURES, **{code: (code,) for code in MEASURES}}
    found: dict[str, str] = {}
    for what, names in groups.items():
        for name in names:
            found.setdefault(plain_heading(name), what)
    for code, names in _MEASURES.items():
        found |= {plain_heading(name): code for name in names} | {code: code}
    return found


def _answers(center: Center, row: Sequence[Any]) -> tuple[str, dict[int, str]]:
    """The form whose questions stand there, by key or by wording, and their columns. Of several the one with most questions."""
    best: tuple[str, dict[int, str]] = ("", {})
    for code, form in center.engine.knowledge.instruments.items():
        words = {plain_heading(item.key): item.key for item in form.items} | {plain_heading(item.text.zh): item.key for item in form.items}
        found = {place: f"answer:{words[heading]}" for place, cell in enumerate(row) if (heading := plain_heading(cell)) in words}
        if len(found) > len(best[1]) and len(found) * 2 > len(form.items):
            best = (code, found)
    return best


def _foreign_unit(what: str, cell: Any) -> bool:
    """Whether a heading names a unit in which we do not keep this."""
    measure = MEASURES.get("systolic_mmhg" if what == "pressure" else what)
    if measure is None:
        return False
    text = unicodedata.normalize("NFKC", str(cell)).casefold()
    units = [_UNITS.get(unit.strip(), unit.strip()) for unit in _IN_BRACKETS.findall(text)]
    looks = [unit for unit in units if unit in _UNITS.values() or "/" in unit or unit in ("斤", "m", "米", "kpa", "lb", "inch")]
    return any(unit.casefold() != measure.unit.casefold() for unit in looks)
