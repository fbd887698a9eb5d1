"""Kept objects as the interface shows them."""

from __future__ import annotations

from operator import attrgetter

import msgspec

from knowledge_base import KnowledgeBase
from knowledge_base.model import Instrument, Item, Measure
from tcm_engine.center import Center, StoredAssessment, StoredPlan, sheet_reasons, show_plan
from tcm_engine.model import Plan
from tcm_engine.search import SearchAnswer
from tcm_engine.views import ItemView, PlanView, present_answer, say_conclusion, say_review

from .shapes import (
    AssessmentBody,
    Hit,
    InstrumentBody,
    InstrumentEntry,
    ItemBody,
    MeasureBody,
    PlanBody,
    PlanItemBody,
    Score,
    SearchBody,
    TriageBody,
)

_score = attrgetter(*Score.__slots__)
OF_KEEPING = ("id", "assessment_id", "version", "state", "created_at", "expires_at")
"""Keys of a plan that only a kept one has."""


def show_instrument_entry(instrument: Instrument, lang: str) -> InstrumentEntry:
    return InstrumentEntry(
        id=str(instrument.code),
        title=instrument.title.in_(lang),
        edition=instrument.edition,
        purpose=instrument.purpose.in_(lang),
        questions=_questions(instrument),
        minutes=instrument.minutes,
        minimum_age=instrument.minimum_age,
        intended_age=instrument.intended_age,
    )


def show_instrument(instrument: Instrument, lang: str) -> InstrumentBody:
    entry = show_instrument_entry(instrument, lang)
    return InstrumentBody(
        **{name: getattr(entry, name) for name in InstrumentEntry.__slots__},
        recall=instrument.recall.in_(lang),
        anchors=tuple(anchor.in_(lang) for anchor in instrument.anchors),
        items=tuple(_item(item, lang) for item in instrument.items),
        rights=instrument.rights.in_(lang),
        translation_note=instrument.translation_note.in_(lang) if lang == "en" else "",
        lang=lang,  # type: ignore[arg-type]
    )


def show_assessment(center: Center, kept: StoredAssessment, lang: str) -> AssessmentBody:
    result, knowledge = kept.assessment, center.engine.knowledge
    reasons = (*result.review_reasons, *sheet_reasons(kept.person.profile))
    return AssessmentBody(
        id=kept.id,
        instrument=result.instrument,
        edition=result.edition,
        assessed_on=result.assessed_on,
        lang=lang,  # type: ignore[arg-type]
        scores=tuple(Score(*_score(scale)) for scale in result.scores),
        primary=result.primary,  # type: ignore[arg-type]
        accompanying=result.accompanying,  # type: ignore[arg-type]
        tendencies=result.tendencies,  # type: ignore[arg-type]
        conclusion=say_conclusion(result, lang, knowledge),
        review_reasons=tuple(reason.code for reason in reasons),
        review=say_review(reasons, lang, knowledge),
        engine_version=result.engine_version,
        knowledge_version=result.knowledge_version,
        created_at=kept.created_at,
        expires_at=kept.expires_at,
    )


def show_answer(found: SearchAnswer, lang: str, knowledge: KnowledgeBase) -> SearchBody:
    view = present_answer(found, lang, knowledge)
    return SearchBody(
        flags=view.flags,
        understood=view.understood,
        judgements=view.judgements,
        note=view.note,
        hits=tuple(Hit(hit.kind, hit.id, hit.title, hit.excerpt, hit.score) for hit in found.hits),  # type: ignore[arg-type]
        sources=view.sources,
        disclaimer=view.disclaimer,
        lang=lang,  # type: ignore[arg-type]
        knowledge_version=knowledge.digest,
    )


def show_plan_body(center: Center, kept: StoredPlan, lang: str) -> PlanBody:
    return plan_body(kept, show_plan(center, kept, lang), lang)


def plan_json(plan: Plan, view: PlanView) -> bytes:
    """A plan that is kept nowhere, as the interface would show it: without ids and expiry."""
    body = msgspec.to_builtins(plan_body(StoredPlan("", "", plan, "", view.lang, 1, "draft", plan.moment, None), view, view.lang))
    return msgspec.json.encode({name: value for name, value in body.items() if name not in OF_KEEPING})


def plan_body(kept: StoredPlan, view: PlanView, lang: str) -> PlanBody:
    plan = kept.plan
    codes = {source.number: source.code for source in view.sources}
    return PlanBody(
        id=kept.id,
        assessment_id=kept.assessment_id,
        version=kept.version,
        state=kept.state,  # type: ignore[arg-type]
        lang=lang,  # type: ignore[arg-type]
        on=plan.on,
        title=view.title,
        conclusion=view.assessment.statement,
        aim=view.aim,
        season=plan.season,  # type: ignore[arg-type]
        term=plan.term,
        season_line=view.season_line,
        triage=_triage(kept, view),
        items=tuple(_plan_item(item, codes) for domain in view.domains for item in domain.items),
        excluded=view.left_out,
        avoid=view.avoid,
        foods_to_choose=view.foods_to_choose,
        foods_to_avoid=view.foods_to_avoid,
        this_week=view.three,
        first_week=view.first_week,
        calendar=view.calendar,
        next_assessments=view.next_assessments,
        complaints=view.complaints,
        unknowns=plan.unknowns,
        stop_signs=view.stop_signs,
        review_reasons=tuple(reason.code for reason in plan.review_reasons),
        review=view.review,
        sources=view.sources,
        disclaimer=view.disclaimer,
        engine_version=plan.engine_version,
        knowledge_version=plan.knowledge_version,
        fingerprint=plan.fingerprint,
        created_at=kept.created_at,
        expires_at=kept.expires_at,
    )


def _questions(instrument: Instrument) -> int:
    """How many one person answers: of the items limited to a sex, those of one sex."""
    return sum(item.sex != "male" for item in instrument.items)


def _item(item: Item, lang: str) -> ItemBody:
    gloss = item.gloss.in_(lang) if item.gloss else ""
    return ItemBody(item.key, item.text.in_(lang), gloss, item.sex, _measure(item.measure, lang) if item.measure else None)


def _measure(measure: Measure, lang: str) -> MeasureBody:
    return MeasureBody(measure.key, measure.label.in_(lang), measure.unit.in_(lang), measure.minimum, measure.maximum, measure.integer)


def _triage(kept: StoredPlan, view: PlanView) -> TriageBody:
    triage = kept.plan.triage
    return TriageBody(view.flags, view.checklist, triage.stopped, view.stopped_text, triage.stopped_complaints)  # type: ignore[arg-type]


def _plan_item(item: ItemView, codes: dict[int, str]) -> PlanItemBody:
    same = {name: getattr(item, name) for name in PlanItemBody.__slots__ if name not in ("sources", "grade", "unreviewed")}
    sources = tuple(codes[number] for number in item.evidence.sources)
    return PlanItemBody(**same, sources=sources, grade=item.evidence.grade, unreviewed=item.evidence.unreviewed)
