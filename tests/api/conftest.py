from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, InternalServerError

import api
from tcm_engine import Engine
from tcm_engine.center import Center
from tcm_engine.views import Letterhead
from tests.center.sheets import TODAY, Clock, answers, center_at

PERSON = {
    "sex": "female",
    "birth_date": "1979-05-12",
    "pregnant": False,
    "conditions": ["高血壓"],
    "medicines": [],
    "allergies": ["peanut"],
}


@dataclass(frozen=True)
class Service:
    client: FlaskClient
    center: Center
    clock: Clock
    app: Flask

    def sheet(self, **changed: Any) -> dict[str, Any]:
        """A request for an assessment that is accepted."""
        filled = answers(self.center.engine, tired=4, short_breath=5)
        return {"instrument": "gbt_46939_2025", "person": PERSON, "answers": filled} | changed

    def assessed(self, **changed: Any) -> str:
        return str(self.client.post("/api/v1/assessments", json=self.sheet(**changed)).json["id"])


def app_of(center: Center, folder: Path) -> Flask:
    """The interface alone, under the smallest application; a failure is raised, not hidden."""
    app = Flask("test", static_folder=None)
    services = api.Services(
        center=center, render_pdf=lambda view: f"%PDF {view.lang} {view.letterhead.client_name}".encode(), today=lambda: TODAY,
        letterhead=lambda name: Letterhead(client_name=name), cache=folder,
    )  # fmt: skip
    app.register_blueprint(api.create_blueprint(services))
    app.register_error_handler(HTTPException, api.problem)
    return app


def without_internals(app: Flask) -> Flask:
    """The same as it answers in service: a failure is a problem without words of its own."""
    app.register_error_handler(Exception, lambda _error: api.problem(InternalServerError()))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def service(engine: Engine, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    clock = Clock()
    center = center_at(engine, database_url, clock)
    app = app_of(center, tmp_path_factory.getbasetemp() / "search")
    yield Service(app.test_client(), center, clock, app)
    center.records.close()


@pytest.fixture
def quick(engine: Engine, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The same on SQLite alone, for what does not depend on the database."""
    clock = Clock()
    center = center_at(engine, f"sqlite:///{tmp_path / 'a.sqlite3'}", clock)
    app = app_of(center, tmp_path_factory.getbasetemp() / "search")
    yield Service(app.test_client(), center, clock, app)
    center.records.close()
