"""An organisation with one of everything, made as staff make it, and what each address of the desk asks for.
A new route gets a line here: which of the things its parts name, and what its forms send."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from tcm_engine.center import Caller, Role, add_token, make_plan
from tcm_engine.center.access import (
    NewAccount,
    add_branch,
    add_member,
    branches,
    change_member,
    own_sessions,
    resume_session,
    start_session,
)
from tcm_engine.center.campaigns import (
    Link,
    NewCampaign,
    add_campaign,
    agree,
    devices,
    enter_file,
    get_campaign,
    people,
    preview_roster,
    request_batch,
    set_state,
    start_device,
    take_roster,
    upload_roster,
)
from tcm_engine.center.clients import (
    add_follow_up,
    add_measured,
    assess_client,
    merge_clients,
    new_client,
    plan_profile,
    read_identity,
    start_import,
)
from tcm_engine.center.indicators import BOXES, Guidance, employer_state, issue_to_employer, write_guidance
from tcm_engine.center.privacy import PURPOSES, answer_consents, give_consents
from tcm_engine.center.work import store_bytes
from tcm_engine.records import campaign as campaigns
from tcm_engine.records import campaign_person, job, stored_file
from tests.web.plain_browser import PlainBrowser

from .people import House

GBT, ELDERLY = "gbt_46939_2025", "elderly_33"


@dataclass(frozen=True)
class Furnished:
    """One organisation, or one branch of it, with one of everything."""

    house: House
    things: Mapping[str, str]
    """What it is -> its identifier in addresses and forms."""
    bound: Mapping[Role, int]
    """Accounts that are bound to the branch, if there is one."""

    def caller(self, role: Role) -> Caller:
        return self.house.caller(role)

    def browser(self, role: Role) -> PlainBrowser:
        """Of an account that sees the whole organisation, or of one that is bound to this branch."""
        return replace(self.house, accounts=self.bound or self.house.accounts).browser(role)


def furnish(house: House, branch: str = "") -> Furnished:
    """With `branch`: a new branch of that name, in which everything is."""
    who = house.caller("manager")
    public = add_branch(house.center, house.caller("administrator"), branch or "总部")
    row = next(one.id for one in branches(house.center, house.organisation) if one.public_id == public)
    here = public if branch else ""
    things = {"branch": public, "account": str(house.accounts["operator"])}
    for more in (_record(house, who, here), _crowd(house, who, here), _campaign(house, who, here)):
        things |= more
    things |= _job(house, who, things["employer_campaign"]) | _import(house, who) | _keys(house)
    return Furnished(house, things, _bound(house, row) if branch else {})


def _record(house: House, who: Caller, branch: str) -> dict[str, str]:
    center, today = house.center, center_day(house)
    client, goes, stays = (
        new_client(
            center, who, read_identity({"name": name, "sex": "female", "birth_date": "1950-03-01", "phone": phone, "branch": branch})
        )
        for name, phone in (("柳如烟", "13812345678"), ("柳二", "13812345679"), ("柳三", "13812345670"))
    )
    answer_consents(center, who, client.public_id, dict.fromkeys(PURPOSES, True), "paper")
    measured = add_measured(center, who, client.public_id, {"weight_kg": "61", "height_cm": "162"}, today.isoformat())
    kept = {
        form: assess_client(center, who, client.public_id, form, _answers(house, form), today.isoformat()).id for form in (GBT, ELDERLY)
    }
    plan = make_plan(center, who, kept[GBT], on=today, lang="zh-Hans", profile=plan_profile(center, who, client.public_id, today)[1])
    follow = add_follow_up(center, who, client.public_id, _follow_up(today))
    guided = Guidance({"qi_deficiency": frozenset(BOXES[:1])}, "", "李四", today)
    write_guidance(center, who, kept[ELDERLY], guided, 0, today)
    merge = merge_clients(center, who, stays.public_id, goes.public_id, (1, 1))
    return {
        "client": client.public_id, "second_client": stays.public_id, "measurement": str(measured), "assessment": kept[GBT],
        "elderly_assessment": kept[ELDERLY], "plan": plan.id, "follow_up": follow, "merge": merge,
    }  # fmt: skip


def _crowd(house: House, who: Caller, branch: str) -> dict[str, str]:
    """A campaign with enough people for an employer's report."""
    center, today = house.center, center_day(house)
    public = add_campaign(center, who, NewCampaign("年度体检", "某某公司", GBT, today, today + timedelta(days=60), branch))
    set_state(center, who, public, "open")
    people_ = "".join(f"甲{number},女,1980-03-{number:02},{13800139000 + number},一车间\n" for number in range(1, 13))
    file = upload_roster(center, who, public, f"姓名,性别,出生日期,手机,部门\n{people_}".encode())
    preview_roster(center, who, public, file)
    take_roster(center, who, public, file)
    for one in people(center, who, public).people:
        agree(center, Link(one.token), dict.fromkeys(PURPOSES, True))
    answers, keys = _answers(house, GBT), [item.key for item in center.engine.instrument(GBT).items]
    typed = ",".join(str(answers.get(key, "")) for key in keys)
    rows = "".join(f"{one.code},yes,{typed}\n" for one in people(center, who, public).people)
    read = enter_file(center, who, public, f"code,consent,{','.join(keys)}\n{rows}".encode())
    assert read.scored == 12, read
    with center.records.write() as db:
        row = campaigns.find(db, house.organisation, public)
        assert row
        for one in campaign_person.clients(db, house.organisation, row.id):
            give_consents(db, center, who, one, {"employer_report": True}, "paper")
    issue_to_employer(center, who, public, today)
    return {"employer_campaign": public, "report": employer_state(center, who, public).issued[0].public_id}


