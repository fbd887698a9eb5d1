"""Words of the desk: the catalogue of the area that is asked, then the desk's own."""

from __future__ import annotations

from flask import g
from markupsafe import Markup, escape

from tcm_engine.views import Catalog

DOMAIN = "desk"


def translate(msgid: str, **params: object) -> str:
    """The message in the language of this request."""
    return _found(msgid).gettext(msgid, **params)


def said(msgid: str, domain: str) -> str:
    """A message of another area than the one that is asked."""
    return _found(msgid, domain).gettext(msgid)


def translate_markup(msgid: str, **params: object) -> Markup:
    """A message with markup of ours in it; what is filled in is escaped unless it is markup itself."""
    text = _found(msgid).gettext(msgid)
    return Markup(text).format(**{name: escape(value) for name, value in params.items()})  # noqa: S704  # a message is our own text


def N_(msgid: str) -> str:
    """Marks a message that is translated later."""
    return msgid


def _found(msgid: str, area: str = "") -> Catalog:
    """The first catalogue that has the message: the area's, the desk's, those of the pages."""
    for domain in (area or g.get("desk_domain", DOMAIN), DOMAIN, "web"):
        catalog = Catalog.load(domain, g.display.lang)
        if msgid in catalog.messages:
            return catalog
    return Catalog.load(DOMAIN, g.display.lang)
