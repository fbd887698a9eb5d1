"""A person on the way from the first page to the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.web.plain_browser import Page, PlainBrowser

SHORT, LONG, ELDERLY = "gbt_46939_2025", "zyyxh_t157_2009", "elderly_33"
Choose = Callable[[str, int], int]


class Person:
    def __init__(self, browser: PlainBrowser, *, sex: str | None = "female", age: str = "46", form: str = SHORT, lang: str = "zh-Hans"):
        self.browser, self.sex, self.age, self.form = browser, sex, age, form
        browser.open(f"/?lang={lang}")

    @property
    def page(self) -> Page:
        return self.browser.page

    def consents(self) -> Page:
        self.browser.open("/self-test/consent")
        return self.browser.send(agree="y")

    def tells(self) -> Page:
        """Consent, sex, age and form; ends at the first question."""
        self.consents()
        self.browser.send(sex=self.sex, age=self.age)
        return self.browser.send(instrument=self.form)

    def answers(self, choose: Choose = lambda key, number: 1 + number % 5) -> Page:
        """One question a page, up to the check page."""
        while self.page.forms[0].offered.get("answer"):
            number = int(self.browser.path.rsplit("/", 1)[-1])
            self.browser.send(answer=choose(self.key(), number))
        return self.page

    def key(self) -> str:
        return self.page.forms[0].fields["key"][0]

    def answers_list(self, answers: Mapping[str, int]) -> Page:
        """All in a list."""
        self.browser.open("/self-test/questions")
        return self.browser.send(**{f"{key}-answer": value for key, value in answers.items()})

    def submits(self) -> Page:
        """From the check page to the result."""
        self.browser.open("/self-test/check")
        return self.browser.send()

    def has_result(self, choose: Choose = lambda key, number: 1 + number % 5) -> Page:
        self.tells()
        self.answers(choose)
        return self.submits()

    def passes_safety(self, **said: dict[str, Any]) -> Page:
        """Every safety step; `said` has what to send on a step, the others are passed over."""
        self.browser.open("/self-test/safety")
        while "/safety/" in self.browser.path:
            self.browser.send(**said.get(self.browser.path.rsplit("/", 1)[-1], {}))
        return self.page

    def has_plan(self, **said: dict[str, Any]) -> Page:
        self.has_result()
        return self.passes_safety(**said)