def _campaign(house: House, who: Caller, branch: str) -> dict[str, str]:
    center, today = house.center, center_day(house)
    public = add_campaign(center, who, NewCampaign("体质辨识", "某某公司", GBT, today, today + timedelta(days=60), branch))
    set_state(center, who, public, "open")
    head = "姓名,性别,出生日期,手机,部门\n"
    taken = upload_roster(
        center, who, public, f"{head}张一,男,1979-05-12,13800138000,一车间\n李二,女,1985-01-02,13800138001,二车间\n".encode()
    )
    preview_roster(center, who, public, taken)
    take_roster(center, who, public, taken)
    waiting = upload_roster(center, who, public, f"{head}王五,男,1979-05-13,13800138002,一车间\n赵六,男,十二月,1,一车间\n".encode())
    token = start_device(center, who, public, "平板一")
    person = people(center, who, public).people[0]
    return {
        "campaign": public, "roster": waiting, "device": devices(center, who, public)[0].public_id, "device_token": token,
        "person": person.public_id, "invitation": person.token, "campaign_version": str(get_campaign(center, who, public).version),
    }  # fmt: skip


def _job(house: House, who: Caller, campaign: str) -> dict[str, str]:
    """A job of which one item has its file."""
    center = house.center
    public = request_batch(center, who, campaign, "archive", "zh-Hans")
    new = store_bytes(center, house.organisation, b"PK of the plans of " + campaign.encode())
    with center.records.write() as db:
        file = stored_file.add_file(db, center.records.vault, house.organisation, new, "archive", center.clock())
        row = job.find_job(db, job.Eyes(house.organisation, who.account, who.branch), public)
        assert row
        item = job.items_to_do(db, house.organisation, row.id, 0, 1)[0]
        job.finish_item(db, item.id, job.DONE, center.clock(), file=file)
        found = stored_file.get_file(db, house.organisation, file)
        assert found
    return {"job": public, "file": found.public_id}


def _import(house: House, who: Caller) -> dict[str, str]:
    rows = [["姓名", "手机", "检查日期", "体重"], ["柳如烟", "13812345678", "2026-01-05", "60"]]
    return {"import": start_import(house.center, who, repr((house.organisation, rows)).encode(), rows)}


def _keys(house: House) -> dict[str, str]:
    """A session and a token of the API."""
    center, account = house.center, house.accounts["operator"]
    with center.records.write() as db:
        token = start_session(db, center, house.organisation, account, "another browser", second_factor=True)
    (session,) = (one for one in own_sessions(center, resume_session(center, token)) if one.current)
    bearer = add_token(center.records, house.code, "manager", center.clock(), days=30)
    _, link = add_member(center, house.caller("administrator"), NewAccount(f"new.{session.public_id}", "operator"))
    return {"session": session.public_id, "bearer": bearer.token, "link": link.token}


def _bound(house: House, branch: int) -> dict[Role, int]:
    """An account a role, bound to a branch."""
    administrator = house.caller("administrator")
    public = next(one.public_id for one in branches(house.center, house.organisation) if one.id == branch)
    found: dict[Role, int] = {}
    for role in ("operator", "practitioner", "manager"):
        member, _link = add_member(house.center, administrator, NewAccount(f"{role}.{public[:6].lower()}", role))
        change_member(house.center, administrator, member.id, role=role, branch=public, name="", title="", licence="")
        found[role] = member.id
    return found


def center_day(house: House) -> date:
    return house.center.clock().date()


def _answers(house: House, form: str) -> dict[str, Any]:
    return dict.fromkeys((item.key for item in house.center.engine.instrument(form).items if item.sex in (None, "female")), 2)


def _follow_up(today: date) -> dict[str, str]:
    return {"kind": "contact", "due_on": (today + timedelta(days=7)).isoformat(), "way": "phone", "tier": "normal", "note": "问饮食"}


