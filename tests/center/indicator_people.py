"""Clients with assessments, plans and follow-ups, put where statistics look for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from tcm_engine.center import Caller, Center
from tcm_engine.center.privacy import current_text
from tcm_engine.center.stored import PlanContent, encode
from tcm_engine.model import Assessment, Listed, Person, Profile
from tcm_engine.records import (
    NewAssessmentRow,
    NewPlanRow,
    add_account,
    add_assessment,
    add_organisation,
    add_plan,
    branch,
    campaign,
    client,
    consent,
    new_public_id,
    seal_json,
)
from tcm_engine.records.campaign import campaign_person
from tcm_engine.records.follow_up import follow_up

DAY = date(2026, 6, 1)


def organisation(center: Center, code: str = "kanghe") -> int:
    with center.records.write() as db:
        return add_organisation(db, code, code, center.clock())


def caller(center: Center, of: int, role: Any = "manager", branch_row: int | None = None) -> Caller:
    with center.records.write() as db:
        account = add_account(db, of, f"{role}-{new_public_id()[:6]}", role, center.clock())
    return Caller(of, f"account:{account}", role, account, branch_row)


def add_branch(center: Center, of: int, name: str) -> tuple[int, str]:
    """(row, public id)"""
    with center.records.write() as db:
        public = branch.add(db, of, name, center.clock())
        return next(one.id for one in branch.of_organisation(db, of) if one.public_id == public), public


def add_client(db: Connection, center: Center, of: int, branch_row: int | None = None, **content: Any) -> tuple[int, str]:
    kept = {"identity": content, "profile": {}, "background": {}}
    return client.add(db, center.records.vault, of, branch_row, kept, (), None, center.clock())


def sheet(center: Center, instrument: str = "elderly_33", sex: Any = "female", on: date = DAY, **raised: int) -> Assessment:
    """All answers 1 (energy 5), but where told."""
    asked = [item.key for item in center.engine.instrument(instrument).items if item.sex in (None, sex)]
    first = "q1" if instrument == "elderly_33" else "energy"
    answers = dict.fromkeys(asked, 1) | ({first: 5} if first in asked else {}) | raised
    return center.engine.assess(instrument, answers, sex=sex, assessed_on=on)


QI = {"q2": 5, "q3": 5, "q4": 5, "q14": 5}
"""Answers of the elderly form that give 气虚质."""


def add_sitting(
    db: Connection, center: Center, of: int, client_row: int, result: Assessment, born: date | None = date(1955, 3, 1), name: str = ""
) -> tuple[int, str]:
    """(row, public id) of a kept assessment."""
    profile = Profile(sex=result.sex, birth_date=born, medicines=Listed())
    public = new_public_id()
    new = NewAssessmentRow(
        public, of, result.instrument, result.edition, encode(Person(profile, name)), encode(result), result.engine_version,
        result.knowledge_version, center.clock(), None, client=client_row, assessed_on=result.assessed_on,
    )  # fmt: skip
    return add_assessment(db, center.records.vault, new), public


def add_plan_of(db: Connection, center: Center, of: int, assessment_row: int, result: Assessment, state: str = "signed") -> int:
    plan = center.engine.plan(result, Profile(sex=result.sex, birth_date=date(1955, 3, 1)), on=result.assessed_on)
    token = new_public_id()
    content = encode(PlanContent("", "zh-Hans", plan))
    row = NewPlanRow(token, of, assessment_row, 1, state, content, plan.fingerprint, center.clock(), None)
    return add_plan(db, center.records.vault, row)


def add_follow_up(
    db: Connection, center: Center, of: int, client_row: int, due_on: date, state: str = "due", kind: str = "contact"
) -> None:
    public = new_public_id()
    db.execute(insert(follow_up), {
        "organisation_id": of, "public_id": public, "client_id": client_row, "due_on": due_on, "kind": kind, "state": state,
        "done_on": due_on if state == "done" else None, "content": seal_json(center.records.vault, "follow_up", public, {}),
        "account_id": None, "version": 1, "created_at": center.clock(),
    })  # fmt: skip


def add_campaign(
    center: Center, of: int, people: Mapping[str, list[Assessment | None]], name: str = "体检", branch_row: int | None = None
) -> str:
    """Public id of a campaign with `people`: unit -> an assessment each, or None for who has not come."""
    with center.records.write() as db:
        values = {"branch_id": branch_row, "name": name, "employer": "某厂", "instrument": "gbt_46939_2025", "starts_on": DAY,
                  "ends_on": DAY, "state": "open", "account_id": None, "created_at": center.clock()}  # fmt: skip
        public = campaign.add(db, of, values)
        row = campaign.find(db, of, public)
        assert row
        for unit, results in people.items():
            for result in results:
                invite(db, center, of, row.id, unit, result, branch_row)
    return public


def invite(
    db: Connection, center: Center, of: int, campaign_row: int, unit: str, result: Assessment | None, branch_row: int | None = None,
    agrees: bool = True,
) -> int:  # fmt: skip
    """Row of somebody new on a roster, who agrees to be counted for the employer or not."""
    client_row, _ = add_client(db, center, of, branch_row, name="张三", birth_date="1980-03-01")
    sitting = add_sitting(db, center, of, client_row, result, date(1980, 3, 1))[0] if result else None
    public = new_public_id()
    if result and agrees:
        version = current_text("employer_report", "en").version
        consent.add(db, of, client_row, "employer_report", version, "paper", None, center.clock(), agreed=True)
    added = db.execute(insert(campaign_person).returning(campaign_person.c.id), {
        "organisation_id": of, "public_id": public, "campaign_id": campaign_row, "client_id": client_row,
        "unit": seal_json(center.records.vault, "campaign_person", public, [unit, ""], "unit") if unit else None, "invitation": None,
        "invitation_handle": None, "state": "done" if result else "missing", "assessment_id": sitting, "plan_id": None, "done_at": None,
        "version": 1, "number": None, "draft": None, "mode": "", "tries": 0,
    })  # fmt: skip
    return int(added.scalar_one())
