"""What is printed and exported of a campaign: cards, links, reminders."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from babel.dates import format_date
from flask import Response, g, render_template, request, url_for

from tcm_engine.center.access import letterhead_for
from tcm_engine.center.campaigns import CampaignPerson, coverage, get_campaign, invitations
from tcm_engine.center.campaigns import reminders as people_to_remind
from tcm_engine.views import Card, InvitationCards, Letterhead, ReminderList, ReminderRow

from ..access import caller, services
from ..words import translate as _
from .overview import PERSON_WORDS
from .workbooks import download, table_book, xlsx

CARDS_A_FILE = 400
"""Fifty sheets: printed in one go, made in seconds."""


def lists(public_id: str) -> str:
    center, who = services().center, caller()
    found = get_campaign(center, who, public_id)
    unit = request.args.get("unit")
    units = coverage(center, who, public_id)
    left = sum(one.missing + one.started for one in units if unit in (None, one.unit))
    parts = [(at + 1, min(at + CARDS_A_FILE, left)) for at in range(0, left, CARDS_A_FILE)]
    return render_template("desk/campaigns/lists.html", campaign=found, units=units, unit=unit, left=left, parts=parts)


def cards(public_id: str) -> Response:
    center, who = services().center, caller()
    found = get_campaign(center, who, public_id)
    part = max(request.args.get("part", 1, int), 1)
    people = invitations(center, who, public_id, request.args.get("unit"))[(part - 1) * CARDS_A_FILE : part * CARDS_A_FILE]
    minutes = services().knowledge.instruments[found.instrument].minutes
    until = format_date(found.ends_on, "long", locale=g.display.locale)
    view = InvitationCards(g.display.lang, letterhead(), found.name, until, minutes, tuple(card_of(one) for one in people))
    return download(services().render_campaign_sheet(view), "application/pdf", f"cards-{part}.pdf")


def links(public_id: str, name: str) -> Response:
    people = invitations(services().center, caller(), public_id, request.args.get("unit"))
    head = [_("No."), _("Name"), _("Unit"), _("Staff number"), _("Telephone"), _("Link")]
    rows = [[one.code, one.name, one.unit, one.staff_number, one.phone, link_of(one.token)] for one in people]
    if name.endswith(".xlsx"):
        return xlsx(table_book(head, rows), "links")
    text = StringIO()
    csv.writer(text).writerows([head, *([_safe(cell) for cell in row] for row in rows)])
    return download(text.getvalue().encode("utf-8-sig"), "text/csv", "links.csv")


def reminders(public_id: str, name: str) -> Response:
    center, who = services().center, caller()
    people = people_to_remind(center, who, public_id, request.args.get("unit"))
    if name.endswith(".xlsx"):
        head = [_("No."), _("Name"), _("Unit"), _("Staff number"), _("Telephone"), _("State")]
        rows = [[one.code, one.name, one.unit, one.staff_number, one.phone, _(PERSON_WORDS[one.state])] for one in people]
        return xlsx(table_book(head, rows), "reminders")
    day = format_date(services().today(), "long", locale=g.display.locale)
    listed = tuple(ReminderRow(one.code, one.name, one.unit, one.phone, _(PERSON_WORDS[one.state])) for one in people)
    view = ReminderList(g.display.lang, letterhead(), get_campaign(center, who, public_id).name, day, listed)
    return download(services().render_campaign_sheet(view), "application/pdf", "reminders.pdf")


def link_of(token: str) -> str:
    """The address that a card holds."""
    base = services().public_url.rstrip("/")
    if base:
        return base + url_for("invited.link_start", token=token)
    return url_for("invited.link_start", token=token, _external=True)


def card_of(one: CampaignPerson) -> Card:
    return Card(one.name, one.unit, one.code, link_of(one.token))


def letterhead() -> Letterhead:
    return letterhead_for(services().center, caller().organisation)


def _safe(cell: str) -> Any:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
