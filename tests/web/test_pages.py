"""What holds for every page: headers, no inline code, nothing from elsewhere, languages, display, the picture to share."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.web.plain_browser import PlainBrowser
from web import consent
from web.typography import phrases, whole

BEFORE = ("/", "/settings", "/privacy", "/knowledge", "/self-test/consent", "/self-test/deleted", "/no-such-page")
AFTER = (
    "/self-test/about-you",
    "/self-test/form",
    "/self-test/questions/1",
    "/self-test/questions",
    "/self-test/check",
    "/self-test/result",
    "/self-test/safety/conditions",
    "/self-test/plan",
    "/self-test/keep",
    "/self-test/card",
    "/self-test/delete",
)


@pytest.fixture(scope="module")
def settled(app):
    """A browser with a finished plan."""
    from tests.web.person import Person

    someone = Person(PlainBrowser(app))
    someone.has_plan()
    return someone.browser


@pytest.mark.parametrize("path", [*BEFORE, *AFTER])
def test_every_page_keeps_to_itself(settled, path):
    page = settled.open(path)
    headers = settled.response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [a for a in page.attributes if a[1] == "style" or a[1].startswith("on")]
    assert "<style" not in page.markup
    assert re.findall(r"<script(?![^>]* src=)", page.markup) == []
    sources = [value for _, name, value in page.attributes if name in ("src", "href") and "://" in value]
    assert sources == []


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", [*BEFORE, *AFTER])
def test_every_page_is_whole_in_each_language(settled, path, lang):
    settled.open(f"/?lang={lang}")
    page = settled.open(path)
    settled_lang = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}[lang]
    assert ("html", "lang", settled_lang) in page.attributes
    assert len([tag for tag, _, _ in page.attributes if tag == "h1"]) <= 1
    assert page.markup.count("<h1") == 1
    if lang == "en":
        # Names of languages, the ornament's solar terms and what citations quote stand in Chinese, and say so.
        bare = re.sub(r'<(span|g|a)[^>]* lang="zh-[A-Z]{2}".*?</\1>', "", page.markup, flags=re.S)
        assert not re.search("[\u4e00-\u9fff]", bare), re.findall(".{40}[\u4e00-\u9fff]+", bare)
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for tag, name, value in page.attributes:
        if name in ("aria-describedby", "aria-labelledby", "for"):
            assert set(value.split()) <= page.ids, (tag, name, value)
    settled.open("/?lang=zh-Hans")


@pytest.mark.parametrize(
    ("asks", "lang"),
    [
        ("zh-TW,zh;q=0.9", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-CN", "zh-CN"),
        ("en-GB,en;q=0.8", "en"),
        ("fr,de", "zh-CN"),
        ("fr,en;q=0.5", "en"),
    ],
)
def test_the_language_is_what_the_browser_asks_for(app, asks, lang):
    browser = PlainBrowser(app, headers={"Accept-Language": asks})
    assert ("html", "lang", lang) in browser.open("/").attributes


def test_display_is_remembered_and_nonsense_is_not(browser):
    browser.open("/settings?size=large")
    browser.open("/settings?theme=dark")
    page = browser.open("/settings?flow=%3Cscript%3E")
    assert {("html", "data-size", "large"), ("html", "data-theme", "dark")} <= set(page.attributes)
    assert browser.path == "/settings"
    assert browser.response.request.query_string == b""
    browser.client.set_cookie("display", "<script>.large.dark.one.press")
    assert ("html", "data-size", "large") in browser.open("/").attributes


def test_changing_the_language_on_the_way_from_the_check_page_leads_back_to_it(person):
    someone = person()
    someone.has_result()
    page = someone.browser.open("/self-test/questions/3?from=check")
    switch = next(href for href, words in page.links if words == "English")
    assert someone.browser.open(switch).forms[0].fields["from"] == ["check"]


def test_a_chat_application_that_shows_no_documents_is_told_the_way(person):
    someone = person()
    someone.has_plan()
    assert "复制后到手机浏览器里打开" not in someone.page.text
    someone.browser.environment["headers"] = {"User-Agent": "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0.50"}
    assert "复制后到手机浏览器里打开" in someone.browser.open("/self-test/plan").text


def test_cookies_are_guarded_and_hold_nothing_about_health(person):
    someone = person()
    someone.has_result()
    response = someone.browser.client.get("/self-test/consent?size=large")
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
    with someone.browser.client.session_transaction() as session:
        assert set(session) <= {"visit", "csrf_token"}


def test_pages_are_not_sent_by_addresses_and_unknown_methods_are_refused(app):
    client = app.test_client()
    assert client.post("/").status_code == 405
    assert client.post("/self-test/result").status_code == 405
    assert client.get("/self-test/safety/../../etc").status_code in (303, 404)


def test_a_request_that_is_too_large_gets_a_page(app):
    response = app.test_client().post("/self-test/consent", data={"agree": "y" * (3 * 2**20)})
    assert response.status_code == 413
    assert "text/html" in response.headers["Content-Type"]


def test_the_text_of_consent_changes_only_with_its_version():
    words = "\n".join(f"{heading}\n{text}" for heading, text in consent.POINTS) + consent.AGREE
    assert (consent.VERSION, hashlib.sha256(words.encode()).hexdigest()[:16]) == ("2026-11-23", "2ebd62ec63e6a80c")


def test_the_consent_page_says_that_a_program_decides(browser):
    browser.open("/?lang=zh-Hans")
    assert "由程序按量表公开的规则自动判断" in browser.open("/self-test/consent").text


class TestCard:
    def test_the_plain_card_says_nothing_about_the_result(self, person):
        first, second = person(), person()
        first.has_result(lambda key, number: 1)
        second.has_result(lambda key, number: 5)
        cards = [p.browser.client.get("/self-test/card/plain.png").data for p in (first, second)]
        assert cards[0] == cards[1]

    @pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
    def test_the_card_with_the_result_is_another_picture_and_the_same_each_time(self, person, lang):
        someone = person(lang=lang)
        someone.has_result(lambda key, number: 4)
        named = [someone.browser.client.get("/self-test/card/named.png").data for _ in range(2)]
        assert named[0] == named[1] != someone.browser.client.get("/self-test/card/plain.png").data
        picture = Image.open(io.BytesIO(named[0]))
        assert (picture.format, picture.size) == ("PNG", (1080, 1350))
        assert len(named[0]) < 300_000


def test_no_template_calculates(root: Path):
    """Arithmetic on numbers belongs to the page's own module; `~` joins words."""
    found = []
    for file in sorted((root / "web" / "templates").rglob("*.html")):
        for expression in re.findall(r"\{[{%](.*?)[}%]\}", file.read_text(encoding="utf-8"), re.S):
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "''", expression)
            if re.search(r"\s[*/]\s|\d\s*[+]\s*\w|\w\s[+]\s\w", bare):
                found.append((file.name, expression))
    assert found == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("每天2次，水300毫升", '每天<span class="n">2次</span>，水<span class="n">300毫升</span>'),
        ("38至40度，10分钟", '<span class="n">38至40度</span>，<span class="n">10分钟</span>'),
        ("20 to 30 minutes, 1.5 g", '<span class="n">20 to 30 minutes</span>, <span class="n">1.5 g</span>'),
        ("<b>3克</b>", '&lt;b&gt;<span class="n">3克</span>&lt;/b&gt;'),
        ("GB/T 46939-2025", "GB/T 46939-2025"),
    ],
)
def test_a_number_stays_with_its_unit(text, shown):
    assert str(whole(text)) == shown


def test_terms_are_not_torn_in_a_heading():
    assert phrases("气虚质，兼有阳虚质") == '<span class="phrase">气虚质，</span><span class="phrase">兼有阳虚质</span>'
    assert phrases("Qi-deficiency, with <i>") == '<span class="n">Qi-deficiency,</span> with &lt;i&gt;'
