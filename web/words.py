"""Words of the pages in the reader's language: the catalogue `web`."""

from __future__ import annotations

from flask import g
from markupsafe import Markup, escape

from tcm_engine.views import Catalog

DOMAIN = "web"


def translate(msgid: str, **params: object) -> str:
    """The message in the language of this request."""
    return Catalog.load(DOMAIN, g.display.lang).gettext(msgid, **params)


def translate_markup(msgid: str, **params: object) -> Markup:
    """A message with markup of ours in it; what is filled in is escaped unless it is markup itself."""
    text = Catalog.load(DOMAIN, g.display.lang).gettext(msgid)
    return Markup(text).format(**{name: escape(value) for name, value in params.items()})  # noqa: S704  # a message is our own text


def N_(msgid: str) -> str:
    """Marks a message that is translated later."""
    return msgid
