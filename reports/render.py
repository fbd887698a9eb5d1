"""A view in, HTML or PDF bytes out. The only module that knows WeasyPrint.

A process keeps what does not change between documents: the parsed style, the faces, the templates. Templates reach no file and no
network: the fetcher knows the faces and the letterhead's logo by name and refuses everything else.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tcm_engine.views import Catalog, PlanView

from . import figures, fonts, icons, typography

_HERE = Path(__file__).parent
_LOCK = RLock()
"""WeasyPrint's font configuration is not made for several threads at once."""


class Refused(ValueError):
    """A document asked for something that is not one of its named assets."""


def render_html(view: PlanView) -> str:
    """The plan as one HTML document, as it goes to the renderer."""
    return _environment(view.lang).get_template("plan/template.html").render(view=view, **_helpers(view))


def render_pdf(view: PlanView) -> bytes:
    """The plan as a tagged PDF (PDF/UA-1), A4. The same view gives the same bytes."""
    from weasyprint import HTML

    style, faces = _style(view.lang)
    with _LOCK, _quiet_collector():
        document = HTML(string=render_html(view), url_fetcher=_fetcher(_logo(view)), base_url="asset:/")
        return document.write_pdf(stylesheets=[style], font_config=faces, pdf_variant="pdf/ua-1")


def _logo(view: PlanView) -> Mapping[str, tuple[bytes, str]]:
    head = view.letterhead
    return {"logo": (head.logo, head.logo_mime)} if head.logo else {}


def _helpers(view: PlanView) -> dict[str, Any]:
    return {"t": Catalog.load("reports", view.lang).gettext, "paper": figures.paper(fonts.family_of(view.lang)), "figures": figures, "icon": icons.icon}


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    environment.filters.update(prose=typography.prose(lang), name=typography.name, refs=typography.refs)
    return environment


@cache
def _style(lang: str):
    """The parsed style and the faces of a language, once per process. Raises NoFont where the system has no Chinese face."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()
    style = CSS(string=css(lang), font_config=faces, url_fetcher=_fetcher({}), base_url="asset:/")
    return style, faces


atexit.register(_style.cache_clear)  # a font configuration cannot clean up after itself once the interpreter is going down


def css(lang: str) -> str:
    """The style sheet of a language: the faces' rules and the plan's own."""
    family = fonts.family_of(lang)
    rules = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url("asset:/{file.name}")}}\n'
        for weight, file in zip((400, 700), fonts.ensure(family))
    )
    return rules + (_HERE / "plan" / "style.css").read_text("utf-8").replace('"Plan Sans"', fonts.stack_of(lang))


def _fetcher(assets: Mapping[str, tuple[bytes, str]]):
    """A fetcher that knows the built faces and the assets given, by name, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class NamedAssets(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            name = unquote(url.removeprefix("asset:/"))
            if name in assets:
                data, mime = assets[name]
                return URLFetcherResponse(url, data, {"Content-Type": mime})
            for face in fonts.FACES:
                if name == face.file:
                    file = next(f for f in fonts.ensure(face.family) if f.name == name)
                    return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/otf"})
            raise Refused("documents may only use their named assets")

    return NamedAssets()


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """Lay out without the collector walking the whole process again and again: what lives stays frozen, garbage goes at the end."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        gc.collect(1)


Render = Callable[[PlanView], bytes]
