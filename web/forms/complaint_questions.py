"""What a complaint's few questions ask: each yes, no, or passed over."""

from __future__ import annotations

from typing import Any

from tcm_engine.center import MOST_PROGRAMMES

from ..draft import Draft
from ..visit import lang as current_lang
from ..words import translate as _
from .base import Page, Radios, choices


class ComplaintForm(Page):
    """Fields are made from the knowledge base (`complaint_form`)."""

    asked: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    """(complaint, its name, ((field, question) …))"""

    def groups(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """(name of the complaint, (field, question) …), as the page shows them."""
        return [(name, [(self[field], ask) for field, ask in questions]) for _code, name, questions in self.asked]

    def patch(self) -> dict[str, Any]:
        said: dict[str, dict[str, bool]] = {}
        for code, _name, questions in self.asked:
            given = {field.partition(".")[2]: self[field].data for field, _ask in questions}
            said[code] = {question: answer == "yes" for question, answer in given.items() if answer}
        return {"complaint_answers": said}


def complaint_form(draft: Draft, knowledge: Any) -> ComplaintForm:
    """The questions of the complaints that the plan gives four weeks to, with what was answered before."""
    lang, before = current_lang(), draft.safety.get("complaint_answers") or {}
    entries = [knowledge.complaints[code] for code in draft.complaints if code in knowledge.complaints][:MOST_PROGRAMMES]
    asked = tuple((e.code, e.name.in_(lang), tuple((f"{e.code}.{q.code}", q.ask.in_(lang)) for q in e.questions)) for e in entries)
    fields = {field: Radios() for _code, _name, questions in asked for field, _ask in questions}
    said = {f"{code}.{question}": "yes" if answer else "no" for code, own in before.items() for question, answer in own.items()}
    form = type("AskedComplaintForm", (ComplaintForm,), {**fields, "asked": asked})(data=said)
    for field in fields:
        form[field].choices = choices(("yes", _("Yes")), ("no", _("No")))
    return form
