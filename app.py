"""The composition root: the only module that knows everybody. Importing it does nothing."""

from __future__ import annotations

import errno
import gc
import logging
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable, TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

import api
import web
from config import Settings, load
from tcm_engine import Engine
from tcm_engine.center import Center, Keeping, open_center, sweep
from tcm_engine.center.access import FIRST_LOGIN, FIRST_ORGANISATION, LINK_LIFE, first_link
from tcm_engine.center.work import Lease, Pool, Runner, Tell
from tcm_engine.views import CampaignSheet, Catalog, IndicatorsView, Letterhead, PaperView, PlanView, RecordFormView

LOGO_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
SWEEP_SECONDS = 60
WORK_AGAIN_SECONDS = 5
API = "/api/"
RETRY_SECONDS = 10
LOOPBACK = {"127.0.0.1", "::1"}
HOME_ZONE = ZoneInfo("Asia/Shanghai")
"""Where most readers live: its day is today."""
log = structlog.get_logger()


class CannotServe(RuntimeError):
    """Why the server cannot start, and what to do, in one message."""


def create_app(settings: Settings | None = None) -> Flask:
    """The whole service as a WSGI application. Raises KnowledgeError, SettingsError or SchemaBehind: it refuses to start half."""
    settings = settings or load()
    app = Flask("tcm", static_folder=None)
    app.session_interface = _Sessions()
    _configure(app, settings)
    _log_requests(app, settings)
    _limit_rates(app, settings)
    center = _open_center(settings)
    center.engine.warm_up()
    app.extensions["center"] = center
    app.register_blueprint(web.create_blueprint(_page_services(settings, center)))
    app.register_blueprint(web.create_desk())
    app.register_blueprint(web.create_invited())
    app.register_blueprint(api.create_blueprint(_api_services(settings, center)))
    _answer_errors(app)
    _secure(app)
    return app


def serve(settings: Settings) -> None:
    """Serve until Ctrl-C. Raises CannotServe where the address is taken."""
    from waitress.server import create_server

    app = create_app(settings)
    settle()
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=settings.threads, ident=None)
    except OSError as error:
        raise CannotServe(_why(error, settings)) from None
    stopped = threading.Event()
    threading.Thread(target=_sweep_until, args=(stopped, app.extensions["center"]), daemon=True).start()
    if settings.work_in_serve:
        threading.Thread(target=_keep_working, args=(stopped,), daemon=True).start()
    if link := first_link(app.extensions["center"]):
        print(_first_words(settings, link.token), flush=True)  # noqa: T201  # the command's own output
    print(f"http://{settings.host}:{settings.port}  (Ctrl-C stops)", flush=True)  # noqa: T201  # the command's own output
    try:
        server.run()
    finally:
        stopped.set()
        server.close()


def open_work(settings: Settings, tell: Tell) -> Runner:
    """The process of long work, ready to run. Raises KnowledgeError, SettingsError or SchemaBehind."""
    from workbench import kinds

    center = _open_center(settings)
    center.engine.warm_up()
    pool = partial(Pool, settings.dask_scheduler, settings.work_processes, settings.var_dir / "cache" / "work")
    return Runner(center, kinds(), pool, Lease(center, settings.work_lease_seconds), tell=tell)


def _keep_working(stopped: threading.Event) -> None:
    """One work process beside the server: begun anew where it ends, told to end where this one does, by the pipe that then closes."""
    command = [sys.executable, str(Path(__file__).parent / "cli.py"), "work", "--with-parent"]
    while not stopped.is_set():
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # our own command
            while process.poll() is None and not stopped.wait(1):
                pass
        if not stopped.wait(WORK_AGAIN_SECONDS):
            log.warning("the work process ended and is begun anew")


def _first_words(settings: Settings, token: str) -> str:
    """Said until somebody has chosen a password: where the first administrator does."""
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    t = Catalog.load("cli", settings.default_lang)
    return t(
        "For a centre: {address} opens once, within {days} days; there the administrator ({organisation}, {login}) chooses a password.",
        address=f"{base}/desk/link/{token}",
        days=LINK_LIFE.days,
        organisation=FIRST_ORGANISATION,
        login=FIRST_LOGIN,
    )


def settle() -> None:
    """What is loaded now stays as long as the process: no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()


def letterhead(settings: Settings, client_name: str = "") -> Letterhead:
    """Who a paper is for, and from which centre."""
    logo = settings.centre_logo
    return Letterhead(
        client_name=client_name,
        centre_name=settings.centre_name,
        logo=logo.read_bytes() if logo else b"",
        logo_mime=LOGO_KINDS.get(logo.suffix.lower(), "") if logo else "",
        contacts=settings.centre_contacts,
        practitioner=settings.practitioner_name,
    )


class _Sessions(SecureCookieSessionInterface):
    """Keys are derived only for a request that brings a session; those of the API bring none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if self.get_cookie_name(app) in request.cookies else self.session_class()


