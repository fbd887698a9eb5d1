"""`tcm user`: one token on standard output, nothing else there; clear reasons on standard error; no token is ever shown again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from cli_user import ROLES
from tcm_engine.center import ROLES as KNOWN


@pytest.fixture
def tcm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TCM_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("TCM_DEFAULT_LANG", "en")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["user", *arguments])

    return run


def test_an_account_is_made_and_its_token_printed_alone(tcm) -> None:
    made = tcm("add", "--organisation", "康和中心", "--new-organisation", "--role", "manager", "--label", "desk", "li.na")
    assert (made.exit_code, bool(re.fullmatch(r"tcm_[A-Za-z0-9_-]{32}\n", made.stdout))) == (0, True)
    assert "shown this once" in made.stderr and made.stdout.strip() not in made.stderr
    listed = tcm("list").stdout
    assert made.stdout.strip() not in listed
    assert listed.splitlines()[0].split("\t") == ["康和中心", "li.na", "manager"]
    assert made.stdout.strip()[-4:] in listed and "desk" in listed


def test_an_unknown_organisation_is_not_made_unasked(tcm) -> None:
    refused = tcm("add", "--organisation", "Harbour", "li.na")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--new-organisation" in refused.stderr
    assert tcm("list").stdout == ""


def test_tokens_are_added_revoked_and_accounts_disabled(tcm) -> None:
    first = tcm("add", "--organisation", "Harbour", "--new-organisation", "li.na").stdout.strip()
    second = tcm("token", "add", "--organisation", "harbour", "li.na").stdout.strip()
    assert first != second
    assert tcm("token", "revoke", "--organisation", "Harbour", "--last-four", first[-4:], "li.na").exit_code == 0
    assert tcm("token", "revoke", "--organisation", "Harbour", "--last-four", first[-4:], "li.na").exit_code == 2
    assert [line.count("revoked") for line in tcm("list").stdout.splitlines()] == [0, 1, 0]
    assert tcm("disable", "--organisation", "Harbour", "li.na").exit_code == 0
    assert "disabled" in tcm("list").stdout.splitlines()[0]


def test_the_command_offers_every_role() -> None:
    assert ROLES == KNOWN
