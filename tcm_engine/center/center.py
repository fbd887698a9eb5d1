"""What every use case is given: the engine, the records, the clock and how long things are kept. No Flask, no settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tcm_engine.engine import Engine
from tcm_engine.model import Registers
from tcm_engine.records import PUBLIC, Records, Role, Vault


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a self-test is kept; nothing else prolongs it."""

    visit: timedelta = timedelta(hours=2)
    """Without a wish of its owner: from the last step on."""
    link: timedelta = timedelta(days=30)
    """With a private link, which its owner asks for."""
    request: timedelta = timedelta(hours=24)
    """How long an Idempotency-Key is remembered, at most; never longer than the record that it made."""


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf a use case runs. It sees the records of its organisation and no others."""

    organisation: int = PUBLIC
    scope: str = ""
    """Whose idempotency keys are meant: a token's or an address's. Never shown, never stored as it is."""
    role: Role | None = None
    """What it may do for its organisation; None: nothing, but its own self-test."""
    account: int | None = None
    """Who is signed in; None for tokens and self-tests."""
    branch: int | None = None
    """The only branch whose records it sees; None: all of the organisation."""

    @property
    def actor(self) -> str:
        """How the audit trail names it."""
        return f"account:{self.account}" if self.account is not None else self.scope if self.scope.startswith("token:") else "client"


ANYONE = Caller()
"""A self-test without an account."""


@dataclass(frozen=True, slots=True)
class Center:
    engine: Engine
    records: Records
    keeping: Keeping = Keeping()
    clock: Callable[[], datetime] = utc_now
    var: Path = Path("var")
    """Folder of stored files, caches and temporary files."""
    registers: Registers = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "registers", Registers.of(self.engine.knowledge))

    def until(self, caller: Caller, now: datetime) -> datetime | None:
        """Until when what a caller makes is kept: a self-test for the visit, an organisation's record until it is removed."""
        return now + self.keeping.visit if caller.organisation == PUBLIC else None


def open_center(
    engine: Engine,
    database: str,
    secrets: tuple[str, ...],
    keeping: Keeping = Keeping(),
    clock: Callable[[], datetime] = utc_now,
    var: Path = Path("var"),
) -> Center:
    """A centre over a database that is ready to use; what expired while nobody looked is deleted.

    `secrets`: the current secret key first, then earlier ones that may still open records.
    Raises SchemaBehind where a PostgreSQL database needs `tcm db upgrade`.
    """
    from tcm_engine.records import purge

    records = open_records(database, secrets)
    with records.write() as db:
        purge(db, clock())
    return Center(engine, records, keeping, clock, var)


def open_records(database: str, secrets: tuple[str, ...]) -> Records:
    """A database that is ready to use, without an engine. Raises SchemaBehind."""
    from tcm_engine.records import prepare

    records = Records(database, Vault(secrets))
    prepare(records)
    return records
