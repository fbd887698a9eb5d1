"""What a form of this area holds: texts by name, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import g, request

from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import say_fault

from ...forms import PageFault
from ..forms import DeskForm
from ..words import translate as _
from .labels import LABELS

_NAME = re.compile(r"\.([A-Za-z0-9_]+)(?:\[[^\]]*\])*$")


@dataclass(slots=True)
class Sent:
    """The fields of a page: their names are those at the end of a fault's path."""

    form: DeskForm
    values: dict[str, str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def faults(self) -> list[PageFault]:
        return [PageFault(f"#{name}", f"{self.label(name)}{_(': ')}{one}") for name, all_ in self.wrong.items() for one in all_]

    @staticmethod
    def label(name: str) -> str:
        return _(LABELS[name]) if name in LABELS else ""

    def take(self, invalid: InvalidInput) -> None:
        """Put every fault beside its field."""
        for fault in invalid.faults:
            name = name_of(fault)
            self.wrong.setdefault(name, []).append(say(fault))
            self.codes.setdefault(name, []).append(fault.code)


def sent(names: Iterable[str], before: Mapping[str, str] | None = None) -> Sent:
    """What was sent, or what stood before where nothing was."""
    form = DeskForm()
    given = request.form if request.method == "POST" else (before or {})
    return Sent(form, {name: str(given.get(name, "") or "") for name in names})


def say(fault: Fault) -> str:
    """A fault in words; another field is named as the page names it."""
    params = {key: _(LABELS[value]) if isinstance(value, str) and value in LABELS else value for key, value in fault.params.items()}
    return say_fault(Fault(fault.path, fault.code, params), g.display.lang)


def name_of(fault: Fault) -> str:
    found = _NAME.search(fault.path)
    return found[1] if found else "page"
