"""Forms: what a page may send, checked all at once, with a sentence for every fault."""

from .about import AboutForm, ConsentForm, instrument_form
from .base import Page, PageFault, faults_of
from .question import AnswerChange, SentAnswer, read_list, read_question, was
from .safety import LISTS, STEPS, SafetyStep, groups_of, safety_form, steps_for

__all__ = [
    "LISTS",
    "STEPS",
    "AboutForm",
    "AnswerChange",
    "ConsentForm",
    "Page",
    "PageFault",
    "SafetyStep",
    "SentAnswer",
    "faults_of",
    "groups_of",
    "instrument_form",
    "read_list",
    "read_question",
    "safety_form",
    "steps_for",
    "was",
]
