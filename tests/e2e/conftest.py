"""The service on a port of its own, and a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from app import create_app
from config import Settings

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
PHONE, DESKTOP = (360, 640), (1280, 900)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    settings = Settings(
        var_dir=tmp_path_factory.mktemp("var"), secret_key="k" * 40, rate_limit="100000/minute", rate_limit_create="10000/minute"
    )
    return create_app(settings)


@pytest.fixture(scope="session")
def address(service: Flask) -> Iterator[str]:
    server = create_server(service, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium(chromium_path: str | None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of a fresh browser on the service; what the console complains of fails the test."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_page(size: tuple[int, int] = PHONE, scripts: bool = True, **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts, base_url=address, locale="zh-CN", **options
        )
        page, complaints = context.new_page(), list[str]()
        # A refused form is answered with 422 or 409, which the browser reports; anything else is a fault of ours.
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") and "status of 4" not in m.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(f"asked {request.url}") if not request.url.startswith(address) else None)
        opened.append((context, complaints))
        return page

    yield open_page
    for context, complaints in opened:
        context.close()
        assert complaints == []


@pytest.fixture(scope="session")
def finished(chromium: Browser, address: str) -> dict[str, object]:
    """The cookies of somebody who has a plan; for tests that only read pages."""
    from tests.e2e.way import answer_all, begin, pass_safety, submit

    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, base_url=address, locale="zh-CN")
    page = context.new_page()
    begin(page)
    answer_all(page)
    submit(page)
    pass_safety(page)
    state = context.storage_state()
    context.close()
    return dict(state)
