"""A browser without scripts: reads pages, fills the forms that stand in them, follows redirects, keeps cookies."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

VOID = {"input", "br", "meta", "link", "img", "hr", "path", "circle", "line", "rect", "use", "progress"}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    """What a browser would send if nothing were touched."""
    offered: dict[str, list[str]] = field(default_factory=dict)
    """Name of a radio or check box -> its values."""


class Page(HTMLParser):
    """What a page holds."""

    def __init__(self, markup: str):
        super().__init__(convert_charrefs=True)
        self.markup = markup
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.title = self.h1 = ""
        self._open: list[str] = []
        self.feed(markup)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in given.items()]
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        elif tag == "input" and self.forms:
            self._input(given)
        elif tag == "a":
            self.links.append((given.get("href", ""), ""))
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if tag not in VOID:
            self._open.append(tag)

    def _input(self, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if given.get("type") in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(given.get("value", "on"))
            if "checked" not in given:
                return
        form.fields.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "script" in self._open or "style" in self._open:
            return
        self.texts.append(data)
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.h1 += data
        if "a" in self._open and self.links:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if ("td" in self._open or "th" in self._open) and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


class PlainBrowser:
    """One person's browser, scripts off."""

    def __init__(self, app: Flask, **environment: Any):
        self.client = app.test_client()
        self.environment = environment
        self.response: TestResponse
        self.page: Page
        self.path = "/"

    def open(self, path: str) -> Page:
        return self._take(self.client.get(path, follow_redirects=True, **self.environment))

    def send(self, _form: int = 0, _press: str = "", **values: Any) -> Page:
        """Fill in the form of this page and press its button; None leaves a field out, a list ticks several."""
        form = self.page.forms[_form]
        data: dict[str, Any] = dict(form.fields)
        for name, value in values.items():
            data[name] = [] if value is None else list(value) if isinstance(value, list | tuple) else [str(value)]
        if _press:
            data[_press] = ["1"]
        return self.post(form.action or self.path, data)

    def post(self, path: str, data: dict[str, Any]) -> Page:
        return self._take(self.client.post(path, data=data, follow_redirects=True, **self.environment))

    def hidden(self, _form: int = 0) -> dict[str, Any]:
        """The hidden fields of the page's form, to send something by hand."""
        return {name: self.page.forms[_form].fields[name] for name in ("csrf_token", "visit")}

    def _take(self, response: TestResponse) -> Page:
        self.response = response
        self.path = response.request.path
        self.page = Page(response.get_data(as_text=True) if response.mimetype == "text/html" else "")
        return self.page
