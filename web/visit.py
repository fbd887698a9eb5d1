"""The visit of a request: which draft it is about, what must be done before a page, and writing to the draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from tcm_engine.center import (
    ANYONE,
    NotFound,
    StoredPlan,
    drop_draft,
    edit_draft,
    forget,
    get_assessment,
    get_plan,
    read_draft,
    start_draft,
)
from tcm_engine.model import Assessment, fingerprint_of

from .draft import Draft, Sheet
from .services import Services

SESSION_KEY = "visit"


class StalePage(Exception):
    """What was sent comes from a page whose visit, form or question is no longer current; `saved`: it was kept all the same."""

    def __init__(self, why: str, saved: bool = False):
        self.why, self.saved = why, saved
        super().__init__(why)


def services() -> Services:
    return current_app.extensions["web"]


def lang() -> str:
    return str(g.display.lang)


def flow() -> str:
    return str(g.display.flow)


def begin(content: Mapping[str, Any]) -> None:
    """Start a new draft; the old one of this browser is deleted."""
    leave()
    kept = start_draft(services().center, ANYONE, content)
    session[SESSION_KEY] = kept.token
    g.draft, g.expires_at = Draft.of(kept.content), kept.expires_at


def leave(everything: bool = False) -> None:
    """Delete the draft of this browser and what belongs to it; results under a private link only with `everything`."""
    found = draft()
    token = session.pop(SESSION_KEY, None)
    center = services().center
    if found:
        for id_ in {found.assessment_id, *found.links} - {""}:
            if everything or id_ not in found.links:
                forget(center, ANYONE, id_)
    if token:
        drop_draft(center, ANYONE, token)
    g.draft, g.expires_at = None, None


def draft() -> Draft | None:
    """The draft of this request, read once."""
    if "draft" not in g:
        _load()
    return g.draft


def expires_at() -> datetime | None:
    draft()
    return g.expires_at


def tag() -> str:
    """A short name of this visit for hidden fields: tells whether a page belongs to it and opens nothing."""
    return hashlib.sha256(b"visit:" + session.get(SESSION_KEY, "").encode()).hexdigest()[:12]


def current() -> Draft:
    """The draft of a page that needs one."""
    found = draft()
    if found is None:
        raise StalePage("gone")
    return found


def sheet() -> Sheet:
    found = current()
    return Sheet(services().knowledge.instruments[found.instrument], found)


def write(**patch: Any) -> Draft:
    """Merge into the draft: a mapping merges key by key and its nulls delete; anything else replaces."""
    try:
        kept = edit_draft(services().center, ANYONE, session.get(SESSION_KEY, ""), lambda old: merged(old, patch))
    except NotFound:
        raise StalePage("gone") from None
    g.draft, g.expires_at = Draft.of(kept.content), kept.expires_at
    return g.draft


def merged(old: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """`old` with `patch` merged in, as RFC 7396 has it, but a null of the outermost level is kept as a null."""
    new = dict(old)
    for name, value in patch.items():
        if isinstance(value, Mapping):
            joined = {**(old.get(name) or {}), **value}
            new[name] = {key: entry for key, entry in joined.items() if entry is not None}
        else:
            new[name] = value
    return new


def digest() -> str:
    """Digest of everything that the score depends on."""
    found = sheet()
    return fingerprint_of({"instrument": found.instrument.code, "sex": found.draft.sex, "age": found.draft.age, "values": found.values()})


def assessment() -> Assessment | None:
    """The stored assessment of this draft; read once."""
    if "assessment" not in g:
        g.assessment = _stored_assessment()
    return g.assessment


def _stored_assessment() -> Assessment | None:
    found = draft()
    try:
        return get_assessment(services().center, ANYONE, found.assessment_id).assessment if found and found.assessment_id else None
    except NotFound:
        return None


def plan() -> StoredPlan | None:
    """The stored plan of this draft."""
    found = draft()
    try:
        return get_plan(services().center, ANYONE, found.plan_id) if found and found.plan_id else None
    except NotFound:
        return None


def _load() -> None:
    g.draft, g.expires_at = None, None
    try:
        kept = read_draft(services().center, ANYONE, session[SESSION_KEY]) if SESSION_KEY in session else None
    except NotFound:
        return
    if kept:
        g.draft, g.expires_at = Draft.of(kept.content), kept.expires_at


def _gap(stage: str) -> str | None:
    """Endpoint of the first step before `stage` that is not done."""
    found = draft()
    if found is None or not found.consent:
        return "web.consent"
    if stage == "about":
        return None
    if not found.about_done:
        return "web.about"
    if stage == "form":
        return None
    if found.instrument not in services().knowledge.instruments:
        return "web.form"
    if stage == "questions":
        return None
    return None if found.assessment_id and assessment() else "web.check"


def needs(stage: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Send to the first step that is missing before `about`, `form`, `questions` or `result`."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and draft() is None:
                raise StalePage("gone")
            missing = _gap(stage)
            return view(*args, **kwargs) if missing is None else to(missing)

        return guarded

    return wrap


def to(endpoint: str, **values: Any) -> Response:
    """See other: after a form was taken, so that a reload sends nothing twice."""
    return redirect(url_for(endpoint, **values), 303)
