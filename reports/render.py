"""A view in, HTML or PDF bytes out. The only module that knows WeasyPrint (docs/decisions: documents in parts).

A process keeps what does not change between documents: the parsed style, the faces, the templates. Templates reach no file and no
network: the fetcher knows the faces and the letterhead's logo by name and refuses everything else.
"""

from __future__ import annotations

import atexit
import gc
import itertools
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, Protocol
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tcm_engine.views import Catalog, Letterhead, PlanView

from . import figures, fonts, icons, pages, typography, week

_HERE = Path(__file__).parent
_LOCK = RLock()
"""WeasyPrint's font configuration is not made for several threads at once."""


_KEPT: OrderedDict[tuple[str, str], Any] = OrderedDict()


class Sheet(Protocol):
    """What every view of a document has."""

    @property
    def lang(self) -> str: ...
    @property
    def letterhead(self) -> Letterhead: ...


class Refused(ValueError):
    """A document asked for something that is not one of its named assets."""


PARTS = ("cover", "meaning", "pieces", "how_to", "safety", "sources")
"""Parts of the document, in order."""
FRESH = frozenset({"meaning", "pieces"})
"""Parts that begin a page; the others go on where the one before ends."""
SHARED = frozenset({"pieces", "how_to", "safety"})
"""Parts without a name and without a score: the same for everybody for whom the same pieces were chosen for the same reasons."""
KEPT = 12
"""Laid-out parts that a process keeps, the least used thrown out first."""
FULL_COLLECTION_EVERY = 4
"""Documents. A layout is a web of cycles; one that was kept and thrown out lies in the oldest generation, which only a full collection
empties, and Python alone would begin one too late: a process grew by 20 MB a document."""
_DOCUMENTS = itertools.count(1)


def render_html(view: PlanView) -> str:
    """The plan as one HTML document: what `render_pdf` prints in parts."""
    return _html(view, PARTS)


def render_pdf(view: PlanView) -> bytes:
    """The plan as a tagged PDF (PDF/UA-1), A4. The same view gives the same bytes."""
    with _LOCK, _quiet_collector():
        return _printed(view)


def render_sheet(folder: str, view: Sheet, **more: Any) -> bytes:
    """A document that is laid out in one go, of the template and the style in `folder`, as a tagged PDF (PDF/UA-1), A4."""
    with _LOCK, _quiet_collector():
        return _sheet(folder, view, more).write_pdf(pdf_variant="pdf/ua-1")


def sheet_html(folder: str, view: Sheet, **more: Any) -> str:
    """The same document as one HTML text, as it goes to the renderer."""
    return _environment(view.lang).get_template(f"{folder}/template.html").render(view=view, **more, **_helpers(view.lang))


def _sheet(folder: str, view: Sheet, more: dict[str, Any]) -> Any:
    from weasyprint import HTML

    style, faces = _style(view.lang, folder)
    fetcher = _fetcher(_logo(view.letterhead))
    document = HTML(string=sheet_html(folder, view, **more), url_fetcher=fetcher, base_url="asset:/")
    return document.render(stylesheets=[style], font_config=faces, pdf_variant="pdf/ua-1")


def _printed(view: PlanView) -> bytes:
    """In a function of its own, so that nothing holds the layout any more when the collector is woken: else every document stays."""
    first = _cover(view)
    flow = list(first.pages)
    for part in PARTS[1:]:
        flow = _flowed(flow, view, part)
    return first.copy(_framed(view, flow)).write_pdf(pdf_variant="pdf/ua-1")


def _cover(view: PlanView) -> Any:
    """The cover on one page: set tighter where it would take more."""
    document = _lay_out(_html(view, ("cover",)), view)
    return document if len(document.pages) == 1 else _lay_out(_html(view, ("cover",), tight=True), view)


def _flowed(flow: list[Any], view: PlanView, part: str) -> list[Any]:
    """The pages with those of one more part, which goes on where they end or, in FRESH, begins a page, unless the last is sparse."""
    if part in FRESH and not pages.is_sparse(flow[-1]):
        document = _laid_out(view, part)
        return flow if document is None else [*flow, *document.pages]
    document = _laid_out(view, part, round(pages.used(flow[-1])))
    return flow if document is None else pages.joined(flow, document.pages)


def _html(view: PlanView, parts: tuple[str, ...], used: int = 0, tight: bool = False) -> str:
    template = _environment(view.lang).get_template("plan/template.html")
    return template.render(view=view, parts=parts, used=used, tight=tight, **_helpers(view.lang))


def _laid_out(view: PlanView, part: str, used: int = 0) -> Any:
    """The WeasyPrint document of a part that begins `used` px down its first page, or None where it is empty.

    A shared one is laid out once and kept under its own text, which says where it begins.
    """
    html = _html(view, (part,), used)
    if "<section" not in html:
        return None
    if part not in SHARED:
        return _lay_out(html, view)
    key = (view.lang, html)
    if key not in _KEPT:
        _KEPT[key] = _lay_out(html, view)
    _KEPT.move_to_end(key)
    if len(_KEPT) > KEPT:
        _KEPT.popitem(last=False)
    return _KEPT[key]


def _lay_out(html: str, view: PlanView) -> Any:
    from weasyprint import HTML

    style, faces = _style(view.lang)
    document = HTML(string=html, url_fetcher=_fetcher(_logo(view.letterhead)), base_url="asset:/")
    return document.render(stylesheets=[style], font_config=faces, pdf_variant="pdf/ua-1")


def _framed(view: PlanView, flow: list[Any]) -> list[Any]:
    """The pages with the margins of this document: they are laid out on blank pages, for only now is it known how many there are."""
    html = _environment(view.lang).get_template("plan/frame.html").render(view=view, count=len(flow), **_helpers(view.lang))
    return pages.framed(flow, _lay_out(html, view).pages)


def _logo(head: Letterhead) -> Mapping[str, tuple[bytes, str]]:
    return {"logo": (head.logo, head.logo_mime)} if head.logo else {}


def _helpers(lang: str) -> dict[str, Any]:
    return {
        "t": Catalog.load("reports", lang).gettext,
        "paper": figures.paper(fonts.family_of(lang)),
        "figures": figures,
        "icon": icons.icon,
        "week_rows": week.rows,
    }


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    environment.filters.update(prose=typography.prose(lang), name=typography.name, refs=typography.refs)
    return environment


@cache
def _style(lang: str, folder: str = "plan") -> tuple[Any, Any]:
    """The parsed style of a kind of document and the faces of a language, once per process.

    Raises NoFont where the system has no Chinese face.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()
    style = CSS(string=css(lang, folder), font_config=faces, url_fetcher=_fetcher({}), base_url="asset:/")
    return style, faces


atexit.register(_KEPT.clear)
atexit.register(_style.cache_clear)  # a font configuration cannot clean up after itself once the interpreter is going down


def css(lang: str, folder: str = "plan") -> str:
    """The style sheet of a language: the faces' rules and those of the kind of document."""
    family = fonts.family_of(lang)
    rules = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url("asset:/{file.name}")}}\n'
        for weight, file in zip((400, 700), fonts.ensure(family), strict=False)
    )
    return rules + (_HERE / folder / "style.css").read_text("utf-8").replace('"Plan Sans"', fonts.stack_of(lang))


def _fetcher(assets: Mapping[str, tuple[bytes, str]]) -> Any:
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
        gc.collect(2 if next(_DOCUMENTS) % FULL_COLLECTION_EVERY == 0 else 1)
