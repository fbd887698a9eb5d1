"""`tcm audit`, `tcm backup`, `tcm restore`, `tcm key rotate`: as an operator runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from cli import main
from config import load
from tcm_engine.center import open_records


@pytest.fixture
def tcm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TCM_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("TCM_DEFAULT_LANG", "en")
    monkeypatch.setenv("TCM_SECRET_KEY", "first-key-" * 4)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments])

    return run


@pytest.fixture
def filled(tcm) -> None:
    """An organisation with an account, a token, and rows in its trail."""
    from tcm_engine.records import audit, find_organisation

    assert tcm("user", "add", "--organisation", "Harbour", "--new-organisation", "li.na").exit_code == 0
    settings = load()
    records = open_records(settings.database, settings.secrets())
    from datetime import UTC, datetime

    with records.write() as db:
        organisation = find_organisation(db, "harbour")
        assert organisation
        for number in range(4):
            audit.add_audit(db, records.vault, organisation, "account:1", "client_read", "client", f"id{number}", datetime.now(UTC), {})
    records.close()


def tamper(*statements: str) -> None:
    settings = load()
    records = open_records(settings.database, settings.secrets())
    with records.write() as db:
        for statement in statements:
            db.execute(text(statement))
    records.close()


def test_an_intact_trail_is_said_to_be_intact(tcm, filled) -> None:
    done = tcm("audit", "verify")
    assert done.exit_code == 0 and "intact, 4 rows" in done.stdout


def test_the_first_bad_row_is_named_with_status_2(tcm, filled) -> None:
    tamper("DROP TRIGGER audit_no_update", "UPDATE audit SET subject_id = 'other' WHERE number = 2")
    done = tcm("audit", "verify")
    assert done.exit_code == 2 and "row 2 was changed" in done.stdout


def test_a_cut_tail_is_named_with_status_2(tcm, filled) -> None:
    tamper("DROP TRIGGER audit_no_delete", "DELETE FROM audit WHERE number > 2")
    done = tcm("audit", "verify")
    assert done.exit_code == 2 and "from 3 on were cut off" in done.stdout


def test_backup_and_restore(tcm, filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.tcm"
    made = tcm("backup", file)
    assert made.exit_code == 0 and "files written" in made.stdout
    again = tcm("backup", file)
    assert again.exit_code == 2 and "never written over another" in again.stderr
    full = tcm("restore", file)
    assert full.exit_code == 2 and "holds something already" in full.stderr
    monkeypatch.setenv("TCM_VAR_DIR", str(tmp_path / "elsewhere"))
    back = tcm("restore", file)
    assert back.exit_code == 0 and "put back" in back.stdout
    assert "li.na" in tcm("user", "list").stdout and tcm("audit", "verify").exit_code == 0


def test_a_passphrase_is_taken_from_a_file_and_must_not_be_short(tcm, filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words, file = tmp_path / "words", tmp_path / "b.tcm"
    words.write_text("short\n")
    refused = tcm("backup", "--passphrase-file", words, file)
    assert refused.exit_code == 2 and "fewer than 16" in refused.stderr and not file.exists()
    words.write_text("a long enough passphrase\n")
    assert tcm("backup", "--passphrase-file", words, file).exit_code == 0
    monkeypatch.setenv("TCM_VAR_DIR", str(tmp_path / "elsewhere"))
    assert "--passphrase-file" in tcm("restore", file).stderr
    assert tcm("restore", "--passphrase-file", words, file).exit_code == 0


def test_what_is_no_backup_is_refused_without_a_stack_trace(tcm, tmp_path: Path) -> None:
    (tmp_path / "b.tcm").write_bytes(b"nothing of ours, but long enough to be read as something")
    done = tcm("restore", tmp_path / "b.tcm")
    assert done.exit_code == 2 and "not a backup" in done.stderr


def test_the_key_is_changed_and_the_old_one_can_go(tcm, filled, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no earlier key" in tcm("key", "rotate").stderr.lower()
    monkeypatch.setenv("TCM_OLD_SECRET_KEY", "first-key-" * 4)
    monkeypatch.setenv("TCM_SECRET_KEY", "second-key" * 4)
    first = tcm("key", "rotate")
    assert first.exit_code == 0 and "api_token: 1 open with the earlier key alone" in first.stdout
    last = tcm("key", "rotate", "--finish")
    assert last.exit_code == 0 and "TCM_OLD_SECRET_KEY may go" in last.stdout
    monkeypatch.delenv("TCM_OLD_SECRET_KEY")
    assert tcm("audit", "verify").exit_code == 0
    assert "may go" in tcm("key", "rotate").stdout
