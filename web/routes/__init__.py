"""Every address of the pages: (rule, endpoint, view, methods). A view parses, calls and shows; nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import about, care, knowledge, plan, questions, result, safety

Route = tuple[str, str, Callable[..., Any], list[str]]

_SHOW, _SEND, _BOTH = ["GET"], ["POST"], ["GET", "POST"]

ROUTES: tuple[Route, ...] = (
    ("/", "start", about.start, _SHOW),
    ("/self-test/consent", "consent", about.consent, _BOTH),
    ("/self-test/about-you", "about", about.about, _BOTH),
    ("/self-test/form", "form", about.form, _BOTH),
    ("/self-test/go-on", "go_on", about.go_on, _SHOW),
    ("/self-test/questions", "questions", questions.all_questions, _BOTH),
    ("/self-test/questions/<int:number>", "question", questions.question, _BOTH),
    ("/self-test/check", "check", questions.check, _BOTH),
    ("/self-test/result", "result", result.result, _SHOW),
    ("/self-test/card", "card", result.card, _SHOW),
    ("/self-test/card/<any(plain, named):kind>.png", "card_image", result.card_image, _SHOW),
    ("/self-test/safety", "safety_start", safety.begin, _SHOW),
    ("/self-test/safety/<step>", "safety", safety.step, _BOTH),
    ("/self-test/plan", "plan", plan.plan, _SHOW),
    ("/self-test/plan.pdf", "plan_pdf", plan.pdf, _SHOW),
    ("/self-test/keep", "keep", care.keep, _BOTH),
    ("/self-test/delete", "delete", care.delete, _BOTH),
    ("/self-test/deleted", "deleted", care.deleted, _SHOW),
    ("/self-test/mine/<assessment_id>", "mine", care.mine, _BOTH),
    ("/self-test/mine/<assessment_id>/<plan_id>", "mine", care.mine, _BOTH),
    ("/knowledge", "knowledge", knowledge.knowledge, _BOTH),
    ("/settings", "settings", about.settings, _SHOW),
    ("/privacy", "privacy", about.privacy, _SHOW),
)
