"""Organisations with somebody in each role, and browsers of theirs that are signed in already."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from tcm_engine.center import ROLES, Caller, Center, Role
from tcm_engine.center.access import start_session
from tcm_engine.records import add_account, add_organisation
from tests.web.plain_browser import PlainBrowser


@dataclass(frozen=True)
class House:
    """One organisation."""

    app: Flask
    center: Center
    organisation: int
    name: str
    code: str
    accounts: dict[Role, int]

    def caller(self, role: Role = "manager", branch: int | None = None) -> Caller:
        account = self.accounts[role]
        return Caller(self.organisation, f"account:{account}", role, account, branch)

    def browser(self, role: Role = "manager") -> PlainBrowser:
        """Scripts off; signed in, second factor given."""
        with self.center.records.write() as db:
            token = start_session(db, self.center, self.organisation, self.accounts[role], "test", second_factor=True)
        found = PlainBrowser(self.app)
        found.client.set_cookie("desk", token, path="/desk")
        return found


def house(app: Flask, code: str) -> House:
    """A new organisation with one account a role."""
    center: Center = app.extensions["center"]
    now = center.clock()
    with center.records.write() as db:
        organisation = add_organisation(db, code, code.title(), now)
        accounts = {role: add_account(db, organisation, role, role, now) for role in ROLES}
    return House(app, center, organisation, code.title(), code, accounts)
