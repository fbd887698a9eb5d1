"""What every test may ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcm_engine import Engine
from tests.postgres import Cluster, running_cluster


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A kernel's tests: those under tests/kernels and every comparison with a naive twin. They run with compilation off and on."""
    for item in items:
        if "kernels" in item.path.parts or "naive" in item.path.name:
            item.add_marker(pytest.mark.kernel)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """SQLAlchemy address of an empty PostgreSQL database."""
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    """Executable of the system's chromium; None where Playwright has its own."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine on the shipped knowledge base."""
    found = Engine.load()
    found.warm_up()
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLAlchemy address of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))
