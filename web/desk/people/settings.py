"""The organisation's face, password policy and numbers."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from PIL import Image, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from tcm_engine.center import Outdated
from tcm_engine.center.access import LARGEST_LOGO, change_settings, read_settings
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import faults_of
from ..words import translate as _
from .forms import SettingsForm, show_faults

_LOGO_PIXELS = (600, 240)
"""A logo is kept at most so large."""


def settings() -> Any:
    kept = read_settings(services().center, caller().organisation)
    form = SettingsForm(data=asdict(kept.settings) | {"logo": None}).offer()
    if form.was_sent() and (changes := _changes(form)) is not None:
        try:
            change_settings(services().center, caller(), request.form.get("version", 0, type=int), **changes)
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        except Outdated:
            form.display_name.errors = [_("Somebody else changed these settings meanwhile. Compare, and save once more.")]
        else:
            return redirect(url_for("desk.organisation_settings", saved=1), 303)
    return render_template(
        "desk/people/settings.html", form=form, faults=faults_of(form), kept=kept, saved="saved" in request.args and request.method == "GET"
    )


def logo() -> Response:
    """The logo of one's own organisation; an empty answer where there is none."""
    kept = read_settings(services().center, caller().organisation).settings
    if not kept.logo:
        return Response(status=404)
    return Response(base64.b64decode(kept.logo), mimetype=kept.logo_mime)


def _changes(form: SettingsForm) -> dict[str, Any] | None:
    """What was sent; None where the logo is no picture or a number is none (the faults stand beside the fields)."""
    names = ("display_name", "contacts", "practitioner", "licence", "password_policy", "smallest_cell", "retention_years")
    changes: dict[str, Any] = {name: form[name].data for name in names}
    changes |= {name: (changes[name] or "").strip() for name in names[:4]}
    for name in names[5:]:
        if changes[name] is None:
            form[name].errors = [_("This must be a whole number.")]
            return None
    sent = form.logo.data
    if "no_logo" in request.form:
        return changes | {"logo": "", "logo_mime": ""}
    if isinstance(sent, FileStorage) and sent.filename:
        picture = _picture(sent)
        if picture is None:
            form.logo.errors = [_("The logo must be a PNG or JPEG picture of at most {kilobytes} KB.", kilobytes=LARGEST_LOGO // 1024)]
            return None
        changes |= {"logo": base64.b64encode(picture).decode(), "logo_mime": "image/png"}
    return changes


def _picture(sent: FileStorage) -> bytes | None:
    """The picture drawn anew as PNG: whatever else a file carries stays behind. None where it is no picture, or too large."""
    content = sent.stream.read(LARGEST_LOGO + 1)
    if len(content) > LARGEST_LOGO:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.thumbnail(_LOGO_PIXELS)
            drawn = io.BytesIO()
            picture.convert("RGBA").save(drawn, "PNG")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError):
        return None
    return drawn.getvalue()
