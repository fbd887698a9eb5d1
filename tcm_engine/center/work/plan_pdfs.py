"""Plans of many people: composed, kept, and their documents laid by. The same day's plan and the same document are made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

import msgspec
from sqlalchemy import Connection

from tcm_engine.center import BatchPlan, Center, ConsentMissing, NotFound, batch_plan, encode_kept, keep_batch_plan
from tcm_engine.center.access import letterhead_for
from tcm_engine.model import Plan
from tcm_engine.views import Letterhead

from .kinds import Kind, Made, Order, Refused, Task

NAME = "plan_pdfs"
FILE = "plan_pdf"


@dataclass(frozen=True, slots=True)
class PlanTask:
    """Everything that a plan and its document depend on."""

    organisation: int
    assessment: msgspec.Raw
    person: msgspec.Raw
    plan: msgspec.Raw | None
    """Where it is composed already."""
    on: date
    lang: str
    letterhead: Letterhead
    engine_version: str
    knowledge_version: str


def plan_pdfs(work: Callable[[bytes], Made]) -> Kind:
    """The kind, with the pure function that composes and prints: PlanTask as JSON -> document, and the plan as JSON.

    A job's keys are public ids of assessments; its content says `on` (YYYY-MM-DD) and `lang`.
    """
    return Kind(NAME, FILE, work=work, prepare=_prepare, store=_store)


def name_of(organisation: int, fingerprint: str, head: Letterhead, lang: str, engine: str, knowledge: str) -> str:
    """What names a plan's document: of the same name there is one."""
    face = hashlib.sha256(msgspec.json.encode(asdict(head))).hexdigest()
    return "\0".join((str(organisation), FILE, fingerprint, face, lang, engine, knowledge))


def _prepare(center: Center, order: Order, key: str) -> Task:
    on, lang = date.fromisoformat(order.content["on"]), order.content["lang"]
    organisation, engine = order.caller.organisation, center.engine
    try:
        source = batch_plan(center, organisation, key, on)
    except NotFound:
        raise Refused("assessment_gone") from None
    except ConsentMissing:
        raise Refused("no_consent") from None
    head = letterhead_for(center, organisation, source.name)
    plan = msgspec.Raw(encode_kept(source.plan)) if source.plan else None
    versions = engine.version, engine.knowledge.digest
    task = PlanTask(organisation, msgspec.Raw(source.assessment), msgspec.Raw(source.person), plan, on, lang, head, *versions)
    made_of = name_of(organisation, source.plan.fingerprint, head, lang, *versions) if source.plan else ""
    return Task(encode_kept(task), made_of, source)


def _store(db: Connection, center: Center, order: Order, _key: str, task: Task, made: Made | None) -> None:
    source: BatchPlan = task.extra
    plan = msgspec.json.decode(made.content, type=Plan) if made and made.content else source.plan
    if plan is not None:
        keep_batch_plan(db, center, order.caller, source, plan, order.content["lang"])
