from __future__ import annotations

from collections.abc import Iterator

import pytest

from tcm_engine import Engine
from tcm_engine.center import Center

from .sheets import Clock, center_at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def center(engine: Engine, database_url: str, clock: Clock) -> Iterator[Center]:
    found = center_at(engine, database_url, clock)
    yield found
    found.records.close()
