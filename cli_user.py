"""`tcm user`: accounts of organisations and their tokens.

A new token is written once, alone, to standard output; what is said about it to standard error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from cli_shared import CANNOT_RUN, catalog, clear_errors, load_settings

if TYPE_CHECKING:
    from tcm_engine.center import AccountEntry, IssuedToken, Role
    from tcm_engine.records import Records

ROLES = ("client", "operator", "practitioner", "manager", "administrator", "auditor")
LONGEST_LIFE_DAYS = 3660

_organisation = click.option("--organisation", metavar="NAME", required=True, help="Organisation that the account belongs to.")
_login = click.argument("login")
_label = click.option("--label", default="", help="What the token is for, to recognise it by.")
_days = click.option("--days", type=click.IntRange(1, LONGEST_LIFE_DAYS), default=365, show_default=True, help="Days the token is taken.")


@click.group()
def user() -> None:
    """Accounts of organisations, and their tokens for the HTTP API."""


@user.command()
@_organisation
@click.option("--new-organisation", is_flag=True, help="Make the organisation.")
@click.option("--role", type=click.Choice(ROLES), default="operator", show_default=True, help="What the account may do.")
@_label
@_days
@_login
def add(organisation: str, new_organisation: bool, role: str, label: str, days: int, login: str) -> None:
    """Make the account LOGIN and print its token, once."""
    from tcm_engine.center import add_account

    with _records() as records:
        issued = add_account(
            records, organisation, login, cast("Role", role), _now(), label=label, days=days, new_organisation=new_organisation
        )
    _show(issued)


@user.command(name="list")
def list_() -> None:
    """Accounts with their tokens, one line each; tokens by their last four characters."""
    from tcm_engine.center import list_accounts

    now = _now()
    with _records() as records:
        for entry in list_accounts(records):
            _print_entry(entry, now)


@user.command()
@_organisation
@_login
def disable(organisation: str, login: str) -> None:
    """Take no token of LOGIN any more; what was made with them stays."""
    from tcm_engine.center import disable_account

    with _records() as records:
        disable_account(records, organisation, login, _now())


@user.command()
@_organisation
@_login
def link(organisation: str, login: str) -> None:
    """Print a link, once, by which LOGIN sets a new password and second step; its sessions end."""
    from tcm_engine.center.access import link_for

    with _records() as records:
        issued = link_for(records, organisation, login, _now())
    settings = load_settings()
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    click.echo(f"{base}/desk/link/{issued.token}")
    click.echo(_t("This link is shown this once. It opens once, until {day}.", day=issued.expires_at.date()), err=True)


@user.group()
def token() -> None:
    """Tokens of an account."""


@token.command(name="add")
@_organisation
@_label
@_days
@_login
def add_token(organisation: str, label: str, days: int, login: str) -> None:
    """Print one more token of LOGIN, once."""
    from tcm_engine.center import add_token as add_one

    with _records() as records:
        issued = add_one(records, organisation, login, _now(), label=label, days=days)
    _show(issued)


@token.command()
@_organisation
@_login
@click.option("--last-four", metavar="FOUR", help="Only the token that ends so; all of the account's if not given.")
def revoke(organisation: str, login: str, last_four: str | None) -> None:
    """Take tokens of LOGIN no more."""
    from tcm_engine.center import revoke_tokens

    with _records() as records:
        count = revoke_tokens(records, organisation, login, _now(), last_four)
    click.echo(_t("{count} tokens revoked", count=count), err=True)
    if not count:
        raise SystemExit(CANNOT_RUN)


def _show(issued: IssuedToken) -> None:
    click.echo(issued.token)
    click.echo(_t("This token is shown this once. It is taken until {day}.", day=issued.expires_at.date()), err=True)


def _print_entry(entry: AccountEntry, now: datetime) -> None:
    one = entry.account
    click.echo(f"{one.organisation}\t{one.login}\t{one.role}\t{_t('disabled') if one.disabled_at else ''}".rstrip())
    for each in entry.tokens:
        state = _t("revoked") if each.revoked_at else _t("expired") if each.expires_at <= now else ""
        click.echo(f"  …{each.last_four}\t{each.expires_at.date()}\t{state}\t{each.label}".rstrip())


@contextmanager
def _records() -> Iterator[Records]:
    """The database of the settings; what cannot be done is said without a stack trace."""
    from sqlalchemy.exc import SQLAlchemyError

    from config import SettingsError
    from tcm_engine.center import SchemaBehind, open_records

    settings = load_settings()
    with clear_errors(settings.default_lang, SettingsError, SchemaBehind, SQLAlchemyError):
        records = open_records(settings.database, settings.secrets())
        try:
            yield records
        finally:
            records.close()


def _t(message: str, **values: object) -> str:
    return catalog(load_settings().default_lang)(message, **values)


def _now() -> datetime:
    return datetime.now(UTC)
