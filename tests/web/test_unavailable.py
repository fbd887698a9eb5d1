"""A database that is locked or full: one clear answer, 503, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from app import create_app
from config import Settings
from tcm_engine.center import Center
from tests.web.plain_browser import PlainBrowser


@pytest.fixture
def small(tmp_path: Path) -> Flask:
    return create_app(Settings(var_dir=tmp_path, secret_key="k" * 40))


def test_a_locked_database_is_said_and_answers_again_when_it_is_free(small: Flask) -> None:
    center: Center = small.extensions["center"]
    with center.records.engine.connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout=10")
        other.commit()
    asked = {"instrument": "gbt_46939_2025", "person": {"sex": "female"}, "answers": {}}
    filled = {item.key: 2 for item in center.engine.instrument("gbt_46939_2025").items if item.sex in (None, "female")}
    blocker = center.records.engine.raw_connection()
    try:
        blocker.execute("BEGIN IMMEDIATE")
        for connection in _pooled(center):
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        answer = small.test_client().post("/api/v1/assessments", json=asked | {"answers": filled})
    finally:
        blocker.rollback()
        blocker.close()
    assert (answer.status_code, answer.json["type"].rsplit(":", 1)[1]) == (503, "not-ready")
    assert answer.headers["Retry-After"] == "10"
    assert small.test_client().post("/api/v1/assessments", json=asked | {"answers": filled}).status_code == 201


def test_a_full_disk_is_said_on_a_page(small: Flask) -> None:
    center: Center = small.extensions["center"]
    with center.records.read() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()

    def let_it_grow_no_more(db: Connection) -> None:
        db.connection.driver_connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(center.records.engine, "begin", let_it_grow_no_more)
    statuses = []
    while 503 not in statuses and len(statuses) < 60:
        browser = PlainBrowser(small)
        browser.open("/self-test/consent")
        browser.send(agree="y")
        statuses.append(browser.response.status_code)
    assert statuses[-1] == 503, statuses
    assert "没有写入" in browser.page.text


def _pooled(center: Center):
    """Connections that are free in the pool now."""
    found = [center.records.engine.connect() for _ in range(3)]
    try:
        yield from found
    finally:
        for one in found:
            one.close()
