"""Campaigns: a roster of people, each with an invitation, an assessment and a plan to come."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, LargeBinary, String, UniqueConstraint

from .schema import Moment, SealedBytes, belongs_to, owned, public_id
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
