"""A centre with two organisations, and campaigns to fill."""

from __future__ import annotations

from datetime import date

from tcm_engine.center import Caller, Center
from tcm_engine.center.campaigns import NewCampaign, add_campaign, set_state
from tcm_engine.records import add_account, add_organisation

START, END = date(2026, 11, 20), date(2026, 12, 20)


def house(center: Center, code: str = "ours") -> Caller:
    """A manager of a new organisation."""
    with center.records.write() as db:
        organisation = add_organisation(db, code, code.title(), center.clock())
        account = add_account(db, organisation, "manager", "manager", center.clock())
    return Caller(organisation, f"account:{account}", "manager", account)


def new_campaign(
    center: Center, who: Caller, name: str = "2026年职工体质辨识", instrument: str = "gbt_46939_2025", opened: bool = True
) -> str:
    public = add_campaign(center, who, NewCampaign(name, "某某实业有限公司", instrument, START, END))
    if opened:
        set_state(center, who, public, "open")
    return public


def csv_of(*rows: str) -> bytes:
    return ("姓名,性别,出生日期,身份证号,手机,部门\n" + "\n".join(rows)).encode("utf-8-sig")
