"""A clock to set, a centre to try, and sheets to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tcm_engine import Engine
from tcm_engine.center import Center, Keeping, Sheet, open_center
from tcm_engine.model import Listed, Person, Profile
from tcm_engine.records import Records, Vault, upgrade

SECRET = "0123456789" * 4
TODAY = date(2026, 11, 23)
KEEPING = Keeping(visit=timedelta(minutes=120), link=timedelta(days=30))


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


def center_at(engine: Engine, url: str, clock: Clock, keeping: Keeping = KEEPING, secrets: tuple[str, ...] = (SECRET,)) -> Center:
    """A centre over a database whose schema is brought up to date first, as an operator does for PostgreSQL."""
    records = Records(url, Vault(secrets))
    upgrade(records)
    records.close()
    return open_center(engine, url, secrets, keeping, clock)


def answers(engine: Engine, instrument: str = "gbt_46939_2025", sex: str | None = "female", **changed: int) -> dict[str, Any]:
    """All 2, but where told."""
    asked = [item.key for item in engine.instrument(instrument).items if item.sex in (None, sex)]
    return dict.fromkeys(asked, 2) | changed


def sheet(engine: Engine, name: str = "", **changed: int) -> Sheet:
    profile = Profile(sex="female", birth_date=date(1979, 5, 12), pregnant=False, medicines=Listed(("warfarin",), ("安神丸",)))
    return Sheet("gbt_46939_2025", answers(engine, tired=4, short_breath=5, **changed), Person(profile, name), TODAY)
