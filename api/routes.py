"""The operations of the interface. A view parses, calls a use case, dumps; nothing else."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import ServiceUnavailable

from tcm_engine.center import NotFound, assess, get_assessment, get_plan, make_plan, plan_pdf, read_sheet
from tcm_engine.model import Fault, InvalidInput, Profile, read_person
from tcm_engine.search import LONGEST_QUESTION, Named, answer

from . import given
from .access import caller
from .language import use_language
from .operations import PREFIX, Answer, operation
from .request_schemas import FIRST_PLAN, FIRST_SHEET, LAST_PLAN, LONGEST_SITTING_S
from .services import Services
from .shapes import AssessmentBody, Health, InstrumentBody, InstrumentList, PlanBody, SearchBody
from .showing import show_answer, show_assessment, show_instrument, show_instrument_entry, show_plan_body

MOST_HITS = 50
_GO_ON = (("read_assessment", "id"), ("create_plan", "$.assessment_id"))


def services() -> Services:
    found: Services = current_app.extensions["api"]
    return found


@operation("GET", "/instruments", "The questionnaires", InstrumentList, query=("lang",), tagged=True, refusals=(422,))
def list_instruments() -> Answer:
    lang = use_language(request.args.get("lang"), "?lang")
    instruments = services().center.engine.knowledge.instruments.values()
    return Answer(InstrumentList(tuple(show_instrument_entry(one, lang) for one in instruments)), tagged=True)


@operation("GET", "/instruments/{id}", "A questionnaire with its items", InstrumentBody, query=("lang",), tagged=True, refusals=(404, 422))
def read_instrument(id_: str) -> Answer:
    lang = use_language(request.args.get("lang"), "?lang")
    instrument = services().center.engine.knowledge.instruments.get(id_)
    if instrument is None:
        raise NotFound
    return Answer(show_instrument(instrument, lang), tagged=True)


@operation(
    "POST", "/assessments", "Score an answered questionnaire and keep the result: for the visit, or for a token's organisation",
    AssessmentBody, takes="NewAssessment", status=201, refusals=(403, 409, 413, 415, 422), links=_GO_ON, right="create_assessment",
)  # fmt: skip
def create_assessment() -> Answer:
    body = given.body(("instrument", "person", "answers", "assessed_on", "answered_in_s", "lang"), ("instrument", "person", "answers"))
    lang = use_language(body.get("lang"), "$.lang")
    center, today = services().center, services().today()
    on = given.day(body, "assessed_on", FIRST_SHEET, today) or today
    took = given.seconds(body, "answered_in_s", LONGEST_SITTING_S)
    given.refuse_twice(body, center.engine.knowledge.instruments)
    sheet = read_sheet(center, given.text(body, "instrument"), body["person"], body["answers"], on=on, today=today, answered_in_s=took)
    kept = assess(center, caller(), sheet, once=given.once())
    return Answer(show_assessment(center, kept, lang), 201, f"{PREFIX}/assessments/{kept.id}", tagged=True)


@operation(
    "GET", "/assessments/{id}", "An assessment, until it expires", AssessmentBody,
    query=("lang",), tagged=True, refusals=(404, 422), right="read_assessment",
)  # fmt: skip
def read_assessment(id_: str) -> Answer:
    lang = use_language(request.args.get("lang"), "?lang")
    center = services().center
    return Answer(show_assessment(center, get_assessment(center, caller(), id_), lang), tagged=True)


@operation(
    "POST", "/plans", "Compose a plan from an assessment and keep it as long", PlanBody,
    takes="NewPlan", status=201, refusals=(403, 404, 409, 413, 415, 422), links=(("read_plan", "id"), ("read_plan_pdf", "id")),
    right="create_plan",
)  # fmt: skip
def create_plan() -> Answer:
    body = given.body(("assessment_id", "on", "lang", "profile"), ("assessment_id",))
    lang = use_language(body.get("lang"), "$.lang")
    center = services().center
    on = given.day(body, "on", FIRST_PLAN, LAST_PLAN) or services().today()
    profile = _profile(body.get("profile"))
    kept = make_plan(center, caller(), given.text(body, "assessment_id"), on=on, lang=lang, profile=profile, once=given.once())
    return Answer(show_plan_body(center, kept, lang), 201, f"{PREFIX}/plans/{kept.id}", tagged=True)


@operation("GET", "/plans/{id}", "A plan, until it expires", PlanBody, query=("lang",), tagged=True, refusals=(404, 422), right="read_plan")
def read_plan(id_: str) -> Answer:
    center = services().center
    asked = request.args.get("lang")
    kept = get_plan(center, caller(), id_)
    return Answer(show_plan_body(center, kept, use_language(kept.lang if asked is None else asked, "?lang")), tagged=True)


@operation("GET", "/plans/{id}.pdf", "A plan as PDF (PDF/UA-1)", None, query=("lang",), tagged=True, refusals=(404, 422), right="read_plan")
def read_plan_pdf(id_: str) -> Answer:
    with_services, asked = services(), request.args.get("lang")
    lang = use_language(get_plan(with_services.center, caller(), id_).lang if asked is None else asked, "?lang")
    document = plan_pdf(
        with_services.center, caller(), id_, lang=lang, render=with_services.render_pdf, letterhead=with_services.letterhead
    )
    return Answer(document, mimetype="application/pdf", tagged=True)


@operation(
    "GET", "/knowledge/search", "Pieces of knowledge nearest to a question, each judged for who asks", SearchBody,
    query=("q", "limit", "lang", "constitution", "condition", "medicine", "allergy", "pregnant", "lactating"), refusals=(422,),
)  # fmt: skip
def search_knowledge() -> Answer:
    lang = use_language(request.args.get("lang"), "?lang")
    words = given.query_text("q", LONGEST_QUESTION)
    limit = given.whole_number("limit", 10, 1, MOST_HITS)
    engine, about = services().center.engine, _about()
    found = answer(engine.catalogue, words, on=services().today(), limit=limit, lang=lang, cache=services().cache, about=about)
    return Answer(show_answer(found, lang, engine.knowledge))


@operation("GET", "/health/live", "The process runs", Health)
def live() -> Answer:
    return Answer(Health("ok"))


@operation("GET", "/health/ready", "The service can answer", Health)
def ready() -> Answer:
    if not services().center.records.answers():
        raise ServiceUnavailable
    return Answer(Health("ok"))


def _about() -> Named:
    """What is given beside the question, as if the question had named it. Nothing of it is kept or logged."""
    knowledge = services().center.engine.knowledge
    facts = tuple(name for name in ("pregnant", "lactating") if given.yes_or_no(name))
    return Named(
        constitutions=given.listed("constitution", [str(code) for code in knowledge.constitutions]),
        conditions=given.listed("condition", knowledge.conditions),
        medicines=given.listed("medicine", knowledge.medicines),
        allergies=given.listed("allergy", knowledge.allergens),
        facts=facts,
    )


def _profile(raw: object) -> Profile | None:
    """Facts that stand instead of those that the assessment was made with."""
    if raw is None:
        return None
    if isinstance(raw, dict) and "name" in raw:
        raise InvalidInput([Fault("$.profile.name", "unknown_key")])
    return read_person(raw, services().center.registers, services().today(), path="$.profile").profile
