"""Campaigns: a roster of people, invitations, tablets and paper forms, coverage as it stands, and the plans of thousands."""

from tcm_engine.records.roster_import import ImportRow

from .campaigns import STATES, Campaign, NewCampaign, State, add_campaign, campaigns, change_campaign, get_campaign, set_state, today
from .importing import (
    ColumnChoice,
    FaultySheet,
    Preview,
    SheetColumns,
    Taken,
    faulty_rows,
    imports,
    preview_roster,
    roster_columns,
    set_columns,
    take_roster,
    upload_roster,
)
from .roster import FIELDS, REASON, Field, RowFault

__all__ = [
    "FIELDS",
    "REASON",
    "STATES",
    "Campaign",
    "ColumnChoice",
    "FaultySheet",
    "Field",
    "ImportRow",
    "NewCampaign",
    "Preview",
    "RowFault",
    "SheetColumns",
    "State",
    "Taken",
    "add_campaign",
    "campaigns",
    "change_campaign",
    "faulty_rows",
    "get_campaign",
    "imports",
    "preview_roster",
    "roster_columns",
    "set_columns",
    "set_state",
    "take_roster",
    "today",
    "upload_roster",
]
