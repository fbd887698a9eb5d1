"""How a reader wants the pages: language, type size, theme, one question a page or all. Kept in one cookie without health data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from flask import Request, Response

from tcm_engine.views import HTML_LANG

COOKIE = "display"
_YEAR = 365 * 24 * 3600
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lang": ("zh-Hans", "zh-Hant", "en"),
        "size": ("normal", "large"),
        "theme": ("auto", "light", "dark"),
        "flow": ("one", "list"),
        "step": ("press", "auto"),
    }
)
"""Setting -> its values, the default first."""
LOCALES: Mapping[str, str] = MappingProxyType({"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en_GB"})


@dataclass(frozen=True, slots=True)
class Display:
    lang: str = "zh-Hans"
    size: str = "normal"
    theme: str = "auto"
    flow: str = "one"
    """`one` question a page, or all in a `list`."""
    step: str = "press"
    """`auto`: a chosen answer opens the next question at once."""

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.lang]

    @property
    def locale(self) -> str:
        return LOCALES[self.lang]

    def changed(self, wishes: Mapping[str, str]) -> Display:
        """With the settings that `wishes` names, unknown names and values left out."""
        return replace(self, **{name: wishes[name] for name, values in CHOICES.items() if wishes.get(name) in values})

    def cookie(self) -> str:
        return ".".join(getattr(self, field.name) for field in fields(self))


def read(request: Request, default_lang: str) -> Display:
    """The display of a request: its cookie, else the first language of ours that the browser asks for."""
    parts = request.cookies.get(COOKIE, "").split(".")
    if len(parts) == len(CHOICES):
        return Display(lang=default_lang).changed(dict(zip(CHOICES, parts, strict=True)))
    return Display(lang=_language(request, default_lang))


def keep(response: Response, display: Display, secure: bool) -> None:
    response.set_cookie(COOKIE, display.cookie(), max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)


def _language(request: Request, default_lang: str) -> str:
    for tag, _ in request.accept_languages:
        tag = tag.lower()
        if tag in ("zh-tw", "zh-hk", "zh-mo") or tag.startswith("zh-hant"):
            return "zh-Hant"
        if tag.startswith("zh"):
            return "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return default_lang
