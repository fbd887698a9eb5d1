"""Campaigns: rosters, invitations, devices, paper, coverage, plans of thousands."""

from __future__ import annotations

from ..routes import BOTH, SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import devices, lists, overview, paper, people, plans, roster

_ONE = "/campaigns/<public_id>"

AREA = Area(
    "campaigns",
    (
        Route("/campaigns", "campaigns", overview.campaigns, SHOW, "read_campaign"),
        Route("/campaigns/new", "new_campaign", overview.new, BOTH, "run_campaign"),
        Route(_ONE, "campaign", overview.one, SHOW, "read_campaign"),
        Route(f"{_ONE}/edit", "edit_campaign", overview.edit, BOTH, "run_campaign"),
        Route(f"{_ONE}/state", "campaign_state", overview.state, SEND, "run_campaign"),
        Route(f"{_ONE}/roster", "roster", roster.upload, BOTH, "fill_campaign"),
        Route(f"{_ONE}/roster/<file>", "roster_preview", roster.preview, BOTH, "fill_campaign"),
        Route(f"{_ONE}/roster/<file>/columns", "roster_columns", roster.columns, BOTH, "fill_campaign"),
        Route(f"{_ONE}/roster/<file>/faulty.xlsx", "roster_faulty", roster.faulty, SHOW, "fill_campaign"),
        Route(f"{_ONE}/people", "campaign_people", people.listed, SHOW, "read_campaign"),
        Route(f"{_ONE}/people/<who>", "campaign_person", people.one, BOTH, "read_campaign"),
        Route(f"{_ONE}/lists", "campaign_lists", lists.lists, SHOW, "fill_campaign"),
        Route(f"{_ONE}/lists/cards.pdf", "campaign_cards", lists.cards, SHOW, "fill_campaign"),
        Route(f"{_ONE}/lists/<any('links.xlsx','links.csv'):name>", "campaign_links", lists.links, SHOW, "fill_campaign"),
        Route(f"{_ONE}/lists/<any('reminders.xlsx','reminders.pdf'):name>", "campaign_reminders", lists.reminders, SHOW, "fill_campaign"),
        Route(f"{_ONE}/devices", "campaign_devices", devices.devices, BOTH, "fill_campaign"),
        Route(f"{_ONE}/devices/<device>/end", "end_campaign_device", devices.end, SEND, "fill_campaign"),
        Route(f"{_ONE}/paper", "campaign_paper", paper.overview, BOTH, "fill_campaign"),
        Route(f"{_ONE}/paper/forms.pdf", "paper_forms", paper.forms, SHOW, "fill_campaign"),
        Route(f"{_ONE}/paper/template.csv", "paper_template", paper.template, SHOW, "fill_campaign"),
        Route(f"{_ONE}/paper/file", "paper_file", paper.file, SEND, "fill_campaign"),
        Route(f"{_ONE}/paper/<who>", "paper_entry", paper.entry_page, BOTH, "fill_campaign"),
        Route(f"{_ONE}/plans", "campaign_plans", plans.plans, BOTH, "run_campaign"),
    ),
    (Entry(N_("Campaigns"), "campaigns", "read_campaign"),),
)
