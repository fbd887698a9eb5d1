"""The second migration with data in the database: what was there stays, up and down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from tcm_engine.records import (
    PUBLIC,
    Records,
    Vault,
    add_account,
    add_api_token,
    add_draft,
    add_organisation,
    downgrade,
    find_bearer,
    upgrade,
)
from tcm_engine.records.tables import metadata

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def count(records: Records, table: str) -> int:
    with records.read() as db:
        return db.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def test_up_with_data_down_with_data_and_up_again(database_url: str) -> None:
    records = Records(database_url, Vault(["s" * 40]))
    upgrade(records, "0001")
    with records.write() as db:
        add_draft(db, records.vault, PUBLIC, b"{}", NOW, LATER)
    upgrade(records)
    with records.write() as db:
        owner = add_organisation(db, "north", "North", NOW)
        token = add_api_token(db, records.vault, owner, add_account(db, owner, "li.na", "operator", NOW), "", NOW, LATER)
        add_draft(db, records.vault, owner, b"{}", NOW, LATER)
    downgrade(records, "0001")
    assert not {"account", "api_token"} & set(inspect(records.engine).get_table_names())
    assert (count(records, "draft"), count(records, "organisation")) == (2, 2)
    upgrade(records)
    assert (count(records, "draft"), count(records, "organisation"), count(records, "account")) == (2, 2, 0)
    with records.read() as db:
        assert find_bearer(db, records.vault, token, NOW) is None
    records.close()


def test_the_database_refuses_unknown_roles_and_a_login_twice(database_url: str) -> None:
    records = Records(database_url, Vault(["s" * 40]))
    upgrade(records)
    with records.write() as db:
        north, south = (add_organisation(db, code, code, NOW) for code in ("north", "south"))
        add_account(db, north, "li.na", "operator", NOW)
        add_account(db, south, "li.na", "operator", NOW)
    for login, role in (("li.na", "operator"), ("wang", "owner")):
        with pytest.raises(IntegrityError), records.write() as db:
            add_account(db, north, login, role, NOW)  # type: ignore[arg-type]
    records.close()


def test_a_token_of_one_organisation_with_an_account_of_another_speaks_for_nobody(database_url: str) -> None:
    records = Records(database_url, Vault(["s" * 40]))
    upgrade(records)
    with records.write() as db:
        north, south = (add_organisation(db, code, code, NOW) for code in ("north", "south"))
        account = add_account(db, north, "li.na", "operator", NOW)
        token = add_api_token(db, records.vault, south, account, "", NOW, LATER)
    with records.read() as db:
        assert find_bearer(db, records.vault, token, NOW) is None
    records.close()