# --- steps -------------------------------------------------------------------------------------------------------------


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret(),
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 2**20,
        SESSION_COOKIE_NAME="tcm",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
    )
    if hops := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _log_requests(app: Flask, settings: Settings) -> None:
    """One line a request: id, route, status, duration. No address, query, body or name: they are about people's health."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = uuid.uuid4().hex, perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else ""
        milliseconds = round((perf_counter() - g.began) * 1000, 1)
        log.info("request", id=g.request_id, method=request.method, route=route, status=response.status_code, ms=milliseconds)
        response.headers["X-Request-Id"] = g.request_id
        return response


def _limit_rates(app: Flask, settings: Settings) -> None:
    """So many requests a client address, or a token wherever it comes from; fewer of those that compute. Counted in memory, per process.

    Without a proxy in front, who asks from this machine is its own user and is not counted.
    """
    limiter = MovingWindowRateLimiter(MemoryStorage())
    every, costly = parse(settings.rate_limit), parse(settings.rate_limit_create)

    @app.before_request
    def count() -> None:
        client = request.remote_addr or ""
        if (client in LOOPBACK and not settings.trusted_proxies) or (request.endpoint and request.endpoint.endswith(".static")):
            return
        client = api.token_scope() or client
        creates = (request.method == "POST" and request.path.startswith(API)) or request.path.endswith(".pdf")
        if not limiter.hit(every, client) or (creates and not limiter.hit(costly, client, "create")):
            raise TooManyRequests(retry_after=SWEEP_SECONDS)


def _open_center(settings: Settings) -> Center:
    keeping = Keeping(visit=timedelta(minutes=settings.self_test_ttl_minutes), link=timedelta(days=settings.private_link_ttl_days))
    return open_center(Engine.load(typesetting=_typesetting()), settings.database, settings.secrets(), keeping, var=settings.var_dir)


def _typesetting() -> str:
    from reports import typesetting

    return typesetting()


def _render(view: PlanView) -> bytes:
    from reports import render_pdf

    return render_pdf(view)


def _render_indicators(view: IndicatorsView) -> bytes:
    from reports import render_indicators

    return render_indicators(view)


def _render_paper(view: PaperView) -> bytes:
    from reports import render_paper

    return render_paper(view)


def _render_record_forms(views: Sequence[RecordFormView]) -> bytes:
    from reports import render_record_forms

    return render_record_forms(views)


def _render_campaign_sheet(view: CampaignSheet) -> bytes:
    from reports import render_campaign_sheet

    return render_campaign_sheet(view)


def _font_files(lang: str) -> tuple[Path, ...]:
    from reports import font_files

    return font_files(lang)


def _today() -> date:
    return datetime.now(HOME_ZONE).date()


def _why(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {settings.port} is taken; choose another: make run PORT={settings.port + 1}, or tcm serve --port {settings.port + 1}"
    return f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"


def _sweep_until(stopped: threading.Event, center: Center) -> None:
    while not stopped.wait(SWEEP_SECONDS):
        try:
            sweep(center)
        except Exception as error:  # the next round tries again
            log.error("sweep failed", kind=type(error).__name__)


def _api_services(settings: Settings, center: Center) -> api.Services:
    return api.Services(
        center=center,
        render_pdf=_render,
        today=_today,
        letterhead=partial(letterhead, settings),
        cache=settings.var_dir / "cache",
        default_lang=settings.default_lang,
    )


def _page_services(settings: Settings, center: Center) -> web.Services:
    return web.Services(
        center=center,
        render_pdf=_render,
        today=_today,
        font_files=_font_files,
        render_campaign_sheet=_render_campaign_sheet,
        render_indicators=_render_indicators,
        render_paper=_render_paper,
        render_record_forms=_render_record_forms,
        letterhead=letterhead(settings),
        default_lang=settings.default_lang,
        secure_cookies=settings.production,
        cache=settings.var_dir / "cache",
        public_url=settings.public_url,
    )


def _answer_errors(app: Flask) -> None:
    """Addresses that belong to no blueprint, and failures anywhere: a page, or a problem under /api/. Neither says what happened inside."""

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> ResponseReturnValue:  # a page's tuple or a problem's response
        return api.problem(error) if request.path.startswith(API) else web.problem_page(error)

    @app.errorhandler(Exception)
    def fail(error: Exception) -> ResponseReturnValue:
        # The words of an exception may be a person's own; its kind and places are ours.
        log.error("failed", id=g.get("request_id", ""), kind=type(error).__name__, places=_places(error))
        return refuse(_unavailable() if isinstance(error, OperationalError) else InternalServerError())


def _unavailable() -> ServiceUnavailable:
    """The database is locked, full or away: nothing was written, and it may be there again in a moment."""
    return ServiceUnavailable(retry_after=RETRY_SECONDS)


def _places(error: BaseException) -> list[str]:
    return [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)][-8:]


def _secure(app: Flask) -> None:
    """The least that every response carries; pages say more."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cache-Control", "no-store")
        return response
