"""Who may come in: accounts, passwords, second factors, sessions; and how an organisation is set up."""

from .accounts import (
    FIRST_LOGIN,
    FIRST_ORGANISATION,
    Member,
    NewAccount,
    OwnSession,
    add_member,
    change_member,
    change_own_password,
    disable_member,
    enable_member,
    end_own_session,
    first_link,
    link_for,
    members,
    own_sessions,
    reset_member,
)
from .branches import Branch, add_branch, branches, close_branch, open_branch, rename_branch
from .face import letterhead_for
from .links import LINK_LIFE, IssuedLink, OpenLink, look_at_link, use_link
from .lockout import LOCK
from .passwords import RULES, Policy
from .second_factor import Enrolment
from .sessions import IDLE, LONGEST, SignedIn, end_session, resume_session, start_session
from .settings import LARGEST_LOGO, KeptSettings, OrganisationSettings, change_settings, read_settings
from .signing_in import Entered, Locked, begin_enrolment, confirm_enrolment, give_code, is_enrolled, must_change_password, sign_in

__all__ = [
    "FIRST_LOGIN",
    "FIRST_ORGANISATION",
    "IDLE",
    "LARGEST_LOGO",
    "LINK_LIFE",
    "LOCK",
    "LONGEST",
    "RULES",
    "Branch",
    "Enrolment",
    "Entered",
    "IssuedLink",
    "KeptSettings",
    "Locked",
    "Member",
    "NewAccount",
    "OpenLink",
    "OrganisationSettings",
    "OwnSession",
    "Policy",
    "SignedIn",
    "add_branch",
    "add_member",
    "begin_enrolment",
    "branches",
    "change_member",
    "change_own_password",
    "change_settings",
    "close_branch",
    "confirm_enrolment",
    "disable_member",
    "enable_member",
    "end_own_session",
    "end_session",
    "first_link",
    "give_code",
    "is_enrolled",
    "letterhead_for",
    "link_for",
    "look_at_link",
    "members",
    "must_change_password",
    "open_branch",
    "own_sessions",
    "read_settings",
    "rename_branch",
    "reset_member",
    "resume_session",
    "sign_in",
    "start_session",
    "use_link",
]
