"""What is shown: frozen view dataclasses, and the functions that put words on codes."""

from typing import Any

from .answer_view import AnswerView, BecauseView, JudgementView, UnderstoodView
from .assessment_view import AssessmentView, CountedAnswer, Evidence, SourceView, TypeResult
from .catalog import HTML_LANG, LANGUAGES, Catalog, UnknownLanguage
from .elderly_view import FormItem, FormType, RecordFormView
from .fault_words import say_fault
from .indicator_view import BarView, CrossView, IndicatorsView, NumberView, SectionView
from .item_view import CautionView, IngredientView, ItemView, MovementView, PointView, ReasonView, RecipeView, Spot, UsesView
from .letterhead import Face, letterhead_of
from .paper_view import PaperBlock, PaperView
from .plan_view import (
    ComplaintView,
    DayEntry,
    DayView,
    DomainView,
    FirstThing,
    FlagView,
    FoodView,
    LeftOut,
    Letterhead,
    NextTime,
    PlanView,
    TermChangeView,
    TermView,
)
from .sheets import CampaignSheet, Card, InvitationCards, PaperForms, PaperItem, ReminderList, ReminderRow
from .strip import CutOff, Strip, StripRow

__all__ = [
    "HTML_LANG",
    "LANGUAGES",
    "AnswerView",
    "AssessmentView",
    "BarView",
    "BecauseView",
    "CampaignSheet",
    "Card",
    "Catalog",
    "CautionView",
    "ComplaintView",
    "CountedAnswer",
    "CrossView",
    "CutOff",
    "DayEntry",
    "DayView",
    "DomainView",
    "Evidence",
    "Face",
    "FirstThing",
    "FlagView",
    "FoodView",
    "FormItem",
    "FormType",
    "IndicatorsView",
    "IngredientView",
    "InvitationCards",
    "ItemView",
    "JudgementView",
    "LeftOut",
    "Letterhead",
    "MovementView",
    "NextTime",
    "NumberView",
    "PaperBlock",
    "PaperForms",
    "PaperItem",
    "PaperView",
    "PlanView",
    "PointView",
    "ReasonView",
    "RecipeView",
    "RecordFormView",
    "ReminderList",
    "ReminderRow",
    "SectionView",
    "SourceView",
    "Spot",
    "Strip",
    "StripRow",
    "TermChangeView",
    "TermView",
    "TypeResult",
    "UnderstoodView",
    "UnknownLanguage",
    "UsesView",
    "letterhead_of",
    "phrases",
    "present",
    "present_answer",
    "present_assessment",
    "present_employer",
    "present_indicators",
    "present_record_form",
    "say_conclusion",
    "say_fault",
    "say_review",
    "say_summary",
]


def __getattr__(name: str) -> Any:
    """`present` and `present_assessment` are read when first used: they bring Babel and the knowledge base with them."""
    if name == "present":
        from .present_plan import present

        return present
    if name == "present_assessment":
        from .present_result import present_assessment

        return present_assessment
    if name == "present_employer":
        from .told_employer import present_employer

        return present_employer
    if name == "present_indicators":
        from .told_indicators import present_indicators

        return present_indicators
    if name == "present_record_form":
        from .present_elderly import present_record_form

        return present_record_form
    if name == "present_answer":
        from .present_search import present_answer

        return present_answer
    if name in ("say_conclusion", "say_review"):
        from . import conclusion_words

        return getattr(conclusion_words, name)
    if name == "phrases":
        from .sentences import phrases

        return phrases
    if name == "say_summary":
        from .batch_words import say_summary

        return say_summary
    raise AttributeError(name)