# --- addresses ---------------------------------------------------------------------------------------------------------

_CLIENT = {"public_id": "client"}
_CAMPAIGN = {"public_id": "campaign"}
PARTS: Mapping[str, Mapping[str, str]] = {
    # endpoint without `desk.` -> part of its address -> what it names; a word in quotes is meant literally
    "account": {"account": "account"},
    "account_action": {"account": "account", "action": "'disable'"},
    "branch": {"public_id": "branch"},
    "end_session": {"public_id": "session"},
    "campaign": _CAMPAIGN,
    "edit_campaign": _CAMPAIGN,
    "campaign_state": _CAMPAIGN,
    "roster": _CAMPAIGN,
    "roster_preview": _CAMPAIGN | {"file": "roster"},
    "roster_columns": _CAMPAIGN | {"file": "roster"},
    "roster_faulty": _CAMPAIGN | {"file": "roster"},
    "campaign_people": _CAMPAIGN,
    "campaign_person": _CAMPAIGN | {"who": "person"},
    "campaign_lists": _CAMPAIGN,
    "campaign_cards": _CAMPAIGN,
    "campaign_links": _CAMPAIGN | {"name": "'links.csv'"},
    "campaign_reminders": _CAMPAIGN | {"name": "'reminders.xlsx'"},
    "campaign_devices": _CAMPAIGN,
    "end_campaign_device": _CAMPAIGN | {"device": "device"},
    "campaign_paper": _CAMPAIGN,
    "paper_forms": _CAMPAIGN,
    "paper_template": _CAMPAIGN,
    "paper_file": _CAMPAIGN,
    "paper_entry": _CAMPAIGN | {"who": "person"},
    "campaign_plans": _CAMPAIGN,
    "clients_merge": {"survivor": "client", "merged": "second_client"},
    "clients_import_preview": {"file": "import"},
    "client": _CLIENT,
    "client_identity": _CLIENT,
    "client_profile": _CLIENT,
    "client_history": _CLIENT,
    "client_vitals": _CLIENT,
    "client_measured_remove": _CLIENT | {"measured": "measurement"},
    "client_assess": _CLIENT | {"instrument": f"'{ELDERLY}'"},
    "client_assessment": _CLIENT | {"assessment": "assessment"},
    "client_make_plan": _CLIENT | {"assessment": "assessment"},
    "client_plan": _CLIENT | {"plan": "plan"},
    "client_plan_pdf": _CLIENT | {"plan": "plan"},
    "client_follow_ups": _CLIENT,
    "client_follow_up": _CLIENT | {"follow": "follow_up"},
    "client_merge_undo": {"public_id": "second_client", "merge": "merge"},
    "client_consents": _CLIENT,
    "client_consent_form": _CLIENT,
    "client_withdraw": _CLIENT | {"purpose": "'follow_up'"},
    "client_rights": _CLIENT,
    "client_copy_json": _CLIENT,
    "client_copy_pdf": _CLIENT,
    "client_erase": _CLIENT,
    "employer": {"public_id": "employer_campaign"},
    "issue_to_employer": {"public_id": "employer_campaign"},
    "employer_file": {"public_id": "employer_campaign", "report": "report", "kind": "'csv'"},
    "indicators_file": {"kind": "'csv'"},
    "elderly_file": {"kind": "'csv'"},
    "record_form": {"public_id": "elderly_assessment"},
    "record_form_pdf": {"public_id": "elderly_assessment"},
    "remove_guidance": {"public_id": "elderly_assessment"},
    "link": {"token": "link"},
    "work_job": {"public_id": "job"},
    "work_stop": {"public_id": "job"},
    "work_resume": {"public_id": "job"},
    "work_file": {"public_id": "job", "file_id": "file"},
}

ASKED: Mapping[str, Mapping[str, str]] = {
    # Identifiers that stand behind the question mark.
    "client_vitals": {"instead": "measurement"},
    "indicators": {"campaign": "campaign", "branch": "branch"},
    "indicators_file": {"campaign": "campaign", "branch": "branch"},
    "elderly": {"branch": "branch"},
    "elderly_file": {"branch": "branch"},
}


NAMED_IN_FORMS: Mapping[str, tuple[str, ...]] = {
    # Identifiers that a form sends.
    "new_account": ("branch",),
    "account": ("branch",),
    "new_campaign": ("branch",),
    "edit_campaign": ("branch",),
    "client_new": ("branch",),
    "client_identity": ("branch",),
    "elderly_residents": ("branch",),
    "campaign_person": ("device",),
}


def unknown_of(what: str, value: str) -> str:
    """An identifier of the same shape that nobody has."""
    return "999999999" if what == "account" else "0" * len(value)


