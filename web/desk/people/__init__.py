"""Coming in, one's own account, and the organisation with its accounts and branches."""

from __future__ import annotations

from ..routes import BOTH, SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import accounts, branches, own, settings, sign_in

AREA = Area(
    "access",
    (
        Route("/sign-in", "sign_in", sign_in.sign_in, BOTH, None, open=True),
        Route("/sign-in/code", "second_factor", sign_in.second_factor, BOTH, None, unfinished=True),
        Route("/sign-in/set-up", "enrol", sign_in.enrol, BOTH, None, unfinished=True),
        Route("/link/<token>", "link", sign_in.link, BOTH, None, open=True),
        Route("/me", "own", own.own, SHOW, None),
        Route("/me/password", "own_password", own.password, BOTH, None),
        Route("/me/sessions/<public_id>/end", "end_session", own.end_session, SEND, None),
        Route("/accounts", "accounts", accounts.accounts, SHOW, "manage_accounts"),
        Route("/accounts/new", "new_account", accounts.new, BOTH, "manage_accounts"),
        Route("/accounts/<int:account>", "account", accounts.one, BOTH, "manage_accounts"),
        Route("/accounts/<int:account>/<any(disable,enable,reset):action>", "account_action", accounts.act, SEND, "manage_accounts"),
        Route("/branches", "branches", branches.branches, BOTH, "manage_organisation"),
        Route("/branches/<public_id>", "branch", branches.one, BOTH, "manage_organisation"),
        Route("/settings", "organisation_settings", settings.settings, BOTH, "manage_organisation"),
        Route("/settings/logo", "organisation_logo", settings.logo, SHOW, None),
    ),
    (
        Entry(N_("Accounts"), "accounts", "manage_accounts"),
        Entry(N_("Branches"), "branches", "manage_organisation"),
        Entry(N_("Organisation"), "organisation_settings", "manage_organisation"),
    ),
)
