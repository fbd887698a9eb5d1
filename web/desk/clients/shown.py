"""What several pages of this area show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from tcm_engine.center.access import branches
from tcm_engine.center.clients import MEASURES, Client, Grade, bmi_tenths
from tcm_engine.model import Profile

from ..access import caller, services
from ..words import translate as _
from .labels import ACTION, LABELS, LEVEL, SIDE, VERDICT


def branch_names() -> dict[str, str]:
    """Public id of a branch -> its name."""
    return {one.public_id: one.name for one in branches(services().center, caller().organisation)}


def branch_choices(now: str | None) -> list[tuple[str, str]]:
    """Branches that a record may belong to; the one it belongs to now is offered although it be closed."""
    who = caller()
    found = [one for one in branches(services().center, who.organisation) if who.branch in (None, one.id)]
    offered = [(one.public_id, one.name) for one in found if one.closed_at is None or one.public_id == now]
    return offered if who.branch is not None else [("", _("The whole organisation")), *offered]


def number_of(text: str | None) -> int:
    """The number of a page; 1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


def age_of(client: Client) -> int | None:
    return Profile(birth_date=client.identity.birth_date).age_on(services().today())


def graded(grade: Grade) -> dict[str, Any]:
    """A level in words, with what to do and its source; never a diagnosis."""
    action = ACTION.get(f"{grade.code}.{grade.level}") or ACTION.get(grade.level)
    return {
        "name": _(LABELS[grade.code]),
        "level": grade.level,
        "word": _(LEVEL[grade.level]),
        "range": _(SIDE[grade.side], bound=grade.bound) if grade.side else "",
        "action": _(action) if action else "",
        "source": grade.source,
    }


def value_words(code: str, values: Mapping[str, int]) -> str:
    """What was measured, with its unit: 128/82 mmHg, 24.1 kg/m²."""
    if code == "bmi":
        return f"{bmi_tenths(values['height_cm'], values['weight_kg']) / 10:.1f} kg/m²"
    if code == "pressure":
        both = (MEASURES[one].shown(values[one]) if one in values else "–" for one in ("systolic_mmhg", "diastolic_mmhg"))
        return "/".join(both) + " mmHg"
    return f"{MEASURES[code].shown(values[code])} {MEASURES[code].unit}"


def verdict_word(verdict: str) -> str:
    return _(VERDICT[verdict])


def type_name(code: str) -> str:
    return services().knowledge.constitutions[code].name.in_(g.display.lang)


def flag_words(code: str) -> str:
    """A red flag as the register words it."""
    flag = services().knowledge.red_flags.get(code)
    return flag.sign.in_(g.display.lang) if flag else code
