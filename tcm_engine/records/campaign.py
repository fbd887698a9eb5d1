"""Campaigns: a roster of people, each with an invitation, an assessment and a plan to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    update,
)

from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .vault import HANDLE_BYTES

LONGEST_CAMPAIGN = 120
"""Characters."""

campaign = owned(
    "campaign",
    public_id(),
    belongs_to("branch", nullable=True, ondelete=None),
    Column("name", String(LONGEST_CAMPAIGN), nullable=False),
    Column("employer", String(LONGEST_CAMPAIGN), nullable=False, comment="the company or village; may be empty"),
    Column("instrument", String(60), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("state", String(20), nullable=False, comment="preparing, open or closed"),
    Column("version", Integer, nullable=False),
    Column("account_id", Integer, nullable=True, comment="who made it"),
    Column("created_at", Moment, nullable=False),
)

campaign_person = owned(
    "campaign_person",
    public_id(),
    belongs_to("campaign"),
    belongs_to("client"),
    Column("unit", SealedBytes, nullable=True, comment="department, team or village group"),
    Column("invitation", SealedBytes, nullable=True, comment="the link's token, to print it again"),
    Column("invitation_handle", LargeBinary(HANDLE_BYTES), nullable=True, unique=True, comment="keyed hash of the link's token"),
    Column("state", String(20), nullable=False, comment="missing, started, done or review"),
    belongs_to("assessment", nullable=True, ondelete="SET NULL"),
    belongs_to("plan", nullable=True, ondelete="SET NULL"),
    Column("done_at", Moment, nullable=True),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=True, comment="counts up in the campaign; printed on cards and forms"),
    Column("draft", SealedBytes, nullable=True, comment="JSON: the form as far as it is answered"),
    Column("mode", String(20), nullable=True, comment="link, tablet, paper or file"),
    Column("tries", Integer, nullable=True, comment="wrong answers to the question that reopens a result"),
    UniqueConstraint("campaign_id", "client_id"),
    UniqueConstraint("campaign_id", "number"),
)

campaign_device = owned(
    "campaign_device",
    public_id(),
    belongs_to("campaign"),
    belongs_to("campaign_person", nullable=True, ondelete="SET NULL"),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of the device's token"),
    Column("label", String(80), nullable=False, comment="how staff call it"),
    Column("account_id", Integer, nullable=True, comment="who signed it in"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=True),
)

roster_import = owned(
    "roster_import",
    public_id(),
    belongs_to("campaign"),
    Column(
        "file_handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of the file's bytes: the same file is known again"
    ),
    Column("content", SealedBytes, nullable=False, comment="JSON: rows as read, mapping, faults"),
    Column("state", String(20), nullable=False, comment="preview, imported or dropped"),
    Column("rows", Integer, nullable=False),
    Column("faulty", Integer, nullable=False),
    Column("account_id", Integer, nullable=True),
    Column("created_at", Moment, nullable=False),
)

column_mapping = owned(
    "column_mapping",
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of the header row"),
    Column("content", SealedBytes, nullable=False, comment="JSON: heading -> field"),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "handle"),
)

_ours = (campaign.c.organisation_id == bindparam("organisation")) & (
    bindparam("whole_house") | (campaign.c.branch_id == bindparam("branch"))
)
"""Who is bound to a branch sees its campaigns alone."""
_columns = (
    campaign.c.id, campaign.c.public_id, campaign.c.organisation_id, campaign.c.branch_id, campaign.c.name, campaign.c.employer,
    campaign.c.instrument, campaign.c.starts_on, campaign.c.ends_on, campaign.c.state, campaign.c.version, campaign.c.created_at,
)  # fmt: skip
_find = select(*_columns).where(_ours & (campaign.c.public_id == bindparam("public")))
_by_id = select(*_columns).where((campaign.c.organisation_id == bindparam("organisation")) & (campaign.c.id == bindparam("of")))
_all = select(*_columns).where(_ours).order_by(campaign.c.starts_on.desc(), campaign.c.id.desc())
_change = update(campaign).where(
    (campaign.c.organisation_id == bindparam("organisation"))
    & (campaign.c.id == bindparam("of"))
    & (campaign.c.version == bindparam("of_version"))
)
_counts = (
    select(campaign_person.c.campaign_id, campaign_person.c.state, func.count().label("people"))
    .where(campaign_person.c.organisation_id == bindparam("organisation"))
    .group_by(campaign_person.c.campaign_id, campaign_person.c.state)
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    id: int
    public_id: str
    organisation: int
    branch: int | None
    name: str
    employer: str
    instrument: str
    starts_on: date
    ends_on: date
    state: str
    version: int
    created_at: datetime


def add(db: Connection, organisation: int, values: Mapping[str, Any]) -> str:
    """Public id of the new campaign; `values` are its columns."""
    public = new_public_id()
    db.execute(insert(campaign), {**values, "organisation_id": organisation, "public_id": public, "version": 1})
    return public


def find(db: Connection, organisation: int, public: str, branch: int | None = None) -> CampaignRow | None:
    """`branch`: the only one whose campaigns are found; None: any."""
    row = db.execute(_find, {"organisation": organisation, "public": public, "branch": branch, "whole_house": branch is None}).first()
    return CampaignRow(*tuple(row)) if row else None


def find_by_id(db: Connection, organisation: int, campaign_id: int) -> CampaignRow | None:
    row = db.execute(_by_id, {"organisation": organisation, "of": campaign_id}).first()
    return CampaignRow(*tuple(row)) if row else None


def of_organisation(db: Connection, organisation: int, branch: int | None = None) -> tuple[CampaignRow, ...]:
    """The newest first."""
    rows = db.execute(_all, {"organisation": organisation, "branch": branch, "whole_house": branch is None})
    return tuple(CampaignRow(*tuple(row)) for row in rows)


def change(db: Connection, organisation: int, campaign_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Whether `version` still stood; else nothing is written."""
    key = {"organisation": organisation, "of": campaign_id, "of_version": version}
    return db.execute(_change.values(**values, version=version + 1), key).rowcount == 1


def counts(db: Connection, organisation: int) -> dict[int, dict[str, int]]:
    """Row id of a campaign -> state of its people -> how many."""
    found: dict[int, dict[str, int]] = {}
    for campaign_id, state, people in db.execute(_counts, {"organisation": organisation}):
        found.setdefault(campaign_id, {})[state] = people
    return found
