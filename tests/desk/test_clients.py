"""Client records through the pages, scripts off: from the first record to its plan, two tabs, doubles, tables of other systems."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import xlsxwriter

from tcm_engine.center.clients import read_identity
from tcm_engine.center.clients.record import add_client, today_of
from tcm_engine.records import audit
from tests.web.plain_browser import PlainBrowser

from .people import House

CARD = "11010519491231002X"
ELDERLY = "elderly_33"


def opened(house: House, **given: str) -> str:
    """Address of a new record."""
    with house.center.records.write() as db:
        ref = add_client(db, house.center, house.caller(), read_identity({"name": "单三"} | given))
    return f"/desk/clients/{ref.public_id}"


def link(browser: PlainBrowser, part: str) -> str:
    return next(href for href, _words in browser.page.links if part in href)


def form_with(browser: PlainBrowser, field: str) -> int:
    return next(index for index, form in enumerate(browser.page.forms) if field in form.fields or field in form.offered)


def test_a_record_is_opened_searched_and_read(ours: House) -> None:
    browser = ours.browser("operator")
    assert "还没有档案" in browser.open("/desk/clients").text
    browser.open("/desk/clients/new")
    page = browser.send(form_with(browser, "id_number"), name="", id_number="110105194912310021", phone="1")
    assert ("姓名：" in page.text, "身份证号码：" in page.text, "电话：" in page.text) == (True, True, True)
    assert page.title.startswith("错误")
    page = browser.send(form_with(browser, "id_number"), name="单三", id_number=CARD, phone="13800000000")
    assert page.h1 == "单三"
    assert "女 · 76岁" in page.text or "女 · 77岁" in page.text
    for words in ("单三", "shansan", "ss", "dansan", CARD, "138 0000 0000"):
        browser.open("/desk/clients")
        found = browser.send(form_with(browser, "words"), words=words)
        assert "找到1份" in found.text
        assert words not in browser.response.request.url
    browser.open("/desk/clients")
    assert "找到0份" in browser.send(form_with(browser, "words"), words="单").text


def test_whoever_has_a_record_is_shown_before_a_second_is_opened(ours: House) -> None:
    opened(ours, phone="13800000000")
    browser = ours.browser("operator")
    browser.open("/desk/clients/new")
    page = browser.send(form_with(browser, "phone"), name="单三", phone="13800000000")
    assert browser.response.status_code == 409
    assert "此人可能已有档案" in page.text
    page = browser.send(form_with(browser, "phone"), _press="anyway")
    assert page.h1 == "单三"
    browser.open("/desk/clients")
    assert "共2份" in browser.page.text


def test_not_known_and_none_are_kept_apart(ours: House) -> None:
    record = opened(ours, sex="male")
    browser = ours.browser("operator")
    browser.open(f"{record}/profile")
    at = form_with(browser, "medicines")
    page = browser.send(at, medicines_known="some", medicines="", conditions_known="none", conditions="痛风")
    assert "用药：" in page.text
    assert "疾病：" in page.text
    page = browser.send(at, medicines_known="some", medicines="华法林，某某丸", conditions_known="none", conditions="", smoking="former")
    assert "华法林、某某丸 未收录" in page.text.replace(" 、", "、").replace("、 ", "、")
    assert re.search("疾病 无 用药", page.text)
    assert re.search("过敏 未知", page.text)
    assert "已戒" in page.text


def test_two_tabs_see_both_versions_and_choose(ours: House) -> None:
    record = opened(ours, phone="13800000000", address="甲路")
    first, second = ours.browser("operator"), ours.browser("practitioner")
    first.open(f"{record}/identity")
    second.open(f"{record}/identity")
    first.send(form_with(first, "phone"), phone="13900000000")
    page = second.send(form_with(second, "phone"), phone="13700000000", address="乙路")
    assert second.response.status_code == 409
    assert ("13900000000" in page.text, "13700000000" in page.text) == (True, True)
    at = form_with(second, "pick-phone")
    assert page.forms[at].fields.get("pick-address") == ["mine"]
    assert "pick-phone" not in page.forms[at].fields  # both changed it: somebody must choose
    page = second.send(at, **{"pick-phone": "theirs"})
    assert "13900000000" in page.text
    second.open(f"{record}/identity")
    assert second.page.forms[form_with(second, "phone")].fields["address"] == ["乙路"]
    assert "第3版" in second.open(f"{record}/history").text


def test_a_dangerous_pressure_says_what_to_do_at_once(ours: House) -> None:
    record = opened(ours, id_number=CARD)
    browser = ours.browser("operator")
    browser.open(f"{record}/measurements")
    at = form_with(browser, "systolic_mmhg")
    page = browser.send(at, taken_on="2026-01-05", systolic_mmhg="90", diastolic_mmhg="95", hba1c_percent="5,55", weight_kg="x")
    assert ("舒张压：" in page.text, "糖化血红蛋白：" in page.text, "体重：" in page.text) == (True, True, True)
    page = browser.send(
        at, taken_on="2026-01-05", systolic_mmhg="182", diastolic_mmhg="95", hba1c_percent="", weight_kg="", fasting_glucose_mmol_l="6.1"
    )
    assert "达到180 mmHg及以上" in page.text
    page = browser.open(record)
    assert "请先就医" in page.text
    assert "立即拨打120" in page.text
    browser.open(f"{record}/measurements")
    browser.send(form_with(browser, "systolic_mmhg"), taken_on="2026-02-05", systolic_mmhg="128", diastolic_mmhg="82")
    assert 'class="trend"' in browser.page.markup
    assert "请先就医" not in browser.open(record).text
    browser.open(f"{record}/measurements")
    browser.open(link(browser, "instead="))
    page = browser.send(form_with(browser, "instead"), systolic_mmhg="118")
    assert "误录" in page.text
    assert "118" in page.text


@pytest.mark.parametrize("instrument", ["gbt_46939_2025", "zyyxh_t157_2009", ELDERLY])
def test_a_sheet_of_paper_becomes_a_result_and_a_plan(ours: House, instrument: str) -> None:
    record = opened(ours, id_number=CARD)
    browser = ours.browser("operator")
    page = browser.open(f"{record}/assess/{instrument}")
    at = form_with(browser, "assessed_on")
    form = ours.center.engine.instrument(instrument)
    asked = [item.key for item in form.items if item.sex in (None, "female")]
    assert [item.key for item in form.items if item.key in page.ids] == asked
    answers = dict.fromkeys(asked, "2")
    page = browser.send(at, **(answers | {asked[0]: "", asked[1]: "9", "assessed_on": "2031-01-01"}))
    assert "第1题：" in page.text
    assert "第2题：" in page.text
    assert "答题日期：" in page.text
    page = browser.send(at, **(answers | {"assessed_on": "2026-03-01"}))
    assert "须先取得客户" in page.text
    page = browser.send(at, **(answers | {"assessed_on": "2026-03-01", "consent": "1"}))
    assert "有多大把握" in page.text
    page = browser.send(form_with_action(browser, "/plan"))
    assert "打开PDF" in page.text
    document = browser.client.get(browser.path + ".pdf")
    assert document.data.startswith(b"%PDF")
    assert "单三" not in document.headers["Content-Disposition"]
    page = browser.open(record)
    assert ("已过期" in page.text or "到期" in page.text or "未到期" in page.text) and "草稿" in page.text


def form_with_action(browser: PlainBrowser, end: str) -> int:
    return next(index for index, form in enumerate(browser.page.forms) if form.action.endswith(end))


def test_a_follow_up_is_planned_done_and_listed(ours: House) -> None:
    record = opened(ours, phone="13800000000")
    browser = ours.browser("operator")
    browser.open(f"{record}/follow-ups")
    at = form_with(browser, "due_on")
    page = browser.send(at, kind="contact", way="phone", tier="normal", due_on="2020-01-01")
    assert "应做日期：" in page.text
    day = today_of(ours.center).isoformat()
    browser.send(at, kind="contact", way="phone", tier="urgent", due_on=day, note="问睡眠")
    assert "单三" in browser.open("/desk/clients/due").text
    browser.open(link(browser, "/follow-ups/"))
    at = form_with(browser, "done_on")
    page = browser.send(at, state="done", done_on=day, outcome="")
    assert "结果：" in page.text
    page = browser.send(at, state="done", done_on=day, outcome="kept_to_plan", note="睡得好些")
    assert "按计划做" in page.text
    assert "没有到期的随访" in browser.open("/desk/clients/due").text


def test_doubles_are_merged_and_parted(ours: House) -> None:
    opened(ours, phone="13800000000")
    opened(ours, phone="13800000000", birth_date="1950-01-02")
    browser = ours.browser("practitioner")
    page = browser.open("/desk/clients/doubles")
    assert "姓名和电话相同" in page.text
    browser.open(link(browser, "/merge/"))
    page = browser.send(form_with(browser, "stays"))
    assert "并入本档案的档案" in page.text
    assert "没有两份档案" in browser.open("/desk/clients/doubles").text
    browser.open(link_of_first(browser))
    page = browser.send(form_with_action(browser, "/undo"))
    assert page.h1 == "单三"
    assert "姓名和电话相同" in browser.open("/desk/clients/doubles").text


def link_of_first(browser: PlainBrowser) -> str:
    browser.open("/desk/clients")
    return next(href for href, words in browser.page.links if words == "单三")


def table(rows: list[list[object]]) -> BytesIO:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    made.seek(0)
    return made


def test_a_table_of_another_system_is_looked_at_and_taken_once(ours: House) -> None:
    record = opened(ours, id_number=CARD)
    rows: list[list[object]] = [
        ["体检中心结果"],
        ["姓名", "身份证号", "体检日期", "血压(mmHg)", "空腹血糖(mmol/L)", "体重(斤)", "口味"],
        ["单三", CARD, "2025年3月1日", "128/82", 5.6, 120, "淡"],
        ["单三", CARD, "2025-03-08", "一百二", 99, 120, ""],
        ["李四", "", "2025-03-01", "120/80", 5, 100, ""],
    ]
    browser = ours.browser("operator")
    browser.open("/desk/clients/import")
    at = form_with(browser, "file")
    data = {"csrf_token": browser.page.forms[at].fields["csrf_token"][0], "file": (table(rows), "a.xlsx")}
    page = browser._take(browser.client.post("/desk/clients/import", data=data, follow_redirects=True))
    assert "可导入的行 1" in page.text
    assert "口味" in page.text
    assert "体重(斤)" in page.text
    assert [row[0] for row in page.rows[1:]] == ["4", "4", "5"]
    page = browser.post(browser.path, {"csrf_token": page.forms[-1].fields["csrf_token"][0], "take": "1"})
    assert "已导入的内容" in page.text
    assert "128" in browser.open(f"{record}/measurements").text
    browser.open("/desk/clients/import")
    data = {"csrf_token": browser.page.forms[at].fields["csrf_token"][0], "file": (table(rows), "b.xlsx")}
    page = browser._take(browser.client.post("/desk/clients/import", data=data, follow_redirects=True))
    assert "可导入的行 0 档案里已有 1" in page.text


def test_nobody_of_another_house_sees_anything(ours: House, theirs: House) -> None:
    record = opened(ours, phone="13800000000")
    stranger = theirs.browser("administrator")
    unknown = stranger.client.get("/desk/clients/" + "0" * 20)
    for page in (
        "",
        "/identity",
        "/profile",
        "/history",
        "/measurements",
        "/follow-ups",
        f"/assess/{ELDERLY}",
        "/plans/x",
        "/assessments/x",
    ):
        answer = stranger.client.get(record + page)
        assert answer.status_code == 404
        assert b"\xe5\x8d\x95\xe4\xb8\x89" not in answer.data
    assert stranger.client.get(record).data.replace(record.encode(), b"") == unknown.data.replace(b"/desk/clients/" + b"0" * 20, b"")
    stranger.open("/desk/clients")
    assert "找到0份" in stranger.send(form_with(stranger, "words"), words="单三").text
    assert ours.browser("auditor").client.get(record).status_code == 403


@pytest.mark.parametrize("page", ["", "/identity", "/profile", "/history", "/measurements", "/follow-ups", f"/assess/{ELDERLY}"])
def test_every_page_of_a_record_that_is_opened_stands_in_the_trail(ours: House, page: str) -> None:
    record = opened(ours, id_number=CARD, phone="13800000000")
    before = trail(ours)
    ours.browser("practitioner").open(record + page)
    added = trail(ours)[len(before) :]
    assert [row for row in added if row.subject == "client" and row.action.endswith("read")]
    assert {row.actor for row in added} == {f"account:{ours.accounts['practitioner']}"}
    assert not any("单三" in row.detail or CARD in row.detail or "138" in row.detail for row in added)


def trail(house: House) -> list[audit.AuditRow]:
    with house.center.records.read() as db:
        return list(audit.audit_rows(db, house.organisation))


@pytest.mark.parametrize("page", ["", "?page=2", "/new", "/due", "/incomplete", "/incomplete?lacking=consent", "/doubles", "/import"])
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_pages_stand_in_every_language(ours: House, page: str, lang: str) -> None:
    opened(ours)
    browser = ours.browser("practitioner")
    browser.open(f"/desk/clients?lang={lang}")
    shown = browser.open(f"/desk/clients{page}")
    assert browser.response.status_code == 200
    assert shown.h1
    assert len(shown.markup.split("<h1")) == 2


def test_what_is_unknown_is_not_found(ours: House) -> None:
    record = opened(ours)
    client = ours.browser("practitioner").client
    for page in ("/assess/nothing", "/assessments/x", "/plans/x", "/plans/x.pdf", "/follow-ups/x"):
        assert client.get(record + page).status_code == 404
    for page in ("/incomplete?lacking=shoes", "/import/x", "/merge/x/y"):
        assert client.get("/desk/clients" + page).status_code == 404