def sends(endpoint: str, here: Mapping[str, str], house: House) -> dict[str, Any]:
    """What the form of an address sends when it does its work; of `here` are the identifiers in it."""
    today = center_day(house)
    made = _SENDS[endpoint] | (_answers(house, FORMS[endpoint]) if endpoint in FORMS else {})
    return {key: value(here, house, today) if callable(value) else value for key, value in made.items()}


def _file(content: bytes, name: str) -> Any:
    return lambda *_: FileStorage(io.BytesIO(content), name)


def _logo(*_: Any) -> FileStorage:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 10), "red").save(drawn, "PNG")
    return FileStorage(io.BytesIO(drawn.getvalue()), "logo.png")


FORMS: Mapping[str, str] = {"client_assess": ELDERLY, "paper_entry": GBT}
"""Addresses whose form is a whole questionnaire."""
_DAY = {"starts_on": "2026-11-20", "ends_on": "2099-12-20"}
_BRANCH = {"branch": lambda here, *_: here["branch"]}
_SENDS: Mapping[str, Mapping[str, Any]] = {
    "sign_out": {},
    "sign_in": {"organisation": "nowhere", "login": "nobody", "password": "not a password"},
    "second_factor": {"code": "000000"},
    "enrol": {"code": "000000"},
    "link": {"password": "blue kettle seven owls", "again": "blue kettle seven owls"},
    "own_password": {"old": "x", "password": "blue kettle seven owls", "again": "blue kettle seven owls"},
    "end_session": {},
    "new_account": {"login": "new.one", "role": "operator", "name": "新", "title": "", "licence": ""} | _BRANCH,
    "account": {"role": "practitioner", "name": "改", "title": "", "licence": ""} | _BRANCH,
    "account_action": {},
    "branches": {"name": "新分部"},
    "branch": {"name": "改名"},
    "organisation_settings": {
        "display_name": "改名",
        "password_policy": "asvs",
        "smallest_cell": "5",
        "retention_years": "0",
        "logo": _logo,
    },
    "new_campaign": {"name": "新", "employer": "", "instrument": GBT} | _DAY | _BRANCH,
    "edit_campaign": {"name": "改", "employer": "", "instrument": GBT, "version": lambda here, *_: here["campaign_version"]}
    | _DAY
    | _BRANCH,
    "campaign_state": {"state": "closed"},
    "roster": {"file": _file("姓名,性别,出生日期,手机\n孙七,男,1979-05-14,13800138003\n".encode(), "r.csv")},
    "roster_preview": {},
    "roster_columns": {"c0-0": "name", "c0-1": "sex", "c0-2": "birth_date", "c0-3": "phone", "c0-4": "unit"},
    "campaign_person": {"device": lambda here, *_: here["device"]},
    "campaign_devices": {"label": "平板二"},
    "end_campaign_device": {},
    "campaign_paper": {"code": "1"},
    "paper_file": {"file": _file(b"code,consent\n1,yes\n", "a.csv")},
    "paper_entry": {"signed": "1", "version": "1"},
    "campaign_plans": {"kind": "plan_pdfs"},
    "clients": {"words": "柳如烟"},
    "client_new": {"name": "新人", "phone": "13900000000"} | _BRANCH,
    "clients_merge": {"stays": "1", "goes": "1"},
    "clients_import": {"file": _file("姓名,手机,检查日期,体重\n柳如烟,13812345678,2026-01-06,61\n".encode(), "i.csv")},
    "clients_import_preview": {"take": "1"},
    "client_identity": {"name": "改名", "phone": "13900000001", "version": "1"} | _BRANCH,
    "client_profile": {"remark": "改", "version": "1"},
    "client_vitals": {"weight_kg": "70", "taken_on": lambda _here, _house, today: today.isoformat()},
    "client_measured_remove": {},
    "client_assess": {"consent": "1", "assessed_on": "2026-11-20"},
    "client_make_plan": {},
    "client_follow_ups": {"kind": "contact", "way": "phone", "tier": "normal", "due_on": "2099-01-01"},
    "client_follow_up": {"state": "cancelled", "note": "", "version": "1"},
    "client_merge_undo": {},
    "client_consents": {"means": "paper", "follow_up": "no"},
    "client_withdraw": {},
    "client_erase": {"sure": "1"},
    "privacy_review": {},
    "privacy_export": {"level": "deidentified", "kind": "csv"},
    "audit_check": {},
    "issue_to_employer": {},
    "elderly_residents": {"people": "400", "year": "2026", "version": "0"} | _BRANCH,
    "record_form": {"box-qi_deficiency": "diet", "practitioner": "王", "guided_on": "2026-11-24", "version": "1"},
    "remove_guidance": {"version": "1"},
    "elderly_print": {"year": "2026", "branch": ""},
    "work_stop": {},
    "work_resume": {},
}
