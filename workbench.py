"""What long work is made with: the kinds of it, and the pure functions that run in worker processes, where no database is known.

A worker loads the knowledge once and refuses tasks that were asked for under another.
"""

from __future__ import annotations

import gc
from functools import cache
from itertools import count

import msgspec

from tcm_engine import Engine
from tcm_engine.center import encode_kept
from tcm_engine.center.indicators import report_kinds
from tcm_engine.center.work import Kinds, Made, PlanTask, Refused, archive, name_of, plan_pdfs, print_files
from tcm_engine.model import Assessment, Person, Plan
from tcm_engine.views import present

COLLECT_EVERY = 4
"""Documents after which a process looks for garbage everywhere: layouts are large, cyclic and old by then."""
_done = count(1)


def kinds() -> Kinds:
    """Every kind of long work, by its name."""
    found = (plan_pdfs(print_plan), archive(), print_files(), *report_kinds(print_report))
    return {kind.name: kind for kind in found}


def print_plan(content: bytes) -> Made:
    """A PlanTask as JSON -> the document, and the plan as JSON. Raises Refused for a task under other knowledge."""
    from reports import render_pdf

    task = msgspec.json.decode(content, type=PlanTask)
    engine = _engine()
    if (engine.version, engine.knowledge.digest) != (task.engine_version, task.knowledge_version):
        raise Refused("other_knowledge")
    plan = msgspec.json.decode(task.plan, type=Plan) if task.plan else _compose(engine, task)
    document = render_pdf(present(plan, task.lang, letterhead=task.letterhead, knowledge=engine.knowledge))
    if next(_done) % COLLECT_EVERY == 0:
        gc.collect()
    name = name_of(task.organisation, plan.fingerprint, task.letterhead, task.lang, task.engine_version, task.knowledge_version)
    return Made(document, b"" if task.plan else encode_kept(plan), name)


def print_report(content: bytes) -> Made:
    """Indicators, or record forms, as JSON -> the document."""
    from reports import render_document

    return Made(render_document(content))


def _compose(engine: Engine, task: PlanTask) -> Plan:
    assessment = msgspec.json.decode(task.assessment, type=Assessment)
    person = msgspec.json.decode(task.person, type=Person)
    return engine.plan(assessment, person.profile, on=task.on)


@cache
def _engine() -> Engine:
    from reports import typesetting

    engine = Engine.load(typesetting=typesetting())
    engine.warm_up()
    gc.collect()
    gc.freeze()
    return engine
