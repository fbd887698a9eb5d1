"""Laid-out pages as WeasyPrint holds them: how far one is filled, and two halves made one.

Touches `Page._page_box` and `MarginBox`, names of WeasyPrint that are not public; nothing else in the product does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SPARSE = 1 / 3
"""A page with less of its height in use looks forgotten."""


def used(page: Any) -> float:
    """Height of what stands on the page, in CSS px; a page in the middle of a document counts as used to its end."""
    body = _body(page)
    return body.position_y + body.margin_height() - page._page_box.content_box_y()


def is_sparse(page: Any) -> bool:
    return used(page) < SPARSE * page._page_box.height


def joined(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """The pages of two documents as one flow. The first page of `after` begins with a spacer as high as the last of `before` is used."""
    from weasyprint.document import Page

    last, first = before[-1], after[0]
    html, *others = last._page_box.children
    body = _body(last)
    full = html.copy_with_children([body.copy_with_children([*body.children, *_body(first).children[1:]])])
    return [*before[:-1], Page(last._page_box.copy_with_children([full, *others])), *after[1:]]


def framed(pages: Sequence[Any], blanks: Sequence[Any]) -> list[Any]:
    """The content of `pages` in the margins of `blanks`, one each."""
    from weasyprint.document import Page
    from weasyprint.formatting_structure.boxes import MarginBox

    made = []
    for page, blank in zip(pages, blanks, strict=True):
        content = [box for box in page._page_box.children if not isinstance(box, MarginBox)]
        margins = [box for box in blank._page_box.children if isinstance(box, MarginBox)]
        made.append(Page(page._page_box.copy_with_children([*content, *margins])))
    return made


def _body(page: Any) -> Any:
    return page._page_box.children[0].children[0]
