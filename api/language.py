"""Which of our languages a request is answered in: asked for by name, else what the client prefers, else the default."""

from __future__ import annotations

from flask import Request, current_app, g

from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import LANGUAGES

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def language(request: Request) -> str:
    """The language of a request, whatever else is wrong with it."""
    if "lang" in g:
        return str(g.lang)
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else _preferred(request)


def use_language(lang: str | None, path: str) -> str:
    """Answer in `lang`; where it is None, as the request prefers. Raises InvalidInput for a language that is not ours."""
    from flask import request

    if lang is None:
        lang = language(request)
    if lang not in LANGUAGES:
        raise InvalidInput([Fault(path, "not_one_of", {"allowed": ", ".join(LANGUAGES)})])
    g.lang = lang
    return lang


def _preferred(request: Request) -> str:
    for name, _ in request.accept_languages:
        tag = name.lower()
        if tag.startswith("zh"):
            return "zh-Hant" if tag.startswith(_TRADITIONAL) else "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return str(current_app.extensions["api"].default_lang)
