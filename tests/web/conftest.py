"""The whole service, its clock and a person's way through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import Settings
from tests.web.person import Person
from tests.web.plain_browser import PlainBrowser


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = Settings(
        var_dir=tmp_path_factory.mktemp("var"), secret_key="k" * 40, rate_limit="1000000/minute", rate_limit_create="100000/minute"
    )
    yield create_app(settings)


@pytest.fixture
def browser(app: Flask) -> PlainBrowser:
    return PlainBrowser(app)


@pytest.fixture
def person(app: Flask) -> Callable[..., Person]:
    """A person with a browser of their own."""
    return lambda **facts: Person(PlainBrowser(app), **facts)


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[2]
