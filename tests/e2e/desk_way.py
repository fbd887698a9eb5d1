"""The ways of the people of a centre with a real browser: every step leaves the address of the page that it saw."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pyotp
import xlsxwriter
from PIL import Image
from playwright.sync_api import Page

PASSWORD = "blue kettle seven owls"
CARD = "11010519491231002X"
ROSTER = (
    ("某某实业有限公司体检名单",),
    ("序号", "姓　名", "性别", "出生年月日", "手机号码", "部门"),
    (1, "张一", "男", "1979.5.12", "１３８００１３８０００", "一车间"),
    (2, "𠮷二", "女", "1985年1月2日", "13800138001", "二车间"),
    (3, '=HYPERLINK("http://x","王")', "女", "1990/3/4", "13800138002", "二车间"),
    (4, "赵六", "男", "十二月", "1380013", "一车间"),
    (5, "孙七", "未知", "1988-13-40", "13800138004", "一车间"),
    (6, "张一", "男", "19790512", "13800138000", "一车间"),
    ("合计", 6),
)
"""As companies send them: a title, odd digits, five styles of a day, two rows that are wrong, one that is there twice, a sum."""


@dataclass
class Walk:
    """One person at the desk."""

    page: Page
    seen: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        self.saw()

    def saw(self) -> None:
        path = self.page.url.split("/", 3)[3]
        if f"/{path}" not in self.seen:
            self.seen.append(f"/{path}")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            place = self.page.locator(f"main [name='{name}']").first
            place.select_option(value) if place.evaluate("e => e.tagName") == "SELECT" else place.fill(value)

    def press(self, at: str = "main form button.button") -> None:
        with self.page.expect_navigation():
            self.page.locator(at).first.click()
        self.saw()

    def follow(self, part: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"main a[href*='{part}']").first.click()
        self.saw()


def first_sign_in(walk: Walk, link: str) -> None:
    """From the one-time link to the overview, with a second factor."""
    walk.open(link)
    walk.fill(password=PASSWORD, again=PASSWORD)
    walk.press()
    walk.fill(organisation="centre", login="admin", password=PASSWORD)
    walk.press()
    secret = walk.page.locator("code.key").inner_text().replace(" ", "")
    walk.fill(code=pyotp.TOTP(secret).now())
    walk.press()
    assert walk.page.locator(".codes code").count() == 10
    walk.press("main a.button")


def set_up(walk: Walk) -> str:
    """Name, logo, a branch, an account. The link of the account."""
    drawn = io.BytesIO()
    Image.new("RGB", (300, 90), "#2a6f5b").save(drawn, "PNG")
    walk.open("/desk/settings")
    walk.fill(display_name="康和健康管理中心", contacts="电话 010-5555 5555", practitioner="李四")
    walk.page.locator("#logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": drawn.getvalue()})
    walk.press()
    walk.open("/desk/branches")
    walk.fill(name="东城分部")
    walk.press()
    walk.open("/desk/accounts/new")
    walk.fill(login="wang", role="operator", name="王某")
    walk.press()
    link = walk.page.locator("#address").input_value()
    walk.open("/desk/accounts")
    return link


def keep_a_record(walk: Walk, values: dict[str, str]) -> str:
    """A client with measurements, an assessment typed from paper and a plan. The record's address."""
    walk.open("/desk/clients/new")
    walk.fill(name="林某某", id_number=CARD, phone="13800000000")
    walk.press()
    record = walk.page.url
    walk.open(f"{record}/measurements")
    walk.fill(height_cm="160", weight_kg="68", systolic_mmhg="142", diastolic_mmhg="88", fasting_glucose_mmol_l="6.4")
    walk.press()
    walk.open(f"{record}/assess/elderly_33")
    for key, value in values.items():
        walk.page.locator(f"main [name='{key}']").fill(value)
    walk.page.locator("main [name=consent]").check()
    walk.press()
    walk.press("main form[action$='/plan'] button")
    for below in ("", "/history", "/profile", "/identity", "/follow-ups", "/consents", "/rights"):
        walk.open(f"{record}{below}")
    return record


def run_a_campaign(walk: Walk) -> str:
    """A campaign whose roster is a little messy, and opened. Its address."""
    walk.open("/desk/campaigns/new")
    walk.fill(name="2026年职工体质辨识", employer="某某实业有限公司", starts_on="2026-11-01", ends_on="2099-12-31")
    walk.press()
    campaign = walk.page.url
    walk.open(f"{campaign}/roster")
    walk.page.locator("#file").set_input_files({"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": roster()})
    walk.press()
    if walk.page.url.endswith("/columns"):
        walk.press()
    return campaign


def roster() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("名单")
    for at, row in enumerate(ROSTER):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    sheet.merge_range(0, 0, 0, 5, ROSTER[0][0])
    book.close()
    return file.getvalue()


def answer_by_link(phone: Page, link: str) -> list[str]:
    """A client on a telephone: consent, questions, health, result. Addresses of the pages."""
    phone.goto(link)
    seen = [phone.url]
    phone.evaluate("document.querySelectorAll('main input[type=radio][value=yes]').forEach(e => e.click())")
    phone.locator("main form button.button").first.click()
    phone.wait_for_url("**/questions")
    seen.append(phone.url)
    for at in phone.locator("main input[type=radio][value='4']").all():
        at.evaluate("e => e.click()")
    phone.wait_for_load_state("networkidle")
    phone.locator("main form button.button").last.click()
    phone.wait_for_url("**/health/**")
    while "/health/" in phone.url:
        seen.append(phone.url)
        with phone.expect_navigation():
            phone.locator("main form button.button").last.click()
    seen.append(phone.url)
    return seen
