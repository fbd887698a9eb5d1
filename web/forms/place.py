"""Where a person lives, as one of seven climate zones: the least that the plan needs."""

from __future__ import annotations

from typing import Any

from ..draft import Draft
from ..visit import lang as current_lang
from ..words import translate as _
from .base import Page, Radios, choices

ELSEWHERE = "elsewhere"


class PlaceForm(Page):
    zone = Radios()

    def __init__(self, draft: Draft, knowledge: Any, **kwargs: object):
        said = draft.safety.get("place") or {}
        super().__init__(data={"zone": said.get("zone") or (ELSEWHERE if said else None)}, **kwargs)
        lang = current_lang()
        joint = ", " if lang == "en" else "、"
        zones = (
            (code, f"{z.name.in_(lang)}{_(': ')}{joint.join(p.in_(lang) for p in z.provinces)}") for code, z in knowledge.zones.items()
        )
        self.zone.choices = choices(*zones, (ELSEWHERE, _("Somewhere else, or I would rather not say")))

    def patch(self) -> dict[str, Any]:
        if not self.zone.data:
            return {"place": None}
        return {"place": {"zone": None if self.zone.data == ELSEWHERE else self.zone.data}}
