"""`tcm audit`, `tcm backup`, `tcm restore`, `tcm key`: keeping an installation safe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli_shared import CANNOT_RUN, catalog, clear_errors, load_settings, stop

if TYPE_CHECKING:
    from tcm_engine.center.privacy import FirstFault, Locks, RotationReport
    from tcm_engine.records import Records

_FAULTS = {
    "removed": "row {number} is missing",
    "changed": "row {number} was changed, or stands where another stood",
    "forged": "row {number} was not written by this installation",
    "unknown_key": "row {number} is sealed with a key that is not here; set TCM_OLD_SECRET_KEY, or somebody put it there",
    "cut": "rows from {number} on were cut off",
    "no_head": "the record of the last row was removed",
    "head_changed": "the record of the last row was changed",
    "anchor": "row {number} is not the one that stood there when the trail was last checked",
}
_passphrase = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with a passphrase of at least 16 characters; without it the installation's secret key is used.",
)


@click.group()
def audit() -> None:
    """The audit trail: who saw or changed what."""


@audit.command()
def verify() -> None:
    """Check the trail of every organisation; exit status 2 where a row was changed, removed, added or cut off."""
    from tcm_engine.center.privacy import check_every_trail

    settings = load_settings()
    with _records() as records:
        trails = check_every_trail(records, settings.var_dir)
    for one in trails:
        checked = one.checked
        if checked.fault:
            click.echo(_t("organisation {organisation}: {fault}", organisation=one.organisation, fault=_say(checked.fault)))
        else:
            words = "organisation {organisation}: intact, {rows} rows, the last {number} {digest}"
            click.echo(_t(words, organisation=one.organisation, rows=checked.rows, number=checked.number, digest=checked.digest.hex()))
    if any(one.checked.fault for one in trails):
        raise SystemExit(CANNOT_RUN)


@click.command()
@_passphrase
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(passphrase_file: Path | None, file: Path) -> None:
    """Write everything that is kept, encrypted, to FILE, while the server runs."""
    from tcm_engine.center.privacy import make_backup

    settings = load_settings()
    locks = _locks(passphrase_file)
    with _records() as records:
        made = make_backup(records, settings.var_dir, file, locks, datetime.now(UTC))
    click.echo(
        _t("{rows} rows and {files} files written: {file}, {size} bytes", rows=made.rows, files=made.files, file=file, size=made.size)
    )
    if made.missing:
        click.echo(_t("{count} stored files were not there any more", count=len(made.missing)), err=True)
    if not made.trails_intact:
        click.echo(_t("An audit trail is not intact; see: tcm audit verify"), err=True)


@click.command()
@_passphrase
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(passphrase_file: Path | None, file: Path) -> None:
    """Put FILE, which `tcm backup` wrote, back into an empty installation."""
    from tcm_engine.center.privacy import restore_backup

    settings = load_settings()
    locks = _locks(passphrase_file)
    with _records(ready=False) as records:
        done = restore_backup(records, settings.var_dir, file, locks)
    click.echo(_t("{rows} rows and {files} files put back, as of {moment}", rows=done.rows, files=done.files, moment=done.made_at))
    if done.missing:
        click.echo(_t("{count} stored files were not there any more", count=len(done.missing)), err=True)
    if not all(one.checked.intact for one in done.trails):
        click.echo(_t("An audit trail is not intact; see: tcm audit verify"), err=True)
        raise SystemExit(CANNOT_RUN)


@click.group()
def key() -> None:
    """The secret key."""


@key.command()
@click.option("--finish", is_flag=True, help="Also end sessions, links, tokens and self-tests that only the earlier key opens.")
def rotate(finish: bool) -> None:
    """Seal everything anew with TCM_SECRET_KEY, while TCM_OLD_SECRET_KEY still opens it; stopped, it goes on when run again."""
    from tcm_engine.center.privacy import rotate_keys
    from tcm_engine.engine import Engine

    settings = load_settings()
    with _records() as records:
        from tcm_engine.center import Center
        from tcm_engine.center.clients import entries_of_content

        center = Center(Engine.load(), records, var=settings.var_dir)
        report = rotate_keys(
            center,
            lambda content: entries_of_content(center, content),
            finish=finish,
            say=lambda table, rows: click.echo(_t("{table}: {rows} rows", table=table, rows=rows), err=True),
        )
    _tell(report)


def _tell(report: RotationReport) -> None:
    click.echo(_t("{rows} rows and {files} files sealed anew", rows=sum(report.rows.values()), files=report.files))
    for fault in report.broken_files:
        click.echo(_t("stored file {file} does not open, or is not there", file=fault.public_id), err=True)
    for table, rows in report.left.items():
        click.echo(_t("{table}: {rows} rows still under an earlier key; is a server running with it?", table=table, rows=rows), err=True)
    for kind, count in report.ended.items():
        click.echo(_t("{kind}: {count} ended", kind=kind, count=count))
    for one in report.waiting:
        until = one.until.date() if one.until else "-"
        click.echo(_t("{kind}: {count} open with the earlier key alone, until {day}", kind=one.kind, count=one.count, day=until))
    if report.complete:
        click.echo(_t("Nothing needs the earlier key any more: TCM_OLD_SECRET_KEY may go."))
    elif report.left or report.broken_files:
        raise SystemExit(CANNOT_RUN)
    else:
        click.echo(_t("Keep TCM_OLD_SECRET_KEY until then, or end these now: tcm key rotate --finish"))


def _say(fault: FirstFault) -> str:
    return _t(_FAULTS[fault.kind], number=fault.number)


def _locks(passphrase_file: Path | None) -> Locks:
    from tcm_engine.center.privacy import SHORTEST_PASSPHRASE, Locks

    settings = load_settings()
    passphrase = passphrase_file.read_text(encoding="utf-8").strip() if passphrase_file else ""
    if passphrase_file and len(passphrase) < SHORTEST_PASSPHRASE:
        stop(_t("the passphrase has fewer than {count} characters", count=SHORTEST_PASSPHRASE))
    return Locks(settings.secrets(), passphrase)


@contextmanager
def _records(ready: bool = True) -> Iterator[Records]:
    """The database of the settings, brought up to date unless it is to be filled; what cannot be done is said without a stack trace."""
    from sqlalchemy.exc import SQLAlchemyError

    from config import SettingsError
    from tcm_engine.center import SchemaBehind, open_records
    from tcm_engine.center.privacy import CannotRead, CannotRestore, DoesNotOpen, NotEmpty, OneKeyOnly
    from tcm_engine.records import Records, Vault

    settings = load_settings()
    expected = (SettingsError, SchemaBehind, SQLAlchemyError, CannotRead, CannotRestore, DoesNotOpen, NotEmpty)
    with clear_errors(settings.default_lang, *expected):
        secrets = settings.secrets()
        records = open_records(settings.database, secrets) if ready else Records(settings.database, Vault(secrets))
        try:
            yield records
        except OneKeyOnly:
            stop(_t("There is no earlier key: set TCM_OLD_SECRET_KEY to the one before."))
        finally:
            records.close()


def _t(message: str, **values: object) -> str:
    return catalog(load_settings().default_lang)(message, **values)
