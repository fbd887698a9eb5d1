"""The whole service with two organisations side by side."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from app import create_app
from config import Settings

from .people import House, house


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = Settings(
        var_dir=tmp_path_factory.mktemp("var"), secret_key="k" * 40, rate_limit="1000000/minute", rate_limit_create="100000/minute"
    )
    yield create_app(settings)


@pytest.fixture
def ours(app: Flask) -> House:
    """A new organisation."""
    return house(app, f"ours {uuid4().hex[:8]}")


@pytest.fixture
def theirs(app: Flask) -> House:
    """Another one, that must never see what is ours."""
    return house(app, f"theirs {uuid4().hex[:8]}")
